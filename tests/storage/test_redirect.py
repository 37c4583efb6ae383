"""The one-time address: it leads to the sign-in URL exactly once, and only for who was given it."""

from __future__ import annotations

import errno
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rolecall.domain.problem import ProblemError
from rolecall.storage import browser
from rolecall.storage.browser import OneTimeRedirect, open_browser, show_in_browser
from rolecall.storage.loopback import LONGEST_REQUEST, sent

SECRET = "https://signin.aws.amazon.com/federation?Action=login&SigninToken=CANARY-TOKEN"


class Serving:
    """A redirect that is being served on a thread of the test."""

    def __init__(self, patience: float = 20.0) -> None:
        self.redirect = OneTimeRedirect(SECRET)
        self.came: list[bool] = []
        self.parts = urlsplit(self.redirect.address)
        self._thread = threading.Thread(
            target=lambda: self.came.append(self.redirect.serve(patience))
        )
        self._thread.start()

    def get(
        self, path: str | None = None, method: str = "GET", host: str | None = None
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(str(self.parts.hostname), self.parts.port, 5)
        headers = {} if host is None else {"Host": host}
        with closing(connection):
            connection.request(method, path or self.parts.path, headers=headers)
            answer = connection.getresponse()
            answer.read()
        return answer

    def end(self) -> bool:
        self._thread.join(10)
        assert not self._thread.is_alive()
        return self.came[0]


@pytest.fixture
def serving() -> Iterator[Serving]:
    one = Serving()
    yield one
    with suppress(ConnectionError):  # it may end in this very moment, having been asked
        one.get()
    one.end()


def test_it_leads_there_once(serving: Serving) -> None:
    answer = serving.get()
    assert answer.status == 302
    assert answer.getheader("Location") == SECRET
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert serving.end() is True
    with pytest.raises(ConnectionRefusedError):
        serving.get()


@pytest.mark.parametrize(
    ("path", "method", "host"),
    [
        ("/", "GET", None),
        ("/favicon.ico", "GET", None),
        ("/" + "A" * 43, "GET", None),
        (None, "HEAD", None),
        (None, "POST", None),
        (None, "GET", "evil.example"),
        (None, "GET", "localhost:1"),
    ],
)
def test_anything_else_is_not_found_and_uses_nothing_up(
    serving: Serving, path: str | None, method: str, host: str | None
) -> None:
    answer = serving.get(path, method, host)
    assert answer.status == 404
    assert answer.getheader("Location") is None
    assert serving.get().status == 302


def test_the_path_is_compared_whole(serving: Serving) -> None:
    for path in (serving.parts.path[:-1], serving.parts.path + "x", serving.parts.path + "?a=b"):
        assert serving.get(path).status == 404


def test_connections_that_say_nothing_stop_nobody(serving: Serving) -> None:
    silent = [
        socket.create_connection((serving.parts.hostname, serving.parts.port)) for _ in range(5)
    ]
    begun = time.monotonic()
    assert serving.get().status == 302
    assert time.monotonic() - begun < 2
    for connection in silent:
        connection.close()


def test_an_endless_request_is_cut_off(serving: Serving) -> None:
    with socket.create_connection((serving.parts.hostname, serving.parts.port), 5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * LONGEST_REQUEST)
        assert connection.recv(64).startswith(b"HTTP/1.1 404")


def test_a_request_in_pieces_is_understood(serving: Serving) -> None:
    head = f"GET {serving.parts.path} HTTP/1.1\r\nHost: {serving.parts.netloc}\r\n\r\n".encode()
    with socket.create_connection((serving.parts.hostname, serving.parts.port), 5) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(head), 7):
            connection.sendall(head[start : start + 7])
        assert connection.recv(64).startswith(b"HTTP/1.1 302")
    assert serving.end() is True


def test_a_browser_that_hangs_up_at_once_had_its_answer() -> None:
    """Its reset may arrive between the answer and our own end of it: the address is used up even so."""

    class Reset(socket.socket):
        def shutdown(self, how: int) -> None:
            raise OSError(errno.ENOTCONN, "not connected")

    ours, theirs = socket.socketpair()
    with theirs, Reset(fileno=ours.detach()) as connection:
        assert sent(connection, b"all of it") is True
        assert theirs.recv(64) == b"all of it"


def test_nobody_comes() -> None:
    assert Serving(patience=0.05).end() is False


def test_two_addresses_never_look_alike() -> None:
    first, second = OneTimeRedirect(SECRET), OneTimeRedirect(SECRET)
    first.close()
    second.close()
    nonces = [urlsplit(one.address).path for one in (first, second)]
    assert nonces[0] != nonces[1]
    assert all(len(nonce) >= 40 for nonce in nonces)
    assert "CANARY" not in first.address + repr(first)


@pytest.mark.parametrize("url", ["https://x/\r\nSet-Cookie: a=b", "https://x/ y", "https://x/ü"])
def test_a_url_that_could_break_a_header_is_refused(url: str) -> None:
    with pytest.raises(ProblemError) as caught:
        OneTimeRedirect(url)
    assert caught.value.problem.code == "bad_signin_url"


@pytest.fixture
def browser_program(tmp_path: Path) -> Path:
    """A browser that notes how it was called and follows the address as far as the first answer."""
    program = tmp_path / "browser"
    program.write_text(
        f"#!{sys.executable}\n"
        "import http.client, sys\n"
        "from urllib.parse import urlsplit\n"
        "parts = urlsplit(sys.argv[-1])\n"
        "connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)\n"
        "connection.request('GET', parts.path)\n"
        "answer = connection.getresponse()\n"
        f"open({str(tmp_path / 'seen')!r}, 'w').write(' '.join(sys.argv[1:]) + '\\n')\n"
        f"open({str(tmp_path / 'led')!r}, 'w').write(answer.getheader('Location'))\n"
    )
    program.chmod(0o700)
    return program


def test_the_browser_is_led_there_and_its_command_line_tells_nothing(
    browser_program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", f"{browser_program} --new-window %s")
    show_in_browser(SECRET)
    for child in browser._children:
        child.wait(10)
    assert (tmp_path / "led").read_text() == SECRET
    seen = (tmp_path / "seen").read_text()
    assert seen.startswith("--new-window http://127.0.0.1:")
    assert "CANARY" not in seen


def test_no_browser_at_all_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ProblemError) as caught:
        open_browser("http://127.0.0.1:1/x", {"PATH": str(tmp_path), "BROWSER": "nowhere"})
    assert caught.value.problem.code == "no_browser"


def test_a_browser_that_fails_at_once_gives_way_to_the_next(
    tmp_path: Path, browser_program: Path
) -> None:
    redirect = OneTimeRedirect(SECRET)
    environ = {"PATH": str(tmp_path), "BROWSER": f"/bin/false:{browser_program}"}
    came: list[bool] = []
    thread = threading.Thread(target=lambda: came.append(redirect.serve(10)))
    thread.start()
    open_browser(redirect.address, environ)
    thread.join(10)
    assert came == [True]
    for child in browser._children:
        child.wait(10)


def test_a_frozen_program_gives_its_children_a_clean_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = {
        "PATH": "/bin",
        "LD_LIBRARY_PATH": "/bundle",
        "LD_LIBRARY_PATH_ORIG": "/theirs",
        "_PYI_ARCHIVE_FILE": "x",
        "QT_PLUGIN_PATH": "/bundle/qt",
    }
    assert browser.child_environment(ours) == ours
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert browser.child_environment(ours) == {"PATH": "/bin", "LD_LIBRARY_PATH": "/theirs"}
    assert browser.child_environment({"LD_LIBRARY_PATH": "/bundle"}) == {}


def test_children_that_ended_are_taken_off_the_process_table() -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    browser._children.append(child)
    child.wait(10)
    browser.child_environment({})
    assert child not in browser._children
