"""exec through the running app: its dialog asks, its sessions are used, its renewals are the command's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blackbox.commands import CALLS, Running, call, python
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.waiting import until

ROLE = "prod-readonly"
CODE_ROLE = "prod-admin"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def app(desktop: Desktop, demo: Demo) -> Iterator[App]:
    """The app, its window open."""
    with App(desktop, person(demo)) as started:
        started.window()
        yield started


def live(app: App) -> set[str]:
    """Names of the roles that the app holds sessions of."""
    return {row["name"] for row in app.run("status", "--json").json}


def test_the_apps_dialog_asks_and_the_app_keeps_the_session(app: App, demo: Demo) -> None:
    """The command waits for the person, and the next one for nobody."""
    echo = ("--container-endpoint", "--", "echo", "up")
    with Running(app.environ, CODE_ROLE, *echo) as running:
        app.dialog().find("MFA code", "text").type(demo.fresh_code())
        assert running.line() == "up"
        assert running.end() == 0
    assert CODE_ROLE in live(app)
    again = app.run("exec", CODE_ROLE, "--", "echo", "again")
    assert (again.code, again.out) == (0, "again\n")


def test_a_long_run_is_renewed_by_the_app(app: App, demo: Demo) -> None:
    """What the command uses after its session has ended is in the app too."""
    way = (ROLE, "--container-endpoint", "--duration", "900")
    with Running(app.environ, *way, "--", *python(CALLS)) as running:
        first = call(running)
        demo.advance(901)
        until(lambda: ROLE not in live(app), "the end of the session in the app")
        second = call(running)
        assert "assumed-role/ReadOnly/" in first[0]
        assert "assumed-role/ReadOnly/" in second[0]
        assert first[1] != second[1]
        assert ROLE in live(app)
        assert running.end() == 0


def test_a_person_who_says_no_ends_it(app: App) -> None:
    """The command never starts: 125, and the reason."""
    with Running(app.environ, "data-notebook", "--", "echo", "never") as running:
        app.dialog().find("Cancel", "push button").press()
        out, err = running.process.communicate(timeout=30)
    assert (running.process.returncode, out) == (125, "")
    assert "code" in err
