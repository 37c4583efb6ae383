"""Settings, keys: the identities whose key lies in the keyring. Shows names and devices, never a key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import wrapped


class KeysPage(QWidget):
    """Lists, adds and removes; moving a key out of ~/.aws is in the dialog that adds one."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        parts: WindowParts,
        failed: Callable[[Problem | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._actions, self._failed = store, actions, failed
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 6)
        column.setSpacing(10)
        self._intro = wrapped(self, kind="muted")
        self._list = QListWidget(self)
        self._list.setObjectName("keys")
        self._add, self._remove = QPushButton(self), QPushButton(self)
        self._add.setObjectName("addKey")
        self._remove.setObjectName("removeKey")
        self._add.clicked.connect(parts.show_add_key)
        self._remove.clicked.connect(self._ask)
        self._list.currentRowChanged.connect(lambda row: self._remove.setEnabled(row >= 0))
        row = QHBoxLayout()
        row.addWidget(self._add)
        row.addWidget(self._remove)
        row.addStretch(1)
        column.addWidget(self._intro)
        column.addWidget(self._list, 20)
        column.addLayout(row)
        column.addStretch(1)
        self._fill(store.state)
        self._words()
        store.subscribe(self._changed)

    def let_go(self) -> None:
        """The dialog closes."""
        self._store.unsubscribe(self._changed)

    def _words(self) -> None:
        self._introduce(self._store.state)
        self._list.setAccessibleName(self.tr("Access keys"))
        self._add.setText(self.tr("Add or move a key…"))
        self._remove.setText(self.tr("Remove…"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_remove"):
            self._words()

    def _changed(self, before: State, after: State) -> None:
        if before.settings.identities != after.settings.identities:
            self._fill(after)

    def _introduce(self, state: State) -> None:
        some = bool(state.settings.identities)
        self._intro.setText(
            self.tr("Access keys that lie in the keyring of this computer.")
            if some
            else self.tr("No access key lies in the keyring of this computer yet.")
        )
        self._list.setVisible(some)
        self._remove.setVisible(some)

    def _fill(self, state: State) -> None:
        self._list.clear()
        self._list.addItems(list(state.settings.identities))
        self._remove.setEnabled(False)
        self._introduce(state)

    def _ask(self) -> None:
        """A key that is removed here is gone: AWS shows a secret only once."""
        chosen = self._list.selectedItems()
        if not chosen:
            return
        name = chosen[0].text()
        box = QMessageBox(self)
        box.setObjectName("removeKeyQuestion")
        box.setWindowTitle(self.tr("Remove this key"))
        box.setText(self.tr("Remove the access key of {name} from the keyring?").format(name=name))
        box.setInformativeText(
            self.tr("AWS never shows a secret key again: without a copy you need a new one.")
        )
        yes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self._actions.remove_key(name, self._failed))
        box.open()
