"""Demo start: "try the demo" starts `rolecall demo` as a program of its own, beside this one."""

from __future__ import annotations

import os
import subprocess

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text
from rolecall.storage.browser import child_environment
from rolecall.ui.autostart import command


def start_demo() -> None:
    """Start it and let it go; for Jobs. Raises ProblemError if it does not start.

    Nothing of this person's AWS set-up goes along: the demo brings its own.
    """
    environment = {
        name: value
        for name, value in child_environment(os.environ).items()
        if not name.startswith(("AWS_", "ROLECALL_"))
    }
    try:
        child = subprocess.Popen(  # noqa: S603  our own program
            [*command(), "demo"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError:
        raise ProblemError(_not_started()) from None
    if child.wait() != 0:  # this thread has nothing else to do, and no zombie is left behind
        raise ProblemError(_not_started())


def _not_started() -> Problem:
    return Problem(
        "demo_not_started",
        Text(QT_TRANSLATE_NOOP("Problem", "The demo did not run")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "“rolecall demo” in a terminal says why.")),
        exit=Exit.FAULT,
    )
