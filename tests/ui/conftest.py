"""What the tests of windows share: a scene over the embedded AWS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.scene import Scene


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot) -> Iterator[Scene]:
    """The demo's company, nobody signed in."""
    made = Scene(tmp_path)
    yield made
    made.close()


def pytest_itemcollected(item: pytest.Item) -> None:
    """The offscreen platform can neither raise windows nor show tray icons and says so each time.

    Every other warning fails.
    """
    ignored = ("This plugin does not support", "systemTrayWindowChanged")
    item.add_marker(pytest.mark.qt_log_ignore(*ignored, extend=True))
