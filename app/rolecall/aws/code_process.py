"""Code process: runs the program of an accepted `mfa_process` line and takes six digits from it, nothing else.

Same rules as for `credential_process`: no shell, no terminal, bounded time and output, standard error thrown
away and so never taken for a code. What the program printed is in no Problem and no log.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botocore.compat import compat_shell_split

from rolecall.aws import helper_process
from rolecall.domain.code_queue import clean_code
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.trust import Line

SECONDS: Final = 30.0
"""Longest a program may take: time enough to touch a key, and no longer than a code lives."""


def code_of(line: Line, environ: Mapping[str, str], seconds: float = SECONDS) -> str:
    """The code that the program of `line` prints. Raises ProblemError.

    The line has to be accepted already (`domain/trust.py`). environ: of this process.
    """
    try:
        words = compat_shell_split(line.text)
        surroundings = helper_process.inner_environment(environ, line.profile)
        printed = helper_process.Helper(surroundings, seconds)(words).communicate()[0]
    except (ValueError, helper_process.EndlessChainError, helper_process.NotStartedError):
        problem = _failed(line, _NOT_STARTED)
    except helper_process.TooSlowError:
        problem = _failed(line, _TOO_SLOW)
    except (helper_process.FailedError, helper_process.TooMuchError):
        problem = _failed(line, _FAILED)
    else:
        code = _code(printed)
        if code:
            return code
        problem = _failed(line, _NO_CODE)
    raise ProblemError(problem)


def _code(printed: bytes) -> str:
    """The six digits, if that is all there is. Raises nothing."""
    try:
        return clean_code(printed.decode("ascii"))
    except ValueError:
        return ""


_NOT_STARTED: Final = (
    "mfa_process_not_started",
    QT_TRANSLATE_NOOP(
        "Problem", "The program that gives the code of {profile} could not be started"
    ),
    QT_TRANSLATE_NOOP(
        "Problem", "Check its mfa_process line: the program’s full path, and its quotes."
    ),
)
_TOO_SLOW: Final = (
    "mfa_process_slow",
    QT_TRANSLATE_NOOP("Problem", "The program that gives the code of {profile} took too long"),
    QT_TRANSLATE_NOOP(
        "Problem", "If its key wants to be touched, touch it sooner; or type the code."
    ),
)
_FAILED: Final = (
    "mfa_process_failed",
    QT_TRANSLATE_NOOP("Problem", "The program that gives the code of {profile} failed"),
    QT_TRANSLATE_NOOP(
        "Problem", "Run its mfa_process line in a terminal to see why; or type the code."
    ),
)
_NO_CODE: Final = (
    "mfa_process_no_code",
    QT_TRANSLATE_NOOP("Problem", "The program that gives the code of {profile} printed no code"),
    QT_TRANSLATE_NOOP("Problem", "It has to print six digits and nothing else; or type the code."),
)


def _failed(line: Line, words: tuple[str, str, str]) -> Problem:
    code, title, remedy = words
    return Problem(code, text(title, profile=line.profile), remedy=Text(remedy), exit=Exit.LOCAL)
