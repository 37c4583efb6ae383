"""Ring: the circle that shows how much of a time is left. Owns how it is drawn, not what it counts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rolecall.ui.theme import colours


def draw_ring(
    painter: QPainter, box: QRectF, share: float, colour: QColor, track: QColor, width: float = 3.0
) -> None:
    """A full circle in `track` and, clockwise from the top, `share` (0 to 1) of it in `colour`."""
    inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    pen = QPen(track, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawEllipse(inner)
    if share <= 0:
        return
    pen.setColor(colour)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(inner, 90 * 16, -round(360 * 16 * min(share, 1.0)))


class Ring(QWidget):
    """A ring of its own in a dialog. It says nothing to a screen reader: a text beside it does."""

    def __init__(self, size: int, parent: QWidget | None = None, width: float = 3.0) -> None:
        """size: the circle's diameter in pixels."""
        super().__init__(parent)
        self._size = size
        self._width = width
        self._share = 1.0
        self._urgent = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float, *, urgent: bool = False) -> None:
        """Show `share` (0 to 1); urgent: in the colour of the last moments."""
        if (share, urgent) != (self._share, self._urgent):
            self._share, self._urgent = share, urgent
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        colour = QColor(c.soon if self._urgent else c.accent)
        draw_ring(painter, QRectF(self.rect()), self._share, colour, QColor(c.track), self._width)
        painter.end()
