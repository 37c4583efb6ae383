"""The MFA devices of an embedded AWS: those there from the start, and those that were made since.

Who may make or enable one is iam.py's matter.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

from rolecall.demo.totp import Device


class Devices:
    """Devices by serial, in the order they were made. Safe to share between threads."""

    def __init__(self, devices: Iterable[Device] = ()) -> None:
        self._held = {device.serial: device for device in devices}
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[Device]:
        with self._lock:
            return iter(tuple(self._held.values()))

    def find(self, serial: str) -> Device | None:
        """The device of a serial, assigned to somebody or not."""
        with self._lock:
            return self._held.get(serial)

    def owned_by(self, owner: str) -> list[Device]:
        """The devices of a user. owner: the user's ARN."""
        return [device for device in self if device.owner == owner]

    def add(self, device: Device) -> bool:
        """Put a new device in; False if its serial is taken."""
        with self._lock:
            return self._held.setdefault(device.serial, device) is device

    def remove(self, serial: str) -> None:
        """Take a device out, if it is there."""
        with self._lock:
            self._held.pop(serial, None)
