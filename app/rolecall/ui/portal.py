"""Portal: what the desktop says about light and dark where Qt cannot tell. Asks the bus once; blocks.

Source: XDG Desktop Portal, org.freedesktop.portal.Settings, `color-scheme` (0 none, 1 dark, 2 light).
"""

from __future__ import annotations

from typing import Final

_PATIENCE: Final = 2.0
"""Seconds to wait: an absent portal may first be searched for by the bus."""


def read_dark() -> bool | None:
    """Whether the desktop prefers dark; None where it has no opinion or there is no portal.

    Blocks up to two seconds, so it belongs into a Job.
    """
    from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

    settings = DBusAddress(
        "/org/freedesktop/portal/desktop",
        bus_name="org.freedesktop.portal.Desktop",
        interface="org.freedesktop.portal.Settings",
    )
    question = new_method_call(
        settings, "Read", "ss", ("org.freedesktop.appearance", "color-scheme")
    )
    try:
        with open_dbus_connection(bus="SESSION") as connection:
            reply = connection.send_and_get_reply(question, timeout=_PATIENCE)
    except (OSError, KeyError, ValueError, TimeoutError):
        return None
    return _dark(reply.body)


def _dark(body: object) -> bool | None:
    """The number inside the answer, which is a variant in a variant."""
    while isinstance(body, tuple) and body:
        body = body[-1]
    return {1: True, 2: False}.get(body) if isinstance(body, int) else None
