"""Sleep watch: hears from the desktop that the machine sleeps, wakes or is locked. Decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot
from PySide6.QtDBus import QDBusConnection

from rolecall.ui.dbus_slot import dbus_slot

_SAVERS = (
    ("org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("org.gnome.ScreenSaver", "org.gnome.ScreenSaver"),
    ("org.xfce.ScreenSaver", "org.xfce.ScreenSaver"),
)
_LOGIN = "org.freedesktop.login1"


class SleepWatch(QObject):
    """`away`: the machine goes to sleep or is locked. `back`: it woke, so every clock may have moved.

    `asleep` and `screen_locked` say which of the two it was, right after `away`.
    """

    away = Signal()
    asleep = Signal()
    screen_locked = Signal()
    back = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        system = QDBusConnection.systemBus()
        if system.isConnected():
            sleep, lock = f"{_LOGIN}.Manager", f"{_LOGIN}.Session"
            system.connect(_LOGIN, "", sleep, "PrepareForSleep", self, dbus_slot("sleeps(bool)"))
            system.connect(_LOGIN, "", lock, "Lock", self, dbus_slot("locked()"))
        session = QDBusConnection.sessionBus()
        if session.isConnected():
            for service, interface in _SAVERS:
                session.connect(
                    service, "", interface, "ActiveChanged", self, dbus_slot("saver(bool)")
                )

    @Slot(bool)
    def sleeps(self, begins: bool) -> None:
        """login1 says it just before sleep, and again right after."""
        if begins:
            self._leave(self.asleep)
        else:
            self.back.emit()

    @Slot()
    def locked(self) -> None:
        """login1 asks this session's locker to lock."""
        self._leave(self.screen_locked)

    @Slot(bool)
    def saver(self, active: bool) -> None:
        """A screen saver came or went."""
        if active:
            self._leave(self.screen_locked)
        else:
            self.back.emit()

    def _leave(self, why: SignalInstance) -> None:
        self.away.emit()
        why.emit()
