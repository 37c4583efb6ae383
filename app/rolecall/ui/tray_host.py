"""Tray host: whether a desktop shows StatusNotifier icons, and the moment it begins to. No polling.

Qt chooses D-Bus or XEmbed once, when an icon object is made, so whoever owns an icon has to be told
that a host arrived (QTBUG-94871 and its kin). Owns the watching, no icon.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusInterface, QDBusServiceWatcher

from rolecall.ui.dbus_slot import dbus_slot

WATCHER = "org.kde.StatusNotifierWatcher"
_PATH = "/StatusNotifierWatcher"


class TrayHost(QObject):
    """Emits `arrived` and `left`; `present` asks the bus."""

    arrived = Signal()
    left = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = QDBusConnection.sessionBus()
        if not self._bus.isConnected():
            return
        owners = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
        self._watcher = QDBusServiceWatcher(WATCHER, self._bus, owners, self)
        self._watcher.serviceOwnerChanged.connect(self._owner_changed)
        for name, slot in (
            ("StatusNotifierHostRegistered", "host_came()"),
            ("StatusNotifierHostUnregistered", "host_went()"),
        ):
            self._bus.connect(WATCHER, _PATH, WATCHER, name, self, dbus_slot(slot))

    def present(self) -> bool:
        """Whether a StatusNotifier host is there now (one short call on the session bus)."""
        interface = self._bus.interface() if self._bus.isConnected() else None
        if interface is None or not interface.isServiceRegistered(WATCHER).value():
            return False
        watcher = QDBusInterface(WATCHER, _PATH, WATCHER, self._bus)
        return watcher.property("IsStatusNotifierHostRegistered") is True

    def _owner_changed(self, _name: str, _old: str, new: str) -> None:
        """A watcher began or ended. One that begins may have its host already (or says so later)."""
        if not new:
            self.left.emit()
        elif self.present():
            self.arrived.emit()

    @Slot()
    def host_came(self) -> None:
        """A host registered with a watcher that was there before."""
        self.arrived.emit()

    @Slot()
    def host_went(self) -> None:
        """The last host may have gone while its watcher stays."""
        if not self.present():
            self.left.emit()
