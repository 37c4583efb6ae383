"""Jobs: their answers come back on the GUI thread, and no fault of theirs ends in silence."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from rolecall.domain.problem import Problem, ProblemError, Text
from rolecall.ui.background import Background

Answers = list[tuple[str, object, threading.Thread]]


def _note(kind: str, into: Answers):
    return lambda what: into.append((kind, what, threading.current_thread()))


def _run(qtbot: QtBot, job) -> tuple[Answers, list[BaseException]]:
    answers: Answers = []
    crashes: list[BaseException] = []
    background = Background(crashes.append)
    background.run(job, _note("done", answers), _note("failed", answers))
    qtbot.waitUntil(lambda: bool(answers))
    return answers, crashes


def test_an_answer_comes_on_the_gui_thread(qtbot: QtBot) -> None:
    answers, crashes = _run(qtbot, threading.current_thread)
    [(kind, worker, thread)] = answers
    assert (kind, thread, crashes) == ("done", threading.main_thread(), [])
    assert worker is not threading.main_thread()
    assert isinstance(worker, threading.Thread)
    assert worker.daemon, "a job under way must not hold the program's end"


def test_a_problem_goes_to_failed(qtbot: QtBot) -> None:
    problem = Problem("x", Text("No"))

    def job() -> None:
        raise ProblemError(problem)

    answers, crashes = _run(qtbot, job)
    assert answers == [("failed", problem, threading.main_thread())]
    assert crashes == []


@pytest.mark.parametrize("fault", [ValueError("oh"), KeyboardInterrupt(), SystemExit(3)])
def test_any_other_fault_is_reported_and_whoever_waits_is_told(
    qtbot: QtBot, fault: BaseException
) -> None:
    def job() -> None:
        raise fault

    answers, crashes = _run(qtbot, job)
    assert crashes == [fault]
    [(kind, problem, _)] = answers
    assert kind == "failed"
    assert isinstance(problem, Problem)
    assert problem.code == "fault"
    assert "oh" not in str(problem)


def test_a_hundred_jobs_give_a_hundred_answers(qtbot: QtBot) -> None:
    found: set[int] = set()
    background = Background(lambda _fault: None)
    for number in range(100):
        background.run(lambda number=number: number, found.add, lambda _problem: None)
    qtbot.waitUntil(lambda: len(found) == 100)
    assert found == set(range(100))
