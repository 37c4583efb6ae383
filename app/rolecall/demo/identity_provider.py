"""The demo's identity providers over HTTP: one of OpenID Connect, and two as Amazon and Facebook have them.

The two answer with access tokens that only they can read; the third signs ID tokens with a key of its own.
Source: OpenID Connect Core 1.0, sections 2 and 3.1, OpenID Connect Discovery 1.0, section 3, RFC 9207
(`iss` in the answer); for the others, the manuals of Login with Amazon and Facebook Login.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from rolecall.demo import consent_page
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Fault
from rolecall.demo.grants import Asked, Client, Granted, Grants, OAuthError
from rolecall.demo.jws import SigningKey
from rolecall.demo.wire import Answer, Request, page_answer, text_answer

TOKEN_LIFE: Final = 3600
"""Seconds an ID token or access token lives."""


class Style(StrEnum):
    """Whose manners a provider has; the value is its place below the server's address."""

    OIDC = "idp"
    AMAZON = "amazon"
    FACEBOOK = "facebook"


@dataclass(frozen=True, slots=True)
class _Places:
    authorize: str
    token: str
    name: str


_PLACES: Final = {
    Style.OIDC: _Places("/authorize", "/token", "Acme Identity"),
    Style.AMAZON: _Places("/ap/oa", "/auth/o2/token", "Demo Amazon"),
    Style.FACEBOOK: _Places("/dialog/oauth", "/oauth/access_token", "Demo Facebook"),
}
_STRUCK: Final = {"500": 500, "throttle": 429}
_PREFIXES: Final = {Style.AMAZON: "Atza|", Style.FACEBOOK: "EAA"}


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What an opaque access token stands for. until: epoch seconds."""

    app_id: str
    user_id: str
    until: float


class IdentityProvider:
    """One provider with one person at it. Safe to share between threads."""

    def __init__(self, style: Style, clients: tuple[Client, ...], clock: DemoClock) -> None:
        self._style, self._places, self._clock = style, _PLACES[style], clock
        self._clients = {client.client_id: client for client in clients}
        self._opened: dict[str, AccessToken] = {}
        self._lock = threading.Lock()
        self.grants = Grants(clock)
        self.key = SigningKey()
        self.person = ("alex", "Alex", "alex@acme.example")
        self.token_life = TOKEN_LIFE
        self.base: Callable[[], str] = str
        """The server's own address, without a slash at its end; known once it listens."""

    @property
    def issuer(self) -> str:
        """What `iss` says, and where discovery begins."""
        return f"{self.base()}/{self._style.value}"

    def opened(self, token: str) -> AccessToken | None:
        """What one of the opaque access tokens stands for, expired or not."""
        with self._lock:
            return self._opened.get(token)

    def answer(self, request: Request, fault: Fault | None = None) -> Answer:
        """Answer one request below `/idp`, `/amazon` or `/facebook`. fault: what strikes it, if anything."""
        if fault and fault.kind in _STRUCK:
            return text_answer(_STRUCK[fault.kind], "Not now\n", fault.kind)
        place = request.path.removeprefix(f"/{self._style.value}")
        if place == self._places.authorize:
            return self._decided(request) if request.method == "POST" else self._asked(request)
        if place == self._places.token and request.method == "POST":
            return self._token(request)
        if self._style is Style.OIDC and place == "/.well-known/openid-configuration":
            return _json(200, self._configuration())
        if self._style is Style.OIDC and place == "/jwks":
            return _json(200, self.key.jwks())
        return text_answer(404, "Not here\n", "NotFound")

    # --- the page ----------------------------------------------------------------------

    def _asked(self, request: Request) -> Answer:
        values = request.asked()
        client = self._clients.get(values.get("client_id", ""))
        uri = values.get("redirect_uri", "")
        if client is None or not client.may_return_to(uri):
            reason = "No such client" if client is None else "redirect_uri is not registered"
            return page_answer(400, consent_page.refused(self._places.name, reason), "BadRequest")
        asked = Asked(
            client, uri, tuple(values.get("scope", "").split()), values.get("state", ""),
            values.get("nonce", ""), values.get("code_challenge", ""), self._clock.now(),
        )  # fmt: skip
        fault = self._fault(values, asked)
        if fault:
            return self._back(asked, {"error": fault})
        page = consent_page.consent(
            self._places.name, client.client_id, self.person[2], self.grants.begin(asked),
            f"/{self._style.value}{self._places.authorize}",
        )  # fmt: skip
        return page_answer(200, page)

    def _fault(self, values: Mapping[str, str], asked: Asked) -> str:
        if values.get("response_type") != "code":
            return "unsupported_response_type"
        if values.get("code_challenge_method") != "S256" or len(asked.challenge) != 43:
            return "invalid_request"
        if self._style is Style.OIDC and "openid" not in asked.scopes:
            return "invalid_scope"
        return ""

    def _decided(self, request: Request) -> Answer:
        values = request.values()
        asked = self.grants.answered(values.get("form", ""))
        if asked is None:
            page = consent_page.refused(self._places.name, "This sign-in is over. Begin again.")
            return page_answer(400, page, "BadRequest")
        if values.get("answer") != "allow":
            return self._back(asked, {"error": "access_denied"})
        return self._back(asked, {"code": self.grants.code_for(asked, self.person[0])})

    def _back(self, asked: Asked, answer: dict[str, str]) -> Answer:
        said = {**answer, "state": asked.state}
        if self._style is Style.OIDC:
            said["iss"] = self.issuer
        where = f"{asked.redirect_uri}?{urlencode(said)}"
        return Answer(303, b"", "text/plain", (("Location", where), ("Cache-Control", "no-store")))

    # --- tokens ------------------------------------------------------------------------

    def _token(self, request: Request) -> Answer:
        try:
            granted = self.grants.redeem(_with_basic(request))
        except OAuthError as error:
            status = 401 if error.error == "invalid_client" else 400
            said = {"error": error.error, "error_description": error.text}
            return _json(status, said, error.error)
        given: dict[str, object] = {"token_type": "Bearer", "expires_in": self.token_life}
        given["access_token"] = self._access_token(granted)
        if self._style is Style.OIDC:
            given["id_token"] = self.key.sign(self.claims(granted))
        if "offline_access" in granted.asked.scopes or self._style is Style.AMAZON:
            given["refresh_token"] = self.grants.refresh_for(granted)
        return _json(200, given)

    def claims(self, granted: Granted) -> dict[str, object]:
        """What the ID token of a sign-in says (OpenID Connect Core, section 2)."""
        now = int(self._clock.now())
        said: dict[str, object] = {
            "iss": self.issuer, "sub": granted.subject, "aud": granted.asked.client.client_id,
            "iat": now, "exp": now + self.token_life, "auth_time": int(granted.signed_in_at),
            "name": self.person[1], "email": self.person[2],
        }  # fmt: skip
        return {**said, "nonce": granted.asked.nonce} if granted.asked.nonce else said

    def token_for(self, client_id: str, seconds: int) -> str:
        """An ID token for the person, made for a client without a sign-in."""
        now = self._clock.now()
        asked = Asked(self._clients[client_id], "", (), "", "", "")
        said = self.claims(Granted(asked, self.person[0], now, now))
        return self.key.sign({**said, "exp": int(now) + seconds})

    def _access_token(self, granted: Granted) -> str:
        token = _PREFIXES.get(self._style, "") + secrets.token_urlsafe(60)
        until = self._clock.now() + self.token_life
        with self._lock:
            self._opened[token] = AccessToken(
                granted.asked.client.client_id, granted.subject, until
            )
        return token

    def _configuration(self) -> dict[str, object]:
        issuer = self.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"],
            "scopes_supported": ["openid", "email", "profile", "offline_access"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": [
                "none", "client_secret_post", "client_secret_basic"
            ],
            "authorization_response_iss_parameter_supported": True,
        }  # fmt: skip


def _with_basic(request: Request) -> dict[str, str]:
    """The form, with client id and secret of the Authorization header (RFC 6749, section 2.3.1)."""
    values = request.values()
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return values
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return values
    return {**values, "client_id": name, "client_secret": secret}


def _json(status: int, value: Mapping[str, object], code: str = "Ok") -> Answer:
    headers = (("Cache-Control", "no-store"),)
    return Answer(status, json.dumps(value).encode(), "application/json", headers, code)
