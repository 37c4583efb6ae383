"""Clock: the local UTC time, or the demo's where this program plays against one. Read in one place."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from rolecall.ui.background import Background


class Clock:
    """Called, it gives UTC epoch seconds. Under ROLECALL_DEMO_URL it is as far ahead as the demo's."""

    def __init__(
        self, environ: Mapping[str, str], background: Background, moved: Callable[[], None]
    ) -> None:
        """moved: told when the demo's clock was set, so that everything is looked at again."""
        self._url = environ.get("ROLECALL_DEMO_URL", "")
        self._background = background
        self._moved = moved
        self._asking = False
        self.offset = 0.0

    def __call__(self) -> float:
        return time.time() + self.offset

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
