"""What AWS checks of a SAML response before it looks at the role: provider, issuer, signature, time, audience.

Roles and names are read out of the signed element only. Texts: IAM User Guide, "Troubleshoot SAML
federation"; the five minutes: the STS API reference, AssumeRoleWithSAML.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rolecall.demo.canonical_xml import Element, UnsafeXmlError, parse
from rolecall.demo.saml_response import ATTRIBUTES, AUDIENCE, SUCCESS
from rolecall.demo.wire import AwsError, access_denied
from rolecall.demo.xml_signature import DS, SignatureInvalidError, verify

REDEEM_SECONDS: Final = 300.0
_P: Final = "urn:oasis:names:tc:SAML:2.0:protocol"
_A: Final = "urn:oasis:names:tc:SAML:2.0:assertion"
_MD: Final = "urn:oasis:names:tc:SAML:2.0:metadata"
_SIGNIN: Final = re.compile(
    r"https://(?:[a-z0-9-]+\.)?signin\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|"
    r"amazonaws-eusc\.eu)/saml(?:/acs/\w+)?",
    re.ASCII,
)
_NAME: Final = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Vouched:
    """What a good response says. Times are epoch seconds; roles: pairs of role and provider ARN."""

    issuer: str
    subject: str
    subject_type: str
    recipient: str
    roles: frozenset[tuple[str, str]]
    session_name: str
    session_seconds: int | None
    session_ends_at: float | None
    source_identity: str
    tags: tuple[tuple[str, str], ...]


def vouched(encoded: str, metadata: str | None, now: float) -> Vouched:
    """What `encoded` says by the provider of `metadata` (None: no such provider). Raises AwsError."""
    response = _parsed(encoded)
    if metadata is None:
        raise _invalid("Specified provider doesn't exist")
    issuer, certificates = _provider(metadata)
    assertion = _signed_assertion(response, issuer, certificates)
    _check_time(assertion, now)
    audiences = [one.text for one in assertion.walk() if one.tag == (_A, "Audience")]
    if not any(one.startswith(AUDIENCE) or _SIGNIN.fullmatch(one) for one in audiences):
        raise _invalid("Response does not contain the required audience")
    return _read(assertion)


def recipient_is_aws(recipient: str) -> bool:
    """The usual condition of trust policies, on SAML:aud."""
    return bool(_SIGNIN.fullmatch(recipient))


def roles_named(encoded: str) -> list[tuple[str, str]]:
    """Role and provider of each pair, before anything was checked. Raises AwsError."""
    return sorted(_roles(_attributes(_parsed(encoded))))


def _parsed(encoded: str) -> Element:
    try:
        response = parse(base64.b64decode(encoded, validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        raise _invalid("Invalid base64 SAMLResponse") from None
    except UnsafeXmlError:
        raise _invalid("Invalid SAML response") from None
    if response.tag != (_P, "Response"):
        raise _invalid("Invalid SAML response")
    return response


def _provider(metadata: str) -> tuple[str, list[str]]:
    """Entity id and the certificates for signing. metadata: as it was uploaded to IAM."""
    root = parse(metadata)
    keys = [
        one
        for one in root.walk()
        if one.tag == (_MD, "KeyDescriptor") and one.attributes.get("use", "signing") == "signing"
    ]
    certificates = [
        "".join(inner.text.split())
        for one in keys
        for inner in one.walk()
        if inner.tag == (DS, "X509Certificate")
    ]
    return root.attributes.get("entityID", ""), certificates


def _signed_assertion(response: Element, issuer: str, certificates: list[str]) -> Element:
    """The one assertion, which itself or whose response is signed by the provider."""
    status = [one for one in response.walk() if one.tag == (_P, "StatusCode")]
    assertions = response.all(_A, "Assertion")
    if not status or status[0].attributes.get("Value") != SUCCESS or len(assertions) != 1:
        raise _invalid("Invalid SAML response")
    assertion = assertions[0]
    if [one.text for one in assertion.all(_A, "Issuer")] != [issuer]:
        raise _invalid("Issuer not present in specified provider")
    signing = [one for one in (response, assertion) if one.all(DS, "Signature")]
    try:
        if not signing:
            raise SignatureInvalidError("none")
        for one in signing:
            verify(one, certificates)
    except SignatureInvalidError:
        raise _invalid("Response signature invalid") from None
    return assertion


def _check_time(assertion: Element, now: float) -> None:
    issued = _time(assertion.attributes.get("IssueInstant", ""))
    ends = [
        _time(one.attributes["NotOnOrAfter"])
        for one in assertion.walk()
        if "NotOnOrAfter" in one.attributes
    ]
    if (
        now - issued >= REDEEM_SECONDS
        or issued - now > REDEEM_SECONDS
        or min(ends, default=0) <= now
    ):
        text = "Token must be redeemed within 5 minutes of issuance"
        raise AwsError("ExpiredTokenException", text)


def _read(assertion: Element) -> Vouched:
    found = _attributes(assertion)
    names = [one for one in assertion.walk() if one.tag == (_A, "NameID")]
    if not names or not names[0].text:
        raise access_denied("Not authorized to perform sts:AssumeRoleWithSAML")
    given = [one for one in assertion.walk() if one.tag == (_A, "SubjectConfirmationData")]
    statement = [one for one in assertion.walk() if one.tag == (_A, "AuthnStatement")]
    ends = statement[0].attributes.get("SessionNotOnOrAfter", "") if statement else ""
    seconds = _one(found, "SessionDuration")
    return Vouched(
        issuer=assertion.all(_A, "Issuer")[0].text,
        subject=names[0].text,
        subject_type=names[0].attributes.get("Format", "").rpartition(":")[2] or "unspecified",
        recipient=given[0].attributes.get("Recipient", "") if given else "",
        roles=_roles(found),
        session_name=_session_name(found),
        session_seconds=_seconds(seconds),
        session_ends_at=_time(ends) if ends else None,
        source_identity=_source_identity(found),
        tags=tuple(
            (name.removeprefix("PrincipalTag:"), values[0])
            for name, values in found.items()
            if name.startswith("PrincipalTag:") and values
        ),
    )


def _seconds(text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and 900 <= int(text[:9]) <= 43200):
        raise _invalid("SessionDuration in AuthnResponse must be between 900 and 43200")
    return int(text) if text else None


def _session_name(found: dict[str, list[str]]) -> str:
    name = _one(found, "RoleSessionName")
    if not name:
        raise _invalid("RoleSessionName is required in AuthnResponse")
    if not _NAME.fullmatch(name):
        raise _invalid("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}")
    return name


def _source_identity(found: dict[str, list[str]]) -> str:
    name = _one(found, "SourceIdentity")
    if name and (not _NAME.fullmatch(name) or name.startswith("aws:")):
        raise _invalid(
            'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'
        )
    return name


def _attributes(element: Element) -> dict[str, list[str]]:
    return {
        one.attributes["Name"].removeprefix(ATTRIBUTES): [
            value.text for value in one.all(_A, "AttributeValue")
        ]
        for one in element.walk()
        if one.tag == (_A, "Attribute") and one.attributes.get("Name", "").startswith(ATTRIBUTES)
    }


def _roles(found: dict[str, list[str]]) -> frozenset[tuple[str, str]]:
    pairs = ([part.strip() for part in value.split(",")] for value in found.get("Role", []))
    ordered = (sorted(pair, key=lambda part: ":saml-provider/" in part) for pair in pairs)
    return frozenset((pair[0], pair[1]) for pair in ordered if len(pair) == 2)


def _one(found: dict[str, list[str]], name: str) -> str:
    values = found.get(name, [])
    return values[0] if values else ""


def _time(text: str) -> float:
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0


def _invalid(text: str) -> AwsError:
    return AwsError("InvalidIdentityToken", text)
