"""CenterRefusals: what IAM Identity Center's two services answer, as Problems.

Sources: the error lists of the IAM Identity Center Portal and OIDC API References; that a missing assignment is
ForbiddenException "No access", and a dead token UnauthorizedException, is how AWS behaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rolecall.aws.access_denied import Circumstances
from rolecall.domain.identity_center import Portal
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text

PENDING: Final = "AuthorizationPendingException"
SLOW_DOWN: Final = "SlowDownException"
EXPIRED: Final = "ExpiredTokenException"
UNAUTHORIZED: Final = "UnauthorizedException"
UNKNOWN_CLIENT: Final = frozenset({"InvalidClientException", "UnauthorizedClientException"})
THROTTLED: Final = frozenset({"TooManyRequestsException", "429", "ThrottlingException"})


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    title: str
    remedy: str
    exit: Exit = Exit.REFUSED

    def __call__(self, portal: Portal, role: str) -> Problem:
        known = {"center": portal.name, "region": portal.region, "role": role or portal.name}
        return Problem(
            self.code, text(self.title, **known), remedy=text(self.remedy, **known), exit=self.exit
        )


_OVER: Final = _Entry(
    "sign_in_over",
    QT_TRANSLATE_NOOP("Problem", "The sign-in at {center} is over"),
    QT_TRANSLATE_NOOP("Problem", "Sign in again."),
    Exit.NOBODY_TO_ASK,
)

_NOT_ASSIGNED: Final = _Entry(
    "not_assigned",
    QT_TRANSLATE_NOOP("Problem", "Identity Center does not let you use {role}"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "Check sso_account_id and sso_role_name, or ask whoever assigns permission sets at {center}.",
    ),
)

_DENIED: Final = _Entry(
    "sign_in_denied",
    QT_TRANSLATE_NOOP("Problem", "The sign-in at {center} was turned down in the browser"),
    QT_TRANSLATE_NOOP("Problem", "Sign in again and choose “Allow access” there."),
)

_CODE_OVER: Final = _Entry(
    "device_code_over",
    QT_TRANSLATE_NOOP("Problem", "The code for {center} is too old"),
    QT_TRANSLATE_NOOP("Problem", "Sign in again to get a new code; each is good for ten minutes."),
    Exit.NOBODY_TO_ASK,
)

_CODE_REFUSED: Final = _Entry(
    "sign_in_refused",
    QT_TRANSLATE_NOOP("Problem", "{center} did not accept the sign-in"),
    QT_TRANSLATE_NOOP("Problem", "Sign in again."),
)

_UNKNOWN_CENTER: Final = _Entry(
    "unknown_identity_center",
    QT_TRANSLATE_NOOP("Problem", "Identity Center in {region} does not know {center}"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "Check the start URL, and the region: it is where Identity Center was set up, "
        "as the settings page of Identity Center names it.",
    ),
)

_CLIENT: Final = _Entry(
    "client_refused",
    QT_TRANSLATE_NOOP("Problem", "{center} does not know Rolecall any more"),
    QT_TRANSLATE_NOOP("Problem", "Sign in again; Rolecall introduces itself anew."),
)

_SCOPE: Final = _Entry(
    "scope_refused",
    QT_TRANSLATE_NOOP("Problem", "{center} does not give what sso_registration_scopes asks for"),
    QT_TRANSLATE_NOOP("Problem", "Leave that line out, or ask whoever manages Identity Center."),
)

_UNAVAILABLE: Final = _Entry(
    "aws_unavailable",
    QT_TRANSLATE_NOOP("Problem", "AWS answers, but cannot serve at the moment"),
    QT_TRANSLATE_NOOP(
        "Problem", "This is on AWS's side. Try again in a minute, or another region."
    ),
    Exit.NETWORK,
)

PORTAL: Final[dict[str, _Entry]] = {
    UNAUTHORIZED: _OVER,
    "ForbiddenException": _NOT_ASSIGNED,
    "ResourceNotFoundException": _NOT_ASSIGNED,
    "InvalidRequestException": _NOT_ASSIGNED,
}

OIDC: Final[dict[str, _Entry]] = {
    "AccessDeniedException": _DENIED,
    PENDING: _CODE_REFUSED,
    SLOW_DOWN: _CODE_REFUSED,
    EXPIRED: _CODE_OVER,
    "InvalidGrantException": _CODE_REFUSED,
    "InvalidClientException": _CLIENT,
    "UnauthorizedClientException": _CLIENT,
    "UnsupportedGrantTypeException": _CLIENT,
    "InvalidClientMetadataException": _UNKNOWN_CENTER,
    "InvalidRedirectUriException": _CLIENT,
    "InvalidRequestException": _UNKNOWN_CENTER,
    "InvalidRequestRegionException": _UNKNOWN_CENTER,
    "InvalidScopeException": _SCOPE,
    "InternalServerException": _UNAVAILABLE,
}


def of_portal(portal: Portal) -> Callable[[str, Circumstances], Problem | None]:
    """What the access portal's errors mean."""
    return _reading(PORTAL, portal)


def of_oidc(portal: Portal) -> Callable[[str, Circumstances], Problem | None]:
    """What the OIDC service's errors mean."""
    return _reading(OIDC, portal)


def denied(portal: Portal) -> Problem:
    """The person said no in the browser."""
    return _DENIED(portal, "")


def not_accepted(portal: Portal) -> Problem:
    """The browser came back with another error."""
    return _CODE_REFUSED(portal, "")


def device_code_over(portal: Portal) -> Problem:
    """Nobody typed the code in time."""
    return _CODE_OVER(portal, "")


def _reading(
    table: dict[str, _Entry], portal: Portal
) -> Callable[[str, Circumstances], Problem | None]:
    def read(code: str, known: Circumstances) -> Problem | None:
        entry = table.get(code)
        return entry(portal, known.role) if entry else None

    return read
