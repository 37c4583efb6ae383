"""Changes from outside: every way in which people and editors change a file, each noticed within a second."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rolecall.ui.file_watch import FileWatch
from rolecall.ui.heartbeat import Heartbeat

WITHIN = 1000
"""Milliseconds: what a person is promised."""


class Watched:
    """A watch on `.aws/config`, and how often it told of a change."""

    def __init__(self, qtbot: QtBot, file: Path) -> None:
        self._qtbot = qtbot
        self.file = file
        self.count = 0
        self._owner = QObject()
        self.heart = Heartbeat(self._owner)
        self.watch = FileWatch((file,), self.heart.after, self._changed, self._owner)

    def _changed(self) -> None:
        self.count += 1

    def tells_of(self, change: Callable[[], object]) -> None:
        before = self.count
        change()
        self._qtbot.waitUntil(lambda: self.count > before, timeout=WITHIN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "home" / ".aws"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def watched(qtbot: QtBot, folder: Path) -> Watched:
    (folder / "config").write_text("one")
    return Watched(qtbot, folder / "config")


def _replace(file: Path, text: str) -> None:
    fresh = file.with_name("config.tmp")
    fresh.write_text(text)
    fresh.replace(file)


def test_written_in_place_again_and_again(watched: Watched) -> None:
    for text in ("two", "three!", "and four"):
        watched.tells_of(lambda text=text: watched.file.write_text(text))


def test_replaced_by_renaming_again_and_again(watched: Watched) -> None:
    for text in ("two", "three", "four5"):
        watched.tells_of(lambda text=text: _replace(watched.file, text))


def test_replaced_and_then_written_in_place(watched: Watched) -> None:
    watched.tells_of(lambda: _replace(watched.file, "two"))
    watched.tells_of(lambda: watched.file.write_text("three"))


def test_deleted_and_made_again(watched: Watched) -> None:
    watched.tells_of(watched.file.unlink)
    watched.tells_of(lambda: watched.file.write_text("back"))
    watched.tells_of(lambda: watched.file.write_text("and changed"))


def test_moved_away_and_back(watched: Watched) -> None:
    aside = watched.file.with_name("config.aside")
    watched.tells_of(lambda: watched.file.rename(aside))
    watched.tells_of(lambda: aside.rename(watched.file))


def test_the_folder_deleted_and_made_again(watched: Watched) -> None:
    folder = watched.file.parent
    watched.tells_of(lambda: shutil.rmtree(folder))

    def make() -> None:
        folder.mkdir()
        watched.file.write_text("back")

    watched.tells_of(make)
    watched.tells_of(lambda: watched.file.write_text("changed"))


def test_a_folder_that_was_not_there_at_first(qtbot: QtBot, tmp_path: Path) -> None:
    watched = Watched(qtbot, tmp_path / "home" / ".aws" / "config")

    def make() -> None:
        watched.file.parent.mkdir(parents=True)
        watched.file.write_text("new")

    watched.tells_of(make)
    watched.tells_of(lambda: watched.file.write_text("newer"))


def test_a_link_to_a_file_elsewhere(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir()
    for name in ("a", "b"):
        (dotfiles / name).write_text(name)
    link = folder / "config"
    link.symlink_to(dotfiles / "a")
    watched = Watched(qtbot, link)
    watched.tells_of(lambda: (dotfiles / "a").write_text("changed"))
    watched.tells_of(lambda: _replace(dotfiles / "a", "replaced"))

    def point_elsewhere() -> None:
        link.unlink()
        link.symlink_to(dotfiles / "b")

    watched.tells_of(point_elsewhere)
    watched.tells_of(lambda: (dotfiles / "b").write_text("changed too"))


def test_a_link_for_the_folder(qtbot: QtBot, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "aws"
    real.mkdir(parents=True)
    (real / "config").write_text("one")
    (tmp_path / ".aws").symlink_to(real)
    watched = Watched(qtbot, tmp_path / ".aws" / "config")
    watched.tells_of(lambda: (real / "config").write_text("two!"))
    watched.tells_of(lambda: _replace(real / "config", "three"))


def test_permissions_taken_and_given(watched: Watched) -> None:
    watched.tells_of(lambda: watched.file.chmod(0o000))
    watched.tells_of(lambda: watched.file.chmod(0o600))


def test_other_files_of_the_folder_are_nobodys_business(qtbot: QtBot, watched: Watched) -> None:
    for name in ("cli.cache", "credentials.lock"):
        (watched.file.parent / name).write_text("x")
    looked: list[bool] = []
    watched.heart.after("later", 0.4, lambda: looked.append(True))
    qtbot.waitUntil(lambda: bool(looked))
    assert watched.count == 0


def test_a_burst_of_writes_is_told_of_once(qtbot: QtBot, watched: Watched) -> None:
    for number in range(20):
        with watched.file.open("a") as file:
            file.write(f"line {number}\n")
            file.flush()
            os.fsync(file.fileno())
    looked: list[bool] = []
    watched.heart.after("later", 0.6, lambda: looked.append(True))
    qtbot.waitUntil(lambda: bool(looked))
    assert watched.count == 1
