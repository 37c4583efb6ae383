"""Breaking label: wraps its text, and long words too: an ARN or a role's name has no blank to break at.

Qt breaks at blanks only, so marks without width stand where a long word may break. Nobody else sees them:
neither who reads `text`, nor who listens, nor who copies.
"""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QWidget

MARK: Final = "\u200b"
_LONG_WORD: Final = re.compile(r"[^\s-]{21,}")
_SEAM: Final = re.compile(r"(?<=[/:_.=,@+&])(?![/:_.=,@+&])|(?<=[a-z])(?=[A-Z])")
_PIECE: Final = re.compile(r"[^\u200b]{16}(?=[^\u200b]{4})")


class BreakingLabel(QLabel):
    """A label of plain text; see the module."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain = ""
        self.setWordWrap(True)
        self.setText(words)

    def setText(self, words: str) -> None:
        self._plain = words
        marked = _LONG_WORD.sub(lambda found: _marked(found.group()), words)
        super().setText(marked)
        self.setAccessibleName(words if marked != words else "")

    def clear(self) -> None:
        self.setText("")

    def text(self) -> str:
        return self._plain

    def selectedText(self) -> str:
        return super().selectedText().replace(MARK, "")

    # --- copying -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if QGuiApplication.clipboard().supportsSelection() and self.hasSelectedText():
            self._copy(QClipboard.Mode.Selection)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        super().contextMenuEvent(event)
        menu = QApplication.activePopupWidget()
        copying = menu.findChild(QAction, "edit-copy") if menu is not None else None
        if isinstance(copying, QAction):
            copying.triggered.disconnect()
            copying.triggered.connect(lambda _checked=False: self._copy())

    def _copy(self, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
        if self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText(), mode)


def _marked(word: str) -> str:
    """A long word with marks at its seams, and inside what is long even so."""
    return _PIECE.sub(lambda found: found.group() + MARK, _SEAM.sub(MARK, word))
