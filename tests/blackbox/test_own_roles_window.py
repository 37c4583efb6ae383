"""Own roles in the running app: the form, the file, an import, fewer rights, a user's console, root's task."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox import screen
from blackbox.accessible import Node
from blackbox.browser import Browser
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.waiting import until

AUDITED = "arn:aws:iam::333333333333:role/Audited"


def toml(desktop: Desktop) -> Path:
    """The person's own roles."""
    return desktop.home / ".config" / "rolecall" / "roles.toml"


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
    """The app, its window open; the demo's own roles are this person's."""
    file = toml(desktop)
    file.parent.mkdir(mode=0o700)
    file.write_text((Path(demo.exports["ROLECALL_HOME"]) / "config" / "roles.toml").read_text())
    with App(desktop, person(demo) | {"BROWSER": browser.command}) as started:
        started.window()
        yield started


@pytest.fixture
def app(running: App, desktop: Desktop) -> Iterator[App]:
    """The app; afterwards nothing is live, no dialog is open, and the own roles are the demo's again."""
    file = toml(desktop)
    before = file.read_text()
    yield running
    for dialog in running.root.children():
        if dialog.role == "dialog" and dialog.has("showing"):
            dialog.find("Cancel", "push button").press()
    assert running.run("forget", "--all").code == 0
    file.write_text(before)
    running.window().find("Search roles").type("")


def live(app: App, role: str) -> bool:
    """Whether the row says so."""
    return "live" in app.row(role).description


def select(app: App, role: str) -> Node:
    """Make a role the chosen one in the window; returns the window."""
    window = app.window()
    window.find("Search roles").type(role)
    until(lambda: app.row(role).has("selected") or app.row(role).has("focused"), f"{role} chosen")
    return window


def new_form(app: App, desktop: Desktop, *way: str) -> Node:
    """The form "Add a role" by its keys; way: the keys that choose another road."""
    app.window().find("Search roles").focus()
    screen.keys(desktop, "ctrl+n")
    form = app.dialog("Add a role")
    if way:
        choose(form, desktop, "Name", "shift+Tab", *way)
    return form


def choose(dialog: Node, desktop: Desktop, beside: str, step: str, *keys: str) -> None:
    """Another value of a list by its keys, reached by one `step` (Tab, shift+Tab) from the field `beside`."""
    title = dialog.name.split(" — ")[0]
    until(lambda: screen.active_title(desktop).startswith(title), "the dialog in front")
    dialog.wait(beside, "text").focus()
    until(lambda: dialog.find(beside, "text").has("focused"), f"{beside} to have the keyboard")
    screen.keys(desktop, step, *keys)


def fill(form: Node, **values: str) -> None:
    """Type into fields by what they are called (underscores for blanks)."""
    for name, value in values.items():
        form.wait(name.replace("_", " "), "text").type(value)


def test_a_role_typed_in_is_drawn_saved_listed_and_taken(app: App, desktop: Desktop) -> None:
    """Faults stand at their field, the Route is drawn before anything is saved."""
    form = new_form(app, desktop)
    fill(form, Name="typed in", Role_ARN="arn:nonsense")
    until(lambda: "role/NAME" in form.words(), "the fault told")
    form.find("Role ARN", "text").type(AUDITED)
    form.find("More…", "push button").press()
    fill(form, Source_identity="alex", Session_tags="team=net", Region="eu-central-1")
    until(lambda: "session tags" in form.words(), "the route drawn")
    assert "typed in" not in toml(desktop).read_text()
    form.find("Add role", "push button").press()
    until(form.gone, "the form to close")
    assert '["typed in"]' in toml(desktop).read_text()
    select(app, "typed in").find("Sign in", "push button").press()
    until(lambda: live(app, "typed in"), "the row live")
    until(lambda: "of what AWS allows" in app.window().words(), "the packed size at the side")


def test_a_role_written_into_the_file_is_there_within_a_second(app: App, desktop: Desktop) -> None:
    """And a broken one is named with its line, while the others stay."""
    with toml(desktop).open("a") as file:
        file.write(f'\n[hand]\nrole_arn = "{AUDITED}"\nsource_profile = "alex"\n')
    app.window().find("Search roles").type("hand")
    until(lambda: app.row("hand"), "the row")
    with toml(desktop).open("a") as file:
        file.write("\n[broken]\nrole_arn = arn\n")
    until(lambda: "roles.toml" in app.window().words(), "the Problem of the file")
    assert app.row("hand")


def test_the_console_of_a_user_without_a_role(app: App, desktop: Desktop, browser: Browser) -> None:
    """The form says that the policy allows everything; the browser gets the sign-in."""
    form = new_form(app, desktop, "End", "Up")
    form.wait("User's name", "text").type("alex")
    fill(form, Name="my console")
    until(lambda: "allows everything" in form.words(), "allow-all said out loud")
    form.find("Add role", "push button").press()
    until(form.gone, "the form to close")
    browser.forget()
    window = select(app, "my console")
    until(lambda: "allows everything" in window.words(), "allow-all said at the side")
    window.find("Open console", "push button").press()
    browser.address()
    assert "Action=login" in browser.redirect


def test_one_task_as_root(app: App, desktop: Desktop) -> None:
    """The task comes from AWS's list; the session lives a quarter of an hour and opens no console."""
    form = new_form(app, desktop, "End")
    fill(form, Name="root queue", Account="222222222222", Region="eu-central-1")
    choose(form, desktop, "Account", "Tab", "End")
    until(lambda: "SQSUnlockQueuePolicy" in form.words(), "the task in the drawn route")
    form.find("Add role", "push button").press()
    until(form.gone, "the form to close")
    window = select(app, "root queue")
    window.find("Sign in", "push button").press()
    until(lambda: live(app, "root queue"), "the row live")
    assert not window.find("Open console", "push button").has("sensitive")
    (session,) = [s for s in app.run("status", "--json").json if s["name"] == "root queue"]
    assert session["seconds_left"] <= 900


def test_read_only_for_this_session_by_the_rows_menu(app: App, desktop: Desktop) -> None:
    """The narrowed session stands in the row, at the side and in status; the full one is not there."""
    select(app, "prod-readonly").find("Search roles").focus()
    screen.keys(desktop, "shift+F10")
    screen.keys(desktop, "Down", "Down", "Down", "Down", "Right", "Right", "Return")
    until(lambda: "fewer rights" in app.row("prod-readonly").description, "the row to say so")
    until(lambda: "Read-only" in app.window().words(), "the card at the side")
    (session,) = app.run("status", "--json").json
    assert (session["name"], session["narrowed"]) == ("prod-readonly", True)
    assert "prod-readonly (read-only)" in app.run("status").out
    window = app.window()
    window.find("Copy credentials with fewer rights", "push button").press()
    key = until(lambda: screen.clipboard(desktop), "the clipboard")
    given = app.run("export", "prod-readonly", "--read-only", "--format", "process")
    assert json.loads(given.out)["AccessKeyId"] in key


def test_another_tools_roles_by_the_dialog(app: App, desktop: Desktop) -> None:
    """Shown before they are added; what cannot be taken is named."""
    file = desktop.folder / "accounts.yaml"
    file.write_text(
        "acme:\n  team: a\n  region: eu-central-1\n  color: b\n  access_key: alex\n  profiles:\n"
        "    - {profile: shifted, account: '333333333333', role: Audited}\n"
        "    - {profile: alex, account: '333333333333', role: Other}\n"
    )
    app.window().find("Search roles").focus()
    screen.keys(desktop, "ctrl+shift+i")
    dialog = app.dialog("Import roles")
    choose(dialog, desktop, "File", "shift+Tab", "Down", "Down", "Down")
    dialog.find("File", "text").type(str(file))
    until(lambda: "shifted" in dialog.words(), "the preview")
    assert "alex: " in dialog.words()
    dialog.wait("Add 1 role", "push button").press()
    until(dialog.gone, "the dialog to close")
    assert "[shifted]" in toml(desktop).read_text()
    assert app.run("login", "shifted").code == 0


def test_an_own_role_goes_when_the_person_says_so(app: App, desktop: Desktop) -> None:
    """Asked first; its session goes with it."""
    assert app.run("login", "again").code == 0
    select(app, "again").find("Search roles").focus()
    screen.keys(desktop, "shift+F10", "Up", "Return")
    app.dialog("Remove this role").find("Remove", "push button").press()
    until(lambda: '\n["again"]' not in toml(desktop).read_text(), "the entry gone")
    until(lambda: "again" not in {row["name"] for row in app.run("list", "--json").json}, "it gone")
    assert app.run("status", "--json").json == []
