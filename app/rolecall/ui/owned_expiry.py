"""Owned expiry: our sections of the credentials file leave when their session ends. Owns the moment only.

Reading and writing are Jobs over storage/owned_files.py; a file without our sections costs one look
at each change and no timer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rolecall.domain.problem import Problem
from rolecall.storage.aws_config import read_file
from rolecall.storage.aws_ini import OWNED
from rolecall.storage.paths import AwsFiles
from rolecall.ui.background import Background

After = Callable[[str, float, Callable[[], None]], None]

_NAME = "owned sections"
_AGAIN = 60.0
"""Seconds until a file that could not be changed is tried again."""


class OwnedExpiry:
    """Asks when the next section ends, at the start and after each change, and has it removed then."""

    def __init__(
        self, files: AwsFiles, background: Background, after: After, now: Callable[[], float]
    ) -> None:
        """after: the heartbeat's; now: UTC epoch seconds."""
        self._files = files
        self._background = background
        self._after = after
        self._now = now

    def look(self) -> None:
        """Find out when the next of our sections ends."""
        self._background.run(partial(_next, self._files), self._plan, self._not_now)

    def _plan(self, moment: float | None) -> None:
        if moment is not None:
            self._after(_NAME, max(moment - self._now(), 0.0) + 1.0, self._remove)

    def _remove(self) -> None:
        self._background.run(
            partial(_remove, self._files, self._now()), lambda _names: self.look(), self._not_now
        )

    def _not_now(self, _problem: Problem) -> None:
        """Somebody else's lock, a read-only file: what is expired there is worth nothing anyway."""
        self._after(_NAME, _AGAIN, self.look)


def _next(files: AwsFiles) -> float | None:
    if OWNED.encode() not in read_file(files.credentials):
        return None  # most people's file: nothing of ours to read it for
    from rolecall.storage.owned_files import next_expiry

    return next_expiry(files)


def _remove(files: AwsFiles, now: float) -> tuple[str, ...]:
    from rolecall.storage.owned_files import remove_expired

    return remove_expired(files, now)
