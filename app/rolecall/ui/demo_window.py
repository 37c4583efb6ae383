"""Demo authenticator: the phone that a newcomer does not have. Shows the demo's codes, which are no secret."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rolecall.domain.code_queue import STEP
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import fit_height, wrapped
from rolecall.ui.ring import Ring
from rolecall.ui.theme import dress, scaled
from rolecall.ui.wording import device_name

Codes = Callable[[], list[tuple[str, str, float]]]
"""Serial, code of now, and the seconds it is still shown, for each device."""


class _DeviceView(QFrame):
    """One device: its name, the six digits, the ring of their half minute."""

    copied = Signal(str)

    def __init__(self, serial: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setObjectName("device")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 14, 12)
        row.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        name = QLabel(device_name(serial), self)
        name.setProperty("kind", "muted")
        name.setToolTip(serial)
        self._code = ""
        self._digits = QLabel(self)
        self._digits.setObjectName("demoCode")
        self._digits.setFont(scaled(self.font(), 2.3, QFont.Weight.DemiBold))
        self._digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts.addWidget(name)
        texts.addWidget(self._digits)
        self._ring = Ring(38, self, width=4.5)
        self._copy = QPushButton(self)
        self._copy.setObjectName("copyCode")
        self._copy.clicked.connect(lambda: self.copied.emit(self._code))
        row.addLayout(texts, 1)
        row.addWidget(self._ring)
        row.addWidget(self._copy)
        self.words()

    def words(self) -> None:
        """Say everything in the language spoken now."""
        self._copy.setText(self.tr("Copy"))

    def show_code(self, code: str, left: float) -> None:
        """Show a code and how long it is still good for."""
        self._code = code
        self._digits.setText(f"{code[:3]} {code[3:]}")
        self._ring.set_share(left / STEP, urgent=left <= 5)


class DemoWindow(QWidget):
    """The window "Demo authenticator". `copied` carries a code that a person wants in the clipboard."""

    copied = Signal(str)
    closed = Signal()

    def __init__(self, codes: Codes, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("demoWindow")
        self._codes, self._parts = codes, parts
        self._views: dict[str, _DeviceView] = {}
        self.setMinimumWidth(340)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 16, 18, 18)
        self._column.setSpacing(10)
        self._intro = wrapped(self, kind="muted")
        self._column.addWidget(self._intro)
        self._words()
        dress(self)
        self._beat(parts.now())
        parts.on_beat(self._beat)

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Demo authenticator"))
        self._intro.setText(
            self.tr(
                "This stands for the MFA device on your phone. Sign in to a role that needs a code, "
                "and type what you see here. Each code works once."
            )
        )
        for view in self._views.values():
            view.words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_intro"):
            self._words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        self._parts.set_seconds_shown(True, "demo")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._parts.set_seconds_shown(False, "demo")

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _beat(self, _now: float) -> None:
        for serial, code, left in self._codes():
            view = self._views.get(serial)
            if view is None:
                view = self._views[serial] = _DeviceView(serial, self)
                view.copied.connect(self.copied)
                self._column.addWidget(view)
            view.show_code(code, left)
