"""Held: tells a command when a session that it was given is taken back: forgotten, locked away, ended.

The command keeps its connection open for as long as it serves the session to a child of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from rolecall.actions import Actions
from rolecall.agent import Reply, Request
from rolecall.answers import refusal, unknown_in, wish_of
from rolecall.domain.problem import Problem
from rolecall.domain.route import Wish
from rolecall.domain.state import State
from rolecall.store import Store


def tell_when_gone(
    store: Store, actions: Actions, request: Request, replied: Callable[[Reply], None]
) -> Callable[[], None]:
    """Reply once no session stands behind `request` any more, maybe now. Returns how to stop waiting."""
    unknown = unknown_in(request)
    if unknown is not None:
        replied(refusal(unknown))
        return lambda: None
    name = request.role
    wish = wish_of(actions, request, name) if name in store.state.catalogue else Wish()
    scope = "" if isinstance(wish, Problem) else wish.scope

    def changed(_before: State, after: State) -> None:
        if after.session(name, actions.now(), scope) is None:
            store.unsubscribe(changed)
            replied(Reply())

    store.subscribe(changed)
    changed(store.state, store.state)
    return lambda: store.unsubscribe(changed)
