"""Tray icon: draws the mark with its ring. Owns pixels only; what they mean is decided in `tray.py`.

A panel's colour cannot be known, so every stroke lies on a dark, half-transparent one that is a
little wider: light panels show the edge, dark panels the stroke. Shape says the state, not colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from rolecall.domain.countdown import RING_STEPS, Urgency

SIZES = (16, 22, 24, 32, 44, 48, 64)
"""Pixels; a StatusNotifier host is sent exactly these, and they serve doubled screens too."""


class Mark(StrEnum):
    """What the icon says. Each has a shape of its own."""

    IDLE = "idle"  # thin ring, a hat's brim's worth of dot at the top
    LIVE = "live"  # thick arc: what is left of the most urgent session; a dot in the middle
    BUSY = "busy"  # three dots inside a thin ring
    ATTENTION = "attention"  # exclamation mark inside the ring


@dataclass(frozen=True, slots=True)
class Picture:
    """All that decides the pixels. step: 0 to RING_STEPS, the part of the ring that is filled."""

    mark: Mark
    step: int = 0
    urgency: Urgency = Urgency.CALM


IDLE = Picture(Mark.IDLE)

_EDGE = QColor(0, 0, 0, 150)
_TRACK = QColor(226, 230, 236)
_COLOURS = {
    Urgency.CALM: QColor(52, 178, 110),
    Urgency.SOON: QColor(240, 160, 32),
    Urgency.LAST: QColor(232, 72, 66),
    Urgency.OVER: QColor(232, 72, 66),
}


def icon(picture: Picture) -> QIcon:
    """The icon in all sizes a tray may want."""
    drawn = QIcon()
    for size in SIZES:
        drawn.addPixmap(pixmap(picture, size))
    return drawn


def pixmap(picture: Picture, size: int) -> QPixmap:
    """One size, in pixels, on transparent ground."""
    found = QPixmap(size, size)
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # All numbers below are in a square of 32 units.
    painter.scale(size / 32, size / 32)
    _ring(painter, picture)
    _middle(painter, picture)
    painter.end()
    return found


def _ring(painter: QPainter, picture: Picture) -> None:
    box = QRectF(4.5, 4.5, 23, 23)
    thick = 5.0 if picture.mark in (Mark.LIVE, Mark.ATTENTION) else 3.0
    _arc(painter, box, _EDGE, thick + 2.5, 1.0)
    _arc(painter, box, _TRACK, thick, 1.0)
    if picture.mark is Mark.LIVE or (picture.mark is Mark.ATTENTION and picture.step):
        share = picture.step / RING_STEPS
        _arc(painter, box, _EDGE, thick, share)
        _arc(painter, box, _COLOURS[picture.urgency], thick, share)


def _arc(painter: QPainter, box: QRectF, colour: QColor, width: float, share: float) -> None:
    """Part of a circle, clockwise from the top."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(box, 90 * 16, -round(360 * 16 * share))


def _middle(painter: QPainter, picture: Picture) -> None:
    if picture.mark is Mark.IDLE:
        _dot(painter, 16, 16, 2.6, _TRACK)
    elif picture.mark is Mark.LIVE:
        _dot(painter, 16, 16, 4.2, _COLOURS[picture.urgency])
    elif picture.mark is Mark.BUSY:
        for x in (10.0, 16.0, 22.0):
            _dot(painter, x, 16, 2.2, _TRACK)
    else:
        _exclamation(painter)


def _dot(painter: QPainter, x: float, y: float, radius: float, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for size, paint in ((radius + 1.1, _EDGE), (radius, colour)):
        painter.setBrush(paint)
        painter.drawEllipse(QPointF(x, y), size, size)


def _exclamation(painter: QPainter) -> None:
    red = _COLOURS[Urgency.LAST]
    painter.setPen(Qt.PenStyle.NoPen)
    for grow, paint in ((1.0, _EDGE), (0.0, red)):
        painter.setBrush(paint)
        stem = QRectF(14, 9, 4, 9).adjusted(-grow, -grow, grow, grow)
        painter.drawRoundedRect(stem, 1.5, 1.5)
        painter.drawEllipse(QPointF(16, 21.6), 2.2 + grow, 2.2 + grow)


def menu_icon(picture: Picture) -> QIcon:
    """The ring beside a menu line, for plain and doubled screens."""
    drawn = QIcon()
    for size in (16, 32):
        drawn.addPixmap(pixmap(picture, size))
    return drawn
