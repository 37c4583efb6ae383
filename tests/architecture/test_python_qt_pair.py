"""The installed Python and PySide6 are a sound pair: Qt's answers do not wear None and True out.

PySide6 6.12.0 on Python before 3.12 loses one reference to None, True or False on every call that
returns it, until the interpreter aborts. See docs/decisions/0003-pyside6-pin.md.
"""

from __future__ import annotations

import itertools
import sys

import pytest
from PySide6.QtCore import QObject, Signal

ROUNDS = 1000
SLACK = 100
"""References that the interpreter itself comes and goes with in a thousand rounds."""


class Emitter(QObject):
    """One signal that hands an object over."""

    told = Signal(object)


@pytest.mark.parametrize("value", [None, True, False], ids=repr)
def test_qt_gives_back_what_it_takes(value: object) -> None:
    emitter, heard = Emitter(), itertools.count()
    emitter.told.connect(lambda given: next(heard) if given is value else None)
    # Held by hand, so that a faulty pair fails this test and does not end the process.
    held = [(name, [name] * (20 * ROUNDS)) for name in (None, True, False)]
    before = sys.getrefcount(value)
    for _ in range(ROUNDS):
        emitter.told.emit(value)
        emitter.setProperty("shown", value)
        emitter.blockSignals(emitter.signalsBlocked())
    after = sys.getrefcount(value)
    assert len(held) == 3
    assert next(heard) == ROUNDS
    assert abs(after - before) < SLACK
