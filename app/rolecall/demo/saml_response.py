"""A SAML response for AWS, as identity providers write it: facts in, signed XML out.

Source: IAM User Guide, "Configure SAML assertions for the authentication response"; OASIS SAML 2.0 core
and profiles (web browser SSO).
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from rolecall.demo.xml_signature import SigningKey, signed

ATTRIBUTES: Final = "https://aws.amazon.com/SAML/Attributes/"
SUCCESS: Final = "urn:oasis:names:tc:SAML:2.0:status:Success"
PERSISTENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
AUDIENCE: Final = "urn:amazon:webservices"
RECIPIENT: Final = "https://signin.aws.amazon.com/saml"


def new_identifier() -> str:
    """An xs:ID nobody else has."""
    return f"_{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a response says. Times are epoch seconds.

    roles: values of the attribute Role, as they stand there. session_ends_at: SessionNotOnOrAfter, None
    to leave it out; destination: where the form goes. signs: `assertion`, `response`, `both` or `nothing`.
    """

    issuer: str
    subject: str
    roles: tuple[str, ...]
    issued_at: float
    session_name: str = ""
    session_seconds: int | None = None
    session_ends_at: float | None = None
    source_identity: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    lifetime: float = 300.0
    recipient: str = RECIPIENT
    audience: str = AUDIENCE
    destination: str = RECIPIENT
    answers: str = ""
    status: str = SUCCESS
    signs: str = "assertion"
    identifier: str = field(default_factory=new_identifier)


def encoded_response(facts: Facts, signing: SigningKey) -> str:
    """The response as a browser posts it: base64."""
    document = response(facts)
    if facts.signs in {"assertion", "both"}:
        document = signed(document, f"{facts.identifier}a", signing)
    if facts.signs in {"response", "both"}:
        document = signed(document, facts.identifier, signing)
    return base64.b64encode(document.encode()).decode()


def response(facts: Facts) -> str:
    """The response without a signature. One that did not succeed holds no assertion."""
    answers = f" InResponseTo={quoteattr(facts.answers)}" if facts.answers else ""
    return (
        '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
        'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" '
        f'ID="{facts.identifier}" Version="2.0" IssueInstant="{_instant(facts.issued_at)}" '
        f"Destination={quoteattr(facts.destination)}{answers}>"
        f"<saml:Issuer>{escape(facts.issuer)}</saml:Issuer><samlp:Status>"
        f"<samlp:StatusCode Value={quoteattr(facts.status)}></samlp:StatusCode></samlp:Status>"
        f"{_assertion(facts) if facts.status == SUCCESS else ''}</samlp:Response>"
    )


def _assertion(facts: Facts) -> str:
    answers = f" InResponseTo={quoteattr(facts.answers)}" if facts.answers else ""
    until = _instant(facts.issued_at + facts.lifetime)
    since = _instant(facts.issued_at - 5)
    ends = (
        f' SessionNotOnOrAfter="{_instant(facts.session_ends_at)}"' if facts.session_ends_at else ""
    )
    return (
        f'<saml:Assertion ID="{facts.identifier}a" Version="2.0" IssueInstant="{_instant(facts.issued_at)}">'
        f"<saml:Issuer>{escape(facts.issuer)}</saml:Issuer>"
        f'<saml:Subject><saml:NameID Format="{PERSISTENT}">{escape(facts.subject)}</saml:NameID>'
        '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
        f'<saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient={quoteattr(facts.recipient)}'
        f"{answers}></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>"
        f'<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>'
        f"<saml:Audience>{escape(facts.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="{_instant(facts.issued_at)}"{ends}><saml:AuthnContext>'
        "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
        "</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
        f"<saml:AttributeStatement>{_attributes(facts)}</saml:AttributeStatement></saml:Assertion>"
    )


def _attributes(facts: Facts) -> str:
    seconds = "" if facts.session_seconds is None else str(facts.session_seconds)
    found = [("Role", facts.roles)] if facts.roles else []
    found += [
        (name, (value,))
        for name, value in (
            ("RoleSessionName", facts.session_name),
            ("SessionDuration", seconds),
            ("SourceIdentity", facts.source_identity),
            *((f"PrincipalTag:{key}", value) for key, value in facts.tags),
        )
        if value
    ]
    return "".join(_attribute(name, values) for name, values in found)


def _attribute(name: str, values: tuple[str, ...]) -> str:
    listed = "".join(f"<saml:AttributeValue>{escape(v)}</saml:AttributeValue>" for v in values)
    return f"<saml:Attribute Name={quoteattr(ATTRIBUTES + name)}>{listed}</saml:Attribute>"


def _instant(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
