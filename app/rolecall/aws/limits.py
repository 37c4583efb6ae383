"""Limits: how long one call may take and how long an answer may be. Values only, so that they load in no time.

`wire.py` keeps a connection to them; `problems.py` says what it means that one was reached.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0
CALL_SECONDS: Final = 15.0
"""Longest wait for a connection, for a piece of an answer, and for a whole call with its retries."""

LARGEST_ANSWER: Final = 1 << 20
"""Bytes of an answer, headers included. STS's largest answer is below 16 KiB."""

CANCEL_SECONDS: Final = 0.25
"""How often a wait looks whether anybody still wants its answer."""


class CancelledError(OSError):
    """Nobody waits for the answer any more."""


class TooLargeError(OSError):
    """The answer is longer than any answer of AWS."""


@dataclass(slots=True)
class CallLimits:
    """What one call may still spend. deadline: on the monotonic clock, in seconds.

    cancelled: asked several times a second while an answer is awaited; None where nobody can cancel.
    """

    deadline: float
    timed_out: bool = False
    too_large: bool = False
    cancelled: Callable[[], bool] | None = None

    @classmethod
    def start(cls, cancelled: Callable[[], bool] | None = None) -> CallLimits:
        """The limits of a call that begins now."""
        return cls(time.monotonic() + CALL_SECONDS, cancelled=cancelled)

    @property
    def left(self) -> float:
        """Seconds until the deadline; may be negative."""
        return self.deadline - time.monotonic()


current: ContextVar[CallLimits | None] = ContextVar("current", default=None)
"""The limits of the call this thread is in. Set them, call, reset them."""
