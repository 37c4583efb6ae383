"""Tray: the icon in the panel. Owns the QSystemTrayIcon, which is made anew when a host arrives.

Imports next to nothing: the icon comes before everything else of the program.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from rolecall.ui.tray_host import TrayHost
from rolecall.ui.tray_icon import IDLE, first_icon, icon

if TYPE_CHECKING:
    from rolecall.ui.tray_items import Command
    from rolecall.ui.tray_menu import TrayMenu
    from rolecall.ui.tray_view import TrayView


class Tray(QObject):
    """`clicked`: a left click where the platform has one. `presence`: a host came or went."""

    clicked = Signal()
    message_clicked = Signal()
    presence = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        """The icon is shown at once, its menu stays empty until `fill`."""
        super().__init__(parent)
        self._view: TrayView | None = None
        self.clicked_early = False
        """Whether a click came before anybody could do anything about it: the icon is there first."""
        self._picture, self._tooltip = IDLE, "Rolecall"
        self._host = TrayHost(self)
        self._qt_menu = QMenu()
        self._menu: TrayMenu | None = None
        self._on_bus = self._host.present()
        self._icon = self._new_icon()
        self._host.arrived.connect(self._join)
        self._host.left.connect(self._left)

    def present(self) -> bool:
        """Whether an icon is really shown. `QSystemTrayIcon.isVisible` is true without any host."""
        return self._on_bus or QSystemTrayIcon.isSystemTrayAvailable()

    def fill(self, do: Callable[[Command], None]) -> None:
        """Give the menu somebody who does what is clicked."""
        from rolecall.ui.tray_menu import TrayMenu

        self._menu = TrayMenu(self._qt_menu, do)
        if not self._on_bus and self._host.present():
            self._join()  # it came between the first question and the icon

    def show(self, view: TrayView) -> None:
        """Bring icon, tooltip and menu in line. Setting an equal value would still wake the panel."""
        self._view = view
        if view.picture != self._picture:
            self._picture = view.picture
            self._icon.setIcon(icon(view.picture))
        if view.tooltip != self._tooltip:
            self._tooltip = view.tooltip
            self._icon.setToolTip(view.tooltip)
        self._show_menu()

    def _show_menu(self) -> None:
        if self._menu is not None and self._view is not None:
            self._menu.show(self._view.items, on_bus=self._on_bus)

    def message(self, title: str, body: str) -> None:
        """A notification by way of the icon, where the desktop has no better way."""
        self._icon.showMessage(title, body, icon(self._picture))

    def remove(self) -> None:
        """Take the icon out of the panel."""
        self._icon.hide()

    def _new_icon(self) -> QSystemTrayIcon:
        made = QSystemTrayIcon(first_icon() if self._picture == IDLE else icon(self._picture), self)
        made.setToolTip(self._tooltip)
        made.setContextMenu(self._qt_menu)
        made.activated.connect(self._activated)
        made.messageClicked.connect(self.message_clicked)
        made.show()
        return made

    def _join(self) -> None:
        """A host arrived: only a new icon object is registered with it."""
        self._on_bus = True
        before = self._icon
        before.hide()
        self._show_menu()
        self._icon = self._new_icon()
        before.deleteLater()
        self.presence.emit(True)

    def _left(self) -> None:
        self._on_bus = False
        self.presence.emit(self.present())

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a left click opens the menu, so a window on top of it would be one too many.
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.clicked_early = self._menu is None
            self.clicked.emit()
