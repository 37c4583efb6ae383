"""The demo's clocks: the one on which sessions end, and the one against which signatures are judged.

Clients sign with the machine's clock, so signatures are judged on it; sessions, codes and sign-in
tokens live on the demo's clock, which can be moved forward to see them end.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class DemoClock:
    """The machine's clock plus an offset that only grows. Safe to share between threads."""

    def __init__(self, real: Callable[[], float] = time.time) -> None:
        """real: the machine's clock, epoch seconds; tests hand in their own."""
        self._real = real
        self._lock = threading.Lock()
        self._offset = 0.0
        self._skew = 0.0

    def now(self) -> float:
        """Epoch seconds on the demo's clock: on it sessions end and codes change."""
        with self._lock:
            return self._real() + self._offset

    def wall(self) -> float:
        """Epoch seconds as AWS sees them: the machine's clock plus `skew`, never the offset."""
        with self._lock:
            return self._real() + self._skew

    def date(self) -> float:
        """Epoch seconds that the Date header shows: callers on the demo's clock measure `skew` from it."""
        with self._lock:
            return self._real() + self._offset + self._skew

    @property
    def offset(self) -> float:
        """Seconds by which the demo's clock is ahead of the machine's."""
        with self._lock:
            return self._offset

    def advance(self, seconds: float) -> float:
        """Move the demo's clock forward; returns the new now(). Raises ValueError for a step back."""
        if not 0 <= seconds <= 10 * 365 * 86400:
            raise ValueError("the clock moves forward only, at most ten years")
        with self._lock:
            self._offset += seconds
            return self._real() + self._offset

    def set_skew(self, seconds: float) -> None:
        """Let AWS's clock differ from the machine's, as if the machine's were wrong."""
        with self._lock:
            self._skew = seconds
