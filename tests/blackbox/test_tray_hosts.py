"""Desktops without a tray, with one that comes late, and with one that crashes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blackbox import screen
from blackbox.desktop import Desktop
from blackbox.program import App, plain_profiles
from blackbox.tray import items
from blackbox.waiting import stays, until

NAMES = ("dev_admin", "a__b", "r&d", "_x_", "개발-관리자", "role-" + "x" * 59)


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    """A desktop without tray host and keyring, of one test."""
    with Desktop(tray=False, keyring=None) as made:
        yield made


@pytest.fixture
def environ(desktop: Desktop) -> dict[str, str]:
    """Some profiles with awkward names; nobody calls AWS here."""
    return plain_profiles(desktop.folder, NAMES)


def test_without_a_host_the_window_is_the_app(desktop: Desktop, environ: dict[str, str]) -> None:
    """It shows, lists the roles, and closing it ends the program: nobody is left invisible."""
    with App(desktop, environ) as app:
        rows = app.window().find("Roles").children()
        assert [row.name for row in rows] == [*NAMES, "keys"]
        screen.close_window(desktop, "^Rolecall$")
        assert app.wait_for_end() == 0


def test_a_late_host_is_joined_and_a_restarted_one_again(
    desktop: Desktop, environ: dict[str, str]
) -> None:
    """One icon each time, with a menu whose labels are the roles' names letter by letter."""
    with App(desktop, environ) as app:
        app.window()
        assert items(desktop.bus) == []
        for _ in ("late", "again"):
            desktop.start_tray_host()
            item = app.tray
            stays(lambda: len(items(desktop.bus)) == 1, "one icon only", seconds=0.5)
            labels = [entry.label for entry in item.entries()]
            assert set(NAMES) <= set(labels), labels
            assert item.icon_png()
            desktop.stop_tray_host()
        assert app.process.poll() is None
        assert app.run("list", "--json").code == 0


def test_a_hidden_app_whose_host_is_there_hides_on_close(
    desktop: Desktop, environ: dict[str, str]
) -> None:
    """With an icon to come back by, closing the window hides it; a click brings it back."""
    desktop.start_tray_host()
    with App(desktop, environ) as app:
        item = app.tray
        screen.close_window(desktop, "^Rolecall$")
        stays(lambda: app.process.poll() is None, "it ended", seconds=0.5)
        item.activate()
        until(lambda: screen.windows(desktop, "^Rolecall$"), "the window")


def test_minimized_without_a_host_does_not_stay_invisible(
    desktop: Desktop, environ: dict[str, str]
) -> None:
    """A login that waits for its panel a while, then shows the window."""
    with App(desktop, environ, "--minimized") as app:
        until(lambda: screen.windows(desktop, "^Rolecall$"), "the window", seconds=25)
        assert app.window()


def test_without_any_session_bus_it_starts(desktop: Desktop, environ: dict[str, str]) -> None:
    """A bare X session."""
    nowhere = f"unix:path={desktop.folder}/nothing"
    with App(desktop, environ | {"DBUS_SESSION_BUS_ADDRESS": nowhere}) as app:
        until(lambda: screen.windows(desktop, "^Rolecall$"), "the window")
        app.wait_for_socket()
        assert len(app.run("list", "--json").json) == len(NAMES) + 1
        assert "Traceback" not in app.output
