"""Qt's own cache of pictures: empty, and without its timer, while no window is there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPixmap, QPixmapCache
from pytestqt.qtbot import QtBot

from rolecall.ui.picture_cache import keep_pictures
from rolecall.ui.tray_icon import IDLE, icon


@pytest.fixture(autouse=True)
def as_before(qtbot: QtBot) -> Iterator[None]:
    room = QPixmapCache.cacheLimit()
    yield
    QPixmapCache.setCacheLimit(room)


def test_nothing_is_kept_without_a_window_and_everything_is_drawn_all_the_same() -> None:
    keep_pictures(kept=True)
    assert QPixmapCache.insert("before", QPixmap(16, 16))
    keep_pictures(kept=False)
    assert QPixmapCache.find("before") is None
    assert not QPixmapCache.insert("after", QPixmap(16, 16))
    drawn = icon(IDLE).pixmap(20)
    assert (drawn.width(), drawn.height()) == (20, 20)


def test_a_window_has_the_room_that_qt_gives() -> None:
    keep_pictures(kept=False)
    keep_pictures(kept=True)
    assert QPixmapCache.insert("again", QPixmap(64, 64))
    assert QPixmapCache.cacheLimit() == 10240
