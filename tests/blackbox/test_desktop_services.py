"""Notifications, sleep and lock: what the desktop is told, and what it tells the app."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from blackbox import screen
from blackbox.bus import Service
from blackbox.desktop import Desktop
from blackbox.notifications import Notice, Notifications
from blackbox.program import App, Demo, person
from blackbox.waiting import stays, until

LOGIND = "org.freedesktop.login1"
OWN_CODE_ROLE = "data-notebook"
ROLE = "prod-readonly"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture
def notifications(desktop: Desktop) -> Iterator[Notifications]:
    """A service that refuses every call with another signature than the specification's."""
    with Notifications(desktop.session_bus) as service:
        yield service
    assert service.faults == []
    for notice in service.notices:
        assert_harmless(notice)


@pytest.fixture
def app(desktop: Desktop, demo: Demo, notifications: Notifications) -> Iterator[App]:
    """The app in the tray, no window."""
    with App(desktop, person(demo), "--minimized") as started:
        started.wait_for_socket()
        yield started


def assert_harmless(notice: Notice) -> None:
    """Lock screens show it: no account number, no key, no token, no markup that came from outside."""
    text = f"{notice.summary}\n{notice.body}"
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    assert all(len(number) < 12 for number in digits), text
    assert "AKIA" not in text
    assert "ASIA" not in text


def live(app: App) -> dict[str, int]:
    """Seconds left of each session."""
    return {row["name"]: row["seconds_left"] for row in app.run("status", "--json").json}


def test_a_tools_request_is_notified_before_any_dialog(
    app: App, demo: Demo, notifications: Notifications
) -> None:
    """No window over somebody's typing; the notice's action opens the dialog, the tool gets its answer."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(app.run, "login", "prod-admin")
        notice = notifications.wait("MFA code")
        stays(lambda: not screen.windows(app.desktop, "MFA code"), "no dialog yet", seconds=0.3)
        assert "prod-admin" in f"{notice.summary} {notice.body}"
        notifications.invoke(notice, notice.actions[0])
        app.dialog().find("MFA code", "text").type(demo.fresh_code())
        done = waiting.result(30)
    assert done.code == 0, done.err


def test_a_session_that_ends_is_announced_once_with_renew(
    app: App, demo: Demo, notifications: Notifications
) -> None:
    """Ten minutes before; the renew action asks for the new code."""
    assert app.run("login", OWN_CODE_ROLE, "--mfa-stdin", typed=demo.fresh_code()).code == 0
    demo.advance(8 * 3600 - 590)
    app.tray.activate()
    app.window()  # an open window beats each second, so the demo's clock is looked at
    notice = notifications.wait(OWN_CODE_ROLE)
    assert "renew" in notice.actions
    stays(lambda: len(notifications.notices) == 1, "one notice", seconds=1.5)
    notifications.invoke(notice, "renew")
    app.dialog().find("MFA code", "text").type(demo.fresh_code())
    until(lambda: live(app)[OWN_CODE_ROLE] > 3600, "the renewal")


def test_a_problem_of_a_hidden_app_is_notified(app: App, notifications: Notifications) -> None:
    """A click in the tray menu, a refusal: notice, and the window on a click on it."""
    app.tray.click("sealed")
    notice = until(lambda: notifications.notices, "the notice")[0]
    notifications.invoke(notice, "default")
    until(lambda: screen.windows(app.desktop, "^Rolecall$"), "the window")
    until(lambda: "refused" in app.row("sealed").description, "the row")


def test_sleep_and_lock_put_away_what_lies_open(app: App, desktop: Desktop) -> None:
    """PrepareForSleep: the clipboard is cleared, the code dialog closed; the session stays."""
    with Service(desktop.system_bus, LOGIND) as logind:
        app.tray.click(ROLE)
        until(lambda: ROLE in live(app), "the session")
        app.tray.click_below(f"{ROLE} — ", "bash")
        until(lambda: "AWS_SESSION_TOKEN" in screen.clipboard(desktop), "the clipboard")
        app.tray.click("prod-admin")
        dialog = app.dialog()
        path, interface = "/org/freedesktop/login1", f"{LOGIND}.Manager"
        logind.signal(path, interface, "PrepareForSleep", "b", True)
        until(lambda: not screen.clipboard(desktop), "the clipboard to be cleared")
        until(dialog.gone, "the dialog to close")
        logind.signal(path, interface, "PrepareForSleep", "b", False)
        assert ROLE in live(app)


def test_a_locked_screen_clears_the_clipboard(app: App, desktop: Desktop) -> None:
    """org.freedesktop.ScreenSaver, as most lockers say it."""
    name = "org.freedesktop.ScreenSaver"
    with Service(desktop.session_bus, name) as saver:
        app.tray.click(ROLE)
        until(lambda: ROLE in live(app), "the session")
        app.tray.click_below(f"{ROLE} — ", "bash")
        until(lambda: "AWS_SESSION_TOKEN" in screen.clipboard(desktop), "the clipboard")
        saver.signal("/org/freedesktop/ScreenSaver", name, "ActiveChanged", "b", True)
        until(lambda: not screen.clipboard(desktop), "the clipboard to be cleared")
