"""Assertion: what a SAML response says of a person, read and checked before AWS is asked. Pure; logs nothing.

Signatures are AWS's to check: it alone knows the provider's certificate. Sources: IAM User Guide,
"Configure SAML assertions for the authentication response"; OASIS SAML 2.0 core.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from rolecall.domain import saml_problems as problems
from rolecall.domain.problem import ProblemError
from rolecall.domain.role import RoleArn

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

LONGEST: Final = 100_000
"""Characters of base64 that STS takes (STS API Reference, AssumeRoleWithSAML, SAMLAssertion)."""

REDEEM_SECONDS: Final = 300.0
"""AWS takes an assertion within five minutes of its issue."""

_P: Final = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_A: Final = "{urn:oasis:names:tc:SAML:2.0:assertion}"
_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_SUCCESS: Final = "urn:oasis:names:tc:SAML:2.0:status:Success"
_ATTRIBUTES: Final = (
    "https://aws.amazon.com/SAML/Attributes/",
    "http://www.amazonaws.cn/SAML/Attributes/",
    "https://www.amazonaws.cn/SAML/Attributes/",
)
_AUDIENCE: Final = "urn:amazon:webservices"
_DECLARATION: Final = re.compile(r"<!(?!--|\[CDATA\[)")
_PROVIDER: Final = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:saml-provider/[\w.-]{1,128}", re.ASCII)
_SESSION_NAME: Final = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_AWS_SIGNIN: Final = re.compile(
    r"https://(?:[a-z0-9-]+\.)?signin\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|"
    r"amazonaws-eusc\.eu|c2shome\.ic\.gov|sc2shome\.sgov\.gov|csphome\.adc-e\.uk|csphome\.hci\.ic\.gov)"
    r"(?::443)?/saml(?:[/?].*)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class RolePair:
    """A role and the provider in the same account that vouches for it, as ARNs."""

    role_arn: str
    provider_arn: str

    @property
    def arn(self) -> RoleArn:
        """The role's ARN taken apart."""
        return RoleArn.parse(self.role_arn)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a response says. Times are UTC epoch seconds, None where it is silent.

    encoded: the response as STS takes it, base64. encrypted: only AWS can read it; all else is empty.
    session_seconds: SessionDuration, of the console and a cap on DurationSeconds; session_ends_at:
    SessionNotOnOrAfter. ends_at: the earliest NotOnOrAfter.
    """

    encoded: str = field(repr=False)
    issuer: str = ""
    roles: tuple[RolePair, ...] = ()
    subject: str = ""
    session_name: str = ""
    session_seconds: int | None = None
    session_ends_at: float | None = None
    source_identity: str = ""
    issued_at: float | None = None
    ends_at: float | None = None
    recipient: str = ""
    audiences: tuple[str, ...] = ()
    answers: str = ""
    signed: bool = True
    encrypted: bool = False

    def redeem_by(self, received_at: float) -> float:
        """Until when AWS takes it; an unreadable one counts from when it was received."""
        begins = received_at if self.issued_at is None else min(self.issued_at, received_at)
        latest = begins + REDEEM_SECONDS
        return latest if self.ends_at is None else min(latest, self.ends_at)


def read(encoded: str) -> Assertion:
    """The `Assertion` in a base64 response. Raises ProblemError for all that is no SAML response for AWS."""
    if len(encoded) > LONGEST:
        raise ProblemError(problems.too_long(len(encoded), LONGEST))
    response = _response(_document(encoded))
    status = response.find(f"{_P}Status/{_P}StatusCode")
    if status is None or status.get("Value") != _SUCCESS:
        raise ProblemError(problems.sign_in_failed(_status(status)))
    assertion = response.find(f"{_A}Assertion")
    if assertion is None and response.find(f"{_A}EncryptedAssertion") is not None:
        issued = _time(response.get("IssueInstant"))
        issuer = _text(response.find(f"{_A}Issuer"))
        return Assertion(encoded, issuer=issuer, issued_at=issued, encrypted=True)
    if assertion is None:
        raise ProblemError(problems.not_saml())
    return _assertion(encoded, response, assertion)


def check(assertion: Assertion, now: float, listeners: tuple[str, ...] = ()) -> None:
    """Raise ProblemError for what AWS would refuse. listeners: addresses besides AWS's it may be meant for."""
    _check_age(assertion, now)
    if assertion.encrypted:
        return
    if not assertion.signed:
        raise ProblemError(problems.unsigned())
    if not assertion.roles:
        raise ProblemError(problems.no_roles())
    recipient = assertion.recipient
    if not _AWS_SIGNIN.fullmatch(recipient) and recipient not in listeners:
        raise ProblemError(problems.other_recipient(recipient))
    audiences = assertion.audiences
    if audiences and not any(_is_aws(one) or one in listeners for one in audiences):
        raise ProblemError(problems.other_audience(audiences[0]))
    if not _SESSION_NAME.fullmatch(assertion.session_name):
        raise ProblemError(problems.no_session_name())


def choose(assertion: Assertion, role_arn: str = "", provider_arn: str = "") -> RolePair:
    """The pair to redeem: the wanted one, or the only one. Raises ProblemError.

    Of an encrypted assertion nothing can be chosen, so both ARNs have to be known.
    """
    if assertion.encrypted:
        if role_arn and provider_arn:
            return RolePair(role_arn, provider_arn)
        raise ProblemError(problems.encrypted())
    fitting = [
        pair
        for pair in assertion.roles
        if role_arn in {"", pair.role_arn} and provider_arn in {"", pair.provider_arn}
    ]
    if not fitting:
        raise ProblemError(problems.role_missing(role_arn or provider_arn, provider_arn))
    if len(fitting) > 1 and not role_arn:
        raise ProblemError(problems.choose_one(fitting))
    return fitting[0]


def _document(encoded: str) -> str:
    try:
        document = base64.b64decode(encoded, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise ProblemError(problems.not_base64()) from None
    if (
        "\0" in document
    ):  # expat would take it for UTF-16, where a declaration hides from the search
        raise ProblemError(problems.not_saml())
    if _DECLARATION.search(document):
        raise ProblemError(problems.unsafe())
    return document


def _response(document: str) -> ET.Element:
    """The root. The text was searched for declarations, so no entity can be defined or expanded."""
    import xml.etree.ElementTree as ET  # late, as `datetime` below: an idle app reads no assertion

    try:
        root = ET.fromstring(document)  # noqa: S314
    except (ET.ParseError, ValueError):
        raise ProblemError(problems.not_saml()) from None
    if root.tag == f"{_A}Assertion":
        raise ProblemError(problems.assertion_alone())
    if root.tag == f"{_P}AuthnRequest":
        raise ProblemError(problems.request_pasted())
    if root.tag != f"{_P}Response":
        raise ProblemError(problems.not_saml())
    return root


def _assertion(encoded: str, response: ET.Element, assertion: ET.Element) -> Assertion:
    found = _attributes(assertion)
    confirmations = list(assertion.iterfind(f"{_A}Subject//{_A}SubjectConfirmationData"))
    recipients = [one.get("Recipient", "") for one in confirmations if one.get("Recipient")]
    ends = [_time(one.get("NotOnOrAfter")) for one in confirmations]
    ends += [_time(one.get("NotOnOrAfter")) for one in assertion.iterfind(f"{_A}Conditions")]
    statement = assertion.find(f"{_A}AuthnStatement")
    seconds = _first(found, "SessionDuration")
    return Assertion(
        encoded,
        issuer=_text(assertion.find(f"{_A}Issuer")),
        roles=_pairs(found.get("Role", [])),
        subject=_text(assertion.find(f"{_A}Subject/{_A}NameID")),
        session_name=_first(found, "RoleSessionName"),
        session_seconds=int(seconds) if re.fullmatch(r"[0-9]{1,6}", seconds) else None,
        session_ends_at=_time(
            statement.get("SessionNotOnOrAfter") if statement is not None else None
        ),
        source_identity=_first(found, "SourceIdentity"),
        issued_at=_time(assertion.get("IssueInstant")),
        ends_at=min((end for end in ends if end is not None), default=None),
        recipient=recipients[0] if recipients else "",
        audiences=tuple(_text(one) for one in assertion.iterfind(f"{_A}Conditions//{_A}Audience")),
        answers=response.get("InResponseTo", ""),
        signed=response.find(_SIGNATURE) is not None or assertion.find(_SIGNATURE) is not None,
    )


def _attributes(assertion: ET.Element) -> dict[str, list[str]]:
    """AWS's attributes by the last part of their names, which are case-sensitive."""
    found: dict[str, list[str]] = {}
    for attribute in assertion.iterfind(f"{_A}AttributeStatement/{_A}Attribute"):
        name = attribute.get("Name", "")
        prefix = next((one for one in _ATTRIBUTES if name.startswith(one)), None)
        if prefix is not None:
            values = [_text(value) for value in attribute.iterfind(f"{_A}AttributeValue")]
            found.setdefault(name.removeprefix(prefix), []).extend(values)
    return found


def _pairs(values: list[str]) -> tuple[RolePair, ...]:
    """Role and provider in either order, spaces trimmed; what is no pair is left out, and doubles are."""
    found: dict[RolePair, None] = {}
    for value in values:
        parts = [part.strip() for part in value.split(",")]
        roles = [part for part in parts if _is_role(part)]
        providers = [part for part in parts if _PROVIDER.fullmatch(part)]
        if len(parts) == 2 and len(roles) == len(providers) == 1:
            found[RolePair(roles[0], providers[0])] = None
    return tuple(found)


def _is_role(arn: str) -> bool:
    try:
        RoleArn.parse(arn)
    except ValueError:
        return False
    return True


def _first(found: dict[str, list[str]], name: str) -> str:
    return next(iter(found.get(name, [])), "")


def _text(element: ET.Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def _time(text: str | None) -> float | None:
    """Epoch seconds of an xs:dateTime; without a zone it is UTC (SAML core §1.3.3)."""
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _status(element: ET.Element | None) -> str:
    """The last word of the innermost status code, letters only: it comes from outside."""
    codes = [] if element is None else list(element.iter(f"{_P}StatusCode"))
    words = re.findall(r"[A-Za-z]{3,40}", codes[-1].get("Value", "")) if codes else []
    return words[-1] if words else "?"


def _is_aws(audience: str) -> bool:
    return audience.startswith(_AUDIENCE) or bool(_AWS_SIGNIN.fullmatch(audience))


def _check_age(assertion: Assertion, now: float) -> None:
    """One from the future is left to AWS: it is this computer's clock that is behind, mostly."""
    issued = assertion.issued_at
    if issued is not None and now - issued >= REDEEM_SECONDS:
        raise ProblemError(problems.expired(int((now - issued) // 60)))
    if assertion.ends_at is not None and now >= assertion.ends_at:
        raise ProblemError(problems.ended())
