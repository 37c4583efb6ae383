"""Agent server: the local socket on the GUI thread. Owns connections and their limits, no answer.

Same user only: the folder is 0700 and the kernel tells who the peer is. A slow, silent or hostile
client costs one descriptor for a few seconds and stops nobody else.
"""

from __future__ import annotations

import _socket
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSocketNotifier

from rolecall.agent import (
    MalformedRequestError,
    Reply,
    Request,
    complete,
    encoded_reply,
    parse,
    same_context,
)

if TYPE_CHECKING:
    from rolecall.domain.journal import Asker

MOST_CLIENTS: Final = 600
"""Requests under way at once; 500 helpers of one parallel build are a real case. Whoever comes on top is told
that nobody answers here: the command then works by itself."""

MOST_OPEN: Final = 700
"""Connections at once. For one on top, the oldest that has nothing to say is closed."""

MOST_IN_HAND: Final = 4 * 1024 * 1024
"""Bytes of requests at once, half ones and those that wait: thousands of real ones, or twenty of the longest."""

LONGEST_WAIT: Final = 5.0
"""Seconds a client gets to say what it wants, and to take its answer."""

Answer = Callable[[Request, Callable[[Reply], None], "Asker"], Callable[[], None]]
"""Answers a request to the callback, for the program named; returns how to stop waiting."""

After = Callable[[str, float, Callable[[], None]], None]


class AgentServer(QObject):
    """Listens at `path` from `start` until `stop`."""

    def __init__(
        self,
        path: Path,
        answer: Answer,
        context: Mapping[str, str],
        after: After,
        cancel: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        """context: the AWS files and endpoints served here; after, cancel: the heartbeat's."""
        super().__init__(parent)
        self._path = path
        self.answer = answer
        self.context = context
        self.after = after
        self.cancel = cancel
        self._listener: _socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._clients: dict[_Client, None] = {}  # the oldest first
        self._in_hand = 0
        self.under_way = 0

    def start(self) -> None:
        """Listen. Only the holder of the instance lock may call it: a socket left behind is removed.

        Raises OSError if the folder cannot be written.
        """
        self._path.unlink(missing_ok=True)
        listener = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        before = os.umask(0o177)
        try:
            listener.bind(os.fsencode(self._path))
        finally:
            os.umask(before)
        listener.listen(1024)
        listener.setblocking(False)
        self._listener = listener
        self._notifier = QSocketNotifier(listener.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)

    def stop(self) -> None:
        """Close everything, the door first; whoever still waits sees the connection end."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._listener is not None:
            self._listener.close()
            self._listener = None
            self._path.unlink(missing_ok=True)
        for client in tuple(self._clients):
            client.close()

    def forget(self, client: _Client) -> None:
        """A connection has ended."""
        self._clients.pop(client, None)

    def weigh(self, size: int) -> None:
        """So many bytes of requests more are in hand, or fewer. Too many, and the largest are closed.

        Those that were not said to the end go before those that somebody waits for, the oldest first.
        """
        self._in_hand += size
        while self._in_hand > MOST_IN_HAND and self._clients:
            max(self._clients, key=lambda client: (client.half, client.size)).close()

    def _accept(self) -> None:
        while self._listener is not None:
            try:
                # `socket` in place of `_socket` would cost the start 8 ms
                descriptor, _ = self._listener._accept()  # type: ignore[attr-defined]  # noqa: SLF001
            except OSError:
                return
            connection = _socket.socket(fileno=descriptor)
            if _same_user(connection) and self._has_room():
                self._clients[_Client(self, connection)] = None
            else:
                connection.close()

    def _has_room(self) -> bool:
        """Whether one more may come, now that those who dawdle have made room."""
        for client in tuple(self._clients):
            if len(self._clients) < MOST_OPEN:
                break
            if client.half:
                client.hurry()
        return len(self._clients) < MOST_OPEN


class _Client:
    """One connection: reads a request, waits, writes the reply, closes."""

    def __init__(self, server: AgentServer, connection: _socket.socket) -> None:
        """size: bytes of its request that are held."""
        self._server = server
        self._connection = connection
        connection.setblocking(False)
        self._received = b""
        self._sending = b""
        self._open = True
        self._fast: bool | None = None
        self.size = 0
        self._give_up: Callable[[], None] | None = None
        self._name = f"client {connection.fileno()} {id(self)}"
        self._reads = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, server)
        self._writes = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, server)
        self._writes.setEnabled(False)
        self._reads.activated.connect(self._read)
        self._writes.activated.connect(self._write)
        server.after(self._name, LONGEST_WAIT, self.close)

    @property
    def half(self) -> bool:
        """Whether its request has not been said to the end."""
        return self._fast is None

    def hurry(self) -> None:
        """Say the rest now, or go: another one waits for the place."""
        self._read()
        if self.half:
            self.close()

    def close(self) -> None:
        """End the connection; whatever it waited for loses one who waits."""
        if not self._open:
            return
        self._open = False
        self._let_go()
        if not self.half:
            self._server.under_way -= 1
        self._server.cancel(self._name)
        for notifier in (self._reads, self._writes):
            notifier.setEnabled(False)
            notifier.deleteLater()
        self._connection.close()
        self._server.forget(self)
        give_up, self._give_up = self._give_up, None
        if give_up is not None:
            give_up()

    def _read(self) -> None:
        try:
            part = self._connection.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        if not part or not self.half:
            self.close()  # gone, or talking on after its request
            return
        self._received += part
        self.size += len(part)
        self._server.weigh(len(part))
        if not self._open:
            return
        try:
            if complete(self._received):
                self._serve(parse(self._received))
        except MalformedRequestError:
            self.close()

    def _let_go(self) -> None:
        """Nothing of its request is held any more."""
        size, self.size, self._received = self.size, 0, b""
        self._server.weigh(-size)

    def _serve(self, request: Request) -> None:
        self._fast, self._received = request.fast, b""
        self._server.cancel(self._name)
        self._server.under_way += 1
        ours = request.verb == "raise" or same_context(request.context, self._server.context)
        if self._server.under_way > MOST_CLIENTS or not ours:
            self._reply(Reply(not_here=True))
            return
        try:
            request = replace(request, context={})  # it may be large, and has done its work
            give_up = self._server.answer(request, self._reply, asker(self._connection))
        except BaseException:
            self.close()  # the fault is reported by whoever called us; this client waits for nothing
            raise
        if self._open and not self._sending:
            self._give_up = give_up

    def _reply(self, reply: Reply) -> None:
        self._give_up = None
        if self._fast is None or self._sending or not self._open:
            return
        self._let_go()
        self._sending = encoded_reply(reply, fast=self._fast)
        self._server.after(self._name, LONGEST_WAIT, self.close)
        self._write()

    def _write(self) -> None:
        try:
            sent = self._connection.send(self._sending)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close()
            return
        self._sending = self._sending[sent:]
        if self._sending:
            self._writes.setEnabled(True)
        else:
            self.close()


def _same_user(connection: _socket.socket) -> bool:
    uid = _peer(connection)[1]
    return uid is None or uid == os.geteuid()


def _peer(connection: _socket.socket) -> tuple[int | None, int | None]:
    """Process and user id of the other side, as the kernel noted them at connect (unix(7))."""
    if not hasattr(_socket, "SO_PEERCRED"):
        return None, None  # elsewhere the 0700 folder alone keeps others out
    found = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)
    return int.from_bytes(found[:4], sys.byteorder), int.from_bytes(found[4:8], sys.byteorder)


def asker(connection: _socket.socket) -> Asker:
    """The program that asked, as the kernel and /proc tell it; NOBODY where they do not."""
    from rolecall.ui.asker import asker_of

    pid, uid = _peer(connection)
    return asker_of(pid or 0, uid)
