"""Clock: the local UTC time, or the demo's where this program plays against one. Read in one place."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

from rolecall.ui.background import Background


def steady() -> float:
    """Seconds that no one can set, sleep included where the system counts it (clock_getres(2))."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    else:  # noqa: RET505  mypy reads what stands behind it as never reached
        return time.monotonic()


class Clock:
    """Called, it gives UTC epoch seconds. Under ROLECALL_DEMO_URL it is as far ahead as the demo's.

    It never runs backwards: were it set back, sessions that ended would seem alive and be handed out.
    It follows a clock set forward at once (the machine may have slept); the skew measured with the next
    answer of AWS puts right what was set wrongly.
    """

    def __init__(
        self,
        environ: Mapping[str, str],
        background: Background,
        moved: Callable[[], None],
        wall: Callable[[], float] = time.time,
        passed: Callable[[], float] = steady,
    ) -> None:
        """moved: told when the demo's clock was set, so that everything is looked at again.

        wall, passed: the machine's two clocks, UTC epoch seconds and steady seconds.
        """
        self._wall, self._passed = wall, passed
        self._ahead = wall() - passed()
        self._url = environ.get("ROLECALL_DEMO_URL", "")
        self._background = background
        self._moved = moved
        self._asking = False
        self.offset = 0.0

    def __call__(self) -> float:
        wall, passed = self._wall(), self._passed()
        self._ahead = max(self._ahead, wall - passed)
        return passed + self._ahead + self.offset

    def ask(self) -> None:
        """Ask the demo for its clock, in a Job; nothing happens without a demo."""
        if not self._url or self._asking:
            return
        self._asking = True
        from rolecall.storage.clock import demo_offset

        url = self._url
        self._background.run(lambda: demo_offset(url), self._answered, lambda _problem: None)

    def _answered(self, offset: float) -> None:
        self._asking = False
        if abs(offset - self.offset) >= 0.5:
            self.offset = offset
            self._moved()
