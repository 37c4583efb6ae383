"""`rolecall journal`: what it prints, and the times it understands."""

from __future__ import annotations

import argparse
import csv
import io
import json
from pathlib import Path

import pytest

from rolecall.cli.command import main
from rolecall.cli.journal import Since
from rolecall.domain.journal import Asker, Entry, How, Outcome
from rolecall.storage.journal import append

NOW = 1_795_000_000.0
TERRAFORM = Asker(4121, "/usr/bin/terraform", "", "terraform", "alex")


@pytest.fixture
def kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rolecall.cli.journal._now", lambda: NOW)
    monkeypatch.setenv("TZ", "UTC")
    append(
        home / "rolecall" / "state" / "journal.jsonl",
        [
            Entry(NOW - 9 * 86_400, "dev", Outcome.SERVED, How.COPY, seconds=3600),
            Entry(NOW - 7200, "prod-admin", Outcome.SERVED, How.EXPORT, seconds=3540, asker=TERRAFORM),
            Entry(NOW - 60, "prod-ro\u202e", Outcome.REFUSED, problem="access_denied", asker=TERRAFORM),
            Entry(NOW - 30, "prod-admin", Outcome.SERVED, How.END),
        ],
    )  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["journal", *words], lambda _words: 99)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.usefixtures("kept")
def test_a_person_reads_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    head, first, second, third, fourth = out.splitlines()
    assert head.split() == ["WHEN", "ROLE", "PROGRAM", "WANTED", "OUTCOME", "MIN"]
    assert first.split()[2:] == ["dev", "—", "copy", "served", "60"]
    assert "terraform (pid 4121)" in second
    assert "\\u202e" in third
    assert "refused access_denied" in third
    assert fourth.rstrip().endswith("ended")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("words", "roles"),
    [
        (("--since", "7d"), ["prod-admin", "prod-ro\u202e", "prod-admin"]),
        (("--role", "dev"), ["dev"]),
        (("--role", "PROD-A"), ["prod-admin", "prod-admin"]),
        (("--search", "terraform refused"), ["prod-ro\u202e"]),
        (("--since", "3m", "--role", "prod-admin"), ["prod-admin"]),
        (("--search", "nothing at all"), []),
    ],
)
def test_flags_choose(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], roles: list[str]
) -> None:
    code, out, _ = run(capsys, "--json", *words)
    assert code == 0
    assert [row["role"] for row in json.loads(out)] == roles
    _, out, _ = run(capsys, "--csv", *words)
    assert [row["role"] for row in csv.DictReader(io.StringIO(out, newline=""))] == roles


def test_an_empty_journal_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys) == (0, "", "Nothing of that is in the journal.\n")
    assert run(capsys, "--json") == (0, "[]\n", "")


@pytest.mark.parametrize("typed", ["", "7", "d", "7y", "-1d", "1234567d", "2026-13-01", "٧d"])
def test_a_time_that_means_nothing_is_refused(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        Since(typed)


def test_times_are_understood() -> None:
    assert Since("90m")(NOW) == NOW - 5400
    assert Since("2w")(NOW) == NOW - 14 * 86_400
    assert abs(Since("2026-11-18")(0.0) - NOW) < 2 * 86_400
