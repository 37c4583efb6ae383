"""The local socket against real clients: the fast one by path, hostile ones, and many at once."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rolecall import agent, fast_client
from rolecall.agent import Reply, Request
from rolecall.domain.problem import Exit, ProblemError
from rolecall.ui import agent_server
from rolecall.ui.agent_server import LONGEST_WAIT, MOST_IN_HAND, AgentServer

EARLIER = fast_client.__file__
"""What the lines of `wire` ran before there was a script that only imports it."""

SCRIPT = str(Path(EARLIER).with_name("ask.py"))


class Served:
    """An AgentServer with a scripted answer; replies are sent at once unless `hold` is set."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "run" / "agent.sock"
        self.path.parent.mkdir(mode=0o700)
        self.environ = {
            "HOME": str(folder),
            "ROLECALL_HOME": str(folder),
            "PATH": os.environ["PATH"],
        }
        self.reply = Reply(out="answer\n")
        self.hold = False
        self.requests: list[Request] = []
        self.waiting: list[Callable[[Reply], None]] = []
        self.gave_up = 0
        self.deadlines: dict[str, Callable[[], None]] = {}
        self.server = AgentServer(
            self.path,
            self.answer,
            {"HOME": str(folder), "PWD": "/"},
            lambda name, _seconds, call: self.deadlines.update({name: call}),
            lambda name: self.deadlines.pop(name, None) and None,
        )
        self.left: dict[socket.socket, bytes] = {}
        self.server.start()

    def said(self, clients: list[socket.socket]) -> bool:
        """Whether everybody has said what they had to say, as far as the app listened."""
        for client in clients:
            try:
                sent = client.send(self.left[client])
            except BlockingIOError:
                sent = 0
            except OSError:  # it was hung up on
                sent = len(self.left[client])
            self.left[client] = self.left[client][sent:]
        return not any(self.left.values())

    @staticmethod
    def hung_up(client: socket.socket) -> bool:
        """Whether the app has closed this connection, without a word."""
        client.setblocking(False)
        try:
            return client.recv(1) == b""
        except BlockingIOError:
            return False

    def answer(
        self, request: Request, replied: Callable[[Reply], None], _asker: str
    ) -> Callable[[], None]:
        self.requests.append(request)
        if self.hold:
            self.waiting.append(replied)
        else:
            replied(self.reply)
        return self._give_up

    def _give_up(self) -> None:
        self.gave_up += 1

    def connect(self) -> socket.socket:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(5)
        client.connect(str(self.path))
        return client

    def start(self, *arguments: str, script: str = SCRIPT) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-S", "-E", script, *arguments],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


@pytest.fixture
def served(tmp_path: Path, qapp: object) -> Iterator[Served]:
    found = Served(tmp_path)
    yield found
    found.server.stop()


def ended(qtbot: QtBot, process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    result: list[tuple[int, bytes, bytes]] = []

    def wait() -> None:
        out, err = process.communicate(timeout=20)
        result.append((process.returncode, out, err))

    thread = threading.Thread(target=wait)
    thread.start()
    qtbot.waitUntil(lambda: bool(result), timeout=20_000)
    thread.join()
    return result[0]


def test_the_fast_client_prints_the_answer(served: Served, qtbot: QtBot) -> None:
    assert ended(qtbot, served.start("credential-process", "prod admin")) == (0, b"answer\n", b"")
    assert (served.requests[0].verb, served.requests[0].role) == (
        "credential-process",
        "prod admin",
    )


def test_a_line_of_an_earlier_version_still_prints_it(served: Served, qtbot: QtBot) -> None:
    process = served.start("credential-process", "prod admin", script=EARLIER)
    assert ended(qtbot, process) == (0, b"answer\n", b"")


@pytest.mark.parametrize("writable", [True, False])
def test_the_client_is_kept_compiled_where_that_can_be_written(
    served: Served, qtbot: QtBot, tmp_path: Path, writable: bool
) -> None:
    folder = tmp_path / "site" / "rolecall"
    folder.mkdir(parents=True)
    for script in (SCRIPT, EARLIER):
        shutil.copy(script, folder)
    cache = folder / "__pycache__"
    if not writable:
        cache.write_text("in the way, of root too")
    process = served.start("status", script=str(folder / "ask.py"))
    assert ended(qtbot, process) == (0, b"answer\n", b"")
    assert cache.is_dir() is writable
    assert not writable or len(list(cache.glob("fast_client.*.pyc"))) == 1


def test_a_packaged_program_beside_the_script_is_what_answers_without_the_app(
    served: Served, qtbot: QtBot, tmp_path: Path
) -> None:
    for script in (SCRIPT, EARLIER):
        shutil.copy(script, tmp_path)
    program = tmp_path / "rolecall"
    program.write_text('#!/bin/sh\nprintf "%s," "$@"\n')
    program.chmod(0o755)
    served.server.stop()
    process = served.start("credential-process", "prod admin", script=str(tmp_path / "ask.py"))
    assert ended(qtbot, process) == (0, b"credential-process,prod admin,", b"")


def test_a_refusal_goes_to_stderr_with_its_exit_code(served: Served, qtbot: QtBot) -> None:
    served.reply = Reply(Exit.REFUSED, err="refused\n")
    assert ended(qtbot, served.start("status")) == (5, b"", b"refused\n")


def test_a_caller_of_other_files_is_not_served(served: Served, qtbot: QtBot) -> None:
    served.environ["AWS_CONFIG_FILE"] = "/elsewhere"
    code, out, _ = ended(qtbot, served.start("status", "--json"))
    assert (code, out) == (0, b"[]\n"), "the full command answers by itself"
    assert served.requests == []


def test_the_full_command_speaks_the_other_form(served: Served, qtbot: QtBot) -> None:
    replies: list[Reply | None] = []
    request = Request(
        "login", "prod", context=agent.caller_context({"HOME": served.environ["HOME"]})
    )
    thread = threading.Thread(target=lambda: replies.append(agent.ask(request, served.environ)))
    thread.start()
    qtbot.waitUntil(lambda: bool(replies), timeout=10_000)
    thread.join()
    assert replies == [Reply(out="answer\n")]


def test_two_hundred_callers_at_once_are_all_served(served: Served, qtbot: QtBot) -> None:
    served.hold = True
    lines = fast_client.context_lines({b"HOME": os.fsencode(served.environ["HOME"])})
    clients = [served.connect() for _ in range(200)]
    for client in clients:
        client.sendall(b"1 credential-process prod\n" + lines)
    qtbot.waitUntil(lambda: len(served.waiting) == 200, timeout=10_000)
    for replied in served.waiting:
        replied(Reply(out="x" * 1000))
    for client in clients:
        with client:
            assert client.makefile("rb").read() == b"\0" + b"x" * 1000


def test_a_caller_who_goes_frees_its_place(served: Served, qtbot: QtBot) -> None:
    served.hold = True
    client = served.connect()
    client.sendall(
        b"1 status \n" + fast_client.context_lines({b"HOME": os.fsencode(served.environ["HOME"])})
    )
    qtbot.waitUntil(lambda: bool(served.waiting), timeout=5_000)
    client.close()
    qtbot.waitUntil(lambda: served.gave_up == 1, timeout=5_000)
    served.waiting[0](Reply(out="late"))


def test_a_helper_whose_app_ends_while_it_waits_ends_too(served: Served, qtbot: QtBot) -> None:
    """It does not become the full command, which would start the app that a person just quit."""
    served.hold = True
    processes = [served.start("credential-process", "prod") for _ in range(3)]
    qtbot.waitUntil(lambda: len(served.waiting) == 3, timeout=10_000)
    served.server.stop()
    told = str(agent.app_ended().title) + "\n" + str(agent.app_ended().remedy) + "\n"
    for process in processes:
        assert ended(qtbot, process) == (Exit.NOBODY_TO_ASK, b"", told.encode())


def test_what_waits_for_nobody_is_answered_without_an_app_that_ends(
    served: Served, qtbot: QtBot
) -> None:
    served.hold = True
    process = served.start("status", "--json")
    qtbot.waitUntil(lambda: len(served.waiting) == 1, timeout=10_000)
    served.server.stop()
    assert ended(qtbot, process) == (0, b"[]\n", b"")


@pytest.mark.parametrize("verb", ["login", "export", "credential-process", "console", "list"])
def test_a_command_whose_app_ends_while_it_waits_is_told(
    served: Served, qtbot: QtBot, verb: str
) -> None:
    served.hold = True
    found: list[object] = []

    def ask() -> None:
        context = agent.caller_context({"HOME": served.environ["HOME"]})
        try:
            found.append(agent.ask(Request(verb, "prod", context=context), served.environ))
        except ProblemError as error:
            found.append(error.problem)

    thread = threading.Thread(target=ask)
    thread.start()
    qtbot.waitUntil(lambda: len(served.waiting) == 1, timeout=10_000)
    served.server.stop()
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    thread.join()
    assert found == [None if verb == "list" else agent.app_ended()]


TOO_MUCH = b"x" * (agent.LONGEST_REQUEST + 5_000)


@pytest.mark.parametrize("said", [b"nonsense\n\n", b"{}\n", TOO_MUCH, b"\0\n\n"])
def test_a_hostile_client_is_cut_off_and_others_go_on(
    served: Served, qtbot: QtBot, said: bytes
) -> None:
    hostile = served.connect()
    gone: list[bytes] = []

    def read() -> None:
        try:
            hostile.sendall(said)
            gone.append(hostile.recv(1))
        except ConnectionError:
            gone.append(b"")

    thread = threading.Thread(target=read)
    thread.start()
    qtbot.waitUntil(lambda: bool(gone), timeout=5_000)
    thread.join()
    hostile.close()
    assert gone == [b""]
    assert ended(qtbot, served.start("status"))[0] == 0


def half_open(served: Served, count: int, size: int) -> list[socket.socket]:
    """Clients that say `size` bytes of a request and no more."""
    clients = [served.connect() for _ in range(count)]
    for client in clients:
        client.setblocking(False)
        served.left[client] = b'{"v":1,"verb":"' + b"x" * (size - 15)
    return clients


def test_half_requests_take_no_more_than_their_share_and_others_are_served(
    served: Served, qtbot: QtBot
) -> None:
    served.hold = True
    request = Request("login", "prod", context={"HOME": served.environ["HOME"], "PWD": "/"})
    waiting, slow = served.connect(), served.connect()
    waiting.sendall(agent.encoded(request))
    slow.sendall(b"1 sta")
    qtbot.waitUntil(lambda: len(served.waiting) == 1)
    clients = half_open(served, 100, 190 * 1024)
    qtbot.waitUntil(lambda: served.said(clients), timeout=20_000)
    qtbot.waitUntil(lambda: served.server._in_hand <= MOST_IN_HAND)
    qtbot.waitUntil(lambda: len(served.server._clients) <= 2 + MOST_IN_HAND // (190 * 1024))
    for client in clients:
        client.close()
    qtbot.waitUntil(lambda: len(served.server._clients) == 2)
    slow.sendall(
        b"tus\n" + fast_client.context_lines({b"HOME": os.fsencode(served.environ["HOME"])})
    )
    qtbot.waitUntil(lambda: len(served.waiting) == 2)
    for replied in served.waiting:
        replied(served.reply)
    for client in (waiting, slow):
        with client:
            assert b"answer" in client.recv(4096)
    qtbot.waitUntil(lambda: not served.server._clients)
    assert served.server._in_hand == 0


def test_requests_that_wait_are_weighed_too(served: Served, qtbot: QtBot) -> None:
    served.hold = True
    context = {"HOME": served.environ["HOME"], "PWD": "/"}
    large = agent.encoded(Request("login", "x" * 180_000, context=context))
    clients = [served.connect() for _ in range(40)]
    for client in clients:
        client.setblocking(False)
        served.left[client] = large
    qtbot.waitUntil(lambda: served.said(clients), timeout=20_000)
    server = served.server
    qtbot.waitUntil(lambda: len(served.waiting) > 20 and not any(c.half for c in server._clients))
    assert 20 < len(served.server._clients) <= MOST_IN_HAND // 180_000
    assert served.gave_up == len(served.waiting) - len(served.server._clients)
    assert all(not request.context for request in served.requests)
    for client in clients:
        client.close()
    qtbot.waitUntil(lambda: served.server._in_hand == 0)


def test_who_comes_on_top_of_the_most_is_told_so_at_once(
    served: Served, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent_server, "MOST_CLIENTS", 1)
    served.hold = True
    lines = fast_client.context_lines({b"HOME": os.fsencode(served.environ["HOME"])})
    idle, first, second = (served.connect() for _ in range(3))
    for client in (first, second):
        client.sendall(b"1 status\n" + lines)
    qtbot.waitUntil(lambda: len(served.waiting) == 1 and len(served.server._clients) == 2)
    assert second.recv(9) == bytes([fast_client.NOT_HERE])
    served.waiting[0](served.reply)
    assert first.recv(9) == b"\0answer\n"
    third = served.connect()
    third.sendall(b"1 status\n" + lines)
    qtbot.waitUntil(lambda: len(served.waiting) == 2)
    for client in (idle, first, second, third):
        client.close()
    qtbot.waitUntil(lambda: not served.server._clients)
    assert served.server.under_way == 0


def test_a_crowd_that_says_nothing_makes_room_and_who_has_spoken_is_heard(
    served: Served, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent_server, "MOST_OPEN", 5)
    lines = fast_client.context_lines({b"HOME": os.fsencode(served.environ["HOME"])})
    idle = [served.connect() for _ in range(9)]
    idle[8].sendall(b"1 sta")
    spoken = [served.connect() for _ in range(9)]
    for client in spoken:
        client.sendall(b"1 status\n" + lines)
    qtbot.waitUntil(lambda: len(served.requests) == 9)
    assert [client.recv(9) for client in spoken] == [b"\0answer\n"] * 9
    assert len(served.server._clients) <= 5
    for client in (*idle, *spoken):
        client.close()
    qtbot.waitUntil(lambda: not served.server._clients)


def test_who_waits_for_an_answer_makes_no_room(
    served: Served, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent_server, "MOST_OPEN", 3)
    served.hold = True
    lines = fast_client.context_lines({b"HOME": os.fsencode(served.environ["HOME"])})
    clients = [served.connect() for _ in range(3)]
    for client in clients:
        client.sendall(b"1 status\n" + lines)
    qtbot.waitUntil(lambda: len(served.waiting) == 3)
    with served.connect() as late:
        qtbot.waitUntil(lambda: served.hung_up(late))
    for replied in served.waiting:
        replied(served.reply)
    assert [client.recv(9) for client in clients] == [b"\0answer\n"] * 3
    for client in clients:
        client.close()


def test_a_half_open_client_has_a_deadline(served: Served, qtbot: QtBot) -> None:
    client = served.connect()
    client.sendall(b"1 sta")
    qtbot.waitUntil(lambda: len(served.deadlines) == 1, timeout=5_000)
    next(iter(served.deadlines.values()))()
    assert client.recv(1) == b""
    client.close()
    assert LONGEST_WAIT <= 5


def test_the_socket_is_private_and_a_stale_one_is_replaced(served: Served) -> None:
    assert stat.S_IMODE(served.path.stat().st_mode) == 0o600
    served.server.stop()
    assert not served.path.exists()
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(served.path))
    left.close()
    served.server.start()
    served.connect().close()


def test_the_client_does_not_believe_a_server_of_another_user(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast_client.posix, "geteuid", lambda: os.geteuid() + 1)
    assert fast_client.connect(os.fsencode(served.path)) is None


def test_a_fault_behind_the_socket_keeps_no_client_waiting(qtbot: QtBot, served: Served) -> None:
    def breaks(*_: object) -> Callable[[], None]:
        raise RuntimeError("a fault of ours")

    served.server.answer = breaks
    with served.connect() as client, qtbot.captureExceptions() as faults:
        client.sendall(
            agent.encoded(
                Request("login", "prod", context={"HOME": served.environ["HOME"], "PWD": "/"})
            )
        )
        qtbot.waitUntil(lambda: bool(faults))
        assert client.recv(10) == b""
    assert not served.deadlines


def test_a_command_that_is_interrupted_says_nothing(served: Served, qtbot: QtBot) -> None:
    served.hold = True
    process = served.start("credential-process", "prod")
    qtbot.waitUntil(lambda: bool(served.waiting), timeout=10_000)
    process.send_signal(signal.SIGINT)
    assert ended(qtbot, process) == (130, b"", b"")
    qtbot.waitUntil(lambda: served.gave_up == 1)


def test_an_answer_nobody_reads_is_no_traceback(served: Served, qtbot: QtBot) -> None:
    served.hold = True
    process = served.start("status")
    qtbot.waitUntil(lambda: bool(served.waiting), timeout=10_000)
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    served.waiting[0](Reply(out="answer\n"))
    assert ended(qtbot, process) == (1, None, b"")


def test_a_folder_that_was_deleted_keeps_nobody_from_asking(
    served: Served, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    process = subprocess.Popen(
        ["/bin/sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", sys.executable, "-S", "-E", SCRIPT, "status"],
        cwd=folder, env=served.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert ended(qtbot, process) == (0, b"answer\n", b"")


def test_a_space_at_the_end_belongs_to_the_name(served: Served, qtbot: QtBot) -> None:
    ended(qtbot, served.start("credential-process", "prod "))
    assert served.requests[0].role == "prod "
