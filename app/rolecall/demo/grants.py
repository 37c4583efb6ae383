"""What an identity provider has promised: sign-ins under way, codes, refresh tokens. In memory, used once each.

Source: RFC 6749 sections 4.1, 5 and 6, RFC 7636 (S256), RFC 8252 section 7.3 (the port of a loopback
redirect is free), RFC 9700 section 2.2.2 (a refresh token is used once).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from rolecall.demo.clock import DemoClock
from rolecall.demo.jws import encoded

CODE_LIFE: Final = 60
"""Seconds a code can be redeemed (RFC 6749, section 4.1.2: ten minutes at most)."""

PENDING_LIFE: Final = 600
"""Seconds the sign-in page can be answered."""

REFRESH_LIFE: Final = 30 * 86400


class OAuthError(Exception):
    """An error of RFC 6749 and its text."""

    def __init__(self, error: str, text: str) -> None:
        super().__init__(error)
        self.error = error
        self.text = text


@dataclass(frozen=True, slots=True)
class Client:
    """A registered program. secret: empty for a public one. paths: of its loopback redirects, any port."""

    client_id: str
    secret: str = field(default="", repr=False)
    paths: tuple[str, ...] = ("/callback", "/oauth/callback")

    def may_return_to(self, uri: str) -> bool:
        """Whether a redirect URI is registered."""
        try:
            parts = urlsplit(uri)
            port = parts.port
        except ValueError:
            return False
        home = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
        plain = not (parts.query or parts.fragment or parts.username)
        return home and plain and port is not None and parts.path in self.paths


@dataclass(frozen=True, slots=True)
class Asked:
    """One authorization request. challenge: of PKCE, S256. at: epoch seconds."""

    client: Client
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    challenge: str = field(repr=False)
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Granted:
    """What a code or a refresh token stands for. signed_in_at: when the person said yes."""

    asked: Asked
    subject: str
    signed_in_at: float
    until: float


class Grants:
    """All that is promised and not yet kept. Safe to share between threads."""

    def __init__(self, clock: DemoClock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pending: dict[str, Asked] = {}
        self._codes: dict[str, Granted] = {}
        self._refresh: dict[str, Granted] = {}

    def begin(self, asked: Asked) -> str:
        """The name of a sign-in that waits for the person."""
        name = secrets.token_urlsafe(24)
        with self._lock:
            self._pending[name] = asked
        return name

    def answered(self, name: str) -> Asked | None:
        """The sign-in of a name; it is over then. None for one that is not, or no longer."""
        with self._lock:
            asked = self._pending.pop(name, None)
        return asked if asked and self._clock.now() < asked.at + PENDING_LIFE else None

    def code_for(self, asked: Asked, subject: str) -> str:
        """A code that can be redeemed once."""
        now = self._clock.now()
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._codes[code] = Granted(asked, subject, now, now + CODE_LIFE)
        return code

    def refresh_for(self, granted: Granted) -> str:
        """A refresh token that can be used once."""
        token = secrets.token_urlsafe(48)
        until = self._clock.now() + REFRESH_LIFE
        with self._lock:
            self._refresh[token] = Granted(
                granted.asked, granted.subject, granted.signed_in_at, until
            )
        return token

    def redeem(self, values: Mapping[str, str]) -> Granted:
        """What the form of a token request is entitled to. Raises OAuthError."""
        kind = values.get("grant_type", "")
        if kind == "authorization_code":
            granted = self._take(self._codes, values.get("code", ""), values)
            _check_code(granted.asked, values)
        elif kind == "refresh_token":
            granted = self._take(self._refresh, values.get("refresh_token", ""), values)
        else:
            raise OAuthError("unsupported_grant_type", "That is not offered here.")
        return granted

    def revoke(self) -> None:
        """Forget every refresh token, as when an administrator ends all sessions."""
        with self._lock:
            self._refresh.clear()

    def _take(self, kept: dict[str, Granted], name: str, values: Mapping[str, str]) -> Granted:
        with self._lock:
            granted = kept.pop(name, None)
        if granted is None or granted.until <= self._clock.now():
            raise OAuthError("invalid_grant", "It was used before, or is too old.")
        client = granted.asked.client
        if values.get("client_id") != client.client_id:
            raise OAuthError("invalid_grant", "It was made for another client.")
        given = values.get("client_secret", "").encode()
        if client.secret and not hmac.compare_digest(given, client.secret.encode()):
            raise OAuthError("invalid_client", "The client secret is wrong.")
        return granted


def _check_code(asked: Asked, values: Mapping[str, str]) -> None:
    if values.get("redirect_uri") != asked.redirect_uri:
        raise OAuthError("invalid_grant", "redirect_uri is not the one of the request.")
    verifier = values.get("code_verifier", "")
    known = 43 <= len(verifier) <= 128 and verifier.isascii()
    made = encoded(hashlib.sha256(verifier.encode()).digest())
    if not known or not hmac.compare_digest(made, asked.challenge):
        raise OAuthError("invalid_grant", "code_verifier does not fit the code_challenge.")
