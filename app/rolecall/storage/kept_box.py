"""Kept box: the form of the file of kept sessions. Encrypts, checks and reads bytes; touches no disk, no keyring.

The file is JSON: a version, and one box for each context (the AWS files and endpoints somebody works with).
A box is AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D); version, context and end are authenticated
with it, so that a box put into another's place does not open. `until` stands outside, so that a box
whose sessions are all over is known without the key.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from rolecall.domain.kept import Kept, Sessions
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.state import SessionKey

VERSION: Final = 1
KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_TEXTS: Final = ("name", "arn", "user_id", "role_arn", "region", "scope", "made_for", "policy")


class UnreadableBoxError(Exception):
    """Garbage, cut short, changed, of another version, or sealed with another key. Carries nothing of it."""


@dataclass(frozen=True, slots=True)
class Box:
    """One context's sessions. until: when the last ends (UTC epoch seconds); 0.0 with nothing inside."""

    until: float = 0.0
    nonce: bytes = b""
    sealed: bytes = b""


EMPTY: Final = Box()

Boxes = Mapping[str, Box]


def parsed(raw: bytes) -> dict[str, Box]:
    """The boxes of a file by context; none of an empty one. Raises UnreadableBoxError."""
    if not raw:
        return {}
    try:
        found = json.loads(raw)
        if found["version"] != VERSION:
            raise UnreadableBoxError
        return {context: _box(each) for context, each in found["boxes"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnreadableBoxError from None


def _box(value: Any) -> Box:
    until = value["until"]
    if isinstance(until, bool) or not isinstance(until, int | float):
        raise TypeError
    return Box(
        float(until),
        b64decode(value["nonce"], validate=True),
        b64decode(value["box"], validate=True),
    )


def formed(boxes: Boxes) -> bytes:
    """The file that holds `boxes`."""
    written = {
        context: {
            "until": box.until,
            "nonce": b64encode(box.nonce).decode(),
            "box": b64encode(box.sealed).decode(),
        }
        for context, box in boxes.items()
    }
    return json.dumps({"version": VERSION, "boxes": written}, indent=1).encode() + b"\n"


def sealed(key: bytes, context: str, kept: Kept) -> Box:
    """`kept` encrypted with `key` (32 bytes); nothing to keep makes an empty box, which needs none."""
    if not kept:
        return EMPTY
    import os

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, until = os.urandom(_NONCE_BYTES), kept.until
    return Box(until, nonce, AESGCM(key).encrypt(nonce, _packed(kept), _bound(context, until)))


def opened(key: bytes, context: str, box: Box) -> Kept:
    """What `sealed` was given. Raises UnreadableBoxError."""
    if box == EMPTY:
        return Kept()
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        plain = AESGCM(key).decrypt(box.nonce, box.sealed, _bound(context, box.until))
    except (InvalidTag, ValueError):
        raise UnreadableBoxError from None
    return _unpacked(plain)


def _bound(context: str, until: float) -> bytes:
    return f"rolecall sessions {VERSION}\n{context}\n{until!r}".encode()


def _packed(kept: Kept) -> bytes:
    rows = {
        "sessions": [_row(key, session) for key, session in kept.sessions.items()],
        "shared": [_row(key, session) for key, session in kept.shared.items()],
    }
    return json.dumps(rows).encode()


def _row(key: SessionKey, session: Session) -> dict[str, Any]:
    return {"key": list(key), **asdict(session)}


def _unpacked(plain: bytes) -> Kept:
    try:
        rows = json.loads(plain)
        return Kept(_sessions(rows["sessions"]), _sessions(rows["shared"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableBoxError from None


def _sessions(rows: list[dict[str, Any]]) -> Sessions:
    found: dict[SessionKey, Session] = {}
    for row in rows:
        name, scope = row["key"]
        found[str(name), str(scope)] = _session(row)
    return found


def _session(row: dict[str, Any]) -> Session:
    secrets = {each.name: row["credentials"][each.name] for each in fields(Credentials)}
    texts = {
        name: row.get(name, "") for name in _TEXTS
    }  # one that came later is not in older files
    packed = row.get("packed_policy_size")
    arns = [str(arn) for arn in row.get("policy_arns", [])]
    if not all(isinstance(value, str) for value in (*secrets.values(), *texts.values())):
        raise TypeError
    return Session(
        credentials=Credentials(**secrets),
        issued_at=float(row["issued_at"]),
        expires_at=float(row["expires_at"]),
        origin=Origin(row["origin"]),
        packed_policy_size=packed if isinstance(packed, int) else None,
        policy_arns=tuple(arns),
        **texts,
    )
