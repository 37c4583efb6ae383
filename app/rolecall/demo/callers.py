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


class Kind(StrEnum):
    """How the holder came by the keys."""

    USER = "user"
    ROOT = "root"
    ROLE = "role"
    SESSION = "session"  # GetSessionToken
    FEDERATED = "federated"  # GetFederationToken


@dataclass(frozen=True, slots=True)
class Caller:
    """The holder of one access key.

    arn: what GetCallerIdentity says; principal: what a trust policy names (user or role ARN).
    expires_at and mfa_at: epoch seconds on the demo's clock, None for never. chained: assumed with
    temporary credentials. policy: the session policy, empty for none.
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
    return "IQoJb3JpZ2luX2Vj" + base64.b64encode(secrets.token_bytes(270)).decode()


class Callers:
    """All keys that were ever valid, by access key id. Safe to share between threads."""

    def __init__(self) -> None:
        self._held: dict[str, Caller] = {}
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

    def remove(self, access_key_id: str) -> None:
        """Forget a key, as when it is deleted in IAM."""
        with self._lock:
            self._held.pop(access_key_id, None)
