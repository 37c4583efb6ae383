"""HTTP/1.1 on 127.0.0.1: one thread a connection, keep-alive, bounded requests, whole answers in one write.

Knows nothing of AWS: it hands a Request to `respond` and writes what comes back.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Final

from rolecall.demo.wire import Answer, Request, text_answer

BODY_LIMIT: Final = 256 * 1024
IDLE_SECONDS: Final = 60.0

HOSTS: Final = {"127.0.0.1", "localhost"}


@dataclass(frozen=True, slots=True)
class Cut:
    """Send this much of an answer and drop the connection; None sends nothing at all."""

    answer: Answer | None = None


class Loopback:
    """The listener. respond runs on the connection's thread; wall gives the Date header's epoch seconds."""

    def __init__(
        self, respond: Callable[[Request], Answer | Cut], wall: Callable[[], float]
    ) -> None:
        self.respond = respond
        self.wall = wall
        self.port = 0
        self._listener: socket.socket | None = None
        self._stopping = threading.Event()
        self._open: dict[socket.socket, threading.Thread] = {}
        self._lock = threading.Lock()
        self._accepting: threading.Thread | None = None

    def start(self) -> None:
        """Listen on a free port. Raises OSError."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._accepting = threading.Thread(target=self._accept, name="demo-accept", daemon=True)
        self._accepting.start()

    def stop(self) -> None:
        """Close every connection and wait for the threads, a second each at most. May be called twice."""
        if self._listener is None or self._accepting is None or self._stopping.is_set():
            return
        self._stopping.set()
        # A blocked accept() is woken the one way that works on every system.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._accepting.join(timeout=1)
        self._listener.close()
        with self._lock:
            still_open = dict(self._open)
        for connection in still_open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in still_open.values():
            thread.join(timeout=1)

    def wait(self, seconds: float) -> bool:
        """Sleep, but not past stop(); True if it was stopped."""
        return self._stopping.wait(seconds)

    def _accept(self) -> None:
        assert self._listener is not None  # noqa: S101  started only by start()
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                if self._stopping.wait(0.05):
                    return
                continue
            if self._stopping.is_set():
                connection.close()
                return
            thread = threading.Thread(
                target=self._serve, args=(connection,), name="demo-connection", daemon=True
            )
            with self._lock:
                self._open[connection] = thread
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            _Handler(connection, self)
        with self._lock:
            self._open.pop(connection, None)


class _Handler(BaseHTTPRequestHandler):
    """Reads requests off one connection until it ends."""

    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True

    def __init__(self, connection: socket.socket, loopback: Loopback) -> None:
        self._loopback = loopback
        super().__init__(connection, ("127.0.0.1", 0), None)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def version_string(self) -> str:
        return "rolecall-demo"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's signature
        """Nothing: a request line may hold a sign-in token."""

    def _answer(self) -> None:
        request = self._read()
        if isinstance(request, Answer):
            self.close_connection = True
            self._write(request)
            return
        answer = self._loopback.respond(request)
        if isinstance(answer, Cut):
            self.close_connection = True
            if answer.answer:
                self._write(answer.answer, half=True)
            return
        self._write(answer)

    def _read(self) -> Request | Answer:
        """The request, or the answer to one that is not taken."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in HOSTS:  # a web page that had its own name point here
            return text_answer(421, "This server answers to 127.0.0.1\n")
        if "Transfer-Encoding" in self.headers:
            return text_answer(411, "Content-Length is required\n")
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()):
            return text_answer(400, "Content-Length is not a number\n")
        if len(length) > 9 or int(length) > BODY_LIMIT:
            return text_answer(413, f"At most {BODY_LIMIT} bytes\n")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            return text_answer(400, "The body is shorter than Content-Length\n")
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.command, path, query, headers, body)

    def _write(self, answer: Answer, *, half: bool = False) -> None:
        phrase = HTTPStatus(answer.status).phrase
        lines = [
            f"HTTP/1.1 {answer.status} {phrase}",
            f"Date: {formatdate(self._loopback.wall(), usegmt=True)}",
            f"Content-Type: {answer.content_type}",
            f"Content-Length: {len(answer.body)}",
            *(f"{name}: {value}" for name, value in answer.headers),
        ]
        if self.close_connection:
            lines.append("Connection: close")
        body = answer.body[: len(answer.body) // 2] if half else answer.body
        if self.command == "HEAD":  # no content, whatever its length (RFC 9110 §9.3.2)
            body = b""
        self.wfile.write("\r\n".join((*lines, "", "")).encode("latin-1") + body)
