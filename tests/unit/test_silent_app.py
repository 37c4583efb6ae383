"""An app that hangs: nobody waits for it for long, and everybody for a person while it lives."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rolecall import agent, fast_client
from rolecall.agent import AppSilentError, Reply, Request
from rolecall.cli.listening import is_listening

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the socket is a Unix one")

CONFIG = """
[profile plain]
role_arn = arn:aws:iam::222222222222:role/Plain
source_profile = build
[profile build]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = secret
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the socket lies; what is noted in one test does not reach the next."""
    (tmp_path / "run").mkdir(mode=0o700)
    kept = {name: value for name, value in os.environb.items() if b"DISPLAY" not in name}
    environ = kept | {b"ROLECALL_HOME": os.fsencode(tmp_path)}
    monkeypatch.setattr("posix.environ", environ)
    monkeypatch.setattr(fast_client, "_found", [])
    monkeypatch.setattr(fast_client, "QUIET", 0.2)
    monkeypatch.setattr(fast_client, "PATIENCE", 0.5)
    (tmp_path / "config").write_text(CONFIG)
    return tmp_path


@pytest.fixture
def stopped(home: Path) -> Iterator[socket.socket]:
    """A listener as a stopped app leaves it: the kernel takes connections, and nobody reads them."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(home / "run/agent.sock"))
        listener.listen(8)
        yield listener


def environ_of(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "ROLECALL_HOME": str(home),
        "AWS_CONFIG_FILE": str(home / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "credentials"),
        "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
        "AWS_MAX_ATTEMPTS": "1",
    }


def test_a_stopped_app_is_found_out(stopped: socket.socket, home: Path) -> None:
    began = time.monotonic()
    with pytest.raises(AppSilentError) as caught:
        agent.ask(Request("export", "plain"), environ_of(home))
    assert caught.value.problem.exit == 6
    assert time.monotonic() - began < 5


def test_nobody_waits_to_tell_it_something(stopped: socket.socket, home: Path) -> None:
    began = time.monotonic()
    assert agent.ask(Request("reread"), environ_of(home)) is None
    assert time.monotonic() - began < fast_client.PATIENCE


def test_the_fast_client_finds_it_out_once(stopped: socket.socket, home: Path) -> None:
    assert fast_client.ask("credential-process", "plain") is None
    began = time.monotonic()
    assert fast_client.ask("credential-process", "plain") is None
    with pytest.raises(AppSilentError):
        agent.ask(Request("credential-process", "plain"), environ_of(home))
    assert time.monotonic() - began < 0.2


def test_a_full_queue_holds_nobody_up(stopped: socket.socket, home: Path) -> None:
    """What was given up is in it still: nobody takes it out."""
    path = os.fsencode(home / "run/agent.sock")
    fast_client.PATIENCE = 1.0
    held = []
    while (client := fast_client.connect(path)) is not None:
        held.append(client)
    assert 8 <= len(held) < 20
    assert is_listening(environ_of(home))  # nobody starts another one
    with pytest.raises(AppSilentError):
        agent.ask(Request("forget", everything=True), environ_of(home))
    for client in held:
        client.close()


def test_a_person_may_take_long_while_the_app_lives(stopped: socket.socket, home: Path) -> None:
    """It answers other questions meanwhile; that it has too many callers shows that it lives too."""
    asked: list[bytes] = []
    reply = agent.encoded_reply(Reply(out="answer"), fast=False)

    def live() -> None:
        waiting, _ = stopped.accept()
        waiting.recv(65536)
        for alive in (lambda c: c.sendall(b"\xff"), lambda c: None):
            probe, _ = stopped.accept()
            asked.append(probe.recv(64))
            alive(probe)
            probe.close()
        waiting.sendall(reply)
        waiting.close()

    served = threading.Thread(target=live)
    served.start()
    found = agent.ask(Request("export", "plain"), environ_of(home))
    served.join()
    assert found is not None
    assert found.out == "answer"
    assert asked == [b"1 alive\n\n"] * 2


COMMANDS = [
    (["status", "--json"], 0, "[]\n"),
    (["list"], 0, "plain"),
    (["explain", "plain"], 0, "AssumeRole"),
    (["forget", "--all"], 6, ""),
    (["credential-process", "plain"], 6, ""),
    (["exec", "plain", "--", "true"], 125, ""),
]


def test_a_command_says_so_and_goes_on_without_it(stopped: socket.socket, home: Path) -> None:
    """What the app holds cannot be forgotten without it. Here AWS cannot be reached, so no role is got."""
    began = time.monotonic()
    running = [start(home, "-m", "rolecall", *arguments) for arguments, *_ in COMMANDS]
    for (arguments, code, answer), process in zip(COMMANDS, running, strict=True):
        out, err = process.communicate(timeout=60)
        assert err.startswith("The running Rolecall does not answer\n"), (arguments, err)
        assert err.count("does not answer") == 1
        assert process.returncode == code, (arguments, err)
        assert answer in out
    assert time.monotonic() - began < 25


def test_a_line_of_wire_finds_it_out_once(stopped: socket.socket, home: Path) -> None:
    """The command that the fast client becomes is told."""
    began = time.monotonic()
    script = Path(fast_client.__file__).with_name("ask.py")
    process = start(home, "-S", "-E", str(script), "list", PYTHONPATH=str(script.parents[1]))
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err.count("does not answer")) == (0, 1)
    assert time.monotonic() - began < 13  # 2 and 5 seconds, once


def start(home: Path, *words: str, **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *words],
        env=environ_of(home) | environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
