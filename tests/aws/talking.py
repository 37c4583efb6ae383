"""Talks for tests: what a Job tells, written down; cancelled by hand or at a step."""

from __future__ import annotations

from collections.abc import Callable

from rolecall.domain.proof import Step


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
