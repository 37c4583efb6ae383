"""Problems: the one table from what AWS answers, or what botocore meets on the way, to a Problem.

Owns the wording of every refusal. Must not keep or show any text of AWS that could repeat what was sent
(STS repeats the refused value, a code included: aws/aws-cli issue 4094), so texts are only recognised here.
Sources: STS API Reference, "Common Errors" and each action's errors; IAM User Guide, "Troubleshoot access
denied error messages".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from rolecall.aws import refusals, saml_refusals, web_refusals
from rolecall.aws.access_denied import Circumstances
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text

Maker = Callable[[str, Circumstances], Problem]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A Problem whose text does not depend on anything but the role's name."""

    code: str
    title: str
    remedy: str
    exit: Exit = Exit.REFUSED

    def __call__(self, message: str, circumstances: Circumstances) -> Problem:
        del message
        known = {
            "role": circumstances.role,
            "account": circumstances.account,
            "region": circumstances.region,
        }
        return Problem(
            self.code, text(self.title, **known), remedy=text(self.remedy, **known), exit=self.exit
        )


_KEYS_INVALID: Final = _Entry(
    "keys_invalid",
    QT_TRANSLATE_NOOP("Problem", "AWS does not know the access key that {role} starts from"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "It was deleted, switched off or typed wrongly, or belongs to another partition. "
        "Look in IAM, Security credentials, and replace the key here.",
    ),
)

_SESSION_EXPIRED: Final = _Entry(
    "session_expired",
    QT_TRANSLATE_NOOP("Problem", "The credentials that {role} starts from have expired"),
    QT_TRANSLATE_NOOP("Problem", "Sign in again to get new ones."),
)

_THROTTLED: Final = _Entry(
    "throttled",
    QT_TRANSLATE_NOOP("Problem", "AWS asks for fewer calls at the moment"),
    QT_TRANSLATE_NOOP("Problem", "Wait a minute and try again."),
)

_UNAVAILABLE: Final = _Entry(
    "aws_unavailable",
    QT_TRANSLATE_NOOP("Problem", "AWS answers, but cannot serve at the moment"),
    QT_TRANSLATE_NOOP(
        "Problem", "This is on AWS's side. Try again in a minute, or another region."
    ),
    Exit.NETWORK,
)

_POLICY_MALFORMED: Final = _Entry(
    "policy_malformed",
    QT_TRANSLATE_NOOP("Problem", "AWS cannot read the session policy"),
    QT_TRANSLATE_NOOP(
        "Problem", "Check the policy's JSON, and that its statements name no Principal."
    ),
)

_POLICY_TOO_LARGE: Final = _Entry(
    "policy_too_large",
    QT_TRANSLATE_NOOP("Problem", "The session policies and tags are too large together"),
    QT_TRANSLATE_NOOP("Problem", "Shorten the policy, or put it into a managed policy."),
)

_REGION_DISABLED: Final = _Entry(
    "region_disabled",
    QT_TRANSLATE_NOOP("Problem", "STS is switched off in this region for the account of {role}"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "Choose another region for this profile, or have an administrator of account {account} "
        "switch it on (IAM, Account settings).",
    ),
)

_IDENTITY_TOKEN: Final = _Entry(
    "identity_token_refused",
    QT_TRANSLATE_NOOP("Problem", "AWS did not accept what the identity provider said"),
    QT_TRANSLATE_NOOP(
        "Problem", "Sign in again at the identity provider; then check its entry in IAM."
    ),
)

_IDENTITY_PROVIDER: Final = _Entry(
    "identity_provider_unreachable",
    QT_TRANSLATE_NOOP("Problem", "AWS could not reach the identity provider"),
    QT_TRANSLATE_NOOP("Problem", "Try again in a minute."),
    Exit.NETWORK,
)

_NOT_FOR_THIS: Final = _Entry(
    "not_allowed_here",
    QT_TRANSLATE_NOOP("Problem", "AWS does not allow this call for {role}"),
    QT_TRANSLATE_NOOP(
        "Problem", "The account's settings or the kind of credentials do not permit it."
    ),
)

_GARBAGE: Final = _Entry(
    "garbage",
    QT_TRANSLATE_NOOP("Problem", "The answer did not come from AWS, or was damaged on the way"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "A network sign-in page, a proxy or a wrong endpoint_url can do that. "
        "Open any web page in the browser, then try again.",
    ),
    Exit.NETWORK,
)


def _identity_token(message: str, known: Circumstances) -> Problem:
    if known.call == saml_refusals.ACTION:
        return saml_refusals.response_refused(message, known)
    if known.call == web_refusals.ACTION:
        return web_refusals.token_refused(message, known)
    return _IDENTITY_TOKEN(message, known)


def _expired(message: str, known: Circumstances) -> Problem:
    if known.call == saml_refusals.ACTION:
        return saml_refusals.response_over(known)
    if known.call == web_refusals.ACTION:
        return web_refusals.token_over(known)
    return _SESSION_EXPIRED(message, known)


_TABLE: Final[dict[str, Maker]] = {
    "AccessDenied": refusals.access_denied,
    "AccessDeniedException": refusals.access_denied,
    "ValidationError": refusals.validation,
    "ValidationException": refusals.validation,
    "InvalidParameterValue": refusals.validation,
    "MissingParameter": refusals.validation,
    "InvalidParameterCombination": refusals.validation,
    "MalformedPolicyDocument": _POLICY_MALFORMED,
    "PackedPolicyTooLarge": _POLICY_TOO_LARGE,
    "RegionDisabledException": _REGION_DISABLED,
    "ExpiredToken": _expired,
    "ExpiredTokenException": _expired,
    "ExpiredTradeInTokenException": _SESSION_EXPIRED,
    "InvalidClientTokenId": _KEYS_INVALID,
    "UnrecognizedClientException": _KEYS_INVALID,
    "InvalidAccessKeyId": _KEYS_INVALID,
    "SignatureDoesNotMatch": refusals.signature,
    "InvalidSignatureException": refusals.signature,
    "IncompleteSignature": refusals.signature,
    "RequestExpired": refusals.signature,
    "RequestTimeTooSkewed": refusals.signature,
    "MissingAuthenticationToken": refusals.signature,
    "IDPRejectedClaim": _identity_token,
    "InvalidIdentityToken": _identity_token,
    "IDPCommunicationError": _IDENTITY_PROVIDER,
    "InvalidAuthorizationMessageException": refusals.validation,
    "JWTPayloadSizeExceededException": _POLICY_TOO_LARGE,
    "OutboundWebIdentityFederationDisabledException": _NOT_FOR_THIS,
    "SessionDurationEscalationException": refusals.duration_over_chain_cap,
    "OptInRequired": _NOT_FOR_THIS,
    "NotAuthorized": refusals.access_denied,
    "AuthFailure": refusals.signature,
    "Throttling": _THROTTLED,
    "ThrottlingException": _THROTTLED,
    "ThrottledException": _THROTTLED,
    "RequestThrottled": _THROTTLED,
    "RequestThrottledException": _THROTTLED,
    "TooManyRequestsException": _THROTTLED,
    "RequestLimitExceeded": _THROTTLED,
    "SlowDown": _THROTTLED,
    "BandwidthLimitExceeded": _THROTTLED,
    "PriorRequestNotComplete": _THROTTLED,
    "InternalFailure": _UNAVAILABLE,
    "InternalError": _UNAVAILABLE,
    "InternalServerError": _UNAVAILABLE,
    "ServiceUnavailable": _UNAVAILABLE,
    "ServiceUnavailableException": _UNAVAILABLE,
    "RequestTimeout": _UNAVAILABLE,
    "RequestTimeoutException": _UNAVAILABLE,
}
"""Wire codes (not botocore's class names: five of STS's differ) to what makes the Problem."""

_NO_NETWORK: Final = _Entry(
    "no_network",
    QT_TRANSLATE_NOOP("Problem", "AWS cannot be reached"),
    QT_TRANSLATE_NOOP(
        "Problem", "Check the network, the VPN and, if the profile has one, its endpoint_url."
    ),
    Exit.NETWORK,
)

_TIMEOUT: Final = _Entry(
    "timeout",
    QT_TRANSLATE_NOOP("Problem", "AWS did not answer in time"),
    QT_TRANSLATE_NOOP("Problem", "Check the network and the VPN, then try again."),
    Exit.NETWORK,
)

_CUT: Final = _Entry(
    "connection_closed",
    QT_TRANSLATE_NOOP("Problem", "The connection to AWS was closed before the answer came"),
    QT_TRANSLATE_NOOP("Problem", "Try again. A proxy or VPN that closes connections can do that."),
    Exit.NETWORK,
)

_TLS: Final = _Entry(
    "tls",
    QT_TRANSLATE_NOOP("Problem", "The other side could not prove that it is AWS"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "If your network inspects TLS, set AWS_CA_BUNDLE or the profile's ca_bundle to its "
        "certificate file. Check the computer's date too.",
    ),
    Exit.NETWORK,
)

_PROXY: Final = _Entry(
    "proxy",
    QT_TRANSLATE_NOOP("Problem", "The proxy did not let the call through"),
    QT_TRANSLATE_NOOP("Problem", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY."),
    Exit.NETWORK,
)

_NO_REGION: Final = _Entry(
    "no_region",
    QT_TRANSLATE_NOOP("Problem", "Profile {role} needs a region"),
    QT_TRANSLATE_NOOP("Problem", "Add a line such as region = eu-west-1 to the profile."),
    Exit.LOCAL,
)

_SETTINGS: Final = _Entry(
    "client_settings",
    QT_TRANSLATE_NOOP("Problem", "The settings of profile {role} do not make a valid endpoint"),
    QT_TRANSLATE_NOOP(
        "Problem",
        "Check region, endpoint_url, services, ca_bundle, retry_mode, max_attempts and "
        "defaults_mode in the profile, and the AWS_ variables of the same names.",
    ),
    Exit.LOCAL,
)

_ON_THE_WAY: Final[dict[str, _Entry]] = {
    "ReadTimeoutError": _TIMEOUT,
    "ConnectTimeoutError": _TIMEOUT,
    "SSLError": _TLS,
    "ProxyConnectionError": _PROXY,
    "InvalidProxiesConfigError": _PROXY,
    "EndpointConnectionError": _NO_NETWORK,
    "ConnectionClosedError": _CUT,
    "ConnectionError": _NO_NETWORK,
    "IncompleteReadError": _CUT,
    "ResponseStreamingError": _CUT,
    "HTTPClientError": _NO_NETWORK,
    "ResponseParserError": _GARBAGE,
    "NoRegionError": _NO_REGION,
    "InvalidRegionError": _SETTINGS,
    "BaseEndpointResolverError": _SETTINGS,
    "EndpointProviderError": _SETTINGS,
    "InvalidEndpointConfigurationError": _SETTINGS,
    "InvalidConfigError": _SETTINGS,
    "InvalidRetryConfigurationError": _SETTINGS,
    "InvalidDefaultsMode": _SETTINGS,
    "InvalidSTSRegionalEndpointsConfigError": _SETTINGS,
    "ParamValidationError": _SETTINGS,
    "ValueError": _SETTINGS,
    "OSError": _SETTINGS,
}
"""Names of botocore's exception classes, looked up along each one's ancestors, nearest first."""


def from_wire(code: str, message: str, status: int, circumstances: Circumstances) -> Problem:
    """The Problem for an error answer: AWS's code and message and the HTTP status."""
    known = _TABLE.get(code)
    if known is not None:
        return known(message, circumstances)
    if status >= 500:
        return _UNAVAILABLE(message, circumstances)
    if status == 429:
        return _THROTTLED(message, circumstances)
    if status == 407:
        return _PROXY(message, circumstances)
    if not code or code == str(status) or not code.isidentifier():
        return _GARBAGE(message, circumstances)
    return _unknown(code, circumstances)


def from_exception(error: Exception, circumstances: Circumstances, sent: bool = False) -> Problem:
    """The Problem for anything botocore raised. The exception may carry secrets: drop it afterwards.

    sent: the request was on its way, so that a plain Python error comes from reading the answer:
    botocore's parsers raise KeyError and the like for a document that is not AWS's.
    """
    answer: Any = getattr(error, "response", None)
    if isinstance(answer, dict):
        details = answer.get("Error") or {}  # an error page of somebody else has none
        code, message = (_word(details.get(key)) for key in ("Code", "Message"))
        status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return from_wire(code, message, status, circumstances)
    if sent and isinstance(error, (LookupError, ValueError, TypeError, AttributeError)):
        return _GARBAGE("", circumstances)
    for name in _ancestry(error):
        if name in _ON_THE_WAY:
            return _ON_THE_WAY[name]("", circumstances)
    return _fault(error)


def garbage(circumstances: Circumstances) -> Problem:
    """The Problem for an answer that is no answer of AWS."""
    return _GARBAGE("", circumstances)


def timeout(circumstances: Circumstances) -> Problem:
    """The Problem for a call that ran out of time."""
    return _TIMEOUT("", circumstances)


def _word(value: object) -> str:
    """botocore gives None or a mapping where an element is empty or nested."""
    return value if isinstance(value, str) else ""


def _ancestry(error: Exception) -> Iterator[str]:
    return (parent.__name__ for parent in type(error).__mro__)


def _fault(error: Exception) -> Problem:
    """Nothing that AWS or the network did. Kind and place only: the text could hold what was sent."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_name}:{frame.tb_lineno}" if frame else "?"
    return Problem(
        "fault",
        Text(QT_TRANSLATE_NOOP("Problem", "Something went wrong inside Rolecall")),
        text("{error} ({place})", error=type(error).__name__, place=place),
        exit=Exit.FAULT,
    )


def _unknown(code: str, circumstances: Circumstances) -> Problem:
    return Problem(
        "unknown",
        text(
            QT_TRANSLATE_NOOP("Problem", "AWS refused {role} with the error {error}"),
            role=circumstances.role,
            error=code[:80],
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Rolecall does not know this error. The STS documentation may."
            )
        ),
        exit=Exit.REFUSED,
    )
