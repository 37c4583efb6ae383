"""Many tools at once, and one after another, by the very line that `wire` writes."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.waiting import until

CODE_ROLE = "prod-admin"
ROLE = "prod-readonly"
CALLERS = 200
SERVED_WITHIN = 6.0
"""Seconds from the code to the last answer."""

ENDED_WITHIN = 1.0
"""Seconds from the app's end to the last helper's."""


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def app(desktop: Desktop, demo: Demo) -> Iterator[App]:
    """The app, ready for callers."""
    with App(desktop, person(demo)) as started:
        started.window()
        started.wait_for_socket()
        yield started


def wired_line(app: App, role: str) -> list[str]:
    """The words of the credential_process that `wire` writes for a role."""
    done = app.run("wire", role)
    assert done.code == 0, done.err
    config = Path(app.environ["AWS_CONFIG_FILE"]).read_text()
    section = config.partition(f"[profile {done.out.strip()}]")[2]
    return shlex.split(section.partition("credential_process = ")[2].splitlines()[0])


def start(app: App, line: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        line,
        env=app.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def waits(process: subprocess.Popen[bytes]) -> bool:
    """Whether a helper holds its connection to the app."""
    try:
        found = [str(entry.readlink()) for entry in Path(f"/proc/{process.pid}/fd").iterdir()]
    except FileNotFoundError:  # closed while we looked
        return False
    return any(name.startswith("socket:") for name in found)


def prompts(app: App) -> int:
    shown = [node for node in app.root.children() if node.role == "dialog"]
    return len([node for node in shown if node.has("showing")])


def test_two_hundred_at_once_cost_one_prompt_and_one_call(app: App, demo: Demo) -> None:
    """Everyone waits for the same code, and is served by what it opened."""
    line, before = wired_line(app, CODE_ROLE), len(demo.calls())
    helpers = [start(app, line) for _ in range(CALLERS)]
    try:
        until(lambda: all(waits(helper) for helper in helpers), "all callers waiting", step=0.2)
        dialog = app.dialog()
        assert prompts(app) == 1
        began = time.monotonic()
        dialog.wait("MFA code", "text").type(demo.fresh_code())
        answers = [helper.communicate(timeout=60) for helper in helpers]
        took = time.monotonic() - began
    finally:
        for helper in helpers:
            helper.kill()
            helper.wait()
    assert [helper.returncode for helper in helpers] == [0] * CALLERS
    assert not [err for _, err in answers if err]
    keys = {json.loads(out)["AccessKeyId"] for out, _ in answers}
    assert len(keys) == 1, "one session for all"
    made = [call["action"] for call in demo.calls()[before:]]
    of_sts = [action for action in made if action != "ListMFADevices"]
    assert sorted(of_sts) == ["AssumeRole", "GetSessionToken"]
    assert len(made) - len(of_sts) <= 1, "IAM is asked for the devices once, if at all"
    until(dialog.gone, "the dialog to close")
    assert prompts(app) == 0
    print(f"{CALLERS} served {took:.2f} s after the code")
    assert took < SERVED_WITHIN


def held(app: App) -> tuple[int, int]:
    """Descriptors and threads of the app."""
    status = Path(f"/proc/{app.pid}/status").read_text()
    threads = int(status.partition("Threads:")[2].split()[0])
    return len(list(Path(f"/proc/{app.pid}/fd").iterdir())), threads


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.gate)])
def test_one_after_another_leak_nothing(app: App, count: int) -> None:
    """As many descriptors and threads afterwards as before."""
    line = wired_line(app, ROLE)
    for _ in range(10):  # the first ones sign in, and open what stays open
        start(app, line).communicate(timeout=30)
    before = held(app)
    for _ in range(count):
        helper = start(app, line)
        helper.communicate(timeout=30)
        assert helper.returncode == 0
    # What serves a caller ends with it, or a beat of the loop later.
    until(lambda: all(now <= was for now, was in zip(held(app), before, strict=True)), "the end")


def test_a_stopped_app_holds_nobody_up_and_goes_on_afterwards(app: App) -> None:
    """What was asked meanwhile is in its queue still; those who asked have gone."""
    line = wired_line(app, ROLE)
    os.kill(app.pid, signal.SIGSTOP)
    try:
        began = time.monotonic()
        helper = start(app, line)
        listed, forgotten = app.run("list"), app.run("forget", "--all")
        helper.communicate(timeout=20)
        assert time.monotonic() - began < 30
    finally:
        os.kill(app.pid, signal.SIGCONT)
    assert ROLE in listed.out
    assert (listed.code, forgotten.code, helper.returncode) == (0, 6, 0)
    assert "does not answer" in listed.err
    until(lambda: not app.run("status").err, "the app's answer")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_they_end_with_the_app_and_bring_none_back(
    desktop: Desktop, demo: Demo, app: App, number: signal.Signals
) -> None:
    """Killed or quit while a hundred wait for a code: all are told within a second, and it stays away."""
    app.close()
    with App(desktop, person(demo), "--minimized") as other:
        other.wait_for_socket()
        line = wired_line(other, CODE_ROLE)
        assert other.run("forget", "--all").code == 0
        helpers = [start(other, line) for _ in range(100)]
        try:
            until(lambda: all(waits(helper) for helper in helpers), "all callers waiting", step=0.2)
            began = time.monotonic()
            os.kill(other.pid, number)
            answers = [helper.communicate(timeout=20) for helper in helpers]
            took = time.monotonic() - began
        finally:
            for helper in helpers:
                helper.kill()
                helper.wait()
        assert {helper.returncode for helper in helpers} == {4}
        assert {out for out, _ in answers} == {b""}
        assert {err.splitlines()[0] for _, err in answers} == {b"Rolecall ended before it answered"}
        assert took < ENDED_WITHIN
        with socket.socket(socket.AF_UNIX) as client, pytest.raises(OSError):
            client.connect(f"{other.environ['XDG_RUNTIME_DIR']}/rolecall/agent.sock")
