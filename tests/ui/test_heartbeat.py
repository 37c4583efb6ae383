"""The one timer: set to the earliest moment, to nothing where there is nothing to wait for."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from rolecall.ui.heartbeat import Heartbeat


class Beats:
    """Counts the beats and answers what it is told to."""

    def __init__(self) -> None:
        self.count = 0
        self.answer: float | None = None
        self.now = 1000.0

    def __call__(self) -> float | None:
        self.count += 1
        return self.answer


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


@pytest.fixture
def beats() -> Beats:
    return Beats()


@pytest.fixture
def heart(parent: QObject, beats: Beats) -> Heartbeat:
    heart = Heartbeat(parent)
    heart.begin(beats, lambda: beats.now)
    return heart


def _beaten(qtbot: QtBot, heart: Heartbeat, beats: Beats) -> None:
    """One beat more, with the answer set before."""
    before = beats.count
    heart.soon()
    qtbot.waitUntil(lambda: beats.count == before + 1)


def _timer(heart: Heartbeat) -> QTimer:
    return heart.findChild(QTimer)


def test_nothing_to_wait_for_means_no_timer_at_all(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    _beaten(qtbot, heart, beats)
    assert not _timer(heart).isActive()


def test_many_wishes_make_one_beat(qtbot: QtBot, heart: Heartbeat, beats: Beats) -> None:
    _beaten(qtbot, heart, beats)
    before = beats.count
    for _ in range(50):
        heart.soon()
    qtbot.waitUntil(lambda: beats.count > before)
    assert beats.count == before + 1


def test_a_far_moment_is_waited_for_coarsely_a_near_one_exactly(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    beats.answer = beats.now + 60
    _beaten(qtbot, heart, beats)
    timer = _timer(heart)
    assert timer.isSingleShot()
    assert timer.timerType() is Qt.TimerType.CoarseTimer
    assert 60_000 <= timer.interval() <= 60_001
    beats.answer = beats.now + 0.5
    _beaten(qtbot, heart, beats)
    assert timer.timerType() is Qt.TimerType.PreciseTimer
    assert 500 <= timer.interval() <= 501


def test_a_coarse_ring_that_comes_early_beats_once_and_not_again(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    beats.answer = beats.now + 60
    _beaten(qtbot, heart, beats)
    before = beats.count
    beats.now += 59.2  # what Qt lets a coarse timer do
    beats.answer = beats.now + 60
    with qtbot.waitSignal(_timer(heart).timeout):
        _timer(heart).start(0)
    assert beats.count == before + 1
    assert _timer(heart).interval() > 59_000


def test_an_early_beat_asks_again_for_a_moment_that_has_not_come(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    moment = beats.now + 60
    beats.answer = moment
    _beaten(qtbot, heart, beats)
    beats.now = moment - 1.5
    with qtbot.waitSignal(_timer(heart).timeout):
        _timer(heart).start(0)
    assert _timer(heart).timerType() is Qt.TimerType.PreciseTimer
    assert 1_400 < _timer(heart).interval() <= 1_501


def test_a_clock_that_was_set_back_only_delays(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    beats.answer = beats.now + 0.02
    _beaten(qtbot, heart, beats)
    before = beats.count
    beats.now -= 3600
    done: list[bool] = []
    heart.after("look", 0.05, lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done))
    assert beats.count == before
    assert _timer(heart).interval() > 3_000_000


def test_a_moment_asked_for_comes_once_and_does_not_beat(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    _beaten(qtbot, heart, beats)
    before = beats.count
    called: list[float] = []
    begun = time.monotonic()
    heart.after("x", 0.03, lambda: called.append(time.monotonic()))
    qtbot.waitUntil(lambda: bool(called))
    assert called[0] - begun >= 0.03
    assert beats.count == before
    assert not _timer(heart).isActive()


def test_a_name_asked_for_twice_is_called_once_and_a_cancelled_one_never(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    called: list[str] = []
    heart.after("x", 0.0, lambda: called.append("first"))
    heart.after("x", 0.02, lambda: called.append("second"))
    heart.after("y", 0.01, lambda: called.append("cancelled"))
    heart.cancel("y")
    qtbot.waitUntil(lambda: "second" in called)
    assert called == ["second"]


def test_a_call_may_ask_again(qtbot: QtBot, heart: Heartbeat) -> None:
    called: list[int] = []

    def again() -> None:
        called.append(len(called))
        if len(called) < 3:
            heart.after("x", 0.0, again)

    heart.after("x", 0.0, again)
    qtbot.waitUntil(lambda: len(called) == 3)
    assert called == [0, 1, 2]


def test_a_change_made_by_the_beat_itself_makes_another_and_then_rest(
    qtbot: QtBot, parent: QObject
) -> None:
    heart = Heartbeat(parent)
    count = 0

    def beat() -> None:
        nonlocal count
        count += 1
        if count < 3:
            heart.soon()

    heart.begin(beat, time.time)
    qtbot.waitUntil(lambda: count == 3)
    assert not _timer(heart).isActive()


def test_subscribers_hear_of_every_beat_until_it_stops(
    qtbot: QtBot, heart: Heartbeat, beats: Beats
) -> None:
    told: list[int] = []
    heart.subscribe(lambda: told.append(beats.count))
    _beaten(qtbot, heart, beats)
    assert told[-1] == beats.count
    heart.soon()
    heart.stop()
    assert not _timer(heart).isActive()
    heart.soon()
    assert not _timer(heart).isActive()


def test_before_it_begins_it_only_keeps_appointments(qtbot: QtBot, parent: QObject) -> None:
    heart = Heartbeat(parent)
    called: list[bool] = []
    heart.after("start", 0.0, lambda: called.append(True))
    heart.soon()
    qtbot.waitUntil(lambda: bool(called))
    assert not _timer(heart).isActive()
