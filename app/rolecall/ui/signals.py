"""Signals: SIGTERM, SIGINT, SIGHUP and SIGUSR1 reach the Qt loop at once. Owns the wake-up pipe.

A Python signal handler alone would run only when Python code next runs, which in a sleeping Qt loop
can be minutes later; the wake-up descriptor makes the loop turn.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_ENDING = ("SIGTERM", "SIGINT", "SIGHUP")


class Signals(QObject):
    """Calls `end` on the signals that end a program and `look` on SIGUSR1, on the GUI thread."""

    def __init__(self, end: Callable[[], None], look: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._end = end
        self._look = look
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        self._reader, self._writer = reader, writer
        self._before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self._ending = {getattr(signal, name) for name in _ENDING if hasattr(signal, name)}
        self._looking = {signal.SIGUSR1} if hasattr(signal, "SIGUSR1") else set()
        self._handlers = {
            number: signal.signal(number, _noted) for number in self._ending | self._looking
        }
        self._notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        numbers = set(os.read(self._reader, 64))
        if numbers & self._ending:
            self._end()
        elif numbers & self._looking:
            self._look()

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._before)
        os.close(self._reader)
        os.close(self._writer)


def _noted(_number: int, _frame: object) -> None:
    """Only makes Python write the signal's number into the pipe."""
