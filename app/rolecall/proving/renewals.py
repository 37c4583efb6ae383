"""Renewals: next tokens without a person. A refresh token is used once, and several Jobs may hold the same.

Whoever comes second gets what the first one got, also where the first one's Job then failed for another
reason, so that no sign-in is lost by it. Source of the danger: RFC 9700, section 4.14.2 (rotation: a token
used twice ends the whole sign-in).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from rolecall.domain.proof import Proof

MARGIN: Final = 60.0
"""Seconds a token has to live to be handed in."""

_MOST_KNOWN: Final = 32


@dataclass(slots=True)
class _Line:
    """The tokens of one sign-in. used: refresh tokens that led to `newest`, the latest last."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    used: list[str] = field(default_factory=list, repr=False)
    newest: Proof | None = field(default=None, repr=False)


class Renewals:
    """For any thread. Forgets what the State has dropped (`keep_only`)."""

    def __init__(self) -> None:
        self._lines: dict[str, _Line] = {}
        self._lock = threading.Lock()

    def current(
        self, proof: Proof, now: Callable[[], float], renew: Callable[[Proof], Proof]
    ) -> Proof:
        """`proof`, or what came after it, alive for a minute at least. renew: asks the provider; may raise."""
        with self._lock:
            line = self._lines.setdefault(proof.key, _Line())
        with line.lock:
            held = line.newest if line.newest and proof.refresh in line.used else proof
            if held.live(now() + MARGIN):
                return held
            if held is proof:
                line.used.clear()
            fresh = renew(held)
            line.used = [*line.used, held.refresh][-_MOST_KNOWN:]
            line.newest = fresh
            return fresh

    def keep_only(self, keys: Collection[str]) -> None:
        """Put the tokens of all other sign-ins out of memory."""
        with self._lock:
            self._lines = {key: line for key, line in self._lines.items() if key in keys}
