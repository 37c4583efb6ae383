"""Asking on the terminal: when a command stops asking."""

from __future__ import annotations

import io
import sys

import pytest

from rolecall.cli import prompt
from rolecall.cli.own import asked
from rolecall.domain.code_queue import CodeQueue, Waiter
from rolecall.domain.problem import Exit, Problem, ProblemError, Text

UNREACHABLE = Problem("no_network", Text("AWS cannot be reached"), exit=Exit.NETWORK)


def test_nobody_is_asked_for_another_code_while_aws_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(prompt, "_typed", lambda serial, *_: asked.append(serial) or "111111")
    given: list[str] = []
    cancelled: list[Problem] = []
    queue = CodeQueue("arn:aws:iam::111111111111:mfa/p", (Waiter("prod", "alex"),))
    prompt.ask_on_terminal(queue, given.append, cancelled.append)
    assert (given, cancelled) == (["111111"], [])
    failed = CodeQueue(queue.serial, queue.waiters, problem=UNREACHABLE)
    prompt.ask_on_terminal(failed, given.append, cancelled.append)
    assert (given, cancelled) == (["111111"], [UNREACHABLE])


def test_bytes_that_are_no_text_are_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(b"AKIA\xff\n"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", given)
    with pytest.raises(ProblemError) as caught:
        asked("Access key ID: ")
    assert caught.value.problem.exit is Exit.USAGE
    assert "AKIA" not in "\n".join(caught.value.problem.lines())
