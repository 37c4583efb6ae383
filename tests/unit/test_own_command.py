"""`rolecall key` and `mfa`: which key a name means, and that nothing is begun that nobody can finish."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rolecall.cli import own
from rolecall.cli.command import main

ROLE = "role_arn = arn:aws:iam::222222222222:role/Admin\nregion = eu-central-1\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROLECALL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_IAM", "http://127.0.0.1:9")
    keys = "aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = canary\n"
    (tmp_path / "config").write_text(
        f"[profile mid]\n{ROLE}source_profile = alex\n[profile end]\n{ROLE}source_profile = mid\n"
    )
    (tmp_path / "credentials").write_text(f"[alex]\n{keys}[mid]\n{keys}")
    return tmp_path


@pytest.fixture
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def opened(path: str, flags: int, *more: int) -> int:
        if path == "/dev/tty":
            raise OSError("no terminal")
        return real(path, flags, *more)

    monkeypatch.setattr(own.os, "open", opened)


@pytest.mark.parametrize(("name", "key"), [("alex", "alex"), ("mid", "mid"), ("end", "mid")])
def test_a_name_means_its_own_key_before_one_that_it_starts_from(
    name: str, key: str, home: Path
) -> None:
    """Else the rotation of one key would put a new one into the place of another."""
    role = own.Own(argparse.Namespace()).role(name)
    assert (role.name, role.source.name, role.hops) == (key, key, ())


def _nothing(_folder: Path) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedReader(io.FileIO(os.devnull)))


def _empty_file(folder: Path) -> io.TextIOWrapper:
    (folder / "empty").touch()
    return io.TextIOWrapper(io.BufferedReader(io.FileIO(folder / "empty")))


def _pipe(text: bytes, *, ended: bool) -> Callable[[Path], io.TextIOWrapper]:
    def made(_folder: Path) -> io.TextIOWrapper:
        reading, writing = os.pipe()
        os.write(writing, text)
        if ended:
            os.close(writing)
        return io.TextIOWrapper(io.BufferedReader(io.FileIO(reading)))

    return made


@pytest.mark.parametrize(
    ("stdin", "expected"),
    [
        (_nothing, False),
        (_empty_file, False),
        (_pipe(b"", ended=True), False),
        (_pipe(b"", ended=False), True),
        (_pipe(b"123456\n", ended=True), True),
        (lambda _folder: io.StringIO(), True),
    ],
)
@pytest.mark.usefixtures("no_terminal")
def test_whether_somebody_can_answer_is_known_before_anything_is_read(
    stdin: Callable[[Path], io.TextIOWrapper],
    expected: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with stdin(tmp_path) as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert own.somebody_to_ask() is expected


@pytest.mark.usefixtures("home", "no_terminal")
def test_no_device_is_made_where_nobody_can_type_its_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 4, and not the 6 of an AWS that was asked and cannot be reached."""
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr(sys, "stdin", nothing)
        assert main(["mfa", "setup", "alex"], lambda _: 99) == 4
    told = capsys.readouterr()
    assert "nobody to ask" in told.err
    assert told.out == ""
