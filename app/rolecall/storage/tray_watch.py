"""Whether the desktop has a place for tray icons, asked on the session bus without Qt."""

from __future__ import annotations

import os
import sys
from typing import Final

_WATCHER: Final = "org.kde.StatusNotifierWatcher"
_SECONDS: Final = 3.0


def tray_present() -> bool | None:
    """Whether a StatusNotifier host is there; None where nobody can tell: no Linux, or no session bus.

    Source: freedesktop.org, "Status Notifier Item", StatusNotifierWatcher.
    """
    if not sys.platform.startswith("linux") or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None
    from jeepney import (  # type: ignore[import-untyped]
        DBusAddress,
        DBusErrorResponse,
        Properties,
    )
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

    address = DBusAddress("/StatusNotifierWatcher", bus_name=_WATCHER, interface=_WATCHER)
    try:
        with open_dbus_connection(bus="SESSION", auth_timeout=_SECONDS) as connection:
            question = Properties(address).get("IsStatusNotifierHostRegistered")
            answer = connection.send_and_get_reply(question, timeout=_SECONDS)
            return answer.header.message_type.name == "method_return" and bool(answer.body[0][1])
    except (OSError, KeyError, ValueError, RuntimeError, DBusErrorResponse):
        return None
