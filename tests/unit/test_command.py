"""The command's own edges: what it reads, what it prints, what it never asks for in vain."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rolecall.cli.parser import parser

CONFIG = """
[profile plain]
role_arn = arn:aws:iam::222222222222:role/Plain
source_profile = build
mfa_serial = arn:aws:iam::111111111111:mfa/p
[profile build]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = secret
"""


UNWANTED = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "PYTHONUNBUFFERED")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "config").write_text(CONFIG)
    kept = {n: v for n, v in os.environ.items() if n not in UNWANTED}
    return kept | {
        "ROLECALL_HOME": str(tmp_path / "home"),
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
    }


def run(
    environ: dict[str, str], *arguments: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "rolecall", *arguments],
        env=environ, input=given, capture_output=True, check=False, timeout=30, start_new_session=True,
    )  # fmt: skip


def test_bytes_that_are_no_text_are_a_malformed_code(environ: dict[str, str]) -> None:
    done = run(environ, "login", "plain", "--mfa-stdin", given=b"\xff\xfe12345\n")
    assert done.returncode == 2
    assert b"six digits" in done.stderr


EMPTY = (
    *(["wire", "plain", "--profile", ""], ["write", "plain", "--profile="], ["unwire", ""], ["unwrite", ""]),
    *([verb, "plain", "--policy", ""] for verb in ("login", "export", "console", "write", "explain")),
    *(["export", "plain", "--policy", "@/dev/null"], ["export", "plain", "--policy-arn", ""]),
    *(["console", "plain", "--region", ""], ["export", "plain", "--saml-response", ""]),
    *(["shell-init", "bash", "plain", "--policy", ""], ["key", "add", "new", "--mfa-serial", ""]),
    *(["role", "import", "leapp", "--source", ""], ["identity-center", "x", "--region", ""]),
)  # fmt: skip


@pytest.mark.parametrize("arguments", EMPTY)
def test_an_empty_value_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable that was not set is no wish: not for another name, nor for all rights."""
    with pytest.raises(SystemExit) as caught:
        parser().parse_args(arguments)
    assert caught.value.code == 2
    assert "empty" in capsys.readouterr().err


def test_a_role_without_a_name_is_none(environ: dict[str, str]) -> None:
    for arguments in (["export", ""], ["shell-init", "bash", ""], ["forget", ""], ["trust", ""]):
        done = run(environ, *arguments)
        assert (done.returncode, done.stdout) == (3, b""), arguments


def test_a_terminal_without_arrows_gets_escapes(environ: dict[str, str]) -> None:
    done = run(environ | {"PYTHONIOENCODING": "ascii"}, "explain", "plain")
    assert done.returncode == 0, done.stderr
    assert b"\\u2192 GetSessionToken" in done.stdout


def test_no_code_is_asked_for_where_no_browser_could_open(environ: dict[str, str]) -> None:
    done = run(environ, "console", "plain", "--mfa-code", "123456")
    assert done.returncode == 4
    assert b"no display to open a browser" in done.stderr


ANSWERS = (
    ["list"],
    ["explain", "plain"],
    ["shell-init", "bash"],
    ["journal", "--json"],
    ["--help"],
)


@pytest.mark.parametrize("arguments", [*ANSWERS, ["export", "--unset"]])
def test_a_full_stdout_is_said_in_plain_words(
    environ: dict[str, str], arguments: list[str]
) -> None:
    done = shell(environ, '"$@" >/dev/full', *arguments)
    assert (done.returncode, done.stdout) == (8, b"")
    assert done.stderr.startswith(b"The answer cannot be written to standard output: No space left")
    assert b"fault" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize("arguments", [*ANSWERS[:-1], ["export", "plain", "--mfa-code", "123456"]])
def test_a_closed_stdout_is_said_before_anything_is_asked(
    environ: dict[str, str], arguments: list[str]
) -> None:
    done = shell(environ, '"$@" >&-', *arguments)
    assert (done.returncode, done.stdout) == (8, b"")
    assert done.stderr.startswith(b"The answer cannot be written to standard output: Bad file")


@pytest.mark.parametrize("closed", ["2>&-", "<&-", "<&- 2>&-"])
def test_other_closed_streams_keep_no_answer_back(environ: dict[str, str], closed: str) -> None:
    done = shell(environ, f'"$@" {closed}', "list")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"plain" in done.stdout


def test_what_says_nothing_needs_no_stdout(environ: dict[str, str]) -> None:
    assert shell(environ, '"$@" >&-', "forget", "--all").returncode == 0


def test_a_reader_who_has_gone_is_told_nothing(environ: dict[str, str]) -> None:
    done = shell(environ, '"$@" | head -c 1', "shell-init", "bash")
    assert (done.stdout, done.stderr) == (b"r", b"")


@pytest.mark.parametrize(
    ("stdout", "code", "said"),
    [
        (">/dev/full", 8, "The answer cannot be written: No space left on device\n"),
        (">&-", 8, "The answer cannot be written: Bad file descriptor\n"),
        ("| true", 1, ""),
    ],
)
def test_the_fast_client_says_it_too(stdout: str, code: int, said: str) -> None:
    """But nothing to a reader who has gone."""
    wait = "gone.poll(); " if "|" in stdout else ""
    script = (
        "import select; from rolecall.fast_client import _printed; gone = select.poll(); "
        f"gone.register(1, 0); {wait}raise SystemExit(_printed(0, b'answer'))"
    )
    done = subprocess.run(
        ["bash", "-c", f'"$@" {stdout}; exit ${{PIPESTATUS[0]}}', "bash", sys.executable, "-c", script],
        capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (code, said)


def shell(
    environ: dict[str, str], script: str, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["bash", "-c", script, "bash", sys.executable, "-m", "rolecall", *arguments],
        env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30,
    )  # fmt: skip
