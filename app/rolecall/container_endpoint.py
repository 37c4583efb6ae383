"""The container credentials endpoint: a loopback address that serves one child process its credentials.

Owns the listener, its limits and the renewal. One thread serves, one at a time renews. A request is
answered at once, or within PATIENCE by 503, and never waits for a person. Keeps credentials in memory
only, and lets go of them as soon as the app does: locked, forgotten, quit. Source of the protocol: AWS SDKs
and Tools Reference Guide, "Container credential provider".
"""

from __future__ import annotations

import json
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from rolecall.domain.container_request import PATH, Status, complete, judge
from rolecall.domain.handed import Handed
from rolecall.domain.problem import Exit, ProblemError

PATIENCE: Final = 1.4
"""Seconds a request waits for a renewal; botocore gives up after two (ContainerMetadataFetcher)."""

LONGEST_HEAD_TIME: Final = 3.0
"""Seconds from the connection to the end of the headers, however they trickle."""

MOST_CLIENTS: Final = 128
"""Connections at once; the oldest of those that have not finished asking makes room for a new one."""

ACCEPTED_AT_ONCE: Final = 32
RETRY: Final = 60.0
"""Seconds until a renewal that failed is tried again."""

RETRY_TAKEN_BACK: Final = 5.0
"""The same where there is nothing left to serve: the person may have unlocked the app meanwhile."""


class Hold(Protocol):
    """The app's word that what it handed out may still be used."""

    def fileno(self) -> int:
        """Readable once the word is taken back; -1 where nothing will come."""
        ...

    def close(self) -> None:
        """Nobody relies on it any more."""
        ...

    def lost(self) -> bool:
        """Whether it is taken back. Never blocks."""
        ...


@dataclass(slots=True, eq=False)
class _Client:
    connection: socket.socket
    until: float
    received: bytearray = field(default_factory=bytearray, repr=False)
    waiting: bool = False


class ContainerEndpoint:
    """Serves from `start` until `close`, or until the process ends."""

    def __init__(
        self,
        first: Handed,
        renew: Callable[[], Handed],
        now: Callable[[], float] = time.time,
        hold: Callable[[], Hold | None] = lambda: None,
    ) -> None:
        """renew: gets new credentials in a thread of its own; may take as long as it likes and raise
        ProblemError. now: UTC epoch seconds. hold: what the last ones stand on, None for nothing.
        Raises OSError where loopback is closed.
        """
        self._held: Handed | None = first
        self._renew, self._now, self._new_hold = renew, now, hold
        self._hold = hold()
        self._watched: Hold | None = None
        self._watched_at = -1
        self._lock = threading.Lock()
        self._renewing = False
        self._not_before = 0.0
        self._failure = ""
        self._token = secrets.token_urlsafe(32)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._listener.setblocking(False)
        self._host = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self._woken, self._wake = socket.socketpair()
        self._woken.setblocking(False)
        self._wake.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._clients: dict[socket.socket, _Client] = {}
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="container-endpoint", daemon=True)

    def variables(self) -> dict[str, str]:
        """What the child gets instead of keys."""
        return {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"http://{self._host}{PATH}",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": self._token,
        }

    def start(self) -> None:
        """Begin to serve, in a thread."""
        self._thread.start()

    def close(self) -> None:
        """Stop serving: nothing listens any more when it returns."""
        self._closing = True
        self._nudge()
        self._thread.join()

    # --- connections -------------------------------------------------------------------

    def _serve(self) -> None:
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        try:
            while not self._closing:
                self._watch()
                for key, _ in self._selector.select(self._timeout()):
                    self._ready(key.fileobj)
                self._expire()
        finally:
            for client in tuple(self._clients.values()):
                self._drop(client)
            self._selector.close()
            for one in (self._listener, self._woken, self._wake, self._watched, self._hold):
                if one is not None:
                    one.close()

    def _watch(self) -> None:
        """Have the selector wake for the hold that counts now, and let go where it is lost already."""
        self._let_go_if_taken_back()
        hold, before = self._hold, self._watched
        at = -1 if hold is None else hold.fileno()
        if hold is before and at == self._watched_at:
            return
        if self._watched_at >= 0:
            self._selector.unregister(self._watched_at)
        if before is not None and before is not hold:
            before.close()
        if at >= 0:
            self._selector.register(at, selectors.EVENT_READ)
        self._watched, self._watched_at = hold, at

    def _timeout(self) -> float | None:
        if not self._clients:
            return None
        return max(0.0, min(c.until for c in self._clients.values()) - time.monotonic())

    def _ready(self, readable: object) -> None:
        if readable is self._listener:
            self._accept()
        elif readable is self._woken:
            self._drain()
            self._answer_waiting()
        elif isinstance(readable, socket.socket) and readable in self._clients:
            self._read(self._clients[readable])

    def _accept(self) -> None:
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                connection, _address = self._listener.accept()
            except BlockingIOError:
                return
            except OSError:  # no descriptor left, or gone again
                self._make_room()
                return
            if len(self._clients) >= MOST_CLIENTS:
                self._make_room()
            connection.setblocking(False)
            until = time.monotonic() + LONGEST_HEAD_TIME
            self._clients[connection] = _Client(connection, until)
            self._selector.register(connection, selectors.EVENT_READ)

    def _make_room(self) -> None:
        oldest = next((c for c in self._clients.values() if not c.waiting), None)
        if oldest is not None:
            self._drop(oldest)

    def _read(self, client: _Client) -> None:
        try:
            part = client.connection.recv(8192)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        client.received += part
        if complete(bytes(client.received)):
            self._judged(client, judge(bytes(client.received), self._host, self._token))
        elif not part:
            self._drop(client)

    def _judged(self, client: _Client, status: Status) -> None:
        if status is not Status.OK:
            self._send(client, status, json.dumps({"message": _SAID[status]}))
            return
        held = self._current()
        if held is not None:
            self._send(client, Status.OK, held.container_answer())
            return
        client.waiting, client.until = True, time.monotonic() + PATIENCE
        self._selector.unregister(client.connection)
        self._answer_waiting()

    def _answer_waiting(self) -> None:
        for client in [c for c in self._clients.values() if c.waiting]:
            held = self._current()
            if held is not None:
                self._send(client, Status.OK, held.container_answer())
            elif not self._renewing:
                self._unavailable(client)

    def _expire(self) -> None:
        now = time.monotonic()
        for client in [c for c in self._clients.values() if c.until <= now]:
            if client.waiting:
                self._unavailable(client)
            else:
                self._drop(client)

    def _unavailable(self, client: _Client) -> None:
        said = self._failure or "The session has ended and a new one is not there yet."
        self._send(client, Status.UNAVAILABLE, json.dumps({"message": said}))

    def _send(self, client: _Client, status: Status, body: str) -> None:
        # A few KB into the empty buffer of a new connection: it takes them at once or is gone.
        try:
            client.connection.send(_response(status, body))
            client.connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        finally:
            self._drop(client)

    def _drop(self, client: _Client) -> None:
        del self._clients[client.connection]
        if not client.waiting:
            self._selector.unregister(client.connection)
        client.connection.close()

    def _nudge(self) -> None:
        try:
            self._wake.send(b"\0")
        except OSError:
            return  # full: it is awake already; closed: nobody is to be woken

    def _drain(self) -> None:
        try:
            while self._woken.recv(4096):
                continue
        except BlockingIOError:
            return

    # --- credentials -------------------------------------------------------------------

    def _current(self) -> Handed | None:
        """The credentials if they may still be handed out; sees to it that new ones are under way."""
        self._let_go_if_taken_back()
        now = self._now()
        with self._lock:
            held = self._held
            due = held is None or held.due(now)
            begin = due and not self._renewing and now >= self._not_before
            self._renewing = self._renewing or begin
        if begin:
            threading.Thread(target=self._renewed, name="renewal", daemon=True).start()
        return held if held is not None and held.usable(now) else None

    def _let_go_if_taken_back(self) -> None:
        with self._lock:
            if self._hold is not None and self._hold.lost():
                self._held, self._not_before = None, 0.0
                self._stand_on(None)

    def _stand_on(self, hold: Hold | None) -> None:
        """Another hold counts from now on. The one that the selector waits for is closed by `_watch`."""
        before, self._hold = self._hold, hold
        if before is not None and before is not self._watched:
            before.close()

    def _renewed(self) -> None:
        held, failure, refused = None, "", False
        try:
            held = self._renew()
        except ProblemError as error:
            failure = str(error.problem.title)
            refused = error.problem.exit is Exit.NOBODY_TO_ASK
        except Exception as error:  # noqa: BLE001  a text could carry a secret
            failure = f"A fault in Rolecall: {type(error).__name__}."
        with self._lock:
            if held is not None:
                self._held = held
                self._stand_on(self._new_hold())
            self._failure = failure
            # Also after a success: what is due at once would be asked for in a loop.
            self._not_before = self._next_try(refused)
            self._renewing = False
        self._nudge()

    def _next_try(self, refused: bool) -> float:
        """refused: a person said no, or nobody is there; not asked again while the old ones serve."""
        now, held = self._now(), self._held
        if held is None:
            return now + RETRY_TAKEN_BACK
        return max(now + RETRY, held.expires_at) if refused else now + RETRY


_SAID: Final = {
    Status.MALFORMED: "This is not HTTP/1.1.",
    Status.FORBIDDEN: "Refused.",
    Status.NOT_FOUND: "There is nothing here.",
    Status.NOT_ALLOWED: "Only GET.",
    Status.TOO_LARGE: "A request here has no body.",
    Status.HEAD_TOO_LARGE: "The headers are too long.",
}

_REASONS: Final = {status: status.name.replace("_", " ").title() for status in Status}


def _response(status: Status, body: str) -> bytes:
    """No header allows another origin anything; nothing may keep a copy."""
    allow = "Allow: GET\r\n" if status is Status.NOT_ALLOWED else ""
    return (
        f"HTTP/1.1 {int(status)} {_REASONS[status]}\r\n"
        "Content-Type: application/json\r\n"
        f"Content-Length: {len(body.encode())}\r\n"
        f"{allow}"
        "Cache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Connection: close\r\n\r\n"
        f"{body}"
    ).encode()
