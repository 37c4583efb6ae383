"""Bus: a connection of our own to the session bus, for calls that QtDBus cannot make. Knows no service.

jeepney is imported when the first call is made: most days of most people need none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Received:
    """One message: a signal by name, or the answer (or refusal) to the call with serial `answers`."""

    signal: str = ""
    answers: int = 0
    failed: bool = False
    body: tuple[Any, ...] = ()


class SessionBus:
    """Raises OSError from every method when the bus is not there or goes away."""

    def __init__(self) -> None:
        from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]

        try:
            self._connection = open_dbus_connection("SESSION")
        except (KeyError, ValueError, RuntimeError) as error:
            raise ConnectionError("no session bus") from error

    def fileno(self) -> int:
        """The descriptor that becomes readable when a message came."""
        return int(self._connection.sock.fileno())

    def call(self, service: str, path: str, method: str, signature: str, body: Any) -> int:
        """Send a call whose interface is named like its service; returns the serial of its answer."""
        from jeepney import DBusAddress, new_method_call  # type: ignore[import-untyped]

        address = DBusAddress(path, bus_name=service, interface=service)
        message = new_method_call(address, method, signature, body)
        serial = next(self._connection.outgoing_serial)
        self._connection.send(message, serial=serial)
        return int(serial)

    def listen(self, service: str, path: str, signal: str) -> None:
        """Have a signal of `service` delivered."""
        from jeepney import MatchRule, message_bus

        rule = MatchRule(type="signal", interface=service, member=signal, path=path)
        self._connection.send(message_bus.AddMatch(rule))

    def received(self) -> list[Received]:
        """All messages that are there now; does not wait."""
        found = []
        while True:
            try:
                found.append(_taken(self._connection.receive(timeout=0)))
            except TimeoutError:
                return found

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


def _taken(message: Any) -> Received:
    from jeepney import HeaderFields, MessageType

    fields, kind = message.header.fields, message.header.message_type
    if kind is MessageType.signal:
        return Received(signal=str(fields[HeaderFields.member]), body=tuple(message.body))
    return Received(
        answers=int(fields.get(HeaderFields.reply_serial, 0)),
        failed=kind is MessageType.error,
        body=tuple(message.body),
    )
