"""The tokens of the demo's Identity Center: who holds which, until when, on the demo's clock.

Source: IAM Identity Center OIDC API Reference, CreateToken; the lengths of life, IAM Identity Center User Guide,
"Configure the session duration of the AWS access portal". That a refresh token serves once is this demo's choice.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field, replace
from typing import Final

ACCESS_SECONDS: Final = 3600
"""Life of a token that can be refreshed."""

PORTAL_SECONDS: Final = 8 * 3600
"""Life of the person's sign-in at the portal, and of a token that cannot be refreshed."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and, where the client may refresh, its refresh token. Epoch seconds."""

    client_id: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: float = 0.0
    sign_in_ends_at: float = 0.0


class Tokens:
    """Every token that was handed out. Safe to share between threads."""

    def __init__(self) -> None:
        self._held: dict[str, Token] = {}
        self._refreshable: dict[str, Token] = {}
        self._lock = threading.Lock()
        self.access_seconds = ACCESS_SECONDS

    def issue(self, client_id: str, now: float, *, refreshable: bool) -> Token:
        """A token for a person who has just allowed it."""
        ends_at = now + PORTAL_SECONDS
        life = self.access_seconds if refreshable else PORTAL_SECONDS
        return self._keep(client_id, now + life, ends_at, refreshable=refreshable)

    def refresh(self, client_id: str, refresh: str, now: float) -> Token | None:
        """A new token for a refresh token, which is then used up; None for one that is not good."""
        with self._lock:
            held = self._refreshable.get(refresh)
            if held is None or held.client_id != client_id or held.sign_in_ends_at <= now:
                return None
            del self._refreshable[refresh]
        ends_at = held.sign_in_ends_at
        return self._keep(
            client_id, min(now + self.access_seconds, ends_at), ends_at, refreshable=True
        )

    def good(self, access: str, now: float) -> bool:
        """Whether an access token is alive."""
        with self._lock:
            held = self._held.get(access)
        return held is not None and now < held.expires_at

    def end(self, access: str) -> None:
        """The person signed out: the token dies, and what could refresh it."""
        with self._lock:
            held = self._held.pop(access, None)
            if held is not None:
                self._refreshable.pop(held.refresh, None)

    def end_all(self) -> None:
        """An administrator ended every sign-in."""
        with self._lock:
            self._held.clear()
            self._refreshable.clear()

    def _keep(
        self, client_id: str, expires_at: float, ends_at: float, *, refreshable: bool
    ) -> Token:
        token = Token(client_id, _new(), "", expires_at, ends_at)
        if refreshable:
            token = replace(token, refresh=_new())
        with self._lock:
            self._held[token.access] = token
            if refreshable:
                self._refreshable[token.refresh] = token
        return token


def _new() -> str:
    """Opaque; the real ones are longer and no more telling."""
    return "aoa" + secrets.token_urlsafe(240)
