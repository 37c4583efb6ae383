"""`rolecall demo` as a newcomer meets it: in the terminal, on a screen, beside the real program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.accessible import Accessibility, Node
from blackbox.desktop import Desktop
from blackbox.program import App, plain_environment, run
from blackbox.tray import TrayItem, items
from blackbox.waiting import until


@pytest.fixture(scope="module")
def desktop() -> Iterator[Desktop]:
    """A screen with a tray, and no keyring: the demo needs none."""
    with Desktop(keyring=None) as made:
        yield made


def test_without_a_screen_it_does_the_main_job_in_the_terminal(tmp_path: Path) -> None:
    """List, code, sign-in, countdown, one real call, the console; nothing is left behind."""
    environ = plain_environment(tmp_path)
    done = run(environ, "demo")
    assert done.code == 0, done.err
    assert "prod-admin" in done.out
    assert "assumed-role/Admin/" in done.out
    assert len(re.findall(r"^ *prod-admin +(?:\d+:)?\d+:\d\d$", done.out, re.MULTILINE)) >= 3
    assert "HTTP 200" in done.out
    left = [path for path in tmp_path.rglob("*") if path.is_file() and "demo-" in str(path)]
    assert left == []
    assert not (tmp_path / ".aws").exists()


def test_on_a_screen_with_its_own_authenticator(desktop: Desktop) -> None:
    """The code is read in one window and typed in the other; quitting takes the folder along."""
    with App(desktop, {}, "demo") as app:
        app.window()
        authenticator = app.dialog("Demo authenticator")
        app.tray.click("prod-admin")
        app.dialog().wait("MFA code", "text").type(shown_code(authenticator))
        until(lambda: "live" in app.row("prod-admin").description, "the row live")
        folders = list((desktop.folder / "run/rolecall").glob("demo-*"))
        assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700]
        app.tray.click("Quit")
        assert app.wait_for_end() == 0
    assert not folders[0].exists()
    assert not (desktop.home / ".aws").exists()


def shown_code(authenticator: Node) -> str:
    """What it shows for the first device."""
    found = re.search(r"^(\d{3}) (\d{3})$", authenticator.words(), re.MULTILINE)
    assert found is not None
    return found[1] + found[2]


def test_try_the_demo_starts_it_beside_the_real_program(desktop: Desktop) -> None:
    """From the empty window; two icons, two instances, and the real one knows none of its roles."""
    with App(desktop, {"AWS_EC2_METADATA_DISABLED": "true"}) as app:
        app.window().wait("Try the demo", "push button").press()
        other = until(lambda: second_icon(desktop, app), "the demo's icon")
        tree = Accessibility(desktop.accessibility_bus)
        tree.application(other.pid).wait("prod-admin", "list item")
        tree.close()
        assert app.run("list", "--json").json == []
        other.click("Quit")
        until(lambda: len(items(desktop.bus)) == 1, "the demo's end")
        assert app.process.poll() is None


def second_icon(desktop: Desktop, app: App) -> TrayItem | None:
    """The icon that is not the app's."""
    return next((item for item in items(desktop.bus) if item.pid != app.pid), None)
