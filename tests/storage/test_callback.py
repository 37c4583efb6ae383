"""The way back from a sign-in page: one answer of the right one is taken, and nobody else's."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from urllib.parse import urlencode, urlsplit

import pytest

from rolecall.domain.problem import Problem, ProblemError
from rolecall.storage import loopback
from rolecall.storage.callback import LONGEST_FORM, Callback, Expected

STATE = "CANARY-STATE-0123456789"
CODE = "CANARY-CODE"
FORM = "application/x-www-form-urlencoded"


class Waiting:
    """A callback that is being waited for, on a thread of the test."""

    def __init__(self, expected: Expected | None = None, patience: float = 20.0) -> None:
        self.callback = Callback(expected or Expected(STATE))
        self.address = urlsplit(self.callback.address)
        self.gone = threading.Event()
        self.got: Mapping[str, str] | None = None
        self.problem: Problem | None = None
        self._thread = threading.Thread(target=self._wait, args=(patience,))
        self._thread.start()

    def _wait(self, patience: float) -> None:
        try:
            self.got = self.callback.wait(self.gone.is_set, patience)
        except ProblemError as error:
            self.problem = error.problem

    def ask(
        self,
        fields: Mapping[str, str] | str,
        *,
        method: str = "GET",
        path: str = "/callback",
        host: str = "",
        kind: str = FORM,
    ) -> http.client.HTTPResponse:
        query = fields if isinstance(fields, str) else urlencode(fields)
        connection = http.client.HTTPConnection("127.0.0.1", self.address.port, timeout=5)
        headers = {"Host": host or self.address.netloc}
        with closing(connection):
            if method == "POST":
                connection.request(method, path, query, {**headers, "Content-Type": kind})
            else:
                connection.request(method, f"{path}?{query}", headers=headers)
            answer = connection.getresponse()
            self.page = answer.read().decode()
        return answer

    def end(self) -> None:
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def begin() -> Iterator[Callable[..., Waiting]]:
    begun: list[Waiting] = []

    def one(expected: Expected | None = None, patience: float = 20.0) -> Waiting:
        begun.append(Waiting(expected, patience))
        return begun[-1]

    yield one
    for waiting in begun:
        waiting.gone.set()
        waiting.end()


@pytest.fixture
def waiting(begin: Callable[..., Waiting]) -> Waiting:
    return begin()


def test_the_code_is_taken_once(waiting: Waiting) -> None:
    answer = waiting.ask({"code": CODE, "state": STATE, "iss": "https://idp.example"})
    waiting.end()
    assert waiting.got == {"code": CODE, "state": STATE, "iss": "https://idp.example"}
    assert answer.status == 200
    assert "You can close this window" in waiting.page
    assert CODE not in waiting.page
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert "default-src 'none'" in str(answer.getheader("Content-Security-Policy"))
    with pytest.raises(ConnectionRefusedError):
        waiting.ask({"code": CODE, "state": STATE})


def test_a_no_of_the_provider_is_an_answer(waiting: Waiting) -> None:
    waiting.ask({"error": "access_denied", "state": STATE})
    waiting.end()
    assert waiting.got == {"error": "access_denied", "state": STATE}
    assert "Not signed in" in waiting.page


@pytest.mark.parametrize(
    "query",
    [
        "",
        "code=stolen",
        "code=stolen&state=",
        f"code=stolen&state={STATE[:-1]}",
        f"code=stolen&state={STATE}x",
        f"code=stolen&state={STATE}&state=other",
        f"code=a&code=b&state={STATE}",
        f"state={STATE}",
        f"code=&state={STATE}",
        f"error=access_denied&state=x{STATE}",
        "error=access_denied",
        f"code=%ff%fe&state={STATE}",
        f"state={STATE}&code=a&" + "&".join(f"f{n}=1" for n in range(40)),
    ],
)
def test_a_strangers_answer_changes_nothing(waiting: Waiting, query: str) -> None:
    answer = waiting.ask(query)
    assert answer.status == 400
    assert "not the sign-in Rolecall waits for" in waiting.page
    assert "stolen" not in waiting.page
    waiting.ask({"code": CODE, "state": STATE})
    waiting.end()
    assert waiting.got == {"code": CODE, "state": STATE}


@pytest.mark.parametrize(
    ("path", "method", "host"),
    [
        ("/", "GET", ""),
        ("/favicon.ico", "GET", ""),
        ("/callback/", "GET", ""),
        ("/callback/..", "GET", ""),
        ("/%63allback", "GET", ""),
        ("http://127.0.0.1/callback", "GET", ""),
        ("/callback", "HEAD", ""),
        ("/callback", "POST", ""),
        ("/callback", "GET", "evil.example"),
        ("/callback", "GET", "127.0.0.1"),
        ("/callback", "GET", "localhost:1"),
    ],
)
def test_elsewhere_there_is_nothing(waiting: Waiting, path: str, method: str, host: str) -> None:
    answer = waiting.ask({"code": CODE, "state": STATE}, path=path, method=method, host=host)
    assert answer.status == 404
    assert waiting.ask({"code": CODE, "state": STATE}).status == 200


def test_a_provider_may_know_this_computer_as_localhost(begin: Callable[..., Waiting]) -> None:
    waiting = begin(Expected(STATE, host="localhost", path="/oauth/callback"))
    assert waiting.callback.address == f"http://localhost:{waiting.address.port}/oauth/callback"
    assert waiting.ask({"code": CODE, "state": STATE}, path="/oauth/callback").status == 200


def test_a_posted_form(begin: Callable[..., Waiting]) -> None:
    waiting = begin(_saml())
    assertion = "CANARY+/=" * 10_000
    answer = waiting.ask(
        {"SAMLResponse": assertion, "RelayState": "r"}, method="POST", path="/saml"
    )
    waiting.end()
    assert answer.status == 200
    assert waiting.got == {"SAMLResponse": assertion, "RelayState": "r"}


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data", ""])
def test_a_post_of_another_kind_is_refused(begin: Callable[..., Waiting], kind: str) -> None:
    waiting = begin(_saml())
    refused = waiting.ask({"SAMLResponse": "x"}, method="POST", path="/saml", kind=kind)
    assert refused.status == 400
    assert waiting.ask({"SAMLResponse": "x"}, path="/saml").status == 404
    assert waiting.ask({"SAMLResponse": "x"}, method="POST", path="/saml").status == 200


@pytest.mark.parametrize("length", [str(LONGEST_FORM + 1), "99999999999", "-1", "x", "²"])
def test_a_form_of_no_sensible_length_is_refused(
    begin: Callable[..., Waiting], length: str
) -> None:
    waiting = begin(_saml())
    head = f"POST /saml HTTP/1.1\r\nHost: {waiting.address.netloc}\r\nContent-Type: {FORM}\r\n"
    with _connected(waiting) as connection:
        connection.sendall(f"{head}Content-Length: {length}\r\n\r\n".encode("latin-1"))
        assert connection.recv(64).startswith(b"HTTP/1.1 400")
    assert waiting.ask({"SAMLResponse": "x"}, method="POST", path="/saml").status == 200


def test_a_form_that_comes_in_pieces(begin: Callable[..., Waiting]) -> None:
    waiting = begin(_saml())
    body = urlencode({"SAMLResponse": "A" * 500})
    head = f"POST /saml HTTP/1.1\r\nHost: {waiting.address.netloc}\r\nContent-Type: {FORM}\r\n"
    whole = f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()
    with _connected(waiting) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(whole), 50):
            connection.sendall(whole[start : start + 50])
        assert connection.recv(64).startswith(b"HTTP/1.1 200")


def test_connections_that_say_nothing_stop_nobody(waiting: Waiting) -> None:
    silent = [_connected(waiting) for _ in range(loopback.MOST_CONNECTIONS * 3)]
    begun = time.monotonic()
    assert waiting.ask({"code": CODE, "state": STATE}).status == 200
    assert time.monotonic() - begun < 2
    for connection in silent:
        connection.close()


def test_a_connection_that_goes_on_saying_nothing_is_closed(
    begin: Callable[..., Waiting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loopback, "LONGEST_SILENCE", 0.1)
    with _connected(begin()) as connection:
        assert connection.recv(64) == b""


def test_an_endless_request_is_cut_off(waiting: Waiting) -> None:
    with _connected(waiting) as connection:
        connection.sendall(b"GET /callback HTTP/1.1\r\nX: " + b"a" * loopback.LONGEST_REQUEST)
        assert connection.recv(64).startswith(b"HTTP/1.1 404")
    assert waiting.ask({"code": CODE, "state": STATE}).status == 200


def test_a_browser_that_hangs_up_at_once_has_brought_it(waiting: Waiting) -> None:
    with _connected(waiting) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.sendall(
            f"GET /callback?code={CODE}&state={STATE} HTTP/1.1\r\nHost: {waiting.address.netloc}\r\n\r\n".encode()
        )
        connection.recv(1)
    waiting.end()
    assert waiting.got == {"code": CODE, "state": STATE}


def test_it_ends_when_nobody_wants_it_any_more(waiting: Waiting) -> None:
    begun = time.monotonic()
    waiting.gone.set()
    waiting.end()
    assert time.monotonic() - begun < 5
    assert waiting.problem is not None
    assert waiting.problem.code == "sign_in_cancelled"
    with pytest.raises(ConnectionRefusedError):
        waiting.ask({"code": CODE, "state": STATE})


def test_patience_ends(begin: Callable[..., Waiting]) -> None:
    waiting = begin(patience=0.05)
    waiting.end()
    assert waiting.problem is not None
    assert waiting.problem.code == "browser_did_not_return"


def test_a_port_that_is_taken(begin: Callable[..., Waiting]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as theirs:
        with pytest.raises(ProblemError) as caught:
            Callback(Expected(STATE), port := theirs.getsockname()[1])
        assert caught.value.problem.code == "callback_port_taken"
        assert str(port) in str(caught.value.problem.title)


def test_a_fixed_port_can_be_used_again_at_once() -> None:
    first = Callback(Expected(STATE))
    port = urlsplit(first.address).port or 0
    first.close()
    second = Callback(Expected(STATE), port)
    assert urlsplit(second.address).port == port
    second.close()


def test_only_this_computer_can_reach_it(waiting: Waiting) -> None:
    mine = socket.gethostbyname(socket.gethostname())
    for other in {mine, "127.0.0.2"} - {"127.0.0.1"}:
        with suppress(TimeoutError), pytest.raises(OSError, match="refused"):
            socket.create_connection((other, waiting.address.port), 0.5)


def test_the_page_can_be_in_another_language() -> None:
    callback = Callback(Expected(STATE), say=lambda said: f"<{said}>")
    verdict = callback._judge(
        f"GET /callback?code=a&state={STATE} HTTP/1.1\r\nHost: {urlsplit(callback.address).netloc}\r\n\r\n".encode()
    )
    callback.close()
    assert verdict is not None
    assert b"&lt;Back to Rolecall&gt;" in verdict.answer


def test_what_is_secret_is_not_shown() -> None:
    assert "CANARY" not in repr(Expected(STATE))


def _saml() -> Expected:
    return Expected(path="/saml", wanted=("SAMLResponse",), form=True)


def _connected(waiting: Waiting) -> socket.socket:
    return socket.create_connection(("127.0.0.1", waiting.address.port or 0), 5)
