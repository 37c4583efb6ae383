"""QR view: draws a QR code, dark on white in every theme, so that a phone reads it, and reads those in pictures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rolecall import qr

_QUIET = 4
"""Modules of white around the code. Source: ISO/IEC 18004, 9.1."""


class QrView(QWidget):
    """Shows what `show_text` was given; empty until then."""

    def __init__(self, side: int, parent: QWidget | None = None) -> None:
        """side: pixels, the quiet zone included."""
        super().__init__(parent)
        self.setObjectName("qrView")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._side = side
        self._modules: qr.Modules = ()

    def show_text(self, text: str) -> None:
        """Draw the code that says `text`; an empty one draws nothing."""
        self._modules = qr.modules(text) if text else ()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        count = len(self._modules) + 2 * _QUIET
        size = self.width() / count
        painter.setBrush(QColor("black"))
        for y, row in enumerate(self._modules):
            for x, dark in enumerate(row):
                if dark:
                    left, top = round((x + _QUIET) * size), round((y + _QUIET) * size)
                    right, bottom = round((x + _QUIET + 1) * size), round((y + _QUIET + 1) * size)
                    painter.drawRect(left, top, right - left, bottom - top)
        painter.end()


_MOST_PIXELS = 40_000_000


def read_image(image: QImage) -> list[str]:
    """What the QR codes in a picture say; none for a picture that is empty or larger than any screen."""
    if image.isNull() or image.width() * image.height() > _MOST_PIXELS:
        return []
    grey = _on_white(image).convertToFormat(QImage.Format.Format_Grayscale8)
    width, height, line = grey.width(), grey.height(), grey.bytesPerLine()
    raw = bytes(grey.constBits())
    rows = (raw[at * line : at * line + width] for at in range(height))
    return qr.read(b"".join(rows), width, height)


def _on_white(image: QImage) -> QImage:
    """What is transparent counts as white, as on a page."""
    if not image.hasAlphaChannel():
        return image
    page = QImage(image.size(), QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.drawImage(0, 0, image)
    painter.end()
    return page
