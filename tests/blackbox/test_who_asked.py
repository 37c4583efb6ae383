"""A program asks for a role that asks first: notification, question, answer, journal, and the next time."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from blackbox.desktop import Desktop
from blackbox.notifications import Notifications
from blackbox.program import PROGRAM, App, Demo, Done, person
from blackbox.waiting import stays, until

ROLE = "prod-readonly"
TOOL = """#!{python}
import subprocess, sys
done = subprocess.run([{program!r}, "credential-process", sys.argv[1]])
sys.exit(done.returncode)
"""


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def notifications(desktop: Desktop) -> Iterator[Notifications]:
    """A service that refuses every call with another signature than the specification's."""
    with Notifications(desktop.session_bus) as service:
        yield service
    assert service.faults == []


@pytest.fixture(scope="module")
def home(desktop: Desktop) -> Path:
    """Settings in which one role asks first."""
    folder = desktop.folder / "own"
    (folder / "config").mkdir(parents=True, mode=0o700)
    (folder / "config" / "settings.toml").write_text(f'ask_first = ["{ROLE}"]\n')
    return folder


@pytest.fixture(scope="module")
def app(desktop: Desktop, demo: Demo, notifications: Notifications, home: Path) -> Iterator[App]:
    """The app in the tray, no window."""
    with App(desktop, person(demo) | {"ROLECALL_HOME": str(home)}, "--minimized") as started:
        started.wait_for_socket()
        yield started


def tool(app: App, name: str) -> Path:
    """A script of that name which asks for the role it is told."""
    path = app.desktop.folder / name
    if not path.exists():
        path.write_text(TOOL.format(python=sys.executable, program=PROGRAM))
        path.chmod(0o755)
    return path


def run_tool(app: App, name: str, role: str = ROLE) -> Done:
    """Run it to its end."""
    done = subprocess.run(
        [tool(app, name), role],
        env=app.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr, 0.0)


def answer(app: App, notifications: Notifications, name: str, button: str) -> Done:
    """Run a tool, click its notification, press a button of the question; what the tool got."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(run_tool, app, name)
        notice = notifications.wait(f"{name} (pid ")
        assert ROLE in notice.summary
        stays(lambda: not asking(app), "no window over somebody's typing", seconds=0.3)
        notifications.invoke(notice, "default")
        dialog = app.dialog("A program asks")
        assert str(tool(app, name)) in dialog.words()
        dialog.find(button, "push button").press()
        done = waiting.result(30)
    until(lambda: not asking(app), "the question to close")
    return done


def asking(app: App) -> bool:
    """Whether a question is shown."""
    return any(
        n.name.startswith("A program asks") and n.has("showing") for n in app.root.children()
    )


def test_always_holds_from_then_on(app: App, notifications: Notifications) -> None:
    """Asked once; the second run gets its credentials without a word."""
    first = answer(app, notifications, "deployer", "Always")
    assert first.code == 0, first.err
    assert first.json["Version"] == 1
    before = len(notifications.notices)
    assert run_tool(app, "deployer").json["AccessKeyId"].startswith("ASIA")
    assert len(notifications.notices) == before


def test_never_is_a_clear_refusal(app: App, notifications: Notifications, home: Path) -> None:
    """Exit 4 and one line that says why; the answer is in the settings for people to see."""
    refused = answer(app, notifications, "snooper", "Never")
    assert (refused.code, refused.out) == (4, "")
    assert "said no" in refused.err
    assert run_tool(app, "snooper").code == 4
    kept = (home / "config" / "settings.toml").read_text()
    assert "snooper" in until(lambda: kept if "never" in kept else "", "the answer kept")


def test_a_tool_that_gives_up_takes_its_question_along(
    app: App, notifications: Notifications
) -> None:
    """The dialog closes by itself, and so does the notification."""
    process = subprocess.Popen(
        [PROGRAM, "credential-process", ROLE],
        env=app.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with process:
        notice = notifications.wait(f"(pid {os.getpid()}) wants {ROLE}")
        notifications.invoke(notice, "default")
        dialog = app.dialog("A program asks")
        process.kill()
    until(dialog.gone, "the question to go")
    until(lambda: notice.number in notifications.closed, "the notification to go")


def test_the_journal_tells_who_and_no_secret(
    app: App, notifications: Notifications, home: Path
) -> None:
    """By the command, with and without the app's help, and in its window."""
    served = run_tool(app, "deployer").json
    run_tool(app, "deployer", "sealed")
    file = home / "state" / "journal.jsonl"
    until(lambda: "access_denied" in file.read_text(), "the last line")
    rows = app.run("journal", "--json").json
    mine = [row for row in rows if row["program"] == "deployer"]
    assert {(row["role"], row["outcome"]) for row in mine} == {
        (ROLE, "served"),
        ("sealed", "refused"),
    }
    assert all(row["script"] == str(tool(app, "deployer")) for row in mine)
    assert all(Path(row["executable"]).name.startswith("python") for row in mine)
    assert all(row["pid"] > 1 and row["user"] for row in mine)
    assert {row["outcome"] for row in rows if row["program"] == "snooper"} == {"denied"}
    assert any(row["problem"] == "caller_left" for row in rows)
    found = app.run("journal", "--csv", "--search", "snooper", "--since", "1d").out
    assert {row["problem"] for row in csv.DictReader(io.StringIO(found))} == {"approval_denied"}
    assert "deployer (pid " in app.run("journal", "--role", "sealed").out

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text()
    for name in ("AccessKeyId", "SecretAccessKey", "SessionToken"):
        assert served[name] not in text
    for line in text.splitlines():
        json.loads(line)

    app.tray.click("Journal…")
    window = app.dialog("Journal")
    until(
        lambda: (
            ROLE in window.find("Timeline").description
            or "role" in window.find("Timeline").description
        ),
        "the timeline to be said",
    )
    window.find("Search the journal", "text").type("snooper")
    until(lambda: "entries" in window.words() and "snooper" in window.words(), "the lines found")
    window.find("Close", "push button").press()
    until(window.gone, "the journal to close")
