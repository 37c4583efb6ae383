"""Heartbeat: the one timer of the program. Decides when to look at the clock, never what time means.

A single-shot timer is set to the earliest moment at which anything changes; with nothing to wait
for there is no timer at all and the process sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

COARSE_FROM = 2.0
"""Seconds from which on the timer is coarse: Qt lets a coarse one come 5 % early, and a label that
changes each second would then be looked at twice. A beat that comes early by less than this is not sent
away: it looks at the clock as it is, and asks again for a moment that has not come yet."""

LONGEST = 86_400.0
"""Seconds after which the clock is looked at in any case; keeps the interval inside Qt's 32 bits."""


class Heartbeat(QObject):
    """Calls `beat` when it is due, and whoever asked for a moment of their own (`after`)."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._beat: Callable[[], float | None] | None = None
        self._now: Callable[[], float] = time.time
        self._next: float | None = None
        self._after: dict[str, tuple[float, Callable[[], None]]] = {}
        self._told: list[Callable[[], None]] = []
        self._due = False
        self._exact = False
        self._timer = QTimer(self)  # coarse, as Qt makes them
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._wake)

    def begin(self, beat: Callable[[], float | None], now: Callable[[], float]) -> None:
        """From now on there is something to beat for.

        beat: brings everything up to date and returns the next moment (UTC epoch seconds) or None.
        now: the clock that `beat` thinks in.
        """
        self._beat = beat
        self._now = now
        self.soon()

    def soon(self) -> None:
        """Beat at the next turn of the event loop; many calls make one beat."""
        self._due = self._beat is not None
        self._set()

    def after(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        """Call `call` once, `seconds` from now (monotonic); a second call under `name` replaces it."""
        self._after[name] = (time.monotonic() + seconds, call)
        self._set()

    def cancel(self, name: str) -> None:
        """Forget what was asked for under `name`."""
        if self._after.pop(name, None) is not None:
            self._set()

    def subscribe(self, told: Callable[[], None]) -> None:
        """Have `told` called after each beat."""
        self._told.append(told)

    def stop(self) -> None:
        """No more beats: the program ends."""
        self._beat = None
        self._due = False
        self._next = None
        self._timer.stop()
        self._after.clear()
        self._told.clear()

    def _wake(self) -> None:
        passed = time.monotonic()
        for name, (moment, call) in tuple(self._after.items()):
            if moment <= passed and self._after.get(name) == (moment, call):
                del self._after[name]
                call()
        early = 0.0 if self._exact else COARSE_FROM
        if self._beat is not None and (
            self._due or (self._next is not None and self._next <= self._now() + early)
        ):
            self._due = False
            self._next = self._beat()
            for told in tuple(self._told):
                told()
        self._set()

    def _set(self) -> None:
        """Set the timer to the earliest of all moments, or to none."""
        if self._due:
            self._timer.start(0)
            return
        waits = [moment - time.monotonic() for moment, _ in self._after.values()]
        if self._next is not None:
            waits.append(self._next - self._now())
        if not waits:
            self._timer.stop()
            return
        wait = min(max(min(waits), 0.0), LONGEST)
        self._choose_kind(exact=self._next is not None and wait < COARSE_FROM)
        # Rounded up, so that the moment has really come when the timer rings.
        self._timer.start(int(wait * 1000) + 1)

    def _choose_kind(self, *, exact: bool) -> None:
        if exact is self._exact:
            return
        # Naming `Qt` makes all its enumerations, 12 ms and 1.2 MB: a tray alone never needs them.
        from PySide6.QtCore import Qt

        self._exact = exact
        kind = Qt.TimerType.PreciseTimer if exact else Qt.TimerType.CoarseTimer
        self._timer.setTimerType(kind)
