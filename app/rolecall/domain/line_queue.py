"""Line queue: who waits for a person to accept a line that starts a program. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text
from rolecall.domain.route import Wish
from rolecall.domain.trust import Line


@dataclass(frozen=True, slots=True)
class LineQuestion:
    """One line that a person is asked about. waiters: role and wish of each that the answer serves.

    asker: which program wants it, empty for the person in front of us.
    """

    line: Line
    waiters: tuple[tuple[str, Wish], ...] = ()
    asker: str = ""

    def joined(self, role: str, wish: Wish) -> LineQuestion:
        """With one more waiting; once each."""
        if (role, wish) in self.waiters:
            return self
        return replace(self, waiters=(*self.waiters, (role, wish)))

    def without(self, role: str, wish: Wish) -> LineQuestion:
        """After one was served or gave up."""
        return replace(self, waiters=tuple(w for w in self.waiters if w != (role, wish)))


def line_refused(line: Line) -> Problem:
    """The Problem told to all who waited for a line that the person did not accept."""
    return Problem(
        "line_refused",
        text(
            QT_TRANSLATE_NOOP("Problem", "The program of profile {profile} was not allowed to run"),
            profile=line.profile,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "Sign in again to see its line once more, or use {command}."
            ),
            command=f"rolecall trust {line.profile}",
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
