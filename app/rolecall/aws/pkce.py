"""Fresh secrets for one sign-in in the browser: 256 bits each, the verifier in 64 characters."""

from __future__ import annotations

import secrets

from rolecall.domain.pkce import Secrets


def fresh() -> Secrets:
    """Secrets nobody has seen."""
    state, verifier, nonce = (secrets.token_urlsafe(length) for length in (32, 48, 32))
    return Secrets(state, verifier, nonce)
