"""Sessions that outlive the program: kill -9, a locked keyring, commands without the app, lock, forget."""

from __future__ import annotations

import shutil
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.bus import Service
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, Done, run
from blackbox.waiting import stays, until

PASSWORD = "opensesame"
LOGIND = "org.freedesktop.login1"
CODE_ROLE = "prod-admin"
SHARING = "data-jump"
PLAIN = "sandbox-admin"


@pytest.fixture
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS, as a stranger's: the program must not know that it is a demo."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture
def person(desktop: Desktop, demo: Demo) -> Iterator[dict[str, str]]:
    """The demo's files as one's own, the real clock, the real keyring; nothing kept at first."""
    names = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ENDPOINT_URL_STS")
    yield {name: demo.exports[name] for name in names} | {"AWS_EC2_METADATA_DISABLED": "true"}
    shutil.rmtree(desktop.home / ".local/state/rolecall", ignore_errors=True)
    shutil.rmtree(desktop.home / ".config/rolecall", ignore_errors=True)


def kept_file(desktop: Desktop) -> Path:
    return desktop.home / ".local/state/rolecall/sessions"


def alone(desktop: Desktop, person: dict[str, str], *arguments: str, code: str = "") -> Done:
    """A command in a terminal without a screen, on the same bus."""
    environ = {n: v for n, v in (desktop.environ | person).items() if n != "DISPLAY"}
    more = ("--mfa-stdin",) if code else ()
    return run(environ, *arguments, *more, typed=code or None)


def live(done: Done) -> set[str]:
    assert done.code == 0, done.err
    return {row["name"] for row in done.json}


def wait_for(app: App) -> None:
    """Return when it answers; the socket of one that was killed lies there before."""

    def answers() -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(f"{app.environ['XDG_RUNTIME_DIR']}/rolecall/agent.sock")
            except OSError:
                return False
        return True

    until(answers, "the app's answer")


def signed_in(app: App, demo: Demo) -> None:
    """Two roles, one of them by a code; both on the disk."""
    wait_for(app)
    assert app.run("login", PLAIN).code == 0
    done = app.run("login", CODE_ROLE, "--mfa-stdin", typed=demo.fresh_code())
    assert done.code == 0, done.err
    seen: list[bytes] = []

    def written() -> bool:
        seen.append(kept_file(app.desktop).read_bytes() if kept_file(app.desktop).exists() else b"")
        return len(seen) > 5 and bool(seen[-1]) and len(set(seen[-5:])) == 1

    until(written, "the file of kept sessions")


def test_after_kill_9_the_roles_are_live_without_a_code(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """And the shared session too: a further role of the identity needs no code either."""
    with App(desktop, person, "--minimized") as app:
        signed_in(app, demo)
        before = app.run("export", CODE_ROLE, "--format", "process").out
        app.kill()
    file = kept_file(desktop)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    for word in (b"ASIA", CODE_ROLE.encode(), b"arn:aws"):
        assert word not in file.read_bytes()
    calls = len(demo.calls())
    with App(desktop, person, "--minimized") as app:
        wait_for(app)
        assert app.run("export", CODE_ROLE, "--format", "process").out == before
        assert live(app.run("status", "--json")) == {"alex", CODE_ROLE, PLAIN}
        assert len(demo.calls()) == calls
        assert app.run("login", SHARING).code == 0
        assert [call["action"] for call in demo.calls()[calls:]] == ["AssumeRole"]
        entry = until(lambda: app.tray.find(f"{CODE_ROLE} — "), "the tray's entry")
        assert "min" in entry.label


def test_commands_without_the_app_use_it_and_add_to_it(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """`status` lists them, `export` hands them out, `login` adds, `forget` removes."""
    first = alone(desktop, person, "login", PLAIN)
    assert (first.code, "not kept" in first.err) == (0, True)
    assert live(alone(desktop, person, "status", "--json")) == set()
    assert not kept_file(desktop).exists()
    with App(desktop, person, "--minimized") as app:
        signed_in(app, demo)
        before = app.run("export", CODE_ROLE).out
        app.kill()
    calls = len(demo.calls())
    assert alone(desktop, person, "export", CODE_ROLE).out == before
    assert live(alone(desktop, person, "status", "--json")) == {"alex", CODE_ROLE, PLAIN}
    assert len(demo.calls()) == calls
    added = alone(desktop, person, "login", SHARING)
    assert (added.code, added.err) == (0, "")
    assert live(alone(desktop, person, "status", "--json")) == {"alex", CODE_ROLE, PLAIN, SHARING}
    assert alone(desktop, person, "forget", PLAIN).code == 0
    with App(desktop, person, "--minimized") as app:
        wait_for(app)
        assert live(app.run("status", "--json")) == {"alex", CODE_ROLE, SHARING}
        app.kill()
    assert alone(desktop, person, "forget", "--all").code == 0
    assert live(alone(desktop, person, "status", "--json")) == set()


def test_other_aws_files_see_none_of_it(
    desktop: Desktop, demo: Demo, person: dict[str, str], tmp_path: Path
) -> None:
    """Same names, same roles, another file: nothing is shared, and nothing is lost."""
    with App(desktop, person, "--minimized") as app:
        signed_in(app, demo)
        app.kill()
    other = tmp_path / "config"
    shutil.copy(person["AWS_CONFIG_FILE"], other)
    elsewhere = person | {"AWS_CONFIG_FILE": str(other)}
    assert live(alone(desktop, elsewhere, "status", "--json")) == set()
    assert alone(desktop, elsewhere, "login", PLAIN).code == 0
    assert live(alone(desktop, elsewhere, "status", "--json")) == {PLAIN}
    assert live(alone(desktop, person, "status", "--json")) == {"alex", CODE_ROLE, PLAIN}


def test_a_locked_keyring_means_memory_only_and_is_said(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """Signing in works, nothing is written, nothing waits; the command says it on stderr."""
    with App(desktop, person, "--minimized") as app:
        signed_in(app, demo)
        app.kill()
    before = kept_file(desktop).read_bytes()
    desktop.stop_keyring()
    desktop.start_keyring(None)
    try:
        done = alone(desktop, person, "status", "--json")
        assert live(done) == set()
        assert done.err.count("memory only") == 1
        assert "locked" in done.err
        assert done.seconds < 5
        assert alone(desktop, person, "login", PLAIN).code == 0
        untold = alone(desktop, person, "forget", PLAIN)
        assert (untold.code, "forget --all" in untold.err) == (7, True)
        with App(desktop, person) as app:
            window = app.window()
            until(lambda: "memory only" in window.words(), "the words in the window")
            assert app.run("login", PLAIN).code == 0
            assert live(app.run("status", "--json")) == {PLAIN}
            assert "Traceback" not in app.output
        assert kept_file(desktop).read_bytes() == before
    finally:
        desktop.stop_keyring()
        desktop.start_keyring(PASSWORD)
    assert live(alone(desktop, person, "status", "--json")) == {"alex", CODE_ROLE, PLAIN}


@pytest.mark.parametrize("spoil", ["garbage", "cut", "older"])
def test_a_bad_file_is_set_aside_and_said_once(
    desktop: Desktop, demo: Demo, person: dict[str, str], spoil: str
) -> None:
    """Never a crash, never deleted; the work goes on."""
    with App(desktop, person, "--minimized") as app:
        signed_in(app, demo)
        app.kill()
    file = kept_file(desktop)
    raw = file.read_bytes()
    bad = {
        "garbage": b"\x00garbage",
        "cut": raw[:-20],
        "older": raw.replace(b'"version": 1', b'"version": 0'),
    }[spoil]
    file.write_bytes(bad)
    done = alone(desktop, person, "status", "--json")
    assert live(done) == set()
    assert "set aside" in done.err
    assert "Traceback" not in done.err
    assert file.with_name("sessions.unreadable-1").read_bytes() == bad
    assert alone(desktop, person, "status", "--json").err == ""


def test_locked_by_hand_a_click_brings_them_back(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """Programs are refused meanwhile; the file stays."""
    with App(desktop, person, "--minimized") as app:
        signed_in(app, demo)
        app.tray.click("Lock")
        until(lambda: live(app.run("status", "--json")) == set(), "no session")
        refused = app.run("export", CODE_ROLE)
        assert (refused.code, refused.out) == (4, "")
        assert "locked" in refused.err
        calls = len(demo.calls())
        app.tray.click("Unlock")
        until(lambda: CODE_ROLE in live(app.run("status", "--json")), "the sessions back")
        assert app.run("export", CODE_ROLE).code == 0
        assert len(demo.calls()) == calls


def test_sleep_locks_only_where_the_person_wants_it(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """Off by default; on, the sessions are out of memory when the machine sleeps."""
    settings = desktop.home / ".config/rolecall/settings.toml"
    for chosen in (False, True):
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f"lock_on_sleep = {'true' if chosen else 'false'}\n")
        with (
            Service(desktop.system_bus, LOGIND) as manager,
            App(desktop, person, "--minimized") as app,
        ):
            signed_in(app, demo)
            manager.signal(
                "/org/freedesktop/login1", f"{LOGIND}.Manager", "PrepareForSleep", "b", True
            )
            if chosen:
                until(lambda: live(app.run("status", "--json")) == set(), "no session")
            else:
                stays(lambda: CODE_ROLE in live(app.run("status", "--json")), "live", seconds=0.5)


def test_a_quit_right_after_loses_nothing_and_forgets_for_good(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """The end waits for the disk: what was just got is back, what was just forgotten is not."""
    with App(desktop, person, "--minimized") as app:
        wait_for(app)
        assert app.run("login", PLAIN).code == 0
        app.process.terminate()
        assert app.wait_for_end() == 0
    assert live(alone(desktop, person, "status", "--json")) == {PLAIN}
    with App(desktop, person, "--minimized") as app:
        wait_for(app)
        assert live(app.run("status", "--json")) == {PLAIN}
        assert app.run("forget", "--all").code == 0
        app.process.terminate()
        assert app.wait_for_end() == 0
    assert live(alone(desktop, person, "status", "--json")) == set()


def test_switched_off_nothing_is_written(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """The sessions then end with the app."""
    settings = desktop.home / ".config/rolecall/settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("keep_sessions = false\n")
    with App(desktop, person, "--minimized") as app:
        wait_for(app)
        assert app.run("login", PLAIN).code == 0
        assert live(app.run("status", "--json")) == {PLAIN}
        app.kill()
    assert not kept_file(desktop).exists()


def test_a_demo_keeps_nothing(desktop: Desktop, demo: Demo, person: dict[str, str]) -> None:
    """Its keyring is memory, and so are its sessions."""
    with App(desktop, person | {"ROLECALL_DEMO_URL": demo.url}, "--minimized") as app:
        wait_for(app)
        assert app.run("login", PLAIN).code == 0
        app.kill()
    assert not kept_file(desktop).exists()


def test_switched_off_while_the_app_is_down_they_do_not_come_back(
    desktop: Desktop, demo: Demo, person: dict[str, str]
) -> None:
    """The next start removes them, whatever the settings say later."""
    with App(desktop, person, "--minimized") as app:
        signed_in(app, demo)
    assert kept_file(desktop).exists()
    settings = desktop.home / ".config/rolecall/settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text("keep_sessions = false\n")
    with App(desktop, person, "--minimized") as app:
        wait_for(app)
        until(lambda: not kept_file(desktop).exists(), "the file to go")
    settings.write_text("keep_sessions = true\n")
    with App(desktop, person, "--minimized") as app:
        wait_for(app)
        assert live(app.run("status", "--json")) == set()
