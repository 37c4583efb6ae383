"""The one clock: never backwards, forward at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rolecall.ui.background import Background
from rolecall.ui.clock import Clock, steady


class Machine:
    """A wall clock that can be set, and seconds that pass."""

    def __init__(self) -> None:
        self.wall = 1_795_000_000.0
        self.passed = 50.0

    def wait(self, seconds: float) -> None:
        self.wall += seconds
        self.passed += seconds


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def clock(machine: Machine, qapp: object) -> Clock:
    def crashed(fault: BaseException) -> None:
        raise fault

    background = Background(crashed)
    return Clock({}, background, lambda: None, lambda: machine.wall, lambda: machine.passed)


def test_it_is_the_wall_clock(machine: Machine, clock: Callable[[], float]) -> None:
    assert clock() == machine.wall
    machine.wait(3600)
    assert clock() == machine.wall


def test_a_clock_set_back_brings_no_ended_session_back(
    machine: Machine, clock: Callable[[], float]
) -> None:
    before = clock()
    machine.wait(100)
    machine.wall -= 86_400
    assert clock() == before + 100
    machine.wait(60)
    assert clock() == before + 160


def test_time_slept_through_counts_at_once(machine: Machine, clock: Callable[[], float]) -> None:
    before = clock()
    machine.wall += 8 * 3600
    assert clock() == before + 8 * 3600


def test_the_steady_clock_is_steady() -> None:
    first = steady()
    assert steady() >= first
