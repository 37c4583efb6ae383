"""The endpoint over real sockets: who is served, renewal, and what a crowd of bad clients can do to it."""

from __future__ import annotations

import http.client
import json
import resource
import selectors
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from rolecall import agent, container_endpoint
from rolecall.container_endpoint import MOST_CLIENTS, ContainerEndpoint
from rolecall.domain.handed import Handed
from rolecall.domain.problem import Exit, Problem, ProblemError, text
from rolecall.domain.session import Credentials

SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
START = 1_800_000_000.0


def handed(number: int, expires_at: float) -> Handed:
    keys = Credentials(f"ASIA{number}", SECRET, "token")
    return Handed("prod-admin", keys, expires_at)


@dataclass
class Place:
    """An endpoint under test, its clock, and what happens when it renews."""

    now: float = START
    renewals: int = 0
    renew: Callable[[], Handed] | None = None
    holds: list[agent.Hold] = field(default_factory=list)
    endpoint: ContainerEndpoint = field(init=False)

    def __post_init__(self) -> None:
        first = handed(0, START + 900)
        self.endpoint = ContainerEndpoint(first, self._renewed, lambda: self.now, self._hold)
        url = urlsplit(self.endpoint.variables()["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
        self.path, self.port = url.path, url.port or 0
        self.token = self.endpoint.variables()["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
        self.endpoint.start()

    def _hold(self) -> agent.Hold | None:
        return self.holds[-1] if self.holds else None

    def _renewed(self) -> Handed:
        self.renewals += 1
        return self.renew() if self.renew else handed(self.renewals, self.now + 900)

    def get(self, token: str | None = None) -> tuple[int, dict[str, str]]:
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        client.request("GET", self.path, headers={"Authorization": token or self.token})
        answer = client.getresponse()
        found = json.loads(answer.read())
        client.close()
        return answer.status, found

    def raw(self, content: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as client:
            client.sendall(content)
            return b"".join(iter(lambda: client.recv(65536), b""))

    def key(self) -> str:
        status, found = self.get()
        assert status == 200, found
        return found["AccessKeyId"]

    def key_in_time(self, wanted: str) -> None:
        """Wait until a renewal that is under way has come to its end."""
        latest = time.monotonic() + 5
        while self.key() != wanted:
            assert time.monotonic() < latest


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.endpoint.close()


# --- serving ----------------------------------------------------------------------------------------


def test_it_gives_what_an_sdk_wants_and_lets_nobody_keep_it(place: Place) -> None:
    raw = place.raw(
        f"GET {place.path} HTTP/1.1\r\nHost: 127.0.0.1:{place.port}\r\n"
        f"Authorization: {place.token}\r\n\r\n".encode()
    )
    head, _, body = raw.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200 ")
    assert json.loads(body)["SecretAccessKey"] == SECRET
    assert "Cache-Control: no-store" in head
    assert "Access-Control" not in head
    assert place.renewals == 0


def test_every_wrong_token_gets_the_very_same_answer(place: Place) -> None:
    def answer(*headers: str) -> bytes:
        lines = [f"GET {place.path} HTTP/1.1", f"Host: 127.0.0.1:{place.port}", *headers]
        return place.raw("\r\n".join([*lines, "", ""]).encode())

    with_origin = answer(f"Authorization: {place.token}", "Origin: null")
    answers = {answer(), answer("Authorization: x"), answer(f"Authorization: {place.token}x")}
    assert answers == {with_origin}
    assert with_origin.startswith(b"HTTP/1.1 403 ")
    assert SECRET.encode() not in with_origin
    assert b"Access-Control" not in with_origin


def test_each_child_has_a_token_of_its_own(place: Place) -> None:
    other = Place()
    try:
        assert len(place.token) >= 43  # 256 bits in base64
        assert place.get(other.token)[0] == 403
    finally:
        other.endpoint.close()


def test_it_listens_on_loopback_only_and_is_gone_at_the_end(place: Place) -> None:
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{place.port:04X}")
    ]
    assert listening == [f"0100007F:{place.port:04X}"]
    place.endpoint.close()
    with pytest.raises(ConnectionRefusedError):
        place.get()


def test_a_refusal_costs_no_renewal(place: Place) -> None:
    place.now += 2000
    assert place.get("wrong")[0] == 403
    assert place.raw(b"POST / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 403 ")
    assert place.renewals == 0


# --- renewal ----------------------------------------------------------------------------------------


def held_back(place: Place, hold: threading.Event) -> Callable[[], Handed]:
    """A renewal that comes to its end when `hold` is set."""

    def renew() -> Handed:
        assert hold.wait(10)
        return handed(7, place.now + 900)

    return renew


def test_a_session_near_its_end_is_served_while_a_new_one_is_fetched(place: Place) -> None:
    hold = threading.Event()
    place.renew = held_back(place, hold)
    place.now += 600
    assert {place.key() for _ in range(20)} == {"ASIA0"}
    hold.set()
    place.key_in_time("ASIA7")
    assert place.renewals == 1


def test_a_session_that_has_ended_is_replaced_within_the_same_request(place: Place) -> None:
    place.now += 2000
    assert place.key() == "ASIA1"


def test_all_who_wait_are_served_by_one_renewal(place: Place) -> None:
    hold = threading.Event()
    place.renew = held_back(place, hold)
    place.now += 2000
    found: list[str] = []
    asking = [threading.Thread(target=lambda: found.append(place.key())) for _ in range(12)]
    for one in asking:
        one.start()
    while place.renewals == 0:
        assert any(one.is_alive() for one in asking)
    hold.set()
    for one in asking:
        one.join(5)
    assert found == ["ASIA7"] * 12
    assert place.renewals == 1


def test_a_request_never_waits_for_a_person(place: Place) -> None:
    """503 soon while a renewal hangs; served again as soon as it has come."""
    hold = threading.Event()
    place.renew = held_back(place, hold)
    place.now += 2000
    began = time.monotonic()
    status, found = place.get()
    assert status == 503
    assert time.monotonic() - began < 4
    assert "AccessKeyId" not in found
    hold.set()
    latest = time.monotonic() + 5
    while place.get()[0] == 503:
        assert time.monotonic() < latest
    assert place.renewals == 1


def refused(exit_code: Exit) -> Callable[[], Handed]:
    def renew() -> Handed:
        raise ProblemError(Problem("x", text("The MFA code was not given"), exit=exit_code))

    return renew


def test_a_failed_renewal_says_why_and_is_tried_again_after_a_minute(place: Place) -> None:
    place.renew = refused(Exit.NETWORK)
    place.now += 2000
    assert place.get() == (503, {"message": "The MFA code was not given"})
    assert place.get()[0] == 503
    assert place.renewals == 1
    place.now += 61
    place.renew = None
    assert place.key() == "ASIA2"


def test_nobody_is_asked_again_while_the_old_session_serves(place: Place) -> None:
    place.renew = refused(Exit.NOBODY_TO_ASK)
    place.now += 600
    place.key()
    until_renewals(place, 1)
    place.now += 200
    assert place.key() == "ASIA0"
    assert place.renewals == 1
    place.now += 101
    place.get()
    until_renewals(place, 2)


def until_renewals(place: Place, count: int) -> None:
    latest = time.monotonic() + 5
    while place.renewals < count or place.endpoint._renewing:
        assert time.monotonic() < latest


def test_a_fault_is_not_quoted(place: Place) -> None:
    def renew() -> Handed:
        raise RuntimeError(SECRET)

    place.renew = renew
    place.now += 2000
    assert place.get() == (503, {"message": "A fault in Rolecall: RuntimeError."})


def test_a_renewal_that_brings_nothing_newer_is_not_asked_for_in_a_loop(place: Place) -> None:
    place.renew = lambda: handed(7, place.now + 200)
    place.now += 600
    place.key_in_time("ASIA7")
    for _ in range(5):
        place.key()
    assert place.renewals == 1


# --- taken back by the app (B24) --------------------------------------------------------------------


@dataclass
class Held:
    """A Place whose credentials stand on the word of an app, which is at the other end of `app`."""

    place: Place
    app: socket.socket

    def another(self) -> socket.socket:
        """The app's end of what the next credentials stand on."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self.place.holds.append(agent.Hold(ours))
        return theirs


@pytest.fixture
def held() -> Iterator[Held]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    made = Held(Place(holds=[agent.Hold(ours)]), theirs)
    yield made
    made.place.endpoint.close()
    theirs.close()


LOCKED = Problem("locked", text("Rolecall is locked"), exit=Exit.NOBODY_TO_ASK)


@pytest.mark.parametrize("end", ["answer", "close"])
def test_what_the_app_takes_back_is_never_served_again(held: Held, end: str) -> None:
    """From the very next request on, whether the app says so or is gone."""

    def locked() -> Handed:
        raise ProblemError(LOCKED)

    place = held.place
    place.renew = locked
    assert place.key() == "ASIA0"
    if end == "answer":
        held.app.sendall(agent.encoded_reply(agent.Reply(), fast=False))
    else:
        held.app.close()
    for _ in range(20):
        assert place.get() == (503, {"message": "Rolecall is locked"})
    assert place.renewals == 1
    assert place.endpoint._held is None
    place.now += container_endpoint.RETRY_TAKEN_BACK
    place.renew = None
    with held.another():
        assert place.key() == "ASIA2", "unlocked, it goes on"


def test_it_lets_go_though_nobody_asks(held: Held) -> None:
    """Memory is part of what a person locks."""
    held.app.close()
    latest = time.monotonic() + 5
    while held.place.endpoint._held is not None:
        assert time.monotonic() < latest


def test_new_credentials_stand_on_a_new_word(held: Held) -> None:
    place, later = held.place, held.another()
    place.now += 2000
    assert place.key() == "ASIA1"
    assert held.app.recv(1) == b"", "the earlier question is withdrawn"
    assert place.key() == "ASIA1"
    later.close()
    place.renew = refused(Exit.NETWORK)
    assert place.get()[0] == 503


def test_a_word_taken_back_during_a_renewal_counts_for_what_it_brings(held: Held) -> None:
    hold, place, later = threading.Event(), held.place, held.another()
    place.renew = held_back(place, hold)
    place.now += 600
    assert place.key() == "ASIA0"
    later.close()
    place.renew = refused(Exit.NETWORK)
    hold.set()
    latest = time.monotonic() + 5
    while place.get()[0] == 200:
        assert time.monotonic() < latest
    assert place.get()[0] == 503


def test_an_app_that_does_not_know_the_question_takes_nothing_back(held: Held) -> None:
    held.app.sendall(agent.encoded_reply(agent.Reply(not_here=True), fast=False))
    held.app.close()
    before = time.thread_time()
    assert {held.place.key() for _ in range(20)} == {"ASIA0"}
    assert held.place.endpoint._watched_at == -1, "an end that stays readable is not waited for"
    assert time.thread_time() - before < 1


def test_no_word_at_all_is_one_that_is_taken_back() -> None:
    """The app went between its answer and the question."""
    place = Place(holds=[agent.Hold(None)])
    place.renew = refused(Exit.NOBODY_TO_ASK)
    try:
        assert place.get()[0] == 503
    finally:
        place.endpoint.close()


# --- a crowd (B27) ----------------------------------------------------------------------------------


def p95(place: Place, count: int = 40) -> float:
    """Of good requests, in seconds."""
    times = []
    for _ in range(count):
        began = time.monotonic()
        place.key()
        times.append(time.monotonic() - began)
    return statistics.quantiles(times, n=20)[-1]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is closed after three seconds, closed after one: a test is no place to wait."""
    assert container_endpoint.LONGEST_HEAD_TIME <= 5
    monkeypatch.setattr(container_endpoint, "LONGEST_HEAD_TIME", 1.0)


@pytest.mark.usefixtures("impatient")
def test_half_open_clients_stop_nobody_and_are_closed(place: Place) -> None:
    idle = [socket.create_connection(("127.0.0.1", place.port), timeout=8) for _ in range(200)]
    try:
        for client in idle[::2]:
            client.sendall(b"GET /credentials HTTP/1.1\r\nHost: 127")
        assert p95(place) < 0.25
        assert len(place.endpoint._clients) <= MOST_CLIENTS
        began = time.monotonic()
        assert {_end_of(client) for client in idle} == {b""}
        assert time.monotonic() - began < 2
    finally:
        for client in idle:
            client.close()


def _end_of(client: socket.socket) -> bytes:
    try:
        return client.recv(1)
    except ConnectionResetError:  # closed with something of ours unread
        return b""


@pytest.mark.usefixtures("impatient")
def test_trickling_headers_have_an_end(place: Place) -> None:
    with socket.create_connection(("127.0.0.1", place.port), timeout=8) as client:
        began = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ)
            client.sendall(b"GET /credentials HTTP/1.1\r\nX: ")
            while not selector.select(0.2):
                client.sendall(b"a")
        assert time.monotonic() - began < 2
    assert place.key() == "ASIA0"


def test_floods_leave_nothing_behind(place: Place) -> None:
    """1,000 connections, 100 KB headers, a gigabyte announced, pipelines: served on, nothing kept."""
    place.key()
    before, descriptors = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, _open_files()
    good = (
        f"GET {place.path} HTTP/1.1\r\nHost: 127.0.0.1:{place.port}\r\n"
        f"Authorization: {place.token}\r\n"
    )
    for _ in range(1000):
        socket.create_connection(("127.0.0.1", place.port), timeout=5).close()
    for _ in range(20):
        assert _shouted(place, good.encode() + b"X: " + b"a" * 100_000) in {b"431", b""}
        assert place.raw(f"{good}Content-Length: 1000000000\r\n\r\n".encode()).startswith(
            b"HTTP/1.1 413 "
        )
        assert place.raw(f"{good}\r\n".encode() * 20).count(b"HTTP/1.1 ") == 1
    assert p95(place) < 0.25
    latest = time.monotonic() + 5
    while place.endpoint._clients:
        assert time.monotonic() < latest
    assert _open_files() <= descriptors + 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def _shouted(place: Place, content: bytes) -> bytes:
    """The status that came back, or nothing where the connection was cut before it could."""
    try:
        return place.raw(content)[9:12]
    except (ConnectionResetError, BrokenPipeError):
        return b""


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_an_answer_names_account_and_role_where_they_are_known(place: Place) -> None:
    place.renew = lambda: replace(handed(7, place.now + 900), account_id="222222222222")
    place.now += 2000
    assert place.get()[1]["AccountId"] == "222222222222"
