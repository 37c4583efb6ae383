"""Paste field: a large field that takes what is pasted, dropped or typed, of any size, and shows little of it.

What is pasted never becomes text of the field: ten million characters would hold the window up, and what is
pasted here is a secret.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class PasteField(QPlainTextEdit):
    """`given` carries a text, or the address of a file (file://…), as soon as it is there."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self.setFixedHeight(76)

    def give(self) -> None:
        """Hand over what was typed."""
        typed = self.toPlainText()
        self.clear()
        if typed.strip():
            self.given.emit(typed)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.clear()
        files = [url for url in source.urls() if url.isLocalFile()]
        self.given.emit(files[0].toString() if files else source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.give()
            return
        super().keyPressEvent(event)

    # --- a file held over it -------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        self._mark(held=event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._mark(held=False)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self._mark(held=False)

    def _mark(self, *, held: bool) -> None:
        self.setProperty("held", held)
        self.style().unpolish(self)
        self.style().polish(self)
