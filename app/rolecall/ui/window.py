"""Window: "Rolecall", a search field over a list, the chosen role at the side. Owns keys and layout only."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.approval import asking, asks_first
from rolecall.domain.presets import Preset, presets
from rolecall.domain.problem import Problem
from rolecall.domain.production import is_production, marking
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui.add_button import AddButton
from rolecall.ui.empty_state import EmptyState
from rolecall.ui.own_roles import OwnRoles
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_bar import ProblemBar
from rolecall.ui.role_list import RoleList
from rolecall.ui.role_menu import RoleMenu
from rolecall.ui.role_model import RoleModel
from rolecall.ui.side_pane import SidePane
from rolecall.ui.status_line import StatusLine
from rolecall.ui.theme import dress

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


TYPING_PAUSE = 0.08
"""Seconds without a keystroke after which pane, buttons and counts follow the new first row."""


class MainWindow(QMainWindow):
    """See the module. Everything shown comes from the Store; everything done goes to Actions or parts."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self._store, self._actions, self._parts = store, actions, parts
        self._roles = RoleModel(parts.now, self)
        self._chosen = ""
        self._own_roles = OwnRoles(actions, parts, self)
        self._build()
        self._connect()
        self._show_state(
            store.state
        )  # first: a page for no roles at all would ask for its own room
        self._words()
        dress(self)
        self.resize(860, 600)
        self.setMinimumHeight(380)
        store.subscribe(lambda _before, after: self._show_state(after))
        parts.on_beat(self._beat)
        self._field.setFocus()

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        ground = QWidget(self)
        ground.setObjectName("ground")
        self.setCentralWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        split = self._split = QSplitter(Qt.Orientation.Horizontal, ground)
        split.setObjectName("split")
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self._build_main(split))
        self._side = SidePane(self._store, self._actions, self._parts, split)
        split.addWidget(self._side)
        split.setStretchFactor(0, 1)
        split.setSizes([550, 310])
        self._status = StatusLine(self._parts, ground)
        column.addWidget(split, 1)
        column.addWidget(self._status)

    def _build_main(self, parent: QWidget) -> QWidget:
        main = QWidget(parent)
        main.setObjectName("main")
        column = QVBoxLayout(main)
        column.setContentsMargins(12, 12, 6, 6)
        column.setSpacing(8)
        self._field = QLineEdit(main)
        self._field.setObjectName("searchField")
        self._count = QLabel(self._field)
        self._count.setObjectName("searchCount")
        self._count.setProperty("kind", "muted")
        inside = QHBoxLayout(self._field)
        inside.setContentsMargins(0, 0, 12, 0)
        inside.addStretch(1)
        inside.addWidget(self._count)
        self._bar = ProblemBar(self._parts.said, main)
        self._list = RoleList(self._roles, main)
        self._empty = EmptyState(self._parts, main)
        self._pages = QStackedWidget(main)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        self._more = QLabel(main)
        self._more.setObjectName("moreRows")
        self._more.setProperty("kind", "muted")
        self._more.setContentsMargins(10, 0, 10, 4)
        row = QVBoxLayout()
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(8)
        self._add = AddButton(self._parts, main)
        search = QHBoxLayout()
        search.setSpacing(6)
        search.addWidget(self._field, 1)
        search.addWidget(self._add)
        row.addLayout(search)
        row.addWidget(self._bar)
        column.addLayout(row)
        column.addWidget(self._pages, 1)
        column.addWidget(self._more)
        return main

    def _connect(self) -> None:
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list.installEventFilter(self)
        self._list.chosen.connect(self._choose)
        self._list.entered_role.connect(self._take)
        self._list.console_wanted.connect(self._console)
        self._list.copy_wanted.connect(self._parts.copy)
        self._list.menu_wanted.connect(self._show_menu)
        self._side.production_wanted.connect(self._mark)
        for keys, do in (
            ("Ctrl+Return", lambda: self._console(self._chosen)),
            ("Ctrl+Enter", lambda: self._console(self._chosen)),
            ("Ctrl+D", self._pin),
            ("Ctrl+K", self._focus_search),
            ("Ctrl+F", self._focus_search),
            ("Ctrl+,", self._parts.show_settings),
            ("Ctrl+J", self._parts.show_journal),
            ("Ctrl+N", self._parts.show_add_role),
            ("Ctrl+Shift+I", self._parts.show_import),
            ("Ctrl+I", self._parts.show_identity_center),
            ("Ctrl+Q", self._parts.quit),
            ("F5", self._actions.reload),
            ("Escape", self._escape),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    def _words(self) -> None:
        self.setWindowTitle("Rolecall")
        self._field.setAccessibleName(self.tr("Search roles"))
        self._field.setPlaceholderText(self.tr("Search roles"))
        self._list.words()
        self._add.words()
        self._show_counts()

    # --- what the program asks of it -----------------------------------------------------

    def search(self, text: str) -> None:
        """Put `text` into the search field and give it the focus."""
        self._field.setText(text)
        self._field.setFocus()

    def present(self) -> None:
        """Show, un-minimise, raise and activate."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def problem(self, problem: Problem) -> None:
        """Show a Problem; one that its role's own pane explains needs no bar."""
        if problem in self._store.state.refusals.values():
            return
        self._bar.show_problem(problem)

    # --- events --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Keys that mean the list while the search field has the focus, and the other way round."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._chosen)
        elif key == Qt.Key.Key_Menu or (
            key == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            self._list.show_menu()
        elif event.matches(QKeySequence.StandardKey.Copy) and not self._field.hasSelectedText():
            if self._chosen:
                self._parts.copy(self._chosen)
        elif watched is self._field and plain and key in _STEPS:
            self._list.step(_STEPS[key])
        elif watched is self._field and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            down = key == Qt.Key.Key_PageDown
            self._list.step(self._list.page() if down else -self._list.page())
        elif watched is self._list and plain and event.text().isprintable() and event.text():
            self._focus_search()
            self._field.insert(event.text())
        else:
            return False
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._parts.set_seconds_shown(True, "window")
        self._show_state(self._store.state)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._parts.set_seconds_shown(False, "window")

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        if self._may_hide():
            self.hide()
        else:
            self._parts.quit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_status"):
            self._words()

    # --- doing ---------------------------------------------------------------------------

    def _may_hide(self) -> bool:
        return self._parts.tray_present() and self._store.state.settings.hide_to_tray

    def _escape(self) -> None:
        if self._field.text():
            self._field.clear()
        elif self._parts.tray_present():
            self.hide()

    def _pin(self) -> None:
        if self._chosen:
            self._actions.pin(self._chosen)

    def _focus_search(self) -> None:
        self._field.setFocus()
        self._field.selectAll()

    def _search(self, typed: str) -> None:
        self._list.set_typed(typed)
        self._list.hold_actions()
        self._roles.search(typed)
        # The keys mean the new row at once; its buttons, the counts and the pane follow when the fingers rest.
        self._chosen = self._roles.name_at(0)
        self._list.select("")
        self._show_page()
        self._parts.after("side pane", TYPING_PAUSE, self._rested)

    def _rested(self) -> None:
        self._list.release_actions()
        self._show_counts()
        self._show_chosen()

    def _choose(self, name: str) -> None:
        if name != self._chosen:
            self._chosen = name
            self._show_chosen()

    def _show_chosen(self) -> None:
        self._side.show_role(self._chosen)
        self._show_status()

    def _take(self, name: str) -> None:
        """Enter: sign in, or copy where that is done already."""
        if not name:
            return
        if self._store.state.session(name, self._parts.now()):
            self._parts.copy(name)
        else:
            self._parts.sign_in(name)

    def _console(self, name: str) -> None:
        if name:
            self._parts.open_console(name)

    def _show_menu(self, name: str, at: QPoint) -> None:
        state = self._store.state
        entry = self._roles.entry_of(name)
        menu = RoleMenu(
            name,
            self._parts,
            live=state.session(name, self._parts.now()) is not None,
            pinned=name in state.settings.favourites,
            account_id=entry.account_id if entry else "",
            pin=self._actions.pin,
            name_account=self._name_account,
            asks=asks_first(state.settings, state.catalogue.role(name)),
            ask_first=self._ask_first,
            production=is_production(state.settings, state.catalogue.role(name)),
            mark=self._mark,
            narrowings=self._narrowings(name),
            console=state.catalogue.role(name).opens_console,
            own=self._own_roles.do if name in state.catalogue.entries else None,
            parent=self,
        )
        menu.popup(at)

    def _narrowings(self, name: str) -> list[Preset]:
        """The presets that AWS takes on the way to this role."""
        offered = list(presets(self._store.state.catalogue.role(name)))
        taken = offered and not isinstance(self._actions.explain(name, offered[0].wish), Problem)
        return offered if taken else []

    def _ask_first(self, name: str, first: bool) -> None:
        state = self._store.state
        changed = asking(state.settings, state.catalogue.role(name), first=first)
        self._actions.change_settings(changed, self.problem)

    def _mark(self, name: str, marked: bool) -> None:
        """The person says that a role is production, or that it is not."""
        state = self._store.state
        if name in state.catalogue:
            changed = marking(state.settings, state.catalogue.role(name), marked=marked)
            self._actions.change_settings(changed, self.problem)

    def _name_account(self, account_id: str) -> None:
        """Ask what a person calls an account; an empty name takes the name back."""
        settings = self._store.state.settings
        dialog = QInputDialog(self)
        dialog.setObjectName("accountName")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Name this account"))
        dialog.setLabelText(self.tr("Name of account {account}:").format(account=account_id))
        dialog.setTextValue(settings.accounts.get(account_id, ""))
        dialog.textValueSelected.connect(lambda name: self._account_named(account_id, name))
        dialog.open()

    def _account_named(self, account_id: str, name: str) -> None:
        settings = self._store.state.settings
        accounts = {k: v for k, v in settings.accounts.items() if k != account_id}
        if name.strip():
            accounts[account_id] = name.strip()
        self._actions.change_settings(replace(settings, accounts=accounts), self.problem)

    # --- showing -------------------------------------------------------------------------

    def _show_state(self, state: State) -> None:
        if not self.isVisible() and self._roles.total:
            return  # shown again when the window is
        chosen = self._chosen
        if self._roles.show(state):
            self._list.select(chosen)
            self._choose(self._list.current_name())
        self._bar.show_of_files(state.catalogue.problems)
        self._side.refresh()
        self._show_counts()
        self._show_status()

    def _show_status(self) -> None:
        state = self._store.state
        live = bool(self._chosen) and self._chosen in state.catalogue
        live = live and state.session(self._chosen, self._parts.now()) is not None
        self._status.show_state(state, live=live)

    def _show_counts(self) -> None:
        fitting, total, hidden = self._roles.fitting, self._roles.total, self._roles.hidden
        if self._roles.typed:
            words = self.tr("{fitting} of {total}").format(fitting=fitting, total=total)
        else:
            words = self.tr("%n role(s)", None, total) if total else ""
        self._count.setText(words)
        # What is typed ends before the count begins.
        self._field.setTextMargins(0, 0, self._count.sizeHint().width() + 8, 0)
        self._more.setText(self.tr("… and %n more, type to narrow", None, hidden))
        self._more.setVisible(hidden > 0)
        self._show_page()

    def _show_page(self) -> None:
        """The list, or what stands in its place where there is nothing to list."""
        total, empty = self._roles.total, not self._roles.rowCount()
        self._empty.show_for(total)
        self._pages.setCurrentWidget(self._empty if empty else self._list)
        self._side.setVisible(total > 0)
        self._status.show_keys(shown=not empty)

    def _beat(self, now: float) -> None:
        if self.isVisible():
            self._roles.beat()
            self._side.refresh()
            self._status.beat(now)
