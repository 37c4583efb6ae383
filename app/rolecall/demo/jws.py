"""Signed tokens: JSON Web Tokens by RS256, made and judged here without a library of anybody's.

Source: RFC 7515 (compact serialisation), RFC 7518 section 3.3 (RS256), RFC 7517 (the key as JSON). The
app reads the same tokens with a library, so the two check each other. cryptography is loaded at the
first token, as most demos need none.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

Claims = dict[str, object]


class NotAToken(ValueError):  # noqa: N818  a thing that is none, not a fault
    """The text is no signed token at all."""


class SigningKey:
    """A key pair of this instance, made at its first use. Safe to share between threads."""

    def __init__(self) -> None:
        self.kid = secrets.token_hex(8)
        self._made: RSAPrivateKey | None = None
        self._lock = threading.Lock()

    def sign(self, claims: Mapping[str, object]) -> str:
        """The token that says `claims`."""
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.hashes import SHA256

        head = _part({"alg": "RS256", "typ": "JWT", "kid": self.kid})
        signed = f"{head}.{_part(claims)}"
        signature = self._key().sign(signed.encode("ascii"), PKCS1v15(), SHA256())
        return f"{signed}.{encoded(signature)}"

    def signed(self, token: str) -> bool:
        """Whether the signature of `token` is this key's. Raises NotAToken."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.hashes import SHA256

        head, claims, signature = _parts(token)
        if _json(head).get("alg") != "RS256":
            return False
        said = f"{head}.{claims}".encode("ascii")
        try:
            self._key().public_key().verify(_decoded(signature), said, PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True

    def jwks(self) -> dict[str, object]:
        """The public key as a provider publishes it."""
        numbers = self._key().public_key().public_numbers()
        modulus, exponent = (
            encoded(number.to_bytes((number.bit_length() + 7) // 8, "big"))
            for number in (numbers.n, numbers.e)
        )
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid}
        return {"keys": [{**key, "n": modulus, "e": exponent}]}

    def _key(self) -> RSAPrivateKey:
        from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

        with self._lock:
            if self._made is None:
                self._made = generate_private_key(65537, 2048)
            return self._made


def claims_of(token: str) -> Claims:
    """What a token says, whoever signed it. Raises NotAToken."""
    return _json(_parts(token)[1])


def key_id_of(token: str) -> str:
    """The `kid` a token names. Raises NotAToken."""
    return str(_json(_parts(token)[0]).get("kid", ""))


def encoded(data: bytes) -> str:
    """Base64 for URLs without padding, as RFC 7515 writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _parts(token: str) -> tuple[str, str, str]:
    parts = token.split(".")
    if len(parts) != 3 or not token.isascii():
        raise NotAToken
    return parts[0], parts[1], parts[2]


def _part(value: Mapping[str, object]) -> str:
    return encoded(json.dumps(value, separators=(",", ":")).encode())


def _decoded(part: str) -> bytes:
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise NotAToken from None


def _json(part: str) -> Claims:
    try:
        found = json.loads(_decoded(part))
    except (ValueError, RecursionError):
        raise NotAToken from None
    if not isinstance(found, dict):
        raise NotAToken
    return found
