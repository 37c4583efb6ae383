"""Roles that begin with a token, in the running app: tray, sign-in dialog, renewal without a person, giving up."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from blackbox import screen
from blackbox.accessible import Node
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.test_identity_center import actions
from blackbox.test_identity_center_window import Person, live, said, tasks
from blackbox.waiting import until

READER, ONWARD, POOL, TAKEN = "web-reader", "web-onward", "pool-user", "web-taken"
SIGN_IN = "Sign in"
WEB = "AssumeRoleWithWebIdentity"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def human(desktop: Desktop) -> Person:
    """Who sits before the screen."""
    return Person(desktop.folder / "answer")


@pytest.fixture(scope="module")
def taken() -> Iterator[socket.socket]:
    """A port that another program has."""
    with closing(socket.create_server(("127.0.0.1", 0))) as theirs:
        yield theirs


@pytest.fixture(scope="module")
def entries(desktop: Desktop, demo: Demo, taken: socket.socket) -> Iterator[Path]:
    """The person's own entries: those of the demo, and one whose port is registered and taken."""
    folder = desktop.home / ".config" / "rolecall"
    folder.mkdir(parents=True, exist_ok=True)
    text = Path(demo.exports["ROLECALL_HOME"], "config", "roles.toml").read_text()
    own = re.search(r'\["web-others"\]\n((?:.+\n)+)', text)
    assert own
    kept = own[1].replace("WebOthers", "WebReader")
    port = taken.getsockname()[1]
    path = folder / "roles.toml"
    path.write_text(f'{text}\n["{TAKEN}"]\n{kept}oidc_redirect_port = "{port}"\n')
    yield path
    path.unlink()


@pytest.fixture(scope="module")
def running(desktop: Desktop, demo: Demo, human: Person, entries: Path) -> Iterator[App]:
    """The app, its window open."""
    assert entries.exists()
    with App(desktop, person(demo) | {"BROWSER": human.browser}) as started:
        started.window()
        yield started


@pytest.fixture
def app(running: App, demo: Demo, human: Person) -> Iterator[App]:
    """The app; afterwards nobody is signed in, nothing is live and no dialog is open."""
    yield running
    human.will("allow")
    for dialog in running.root.children():
        if dialog.role == "dialog" and dialog.has("showing"):
            dialog.find("Cancel", "push button").press()
    assert running.run("forget", "--all").code == 0
    demo.fault(kind="none")


def left(app: App, role: str) -> float:
    rows = app.run("status", "--json").json
    return next((row["seconds_left"] for row in rows if row["name"] == role), 0)


def window_with(app: App, role: str) -> Node:
    """The window, the role chosen."""
    window = app.window()
    window.find("Search roles").type(role)
    until(lambda: app.row(role).has("selected") or app.row(role).has("focused"), f"{role} chosen")
    return window


@pytest.mark.parametrize("role", ["pool-guest", "token-file"])
def test_what_needs_nobody_is_live_at_a_click(app: App, role: str) -> None:
    """Tray, live row, console, copy."""
    app.tray.click(role)
    until(lambda: live(app, role), "the row live")
    window_with(app, role).find("Copy credentials", "push button").press()
    until(lambda: "AWS_SESSION_TOKEN" in screen.clipboard(app.desktop), "the clipboard")
    app.window().find("Search roles").type("")


@pytest.mark.parametrize("role", ["web-reader", "amazon-user", "facebook-user", "pool-power"])
def test_one_click_one_sign_in(app: App, role: str) -> None:
    """Tray, browser, live row, entry in the tray; a program gets it too."""
    assert "needs sign-in" in app.row(role).description
    app.tray.click(role)
    until(lambda: live(app, role), "the row live")
    assert until(lambda: app.tray.find(f"{role} — "), "the tray's entry")
    done = app.run("credential-process", role)
    assert json.loads(done.out)["Version"] == 1


def test_one_sign_in_serves_all_of_the_provider(app: App, demo: Demo) -> None:
    """A chain from it, and an identity pool behind the same provider: nobody is asked again."""
    app.tray.click(READER)
    until(lambda: live(app, READER), "the row live")
    for other in (ONWARD, POOL):
        until(lambda name=other: "ready" in app.row(name).description, f"{other} ready")
        app.tray.click(other)
        until(lambda name=other: live(app, name), f"{other} live")
    made = [call["action"] for call in demo.calls() if call["action"] == WEB]
    assert len(made) >= 1


def test_the_side_pane_draws_it_and_says_why(app: App) -> None:
    """Before any call: the operation, and that no key is needed."""
    window = window_with(app, READER)
    words = until(lambda: window.words() if WEB in window.words() else "", "the drawn route")
    assert "no key needed" in words
    window.find("Search roles").type("")


def test_declined_and_tried_again(app: App, human: Person) -> None:
    """The Problem stands in the dialog; a second try serves who waited."""
    human.will("deny")
    app.tray.click(READER)
    dialog = app.dialog(SIGN_IN)
    said(dialog, "did not sign you in")
    assert re.search(r"Sign in at 127\.0\.0\.1:\d+", dialog.words())
    human.will("allow")
    dialog.find("Try again", "push button").press()
    until(lambda: live(app, READER), "the row live")
    until(dialog.gone, "the dialog to close")


def test_cancelled_half_way_leaves_no_thread(app: App, human: Person) -> None:
    """The browser was closed; Cancel tells a waiting command too."""
    human.will("close")
    before = tasks(app)
    app.tray.click(READER)
    dialog = app.dialog(SIGN_IN)
    said(dialog, "Finish signing in")
    dialog.find("Cancel", "push button").press()
    until(dialog.gone, "the dialog to close")
    until(lambda: tasks(app) <= before, "the Job to end", seconds=5)
    assert "needs sign-in" in app.row(READER).description


def test_a_port_that_is_taken_is_told_in_the_dialog(app: App, taken: socket.socket) -> None:
    """And works once it is free."""
    app.tray.click(TAKEN)
    dialog = app.dialog(SIGN_IN)
    said(dialog, f"Port {taken.getsockname()[1]} of this computer is taken")
    taken.close()
    dialog.find("Try again", "push button").press()
    until(lambda: live(app, TAKEN), "the row live")


def test_it_renews_itself_while_the_provider_lets_it(app: App, demo: Demo) -> None:
    """An hour's role: its token is over too, and the next one is had without a person."""
    app.tray.click("amazon-user")
    until(lambda: live(app, "amazon-user"), "the row live")
    before = actions(demo).count(WEB)
    demo.advance(left(app, "amazon-user") - 50)
    until(lambda: actions(demo).count(WEB) == before + 1, "the renewal", seconds=90)
    until(lambda: left(app, "amazon-user") > 3000, "a renewed session")
    assert not [n for n in app.root.children() if n.role == "dialog" and n.has("showing")]
