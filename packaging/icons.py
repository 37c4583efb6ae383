"""Draws the PNG icons: those of `resources/icons/rolecall.svg`, one for each size a desktop asks for,
and the tray's first icon, which the program itself would need too long to draw."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from rolecall.ui import tray_icon

FOLDER = Path(__file__).parents[1] / "resources" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def draw(renderer: QSvgRenderer, size: int) -> QImage:
    """The icon at `size` × `size` pixels on nothing."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def main() -> int:
    """Write every size; the exit code is 1 where a file could not be written."""
    application = QGuiApplication(sys.argv)
    application.setApplicationName("rolecall-icons")
    renderer = QSvgRenderer(str(FOLDER / "rolecall.svg"))
    written = [draw(renderer, size).save(str(FOLDER / f"rolecall-{size}.png")) for size in SIZES]
    tray = FOLDER / "tray"
    tray.mkdir(exist_ok=True)
    written += [
        tray_icon.pixmap(tray_icon.IDLE, size).save(str(tray / f"idle-{size}.png"))
        for size in tray_icon.SIZES
    ]
    return 0 if all(written) else 1


if __name__ == "__main__":
    sys.exit(main())
