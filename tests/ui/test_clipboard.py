"""The clipboard: marked, taken back when its time is over, and what is not ours never touched."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from rolecall.ui import clipboard as module
from rolecall.ui import wayland_clipboard
from rolecall.ui.clipboard import NEUTRAL, Clipboard
from rolecall.ui.heartbeat import Heartbeat

SECRET = "export AWS_SECRET_ACCESS_KEY='CANARY'\n"


class Copying:
    """A Clipboard over the real one of Qt, with a clock of its own."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.heart = Heartbeat(self.owner)
        self.now = 1000.0
        self.warned = 0
        self.heart.begin(lambda: None, lambda: self.now)
        self.clipboard = Clipboard(self.heart, lambda: self.now, self._restored, self.owner)
        self.qt = QGuiApplication.clipboard()

    def _restored(self) -> None:
        self.warned += 1

    def looks_twice(self, qtbot: QtBot) -> None:
        """Wait until the second look is over."""
        done: list[bool] = []
        self.heart.after("test", module.SECOND_LOOK + 0.05, lambda: done.append(True))
        qtbot.waitUntil(lambda: bool(done))


@pytest.fixture
def copying(qtbot: QtBot) -> Iterator[Copying]:
    one = Copying()
    yield one
    one.clipboard.close()
    one.heart.stop()
    one.qt.clear()
    one.owner.deleteLater()


def test_a_copy_is_marked_and_goes_to_the_clipboard_only(copying: Copying) -> None:
    copying.clipboard.put(SECRET, 30)
    data = copying.qt.mimeData()
    assert data.text() == SECRET
    assert bytes(data.data("x-kde-passwordManagerHint")) == b"secret"
    if copying.qt.supportsSelection():
        assert copying.qt.text(QClipboard.Mode.Selection) != SECRET
    assert copying.clipboard.deadline == 1030.0


def test_it_goes_after_its_time(qtbot: QtBot, copying: Copying) -> None:
    begun = time.monotonic()
    copying.clipboard.put(SECRET, 1)
    qtbot.waitUntil(lambda: copying.qt.text() == "", timeout=3000)
    assert time.monotonic() - begun >= 1.0
    assert copying.clipboard.deadline is None


def test_a_clock_that_jumped_ahead_ends_it_at_the_next_beat(qtbot: QtBot, copying: Copying) -> None:
    copying.clipboard.put(SECRET, 30)
    copying.now += 31
    copying.heart.soon()
    qtbot.waitUntil(lambda: copying.qt.text() == "")


def test_what_is_not_ours_is_never_touched(qtbot: QtBot, copying: Copying) -> None:
    copying.clipboard.put(SECRET, 30)
    copying.qt.setText("a person's own words")
    copying.clipboard.clear()
    copying.looks_twice(qtbot)
    assert copying.qt.text() == "a person's own words"
    copying.clipboard.close()
    assert copying.qt.text() == "a person's own words"


def test_clearing_without_a_copy_does_nothing(copying: Copying) -> None:
    copying.qt.setText("theirs")
    copying.clipboard.clear()
    copying.clipboard.close()
    assert copying.qt.text() == "theirs"


def test_a_manager_that_restores_it_is_overruled_and_told_of_once(
    qtbot: QtBot, copying: Copying
) -> None:
    for _ in range(2):
        copying.clipboard.put(SECRET, 30)
        copying.clipboard.clear()
        copying.qt.setText(SECRET)  # as clipman and its kin do
        qtbot.waitUntil(lambda: copying.qt.text() == NEUTRAL)
    assert copying.warned == 1


def test_a_second_copy_takes_the_place_of_the_first(qtbot: QtBot, copying: Copying) -> None:
    copying.clipboard.put("first", 1)
    copying.clipboard.put("second", 30)
    done: list[bool] = []
    copying.heart.after("test", 1.2, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=3000)
    assert copying.qt.text() == "second"
    assert copying.clipboard.deadline == 1030.0


def test_a_copy_made_between_the_two_looks_stays(qtbot: QtBot, copying: Copying) -> None:
    copying.clipboard.put(SECRET, 30)
    copying.clipboard.clear()
    copying.clipboard.put(SECRET, 30)
    copying.looks_twice(qtbot)
    assert copying.qt.text() == SECRET


def test_without_a_time_it_stays_until_the_end(copying: Copying) -> None:
    copying.clipboard.put(SECRET, 0)
    assert copying.clipboard.deadline is None
    assert copying.qt.text() == SECRET
    copying.clipboard.close()
    assert copying.qt.text() == ""


def test_the_text_itself_is_not_kept(copying: Copying) -> None:
    copying.clipboard.put(SECRET, 30)
    kept = repr(vars(copying.clipboard))
    assert "CANARY" not in kept


@pytest.fixture
def wayland(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Programs that behave as wl-copy 2.3 and wl-paste do, over a file."""
    held, calls = tmp_path / "held", tmp_path / "calls"
    held.write_text("")
    calls.write_text("")
    copy = (
        '#!/bin/sh\necho "$@" >> {calls}\ncase "$1" in\n'
        "--help) echo '  -s, --sensitive';;\n--clear) : > {held};;\n*) cat > {held};;\nesac\n"
    )
    for name, text in (("wl-copy", copy), ("wl-paste", "#!/bin/sh\ncat {held}\n")):
        program = tmp_path / name
        program.write_text(text.format(held=held, calls=calls))
        program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "wayland")
    for cached in (wayland_clipboard._program, wayland_clipboard._sensitive):
        cached.cache_clear()
    yield tmp_path
    for cached in (wayland_clipboard._program, wayland_clipboard._sensitive):
        cached.cache_clear()


def test_on_wayland_secrets_go_through_pipes(copying: Copying, wayland: Path) -> None:
    copying.clipboard.put(SECRET, 30)
    assert (wayland / "held").read_text() == SECRET
    assert "--sensitive" in (wayland / "calls").read_text().splitlines()
    assert "CANARY" not in (wayland / "calls").read_text()
    copying.clipboard.clear()
    assert (wayland / "held").read_text() == ""


def test_on_wayland_too_what_is_not_ours_stays(copying: Copying, wayland: Path) -> None:
    copying.clipboard.put(SECRET, 30)
    (wayland / "held").write_text("theirs")
    copying.clipboard.close()
    assert (wayland / "held").read_text() == "theirs"
