"""Settings, programs: the roles that ask first, and the answers kept about programs. Each can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.approval import Consent, all_approvals, forgotten, never_asking
from rolecall.domain.problem import Problem
from rolecall.domain.state import State
from rolecall.domain.terminal import visible
from rolecall.domain.trust import Line, accepted, all_trusted, revoke
from rolecall.store import Store
from rolecall.ui.problem_view import wrapped

_SHOWN = ("ask_first", "approvals", "trusted")
"""Settings that stand in the table."""


class ProgramsPage(QWidget):
    """A table of roles and programs, and a button that takes the chosen line back."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        failed: Callable[[Problem | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._actions, self._failed = store, actions, failed
        self._lines: list[tuple[str, str, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 6)
        column.setSpacing(10)
        self._intro = wrapped(self, kind="muted")
        table = self._table = QTableWidget(0, 3, self)
        table.setObjectName("programs")
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._remove = QPushButton(self)
        self._remove.setObjectName("removeAnswer")
        self._remove.setAutoDefault(False)
        self._remove.clicked.connect(self._take_back)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._remove)
        column.addWidget(self._intro)
        column.addWidget(table, 1)
        column.addLayout(foot)
        self._words()
        table.itemSelectionChanged.connect(self._selected)
        store.subscribe(self._changed)

    def let_go(self) -> None:
        """The dialog closes."""
        self._store.unsubscribe(self._changed)

    def _words(self) -> None:
        self._intro.setText(
            self.tr(
                "Roles that ask before a program gets them (choose so in a role’s menu), the answers that "
                "last, and the lines of your AWS files that may run a program."
            )
        )
        self._table.setAccessibleName(self.tr("Answers about programs"))
        self._table.setHorizontalHeaderLabels(
            [self.tr("Role"), self.tr("Program"), self.tr("Answer")]
        )
        self._remove.setText(self.tr("Remove"))
        self._fill(self._store.state)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_remove"):
            self._words()

    def _changed(self, before: State, after: State) -> None:
        old, new = before.settings, after.settings
        if any(getattr(old, one) != getattr(new, one) for one in _SHOWN):
            self._fill(after)

    def _fill(self, state: State) -> None:
        settings = state.settings
        answers = {Consent.ALWAYS: self.tr("always"), Consent.NEVER: self.tr("never")}
        rows = [(role, "", self.tr("asks first"), "") for role in settings.ask_first]
        rows += [
            (role, program, answers[kept], "")
            for role, program, kept in all_approvals(settings.approvals)
        ]
        rows += [
            (profile, self._line_of(profile, key, state), self.tr("may run"), key)
            for profile, key in all_trusted(settings.trusted)
        ]
        rows.sort()
        self._lines = [(role, program, key) for role, program, _, key in rows]
        self._table.setRowCount(len(rows))
        for number, words in enumerate(rows):
            for at, word in enumerate(words[:3]):
                item = QTableWidgetItem(visible(word).replace("\n", " "))
                if at == 1:
                    item.setToolTip(item.text().replace("&", "&amp;").replace("<", "&lt;"))
                self._table.setItem(number, at, item)
        self._selected()

    def _line_of(self, profile: str, key: str, state: State) -> str:
        """The accepted line as it stands in the file now, or what has become of it."""
        line = Line(profile, key, state.catalogue.profiles.get(profile, {}).get(key, ""))
        if accepted(state.settings, line):
            return line.shown
        return self.tr("{key} line, changed or gone since").format(key=key)

    def _selected(self) -> None:
        self._remove.setEnabled(bool(self._table.selectedItems()))

    def _take_back(self) -> None:
        row = self._table.currentRow()
        if not 0 <= row < len(self._lines):
            return
        role, program, key = self._lines[row]
        settings = self._store.state.settings
        if key:
            changed = revoke(settings, role, key)
        elif program:
            changed = forgotten(settings, role, program)
        else:
            changed = never_asking(settings, role)
        self._actions.change_settings(changed, self._failed)
