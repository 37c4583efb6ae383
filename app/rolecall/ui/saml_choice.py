"""SAML choice: the roles that a response names, by account, and which of them is meant."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rolecall.domain.saml import RolePair
from rolecall.domain.terminal import visible
from rolecall.ui.account_bar import account_bar
from rolecall.ui.problem_view import wrapped
from rolecall.ui.theme import colours, scaled

_FEW = 8
_ROWS = 9


class SamlChoice(QWidget):
    """`taken` says that the chosen role is the one, by Enter or a double click."""

    taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: tuple[RolePair, ...] = ()
        self._names: Mapping[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.said = wrapped(self)
        self.said.setObjectName("choiceSaid")
        self._search = QLineEdit(self)
        self._search.setObjectName("roleFilter")
        self._search.textEdited.connect(lambda _text: self._fill())
        self._search.returnPressed.connect(self.taken)
        self._search.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setObjectName("samlRoles")
        self._list.itemActivated.connect(lambda _item: self.taken.emit())
        self.keep = QCheckBox(self)
        self.keep.setObjectName("keepRoles")
        for widget in (self.said, self._search, self._list, self.keep):
            column.addWidget(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the search move in the list, as in the window."""
        moving = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        if moving and event.type() == QEvent.Type.KeyPress:
            QCoreApplication.sendEvent(self._list, event)
            return True
        return super().eventFilter(watched, event)

    def words(self) -> None:
        """Say everything in the language spoken now."""
        self._search.setPlaceholderText(self.tr("Search these roles"))
        self._search.setAccessibleName(self.tr("Search these roles"))
        self._list.setAccessibleName(self.tr("Roles in the response"))
        self.keep.setText(self.tr("Put all of them into my list, to click on next time"))

    def show_roles(self, pairs: tuple[RolePair, ...], names: Mapping[str, str], new: int) -> None:
        """names: of accounts by id. new: how many of the roles are in nobody's list yet."""
        self.keep.setVisible(new > 0)
        if pairs == self._pairs and names == self._names:
            return
        self._pairs, self._names = pairs, names
        self._search.clear()
        self._search.setVisible(len(pairs) > _FEW)
        self._fill()

    def chosen(self) -> str:
        """ARN of the chosen role, or an empty text."""
        arn = self._list.currentIndex().data(Qt.ItemDataRole.UserRole)
        return arn if isinstance(arn, str) else ""

    def start(self) -> None:
        """The focus goes to where a person goes on."""
        (self._search if self._search.isVisible() else self._list).setFocus()

    def _fill(self) -> None:
        before, wanted = self.chosen(), self._search.text().casefold()
        self._list.clear()
        account = ""
        for pair in sorted(self._pairs, key=self._order):
            if wanted not in self._words(pair).casefold():
                continue
            if pair.arn.account_id != account:
                account = pair.arn.account_id
                self._list.addItem(self._header(account))
            self._list.addItem(self._row(pair))
        rows = [self._list.item(at) for at in range(self._list.count())]
        shown = [row for row in rows if row.data(Qt.ItemDataRole.UserRole)]
        kept = [row for row in shown if row.data(Qt.ItemDataRole.UserRole) == before]
        if shown:
            self._list.setCurrentItem((kept or shown)[0])
        height = sum(self._list.sizeHintForRow(at) for at in range(min(len(rows), _ROWS)))
        self._list.setFixedHeight(max(height, 60) + 2 * self._list.frameWidth() + 4)

    def _order(self, pair: RolePair) -> tuple[str, str, str]:
        arn = pair.arn
        return (
            self._names.get(arn.account_id, "~").casefold(),
            arn.account_id,
            arn.name.casefold(),
        )

    def _words(self, pair: RolePair) -> str:
        return f"{self._names.get(pair.arn.account_id, '')} {pair.role_arn}"

    def _header(self, account: str) -> QListWidgetItem:
        name = visible(self._names.get(account, "")).replace("\n", " ")
        spaced = " ".join(account[at : at + 4] for at in range(0, 12, 4))
        item = QListWidgetItem(f"{name}  ·  {spaced}" if name else spaced)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(colours().muted))
        item.setFont(scaled(self.font(), 0.92, QFont.Weight.DemiBold))
        return item

    def _row(self, pair: RolePair) -> QListWidgetItem:
        arn = pair.arn
        item = QListWidgetItem(account_bar(arn.account_id, self.devicePixelRatio()), arn.name)
        if arn.path != "/":
            item.setToolTip(pair.role_arn)
        item.setData(Qt.ItemDataRole.UserRole, pair.role_arn)
        account = self._names.get(arn.account_id) or arn.account_id
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{arn.name}, {account}")
        item.setSizeHint(QSize(0, 32))
        return item
