"""What the tests of windows share: a scene over the embedded AWS."""

from __future__ import annotations

import gc
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rolecall.ui.translation import Translation
from ui.scene import Scene


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot) -> Iterator[Scene]:
    """The demo's company, nobody signed in."""
    made = Scene(tmp_path)
    yield made
    made.close()


@pytest.fixture
def translation(qapp: QApplication) -> Iterator[Translation]:
    """A language to speak; afterwards the program is as wordless as before, for whatever test comes next."""
    before = QLocale()
    one = Translation(qapp)
    yield one
    one.speak("en")
    for translator in tuple(one._installed):
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Windows that nobody holds any more are taken away between tests, on this thread.

    They lie in circles of references, so Python's collector takes them, on whichever thread it happens to
    start. The embedded AWS has threads in this process, and Qt dies of a widget that one of those destroys.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.enable()


def pytest_collection_finish() -> None:
    """What was imported until now stays for good: the collector need not look at it each time."""
    gc.collect()
    gc.freeze()


def pytest_itemcollected(item: pytest.Item) -> None:
    """The offscreen platform can neither raise windows nor show tray icons and says so each time.

    Every other warning fails.
    """
    ignored = ("This plugin does not support", "systemTrayWindowChanged")
    item.add_marker(pytest.mark.qt_log_ignore(*ignored, extend=True))
