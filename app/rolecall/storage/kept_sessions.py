"""Kept sessions: the file that lets sessions outlive the program, and nothing weaker than its encryption.

Owns reading, merging and writing it; `kept_box.py` owns its form, `session_key.py` its key. Every method is
for a Job, one at a time. Without a keyring nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rolecall.domain.kept import NOTHING, Change, Kept
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.storage import atomic_file
from rolecall.storage.kept_box import EMPTY, Box, UnreadableBoxError, formed, opened, parsed, sealed
from rolecall.storage.session_key import SessionKey

_MOST_ASIDE: Final = 9


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was kept and is live. problem: the file could not be used and was set aside."""

    kept: Kept = NOTHING
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """Whether a change is on the disk. problem: the file could not be used and was set aside."""

    written: bool
    problem: Problem | None = None


class KeptSessions:
    """The file, as seen by one context. Remembers the key until `forget_key`."""

    def __init__(self, path: Path, context: str, key: SessionKey) -> None:
        """context: a digest of the AWS files and endpoints; sessions of another one are never seen."""
        self._path = path
        self._context = context
        self._source = key
        self._key: bytes | None = None

    def exists(self) -> bool:
        """Whether there is a file to put sessions into."""
        return self._path.exists()

    def forget_key(self) -> None:
        """Let go of the key: it is read from the keyring again when it is next needed."""
        self._key = None

    def load(self, now: float, *, interactive: bool = False) -> Loaded:
        """What was kept and is live at `now` (UTC epoch seconds). Raises ProblemError for the keyring.

        The keyring is not touched where nothing of this context is live. A file that cannot be read is
        renamed, never deleted.
        """
        _, raw = atomic_file.read(self._path)
        try:
            box = parsed(raw).get(self._context, EMPTY)
            if box.until <= now:
                return Loaded()
            return Loaded(self._open(box, interactive=interactive).live(now))
        except UnreadableBoxError:
            return Loaded(problem=self._set_aside(raw))

    def save(self, change: Change, now: float, *, make: bool = True) -> Saved:
        """Merge `change` into the file; what is over at `now` goes. make: write one where there is none.

        Raises ProblemError; the file is then as it was, but for sessions that were to go: they do,
        with all that lies in the same box.
        """
        if not self.exists() and not (make and change.put):
            return Saved(written=not change.put)
        try:
            problem, live = self._looked_at(now)
            key = self._get_key(make=True) if live or change.put else None
        except ProblemError:
            if change.gone_sessions or change.gone_shared:
                self.clear()
            raise
        try:
            written = self._change(lambda raw: self._merged(raw, change, key, now), make=make)
        except UnreadableBoxError:  # damaged since it was looked at: the next change sets it aside
            return Saved(written=False, problem=_unreadable(self._path))
        return Saved(written, problem)

    def _looked_at(self, now: float) -> tuple[Problem | None, bool]:
        """Set a file aside that nobody can read. Returns that Problem, and whether our box has live ones."""
        _, raw = atomic_file.read(self._path)
        try:
            box = parsed(raw).get(self._context, EMPTY)
            if box.until <= now:
                return None, False
            self._open(box)
        except UnreadableBoxError:
            return self._set_aside(raw), False
        return None, True

    def _merged(self, raw: bytes, change: Change, key: bytes | None, now: float) -> bytes:
        boxes = {c: box for c, box in parsed(raw).items() if box.until > now}
        old = boxes.get(self._context, EMPTY)
        kept = opened(key, self._context, old) if key else NOTHING
        after = change.applied(kept).live(now)
        boxes[self._context] = sealed(key, self._context, after) if key else EMPTY
        return formed(boxes)

    def clear(self) -> None:
        """Empty this context's box; needs no key. Raises ProblemError."""

        def edit(raw: bytes) -> bytes:
            try:
                boxes = parsed(raw)
            except UnreadableBoxError:
                return raw
            return formed({**boxes, self._context: EMPTY})

        self._change(edit, make=False)

    def remove(self) -> None:
        """The person wants nothing kept: the file goes, all contexts included. Raises ProblemError."""
        self._key = None
        if not self.exists():
            return
        with atomic_file.lock(self._path):
            try:
                self._path.unlink(missing_ok=True)
            except OSError as error:
                raise ProblemError(_not_removed(self._path, error)) from None

    def _change(self, edit: Callable[[bytes], bytes], *, make: bool) -> bool:
        if not make and not self.exists():
            return False
        atomic_file.change(self._path, edit)
        return True

    def _get_key(self, *, make: bool, interactive: bool = False) -> bytes:
        key = self._key or self._source.get(make=make, interactive=interactive)
        if key is None:
            raise UnreadableBoxError  # a box, and nobody has its key any more
        self._key = key
        return key

    def _open(self, box: Box, *, interactive: bool = False) -> Kept:
        return opened(self._get_key(make=False, interactive=interactive), self._context, box)

    def _set_aside(self, raw: bytes) -> Problem:
        """Rename the file that held `raw`, unless another process has replaced it meanwhile."""
        with suppress(OSError), atomic_file.lock(self._path):
            if atomic_file.read(self._path)[1] == raw:
                self._path.replace(self._aside())
        return _unreadable(self._path)

    def _aside(self) -> Path:
        places = [
            self._path.with_name(f"{self._path.name}.unreadable-{n}")
            for n in range(1, _MOST_ASIDE + 1)
        ]
        return next((place for place in places if not place.exists()), places[-1])


def _unreadable(path: Path) -> Problem:
    return Problem(
        "sessions_unreadable",
        text(QT_TRANSLATE_NOOP("Problem", "The kept sessions in {file} cannot be read"), file=path),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The file was damaged, is of another version, or the keyring has another key by now. "
                "It was set aside.",
            )
        ),
        text(QT_TRANSLATE_NOOP("Problem", "Sign in again: new sessions are kept as before.")),
        exit=Exit.LOCAL,
        file=str(path),
    )


def _not_removed(path: Path, error: OSError) -> Problem:
    return Problem(
        "sessions_not_removed",
        text(
            QT_TRANSLATE_NOOP("Problem", "{file} could not be removed: {cause}"),
            file=path,
            cause=error.strerror,
        ),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Remove it by hand.")),
        exit=Exit.LOCAL,
        file=str(path),
    )
