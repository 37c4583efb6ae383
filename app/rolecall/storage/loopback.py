"""Loopback: a listener on 127.0.0.1 that answers strangers until the one request comes that it waits for.

Owns the connections and their limits, and reads what HTTP/1.1 needs of a request. It starts no thread
and knows no meaning: who waits judges each request. Used for the address a browser is led from
(`browser.py`) and for the one it is led back to (`callback.py`).
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

ADDRESS: Final = "127.0.0.1"

LONGEST_REQUEST: Final = 16 * 1024
"""Bytes of a request line and headers; browsers send one or two thousand."""

MOST_CONNECTIONS: Final = 16
"""Connections at once; the oldest makes room for a new one."""

LONGEST_SILENCE: Final = 10.0
"""Seconds a connection may take to say what it wants. Browsers open some ahead of need."""

TICK: Final = 0.25
"""Seconds between two looks at whether the wait was cancelled."""

NOT_FOUND: Final = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a request is answered with, and whether it was the one that was waited for.

    unheard: it counts even if its sender hung up before the answer, as it brought what was wanted.
    """

    answer: bytes = field(repr=False)
    awaited: bool = False
    unheard: bool = False


Judge = Callable[[bytes], Verdict | None]
"""Takes all that one connection has sent so far; None means that more has to come."""


@dataclass(frozen=True, slots=True)
class Head:
    """Request line and headers. headers: values by lower-case name, each of which comes once."""

    method: str
    target: str = field(repr=False)
    headers: dict[str, str] = field(repr=False)


def head_of(request: bytes) -> Head | None:
    """The head of a whole request, or None where it is no HTTP/1 or a header comes twice."""
    first, *lines = request.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    target, _, version = rest.partition(" ")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _NAME.fullmatch(name) or name.lower() in headers:
            return None
        headers[name.lower()] = value.strip()
    return Head(method, target, headers) if version in {"HTTP/1.0", "HTTP/1.1"} else None


@dataclass(slots=True, eq=False)
class _Client:
    connection: socket.socket
    until: float
    received: bytearray = field(default_factory=bytearray, repr=False)


class Loopback:
    """A port of 127.0.0.1, held from the beginning; `serve` blocks: call it in a Job."""

    def __init__(self, port: int = 0, longest: int = LONGEST_REQUEST) -> None:
        """port: 0 for any free one; longest: bytes a request may have. Raises OSError."""
        self._longest = longest
        self._listener = socket.create_server((ADDRESS, port))
        self._listener.setblocking(False)
        self._clients: dict[socket.socket, _Client] = {}
        self.port: int = self._listener.getsockname()[1]

    def close(self) -> None:
        """Give the port up. May be called twice."""
        self._listener.close()

    def serve(
        self, judge: Judge, patience: float, cancelled: Callable[[], bool] | None = None
    ) -> bool:
        """Answer what comes until the awaited request was answered; the port is given up then.

        patience: seconds at most. cancelled: looked at four times a second. Returns whether it came.
        """
        latest = time.monotonic() + patience
        with selectors.DefaultSelector() as selector, self._listener:
            selector.register(self._listener, selectors.EVENT_READ)
            try:
                while (left := latest - time.monotonic()) > 0 and not (cancelled and cancelled()):
                    for key, _ in selector.select(self._pause(left, cancelled is not None)):
                        if key.fileobj is self._listener:
                            self._accept(selector)
                        elif key.fileobj in self._clients and self._read(
                            self._clients[key.fileobj], judge, selector
                        ):
                            return True
                    self._expire(selector)
            finally:
                for client in tuple(self._clients.values()):
                    self._drop(client, selector)
        return False

    def _pause(self, left: float, ticking: bool) -> float:
        """Seconds until there is something to do even if nobody says anything."""
        now = time.monotonic()
        ends = [left, *(client.until - now for client in self._clients.values())]
        return max(0.0, min([*ends, TICK] if ticking else ends))

    def _accept(self, selector: selectors.BaseSelector) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:  # gone again, or no descriptor left: the oldest gives its own back
            if self._clients:
                self._drop(next(iter(self._clients.values())), selector)
            return
        if len(self._clients) >= MOST_CONNECTIONS:
            self._drop(next(iter(self._clients.values())), selector)
        connection.setblocking(False)
        self._clients[connection] = _Client(connection, time.monotonic() + LONGEST_SILENCE)
        selector.register(connection, selectors.EVENT_READ)

    def _read(self, client: _Client, judge: Judge, selector: selectors.BaseSelector) -> bool:
        """Take what came over one connection. Returns whether the awaited request was answered."""
        try:
            part = client.connection.recv(LONGEST_REQUEST)
        except BlockingIOError:
            return False
        except OSError:
            part = b""
        client.received += part
        verdict = judge(bytes(client.received))
        if verdict is None and part and len(client.received) < self._longest:
            return False
        if verdict is None:  # it ended early, or does not end
            verdict = Verdict(NOT_FOUND)
        answered = sent(client.connection, verdict.answer)
        self._drop(client, selector)
        return verdict.awaited and (answered or verdict.unheard)

    def _expire(self, selector: selectors.BaseSelector) -> None:
        now = time.monotonic()
        for client in [client for client in self._clients.values() if client.until <= now]:
            self._drop(client, selector)

    def _drop(self, client: _Client, selector: selectors.BaseSelector) -> None:
        selector.unregister(client.connection)
        del self._clients[client.connection]
        client.connection.close()


def sent(connection: socket.socket, answer: bytes) -> bool:
    """Whether the kernel took the whole answer. A browser that hangs up at once has it all the same."""
    connection.settimeout(2.0)
    try:
        connection.sendall(answer)
    except OSError:
        return False
    with suppress(OSError):  # reset by then: what was read is the browser's
        connection.shutdown(socket.SHUT_WR)
    return True
