"""`wire`, `unwire`, `write`, `unwrite` as AWS's own tools meet them: the AWS CLI and boto3, the embedded AWS."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from blackbox.desktop import Desktop
from blackbox.program import AWS, PROGRAM, App, Demo, Done, person, plain_environment, run

CODE_ROLE = "prod-admin"
ROLE = "prod-readonly"
WIRED = f"{ROLE}-rolecall"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """A person without a screen, with a copy of the demo's files."""
    environ = plain_environment(tmp_path) | person(demo)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        copy = tmp_path / "my aws" / name.lower()
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(environ[name], copy)
        environ[name] = str(copy)
    return environ | {"AWS_PAGER": ""}


def aws_cli(environ: dict[str, str], **more: str) -> str:
    """Who the real AWS CLI is."""
    done = subprocess.run(
        [AWS, "sts", "get-caller-identity", "--output", "json"],
        env=environ | more,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["Arn"])


def live_in(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have boto3 in this process, and what it starts, see that environment."""
    for name in list(os.environ):
        monkeypatch.delenv(name)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)


def both(environ: dict[str, str]) -> tuple[bytes, bytes]:
    """The bytes of both files."""
    return (
        Path(environ["AWS_CONFIG_FILE"]).read_bytes(),
        Path(environ["AWS_SHARED_CREDENTIALS_FILE"]).read_bytes(),
    )


def ok(done: Done) -> Done:
    """A command that worked."""
    assert done.code == 0, done.err
    return done


def test_a_wired_profile_serves_the_aws_cli(
    alone: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a folder with a trap in it; stdout is the profile's name; unwire leaves no trace."""
    before = both(alone)
    assert ok(run(alone, "wire", ROLE)).out == WIRED + "\n"
    assert both(alone)[0].startswith(before[0])
    (tmp_path / "rolecall.py").write_text("raise SystemExit('taken from the working folder')")
    monkeypatch.chdir(tmp_path)
    assert "assumed-role/ReadOnly/" in aws_cli(alone, AWS_PROFILE=WIRED)
    ok(run(alone, "unwire", WIRED))
    assert both(alone) == before


def test_a_wired_profile_serves_boto3(
    alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the region of the role, and credentials that boto3 knows to refresh."""
    ok(run(alone, "wire", ROLE, "--profile", "my own name"))
    live_in(alone, monkeypatch)
    session = boto3.Session(profile_name="my own name")
    assert session.region_name == "eu-central-1"
    credentials = session.get_credentials()
    assert credentials is not None
    assert credentials.method == "custom-process"
    client = session.client("sts", endpoint_url=alone["AWS_ENDPOINT_URL_STS"])
    assert "assumed-role/ReadOnly/" in client.get_caller_identity()["Arn"]


def test_written_credentials_serve_both(
    alone: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The AWS CLI and boto3; the file is private; unwrite leaves no trace."""
    before = both(alone)
    path = Path(alone["AWS_SHARED_CREDENTIALS_FILE"])
    path.chmod(0o644)
    done = ok(run(alone, "write", ROLE))
    assert done.out == WIRED + "\n"
    assert str(path) in done.err
    assert "CANARY" not in done.err
    assert path.stat().st_mode & 0o777 == 0o600
    assert "assumed-role/ReadOnly/" in aws_cli(alone, AWS_PROFILE=WIRED)
    live_in(alone, monkeypatch)
    session = boto3.Session(profile_name=WIRED)
    client = session.client("sts", endpoint_url=alone["AWS_ENDPOINT_URL_STS"])
    assert "assumed-role/ReadOnly/" in client.get_caller_identity()["Arn"]
    ok(run(alone, "unwrite", WIRED))
    assert both(alone) == before


def test_a_code_is_taken_like_everywhere(alone: dict[str, str], demo: Demo) -> None:
    """From stdin; and a name that is refused costs none."""
    calls = len(demo.calls())
    refused = run(
        alone, "write", CODE_ROLE, "--profile", "alex", "--mfa-stdin", typed=demo.fresh_code()
    )
    assert refused.code == 8
    assert len(demo.calls()) == calls
    done = run(alone, "write", CODE_ROLE, "--mfa-stdin", typed=f"{demo.fresh_code()}\n")
    assert ok(done).out == f"{CODE_ROLE}-rolecall\n"
    assert "assumed-role/Admin/" in aws_cli(alone, AWS_PROFILE=f"{CODE_ROLE}-rolecall")
    nobody = run(alone, "write", CODE_ROLE, "--profile", "other")
    assert nobody.code == 4


def test_sections_of_ours_are_neither_listed_nor_taken(alone: dict[str, str]) -> None:
    """`list` says the same as before, and no role is called so."""
    before = run(alone, "list", "--json").json
    ok(run(alone, "wire", ROLE))
    ok(run(alone, "write", ROLE, "--profile", "written"))
    assert run(alone, "list", "--json").json == before
    for name in (WIRED, "written"):
        assert run(alone, "export", name).code == 3
        assert run(alone, "wire", name).code == 3


def test_wiring_takes_out_what_would_win(alone: dict[str, str]) -> None:
    """Keys in a file come before a credential_process in every AWS tool."""
    ok(run(alone, "write", ROLE))
    done = ok(run(alone, "wire", ROLE))
    assert alone["AWS_SHARED_CREDENTIALS_FILE"] in done.err
    assert WIRED.encode() not in both(alone)[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["wire", "readonly"], 3),
        (["write", "readonly"], 3),
        (["wire", "nobody"], 3),
        (["wire", ROLE, "--profile", "vendor-audit"], 8),
        (["write", ROLE, "--profile", "vendor-audit"], 8),
        (["wire", ROLE, "--profile", "a]b"], 2),
        (["write", ROLE, "--profile", "a\nb"], 2),
        (["unwire", "vendor-audit"], 8),
        (["unwrite", "alex"], 8),
        (["wire"], 2),
        (["unwire"], 2),
    ],
)
def test_what_is_refused(alone: dict[str, str], words: list[str], code: int) -> None:
    """With a remedy on stderr, nothing on stdout and nothing written."""
    before = both(alone)
    done = run(alone, *words)
    assert (done.code, done.out) == (code, "")
    assert done.err
    assert "Traceback" not in done.err
    assert both(alone) == before


def test_an_exact_arn_names_a_role_too(alone: dict[str, str]) -> None:
    """The profile is called after the role's name."""
    assert ok(run(alone, "wire", "arn:aws:iam::222222222222:role/ReadOnly")).out == WIRED + "\n"


def test_expired_credentials_leave_with_the_next_write(alone: dict[str, str], demo: Demo) -> None:
    """By the clock that sessions are counted on."""
    ok(run(alone, "write", ROLE, "--profile", "old"))
    demo.advance(7200)
    done = ok(run(alone, "write", ROLE, "--profile", "new"))
    assert "old" in done.err
    assert b"[old]" not in both(alone)[1]
    assert b"[new]" in both(alone)[1]


def test_a_profile_that_is_wired_needs_no_path(alone: dict[str, str]) -> None:
    """The line holds absolute paths, so a tool with an empty PATH is served as well."""
    ok(run(alone, "wire", ROLE))
    line = next(
        line
        for line in both(alone)[0].decode().splitlines()
        if line.startswith("credential_process")
    )
    assert "/shims/" not in line
    assert "assumed-role/ReadOnly/" in aws_cli(alone, AWS_PROFILE=WIRED, PATH="/nonexistent")


def test_the_running_app_answers_a_write(desktop: Desktop) -> None:
    """A role that is live there needs no code; its list stays as it was."""
    with Demo(desktop.environ) as demo, App(desktop, person(demo)) as app:
        app.wait_for_socket()
        ok(app.run("login", CODE_ROLE, "--mfa-stdin", typed=demo.fresh_code()))
        names = [row["name"] for row in app.run("list", "--json").json]
        written = ok(app.run("write", CODE_ROLE)).out.strip()
        assert "assumed-role/Admin/" in aws_cli(app.environ, AWS_PROFILE=written)
        wired = ok(app.run("wire", CODE_ROLE)).out.strip()
        assert wired == written  # the wired profile stands for it now, and asks the app
        assert "assumed-role/Admin/" in aws_cli(app.environ, AWS_PROFILE=wired)
        assert [row["name"] for row in app.run("list", "--json").json] == names


# --- kills and two at once, the whole program ---------------------------------------------------------


def start(environ: dict[str, str], name: str) -> subprocess.Popen[bytes]:
    """`rolecall write` under way."""
    words = [PROGRAM, "write", ROLE, "--profile", name]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(words, env=environ, stdin=subprocess.DEVNULL, **quiet)


def kill_writers(environ: dict[str, str], times: int) -> None:
    """Kill `rolecall write` at moments spread over its run, most near its end; nothing is ever damaged."""
    chance = random.Random(4711)
    path = Path(environ["AWS_SHARED_CREDENTIALS_FILE"])
    began = time.monotonic()
    assert start(environ, "usual").wait(60) == 0
    usual = time.monotonic() - began
    theirs = path.read_text().partition("\n[usual]")[0]
    killed = 0
    for number in range(times):
        with start(environ, f"n{number % 5}") as writer:
            time.sleep(usual * chance.uniform(0.0 if number % 2 else 0.7, 1.1))
            writer.kill()
            killed += writer.wait(10) != 0
        text = path.read_text()
        assert text.startswith(theirs)
        assert text.endswith("\n")
        assert text.count("# rolecall: owned") == text.count("# rolecall: seal ")
        assert text.count("# rolecall: owned") == text.count("aws_session_token = ")
        left = [other for other in path.parent.iterdir() if other.name.endswith(".rolecall-tmp")]
        assert len(left) <= 1
        assert all(other.stat().st_mode & 0o777 == 0o600 for other in left)
    assert killed
    assert start(environ, "after").wait(60) == 0
    assert not [other for other in path.parent.iterdir() if other.name.endswith(".rolecall-tmp")]
    assert "assumed-role/ReadOnly/" in aws_cli(environ, AWS_PROFILE="after")


def test_a_killed_write_damages_nothing(alone: dict[str, str]) -> None:
    """The whole program, from its start to its end."""
    kill_writers(alone, 6)


@pytest.mark.gate
def test_200_killed_writes_damage_nothing(alone: dict[str, str]) -> None:
    """The full count."""
    kill_writers(alone, 200)


def test_two_writes_at_once_are_both_kept(alone: dict[str, str]) -> None:
    """Neither waits for the other's call, and neither loses its section."""
    begun = [start(alone, name) for name in ("one", "two")]
    assert [one.wait(60) for one in begun] == [0, 0]
    for name in ("one", "two"):
        assert "assumed-role/ReadOnly/" in aws_cli(alone, AWS_PROFILE=name)
