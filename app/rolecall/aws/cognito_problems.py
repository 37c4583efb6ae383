"""Problems of identity pools: the error names of Cognito Federated Identities that the one table does not know.

Source: Amazon Cognito Federated Identities API reference (2014-06-30), errors of GetId, GetOpenIdToken and
GetCredentialsForIdentity. The texts are not looked at: they repeat what was sent.
"""

from __future__ import annotations

from typing import Final

from rolecall.aws.access_denied import Circumstances
from rolecall.aws.unsigned import Refusal
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text

_NO_GUESTS: Final = (
    "pool_takes_no_guests",
    QT_TRANSLATE_NOOP("Problem", "The identity pool of {role} lets no guests in"),
    QT_TRANSLATE_NOOP(
        "Problem", "Give the entry a provider to sign in at (oidc_issuer, oidc_client_id)."
    ),
)
_LOGIN: Final = (
    "pool_refused_login",
    QT_TRANSLATE_NOOP("Problem", "The identity pool of {role} does not accept the sign-in"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "Compare oidc_client_id and cognito_login with the pool's identity providers, "
        "and role_arn with the roles it offers.",
    ),
)
_NO_POOL: Final = (
    "no_such_pool",
    QT_TRANSLATE_NOOP("Problem", "There is no identity pool {pool}"),
    QT_TRANSLATE_NOOP("Problem", "Check cognito_identity_pool_id; it begins with the region."),
)
_NO_ROLE: Final = (
    "pool_without_role",
    QT_TRANSLATE_NOOP("Problem", "The identity pool of {role} has no role to give"),
    QT_TRANSLATE_NOOP(
        "Problem", "Its roles and their trust policies are set in the Cognito console."
    ),
)
_PARAMETER: Final = (
    "pool_refused_flow",
    QT_TRANSLATE_NOOP("Problem", "The identity pool of {role} does not take the request"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "The basic flow has to be switched on for the pool; else leave cognito_flow out.",
    ),
)
_PROVIDER: Final = (
    "identity_provider_unreachable",
    QT_TRANSLATE_NOOP("Problem", "AWS could not reach the identity provider"),
    QT_TRANSLATE_NOOP("Problem", "Try again in a minute."),
)
_OTHERS: Final = {
    "ResourceNotFoundException": _NO_POOL,
    "InvalidIdentityPoolConfigurationException": _NO_ROLE,
    "InvalidParameterException": _PARAMETER,
    "ResourceConflictException": _LOGIN,
    "LimitExceededException": _NO_ROLE,
    "ExternalServiceException": _PROVIDER,
}


def of_pool(pool: str, *, guest: bool) -> Refusal:
    """What an error name means of `pool`. guest: no login was sent."""

    def refusal(code: str, known: Circumstances) -> Problem | None:
        if code == "NotAuthorizedException":
            return _problem(_NO_GUESTS if guest else _LOGIN, pool, known)
        return _problem(_OTHERS[code], pool, known) if code in _OTHERS else None

    return refusal


def _problem(entry: tuple[str, str, str], pool: str, known: Circumstances) -> Problem:
    code, title, remedy = entry
    ends = Exit.NETWORK if entry is _PROVIDER else Exit.REFUSED
    values = {"role": known.role, "pool": pool}
    return Problem(code, text(title, **values), remedy=text(remedy), exit=ends)
