"""Who holds which keys: the users of the catalogue and every session handed out, in memory only.

What each kind of credential may do is in sts.py; here is what it is. Source of the kinds: IAM User Guide,
"Requesting temporary security credentials"; of the id prefixes: "IAM identifiers".
"""

from __future__ import annotations

import base64
import secrets
import string
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_ID_LETTERS: Final = string.ascii_uppercase + "234567"
_KEPT: Final = 20_000

TOKEN_BEGINNING: Final = "IQoJb3JpZ2luX2Vj"  # noqa: S105
"""What every session token begins with, as those of AWS do."""


class Kind(StrEnum):
    """How the holder came by the keys."""

    USER = "user"
    ROOT = "root"
    ROLE = "role"
    SESSION = "session"  # GetSessionToken
    FEDERATED = "federated"  # GetFederationToken
    ASSUMED_ROOT = "assumed_root"  # AssumeRoot


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of one access key.

    arn: what GetCallerIdentity says; principal: what a trust policy names (user or role ARN).
    expires_at and mfa_at: epoch seconds on the demo's clock, None for never. chained: assumed with
    temporary credentials. policy: the session policy, empty for none. created_at: epoch seconds, of a
    long-lived key; 0.0 for one that was there from the start.
    """

    kind: Kind
    arn: str
    principal: str
    unique_id: str
    access_key_id: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)
    expires_at: float | None = None
    user: str = ""
    role: str = ""
    session_name: str = ""
    chained: bool = False
    mfa_at: float | None = None
    source_identity: str = ""
    policy: str = field(default="", repr=False)
    tags: tuple[tuple[str, str], ...] = ()
    transitive: frozenset[str] = frozenset()
    created_at: float = 0.0

    @property
    def partition(self) -> str:
        """The partition the keys belong to."""
        return self.arn.split(":")[1]

    @property
    def account(self) -> str:
        """The twelve-digit account id."""
        return self.arn.split(":")[4]

    @property
    def temporary(self) -> bool:
        """Whether the keys come with a token and an end."""
        return bool(self.token)


def new_id(prefix: str) -> str:
    """A unique id of twenty characters, such as AKIA… or AROA…."""
    return prefix + "".join(secrets.choice(_ID_LETTERS) for _ in range(20 - len(prefix)))


def new_secret() -> str:
    """A secret access key: forty characters of base64."""
    return base64.b64encode(secrets.token_bytes(30)).decode()


def new_token() -> str:
    """A session token. Its length is not fixed on AWS either; nothing may be read out of it."""
    return TOKEN_BEGINNING + base64.b64encode(secrets.token_bytes(270)).decode()


@dataclass(frozen=True, slots=True)
class Use:
    """The last call a key signed. at: epoch seconds on the demo's clock."""

    at: float
    service: str
    region: str


class Callers:
    """All keys that were ever valid, by access key id. Safe to share between threads."""

    def __init__(self) -> None:
        self._held: dict[str, Caller] = {}
        self._inactive: set[str] = set()
        self._uses: dict[str, Use] = {}
        self._lock = threading.Lock()

    def add(self, caller: Caller) -> Caller:
        """Remember a holder. The oldest sessions are forgotten first when there are very many."""
        with self._lock:
            self._held[caller.access_key_id] = caller
            if len(self._held) > _KEPT:
                oldest = next(key for key, held in self._held.items() if held.temporary)
                del self._held[oldest]
        return caller

    def find(self, access_key_id: str) -> Caller | None:
        """The holder of a key, expired or not."""
        with self._lock:
            return self._held.get(access_key_id)

    def active(self, access_key_id: str) -> Caller | None:
        """The holder of a key that is not switched off in IAM."""
        with self._lock:
            return None if access_key_id in self._inactive else self._held.get(access_key_id)

    def is_active(self, access_key_id: str) -> bool:
        """Whether a key is switched on."""
        with self._lock:
            return access_key_id not in self._inactive

    def switch(self, access_key_id: str, *, on: bool) -> None:
        """Switch a key on or off, as UpdateAccessKey does."""
        with self._lock:
            (self._inactive.discard if on else self._inactive.add)(access_key_id)

    def remove(self, access_key_id: str) -> None:
        """Forget a key, as when it is deleted in IAM."""
        with self._lock:
            self._held.pop(access_key_id, None)
            self._inactive.discard(access_key_id)
            self._uses.pop(access_key_id, None)

    def keys_of(self, principal: str) -> list[Caller]:
        """The long-lived keys of a user, oldest first. principal: the user's ARN."""
        with self._lock:
            held = tuple(self._held.values())
        return [one for one in held if one.principal == principal and not one.temporary]

    def note_use(self, access_key_id: str, use: Use) -> None:
        """Remember that a long-lived key signed a call."""
        with self._lock:
            held = self._held.get(access_key_id)
            if held is not None and not held.temporary:
                self._uses[access_key_id] = use

    def last_use(self, access_key_id: str) -> Use | None:
        """The last call a key signed, or None for a key that was never used."""
        with self._lock:
            return self._uses.get(access_key_id)
