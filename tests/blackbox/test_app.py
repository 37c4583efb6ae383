"""A person's path through the running app: tray, code dialog, window, clipboard, console, commands."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest

from blackbox import screen
from blackbox.accessible import Node
from blackbox.browser import Browser
from blackbox.desktop import Desktop
from blackbox.program import AWS, App, Demo, person
from blackbox.waiting import BusError, until

CODE_ROLE = "prod-admin"
ROLE = "prod-readonly"
SHORT_ROLE = "proto-readonly"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def browser(desktop: Desktop) -> Browser:
    """What BROWSER names."""
    return Browser.made(desktop.folder / "browser")


@pytest.fixture(scope="module")
def running(desktop: Desktop, demo: Demo, browser: Browser) -> Iterator[App]:
    """The app, its window open."""
    with App(desktop, person(demo) | {"BROWSER": browser.command}) as started:
        started.window()
        yield started


@pytest.fixture
def app(running: App) -> Iterator[App]:
    """The app; afterwards nothing is live or asked for, and no search is left in the window."""
    yield running
    for dialog in [node for node in running.root.children() if node.role == "dialog"]:
        if dialog.has("showing"):
            dialog.find("Cancel", "push button").press()
    assert running.run("forget", "--all").code == 0
    running.window().find("Search roles").type("")


def enter(dialog: Node, code: str) -> None:
    """Type a code; press "Sign in" where six digits have not sent themselves."""
    dialog.wait("MFA code", "text").type(code)
    try:
        button = dialog.find("Sign in", "push button")
        if button.has("sensitive") and dialog.find("MFA code", "text").text == code:
            button.press()
    except (LookupError, BusError):
        return  # sent already, and the dialog closed


def sign_in(app: App, demo: Demo, role: str) -> None:
    """By tray menu and dialog, as a person would."""
    app.tray.click(role)
    enter(app.dialog(), demo.fresh_code())
    until(lambda: live(app, role), f"{role} live")


def live(app: App, role: str) -> bool:
    """Whether a row says so."""
    description = app.row(role).description
    return "live" in description or bool(re.search(r"\d+ ?(min|s|h)\b|\d:\d\d", description))


def status(app: App) -> dict[str, int]:
    """Seconds left of each live session, as the command tells."""
    return {row["name"]: row["seconds_left"] for row in app.run("status", "--json").json}


def select(app: App, role: str) -> Node:
    """Make a role the chosen one in the window; returns the window."""
    window = app.window()
    window.find("Search roles").type(role)
    until(lambda: app.row(role).has("selected") or app.row(role).has("focused"), f"{role} chosen")
    return window


# --- the main path -----------------------------------------------------------------------------------


def test_a_code_role_by_tray_wrong_code_then_right_one(app: App, demo: Demo) -> None:
    """Tray menu, dialog, refusal in the dialog, live row, tray entry, tooltip."""
    app.tray.click(CODE_ROLE)
    dialog = app.dialog()
    enter(dialog, demo.wrong_code())
    until(lambda: dialog.find("MFA code", "text").text == "", "the wrong code to come back")
    assert dialog.has("showing")
    said = until(lambda: [w for w in dialog.words().splitlines() if "code" in w.lower()], "words")
    assert len(said) > 3, dialog.words()

    enter(dialog, demo.fresh_code())

    until(lambda: live(app, CODE_ROLE), "the row live")
    until(dialog.gone, "the dialog to close")
    entry = until(lambda: app.tray.find(f"{CODE_ROLE} — "), "the tray's entry")
    assert re.search(r"\b(59|60) min", entry.label)
    until(lambda: CODE_ROLE in app.tray.tooltip, "the tooltip")
    assert status(app)[CODE_ROLE] > 3500


def test_the_row_counts_down_with_the_clock(app: App, demo: Demo) -> None:
    """Seconds in the window by themselves; after ten minutes of the demo's clock, ten minutes less."""
    sign_in(app, demo, CODE_ROLE)
    first = app.row(CODE_ROLE).description
    until(lambda: app.row(CODE_ROLE).description != first, "the next second")
    demo.advance(600)
    until(lambda: re.search(r"\b(49|50) min", app.tray.find(f"{CODE_ROLE} — ").label), "49 minutes")
    until(lambda: re.search(r"\b(49|50)\b", app.row(CODE_ROLE).description), "49 in the row")
    assert 2900 < status(app)[CODE_ROLE] <= 3000


def test_one_code_serves_every_role_of_the_identity(app: App, demo: Demo) -> None:
    """The shared session: the second role asks for nothing."""
    sign_in(app, demo, CODE_ROLE)
    app.tray.click("data-jump")
    until(lambda: live(app, "data-jump"), "the second role live")
    assert {CODE_ROLE, "data-jump"} <= set(status(app))


def test_copied_credentials_work_and_are_marked_secret(app: App, demo: Demo) -> None:
    """The button, the clipboard of X, a real shell, the real AWS CLI, boto3."""
    app.tray.click(ROLE)
    until(lambda: live(app, ROLE), "the row live")
    select(app, ROLE).find("Copy credentials", "push button").press()

    text = until(lambda: screen.clipboard(app.desktop), "the clipboard")
    assert screen.clipboard(app.desktop, "x-kde-passwordManagerHint") == "secret"
    done = subprocess.run(
        ["bash", "-c", f'{text}\n"{AWS}" sts get-caller-identity --output json'],
        env={n: v for n, v in app.environ.items() if "_FILE" not in n} | {"AWS_PAGER": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "assumed-role/ReadOnly/" in json.loads(done.stdout)["Arn"]
    words = dict(word.split("=", 1) for word in shlex.split(text) if "=" in word)
    client = boto3.client(
        "sts",
        region_name="eu-central-1",
        endpoint_url=demo.exports["AWS_ENDPOINT_URL_STS"],
        aws_access_key_id=words["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=words["AWS_SECRET_ACCESS_KEY"].rstrip(";"),
        aws_session_token=words["AWS_SESSION_TOKEN"].rstrip(";"),
    )
    assert "assumed-role/ReadOnly/" in client.get_caller_identity()["Arn"]
    demo.advance(31)
    until(lambda: not screen.clipboard(app.desktop), "the clipboard to be cleared")


def test_the_console_opens_by_a_one_time_address(app: App, browser: Browser) -> None:
    """No token in the browser's argv or environment; the page is the console's; no second answer."""
    browser.forget()
    app.tray.click(ROLE)
    until(lambda: live(app, ROLE), "the row live")
    app.tray.click_below(f"{ROLE} — ", "Open console")

    address = browser.address()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{20,}", address)
    assert "SigninToken" not in browser.environ
    assert "ReadOnly" in browser.page
    with pytest.raises((urllib.error.URLError, ConnectionError)):
        urllib.request.urlopen(address, timeout=5)


def test_the_console_opens_from_the_window_too(app: App, browser: Browser) -> None:
    """Its button signs in first where need be."""
    browser.forget()
    select(app, ROLE).find("Open console", "push button").press()
    browser.address()
    assert "ReadOnly" in browser.page


def test_a_short_session_expires_on_the_clock(app: App, demo: Demo) -> None:
    """Fifteen minutes, then neither row nor tray nor command call it live."""
    sign_in(app, demo, SHORT_ROLE)
    assert status(app)[SHORT_ROLE] <= 900
    demo.advance(901)
    until(lambda: not live(app, SHORT_ROLE), "the row to end")
    assert SHORT_ROLE not in status(app)
    until(
        lambda: f"{SHORT_ROLE} — " not in "".join(e.label for e in app.tray.entries()), "the tray"
    )


def test_renew_and_forget_by_their_buttons(app: App, demo: Demo) -> None:
    """Renew gives a longer life, Forget ends it."""
    app.tray.click(ROLE)
    until(lambda: live(app, ROLE), "the row live")
    demo.advance(300)
    until(lambda: status(app)[ROLE] < 3400, "five minutes to pass")
    window = select(app, ROLE)
    window.find("Renew", "push button").press()
    until(lambda: status(app)[ROLE] > 3500, "the renewal")
    window.find("Forget", "push button").press()
    until(lambda: ROLE not in status(app), "the end")
    until(lambda: not live(app, ROLE), "the row to end")


def test_a_refusal_shows_in_the_row_and_in_the_window(app: App) -> None:
    """The role that refuses everybody: row, causes in the window, no dialog over it."""
    app.tray.click("sealed")
    until(lambda: "refused" in app.row("sealed").description.lower(), "the refusal")
    words = select(app, "sealed").words()
    assert "denied" in words.lower() or "refus" in words.lower()


def test_everything_by_keyboard(app: App) -> None:
    """Type, Enter: signed in. Enter again: copied."""
    window = app.window()
    window.find("Search roles").focus()
    until(lambda: screen.active_title(app.desktop) == "Rolecall", "the window in front")
    screen.type_text(app.desktop, ROLE)
    until(lambda: app.row(ROLE).has("selected") or app.row(ROLE).has("focused"), "the row chosen")
    screen.keys(app.desktop, "Return")
    until(lambda: live(app, ROLE), "the row live")
    screen.keys(app.desktop, "Return")
    until(lambda: "AWS_SESSION_TOKEN" in screen.clipboard(app.desktop), "the clipboard")


# --- the dialog --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["12345", "abcdef", "a whole paragraph pasted " * 40])
def test_what_is_no_code_is_not_sent(app: App, demo: Demo, typed: str) -> None:
    """The dialog stays and says so; the right code works afterwards."""
    app.tray.click(CODE_ROLE)
    dialog = app.dialog()
    enter(dialog, typed)
    dialog.find("Sign in", "push button").press()
    until(lambda: "six digits" in dialog.words() or "6 digits" in dialog.words(), "the words")
    enter(dialog, demo.fresh_code())
    until(lambda: live(app, CODE_ROLE), "the row live")


def test_a_cancelled_dialog_leaves_nothing_waiting(app: App) -> None:
    """Escape; the role is as before and can be asked for again."""
    app.tray.click(CODE_ROLE)
    dialog = app.dialog()
    dialog.find("MFA code", "text").focus()
    until(lambda: screen.active_title(app.desktop).startswith("MFA code"), "the dialog in front")
    screen.keys(app.desktop, "Escape")
    until(dialog.gone, "the dialog to close")
    assert status(app) == {}
    app.tray.click(CODE_ROLE)
    assert app.dialog().has("showing")


# --- commands with the app ---------------------------------------------------------------------------


def test_login_waits_for_the_apps_dialog(app: App, demo: Demo) -> None:
    """The command has no terminal; the app asks; the session is then everybody's."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(app.run, "login", CODE_ROLE)
        enter(dialog_of_a_tool(app), demo.fresh_code())
        done = waiting.result(30)
    assert done.code == 0, done.err
    assert CODE_ROLE in status(app)
    again = app.run("credential-process", CODE_ROLE)
    assert (again.code, again.json["Version"]) == (0, 1)
    rows = {row["name"]: row for row in app.run("list", "--json").json}
    assert rows[CODE_ROLE]["state"] == "live"
    assert rows[CODE_ROLE]["expires_at"].endswith("Z")
    assert app.run("forget", CODE_ROLE).code == 0
    assert CODE_ROLE not in status(app)


def dialog_of_a_tool(app: App) -> Node:
    """The dialog a tool caused; no notification service runs here, so it comes by itself."""
    return app.dialog()


def test_a_cancelled_dialog_ends_the_command(app: App) -> None:
    """Exit 4: a code is needed, and the person said no."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(app.run, "export", CODE_ROLE)
        dialog_of_a_tool(app).find("Cancel", "push button").press()
        done = waiting.result(30)
    assert (done.code, done.out) == (4, "")


def test_a_command_may_bring_its_code(app: App, demo: Demo) -> None:
    """No dialog is shown for it."""
    done = app.run("login", CODE_ROLE, "--mfa-stdin", typed=demo.fresh_code())
    assert done.code == 0, done.err
    until(lambda: live(app, CODE_ROLE), "the row live")
    refused = app.run("login", "data-notebook", "--mfa-stdin", typed=demo.wrong_code())
    assert refused.code == 5
    assert "code" in refused.err


def test_a_caller_with_other_files_is_not_served(app: App, demo: Demo) -> None:
    """The session of the app is not handed to who means another AWS."""
    app.tray.click(ROLE)
    until(lambda: live(app, ROLE), "the row live")
    other = app.environ | {"AWS_CONFIG_FILE": str(app.desktop.home / "another")}
    other.pop("DISPLAY")
    from blackbox.program import run

    assert run(other, "status", "--json").json == []
    assert run(other, "credential-process", ROLE).code == 3


def test_explain_and_console_print_with_the_app(app: App, demo: Demo) -> None:
    """The same answers as without it."""
    assert "ProdDeploy" in app.run("explain", "data-prod-deploy").out
    url = app.run("console", ROLE, "--print").out.strip()
    assert url.startswith(demo.exports["ROLECALL_SIGNIN_URL"])
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert "ReadOnly" in answer.read().decode()
