"""Settings, production: which roles count as such, and what follows for the person and the sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.domain.production import patterns_of
from rolecall.domain.state import State
from rolecall.domain.terminal import visible
from rolecall.store import Store
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import wrapped
from rolecall.ui.tray_items import is_marked

_NAMED = 6
"""Marked roles whose names are shown; the others are counted."""

_PAUSE = 0.5
"""Seconds without a keystroke after which patterns count."""


class ProductionPage(QWidget):
    """Patterns, one a line; which roles are marked now; confirmation and the longest session."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        parts: WindowParts,
        failed: Callable[[Problem | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._actions, self._parts, self._failed = store, actions, parts, failed
        self._gone = False
        self._build()
        self._fill()
        self._words()
        self._patterns.textChanged.connect(self._typed)
        self._confirm.toggled.connect(lambda on: self._change(confirm_production=on))
        self._reason.toggled.connect(lambda on: self._change(production_reason=on))
        self._most.valueChanged.connect(self._most_changed)
        store.subscribe(self._changed)

    def let_go(self) -> None:
        """The dialog closes; what was typed last counts too."""
        self._take()
        self._gone = True
        self._store.unsubscribe(self._changed)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 6)
        column.setSpacing(10)
        self._intro = wrapped(self, kind="muted")
        self._patterns = QPlainTextEdit(self)
        self._patterns.setObjectName("productionPatterns")
        self._patterns.setTabChangesFocus(True)
        self._marked = wrapped(self)
        self._marked.setObjectName("markedRoles")
        self._confirm = QCheckBox(self)
        self._confirm.setObjectName("confirmProduction")
        self._reason = QCheckBox(self)
        self._reason.setObjectName("productionReason")
        self._label, self._most = QLabel(self), QSpinBox(self)
        self._most.setObjectName("productionMinutes")
        self._most.setSingleStep(15)
        self._most.lineEdit().setTextMargins(6, 0, 0, 0)
        self._label.setBuddy(self._most)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._label)
        row.addWidget(self._most)
        row.addStretch(1)
        for widget in (self._intro, self._patterns, self._marked):
            column.addWidget(widget, 1 if widget is self._patterns else 0)
        column.addSpacing(4)
        column.addWidget(self._confirm)
        column.addWidget(self._reason)
        column.addLayout(row)

    def _fill(self) -> None:
        settings = self._store.state.settings
        self._patterns.setPlainText("\n".join(settings.production_patterns))
        self._confirm.setChecked(settings.confirm_production)
        self._reason.setChecked(settings.production_reason)
        self._most.setRange(0, 720)
        self._most.setValue(settings.production_minutes)

    def _words(self) -> None:
        self._intro.setText(
            self.tr(
                "Roles marked as production stand out everywhere, and programs ask before they get one. "
                "Mark a role in its menu, or many by patterns, one a line: * and ? stand for anything in a "
                "role’s name, its ARN, or its account’s number or name."
            )
        )
        self._patterns.setAccessibleName(self.tr("Patterns for production"))
        self._patterns.setPlaceholderText("prod-*\n123456789012")
        self._confirm.setText(self.tr("Ask me before I sign in to one"))
        self._reason.setText(self.tr("Ask me for a reason, which travels as the session’s name"))
        self._label.setText(self.tr("Their sessions last at most"))
        self._most.setSuffix(self.tr(" min"))
        self._most.setSpecialValueText(self.tr("as AWS allows"))
        self._say(self._store.state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_most"):
            self._words()

    def _changed(self, _before: State, after: State) -> None:
        self._say(after)

    def _say(self, state: State) -> None:
        marked = [name for name in state.catalogue.names() if is_marked(state, name)]
        named = ", ".join(visible(name).replace("\n", " ") for name in islice(marked, _NAMED))
        more = len(marked) - _NAMED
        if more > 0:
            named = self.tr("{names} and %n more", None, more).format(names=named)
        words = self.tr("Marked now: {names}").format(names=named)
        self._marked.setText(words if marked else self.tr("No role is marked."))

    def _typed(self) -> None:
        self._parts.after("production patterns", _PAUSE, self._take)

    def _take(self) -> None:
        if self._gone:
            return
        patterns = patterns_of(self._patterns.toPlainText())
        if patterns != self._store.state.settings.production_patterns:
            self._change(production_patterns=patterns)

    def _most_changed(self, minutes: int) -> None:
        """AWS gives no role less than fifteen minutes, so between none and them there is nothing."""
        if 0 < minutes < 15:
            before = self._store.state.settings.production_minutes
            self._most.setValue(0 if before else 15)
            return
        self._change(production_minutes=minutes)

    def _change(self, **changes: object) -> None:
        self._failed(None)
        settings = replace(self._store.state.settings, **changes)  # type: ignore[arg-type]
        self._actions.change_settings(settings, self._failed)
