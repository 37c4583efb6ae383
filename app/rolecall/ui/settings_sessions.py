"""Settings, sessions: whether they outlive the program, and when they are locked away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.store import Store
from rolecall.ui.problem_view import wrapped

_NAMES = {
    "keep_sessions": "keepSessions",
    "lock_on_sleep": "lockOnSleep",
    "lock_on_screen_lock": "lockOnScreenLock",
}
"""Object name of each setting's check box."""


class SessionsPage(QWidget):
    """Three check boxes, each with what it means below."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        failed: Callable[[Problem | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._actions, self._failed = store, actions, failed
        self._boxes: dict[str, QCheckBox] = {}
        self._notes: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 16, 6, 6)
        column.setSpacing(6)
        for setting, name in _NAMES.items():
            box = self._boxes[setting] = QCheckBox(self)
            box.setObjectName(name)
            box.setChecked(bool(getattr(store.state.settings, setting)))
            note = self._notes[setting] = wrapped(self, kind="muted")
            note.setIndent(24)
            column.addWidget(box)
            column.addWidget(note)
            column.addSpacing(10)
        column.addStretch(1)
        self._words()
        for setting, box in self._boxes.items():
            box.toggled.connect(partial(self._toggled, setting))

    def _toggled(self, setting: str, wanted: bool) -> None:
        self._failed(None)
        chosen: dict[str, bool] = {setting: wanted}
        settings = replace(self._store.state.settings, **chosen)  # type: ignore[arg-type]
        self._actions.change_settings(settings, self._failed)

    def _words(self) -> None:
        words = {
            "keep_sessions": (
                self.tr("Sessions outlive a restart"),
                self.tr(
                    "In a file encrypted with a key in your keyring. Without a keyring they live in memory only."
                ),
            ),
            "lock_on_sleep": (
                self.tr("Lock before sleep"),
                self.tr("Sessions and keys leave memory; a click brings them back."),
            ),
            "lock_on_screen_lock": (
                self.tr("Lock with the screen"),
                self.tr("Programs are refused until you are back."),
            ),
        }
        for setting, (title, note) in words.items():
            self._boxes[setting].setText(title)
            self._boxes[setting].setAccessibleDescription(note)
            self._notes[setting].setText(note)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._boxes:
            self._words()
