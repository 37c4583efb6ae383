"""Roles that a person marked as production: loud, asked about before a program has one, and confirmed if wanted."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from blackbox.desktop import Desktop
from blackbox.notifications import Notifications
from blackbox.program import PROGRAM, App, Demo, person, run
from blackbox.waiting import until

MARKED = "prod-readonly"
PLAIN = "sandbox-admin"
SETTINGS = 'production_patterns = ["prod-*"]\nconfirm_production = true\nproduction_minutes = 30\n'


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def notifications(desktop: Desktop) -> Iterator[Notifications]:
    """The desktop's notification service."""
    with Notifications(desktop.session_bus) as service:
        yield service


@pytest.fixture(scope="module")
def app(desktop: Desktop, demo: Demo, notifications: Notifications) -> Iterator[App]:
    """The app in the tray, its marks made by a pattern."""
    home = desktop.folder / "marked"
    (home / "config").mkdir(parents=True, mode=0o700)
    (home / "config" / "settings.toml").write_text(SETTINGS)
    with App(desktop, person(demo) | {"ROLECALL_HOME": str(home)}, "--minimized") as started:
        started.wait_for_socket()
        yield started


def test_list_names_them_with_the_app_and_without(app: App) -> None:
    """A field of its own for programs, a word for people."""
    for environ in (app.environ, app.environ | {"XDG_RUNTIME_DIR": "/nonexistent"}):
        rows = {row["name"]: row for row in run(environ, "list", "--json").json}
        assert (rows[MARKED]["production"], rows[PLAIN]["production"]) == (True, False)
    said = {line.split()[0]: line for line in app.run("list").out.splitlines()}
    assert "PRODUCTION" in said[MARKED]
    assert "PRODUCTION" not in said[PLAIN]


def test_a_program_is_asked_about_by_default(app: App, notifications: Notifications) -> None:
    """Nobody chose so for this role: the mark is enough. Other roles are given as before."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(app.run, "credential-process", MARKED)
        notice = notifications.wait(f"wants {MARKED}")
        notifications.invoke(notice, "default")
        dialog = app.dialog("A program asks")
        assert "PRODUCTION" in dialog.words()
        dialog.find("Deny", "push button").press()
        done = waiting.result(30)
    assert (done.code, done.out) == (4, "")
    assert app.run("credential-process", PLAIN).code == 0


def test_a_person_confirms_and_has_it_for_half_an_hour(app: App) -> None:
    """By the tray: its line has the word, the dialog too; Cancel leaves all as it was."""

    def live() -> list[dict[str, object]]:
        return [row for row in app.run("status", "--json").json if row["name"] == MARKED]

    line = f"{MARKED} · PRODUCTION"
    for button in ("Cancel", "Sign in"):
        app.tray.click(line)
        dialog = app.dialog("Sign in to production")
        assert MARKED in dialog.words()
        assert "PRODUCTION" in dialog.words()
        assert live() == []
        dialog.find(button, "push button").press()
    [row] = until(live, "the session")
    assert 1700 < int(str(row["seconds_left"])) <= 1800
    until(lambda: "PRODUCTION" in app.tray.tooltip, "the word in the tooltip")
    window = subprocess.run([PROGRAM], env=app.environ, check=False, timeout=30)
    assert window.returncode == 0
    app.window()
    assert app.row(MARKED).description.startswith("PRODUCTION, ")
