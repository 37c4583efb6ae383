"""The files under the running app: changed, broken, deleted, unwritable. Nothing live is lost by it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person, run
from blackbox.waiting import until

ROLE = "prod-readonly"
NEW = "[profile {name}]\nrole_arn = arn:aws:iam::222222222222:role/New\nsource_profile = alex\n"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture
def config(desktop: Desktop, demo: Demo) -> Path:
    """A copy of the demo's config that a test may spoil."""
    copy = desktop.folder / "config-of-a-test"
    shutil.copy(demo.exports["AWS_CONFIG_FILE"], copy)
    return copy


@pytest.fixture
def app(desktop: Desktop, demo: Demo, config: Path) -> Iterator[App]:
    """The app over that copy, with one live session."""
    with App(desktop, person(demo) | {"AWS_CONFIG_FILE": str(config)}) as started:
        started.window()
        started.tray.click(ROLE)
        until(lambda: live(started), "the session")
        yield started


def live(app: App) -> bool:
    """Whether the one session is."""
    return ROLE in {row["name"] for row in app.run("status", "--json").json}


def names(app: App) -> set[str]:
    """The rows of the window."""
    return {row.name for row in app.window().find("Roles").children()}


def test_a_new_profile_appears_within_a_second(app: App, config: Path) -> None:
    """Appended in place, or replaced by rename as editors do; the session stays."""
    with config.open("a") as file:
        file.write("\n" + NEW.format(name="appended"))
    written = time.monotonic()
    until(lambda: "appended" in names(app), "the row")
    assert time.monotonic() - written < 4.0  # one second is the contract; four on a busy machine

    other = config.with_suffix(".new")
    other.write_text(config.read_text() + "\n" + NEW.format(name="renamed-in"))
    other.rename(config)
    until(lambda: "renamed-in" in names(app), "the second row")
    assert live(app)


def test_a_deleted_config_and_its_return(app: App, config: Path) -> None:
    """The roles go and come back; the session is not lost; nobody crashes."""
    content = config.read_text()
    config.unlink()
    until(lambda: "vendor-audit" not in names(app), "the rows to go")
    assert app.process.poll() is None
    assert live(app)
    config.write_text(content)
    until(lambda: "vendor-audit" in names(app), "the rows to come back")
    assert live(app)
    assert "Traceback" not in app.output


def test_a_broken_config_is_named_and_the_rest_stays(app: App, config: Path) -> None:
    """File and (unfolded) line in the window; the other roles work."""
    lines = len(config.read_text().splitlines())
    with config.open("a") as file:
        file.write("\n[profile sealed]\nregion = us-east-1\n")
    until(lambda: config.name in app.window().words(), "the file's name in the window")
    app.window().wait("Show", "check box", "push button", "toggle button").press()
    until(lambda: f"Line {lines + 2} " in app.window().words(), "the line")
    assert ROLE in names(app)
    done = app.run("list", "--json")
    assert done.code == 8
    assert str(config) in done.err
    assert live(app)
    assert app.run("login", "vendor-audit").code == 0


def test_binary_rubbish_is_survived(app: App, config: Path) -> None:
    """Somebody copied a picture over it."""
    content = config.read_bytes()
    config.write_bytes(os.urandom(4096))
    until(lambda: app.run("list", "--json").code == 8, "the refusal")
    assert app.process.poll() is None
    config.write_bytes(content)
    until(lambda: app.run("list", "--json").code == 0, "the roles")
    assert "Traceback" not in app.output


def test_an_empty_home_offers_what_to_do(desktop: Desktop) -> None:
    """No ~/.aws at all: the two offers, no error."""
    with App(desktop, {"AWS_EC2_METADATA_DISABLED": "true"}) as app:
        window = app.window()
        window.wait("Try the demo", "push button")
        assert [
            n for n in window.walk() if n.name.startswith("Add an access key") and n.has("showing")
        ]
        assert app.run("list", "--json").json == []


def unwritable(folder: Path) -> list[str]:
    """Close a folder for writing, for root too; returns what the program has to be started with."""
    folder.mkdir()
    folder.chmod(0o555)
    return ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []


def test_a_read_only_runtime_folder_is_named(desktop: Desktop, demo: Demo) -> None:
    """A message with the folder and what to do, exit 8; commands need no folder and go on working.

    What becomes of a read-only home is in test_read_only_home.py.
    """
    closed = desktop.folder / "closed-runtime"
    before = unwritable(closed)
    environ = person(demo) | {"XDG_RUNTIME_DIR": str(closed)}
    with App(desktop, environ, before=before) as app:
        message = app.root.wait("Rolecall", "alert message", "alert", "dialog")
        assert str(closed) in message.words()
        assert "ROLECALL_HOME" in message.words()
        message.find("OK", "push button").press()
        assert app.wait_for_end() == 8
        assert str(closed) in app.output
        assert "Traceback" not in app.output
    assert list(closed.iterdir()) == []
    alone = {n: v for n, v in (desktop.environ | environ).items() if n != "DISPLAY"}
    done = run(alone, "export", ROLE, "--format", "process", before=before)
    assert (done.code, done.json["Version"]) == (0, 1)
