"""Asking for an MFA code on the terminal. Knows what to say; whether a code is right is Actions' matter."""

from __future__ import annotations

import getpass
import io
import os
from collections.abc import Callable

from rolecall.domain.code_queue import CodeQueue
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.terminal import visible

Ask = Callable[[CodeQueue, Callable[[str], None], Callable[[Problem], None]], None]
"""Has a person asked for a code of the queue's device: gives it to the first, or a Problem to the second."""

TRIES = 3
"""Codes asked for before a command gives up."""

_asked: dict[str, int] = {}


def ask_on_terminal(
    queue: CodeQueue, give: Callable[[str], None], cancel: Callable[[Problem], None]
) -> None:
    """Ask for a code of the queue's device on /dev/tty and `give` it, or `cancel` where nobody is there."""
    serial = queue.serial
    tries = _asked[serial] = _asked.get(serial, 0) + 1
    unreachable = queue.problem is not None and queue.problem.exit is Exit.NETWORK
    if queue.problem is not None and (unreachable or tries > TRIES):
        cancel(queue.problem)
        return
    code = _typed(serial, queue.problem, [waiter.role for waiter in queue.waiters])
    if code is None:
        cancel(queue.problem or nobody_to_ask(serial))
    else:
        give(code)


def _typed(serial: str, problem: Problem | None, roles: list[str]) -> str | None:
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return None
    raw = io.FileIO(terminal, "w+")
    with io.TextIOWrapper(raw, errors="backslashreplace", write_through=True) as tty:
        if problem is not None:
            tty.write(visible("\n".join(problem.lines())) + "\n")
        prompt = visible(f"MFA code of {serial} for {', '.join(roles)}: ").replace("\n", " ")
        try:
            return getpass.getpass(prompt, stream=tty)
        except EOFError:
            return None
        except UnicodeDecodeError:
            return ""  # which is no code either, and refused as one that is malformed


def nobody_to_ask(serial: str) -> Problem:
    """The Problem where a code is needed and there is neither app nor terminal."""
    return Problem(
        "nobody_to_ask",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "A code of {serial} is needed, and there is nobody to ask"
            ),
            serial=serial,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Give it with --mfa-stdin, run this in a terminal, or start Rolecall."
            )
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
