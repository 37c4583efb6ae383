"""Long-lived keys and a real gnome-keyring: added in the window, used, locked, absent. Never in a file."""

from __future__ import annotations

import configparser
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.accessible import Node
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, run
from blackbox.waiting import until

PASSWORD = "opensesame"
PROFILE = """[profile work]
role_arn = arn:aws:iam::222222222222:role/ReadOnly
source_profile = vault
region = eu-central-1
"""


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS; its own keys are what a person would paste."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def keys(demo: Demo) -> tuple[str, str]:
    """Access key ID and secret of the demo's user alex."""
    files = configparser.ConfigParser(interpolation=None)
    files.read(demo.exports["AWS_SHARED_CREDENTIALS_FILE"])
    alex = files["alex"]
    return alex["aws_access_key_id"], alex["aws_secret_access_key"]


@pytest.fixture(scope="module")
def bare(desktop: Desktop, demo: Demo) -> dict[str, str]:
    """Empty AWS files, the embedded AWS as endpoint, the real clock, the real keyring."""
    folder = desktop.home / ".aws"
    folder.mkdir()
    kept = ("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM", "ROLECALL_SIGNIN_URL")
    return {name: demo.exports[name] for name in kept} | {"AWS_EC2_METADATA_DISABLED": "true"}


def add_key(app: App, keys: tuple[str, str]) -> Node:
    """Fill and send the dialog of the empty window; returns it."""
    button = app.window().wait("Add an access key…", "push button")
    button.press()
    dialog = app.dialog("Add an access key")
    dialog.find("Name", "text").type("vault")
    dialog.find("Access key ID", "text").type(keys[0])
    dialog.find("Secret access key", "text", "password text").type(keys[1])
    dialog.find("Store in the keyring", "push button").press()
    return dialog


def alone(desktop: Desktop, bare: dict[str, str]) -> dict[str, str]:
    """The same person in a terminal without a screen."""
    return {n: v for n, v in (desktop.environ | bare).items() if n != "DISPLAY"}


def holding(folder: Path, secret: str) -> list[Path]:
    """Files that hold a secret in clear."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return [path for path in found if secret.encode() in path.read_bytes()]


def test_without_a_keyring_nothing_is_stored_and_it_is_said(
    desktop: Desktop, bare: dict[str, str], keys: tuple[str, str]
) -> None:
    """No fallback to a file: the dialog stays and says why."""
    desktop.stop_keyring()
    with App(desktop, bare) as app:
        dialog = add_key(app, keys)
        until(lambda: "keyring" in _trouble(dialog), "the reason")
        assert dialog.has("showing")
    assert holding(desktop.home, keys[1]) == []
    desktop.start_keyring(PASSWORD)


def _trouble(dialog: Node) -> str:
    """What the dialog says beyond its own labels."""
    usual = ("Store in the keyring", "Move to the keyring", "The key goes into the keyring")
    return "\n".join(line for line in dialog.words().splitlines() if not line.startswith(usual))


def test_a_key_is_added_used_and_survives_a_restart(
    desktop: Desktop, bare: dict[str, str], keys: tuple[str, str]
) -> None:
    """From the empty window to a live role; after a restart the key is still in the keyring only."""
    with App(desktop, bare) as app:
        dialog = add_key(app, keys)
        until(dialog.gone, "the dialog to close")
        app.row("vault")
        (desktop.home / ".aws/config").write_text(PROFILE)
        app.row("work")
        app.tray.click("work")
        until(lambda: "live" in app.row("work").description, "the row live")
        app.tray.click("Quit")
        assert app.wait_for_end() == 0
    with App(desktop, bare) as app:
        app.row("work")
        assert app.run("forget", "--all").code == 0  # a kept session would need no key
        app.tray.click("work")
        until(lambda: "live" in app.row("work").description, "the row live again")
    done = run(alone(desktop, bare), "export", "work", "--format", "process")
    assert (done.code, done.err) == (0, "")
    assert holding(desktop.home, keys[1]) == []


def test_a_locked_keyring_is_said_and_the_window_stays_alive(
    desktop: Desktop, bare: dict[str, str]
) -> None:
    """Exit 7 for a command, a message in the app; no thread of the window waits for the keyring."""
    desktop.stop_keyring()
    desktop.start_keyring(None)
    done = run(alone(desktop, bare), "login", "work")
    assert done.code == 7
    assert "locked" in done.err
    with App(desktop, bare) as app:
        window = app.window()
        app.row("work")
        app.tray.click("work")
        for _ in range(10):
            began = time.monotonic()
            window.find("Search roles")
            assert time.monotonic() - began < 3.0
        until(lambda: "keyring" in window.words(), "the words in the window", seconds=40)
        assert "Traceback" not in app.output
        desktop.stop_keyring()
        desktop.start_keyring(PASSWORD)
        app.tray.click("work")
        until(lambda: "live" in app.row("work").description, "the row live once unlocked")


def test_an_absent_keyring_is_said(desktop: Desktop, bare: dict[str, str]) -> None:
    """Exit 7, at once; the list still works."""
    desktop.stop_keyring()
    done = run(alone(desktop, bare), "login", "work")
    assert done.code == 7
    assert "keyring" in done.err
    assert "Traceback" not in done.err
    listed = run(alone(desktop, bare), "list", "--json")
    assert "work" in {row["name"] for row in listed.json}
    desktop.start_keyring(PASSWORD)
    assert run(alone(desktop, bare), "login", "work").code == 0
