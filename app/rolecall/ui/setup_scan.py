"""The step of a set-up in which a new device is scanned and shows two codes. Holds the seed only while shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rolecall.domain import totp
from rolecall.domain.access_key import NewDevice
from rolecall.ui.code_field import CELLS, CodeField
from rolecall.ui.problem_view import wrapped
from rolecall.ui.qr_view import QrView
from rolecall.ui.theme import scaled
from rolecall.ui.wording import device_name

_SIDE = 216
"""Pixels of the QR code; a phone reads it from an arm's length."""


class ScanStep(QWidget):
    """QR code on the left; serial, letters on request and two codes on the right."""

    complete = Signal()
    """Both codes stand there."""
    revealed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        self.qr = QrView(_SIDE, self)
        column = QVBoxLayout()
        column.setSpacing(6)
        self.serial = wrapped(self)
        self.serial.setObjectName("setupSerial")
        self.letters = wrapped(self)
        self.letters.setObjectName("setupLetters")
        self.letters.setFont(scaled(self.font(), 0.95, QFont.Weight.Medium))
        self.letters.hide()
        self.reveal = QPushButton(self)
        self.reveal.setObjectName("revealButton")
        self.reveal.setAutoDefault(False)
        self.reveal.clicked.connect(self._show_letters)
        self.first, self.second = CodeField(self), CodeField(self)
        self.first.setObjectName("firstCode")
        self.second.setObjectName("secondCode")
        self.first.complete.connect(lambda _code: self.second.setFocus())
        self.second.complete.connect(lambda _code: self.complete.emit())
        self._labels = QLabel(self), QLabel(self)
        column.addWidget(self.serial)
        column.addWidget(self.letters)
        column.addWidget(self.reveal, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for label, field in zip(self._labels, (self.first, self.second), strict=True):
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self._words()

    def _words(self) -> None:
        words = self.tr("The code it shows now"), self.tr("The code after it")
        for label, field, word in zip(self._labels, (self.first, self.second), words, strict=True):
            label.setText(word)
            field.setAccessibleName(word)
        self.qr.setAccessibleName(self.tr("QR code"))
        self.reveal.setText(self.tr("Cannot scan it?"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_labels"):
            self._words()

    def show_device(self, device: NewDevice) -> None:
        """Show what the phone scans."""
        self.qr.show_text(totp.uri(device.seed, device_name(device.serial)))
        self.serial.setText(device.serial)
        letters = device.seed.base32
        self.letters.setText(" ".join(letters[at : at + 4] for at in range(0, len(letters), 4)))

    def forget(self) -> None:
        """Nothing of the seed stays."""
        self.qr.show_text("")
        self.letters.clear()

    def codes(self) -> tuple[str, str] | None:
        """Both codes, or None with the focus on the one that is missing."""
        for field in (self.first, self.second):
            if len(field.text()) != CELLS:
                field.setFocus()
                return None
        return self.first.text(), self.second.text()

    def clear_codes(self) -> None:
        """For the next try."""
        self.first.clear()
        self.second.clear()
        self.first.setFocus()

    def _show_letters(self) -> None:
        self.letters.show()
        self.reveal.hide()
        self.revealed.emit()
