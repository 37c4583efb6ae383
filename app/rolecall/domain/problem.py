"""Problem: an error a person can act on. Owns the value and its exit code, never the detection of one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  lupdate looks for this name
    """Mark `text` for Qt's translation tools without needing Qt; returns it unchanged."""
    del context
    return text


class Exit(IntEnum):
    """Exit codes of the `rolecall` command: a contract with people's scripts."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    NO_SUCH_ROLE = 3
    NOBODY_TO_ASK = 4
    REFUSED = 5
    NETWORK = 6
    KEYRING = 7
    LOCAL = 8
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for a person: a marked template in English and the values to put into it.

    The template is translated first and formatted afterwards; values are shown as plain text.
    """

    template: str
    values: tuple[tuple[str, str], ...] = ()

    def filled(self, template: str) -> str:
        """`template` (a translation of ours, or ours) with the values put in."""
        return template.format(**dict(self.values)) if self.values else template

    def __str__(self) -> str:
        return self.filled(self.template)


def text(template: str, **values: object) -> Text:
    """A `Text` of an already marked `template` (see `QT_TRANSLATE_NOOP`) and its values."""
    return Text(template, tuple((name, str(value)) for name, value in values.items()))


EMPTY = Text("")


@dataclass(frozen=True, slots=True)
class Cause:
    """One possible reason behind a refusal and what to do about it. Ranked, never a verdict."""

    title: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, why, and what to do.

    code: stable word such as ``mfa_code_refused``; program logic and tests use it, people never see it.
    exit: what the command line answers with.
    causes: ranked possible causes (most likely first) where AWS does not say which one it was.
    file, line: where a local file has to be mended (line counts from 1, 0 = unknown).
    retry_at: when trying again can make sense (UTC epoch seconds), or None.
    """

    code: str
    title: Text
    explanation: Text = EMPTY
    remedy: Text = EMPTY
    exit: Exit = Exit.FAULT
    causes: tuple[Cause, ...] = ()
    file: str = ""
    line: int = 0
    retry_at: float | None = None

    def lines(self) -> list[str]:
        """The Problem as plain lines of English text, for a terminal."""
        found = [str(self.title), str(self.explanation), str(self.remedy)]
        for number, cause in enumerate(self.causes, 1):
            found.append(f"  {number}. {cause.title} {cause.remedy}")
        return [line for line in found if line.strip()]


class ProblemError(Exception):
    """Carries a Problem from the edge that met it to the one who shows it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem
