"""Unanswered: what a person was asked for and did not do in time, as the Problem of the program that waited. Pure.

Only programs have a limit: a person who clicked knows what is open in front of them.
"""

from __future__ import annotations

from rolecall.domain.approval import PATIENCE
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.state import State


def unanswered(state: State, role: str) -> Problem | None:
    """The Problem of a program that waits for a person because of `role`; None where it does not."""
    for queue in state.queues.values():
        if not queue.in_flight and any(waiter.role == role for waiter in queue.waiters):
            return _nobody("code_unanswered", _CODE, role)
    if any(name == role for known in state.consents.values() for name, _ in known.waiters):
        return _nobody("line_unanswered", _LINE, role)
    if any(name == role for known in state.sign_ins.values() for name, _ in known.waiters):
        return _nobody("sign_in_unanswered", _SIGN_IN, role)
    return None


_CODE = QT_TRANSLATE_NOOP(
    "Problem", "“{role}” needs an MFA code, and nobody gave one in {seconds} seconds"
)
_LINE = QT_TRANSLATE_NOOP(
    "Problem", "“{role}” runs a program, and nobody accepted it in {seconds} seconds"
)
_SIGN_IN = QT_TRANSLATE_NOOP(
    "Problem", "“{role}” needs a sign-in, and nobody signed in within {seconds} seconds"
)


def _nobody(code: str, title: str, role: str) -> Problem:
    return Problem(
        code,
        text(title, role=role, seconds=PATIENCE),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Ask again when somebody is there to answer in Rolecall.")
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
