"""Settings, accounts: the names a person gives to account ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.domain.role import account_of
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui.account_bar import account_bar
from rolecall.ui.problem_view import wrapped
from rolecall.ui.role_search import grouped


class AccountsPage(QWidget):
    """A table of account ids and their names; a name is edited in place."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        failed: Callable[[Problem | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._actions, self._failed = store, actions, failed
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 6)
        column.setSpacing(10)
        self._intro = wrapped(self, kind="muted")
        self._table = QTableWidget(0, 2, self)
        self._table.setObjectName("accounts")
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self._table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self._intro)
        column.addWidget(self._table, 1)
        self._fill(store.state)
        self._words()
        self._table.itemChanged.connect(self._renamed)
        store.subscribe(self._changed)

    def let_go(self) -> None:
        """The dialog closes."""
        self._store.unsubscribe(self._changed)

    def _words(self) -> None:
        self._intro.setText(
            self.tr("Names make the right account easy to see. They stay on this computer.")
        )
        self._table.setAccessibleName(self.tr("Account names"))
        self._table.setHorizontalHeaderLabels([self.tr("Account"), self.tr("Name")])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_table"):
            self._words()

    def _changed(self, before: State, after: State) -> None:
        if before.catalogue is not after.catalogue:
            self._fill(after)

    def _fill(self, state: State) -> None:
        ids = account_ids(state)
        self._table.blockSignals(True)
        self._table.setRowCount(len(ids))
        for row, account in enumerate(ids):
            number = QTableWidgetItem(
                account_bar(account, self.devicePixelRatio()), grouped(account)
            )
            number.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            number.setData(Qt.ItemDataRole.UserRole, account)
            self._table.setItem(row, 0, number)
            self._table.setItem(row, 1, QTableWidgetItem(state.settings.accounts.get(account, "")))
        self._table.blockSignals(False)

    def _renamed(self, item: QTableWidgetItem) -> None:
        number = self._table.item(item.row(), 0)
        if item.column() != 1 or number is None:
            return
        account, name = str(number.data(Qt.ItemDataRole.UserRole)), item.text().strip()
        settings = self._store.state.settings
        accounts = {k: v for k, v in settings.accounts.items() if k != account}
        if name:
            accounts[account] = name
        self._actions.change_settings(replace(settings, accounts=accounts), self._failed)


def account_ids(state: State) -> list[str]:
    """Every account that a role or a device of the files belongs to, in their order."""
    found: dict[str, None] = {}
    for profile in state.catalogue.profiles.values():
        for key in ("role_arn", "mfa_serial"):
            found[account_of(profile.get(key, ""))] = None
        found[profile.get("sso_account_id", "")] = None
    found |= dict.fromkeys(state.settings.accounts)
    found.pop("", None)
    return list(found)
