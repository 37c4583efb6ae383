"""Callers: who waits for which session, and that each is told exactly once."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace

from rolecall.acting.core import Core
from rolecall.acting.services import Done, Handed
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.route import Wish
from rolecall.domain.session import Session

_log = logging.getLogger("rolecall.actions")

Key = tuple[str, Wish]
"""Role and wish: what several callers may wait for together."""


@dataclass(slots=True, eq=False)
class Caller:
    """One who waits, to be told exactly once. asker: the program it is, empty for the person.

    code: brought along, until it is sent; whoever brought one is never asked. patient: not a renewal,
    for which nobody is ever asked.
    """

    done: Done
    asker: str = ""
    code: str | None = field(default=None, repr=False)
    brought: bool = False
    patient: bool = True


class Callers(Core, ABC):
    """See the module."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed)
        self._waiting: dict[Key, list[Caller]] = {}
        self._under_way: set[Key] = set()
        self._unwanted: set[Key] = set()

    @abstractmethod
    def _leave(self, key: Key) -> None:
        """Free the place of `key` in whatever queue it stands."""

    def askers(self, key: Key) -> list[str]:
        """The program behind each who waits for `key` with patience for a person, empty for the person."""
        return [caller.asker for caller in self._waiting.get(key, []) if caller.patient]

    def deliver(self, key: Key, answer: Session | Problem) -> None:
        """Tell all who wait for `key`, once each, even if one of them fails over it."""
        outcome = answer.code if isinstance(answer, Problem) else answer.origin.value
        _log.info("sign-in to %r: %s", key[0], outcome)
        callers = self._waiting.pop(key, [])
        self._leave(key)
        fault: Exception | None = None
        for caller in callers:
            try:
                caller.done(answer)
            except Exception as error:  # noqa: BLE001  raised again below, when all were told
                fault = fault or error
        if fault is not None:
            raise fault

    def _turn_away(self, key: Key, caller: Caller, problem: Problem) -> None:
        """Tell one caller of several; the others wait on."""
        callers = self._waiting.get(key, [])
        if caller not in callers:
            return
        callers.remove(caller)
        if not callers:
            del self._waiting[key]
            self._leave(key)
        caller.done(problem)

    def give_up(self, name: str, wish: Wish, done: Done) -> None:
        """A caller does not wait any more and is told nothing; with nobody left, its place is freed."""
        key = (name, replace(wish, fresh=False))
        callers = self._waiting.get(key, [])
        mine = next((caller for caller in callers if caller.done == done), None)
        if mine is None:
            return
        callers.remove(mine)
        if not callers:
            del self._waiting[key]
            self._leave(key)

    def _was_forgotten(self, key: Key) -> bool:
        if key not in self._unwanted:
            return False
        self._unwanted.discard(key)
        return True

    def _break_off(self, keys: list[Key]) -> None:
        """What these calls bring is thrown away; who waits for it is told at once."""
        self._unwanted.update(keys)
        for key in keys:
            self.deliver(key, forgotten(key[0]))

    def _busy_names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self._under_way)

    def _show_busy(self) -> None:
        names = self._busy_names()
        if names != self.state.busy:
            self._store.set(replace(self.state, busy=names))


def forgotten(name: str) -> Problem:
    """The Problem told to those who wait for a session that is to be forgotten."""
    return Problem(
        "forgotten",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} was forgotten while it was signed in to"),
            role=name,
        ),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Sign in again if you need it.")),
        exit=Exit.NOBODY_TO_ASK,
    )
