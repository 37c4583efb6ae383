"""The log: off by default, private, bounded, and deaf to the libraries that talk too much."""

from __future__ import annotations

import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from rolecall.storage import log


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    found = logging.getLogger("rolecall")
    before = found.handlers[:], found.level
    yield found
    for handler in found.handlers[len(before[0]) :]:
        found.removeHandler(handler)
        handler.close()
    found.setLevel(before[1])


def test_nothing_is_written_unless_asked_for(logger: logging.Logger, tmp_path: Path) -> None:
    assert not log.set_up({}, tmp_path / "x.log")
    logger.error("unheard")
    assert not (tmp_path / "x.log").exists()


def test_it_is_private_and_hears_only_us(logger: logging.Logger, tmp_path: Path) -> None:
    path = tmp_path / "state" / "rolecall.log"
    assert log.set_up({"ROLECALL_LOG": "debug"}, path)
    logging.getLogger("rolecall.actions").debug("heard")
    logging.getLogger("botocore").debug("secret")
    logging.getLogger().debug("secret")
    assert "heard" in path.read_text()
    assert "secret" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_is_turned_over_at_its_limit(
    logger: logging.Logger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "LARGEST", 2000)
    path = tmp_path / "rolecall.log"
    log.set_up({"ROLECALL_LOG": "info"}, path)
    for number in range(100):
        logger.info("line %d %s", number, "x" * 50)
    assert path.stat().st_size <= 2000
    assert {file.name for file in tmp_path.iterdir()} == {"rolecall.log", "rolecall.log.1"}
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in tmp_path.iterdir())


def test_a_place_that_cannot_be_written_stops_nobody(
    logger: logging.Logger, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    assert not log.set_up({"ROLECALL_LOG": "info"}, tmp_path / "file" / "x.log")


def test_a_full_disk_is_no_word_to_anybody(
    logger: logging.Logger, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nobody could act on it, and stderr is where answers for people go."""
    full = tmp_path / "rolecall.log"
    full.symlink_to("/dev/full")
    assert log.set_up({"ROLECALL_LOG": "debug"}, full)
    logger.debug("unwritten")
    assert capfd.readouterr().err == ""
