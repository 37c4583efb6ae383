"""IAM Identity Center in the running app: tray, sign-in dialog, renewal, and the dialog that adds roles."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox import screen
from blackbox.accessible import Node
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person, run
from blackbox.test_identity_center import BROWSER, actions, change, send
from blackbox.waiting import BusError, until

ROLE, OTHER, CHAINED = "payments-poweruser", "sandbox-center", "release-deploy"
SIGN_IN, ADD = "Sign in", "Add from Identity Center"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        change(running, interval=1)
        yield running


class Person:
    """What the person does on the page, until told otherwise: a file the browser reads."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.will("allow")

    def will(self, answer: str) -> None:
        self._file.write_text(answer)

    @property
    def browser(self) -> str:
        return f"{sys.executable} {BROWSER} @{self._file} %s"


@pytest.fixture(scope="module")
def human(desktop: Desktop) -> Person:
    """Who sits before the screen."""
    return Person(desktop.folder / "answer")


@pytest.fixture(scope="module")
def running(desktop: Desktop, demo: Demo, human: Person) -> Iterator[App]:
    """The app, its window open."""
    with App(desktop, person(demo) | {"BROWSER": human.browser}) as started:
        started.window()
        yield started


@pytest.fixture
def app(running: App, demo: Demo, human: Person, desktop: Desktop) -> Iterator[App]:
    """The app; afterwards nobody is signed in, nothing is live and no dialog is open."""
    yield running
    human.will("allow")
    for dialog in running.root.children():
        if dialog.role == "dialog" and dialog.has("showing"):
            dialog.find("Cancel", "push button").press()
    assert running.run("forget", "--all").code == 0
    change(demo, accounts=0, end_sign_ins=1)
    demo.fault(kind="none")
    for token in (desktop.home / ".aws" / "sso" / "cache").glob("*.json"):
        token.unlink()


def live(app: App, role: str) -> bool:
    """Whether the row says so."""
    return "live" in app.row(role).description


def tasks(app: App) -> int:
    """Threads of the app."""
    return len(list(Path(f"/proc/{app.pid}/task").iterdir()))


def said(dialog: Node, word: str) -> None:
    """Wait until the dialog says a word."""
    until(lambda: word in dialog.words(), f"{word!r} in the dialog")


def test_one_click_one_sign_in_and_every_role_is_ready(app: App, demo: Demo) -> None:
    """Tray, browser, live row; another role and a chained one without anything more."""
    assert "needs sign-in" in app.row(CHAINED).description
    app.tray.click(ROLE)
    until(lambda: live(app, ROLE), "the row live")
    until(lambda: "ready" in app.row(OTHER).description, "its neighbour ready")
    before = actions(demo).count("CreateToken")
    app.tray.click(OTHER)
    until(lambda: live(app, OTHER), "the other live")
    assert app.run("login", CHAINED).code == 0
    assert live(app, CHAINED)
    done = app.run("credential-process", OTHER)
    assert json.loads(done.out)["Version"] == 1
    assert actions(demo).count("CreateToken") == before
    assert until(lambda: app.tray.find(f"{ROLE} — "), "the tray's entry")


def test_another_program_s_sign_in_is_seen_by_itself(
    app: App, demo: Demo, human: Person, desktop: Desktop
) -> None:
    """As after `aws sso login` in a terminal: the rows are ready without a click, and nobody is asked."""
    alone = {k: v for k, v in app.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    folder = desktop.folder / "elsewhere"
    folder.mkdir(mode=0o700)
    alone |= {"XDG_RUNTIME_DIR": str(folder), "BROWSER": human.browser}
    assert "needs sign-in" in app.row(OTHER).description
    assert run(alone, "login", ROLE).code == 0
    until(lambda: "ready" in app.row(OTHER).description, "the row ready")
    before = actions(demo).count("CreateToken")
    app.tray.click(OTHER)
    until(lambda: live(app, OTHER), "the row live")
    assert actions(demo).count("CreateToken") == before


def test_turned_down_and_tried_again(app: App, human: Person) -> None:
    """The Problem stands in the dialog; a second try serves who waited."""
    human.will("deny")
    app.tray.click(ROLE)
    dialog = app.dialog(SIGN_IN)
    said(dialog, "turned down")
    human.will("allow")
    dialog.find("Try again", "push button").press()
    until(lambda: live(app, ROLE), "the row live")
    until(dialog.gone, "the dialog to close")


def test_a_code_in_place_of_the_browser(app: App, demo: Demo, human: Person) -> None:
    """The person asks for one and types it elsewhere."""
    human.will("close")
    app.tray.click(ROLE)
    dialog = app.dialog(SIGN_IN)
    dialog.wait("Use a code on another device instead", "push button").press()
    code = until(lambda: shown_code(dialog), "a code")
    url = person(demo)["AWS_ENDPOINT_URL_SSO_OIDC"]
    send(f"{url}/device", {"user_code": code, "answer": "allow"})
    until(lambda: live(app, ROLE), "the row live")
    until(dialog.gone, "the dialog to close")


def shown_code(dialog: Node) -> str:
    words = dialog.words().split()
    return next((w for w in words if len(w) == 9 and w[4] == "-" and w.isupper()), "")


def test_cancelled_half_way_leaves_no_thread(app: App, human: Person) -> None:
    """The browser was closed; Cancel tells the waiting command too, within a second or so."""
    human.will("close")
    before = tasks(app)
    app.tray.click(ROLE)
    dialog = app.dialog(SIGN_IN)
    dialog.wait("Use a code on another device instead", "push button")
    dialog.find("Cancel", "push button").press()
    until(dialog.gone, "the dialog to close")
    until(lambda: tasks(app) <= before, "the Job to end", seconds=5)
    assert "needs sign-in" in app.row(ROLE).description


def test_it_renews_itself_while_the_sign_in_lasts(app: App, demo: Demo) -> None:
    """Four hours later, nobody is asked: the token is refreshed, and the session is new."""
    app.tray.click(ROLE)
    until(lambda: live(app, ROLE), "the row live")
    seconds = {row["name"]: row["seconds_left"] for row in app.run("status", "--json").json}
    demo.advance(seconds[ROLE] - 240)
    until(lambda: left(app) > 3600, "a renewed session", seconds=90)
    assert app.run("list", "--json").code == 0


def left(app: App) -> float:
    rows = app.run("status", "--json").json
    return next((row["seconds_left"] for row in rows if row["name"] == ROLE), 0)


def test_a_sign_in_that_was_ended_asks_again(app: App, demo: Demo) -> None:
    """AWS answers 401 in the middle: the dialog opens by itself, and nothing is lost."""
    app.tray.click(ROLE)
    until(lambda: live(app, ROLE), "the row live")
    change(demo, end_sign_ins=1)
    before = actions(demo).count("CreateToken")
    app.tray.click(OTHER)
    until(lambda: live(app, OTHER), "the other live")
    assert actions(demo).count("CreateToken") == before + 1
    assert live(app, ROLE)


def opened(app: App) -> Node:
    """By the window's own keys."""
    app.tray.activate()
    until(lambda: "Rolecall" in screen.active_title(app.desktop), "the window in front")
    app.window().find("Search roles").focus()
    screen.keys(app.desktop, "ctrl+i")
    return app.dialog(ADD)


def test_adding_from_the_dialog(app: App, desktop: Desktop) -> None:
    """Sign in, search, choose with the keyboard, add; the new role works."""
    config = Path(app.environ["AWS_CONFIG_FILE"])
    before = config.read_bytes()
    dialog = opened(app)
    dialog.find("Sign in", "push button").press()
    search = dialog.wait("Search accounts and permission sets", "text")
    search.type("sandbox readonly")
    search.focus()
    screen.keys(desktop, "Down", "space")
    dialog.wait("Add 1 role", "push button").press()
    until(dialog.gone, "the dialog to close")
    app.window().find("Search roles").type("sandbox-readonly")
    app.row("sandbox-readonly")
    assert app.run("login", "sandbox-readonly").code == 0
    assert config.read_bytes() == before
    app.window().find("Search roles").type("")


def test_six_hundred_accounts_can_be_cancelled(app: App, demo: Demo) -> None:
    """Progress while it looks; Cancel ends the calls at once, and no thread stays."""
    change(demo, accounts=596)
    demo.fault(kind="slow", seconds=0.2, action="ListAccountRoles", count=600)
    before = tasks(app)
    dialog = opened(app)
    dialog.find("Sign in", "push button").press()
    said(dialog, "of 600")
    dialog.find("Cancel", "push button").press()
    until(dialog.gone, "the dialog to close")
    until(lambda: tasks(app) <= before, "the Job to end", seconds=5)
    made = actions(demo).count("ListAccountRoles")
    assert made < 300


def test_a_look_that_breaks_off_can_go_on(app: App, demo: Demo) -> None:
    """The network goes in the middle: what was seen stands there, and the rest follows on request."""
    demo.fault(kind="slow", seconds=0, action="ListAccountRoles", count=2)
    demo.fault(kind="garbage", action="ListAccountRoles")
    dialog = opened(app)
    dialog.find("Sign in", "push button").press()
    again = dialog.wait("Go on looking", "push button")
    said(dialog, "Payments")
    again.press()
    said(dialog, "DataScientist")
    dialog.find("Cancel", "push button").press()
    until(dialog.gone, "the dialog to close")


def test_a_minute_of_429_is_told_and_waited_out(app: App, demo: Demo) -> None:
    """AWS wants to be asked less often: the dialog says so and goes on by itself."""
    demo.fault(**{"kind": "throttle", "action": "ListAccountRoles", "count": 100_000, "for": 60})
    dialog = opened(app)
    dialog.find("Sign in", "push button").press()
    said(dialog, "less often")
    demo.advance(60)
    said(dialog, "DataScientist")
    dialog.find("Cancel", "push button").press()
    until(dialog.gone, "the dialog to close")


def test_a_wrong_address_is_told_beside_its_field(app: App) -> None:
    """Nothing is asked of anybody."""
    dialog = opened(app)
    field = next(node for node in dialog.walk() if is_field(node))
    field.type("http://plain.example/start")
    dialog.find("Sign in", "push button").press()
    said(dialog, "not the address of an access portal")


def is_field(node: Node) -> bool:
    try:
        return node.role in {"text", "entry"} and node.has("showing")
    except BusError:
        return False
