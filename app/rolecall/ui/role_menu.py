"""Role menu: what can be done with one role, for its row and for the keyboard. Built when asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from rolecall.domain.presets import Preset
from rolecall.domain.settings import COPY_FORMATS
from rolecall.ui.narrow_menu import NarrowMenu
from rolecall.ui.parts import WindowParts
from rolecall.ui.tray_items import FORMAT_NAMES


class CopyMenu(QMenu):
    """The copy formats. Knows which role is meant only when one is chosen."""

    def __init__(
        self, parts: WindowParts, role: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("copyMenu")
        self._parts = parts
        self._role = role
        for name in COPY_FORMATS:
            action = self.addAction(FORMAT_NAMES[name])
            action.setObjectName(f"copy_{name}")
            action.setData(name)
        self.triggered.connect(self._chosen)

    def _chosen(self, action: object) -> None:
        name = self._role()
        if name:
            self._parts.copy(name, str(action.data()))  # type: ignore[attr-defined]


class RoleMenu(QMenu):
    """Everything one role offers."""

    def __init__(
        self,
        name: str,
        parts: WindowParts,
        *,
        live: bool,
        pinned: bool,
        account_id: str,
        pin: Callable[[str], None],
        name_account: Callable[[str], None],
        asks: bool,
        ask_first: Callable[[str, bool], None],
        production: bool,
        mark: Callable[[str, bool], None],
        narrowings: Sequence[Preset],
        console: bool,
        own: Callable[[str, str], None] | None,
        parent: QWidget,
    ) -> None:
        """narrowings: offered for one session with fewer rights. own: what can be done with an own role.

        `own` gets `edit`, `remove` or `export` and the name; None for a role of the AWS files.
        """
        super().__init__(parent)
        self.setObjectName("roleMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add(self.tr("Sign in"), lambda: parts.sign_in(name), "signIn", enabled=not live)
        self._add(
            self.tr("Open console"), lambda: parts.open_console(name), "console", "Ctrl+Enter"
        )
        copies = CopyMenu(parts, lambda: name, self)
        copies.setTitle(self.tr("Copy"))
        self.addMenu(copies)
        self.addMenu(NarrowMenu(name, narrowings, parts, console=console, parent=self))
        self.addSeparator()
        self._add(self.tr("Renew"), lambda: parts.renew(name), "renew", enabled=live)
        self._add(self.tr("Forget"), lambda: parts.forget(name), "forget", enabled=live)
        self.addSeparator()
        words = self.tr("Unpin") if pinned else self.tr("Pin")
        self._add(words, lambda: pin(name), "pin", "Ctrl+D")
        if account_id:
            self._add(
                self.tr("Name this account…"), lambda: name_account(account_id), "nameAccount"
            )
        self.addSeparator()
        for words, key, on, choose in (
            (self.tr("This role is production"), "production", production, mark),
            (self.tr("Ask before a program gets it"), "askFirst", asks, ask_first),
        ):
            self._add_choice(words, key, on, name, choose)
        if own is not None:
            self._add_own(name, own)

    def _add_own(self, name: str, own: Callable[[str, str], None]) -> None:
        self.addSeparator()
        for words, verb in (
            (self.tr("Edit this role…"), "edit"),
            (self.tr("Export to ~/.aws/config"), "export"),
            (self.tr("Remove this role…"), "remove"),
        ):
            self._add(words, partial(own, verb, name), f"{verb}Role")

    def _add_choice(
        self, words: str, key: str, on: bool, name: str, choose: Callable[[str, bool], None]
    ) -> None:
        action = self.addAction(words)
        action.setObjectName(key)
        action.setCheckable(True)
        action.setChecked(on)
        action.triggered.connect(lambda wanted: choose(name, wanted))

    def _add(
        self,
        words: str,
        do: Callable[[], None],
        name: str,
        keys: str = "",
        *,
        enabled: bool = True,
    ) -> None:
        action = self.addAction(words)
        action.setObjectName(name)
        action.setEnabled(enabled)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: do())
