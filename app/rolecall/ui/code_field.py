"""Code field: one line edit drawn as six cells. Owns typing and drawing, never what becomes of a code."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from rolecall.domain.code_queue import clean_code
from rolecall.ui.theme import colours, scaled

CELLS = 6


class CodeField(QLineEdit):
    """Takes six digits. `complete` is emitted as soon as the sixth stands there, with all six."""

    complete = Signal(str)
    unfit = Signal()
    """Something that is no code was typed or pasted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("codeField")
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(scaled(self.font(), 1.6, QFont.Weight.Medium))
        self.setFrame(False)
        self._kept = ""
        self.textChanged.connect(self._changed)

    def sizeHint(self) -> QSize:
        return QSize(330, round(self.fontMetrics().height() * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            return
        super().keyPressEvent(event)

    def _paste(self) -> None:
        """A whole code replaces what stands there; anything else is taken only if it is digits."""
        pasted = QApplication.clipboard().text()[:256]
        try:
            self.setText(clean_code(pasted))
        except ValueError:
            self.insert(pasted)

    def _changed(self, text: str) -> None:
        """Keep digits only. What holds anything else, or too many, is not taken over in part."""
        digits = "".join(c for c in text if not c.isspace())
        fit = (digits.isascii() and digits.isdigit()) or not digits
        if not fit or len(digits) > CELLS:
            more = len(digits) - len(self._kept)
            self.setText(self._kept)
            if not fit or more > 1:
                self.unfit.emit()
            return
        if digits != text:
            self.setText(digits)
            return
        completed = len(digits) == CELLS and digits != self._kept
        self._kept = digits
        self.setCursorPosition(len(digits))
        self.update()
        if completed:
            self.complete.emit(digits)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        gap = 10.0
        wide = (self.width() - gap * (CELLS - 1)) / CELLS
        text, active = self.text(), min(len(self.text()), CELLS - 1)
        for cell in range(CELLS):
            box = QRectF(cell * (wide + gap), 0, wide, self.height()).adjusted(1, 1, -1, -1)
            here = self.hasFocus() and self.isEnabled() and cell == active
            painter.setPen(QPen(QColor(c.accent if here else c.border), 2 if here else 1))
            painter.setBrush(QColor(c.field))
            painter.drawRoundedRect(box, 6, 6)
            if cell < len(text):
                painter.setPen(QColor(c.text if self.isEnabled() else c.muted))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text[cell])
            elif here:
                middle, tall = box.center(), self.fontMetrics().height() * 0.5
                painter.setPen(QPen(QColor(c.text), 1.5))
                half = QPointF(0, tall)
                painter.drawLine(middle - half, middle + half)
        painter.end()
