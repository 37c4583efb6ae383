"""Approvals: questions whether a program may have a role, from the first caller to the person's answer.

Callers of one program and role share a question; it is gone when nobody waits for it any more. Qt-free:
knows neither dialog nor notification, and keeps lasting answers in the settings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from rolecall.actions import Actions
from rolecall.domain.approval import (
    PATIENCE,
    QUIET,
    Consent,
    asks_first,
    denied,
    remember,
    remembered,
    unanswered,
)
from rolecall.domain.journal import Asker
from rolecall.domain.problem import Problem
from rolecall.domain.production import is_production


@dataclass(eq=False, slots=True)
class _Caller:
    allow: Callable[[], None]
    refuse: Callable[[Problem], None]


@dataclass(eq=False, slots=True)
class Question:
    """One program that wants one role. until: UTC epoch seconds at which it is answered with no."""

    key: str
    role: str
    asker: Asker
    until: float
    callers: list[_Caller] = field(default_factory=list)

    @property
    def lasting(self) -> bool:
        """Whether an answer can hold for longer than this once: only for a program that is known.

        A path that is no text is none: the settings, which are UTF-8, cannot hold it.
        """
        program = self.asker.program
        return bool(program) and not any("\ud800" <= char <= "\udfff" for char in program)


class Approvals:
    """See the module. `questions`: those that wait, the oldest first, by key."""

    def __init__(
        self,
        actions: Actions,
        after: Callable[[str, float, Callable[[], None]], None],
        cancel: Callable[[str], None],
        come: Callable[[Question], None],
        gone: Callable[[Question], None],
    ) -> None:
        """after, cancel: the heartbeat's. come, gone: told of every question once."""
        self._actions = actions
        self._after, self._cancel = after, cancel
        self._come, self._gone = come, gone
        self._running: set[tuple[str, str]] = set()
        self._quiet: dict[tuple[str, str], float] = {}
        self._count = 0
        self.questions: dict[str, Question] = {}

    def ask(
        self,
        role: str,
        asker: Asker,
        allow: Callable[[], None],
        refuse: Callable[[Problem], None],
    ) -> Callable[[], None]:
        """Call `allow` or `refuse`, now or when a person has answered. Returns how to give up waiting."""
        settings = self._actions.state.settings
        if not self._asks(role) or (asker.program, role) in self._running:
            allow()
            return lambda: None
        kept = remembered(settings, role, asker.program)
        if kept is not None:
            allow() if kept.given else refuse(denied(role))
            return lambda: None
        if self._quiet.get((_who(asker), role), 0.0) > self._actions.now():
            refuse(denied(role))
            return lambda: None
        question = self._question(role, asker)
        caller = _Caller(allow, refuse)
        question.callers.append(caller)
        if len(question.callers) == 1:
            self._come(question)
        return partial(self._leave, question, caller)

    def _asks(self, name: str) -> bool:
        state = self._actions.state
        return name in state.catalogue and asks_first(state.settings, state.catalogue.role(name))

    def is_production(self, name: str) -> bool:
        """Whether the person marked the role of this name."""
        state = self._actions.state
        return name in state.catalogue and is_production(state.settings, state.catalogue.role(name))

    def answer(self, key: str, consent: Consent) -> None:
        """What the person said, to all who wait for it. Nothing happens for a question that has gone."""
        question = self.questions.get(key)
        if question is None:
            return
        if question.lasting:
            self._keep(question, consent)
        if consent.given:
            self._end(question, None)
            return
        now = self._actions.now()
        self._quiet = {key: until for key, until in self._quiet.items() if until > now}
        self._quiet[_who(question.asker), question.role] = now + QUIET
        self._end(question, denied(question.role))

    def _keep(self, question: Question, consent: Consent) -> None:
        program, role = question.asker.program, question.role
        if consent is Consent.RUNNING:
            self._running.add((program, role))
        elif consent in (Consent.ALWAYS, Consent.NEVER):
            settings = self._actions.state.settings
            self._actions.change_settings(remember(settings, role, program, consent))

    def _question(self, role: str, asker: Asker) -> Question:
        for known in self.questions.values():
            if known.role == role and _who(known.asker) == _who(asker):
                return known
        self._count += 1
        key = f"q{self._count}"
        found = Question(key, role, asker, self._actions.now() + PATIENCE)
        self.questions[key] = found
        self._after(f"approval {key}", PATIENCE, partial(self._late, found))
        return found

    def _leave(self, question: Question, caller: _Caller) -> None:
        if caller in question.callers:
            question.callers.remove(caller)
            if not question.callers:
                self._end(question, None)

    def _late(self, question: Question) -> None:
        self._end(question, unanswered(question.role))

    def _end(self, question: Question, problem: Problem | None) -> None:
        if self.questions.pop(question.key, None) is None:
            return
        self._cancel(f"approval {question.key}")
        callers, question.callers = question.callers, []
        self._gone(question)
        for caller in callers:
            if problem is None:
                caller.allow()
            else:
                caller.refuse(problem)


def _who(asker: Asker) -> str:
    """Whom one answer serves: every process of a program file, or where that is unknown the very process."""
    return asker.program or f"pid {asker.pid}"
