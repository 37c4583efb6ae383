"""SAML responses as identity providers write them, and the forms in which a person may paste one."""

from __future__ import annotations

import base64
import html
import json
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

NOON = 1_795_435_200.0
ROLE = "arn:aws:iam::222222222222:role/Finance"
OTHER = "arn:aws:iam::333333333333:role/team/Developer"
PROVIDER = "arn:aws:iam::222222222222:saml-provider/Acme"
OTHER_PROVIDER = "arn:aws:iam::333333333333:saml-provider/Acme"
AWS = "https://signin.aws.amazon.com/saml"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
SIGNATURE = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo/></ds:Signature>'
)


def instant(seconds: float) -> str:
    """Epoch seconds as an xs:dateTime."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def attribute(
    name: str, *values: str, prefix: str = "https://aws.amazon.com/SAML/Attributes/"
) -> str:
    listed = "".join(f"<saml:AttributeValue>{html.escape(v)}</saml:AttributeValue>" for v in values)
    return f'<saml:Attribute Name="{prefix}{name}">{listed}</saml:Attribute>'


def document(
    *,
    roles: tuple[str, ...] = (f"{ROLE},{PROVIDER}", f"{OTHER_PROVIDER}, {OTHER}"),
    attributes: str = attribute("RoleSessionName", "alex@acme.example")
    + attribute("SessionDuration", "14400"),
    issued: float = NOON,
    ends: float | None = NOON + 300,
    recipient: str = AWS,
    audience: str = "urn:amazon:webservices",
    signature: str = SIGNATURE,
    status: str = f'<samlp:StatusCode Value="{SUCCESS}"/>',
    assertion: Callable[[str], str] = lambda xml: xml,
) -> str:
    """A response as a document. `assertion` may put something else in the assertion's place."""
    until = f' NotOnOrAfter="{instant(ends)}"' if ends is not None else ""
    inner = assertion(
        f'<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0"'
        f' IssueInstant="{instant(issued)}"><saml:Issuer>https://idp.acme.example/metadata</saml:Issuer>{signature}'
        f"<saml:Subject><saml:NameID>alex</saml:NameID><saml:SubjectConfirmation"
        f' Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData{until}'
        f' Recipient="{html.escape(recipient)}"/></saml:SubjectConfirmation></saml:Subject>'
        f"<saml:Conditions><saml:AudienceRestriction><saml:Audience>{html.escape(audience)}</saml:Audience>"
        f"</saml:AudienceRestriction></saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="{instant(issued)}" SessionNotOnOrAfter="{instant(NOON + 28800)}"/>'
        f"<saml:AttributeStatement>{attribute('Role', *roles)}{attributes}</saml:AttributeStatement>"
        "</saml:Assertion>"
    )
    return (
        f'<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_r" Version="2.0"'
        f' IssueInstant="{instant(issued)}" InResponseTo="_q">'
        f"<samlp:Status>{status}</samlp:Status>{inner}</samlp:Response>"
    )


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _wrapped(value: str) -> str:
    return "\n".join(textwrap.wrap(value, 76))


def _form(value: str) -> str:
    return urlencode({"SAMLResponse": value, "RelayState": "https://console.aws.amazon.com/ec2"})


def _page(tag: str) -> Callable[[str], str]:
    return lambda value: (
        f"<!DOCTYPE html><html><body onload='document.forms[0].submit()'><form method=post action='{AWS}'>"
        f"{tag.replace('VALUE', html.escape(value).replace('+', '&#x2b;'))}"
        '<input type="hidden" name="RelayState" value="x"/><input type=submit></form></body></html>'
    )


def _recording(value: str) -> str:
    entry = {
        "request": {"method": "POST", "url": AWS, "postData": {"text": _form(value), "params": []}}
    }
    return json.dumps(
        {"log": {"version": "1.2", "entries": [{"request": {"url": "https://idp"}}, entry]}},
        indent=2,
    )


FORMS: dict[str, Callable[[str], str]] = {
    "bare": lambda value: value,
    "with line breaks": _wrapped,
    "with Windows line breaks": lambda value: _wrapped(value).replace("\n", "\r\n") + "\r\n",
    "percent-encoded": lambda value: quote(value, safe=""),
    "in quotes": lambda value: f' "{value}" ',
    "URL-safe base64": lambda value: value.replace("+", "-").replace("/", "_").rstrip("="),
    "plus signs turned to spaces": lambda value: value.replace("+", " "),
    "form body": _form,
    "form body, other field first": lambda value: "RelayState=&" + urlencode({"SAMLResponse": value}),
    "as Firefox copies it": lambda value: f"SAMLResponse={value}\nRelayState=https%3A%2F%2Fconsole",
    "as Chrome lists it": lambda value: f"SAMLResponse: {value}\nRelayState: \n",
    "copied as cURL": lambda value: (
        f"curl '{AWS}' -H 'accept: */*' --data-raw '{_form(value)}' --compressed"
    ),
    "copied as cURL for cmd": lambda value: (
        f'curl ^"{AWS}^" ^\n  --data-raw ^"{_form(value).replace("%", "^%").replace("&", "^&")}^"'
    ),
    "copied as fetch": lambda value: f'fetch("{AWS}", {{"body": "{_form(value)}", "method": "POST"}});',
    "copied as PowerShell": lambda value: f'Invoke-WebRequest -Uri "{AWS}" -Method POST -Body "{_form(value)}"',
    "recording (HAR)": _recording,
    "recording with decoded fields": lambda value: json.dumps(
        {"log": {"entries": [{"request": {"postData": {"params": [{"name": "SAMLResponse", "value": value}]}}}]}}
    ),
    "part of a recording": lambda value: (
        f'"params": [ {{ "name": "SAMLResponse", "value": "{quote(value, safe="")}" }},'
    ),
    "recording of the page": lambda value: json.dumps(
        {"log": {"entries": [{"response": {"content": {"text": _page(
            '<input type="hidden" name="SAMLResponse" value="VALUE"/>')(value)}}}]}}
    ),
    "saved page": _page('<input type="hidden" name="SAMLResponse" value="VALUE"/>'),
    "saved page, value first": _page("<INPUT value='VALUE' type='hidden' name='SAMLResponse'>"),
    "part of a page": lambda value: f'<form><input name="SAMLResponse" value="{value}"></form>',
    "saved page, no quotes": _page("<input type=hidden name=SAMLResponse value=VALUE>"),
    "the document": lambda value: base64.b64decode(value).decode(),
    "the document after a byte order mark": lambda value: "\ufeff" + base64.b64decode(value).decode() + "\n",
}  # fmt: skip
