"""Background: the only place of the program where threads meet Qt.

Runs one Job per daemon thread and brings its answer back to the GUI thread by one signal. A Job that
fails in a way nobody foresaw ends as a crash report and as a Problem, never in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Problem, ProblemError, Text

T = TypeVar("T")


class Background(QObject):
    """Built on the GUI thread; `run` is the `Run` that Actions are handed."""

    _answered = Signal(object)

    def __init__(self, crashed: Callable[[BaseException], None]) -> None:
        """crashed: told of every fault that is no Problem, on the GUI thread."""
        super().__init__()
        self._crashed = crashed
        # A signal of another thread is queued by itself; saying so would name `Qt` and make all its
        # enumerations, 1.2 MB that a tray alone never needs.
        self._answered.connect(self._call)

    def run(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None], /
    ) -> None:
        """Do `job` on a thread of its own; `done(answer)` or `failed(problem)` on the GUI thread."""
        Thread(target=self._work, args=(job, done, failed), daemon=True).start()

    def back(self, call: Callable[[], None]) -> None:
        """Call `call` on the GUI thread; for a Job that talks while it works."""
        with suppress(RuntimeError):  # the program ended meanwhile
            self._answered.emit(call)

    def _work(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        tell: Callable[[], None]
        try:
            tell = partial(done, job())
        except ProblemError as error:
            tell = partial(failed, error.problem)
        except BaseException as fault:  # noqa: BLE001  a thread's last stop
            tell = partial(self._report, fault, failed)
        self.back(tell)

    def _call(self, tell: Callable[[], None]) -> None:
        tell()

    def _report(self, fault: BaseException, failed: Callable[[Problem], None]) -> None:
        self._crashed(fault)
        failed(fault_problem())


def fault_problem() -> Problem:
    """The Problem told to whoever waits for a Job that crashed; the report says the rest."""
    return Problem(
        "fault",
        Text(QT_TRANSLATE_NOOP("Problem", "Something went wrong inside Rolecall")),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Try again. The crash report says where it happened.")
        ),
    )
