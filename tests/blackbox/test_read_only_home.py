"""A home on a read-only file system: the app starts, serves from memory, and says so once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.desktop import Desktop
from blackbox.program import App, Demo
from blackbox.waiting import until

CODE_ROLE = "prod-admin"
ROLE = "prod-readonly"

READ_ONLY = (
    'mount --bind "$HOME" "$HOME" && mount -o remount,bind,ro "$HOME" && '
    '! touch "$HOME/x" 2>/dev/null && exec "$@"'
)

pytestmark = pytest.mark.skipif(
    subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode
    != 0,
    reason="nobody but root may mount",
)


@pytest.fixture
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS, as a stranger's: the program must not know that it is a demo."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.mark.parametrize("used_before", [False, True])
def test_it_serves_from_memory_and_says_so_once(
    desktop: Desktop, demo: Demo, tmp_path: Path, used_before: bool
) -> None:
    """With our folders there already, or not: signing in, a code, export, the end; not a byte is written."""
    names = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_ENDPOINT_URL_STS")
    person = {name: demo.exports[name] for name in names} | {
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / ".config"),
        "XDG_STATE_HOME": str(tmp_path / ".local/state"),
    }
    if used_before:
        for folder in (".config/rolecall", ".local/state/rolecall"):
            (tmp_path / folder).mkdir(parents=True, mode=0o700)
    before = ["unshare", "--mount", "sh", "-c", READ_ONLY, "sh"]
    with App(desktop, person, before=before) as app:
        app.window()
        app.wait_for_socket()
        assert app.run("login", ROLE).code == 0
        done = app.run("login", CODE_ROLE, "--mfa-stdin", typed=demo.fresh_code())
        assert done.code == 0, done.err
        assert app.run("export", CODE_ROLE).code == 0
        assert {ROLE, CODE_ROLE} <= {row["name"] for row in app.run("status", "--json").json}
        told = [node.name for node in app.root.walk() if "kept in" in node.name]
        assert len(told) == 1, app.root.tree()
        assert f"Nothing can be kept in {tmp_path}" in told[0]
        app.tray.click("Quit")
        assert app.wait_for_end() == 0
        assert "Traceback" not in app.output
    found = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert found == []
    until(lambda: app.run("status", "--json").json == [], "nothing that is left")
