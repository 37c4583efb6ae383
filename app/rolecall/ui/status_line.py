"""Status line: the keys at the left; keyring, clock and clipboard at the right. Says, never asks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rolecall.domain.state import KeyringState, State
from rolecall.ui.parts import WindowParts

SKEW_SHOWN = 2.0
"""Seconds from which on a wrong clock is worth a word; AWS accepts five minutes."""

_HINT_GAP = "    "


class KeyHints(QLabel):
    """What the keys do, as many of them as find room: the others at the line's right come first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: Sequence[str] = ()

    def show_hints(self, hints: Sequence[str]) -> None:
        """Show these, the first one longest."""
        self._hints = hints
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._wide(self._hints), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self._hints
        while shown and self._wide(shown) > self.width():
            shown = shown[:-1]
        self.setText(_HINT_GAP.join(shown))

    def _wide(self, hints: Sequence[str]) -> int:
        return self.fontMetrics().horizontalAdvance(_HINT_GAP.join(hints)) + 1


class StatusLine(QWidget):
    """The lowest line of the window."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self._parts = parts
        self._state = State()
        self._live = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QFrame(self)
        line.setObjectName("statusLine")
        line.setFixedHeight(1)
        column.addWidget(line)
        row = QHBoxLayout()
        row.setContentsMargins(14, 6, 14, 7)
        row.setSpacing(16)
        self._keys, self._clipboard, self._facts = KeyHints(self), QLabel(self), QLabel(self)
        for label, name in (
            (self._keys, "keyHints"), (self._clipboard, "clipboardState"), (self._facts, "facts"),
        ):  # fmt: skip
            label.setObjectName(name)
            label.setProperty("kind", "muted")
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._clear = QPushButton(self)
        self._clear.setObjectName("clearClipboard")
        self._clear.setProperty("kind", "link")
        self._clear.clicked.connect(parts.clear_clipboard)
        row.addWidget(self._keys)
        row.addStretch(1)
        row.addWidget(self._clipboard)
        row.addWidget(self._clear)
        row.addWidget(self._facts)
        self._journal = QPushButton(self)
        self._journal.setObjectName("journalButton")
        self._journal.setProperty("kind", "link")
        self._journal.clicked.connect(parts.show_journal)
        row.addWidget(self._journal)
        column.addLayout(row)
        self._words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_clear"):
            self._words()

    def show_state(self, state: State, *, live: bool) -> None:
        """Take over a State; live: the chosen role has a live session."""
        self._state, self._live = state, live
        self._words()

    def show_keys(self, *, shown: bool) -> None:
        """The keys mean something only where a role is chosen."""
        self._keys.setVisible(shown)

    def beat(self, now: float) -> None:
        """The clipboard's own countdown."""
        deadline = self._parts.clipboard_deadline()
        shown = deadline is not None and deadline > now
        self._clipboard.setVisible(shown)
        self._clear.setVisible(shown)
        if deadline is not None and shown:
            words = self.tr("Clipboard is cleared in %n s", None, math.ceil(deadline - now))
            self._clipboard.setText(words)

    def _words(self) -> None:
        enter = self.tr("Enter copy") if self._live else self.tr("Enter sign in")
        self._keys.show_hints((enter, self.tr("Ctrl+Enter console"), self.tr("Ctrl+C copy")))
        self._clear.setText(self.tr("Clear now"))
        self._journal.setText(self.tr("Journal…"))
        self._journal.setToolTip(self.tr("Who asked for which role (Ctrl+J)"))
        locked = self.tr("Locked") if self._state.locked else ""
        facts = (locked, self._keyring(), self._clock())
        self._facts.setText(" · ".join(word for word in facts if word))
        self.beat(self._parts.now())

    def _keyring(self) -> str:
        return {
            KeyringState.UNKNOWN: "",
            KeyringState.OPEN: self.tr("Keyring unlocked"),
            KeyringState.LOCKED: self.tr("Keyring locked"),
            KeyringState.ABSENT: self.tr("No keyring"),
            KeyringState.REFUSED: self.tr("Keyring not trusted"),
        }[self._state.keyring]

    def _clock(self) -> str:
        skew = self._state.skew
        if abs(skew) < SKEW_SHOWN:
            return ""
        return self.tr("clock {seconds} s").format(seconds=f"{-skew:+.0f}")
