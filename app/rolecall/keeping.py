"""Keeping: sees to it that sessions outlive the program. Hears what changed and has Jobs write and read it.

Qt-free; lives on the thread of Actions. Decides when, never how: `storage/kept_sessions.py` does that. One Job
at a time; changes that come meanwhile make one more. Where nothing was ever kept, neither the cipher nor
the keyring is loaded.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from rolecall.actions import Actions, Run
from rolecall.domain.kept import NOTHING, Change, Kept, change, common, kept_of
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Problem, ProblemError, Text
from rolecall.domain.session import Session
from rolecall.domain.state import State
from rolecall.store import Store

if TYPE_CHECKING:
    from rolecall.storage.kept_sessions import Loaded, Saved

T = TypeVar("T")

FILE_NAME = "sessions"
"""In the state folder."""

_log = logging.getLogger("rolecall.keeping")


class Keeper(Protocol):
    """The file, as Jobs use it (`storage/kept_sessions.py`). All but the last may raise ProblemError."""

    def load(self, now: float, *, interactive: bool = False) -> Loaded: ...

    def save(self, change: Change, now: float, *, make: bool = True) -> Saved: ...

    def clear(self) -> None: ...

    def remove(self) -> None: ...

    def forget_key(self) -> None: ...


class Keeping:
    """See the module. Build it once the settings are loaded, then `begin`."""

    def __init__(
        self,
        actions: Actions,
        store: Store,
        run: Run,
        keeper: Callable[[], Keeper],
        tell: Callable[[Problem], None],
        *,
        make: bool = True,
    ) -> None:
        """keeper: makes the file's object, in the first Job. tell: says a Problem to the person, each
        kind once. make: whether to begin a file."""
        self._actions = actions
        self._run = run
        self._make_keeper = keeper
        self._keeper: Keeper | None = None
        self._tell = tell
        self._make = make
        self._told: set[str] = set()
        self._on_file = NOTHING
        self._wanted = NOTHING
        self._refused: Kept | None = None
        self._steps: deque[Callable[[], None]] = deque()
        self._wipes: deque[Callable[[], None]] = deque()
        self._working = False
        self._loaded = False
        store.subscribe(self._changed)

    def begin(self, *, empty: bool) -> None:
        """Read what was kept; whoever asks Actions for a session meanwhile waits. empty: there is no file.

        Where nothing is to be kept any more, the file goes: that was chosen while no program ran.
        """
        self._loaded = empty
        if empty:
            return
        if self._actions.state.settings.keep_sessions:
            self._load(interactive=False)
        else:
            self._remove()
            self._go()

    def holds(self, session: Session) -> bool:
        """Whether `session` is in the file, as far as this process knows."""
        return session in (*self._on_file.sessions.values(), *self._on_file.shared.values())

    @property
    def unread(self) -> bool:
        """Whether there is a file that nobody could look into: the keyring is locked, say."""
        return not self._loaded and self._actions.state.settings.keep_sessions

    def finish(self) -> None:
        """The program ends: do at once, on this thread, what no Job has done yet."""
        now = self._actions.now()
        try:
            while self._wipes:
                self._wipes.popleft()()
                self._on_file = NOTHING
            if self._loaded and self._unsaved():
                self._kept().save(
                    change(self._on_file.live(now), self._wanted), now, make=self._make
                )
        except ProblemError as error:
            _log.warning("not kept at the end: %s", error.problem.code)

    # --- what changed ------------------------------------------------------------------

    def _changed(self, before: State, after: State) -> None:
        if after.locked and not before.locked:
            self._wanted = kept_of(before)
            self._steps += (self._save, self._let_go)
        elif before.locked and not after.locked:
            self._steps.append(partial(self._load, interactive=True))
        elif not after.locked and _touched(before, after):
            self._wanted = kept_of(after)
        if after.forgets != before.forgets:
            self._wipe(lambda: self._kept().clear())
        if before.settings.keep_sessions and not after.settings.keep_sessions:
            self._remove()
        self._go()

    def _unsaved(self) -> bool:
        state = self._actions.state
        if not state.settings.keep_sessions or state.locked or self._wanted == self._refused:
            return False
        return bool(change(self._on_file.live(self._actions.now()), self._wanted))

    # --- Jobs, one at a time -----------------------------------------------------------

    def _go(self) -> None:
        """Begin what is next, unless a Job is under way; its end comes here again."""
        while not self._working and (self._steps or self._unsaved()):
            step = self._steps.popleft() if self._steps else self._save
            step()

    def _job(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        def ended(tell: Callable[[T], None], answer: T) -> None:
            tell(answer)
            self._working = False
            self._go()

        self._working = True
        self._run(job, partial(ended, done), partial(ended, failed))  # type: ignore[arg-type]

    def _kept(self) -> Keeper:
        """The file's object. For Jobs only: the first one imports what it is made of."""
        if self._keeper is None:
            self._keeper = self._make_keeper()
        return self._keeper

    def _load(self, *, interactive: bool) -> None:
        now = self._actions.now()
        self._working = True  # before the State changes, which comes back here
        self._actions.restoring()
        self._job(
            lambda: self._kept().load(now, interactive=interactive),
            self._was_loaded,
            self._not_loaded,
        )

    def _was_loaded(self, loaded: Loaded) -> None:
        self._loaded = True
        _log.info("%d kept sessions", len(loaded.kept.sessions) + len(loaded.kept.shared))
        if loaded.problem is not None:
            self._say(loaded.problem)
        self._actions.restored(loaded.kept)
        # What does not fit the AWS files of now is not ours to remove: it stays until it ends.
        self._on_file = common(loaded.kept, kept_of(self._actions.state))

    def _not_loaded(self, problem: Problem) -> None:
        self._refused = self._wanted
        self._say(_in_memory_only(problem))
        self._actions.restored(NOTHING)

    def _save(self) -> None:
        if not self._loaded:
            self._load(interactive=False)
            return
        now, wanted, make = self._actions.now(), self._wanted, self._make
        difference = change(self._on_file.live(now), wanted)
        if difference and self._actions.state.settings.keep_sessions:
            self._job(
                lambda: self._kept().save(difference, now, make=make),
                partial(self._saved, wanted),
                partial(self._not_saved, wanted),
            )

    def _saved(self, wanted: Kept, saved: Saved) -> None:
        if saved.written:
            self._on_file = wanted
        else:
            self._refused = wanted
        if saved.problem is not None:
            self._say(saved.problem)

    def _not_saved(self, wanted: Kept, problem: Problem) -> None:
        self._refused = wanted
        self._say(_in_memory_only(problem))

    def _remove(self) -> None:
        """The person wants nothing kept."""
        self._wipe(lambda: self._kept().remove())

    def _wipe(self, job: Callable[[], None]) -> None:
        """Have everything taken off the disk; in `_wipes` until it is, lest the program ends before."""
        self._wipes.append(job)
        self._steps.append(lambda: self._job(job, self._wiped, self._not_wiped))

    def _wiped(self, _none: None) -> None:
        if self._wipes:  # else the program ends, and did it itself
            self._wipes.popleft()
        self._on_file = NOTHING

    def _not_wiped(self, problem: Problem) -> None:
        if self._wipes:
            self._wipes.popleft()
        self._say(problem)

    def _let_go(self) -> None:
        """Locked, and the last sessions are on the disk: no copy and no key stays here."""
        if self._keeper is not None:
            self._keeper.forget_key()
        self._on_file = self._wanted = NOTHING
        self._refused = None
        self._loaded = False

    def _say(self, problem: Problem) -> None:
        if problem.code not in self._told:
            self._told.add(problem.code)
            self._tell(problem)


def kept_by(
    actions: Actions,
    store: Store,
    run: Run,
    folder: Path,
    environ: Mapping[str, str],
    context: Callable[[], str],
    tell: Callable[[Problem], None],
    *,
    make: bool = True,
) -> Keeping | None:
    """Keep the sessions of `actions` in `folder` and take over what is kept there; None for a demo.

    context: tells the AWS files and endpoints they belong to; called in a Job. make: see `Keeping`;
    without it nothing is done where no file is.
    """
    empty = not (folder / FILE_NAME).exists()
    if environ.get("ROLECALL_DEMO_URL") or (empty and not make):
        return None

    def keeper() -> Keeper:
        from rolecall.storage.kept_sessions import KeptSessions
        from rolecall.storage.session_key import KeyringSessionKey

        return KeptSessions(folder / FILE_NAME, context(), KeyringSessionKey())

    keeping = Keeping(actions, store, run, keeper, tell, make=make)
    keeping.begin(empty=empty)
    return keeping


def _touched(before: State, after: State) -> bool:
    return (
        after.sessions is not before.sessions
        or after.shared is not before.shared
        or after.settings.keep_sessions is not before.settings.keep_sessions
    )


def _in_memory_only(cause: Problem) -> Problem:
    """What keeps sessions from being kept, as a Problem of its own: the sessions themselves work."""
    title = Text(
        QT_TRANSLATE_NOOP("Problem", "Sessions are kept in memory only and end with Rolecall")
    )
    return replace(cause, code="sessions_in_memory", title=title, explanation=cause.title)
