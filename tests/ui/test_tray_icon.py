"""The icon: each state has a shape of its own at every size, on light and on dark panels."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from rolecall.ui.resources import resources
from rolecall.ui.tray_icon import IDLE, SIZES, Mark, Picture, first_icon, icon, pixmap

PICTURES = {
    "idle": IDLE,
    "live": Picture(Mark.LIVE, 0.7),
    "busy": Picture(Mark.BUSY),
    "attention": Picture(Mark.ATTENTION),
}


def _grey(picture: Picture, size: int, panel: str) -> list[int]:
    """The icon as somebody sees it who sees no colours, on a panel of this colour."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor(panel))
    painter = QPainter(image)
    painter.drawPixmap(0, 0, pixmap(picture, size))
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [QColor(grey.pixel(x, y)).lightness() for y in range(size) for x in range(size)]


@pytest.mark.parametrize("panel", ["#f5f4f2", "#2b2d31", "#000000", "#ffffff"])
@pytest.mark.parametrize("size", SIZES)
def test_states_differ_without_colour(qtbot: QtBot, panel: str, size: int) -> None:
    seen = {name: _grey(picture, size, panel) for name, picture in PICTURES.items()}
    ground = QColor(panel).lightness()
    for first, second in combinations(seen, 2):
        pairs = zip(seen[first], seen[second], strict=True)
        differing = sum(abs(a - b) > 40 for a, b in pairs)
        assert differing >= size * size * 0.02, (first, second)
    for name, pixels in seen.items():
        standing_out = sum(abs(pixel - ground) > 60 for pixel in pixels)
        assert standing_out >= size * size * 0.05, name


def test_the_ring_empties_clockwise(qtbot: QtBot) -> None:
    image = pixmap(Picture(Mark.LIVE, 0.25), 64).toImage()
    first_quarter, third_quarter = image.pixelColor(48, 16), image.pixelColor(16, 48)
    assert first_quarter.green() > first_quarter.red() + 60
    assert third_quarter.green() < third_quarter.red() + 30


def test_all_sizes_are_sent_to_the_panel(qtbot: QtBot) -> None:
    for made in (icon(Picture(Mark.LIVE, 1.0)), first_icon()):
        assert sorted(size.width() for size in made.availableSizes()) == list(SIZES)


def test_the_first_icon_is_what_would_be_drawn(qtbot: QtBot) -> None:
    """If this fails, the drawing changed: `make icons` brings the files up to date.

    Qt's blending rounds differently by one or two, as the processor's vector instructions have it.
    """
    for size in SIZES:
        stored = QImage(str(resources() / "icons" / "tray" / f"idle-{size}.png"))
        drawn = pixmap(IDLE, size).toImage().convertToFormat(stored.format())
        pairs = zip(bytes(stored.constBits()), bytes(drawn.constBits()), strict=True)
        assert max(abs(one - other) for one, other in pairs) <= 2, size
