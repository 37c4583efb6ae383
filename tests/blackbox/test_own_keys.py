"""Own keys and devices by the installed command, with a real gnome-keyring: nobody types a code any more."""

from __future__ import annotations

import configparser
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.program import PHONE, PROGRAM, Demo, plain_environment, run, run_on_terminal
from rolecall.domain import totp
from storage.keyring_bus import gnome_keyring, needs_keyring, session_bus

CONFIG = f"""[profile alex]
region = eu-central-1
mfa_serial = {{device}}
{{more}}
[profile prod-admin]
role_arn = arn:aws:iam::222222222222:role/Admin
source_profile = alex
mfa_serial = {{device}}
region = eu-central-1
[profile notebook]
role_arn = arn:aws:iam::555512340000:role/Notebook
source_profile = alex
mfa_serial = {{device}}
duration_seconds = 28800
region = eu-west-1
# {PHONE}
"""

pytestmark = needs_keyring


class Person:
    """Somebody in a terminal without a screen: an AWS, a keyring, AWS files of their own."""

    def __init__(self, folder: Path, demo: Demo, bus: dict[str, str]) -> None:
        self.demo, self.home = demo, folder / "home"
        self.home.mkdir()
        kept = ("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM")
        self.environ = {
            **plain_environment(self.home),
            **{name: demo.exports[name] for name in kept},
            "DBUS_SESSION_BUS_ADDRESS": bus["DBUS_SESSION_BUS_ADDRESS"],
            "ROLECALL_LOG": "debug",  # what is searched for secrets holds the log too
        }
        files = configparser.ConfigParser(interpolation=None)
        files.read(demo.exports["AWS_SHARED_CREDENTIALS_FILE"])
        alex = files["alex"]
        self.key = alex["aws_access_key_id"], alex["aws_secret_access_key"]
        self.aws = self.home / ".aws"
        self.aws.mkdir()
        self.credentials = self.aws / "credentials"
        self.credentials.write_text(
            f"[alex]\naws_access_key_id = {self.key[0]}\naws_secret_access_key = {self.key[1]}\n"
        )
        self.credentials.chmod(0o600)
        self.config()

    def config(self, device: str = PHONE, more: str = "") -> None:
        (self.aws / "config").write_text(CONFIG.format(device=device, more=more))

    def holding(self, secret: str) -> list[str]:
        """Files of this person's, the keyring's own aside, that hold a secret in clear."""
        files = (path for path in self.home.rglob("*") if path.is_file())
        return [str(path) for path in files if secret.encode() in path.read_bytes()]


def set_up(environ: dict[str, str], *arguments: str) -> tuple[str, str, str]:
    """`mfa setup alex` with the codes of the seed that it shows: serial, seed's letters, stderr."""
    command = [PROGRAM, "mfa", "setup", "alex", *arguments]
    with subprocess.Popen(
        command,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        shown = ""
        while "type this there: " not in shown:
            line = process.stdout.readline()
            assert line, process.stderr and process.stderr.read()
            shown += line
        letters = shown.rpartition("type this there: ")[2].strip()
        seed, now = totp.parse(letters), time.time()
        # The two half minutes before this one, so that this one's code is still to be had.
        codes = f"{totp.code(seed, now - 60)}\n{totp.code(seed, now - 30)}\n"
        _, said = process.communicate(codes, timeout=60)
        assert process.returncode == 0, said
    serial = re.search(r"arn:aws:iam::\d{12}:mfa/\S+", shown)
    assert serial is not None
    return serial[0], letters, said


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with session_bus(tmp_path_factory.mktemp("bus")) as environ, gnome_keyring(environ):
        yield environ


@pytest.fixture
def person(tmp_path: Path, bus: dict[str, str]) -> Iterator[Person]:
    outside = tmp_path / "demo-home"
    outside.mkdir()
    with Demo(plain_environment(outside)) as demo:
        yield Person(tmp_path, demo, bus)


def test_a_device_is_set_up_and_its_kept_seed_signs_in_with_nobody_there(person: Person) -> None:
    serial, letters, said = set_up(person.environ, "--device", "alex-laptop", "--keep-seed")
    assert serial == "arn:aws:iam::111111111111:mfa/alex-laptop"
    assert "is enabled" in said
    assert "whoever unlocks it has both" in said
    person.config(serial)
    done = run(person.environ, "export", "prod-admin", "--format", "process")
    assert (done.code, done.err) == (0, "")
    listed = {row["serial"]: row for row in run(person.environ, "mfa", "list", "--json").json}
    assert set(listed) == {PHONE, serial}
    assert listed[serial]["seed"] is True
    assert person.holding(letters) == []
    assert run(person.environ, "mfa", "forget-seed", serial).code == 0
    assert run(person.environ, "login", "notebook").code == 4


def test_a_seed_is_kept_from_standard_input_and_what_is_none_is_refused(person: Person) -> None:
    serial, letters, _ = set_up(person.environ, "--device", "alex-spare")
    person.config(serial)
    assert run(person.environ, "login", "prod-admin").code == 4
    refused = run(person.environ, "mfa", "keep-seed", serial, typed="123456\n")
    assert refused.code == 2
    assert "123456" not in refused.err
    uri = f"otpauth://totp/Amazon%20Web%20Services:alex-spare@111111111111?secret={letters}"
    kept = run(person.environ, "mfa", "keep-seed", typed=f"{uri}\n")
    assert kept.code == 0, kept.err
    assert letters not in kept.err + kept.out
    assert run(person.environ, "export", "prod-admin").code == 0


def test_an_accepted_program_gives_the_code_and_a_changed_line_does_not_run(
    person: Person, tmp_path: Path
) -> None:
    script = tmp_path / "code.py"
    script.write_text(
        "import sys, urllib.request\n"
        f"print(urllib.request.urlopen({person.demo.url + '/code?serial=' + PHONE!r}).read().decode())\n"
        "print('654321', file=sys.stderr)\n"
    )
    line = f"mfa_process = {shlex.join([sys.executable, str(script)])}"
    person.config(more=line)
    refused = run(person.environ, "login", "prod-admin")
    assert refused.code == 4
    assert "rolecall trust alex" in refused.err
    accepted, _ = run_on_terminal(
        person.environ, "trust", "prod-admin", answers=["y"], prompt="[y/N] "
    )
    assert accepted.code == 0
    done = run(person.environ, "login", "prod-admin")
    assert done.code == 0, done.err
    person.config(more=line + " --more")
    assert run(person.environ, "login", "prod-admin").code == 4


def test_a_key_of_the_keyring_is_rotated(person: Person) -> None:
    old_id, old_secret = person.key
    person.credentials.write_text("")
    both = f"{old_id}\n{old_secret}\n"
    assert run(person.environ, "key", "add", "prod-admin", typed=both).code == 2
    added = run(person.environ, "key", "add", "alex", typed=both)
    assert added.code == 0, added.err
    assert person.holding(old_secret) == []
    rotated = run(person.environ, "key", "rotate", "alex")
    assert rotated.code == 0, rotated.err
    assert "switched off" in rotated.err
    (row,) = run(person.environ, "key", "list", "--json").json
    assert (row["place"], row["age_days"], row["ends_in"] != old_id[-4:]) == ("keyring", 0, True)
    assert row["other_keys"] == [{"ends_in": old_id[-4:], "active": False}]
    assert run(person.environ, "key", "rotate", "alex", "--finish").code == 0
    (row,) = run(person.environ, "key", "list", "--json").json
    assert row["other_keys"] == []
    assert person.holding(old_id) == []
    assert run(person.environ, "key", "remove", "alex", "--yes").code == 0
    assert run(person.environ, "key", "list", "--json").json == []


def test_a_key_of_the_files_is_rotated_where_it_stands(person: Person) -> None:
    rotated = run(person.environ, "key", "rotate", "prod-admin", "--finish")
    assert rotated.code == 0, rotated.err
    text = person.credentials.read_text()
    assert person.key[0] not in text
    assert person.credentials.stat().st_mode & 0o777 == 0o600
    (row,) = run(person.environ, "key", "list", "--json").json
    assert row["ends_in"] in text


def test_the_doctor_says_what_is_wrong_and_ends_with_its_code(person: Person) -> None:
    done = run(person.environ, "doctor", "--json")
    found = {(row["check"], row["state"]) for row in done.json}
    assert ("keyring", "ok") in found
    assert ("clock", "ok") in found
    assert ("devices", "ok") in found
    assert ("keys", "wrong") in found  # the demo's key is old
    assert done.code == 8
    assert run(person.environ, "key", "rotate", "alex", "--finish").code == 0
    done = run(person.environ, "doctor")
    assert done.code == 0, done.out
    person.credentials.chmod(0o644)
    done = run(person.environ, "doctor")
    assert done.code == 8
    assert "chmod 600" in done.out


def test_the_doctor_without_a_network(person: Person) -> None:
    environ = {**person.environ, "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9"}
    environ["AWS_ENDPOINT_URL_IAM"] = "http://127.0.0.1:9"
    done = run(environ, "doctor")
    assert done.code == 6
    assert "Traceback" not in done.err
