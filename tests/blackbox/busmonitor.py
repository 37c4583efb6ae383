"""Records every byte that crosses a message bus, for the search for secrets afterwards."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

from jeepney import DBusAddress, new_signal

from blackbox.bus import Bus
from blackbox.waiting import until


class BusMonitor:
    """From `__enter__` on all messages of the bus at `address` are kept, raw as they were sent.

    Source: D-Bus specification, org.freedesktop.DBus.Monitoring.BecomeMonitor.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._received = bytearray()
        self._lock = threading.Lock()

    @property
    def traffic(self) -> bytes:
        with self._lock:
            return bytes(self._received)

    def settle(self) -> None:
        """Return when everything sent before this call has been recorded."""
        with Bus(self._address) as bus:
            stamp = f"settled.{bus.connection.unique_name}".encode()
            emitter = DBusAddress("/settle", interface="org.rolecall.tests")
            bus.connection.send(new_signal(emitter, "Settle", "s", (stamp.decode(),)))
            until(lambda: stamp in self.traffic, "the recorder")

    def __enter__(self) -> Self:
        self._bus = Bus(self._address)
        name, path = "org.freedesktop.DBus", "/org/freedesktop/DBus"
        self._bus.call(name, path, f"{name}.Monitoring", "BecomeMonitor", "asu", ([], 0))
        self._thread = threading.Thread(target=self._record, daemon=True)
        self._thread.start()
        return self

    def _record(self) -> None:
        with contextlib.suppress(OSError):
            while part := self._bus.connection.sock.recv(1 << 16):
                with self._lock:
                    self._received += part

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):
            self._bus.connection.sock.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._bus.close()
