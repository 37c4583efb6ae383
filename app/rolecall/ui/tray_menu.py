"""Tray menu: brings one QMenu in line with the items wanted, changing as little as it can.

A menu on the session bus may be open while it changes: texts change in place, lines come and go
one by one, nothing is cleared. Owns QAction and QMenu objects, no meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from rolecall.ui.tray_icon import menu_icon
from rolecall.ui.tray_items import Command, Item


class TrayMenu:
    """The menu of the tray icon; `do` gets the command of whatever is clicked."""

    def __init__(self, menu: QMenu, do: Callable[[Command], None]) -> None:
        self._level = _Level(menu, do)
        self._shown: tuple[Sequence[Item], bool] | None = None

    def show(self, items: Sequence[Item], *, on_bus: bool) -> None:
        """Bring the menu in line. on_bus: it is drawn by a host that takes `_` for a mnemonic."""
        if (items, on_bus) != self._shown:
            self._shown = (items, on_bus)
            self._level.show(items, on_bus)


class _Level:
    """One menu and what it holds now."""

    def __init__(self, menu: QMenu, do: Callable[[Command], None]) -> None:
        self._menu = menu
        self._do = do
        self._lines: dict[str, _Line] = {}

    def show(self, items: Sequence[Item], on_bus: bool) -> None:
        wanted = {item.key: item for item in items}
        for key in [key for key in self._lines if key not in wanted]:
            self._lines.pop(key).remove(self._menu)
        if [key for key in wanted if key in self._lines] != list(self._lines):
            self._clear()  # an order that changed: rare enough to begin again
        following = iter(list(self._lines.items()))
        coming = next(following, None)
        lines: dict[str, _Line] = {}
        for key, item in wanted.items():
            if coming is not None and coming[0] == key:
                lines[key] = coming[1]
                lines[key].show(item, on_bus)
                coming = next(following, None)
            else:
                lines[key] = _Line(self._menu, item, self._do, on_bus)
                self._menu.insertAction(coming[1].action if coming else None, lines[key].action)  # type: ignore[arg-type]  # Qt: no action means at the end
        self._lines = lines

    def _clear(self) -> None:
        for line in self._lines.values():
            line.remove(self._menu)
        self._lines.clear()


class _Line:
    """One action, with the menu below it if there is one."""

    def __init__(
        self, parent: QMenu, item: Item, do: Callable[[Command], None], on_bus: bool
    ) -> None:
        self._item = Item(item.key)
        self._on_bus = on_bus
        self._do = do
        self._below: tuple[QMenu, _Level] | None = None
        if item.children:
            menu = QMenu(parent)
            self._below = (menu, _Level(menu, do))
            self.action = menu.menuAction()
        else:
            self.action = QAction(parent)
            self.action.setSeparator(not item.label)
            self.action.triggered.connect(self._clicked)
        self.show(item, on_bus)

    def show(self, item: Item, on_bus: bool) -> None:
        """Change what differs. A line never changes its kind: its key would differ."""
        before, self._item = self._item, item
        if item.label and (item.label != before.label or on_bus != self._on_bus):
            self.action.setText(escaped(item.label, on_bus=on_bus))
        if item.picture != before.picture:
            self.action.setIcon(menu_icon(item.picture) if item.picture else QIcon())
        enabled = bool(item.command or item.children)
        if item.label and enabled != self.action.isEnabled():
            self.action.setEnabled(enabled)
        self._on_bus = on_bus
        if self._below is not None:
            self._below[1].show(item.children, on_bus)

    def remove(self, menu: QMenu) -> None:
        menu.removeAction(self.action)
        if self._below is not None:
            self._below[0].deleteLater()
        else:
            self.action.deleteLater()

    def _clicked(self) -> None:
        if self._item.command:
            self._do(self._item.command)


def escaped(label: str, *, on_bus: bool) -> str:
    """`label` so that a menu shows it as it is.

    `&` marks a mnemonic for Qt everywhere; over D-Bus `_` does for the host, and Qt does not escape
    it (com.canonical.dbusmenu: "underscores are for access keys; two are displayed as one").
    """
    plain = "".join(c if c.isprintable() else " " for c in label).replace("&", "&&")
    return plain.replace("_", "__") if on_bus else plain
