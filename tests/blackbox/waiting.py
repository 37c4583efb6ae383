"""Waiting for something to become so, with an end. Beside it only tray.py pauses, for a menu to settle."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 25.0
"""Seconds: long enough for a busy machine of two cores, short enough to notice a hang."""


def until(
    wanted: Callable[[], T | None],
    what: str,
    *,
    seconds: float = PATIENCE,
    step: float = 0.05,
) -> T:
    """The first truthy answer of `wanted`. Raises AssertionError naming `what` when time is up.

    An exception of `wanted` counts as "not yet" (a widget that goes away while it is read), except
    that the last one is shown when time is up.
    """
    deadline = time.monotonic() + seconds
    last: object = None
    while True:
        try:
            answer = wanted()
        except (LookupError, OSError, ValueError, TimeoutError, BusError) as error:
            last = error
        else:
            if answer:
                return answer
            last = answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}; last: {last!r}")
        time.sleep(step)


def stays(wanted: Callable[[], bool], what: str, *, seconds: float) -> None:
    """Fail if `wanted` becomes false within `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert wanted(), what
        time.sleep(0.05)


class BusError(Exception):
    """A D-Bus call was answered with an error. args: name of the error, text."""
