"""A loopback server that answers with exactly the bytes, silences and cuts a test writes down."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from socket import create_server, socket
from urllib.parse import parse_qs

Step = bytes | Callable[[socket], None]


@dataclass
class Request:
    """One request as it came in. form: a urlencoded body, one value per name."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return {key: values[0] for key, values in parse_qs(self.body.decode(), True).items()}


@dataclass
class Script:
    """What the server will answer, one step per request (the last one again and again), and what came."""

    steps: list[Step]
    requests: list[Request] = field(default_factory=list)
    url: str = ""
    connections: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, request: Request) -> Step:
        with self._lock:
            self.requests.append(request)
            return self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]


def answer(
    body: bytes | str, status: int = 200, date: float | None = None, extra: str = ""
) -> bytes:
    """A whole HTTP answer. date: epoch seconds of its Date header, the present if None."""
    data = body.encode() if isinstance(body, str) else body
    head = (
        f"HTTP/1.1 {status} Scripted\r\nContent-Type: text/xml\r\nContent-Length: {len(data)}\r\n"
        f"Date: {formatdate(date, usegmt=True)}\r\n{extra}\r\n"
    )
    return head.encode() + data


def error(code: str, message: str, status: int = 403, date: float | None = None) -> bytes:
    """An error answer of the query protocol."""
    return answer(
        f'<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>'
        f"<Code>{code}</Code><Message>{message}</Message></Error>"
        f"<RequestId>00000000-0000-0000-0000-000000000000</RequestId></ErrorResponse>",
        status,
        date,
    )


def assumed(
    expires: str = "2099-01-01T00:00:00Z", secret: str = "given-secret", date: float | None = None
) -> bytes:
    """A good AssumeRole answer."""
    return answer(
        '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>'
        "<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:me</AssumedRoleId>"
        "<Arn>arn:aws:sts::123456789012:assumed-role/dev/me</Arn></AssumedRoleUser>"
        f"<Credentials><AccessKeyId>ASIAGIVEN</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
        f"<SessionToken>given-token</SessionToken><Expiration>{expires}</Expiration></Credentials>"
        "<PackedPolicySize>6</PackedPolicySize></AssumeRoleResult></AssumeRoleResponse>",
        date=date,
    )


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.script.connections += 1
        while True:
            request = self._read()
            if request is None:
                return
            step = self.server.script.take(request)
            if callable(step):
                step(self.connection)
                return
            self.wfile.write(step)

    def _read(self) -> Request | None:
        line = self.rfile.readline().decode().strip()
        if not line:
            return None
        headers: dict[str, str] = {}
        while text := self.rfile.readline().decode().strip():
            name, _, value = text.partition(":")
            headers[name.lower()] = value.strip()
        return Request(line, headers, self.rfile.read(int(headers.get("content-length", "0"))))


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    script: Script

    def handle_error(self, *_: object) -> None:
        """A client that hangs up early is what many of these tests are about."""


@contextmanager
def scripted(*steps: Step) -> Iterator[Script]:
    """Serve `steps` on loopback while the block runs."""
    script = Script(list(steps))
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.script = script
        script.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield script
        finally:
            script.stopped.set()
            server.shutdown()
            thread.join(5)


@contextmanager
def listening(step: Callable[[socket], None]) -> Iterator[str]:
    """Take one connection and leave it to `step`, unread. Gives the URL."""
    with create_server(("127.0.0.1", 0)) as listener:

        def take() -> None:
            connection, _ = listener.accept()
            with connection:
                step(connection)

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(5)
