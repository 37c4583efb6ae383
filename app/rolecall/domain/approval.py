"""Approval: which roles are handed to a program only after a person said yes, and which answers hold. Pure.

A seat belt, not a wall: a program of the same user that means harm can read that user's keys anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.production import is_production
from rolecall.domain.role import Role
from rolecall.domain.settings import Settings

PATIENCE = 120
"""Seconds a question waits for a person; then the caller is refused."""

QUIET = 10
"""Seconds after a no in which the same program is refused unasked: tools that retry are no storm of questions."""


class Consent(StrEnum):
    """What a person answers when a program asks for a role."""

    ONCE = "once"
    RUNNING = "running"  # as long as this Rolecall runs
    ALWAYS = "always"
    NEVER = "never"
    DENY = "deny"

    @property
    def given(self) -> bool:
        """Whether the program gets what it asked for."""
        return self not in (Consent.NEVER, Consent.DENY)


def asks_first(settings: Settings, role: Role) -> bool:
    """Whether a program that wants `role` needs a person's consent.

    Roles marked as production do unless the person chose otherwise for one; others where it was chosen.
    """
    if role.name in settings.ask_first:
        return True
    return role.name not in settings.unasked and is_production(settings, role)


def remembered(settings: Settings, role: str, program: str) -> Consent | None:
    """The answer kept for good, or None. A program whose file is unknown has none."""
    kept = settings.approvals.get(role, {}).get(program) if program else None
    return Consent(kept) if kept in (Consent.ALWAYS, Consent.NEVER) else None


def remember(settings: Settings, role: str, program: str, consent: Consent) -> Settings:
    """Settings that hold this answer from now on."""
    kept = {**settings.approvals.get(role, {}), program: consent.value}
    return replace(settings, approvals={**settings.approvals, role: kept})


def forgotten(settings: Settings, role: str, program: str) -> Settings:
    """Settings without this answer: the program is asked about again."""
    kept = {key: value for key, value in settings.approvals.get(role, {}).items() if key != program}
    others = {key: value for key, value in settings.approvals.items() if key != role}
    return replace(settings, approvals={**others, role: kept} if kept else others)


def asking(settings: Settings, role: Role, *, first: bool) -> Settings:
    """Settings in which `role` asks first, or no longer. Answers are kept for another day."""
    marked = is_production(settings, role)
    return replace(
        settings,
        ask_first=_with(settings.ask_first, role.name, wanted=first and not marked),
        unasked=_with(settings.unasked, role.name, wanted=marked and not first),
    )


def never_asking(settings: Settings, name: str) -> Settings:
    """Settings in which the choice that `name` asks first is taken back; for roles that may be gone."""
    return replace(settings, ask_first=_with(settings.ask_first, name, wanted=False))


def _with(names: tuple[str, ...], name: str, *, wanted: bool) -> tuple[str, ...]:
    others = tuple(other for other in names if other != name)
    return (*others, name) if wanted else others


def all_approvals(approvals: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, Consent]]:
    """Every kept answer as role, program, consent; by role, then program."""
    found = [
        (role, program, Consent(kept))
        for role, programs in approvals.items()
        for program, kept in programs.items()
    ]
    return sorted(found)


def denied(role: str) -> Problem:
    """The Problem of a program that a person said no to, now or once and for all."""
    return Problem(
        "approval_denied",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "“{role}” was not given to this program: its user said no"
            ),
            role=role,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Answers are kept in Rolecall’s settings, under “Programs”."
            )
        ),
        exit=Exit.NOBODY_TO_ASK,
    )


def unanswered(role: str) -> Problem:
    """The Problem of a program about which nobody answered in time."""
    return Problem(
        "approval_unanswered",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "“{role}” asks its user first, and nobody answered in {seconds} seconds"
            ),
            role=role,
            seconds=PATIENCE,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Ask again when somebody is there to allow it in Rolecall."
            )
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
