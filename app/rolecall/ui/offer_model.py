"""Offers: what an Identity Center lets a person use, as rows that can be chosen. Knows no dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from rolecall.domain.identity_center import PortalRole
from rolecall.domain.portal_entries import searched
from rolecall.domain.terminal import visible
from rolecall.ui.role_search import grouped
from rolecall.ui.theme import colours

Index = QModelIndex | QPersistentModelIndex
Pair = tuple[str, str]

_ROOT = QModelIndex()
_CHECK = Qt.ItemDataRole.CheckStateRole


class OfferModel(QAbstractTableModel):
    """Rows that fit the search. What was chosen stays chosen while it is out of sight."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[PortalRole] = ()
        self._rows: list[PortalRole] = []
        self._there: Mapping[Pair, str] = {}
        self._chosen: set[Pair] = set()
        self._typed = ""

    def fill(self, offers: Sequence[PortalRole], there: Mapping[Pair, str]) -> None:
        """Take over offers; there: what is listed already, and as what."""
        self._all, self._there = offers, there
        self._chosen = {pair for pair in self._chosen if pair not in there}
        self._show()

    def search(self, typed: str) -> None:
        """Show the rows in which each typed word occurs."""
        self._typed = typed
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        self._rows = searched(self._all, self._typed)
        self.endResetModel()
        self.chosen_changed.emit()

    # --- what is chosen ------------------------------------------------------------------

    @property
    def chosen(self) -> list[PortalRole]:
        """Everything that is chosen, in sight or not."""
        return [offer for offer in self._all if _pair(offer) in self._chosen]

    @property
    def every_shown_chosen(self) -> bool:
        """Whether all rows in sight that can be chosen are."""
        open_pairs = self._open()
        return bool(open_pairs) and open_pairs <= self._chosen

    def choose_shown(self, *, chosen: bool) -> None:
        """Choose, or not, all rows in sight."""
        self._chosen = self._chosen | self._open() if chosen else self._chosen - self._open()
        if self._rows:
            last = self.index(len(self._rows) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [_CHECK])
        self.chosen_changed.emit()

    def toggle(self, row: int) -> None:
        """Choose a row, or no longer."""
        index = self.index(row, 0)
        if index.isValid():
            on = index.data(_CHECK) == Qt.CheckState.Checked
            wanted = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.setData(index, wanted, _CHECK)

    def _open(self) -> set[Pair]:
        return {_pair(offer) for offer in self._rows} - self._there.keys()

    # --- as Qt asks ----------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Account"), self.tr("Account ID"), self.tr("Permission set"), self.tr("Here"),
        )[section]  # fmt: skip

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if _pair(self._rows[index.row()]) in self._there:
            return flags  # there already: shown, not to be chosen
        checkable = Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags
        return flags | Qt.ItemFlag.ItemIsEnabled | checkable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        offer = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(offer, index.column())
        if role == _CHECK and index.column() == 0:
            there = _pair(offer) in self._there
            on = there or _pair(offer) in self._chosen
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return (
                f"{visible(offer.account.name or offer.account.account_id)} {visible(offer.role)}"
            )
        if role == Qt.ItemDataRole.ForegroundRole and _pair(offer) in self._there:
            return QColor(colours().muted)
        if role == Qt.ItemDataRole.ToolTipRole:
            return visible(offer.account.email) or None
        return None

    def _text(self, offer: PortalRole, column: int) -> str:
        account = offer.account
        return (
            visible(account.name),
            grouped(account.account_id),
            visible(offer.role),
            visible(self._there.get(_pair(offer), "")),
        )[column]

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _CHECK or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        pair = _pair(self._rows[index.row()])
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._chosen.add(pair)
        else:
            self._chosen.discard(pair)
        self.dataChanged.emit(index, index, [_CHECK])
        self.chosen_changed.emit()
        return True


def _pair(offer: PortalRole) -> Pair:
    return offer.account.account_id, offer.role
