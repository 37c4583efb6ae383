"""Device code: a code that a person compares or types on any device, the address, and what takes one there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rolecall.domain.proof import Step, StepKind
from rolecall.domain.terminal import visible
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import wrapped
from rolecall.ui.theme import scaled


class DeviceCode(QWidget):
    """Shows the code of a Step that waits for another device, and nothing of any other."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._url = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.code = QLabel(self)
        self.code.setFont(scaled(self.font(), 2.0, QFont.Weight.DemiBold))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address = wrapped(self, kind="muted")
        row = QHBoxLayout()
        row.setSpacing(18)
        self._copy, self._open = QPushButton(self), QPushButton(self)
        for button, name, do in (
            (self._copy, "copyCode", lambda: parts.copy_text(self.code.text())),
            (self._open, "openPage", lambda: parts.open_page(self._url)),
        ):
            button.setObjectName(name)
            button.setProperty("kind", "link")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, do=do: do())
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self.code)
        column.addWidget(self.address)
        column.addLayout(row)
        self._words()
        self.hide()

    def _words(self) -> None:
        self.code.setAccessibleDescription(self.tr("Code for the browser"))
        self._copy.setText(self.tr("Copy code"))
        self._open.setText(self.tr("Open the page"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_open"):
            self._words()

    def show_step(self, step: Step | None) -> None:
        """Show the code of `step`, if it has one."""
        shown = step is not None and step.kind is StepKind.DEVICE
        self._url = step.url if step and shown else ""
        self.code.setText(step.user_code if step and shown else "")
        self.address.setText(visible(self._url))
        self.address.setVisible(bool(self._url))
        # What AWS names is a page; nothing else is handed to a browser.
        self._open.setVisible(self._url.startswith(("https://", "http://")))
        self.setVisible(shown)
