"""SAML in the running app: the guide, a bad and a good paste, the choice of a role, the listener, giving up."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.accessible import Node
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.test_saml import BROWSER, response
from blackbox.waiting import until


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def running(desktop: Desktop, demo: Demo) -> Iterator[App]:
    """The app, its window open; a browser that signs in as the person in a file."""
    config = desktop.home / ".config" / "rolecall"
    config.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(demo.exports["ROLECALL_HOME"], "config", "roles.toml"), config)
    browser = f"{sys.executable} {BROWSER} alex %s"
    with App(desktop, person(demo) | {"BROWSER": browser}) as started:
        started.window()
        yield started
    (config / "roles.toml").unlink()


@pytest.fixture
def app(running: App, demo: Demo) -> Iterator[App]:
    """The app; afterwards nothing is live, no dialog is open and no response is known any more."""
    yield running
    for dialog in running.root.children():
        if dialog.role == "dialog" and dialog.has("showing"):
            dialog.find("Cancel", "push button").press()
    assert running.run("forget", "--all").code == 0
    demo.advance(301)


def guide(app: App, role: str) -> Node:
    """The dialog, asked for from the tray."""
    app.tray.click(role)
    return app.dialog("Sign in")


def paste(dialog: Node, text: str) -> None:
    """Put a text into the field, and press the button."""
    dialog.wait("SAML response", "text").type(text)
    dialog.find("Sign in", "push button").press()


def live(app: App, role: str) -> bool:
    return "live" in app.row(role).description


def tasks(app: App) -> int:
    """Threads of the app."""
    return len(list(Path(f"/proc/{app.pid}/task").iterdir()))


def test_the_guide_a_bad_paste_and_a_good_one(app: App, demo: Demo, desktop: Desktop) -> None:
    assert "needs sign-in" in app.row("finance").description
    dialog = guide(app, "finance")
    for words in (
        "Sign in at your company",
        "Bring back what the browser sent to AWS",
        "five minutes",
    ):
        assert words in dialog.words()
    paste(dialog, "good morning")
    until(lambda: "No SAML response is in this text" in dialog.words(), "the refusal")
    value = response(demo)
    paste(dialog, value)
    until(lambda: live(app, "finance"), "the row live")
    until(dialog.gone, "the dialog to close")
    assert (
        app.run("export", "finance", "--format", "json").json["role_arn"].endswith(":role/Finance")
    )
    assert value[100:160] not in log_of(app, desktop)


def log_of(app: App, desktop: Desktop) -> str:
    """All that the app has written anywhere in the person's home, but for what is encrypted."""
    found = [
        path for path in desktop.home.rglob("*") if path.is_file() and path.stat().st_size < 10**7
    ]
    return "".join(path.read_text("utf-8", "replace") for path in found)


def test_a_role_is_chosen_from_several(app: App, demo: Demo) -> None:
    dialog = guide(app, "acme-sso")
    paste(dialog, response(demo))
    roles = dialog.wait("Roles in the response", "list")
    named = [node.name for node in roles.children()]
    assert {"Analyst, 555512340000", "Finance, 222222222222"} <= set(named)
    assert "alex@acme.example" in dialog.words()
    dialog.find("Sign in", "push button").press()
    until(lambda: live(app, "acme-sso"), "the row live")
    app.tray.click("finance")
    until(lambda: live(app, "finance"), "the same response serves another role")


def test_a_listener_needs_nothing_but_the_browser(app: App) -> None:
    app.tray.click("analyst")
    until(lambda: live(app, "analyst"), "the row live")
    app.tray.click("reports")
    until(lambda: live(app, "reports"), "a chain from there")


def test_a_command_brings_its_response_to_the_app(app: App, demo: Demo) -> None:
    done = app.run("login", "finance", "--saml-response", "-", typed=response(demo))
    assert done.code == 0, done.err
    assert live(app, "finance")


def test_giving_up_leaves_nothing_behind(app: App) -> None:
    before = tasks(app)
    dialog = guide(app, "finance")
    dialog.find("Cancel", "push button").press()
    until(dialog.gone, "the dialog to close")
    until(lambda: tasks(app) <= before, "no thread left")
    assert "needs sign-in" in app.row("finance").description
