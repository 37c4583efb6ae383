"""The command's own edges: what it reads, what it prints, what it never asks for in vain."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = """
[profile plain]
role_arn = arn:aws:iam::222222222222:role/Plain
source_profile = build
mfa_serial = arn:aws:iam::111111111111:mfa/p
[profile build]
aws_access_key_id = AKIAEXAMPLE
aws_secret_access_key = secret
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "config").write_text(CONFIG)
    kept = {
        n: v for n, v in os.environ.items() if n not in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    }
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


def test_a_terminal_without_arrows_gets_escapes(environ: dict[str, str]) -> None:
    done = run(environ | {"PYTHONIOENCODING": "ascii"}, "explain", "plain")
    assert done.returncode == 0, done.stderr
    assert b"\\u2192 GetSessionToken" in done.stdout


def test_no_code_is_asked_for_where_no_browser_could_open(environ: dict[str, str]) -> None:
    done = run(environ, "console", "plain", "--mfa-code", "123456")
    assert done.returncode == 4
    assert b"no display to open a browser" in done.stderr
