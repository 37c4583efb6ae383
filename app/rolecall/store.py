"""Store: the one cell that holds the State and says what changed. Qt-free; belongs to one thread."""

from __future__ import annotations

from collections.abc import Callable

from rolecall.domain.state import State

Told = Callable[[State, State], None]
"""Called with the State before and the State after."""


class Store:
    """Holds the State. Only Actions set it; views subscribe. Not to be touched from a Job."""

    def __init__(self, state: State | None = None) -> None:
        self._state = state or State()
        self._told: list[Told] = []

    @property
    def state(self) -> State:
        """All values at this moment."""
        return self._state

    def set(self, state: State) -> None:
        """Replace the State and tell everyone, unless nothing changed."""
        before = self._state
        if state is before:
            return
        self._state = state
        for told in tuple(self._told):
            told(before, state)

    def subscribe(self, told: Told) -> None:
        """Have `told` called after every change, in the order of subscription."""
        self._told.append(told)

    def unsubscribe(self, told: Told) -> None:
        """Tell `told` no more; for views that close before the program does."""
        if told in self._told:
            self._told.remove(told)
