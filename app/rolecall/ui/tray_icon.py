"""Tray icon: draws the mark with its ring. Owns pixels only; what they mean is decided in `tray.py`.

A panel's colour cannot be known, so the mark brings its own dark ground with a light rim: on a light
panel the ground stands out, on a dark one rim and ring. Shape says the state, not colour alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPen, QPixmap

from rolecall.ui.resources import resources

SIZES = (16, 22, 24, 32, 44, 48, 64)
"""Pixels; a StatusNotifier host is sent exactly these, and they serve doubled screens too."""


class Mark(StrEnum):
    """What the icon says. Each has a shape of its own."""

    IDLE = "idle"  # a thin light ring, nothing in it
    LIVE = "live"  # a thick arc: what is left of the most urgent session; a dot in the middle
    BUSY = "busy"  # three dots in the middle
    ATTENTION = "attention"  # an exclamation mark in the middle


class Picture(NamedTuple):
    """All that decides the pixels. share: part of the ring that is filled, 0.0 to 1.0.

    urgency: a value of `countdown.Urgency`, which is not imported for the sake of the start.
    production: a role that the person marked is meant; then the ground is a red square, not a dark disc.
    """

    mark: Mark
    share: float = 0.0
    urgency: str = "calm"
    production: bool = False


IDLE = Picture(Mark.IDLE)

_NOTHING = QColor(0, 0, 0, 0)
_GROUND = QColor(30, 34, 42)
_RIM = QColor(150, 158, 170)
_TRACK = QColor(92, 100, 114)
_LOUD = QColor(186, 22, 46)
_LOUD_TRACK = QColor(112, 8, 26)
_LIGHT = QColor(240, 243, 247)
_COLOURS = {
    "calm": QColor(64, 200, 128),
    "soon": QColor(250, 176, 48),
    "last": QColor(255, 96, 88),
    "over": QColor(255, 96, 88),
}


_EMPTY = {
    Mark.IDLE: _LIGHT,
    Mark.LIVE: _TRACK,
    Mark.BUSY: _RIM,
    Mark.ATTENTION: _COLOURS["soon"],
}
"""The ring where no session lives."""


def icon(picture: Picture) -> QIcon:
    """The icon in all sizes a tray may want."""
    drawn = QIcon()
    for size in SIZES:
        drawn.addPixmap(pixmap(picture, size))
    return drawn


def first_icon() -> QIcon:
    """The idle icon from files drawn beforehand (by `packaging/icons.py`, with `pixmap`).

    The first brush of a process makes all enumerations of Qt's namespace in Python, 12 ms.
    """
    drawn = QIcon()
    for size in SIZES:
        drawn.addFile(str(resources() / "icons" / "tray" / f"idle-{size}.png"))
    return drawn


def pixmap(picture: Picture, size: int) -> QPixmap:
    """One size, in pixels, on transparent ground."""
    found = QPixmap(size, size)
    found.fill(_NOTHING)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # All numbers below are in a square of 32 units.
    painter.scale(size / 32, size / 32)
    _ring(painter, picture)
    _middle(painter, picture)
    painter.end()
    return found


def _ring(painter: QPainter, picture: Picture) -> None:
    box, loud = QRectF(5, 5, 22, 22), picture.production
    painter.setPen(QPen(_LIGHT if loud else _RIM, 1.0))
    painter.setBrush(_LOUD if loud else _GROUND)
    if loud:
        painter.drawRoundedRect(QRectF(1, 1, 30, 30), 6, 6)
    else:
        painter.drawEllipse(QRectF(1, 1, 30, 30))
    if picture.share:
        _arc(painter, box, _LOUD_TRACK if loud else _TRACK, 5.0, 1.0)
        _arc(painter, box, _of_ring(picture), 5.0, picture.share)
    else:
        _arc(painter, box, _LIGHT if loud else _EMPTY[picture.mark], 2.5, 1.0)


def _of_ring(picture: Picture) -> QColor:
    """On the red ground nothing but white is seen; how much is left is said by the ring's length too."""
    return _LIGHT if picture.production else _COLOURS[picture.urgency]


def _arc(painter: QPainter, box: QRectF, colour: QColor, width: float, share: float) -> None:
    """Part of a circle, clockwise from the top."""
    from PySide6.QtCore import Qt  # late: see `first_icon`

    pen = QPen(colour, width)
    painter.setBrush(QBrush())
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawArc(box, 90 * 16, -round(360 * 16 * share))


def _middle(painter: QPainter, picture: Picture) -> None:
    if picture.mark is Mark.LIVE:
        _dot(painter, 16, 4.0, _of_ring(picture))
    elif picture.mark is Mark.BUSY:
        for x in (10.6, 16.0, 21.4):
            _dot(painter, x, 2.2, _LIGHT)
    elif picture.mark is Mark.ATTENTION:
        _exclamation(painter)


def _dot(painter: QPainter, x: float, radius: float, colour: QColor) -> None:
    painter.setPen(_NOTHING)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(x, 16), radius, radius)


def _exclamation(painter: QPainter) -> None:
    painter.setPen(_NOTHING)
    painter.setBrush(_LIGHT)
    painter.drawRoundedRect(QRectF(14.2, 8.5, 3.6, 9), 1.4, 1.4)
    painter.drawEllipse(QPointF(16, 21.2), 2.0, 2.0)


def menu_icon(picture: Picture) -> QIcon:
    """The ring beside a menu line, for plain and doubled screens."""
    drawn = QIcon()
    for size in (16, 32):
        drawn.addPixmap(pixmap(picture, size))
    return drawn
