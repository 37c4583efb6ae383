"""Lock: the State of a program that was locked, and what is told to whoever asks it meanwhile. Pure."""

from __future__ import annotations

from dataclasses import replace

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text
from rolecall.domain.state import State


def locked_state(state: State) -> State:
    """`state` without any session or proof, without anything waited for and without a call under way.

    Which codes were sent stays known: locking must not make one be sent twice.
    """
    queues = {
        serial: replace(queue, waiters=(), in_flight=False, problem=None, asker="")
        for serial, queue in state.queues.items()
    }
    return replace(
        state,
        sessions={},
        shared={},
        proofs={},
        sign_ins={},
        busy=frozenset(),
        held={},
        queues=queues,
        locked=True,
    )


def is_locked() -> Problem:
    """The Problem of a program that asks while the person has locked Rolecall."""
    return Problem(
        "locked",
        Text(QT_TRANSLATE_NOOP("Problem", "Rolecall is locked")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Choose “Unlock” in its menu, or click a role in its window."
            )
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
