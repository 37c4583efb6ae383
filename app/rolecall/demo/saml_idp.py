"""The demo's SAML identity provider: metadata, a sign-in page, signed responses for AWS.

It posts to AWS's sign-in as nearly all do, and to a listener on loopback if it is asked to (`acs`), as a
provider does whose administrator allows that; the Recipient stays AWS's own address either way.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from rolecall.demo import saml_pages
from rolecall.demo.clock import DemoClock
from rolecall.demo.saml_response import RECIPIENT, Facts, encoded_response
from rolecall.demo.wire import Answer, Request, text_answer
from rolecall.demo.xml_signature import SigningKey, new_signing_key

PREFIX: Final = "/saml-idp"
ENTITY: Final = "https://sso.acme.example/saml"
_LISTENER: Final = re.compile(r"http://127\.0\.0\.1:\d{2,5}/[\w/-]{1,60}", re.ASCII)
_BINDING: Final = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"


@dataclass(frozen=True, slots=True)
class Person:
    """Who can sign in. roles: values of the attribute Role; seconds: SessionDuration, or None."""

    name: str
    mail: str
    roles: tuple[str, ...]
    seconds: int | None = None


class SamlIdp:
    """The provider. Its key is made when it is first needed."""

    def __init__(self, people: tuple[Person, ...], clock: DemoClock) -> None:
        self.people = {person.name: person for person in people}
        self._clock = clock
        self._lock = threading.Lock()
        self._signing: SigningKey | None = None

    @property
    def signing(self) -> SigningKey:
        """The key and its certificate."""
        with self._lock:
            if self._signing is None:
                self._signing = new_signing_key("sso.acme.example")
            return self._signing

    def metadata(self, url: str = f"{ENTITY}/sso") -> str:
        """What is uploaded to IAM: entity id, certificate, where sign-in begins."""
        return (
            '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" '
            f'entityID="{ENTITY}"><md:IDPSSODescriptor WantAuthnRequestsSigned="false" '
            'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">'
            '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>'
            f"{self.signing.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
            f'<md:SingleSignOnService Binding="{_BINDING}" Location="{url}"/></md:IDPSSODescriptor>'
            "</md:EntityDescriptor>"
        )

    def facts(self, name: str = "alex") -> Facts:
        """What a response for that person says now. Raises KeyError."""
        person = self.people[name]
        return Facts(
            ENTITY, person.name, person.roles, self._clock.now(), person.mail, person.seconds
        )

    def response(self, name: str = "alex", **changes: object) -> str:
        """A signed response for that person, base64; `changes` are of its `Facts`."""
        return encoded_response(replace(self.facts(name), **changes), self.signing)  # type: ignore[arg-type]

    def answer(self, request: Request, own: str) -> Answer:
        """Answer one request below PREFIX. own: the address of this server, where AWS's /saml is."""
        place = request.path.removeprefix(PREFIX)
        if place == "/metadata":
            body = self.metadata(f"{own}{PREFIX}/sso").encode()
            return Answer(200, body, "application/samlmetadata+xml")
        if place != "/sso":
            return text_answer(404, "Not here\n", "NotFound")
        if request.method == "POST":
            return self._sign_in(request.values(), own)
        hidden = {
            key: value for key, value in request.asked().items() if key in {"acs", "RelayState"}
        }
        people = [(person.name, person.mail) for person in self.people.values()]
        return saml_pages.who(people, hidden)

    def _sign_in(self, values: Mapping[str, str], own: str) -> Answer:
        listener = values.get("acs", "")
        if listener and not _LISTENER.fullmatch(listener):
            return saml_pages.refused("This address is not registered", by_aws=False)
        if values.get("user", "") not in self.people:
            return saml_pages.refused("No such user", by_aws=False)
        response = self.response(values["user"], destination=listener or RECIPIENT)
        fields = {"SAMLResponse": response, "RelayState": values.get("RelayState", "")}
        return saml_pages.posting(listener or f"{own}/saml", fields)
