"""PKCE: what ties the browser's answer to the sign-in that asked for it (RFC 7636; RFC 6749, section 10.12)."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Secrets:
    """New for each sign-in, and never shown. nonce: comes back inside an ID token, where there is one."""

    state: str = field(repr=False)
    verifier: str = field(repr=False)
    nonce: str = field(default="", repr=False)

    @property
    def challenge(self) -> str:
        """S256 of the verifier, unpadded (RFC 7636, section 4.2)."""
        import base64
        import hashlib

        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
