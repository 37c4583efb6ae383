"""Tray: the icon in the panel. Owns the QSystemTrayIcon, which is made anew when a host arrives."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from rolecall.ui.tray_host import TrayHost
from rolecall.ui.tray_icon import IDLE, Picture, icon
from rolecall.ui.tray_items import Command, Item
from rolecall.ui.tray_menu import TrayMenu


@dataclass(frozen=True, slots=True)
class TrayView:
    """What the tray shows; equal views are not sent to the panel twice."""

    picture: Picture = IDLE
    tooltip: str = "Rolecall"
    items: tuple[Item, ...] = ()


class Tray(QObject):
    """`clicked`: a left click where the platform has one. `presence`: a host came or went."""

    clicked = Signal()
    message_clicked = Signal()
    presence = Signal(bool)

    def __init__(self, do: Callable[[Command], None], parent: QObject) -> None:
        super().__init__(parent)
        self._view = TrayView()
        self._host = TrayHost(self)
        self._menu = TrayMenu(do)
        self._on_bus = self._host.present()
        self._icon = self._new_icon()
        self._host.arrived.connect(self._join)
        self._host.left.connect(self._left)

    def present(self) -> bool:
        """Whether an icon is really shown. `QSystemTrayIcon.isVisible` is true without any host."""
        return self._on_bus or QSystemTrayIcon.isSystemTrayAvailable()

    def show(self, view: TrayView) -> None:
        """Bring icon, tooltip and menu in line. Setting an equal value would still wake the panel."""
        before, self._view = self._view, view
        if view.picture != before.picture:
            self._icon.setIcon(icon(view.picture))
        if view.tooltip != before.tooltip:
            self._icon.setToolTip(view.tooltip)
        self._menu.show(view.items, on_bus=self._on_bus)

    def message(self, title: str, body: str) -> None:
        """A notification by way of the icon, where the desktop has no better way."""
        self._icon.showMessage(title, body, icon(self._view.picture))

    def check(self) -> None:
        """Join a host that came between the first question and the icon."""
        if not self._on_bus and self._host.present():
            self._join()

    def remove(self) -> None:
        """Take the icon out of the panel."""
        self._icon.hide()

    def _new_icon(self) -> QSystemTrayIcon:
        made = QSystemTrayIcon(icon(self._view.picture), self)
        made.setToolTip(self._view.tooltip)
        made.setContextMenu(self._menu.menu)
        made.activated.connect(self._activated)
        made.messageClicked.connect(self.message_clicked)
        made.show()
        return made

    def _join(self) -> None:
        """A host arrived: only a new icon object is registered with it."""
        self._on_bus = True
        before = self._icon
        before.hide()
        self._menu.show(self._view.items, on_bus=True)
        self._icon = self._new_icon()
        before.deleteLater()
        self.presence.emit(True)

    def _left(self) -> None:
        self._on_bus = False
        self.presence.emit(self.present())

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        # On macOS a left click opens the menu, so a window on top of it would be one too many.
        if reason is QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.clicked.emit()
