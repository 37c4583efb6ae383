"""Patience: how long a program waits for a person to give a code, to sign in or to accept a line. Qt-free.

Then it is told so, and its place in the queue is free. A call to AWS that is under way is waited for: it has an
end of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from rolecall.actions import Actions
from rolecall.agent import Reply
from rolecall.answers import Replied, refusal
from rolecall.domain.approval import PATIENCE
from rolecall.domain.unanswered import unanswered

AGAIN: Final = 15.0
"""Seconds until the next look where time was up and nothing waited for a person."""

After = Callable[[str, float, Callable[[], None]], None]


class Patience:
    """See the module."""

    def __init__(self, actions: Actions, after: After, cancel: Callable[[str], None]) -> None:
        """after, cancel: the heartbeat's."""
        self._actions = actions
        self._after, self._cancel = after, cancel
        self._count = 0

    def limit(
        self, role: str, replied: Replied, begin: Callable[[Replied], Callable[[], None]]
    ) -> Callable[[], None]:
        """`begin` something that answers what it is handed; at the latest the limit answers `replied`.

        Returns how to give up waiting.
        """
        self._count += 1
        wait = _Wait(f"program {self._count}", role, replied)
        wait.give_up = begin(partial(self._told, wait))
        if not wait.over:
            self._after(wait.name, PATIENCE, partial(self._late, wait))
        return partial(self._leave, wait)

    def _told(self, wait: _Wait, reply: Reply) -> None:
        if not wait.over:
            wait.over = True
            self._cancel(wait.name)
            wait.replied(reply)

    def _leave(self, wait: _Wait) -> None:
        wait.over = True
        self._cancel(wait.name)
        wait.give_up()

    def _late(self, wait: _Wait) -> None:
        problem = unanswered(self._actions.state, wait.role)
        if problem is None:
            self._after(wait.name, AGAIN, partial(self._late, wait))
            return
        self._leave(wait)
        wait.replied(refusal(problem))


class _Wait:
    """One program that waits. over: it was told, or has left."""

    def __init__(self, name: str, role: str, replied: Replied) -> None:
        self.name = name
        self.role = role
        self.replied = replied
        self.give_up: Callable[[], None] = lambda: None
        self.over = False
