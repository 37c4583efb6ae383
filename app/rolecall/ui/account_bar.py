"""Account bar: an account's colour as a short bar, as the window's rows have it, for lists of Qt's own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from rolecall.ui.theme import account_colour

_SIZE = 16


def account_bar(account: str, ratio: float) -> QIcon:
    """The bar of `account` for a screen of `ratio` device pixels a pixel; the same on a chosen row."""
    picture = QPixmap(round(_SIZE * ratio), round(_SIZE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(account_colour(account))
    painter.drawRoundedRect(QRectF(6, 1, 4, 14), 1.5, 1.5)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # else Qt tints it there
    return icon
