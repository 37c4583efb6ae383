"""D-Bus slot: the name by which QtDBus finds a slot, in the form it really takes."""

from __future__ import annotations

from PySide6.QtCore import SLOT


def dbus_slot(signature: str) -> bytes:
    """`signature` for `QDBusConnection.connect`, such as ``sleeps(bool)``.

    The stubs of PySide6 6.11 promise bytes, which it then refuses: only the text of SLOT works.
    """
    return SLOT(signature)  # type: ignore[return-value]
