"""Consents: lines that a person is asked about before their program runs, and the roles that wait. Qt-free.

The third of the queues, beside codes and sign-ins: one question for each line, all who need it served by one
answer. Lives on the thread of Actions. Runs nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from rolecall.domain.line_queue import LineQuestion, line_refused
from rolecall.domain.problem import Problem
from rolecall.domain.settings import Settings
from rolecall.domain.trust import CODE, Line, accept, not_accepted
from rolecall.sign_ins import Key, Waiting
from rolecall.store import Store


def _ignored(_problem: Problem) -> None:
    return None


class Choosing(Waiting, Protocol):
    """Those who wait, and the settings that an answer changes."""

    def change_settings(
        self, settings: Settings, failed: Callable[[Problem], None] = ..., /
    ) -> None:
        """Take over new settings and save them."""
        ...


class Consents:
    """See the module. Questions are known by the digest of their line."""

    def __init__(self, store: Store, ask: Callable[[str], None], waiting: Choosing) -> None:
        """ask: has a person asked about the line of a digest; they answer by `accept` or `refuse`."""
        self._store = store
        self._ask = ask
        self._waiting = waiting

    def join(self, key: Key, line: Line) -> None:
        """`key` waits until `line` is accepted; a person is asked if there is one to ask."""
        askers = self._waiting.askers(key)
        if not askers:
            self._waiting.deliver(key, not_accepted(line))  # nobody is asked for a renewal
            return
        known = self._store.state.consents.get(line.digest) or LineQuestion(line)
        self._set(replace(known.joined(*key), asker=askers[-1] if all(askers) else ""))
        self._ask(line.digest)

    def leave(self, key: Key) -> None:
        """`key` does not wait any more; a question that serves nobody is gone."""
        for digest, known in tuple(self._store.state.consents.items()):
            left = known.without(*key)
            if left.waiters:
                self._set(left)
            elif left != known:
                self._take(digest)

    def accept(self, digest: str) -> None:
        """The person accepts the line: its program runs from now on, and whoever waited goes on."""
        known = self._store.state.consents.get(digest)
        if known is not None:
            self.accept_line(known.line)

    def accept_line(self, line: Line, failed: Callable[[Problem], None] = _ignored) -> None:
        """The person accepts a line, whether somebody waits for it or not. failed: it could not be saved."""
        known = self._take(line.digest)
        self._waiting.change_settings(accept(self._store.state.settings, line), failed)
        for key in known.waiters if known else ():
            self._waiting.go_on(key)

    def refuse(self, digest: str, problem: Problem | None = None) -> None:
        """Not now: all who wait are told so at once. Nothing is kept; the next one asks again.

        Not those who wait for a code: it can be typed.
        """
        known = self._take(digest)
        if known is not None and known.line.key != CODE:
            for key in known.waiters:
                self._waiting.deliver(key, problem or line_refused(known.line))

    def _take(self, digest: str) -> LineQuestion | None:
        state = self._store.state
        known = state.consents.get(digest)
        if known is not None:
            left = {key: value for key, value in state.consents.items() if key != digest}
            self._store.set(replace(state, consents=left))
        return known

    def _set(self, question: LineQuestion) -> None:
        state, digest = self._store.state, question.line.digest
        if state.consents.get(digest) != question:
            self._store.set(replace(state, consents={**state.consents, digest: question}))
