"""The standard streams: what cannot be written on them is said in one line, and nothing of ours takes their place.

A closed one would be the number of the next file that is opened, which then got the answer.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text

_SILENT: Final = frozenset({None, "demo", "exec", "forget", "login", "unwire", "unwrite"})
"""Commands that say nothing on stdout which anybody waits for, or leave it to another program."""

_closed = False


def set_up() -> None:
    """Make the streams such that writing there either works or raises ProblemError or BrokenPipeError."""
    global _closed  # noqa: PLW0603  there is one stdout
    while (held := os.open(os.devnull, os.O_RDWR)) <= 2:  # not inherited: a child finds it closed
        pass
    os.close(held)
    if sys.stderr is None:
        sys.stderr = _nothing()
    _closed = sys.stdout is None
    if _closed:
        sys.stdout = _nothing()
    elif type(sys.stdout) is io.TextIOWrapper:
        # A terminal that is not UTF-8 shows an escape for an arrow, not a fault of ours.
        was = sys.stdout
        how = was.encoding, "backslashreplace", None, was.line_buffering, was.write_through
        sys.stdout = _Answers(was.detach(), *how)


def need_stdout(options: argparse.Namespace) -> None:
    """Raise ProblemError if stdout is closed and the command would answer there: before it asks for a code."""
    silent = options.command in _SILENT or (options.command == "console" and not options.show)
    if _closed and not silent:
        raise ProblemError(_unwritten(OSError(errno.EBADF, os.strerror(errno.EBADF))))


def drop_stdout() -> None:
    """What is still to be written goes nowhere, so that Python can end without another word about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _nothing() -> io.TextIOWrapper:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  it lives as long as we do


class _Answers(io.TextIOWrapper):
    """stdout, whose faults are Problems; a reader who has gone stays a BrokenPipeError."""

    def write(self, content: str, /) -> int:
        try:
            return super().write(content)
        except OSError as error:
            raise self._fault(error) from None

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise self._fault(error) from None

    def _fault(self, error: OSError) -> Exception:
        if isinstance(error, BrokenPipeError):
            return error
        drop_stdout()
        return ProblemError(_unwritten(error))


def _unwritten(error: OSError) -> Problem:
    return Problem(
        "stdout_not_written",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The answer cannot be written to standard output: {cause}"
            ),
            cause=error.strerror or type(error).__name__,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Lead it to a place that can be written, then try again.")
        ),
        exit=Exit.LOCAL,
    )
