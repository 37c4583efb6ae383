"""Own keys and devices in the real window: a device set up there, whose kept seed then signs in by itself."""

from __future__ import annotations

import configparser
import json
import re
import time
from collections.abc import Iterator

import pytest

from blackbox.accessible import Node
from blackbox.desktop import Desktop
from blackbox.program import App, Demo
from blackbox.waiting import until
from rolecall.domain import totp

SERIAL = "arn:aws:iam::111111111111:mfa/alex-laptop"
CONFIG = f"""[profile alex]
region = eu-central-1
mfa_serial = {SERIAL}
[profile prod-admin]
role_arn = arn:aws:iam::222222222222:role/Admin
source_profile = alex
mfa_serial = {SERIAL}
region = eu-central-1
"""


@pytest.fixture(scope="module")
def bare(desktop: Desktop) -> Iterator[dict[str, str]]:
    """The demo's user alex with real files, the real keyring and the real clock."""
    with Demo(desktop.environ) as demo:
        files = configparser.ConfigParser(interpolation=None)
        files.read(demo.exports["AWS_SHARED_CREDENTIALS_FILE"])
        folder = desktop.home / ".aws"
        folder.mkdir()
        keys = "".join(f"{key} = {value}\n" for key, value in files["alex"].items())
        (folder / "credentials").write_text(f"[alex]\n{keys}")
        (folder / "config").write_text(CONFIG)
        kept = ("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM")
        yield {name: demo.exports[name] for name in kept} | {"AWS_EC2_METADATA_DISABLED": "true"}


def words(dialog: Node, pattern: str) -> str:
    """What the dialog shows that fits, once it does."""
    found = until(lambda: re.search(pattern, dialog.words(), re.MULTILINE), pattern)
    return str(found[0])


def set_up(app: App) -> totp.Seed:
    """Settings, Keys, Set up a device, scan, two codes; returns the seed that was shown."""
    app.tray.click("Settings…")
    settings = app.dialog("Settings")
    settings.find("Keys", "page tab").press()
    settings.wait("Set up a device…", "push button").press()
    dialog = app.dialog("Set up an MFA device")
    dialog.find("Name of the device", "text").type("alex-laptop")
    dialog.find("Keep the seed in the keyring too", "check box").press()
    dialog.find("Next", "push button").press()
    dialog.wait("Cannot scan it?", "push button").press()
    letters = words(dialog, r"^(?:[A-Z2-7]{4} ?){8,}$").replace(" ", "")
    seed, now = totp.parse(letters), time.time()
    # The two half minutes before this one, so that this one's code is still to be had.
    dialog.find("The code it shows now", "text").type(totp.code(seed, now - 60))
    dialog.find("The code after it", "text").type(totp.code(seed, now - 30))
    words(dialog, r"is a device of your user now")
    dialog.find("Close", "push button").press()
    settings.find("Close", "push button").press()
    return seed


def test_a_device_is_set_up_in_the_window_and_then_nobody_types_a_code(
    desktop: Desktop, bare: dict[str, str]
) -> None:
    with App(desktop, bare) as app:
        app.window()
        seed = set_up(app)
        app.tray.click("prod-admin")
        until(lambda: "live" in app.row("prod-admin").description, "the row live", seconds=60)
        assert app.run("forget", "--all").code == 0
        done = app.run("credential-process", "prod-admin")
        assert done.code == 0, done.err
        assert json.loads(done.out)["Version"] == 1
        assert "Traceback" not in app.output
    files = [path for path in desktop.home.rglob("*") if path.is_file()]
    assert [path for path in files if seed.base32.encode() in path.read_bytes()] == []


def test_a_key_that_a_command_adds_shows_in_the_window_and_leaves_it_again(
    desktop: Desktop, bare: dict[str, str]
) -> None:
    files = configparser.ConfigParser(interpolation=None)
    files.read(desktop.home / ".aws/credentials")
    key = f"{files['alex']['aws_access_key_id']}\n{files['alex']['aws_secret_access_key']}\n"
    with App(desktop, bare) as app:
        app.window()
        app.wait_for_socket()
        assert app.run("key", "add", "vault", typed=key).code == 0
        app.row("vault")
        assert app.run("key", "remove", "vault", "--yes").code == 0
        names = [row["name"] for row in app.run("list", "--json").json]
        assert "vault" not in names
