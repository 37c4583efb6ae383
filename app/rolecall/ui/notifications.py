"""Notifications: a few lines in the desktop's own way, with buttons. Owns the talk with the daemon.

No account, no key, no code in any text: lock screens show it. QtDBus of PySide6 cannot send the
unsigned integer that Notify takes, so jeepney talks over a connection of its own, on the Qt loop.
Without a daemon the tray icon says it; that too may be impossible, so nothing depends on being read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from rolecall.ui.bus import SessionBus

_ACCOUNT = re.compile(r"\d{12}")
_SERVICE = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"

CRITICAL = 2
NORMAL = 1


@dataclass(frozen=True, slots=True)
class Notification:
    """key: one of the same key takes the place of the one before it. actions: verb to its label.

    The verb `default` stands for a click on the notification itself.
    """

    key: str
    title: str
    body: str = ""
    actions: tuple[tuple[str, str], ...] = ()
    urgent: bool = False


class Notifications(QObject):
    """`chosen`: key and verb of a button (or `default`) that was pressed."""

    chosen = Signal(str, str)

    def __init__(self, fallback: Callable[[Notification], None], parent: QObject) -> None:
        """fallback: says it in another way where no daemon answers."""
        super().__init__(parent)
        self._fallback = fallback
        self._bus: SessionBus | None = None
        self._notifier: QSocketNotifier | None = None
        self._ids: dict[str, int] = {}
        self._asked: dict[int, Notification] = {}

    def show(self, notification: Notification) -> None:
        """Show it, or have the fallback do so (at once, or when the bus says that nobody listens)."""
        shown = replace(
            notification,
            title=without_accounts(notification.title),
            body=without_accounts(notification.body),
        )
        try:
            bus = self._connected()
            serial = bus.call(_SERVICE, _PATH, "Notify", "susssasa{sv}i", self._words(shown))
        except OSError:
            self.close()
            self._fallback(shown)
        else:
            self._asked[serial] = shown

    def withdraw(self, key: str) -> None:
        """Take a notification away again, if it is still shown."""
        number = self._ids.pop(key, None)
        if self._bus is None or number is None:
            return
        try:
            self._bus.call(_SERVICE, _PATH, "CloseNotification", "u", (number,))
        except OSError:
            self.close()

    def close(self) -> None:
        """Drop the connection; the next notification makes a new one."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._bus is not None:
            self._bus.close()
            self._bus = None
        self._ids.clear()
        self._asked.clear()

    def _words(self, notification: Notification) -> tuple[Any, ...]:
        hints: Mapping[str, tuple[str, Any]] = {
            "desktop-entry": ("s", "rolecall"),
            "urgency": ("y", CRITICAL if notification.urgent else NORMAL),
        }
        return (
            "Rolecall",
            self._ids.get(notification.key, 0),
            "rolecall",
            notification.title,
            # A body may be read as markup, a title is plain (Desktop Notifications Specification).
            _unmarked(notification.body),
            [word for action in notification.actions for word in action],
            dict(hints),
            -1,
        )

    def _connected(self) -> SessionBus:
        if self._bus is None:
            self._bus = SessionBus()
            for signal in ("ActionInvoked", "NotificationClosed"):
                self._bus.listen(_SERVICE, _PATH, signal)
            kind = QSocketNotifier.Type.Read
            self._notifier = QSocketNotifier(self._bus.fileno(), kind, self)
            self._notifier.activated.connect(self._read)
        return self._bus

    def _read(self) -> None:
        try:
            for message in self._bus.received() if self._bus else []:
                if message.signal:
                    self._signalled(message.signal, message.body)
                else:
                    self._answered(message.answers, message.body, failed=message.failed)
        except OSError:
            self.close()

    def _answered(self, serial: int, body: tuple[Any, ...], *, failed: bool) -> None:
        notification = self._asked.pop(serial, None)
        if notification is None:
            return
        if failed:
            self._fallback(notification)
        elif body:
            self._ids[notification.key] = int(body[0])

    def _signalled(self, name: str, body: tuple[Any, ...]) -> None:
        key = next((key for key, number in self._ids.items() if number == body[0]), None)
        if key is None:
            return
        if name == "ActionInvoked":
            self.chosen.emit(key, str(body[1]))
        else:
            self._ids.pop(key)


def _unmarked(text: str) -> str:
    # `html.escape` would say the same and cost 600 kB for its table of entities
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def without_accounts(text: str) -> str:
    """`text` with account ids blotted out."""
    return _ACCOUNT.sub("…", text)
