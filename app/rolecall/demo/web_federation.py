"""Web federation: the demo's identity providers, and what in AWS believes them, put together once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rolecall.demo.callers import Callers
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.cognito import Cognito
from rolecall.demo.faults import Calls, Fault
from rolecall.demo.grants import Client
from rolecall.demo.identity_provider import IdentityProvider, Style
from rolecall.demo.jws import SigningKey
from rolecall.demo.web_identity import WebIdentity
from rolecall.demo.web_tokens import WebTokens
from rolecall.demo.wire import Answer, Request

Answering = Callable[[Request, Fault | None], Answer]

CLIENTS: Final = {
    Style.OIDC: (
        Client("rolecall"),
        Client("other-program"),
        Client("rolecall-with-secret", secret="acme-demo-client-secret"),  # noqa: S106  opens nothing
    ),
    Style.AMAZON: (Client("amzn1.application-oa2-client.demo"),),
    Style.FACEBOOK: (Client("4711471147114711"),),
}
"""Who is registered where. `other-program` is one whose tokens the company's AWS does not take."""


class WebFederation:
    """The providers by their manners, the unsigned operation of STS, and Cognito."""

    def __init__(
        self, catalogue: Catalogue, callers: Callers, clock: DemoClock, calls: Calls
    ) -> None:
        self.providers = {
            style: IdentityProvider(style, clients, clock) for style, clients in CLIENTS.items()
        }
        cognito_key = SigningKey()
        self.tokens = WebTokens(self.providers, cognito_key, dict(catalogue.web_providers), clock)
        self.web_identity = WebIdentity(catalogue, callers, clock, self.tokens)
        self.cognito = Cognito(catalogue, callers, clock, calls, self.tokens, cognito_key)

    def begin(self, base: Callable[[], str]) -> None:
        """base: tells the server's own address once it listens."""
        for provider in self.providers.values():
            provider.base = base

    def handed_out(self, seconds: int) -> str:
        """An ID token for the demo's person without a sign-in, as a cluster gives its programs."""
        return self.providers[Style.OIDC].token_for("rolecall", seconds)

    def provider_of(self, request: Request) -> Answering | None:
        """Who answers a request, if it is meant for one of the providers."""
        place = request.path.split("/")[1] if request.path.count("/") > 1 else ""
        found = self.providers.get(Style(place)) if place in set(Style) else None
        return found.answer if found else None
