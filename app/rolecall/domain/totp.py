"""One-time codes from a seed, and the forms a seed comes in: an otpauth URI, or its base32 letters alone.

Pure. A seed is a secret: it is hidden from repr and never part of an exception's text.
Source: RFC 6238 over RFC 4226; Google Authenticator wiki, "Key Uri Format".
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

STEP: Final = 30
"""Seconds one code is shown. IAM's virtual devices use RFC 6238's defaults: 30 s, SHA-1, six digits."""

ISSUER: Final = "Amazon Web Services"
"""What AWS itself writes into the codes it shows."""

_LONGEST: Final = 2048
"""Characters of a URI; AWS's own have about 180."""

_SHORTEST_SECRET: Final = 10
"""Bytes. RFC 4226, section 4, asks for 16; some issuers hand out 10."""

_ALGORITHMS: Final = ("sha1", "sha256", "sha512")
_ACCOUNT_LABEL: Final = re.compile(r"([\w+=,.@-]{1,226})@(\d{12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Seed:
    """What an authenticator knows of one device. secret: the shared key itself.

    algorithm: sha1, sha256 or sha512. label: what the issuer calls the account, empty where unknown.
    """

    secret: bytes = field(repr=False)
    algorithm: str = "sha1"
    label: str = ""

    @property
    def base32(self) -> str:
        """The secret as AWS writes it, without padding."""
        return base64.b32encode(self.secret).decode().rstrip("=")

    @property
    def serial_hint(self) -> str:
        """The device's ARN if the label is one AWS writes (``NAME@ACCOUNT``), else empty; a guess only."""
        found = _ACCOUNT_LABEL.fullmatch(self.label)
        return f"arn:aws:iam::{found[2]}:mfa/{found[1]}" if found else ""


def code(seed: Seed, now: float) -> str:
    """The six digits at `now` (UTC epoch seconds). Source: RFC 6238 §4.2, RFC 4226 §5.3."""
    import hmac  # loads OpenSSL, which an idle app does without

    counter = int(now // STEP)
    digest = hmac.new(seed.secret, counter.to_bytes(8, "big"), seed.algorithm).digest()
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**6).zfill(6)


def parse(typed: str) -> Seed:
    """The seed in an ``otpauth://totp/…`` URI, or in base32 letters (blanks and dashes dropped).

    Raises ValueError for anything else, and for a seed whose codes AWS would not take (not six digits,
    not 30 seconds). The error never holds what was typed.
    """
    wanted = typed.strip()
    if len(wanted) > _LONGEST:
        raise ValueError("too long for a seed")
    if wanted.lower().startswith("otpauth"):
        return _of_uri(wanted)
    return Seed(_secret(re.sub(r"[\s-]", "", wanted)))


def uri(seed: Seed, name: str) -> str:
    """The otpauth URI that a phone scans. name: what the phone calls the device."""
    label = f"{quote(ISSUER)}:{quote(name, safe='@')}"
    algorithm = "" if seed.algorithm == "sha1" else f"&algorithm={seed.algorithm.upper()}"
    return f"otpauth://totp/{label}?secret={seed.base32}&issuer={quote(ISSUER)}{algorithm}"


def _of_uri(wanted: str) -> Seed:
    try:
        parts = urlsplit(wanted)
        given = {key.lower(): value for key, value in parse_qsl(parts.query, max_num_fields=20)}
    except ValueError:
        raise ValueError("not an otpauth URI") from None
    if parts.scheme.lower() != "otpauth" or parts.netloc.lower() != "totp":
        raise ValueError("not an otpauth URI of time-based codes")
    algorithm = given.get("algorithm", "SHA1").lower()
    if algorithm not in _ALGORITHMS:
        raise ValueError("an unknown algorithm")
    if given.get("digits", "6") != "6" or given.get("period", "30") != "30":
        raise ValueError("AWS takes codes of six digits and 30 seconds only")
    label = unquote(parts.path.lstrip("/")).rpartition(":")[2].strip()
    shown = label if label.isprintable() and len(label) <= 256 else ""
    return Seed(_secret(given.get("secret", "")), algorithm, shown)


def _secret(letters: str) -> bytes:
    bare = letters.upper().rstrip("=")
    try:
        secret = base64.b32decode(bare + "=" * (-len(bare) % 8))
    except (binascii.Error, ValueError):
        raise ValueError("not base32") from None
    if len(secret) < _SHORTEST_SECRET:
        raise ValueError("too short for a seed")
    return secret
