"""Beginning and ending: one instance, commands that start it, and every way it may be told to stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from blackbox import screen
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.tray import items
from blackbox.waiting import stays, until

ROLE = "prod-readonly"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture
def environ(demo: Demo) -> Iterator[dict[str, str]]:
    """The demo's environment; fair weather afterwards."""
    yield person(demo)
    demo.fault(kind="none")


@pytest.fixture
def app(desktop: Desktop, environ: dict[str, str]) -> Iterator[App]:
    """The app in the tray, no window yet."""
    with App(desktop, environ, "--minimized") as started:
        started.wait_for_socket()
        yield started


def window_shows(app: App) -> bool:
    """Whether a person sees its window."""
    return bool(screen.windows(app.desktop, "^Rolecall$"))


def copied(app: App) -> None:
    """Have credentials on the clipboard."""
    app.tray.click(ROLE)
    until(lambda: app.tray.find(f"{ROLE} — "), "a live role")
    app.tray.click_below(f"{ROLE} — ", "bash")
    until(lambda: "AWS_SESSION_TOKEN" in screen.clipboard(app.desktop), "the clipboard")


def test_minimized_is_an_icon_without_a_window_and_a_click_shows_it(app: App) -> None:
    """The icon's left click opens the window."""
    item = app.tray
    stays(lambda: not window_shows(app), "no window was asked for", seconds=0.5)
    item.activate()
    until(lambda: window_shows(app), "the window")


def test_a_second_start_raises_the_first(
    app: App, desktop: Desktop, environ: dict[str, str]
) -> None:
    """It ends by itself with 0; there is one icon, and the first one's window in front."""
    with App(desktop, environ) as second:
        assert second.wait_for_end() == 0, second.output
    until(lambda: screen.active_title(desktop) == "Rolecall", "the window in front")
    assert app.window().pid == app.pid
    assert len(items(desktop.bus)) == 1


def test_of_six_starts_at_once_one_wins(desktop: Desktop, environ: dict[str, str]) -> None:
    """Five hand over and end with 0."""
    starts = [App(desktop, environ) for _ in range(6)]
    try:
        until(lambda: sum(s.process.poll() is not None for s in starts) == 5, "five to end")
        ended = [s for s in starts if s.process.poll() is not None]
        assert [s.process.returncode for s in ended] == [0] * 5, [s.output for s in ended]
        until(lambda: window_shows(starts[0]), "the window")
        assert len(items(desktop.bus)) == 1
    finally:
        for start in starts:
            start.kill()


def test_after_a_crash_the_next_start_works(
    app: App, desktop: Desktop, environ: dict[str, str]
) -> None:
    """The kernel gives the lock back, the socket left behind is no obstacle."""
    app.kill()
    with App(desktop, environ) as following:
        following.window()
        assert following.run("status", "--json").json == []


def test_login_starts_the_app_and_the_session_is_kept(
    desktop: Desktop, environ: dict[str, str]
) -> None:
    """Where there is a screen; the icon comes, no window."""
    with App(desktop, environ, "login", ROLE) as command:
        assert command.wait_for_end() == 0, command.output
        try:
            (item,) = until(lambda: items(desktop.bus), "the icon")
            until(lambda: item.find(f"{ROLE} — "), "the session in the menu")
            assert [row["name"] for row in command.run("status", "--json").json] == [ROLE]
        finally:
            for item in items(desktop.bus):
                item.click("Quit")
        until(lambda: not items(desktop.bus), "the icon to go")


def test_quit_in_the_menu_ends_it_and_clears_the_clipboard(app: App) -> None:
    """Exit 0; nothing of ours to paste; commands find nobody."""
    copied(app)
    app.tray.click("Quit")
    assert app.wait_for_end() == 0
    assert screen.clipboard(app.desktop) == ""
    assert app.run("status", "--json").json == []


def test_a_foreign_clipboard_is_left_alone_at_the_end(app: App, desktop: Desktop) -> None:
    """What the person copied afterwards is not ours to clear."""
    copied(app)
    owner = desktop.spawn(["xclip", "-selection", "clipboard", "-quiet"], log="xclip", pipe=True)
    assert owner.stdin is not None
    owner.stdin.write(b"something else")
    owner.stdin.close()
    until(lambda: screen.clipboard(desktop) == "something else", "the other text")
    app.tray.click("Quit")
    assert app.wait_for_end() == 0
    assert screen.clipboard(desktop) == "something else"
    owner.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_as_quit_does(app: App, number: int) -> None:
    """Log-out sends SIGTERM: the clipboard is cleared, exit 0."""
    copied(app)
    app.process.send_signal(number)
    assert app.wait_for_end() == 0
    assert screen.clipboard(app.desktop) == ""


def test_quit_during_a_call_does_not_wait_for_it(app: App, demo: Demo) -> None:
    """AWS takes half a minute; the program is gone within three seconds."""
    demo.fault(kind="hang", seconds=30, count=5)
    app.tray.click(ROLE)
    until(lambda: demo.calls()[-1]["code"] == "hang", "the call")
    app.tray.click("Quit")
    assert app.wait_for_end(3.0) == 0
    assert "Traceback" not in app.output
    assert "terminate" not in app.output
