"""D-Bus for the tests: calls on any bus by its address, and small services of our own in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from blackbox.waiting import BusError

PROPERTIES = "org.freedesktop.DBus.Properties"
DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
Answer = tuple[str, tuple[Any, ...]]
"""D-Bus signature and the values."""


class Bus:
    """One connection to the bus at `address`. Not for several threads."""

    def __init__(self, address: str) -> None:
        self.connection: DBusConnection = open_dbus_connection(address, auth_timeout=5)

    def call(
        self,
        name: str,
        path: str,
        interface: str,
        member: str,
        signature: str | None = None,
        body: tuple[Any, ...] = (),
        *,
        timeout: float = 10,
    ) -> tuple[Any, ...]:
        """The values of the answer. Raises BusError for an error, TimeoutError for silence."""
        message = new_method_call(
            DBusAddress(path, bus_name=name, interface=interface), member, signature, body
        )
        reply = self.connection.send_and_get_reply(message, timeout=timeout)
        if reply.header.message_type is MessageType.error:
            raise BusError(reply.header.fields.get(HeaderFields.error_name), *reply.body)
        return reply.body

    def get(self, name: str, path: str, interface: str, member: str) -> Any:
        """A property's bare value."""
        return self.call(name, path, PROPERTIES, "Get", "ss", (interface, member))[0][1]

    def owned(self, name: str) -> bool:
        """Whether somebody owns `name` now; starts nobody."""
        return bool(self.call(*DAEMON, "NameHasOwner", "s", (name,))[0])

    def owner_pid(self, name: str) -> int:
        """The process behind a name."""
        return int(self.call(*DAEMON, "GetConnectionUnixProcessID", "s", (name,))[0])

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Service:
    """Owns `name` on a bus and answers calls in a thread, until `close`."""

    def __init__(self, address: str, name: str) -> None:
        self._bus = Bus(address)
        self._bus.call(*DAEMON, "RequestName", "su", (name, 4))
        self._handlers: dict[str, Callable[[Message], Answer]] = {}
        self._sending = threading.Lock()
        self._ending = False
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def answer(self, member: str, handler: Callable[[Message], Answer]) -> None:
        """Have calls of `member` (whatever the interface) answered by `handler`."""
        self._handlers[member] = handler

    def start(self) -> None:
        self._thread.start()

    def signal(self, path: str, interface: str, member: str, signature: str, *body: object) -> None:
        """Tell everybody who listens."""
        emitter = DBusAddress(path, interface=interface)
        with self._sending:
            self._bus.connection.send(new_signal(emitter, member, signature, body))

    def close(self) -> None:
        self._ending = True
        self._thread.join(5)
        self._bus.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._ending:
            try:
                message = self._bus.connection.receive(timeout=0.1)
            except TimeoutError:
                continue
            except OSError:
                return
            if message.header.message_type is MessageType.method_call:
                self._reply(message)

    def _reply(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        handler = self._handlers.get(member)
        try:
            if handler is None:
                raise BusError("org.freedesktop.DBus.Error.UnknownMethod", member)
            reply = new_method_return(message, *handler(message))
        except BusError as error:
            reply = new_error(message, error.args[0], "s", (str(error.args[1]),))
        with self._sending:
            self._bus.connection.send(reply)
