"""Sources in the running app: the line in its dialog, a tool's wish notified first, tray, window, renewal."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from blackbox.accessible import Node
from blackbox.desktop import Desktop
from blackbox.notifications import Notifications
from blackbox.program import PROGRAM, App, Demo, person, run, run_on_terminal
from blackbox.waiting import stays, until

DIALOG = "Run a program"


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def notifications(desktop: Desktop) -> Iterator[Notifications]:
    """A service that refuses every call with another signature than the specification's."""
    with Notifications(desktop.session_bus) as service:
        yield service
    assert service.faults == []


@pytest.fixture(scope="module")
def app(desktop: Desktop, demo: Demo, notifications: Notifications) -> Iterator[App]:
    """The app in the tray; what it keeps is its own."""
    own = {"ROLECALL_HOME": str(desktop.folder / "sources")}
    with App(desktop, person(demo) | own, "--minimized") as started:
        started.wait_for_socket()
        yield started


def live(app: App, role: str) -> bool:
    return any(row["name"] == role for row in app.run("status", "--json").json)


def asked(app: App) -> bool:
    return any(n.name.startswith(DIALOG) and n.has("showing") for n in app.root.children())


def line_of(app: App) -> str:
    folder = app.environ["AWS_CONFIG_FILE"].removesuffix("config")
    return f'"{folder}acme-vault" --item aws/robin'


def test_a_tools_wish_is_notified_first_and_not_now_is_a_no(
    app: App, notifications: Notifications
) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(app.run, "credential-process", "vault-reader")
        notice = notifications.wait("vault wants to run a program")
        stays(lambda: not asked(app), "no dialog by itself", seconds=0.5)
        notifications.invoke(notice, "default")
        dialog = app.dialog(DIALOG)
        assert dialog.find("The exact line", "text").text == line_of(app)
        assert "vault-reader" in dialog.words()
        dialog.find("Not now", "push button").press()
        done = waiting.result(30)
    assert (done.code, done.out) == (4, "")
    assert "was not allowed to run" in done.err
    until(lambda: not asked(app), "the dialog to close")
    until(lambda: notice.number in notifications.closed, "the notification to go")


def test_a_tool_that_gives_up_takes_the_question_along(
    app: App, notifications: Notifications
) -> None:
    before = len(notifications.notices)
    process = subprocess.Popen(
        [PROGRAM, "credential-process", "vault"],
        env=app.environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: notifications.notices[before:], "a notification of its own")
        notifications.invoke(notifications.notices[before], "default")
        dialog = app.dialog(DIALOG)
    finally:
        process.kill()
        process.wait(10)
    until(dialog.gone, "the question to go")


def test_accepted_from_the_tray_it_serves_window_and_command(app: App) -> None:
    app.tray.click("vault-reader")
    dialog = app.dialog(DIALOG)
    dialog.find("Run it from now on", "push button").press()
    until(lambda: live(app, "vault-reader"), "the session")
    until(lambda: not asked(app), "the dialog to close")
    app.tray.click("vault")
    until(lambda: live(app, "vault"), "the source's own session, unasked")
    assert (
        app.run("export", "--format", "json", "vault-reader")
        .json["role_arn"]
        .endswith("VaultReader")
    )
    app.run("forget", "vault-reader")
    assert app.run("login", "vault-reader").code == 0


def test_machine_container_and_login_from_the_window(app: App) -> None:
    for role in ("machine-deploy", "login-reader"):
        app.tray.click(role)
        until(lambda role=role: live(app, role), f"{role} live")
    app.tray.click("task-report")
    app.tray.click("Search roles…")
    app.window()
    until(lambda: "live" in app.row("task-report").description, "the row live")
    done = app.run("credential-process", "task-report")
    assert done.code == 0, "the command resolves it from its own environment"
    kept = Path(app.environ["ROLECALL_HOME"], "config", "settings.toml").read_text()
    assert "acme-vault" not in kept
    assert "trusted" in kept


def test_the_command_s_own_environment_counts_beside_the_app(app: App) -> None:
    lines = Path(app.environ["AWS_SHARED_CREDENTIALS_FILE"]).read_text()
    build = lines.partition("[build]")[2].partition("[")[0].split("\n")
    keys = {k.upper(): v for k, _, v in (line.partition(" = ") for line in build) if v}
    assert app.run("export", "ci-environment").code == 8
    done = run(app.environ | keys, "credential-process", "ci-environment")
    assert done.code == 0, done.err
    assert not live(app, "ci-environment")


def test_settings_show_the_line_and_the_command_takes_it_back(app: App) -> None:
    app.tray.click("Settings…")
    dialog = app.dialog("Settings")
    tab(dialog, "Programs").press()
    table = dialog.wait("Answers about programs", "table")
    assert {"vault", line_of(app), "may run"} <= {node.name for node in table.walk()}
    assert app.run("trust", "vault", "--revoke").code == 0
    until(lambda: line_of(app) not in dialog.words(), "the line to go")
    dialog.find("Close", "push button").press()
    until(dialog.gone, "the settings to close")
    app.run("forget", "--all")
    done, shown = run_on_terminal(app.environ, "trust", "vault", answers=["y"], prompt="[y/N] ")
    assert line_of(app) in shown
    assert done.code == 0, done.err
    assert app.run("login", "vault-reader").code == 0, "the app heard it from the command"


def tab(dialog: Node, name: str) -> Node:
    return next(node for node in dialog.walk() if node.name == name and node.role == "page tab")


def test_it_renews_itself(app: App, demo: Demo) -> None:
    first = app.run("export", "--format", "json", "vault-reader").json
    demo.advance(3500)
    until(
        lambda: (
            app.run("export", "--format", "json", "vault-reader").json["AccessKeyId"]
            != first["AccessKeyId"]
        ),
        "a new session",
    )
    assert not asked(app)
