"""Talks for tests: what a Job tells, written down; cancelled by hand or at a step."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rolecall.domain.proof import Step


@contextmanager
def no_thread_left() -> Iterator[None]:
    """Fails if a thread of ours is left; those of the embedded AWS serve connections until they close."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in set(threading.enumerate()) - before]
    assert [name for name in left if not name.startswith("demo-")] == []


class Heard:
    """Remembers each step; `at_step` may cancel or do what a person does."""

    def __init__(self, at_step: Callable[[Step], None] | None = None) -> None:
        self.steps: list[Step] = []
        self.cancelled = False
        self._at_step = at_step

    def show(self, step: Step) -> None:
        self.steps.append(step)
        if self._at_step:
            self._at_step(step)
