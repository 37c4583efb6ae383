"""Journaling: what becomes a line of the journal, and its writing and reading in Jobs. Never a secret.

Lives on the GUI thread. One Job writes at a time and takes all that has come meanwhile, so a burst of
callers is one write. A journal that cannot be written keeps nobody from working: it is logged, no more.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from rolecall.actions import Actions, Run
from rolecall.domain.journal import NOBODY, Asker, Entry, How, Outcome
from rolecall.domain.problem import Problem
from rolecall.domain.session import Session
from rolecall.domain.state import State

_log = logging.getLogger("rolecall.journaling")

_OUTCOMES = {
    "code_cancelled": Outcome.CANCELLED,
    "nobody_to_ask": Outcome.CANCELLED,
    "sign_in_cancelled": Outcome.CANCELLED,
    "nobody_to_sign_in": Outcome.CANCELLED,
    "forgotten": Outcome.CANCELLED,
    "caller_left": Outcome.CANCELLED,
    "approval_unanswered": Outcome.CANCELLED,
    "code_unanswered": Outcome.CANCELLED,
    "sign_in_unanswered": Outcome.CANCELLED,
    "line_unanswered": Outcome.CANCELLED,
    "approval_denied": Outcome.DENIED,
    "line_refused": Outcome.DENIED,
}

Told = Callable[[Entry], None]


class Journaling:
    """See the module. `path` None: the journal is of this run only."""

    def __init__(self, actions: Actions, run: Run, path: Path | None) -> None:
        self._actions = actions
        self._run = run
        self._path = path
        self._lines: deque[Entry] = deque()
        self._kept: list[Entry] = []
        self._lock = Lock()
        self._writing = False
        self._awaited: Counter[str] = Counter()
        self._told: list[Told] = []

    # --- what is noted -----------------------------------------------------------------

    def begin(
        self, role: str, how: How, asker: Asker = NOBODY, scope: str | None = ""
    ) -> Callable[[str], None]:
        """Somebody wants `role` now. Call what is returned with the code of the Problem, or nothing.

        scope: of the session wanted; None where only that it is narrowed is known.
        """
        self._awaited[role] += 1
        ended = False

        def end(problem: str) -> None:
            nonlocal ended
            if ended:
                return
            ended = True
            self._awaited[role] -= 1
            self._note(role, how, asker, problem, scope)

        return end

    def changed(self, before: State, after: State) -> None:
        """Sessions that were renewed by themselves, and those that ended before their time."""
        now = self._actions.now()
        for key, session in after.sessions.items():
            old = before.sessions.get(key)
            renewed = old is not None and old.issued_at != session.issued_at
            if renewed and self._awaited[key[0]] <= 0:
                self._add(self._entry(key[0], How.RENEWAL, NOBODY, "", session))
        left = {name for name, _ in (*after.sessions, *after.shared)}
        for (name, _), session in {**before.shared, **before.sessions}.items():
            if name not in left and session.live(now):
                left.add(name)
                self._add(self._entry(name, How.END, NOBODY, "", None))

    def _note(self, role: str, how: How, asker: Asker, problem: str, scope: str | None) -> None:
        session = None if problem else self._session(role, scope)
        self._add(self._entry(role, how, asker, problem, session))

    def _session(self, role: str, scope: str | None) -> Session | None:
        state, now = self._actions.state, self._actions.now()
        if scope is not None:
            return state.session(role, now, scope)
        narrowed = [
            session
            for (name, narrowing), session in state.sessions.items()
            if name == role and narrowing and session.live(now)
        ]
        return max(narrowed, key=lambda session: session.issued_at, default=None)

    def _entry(
        self, name: str, how: How, asker: Asker, problem: str, session: Session | None
    ) -> Entry:
        catalogue, now = self._actions.state.catalogue, self._actions.now()
        role = catalogue.role(name) if name in catalogue else None
        road = (role.source.name, *(hop.profile for hop in role.hops)) if role else ()
        return Entry(
            at=now,
            role=name,
            outcome=_OUTCOMES.get(problem, Outcome.REFUSED) if problem else Outcome.SERVED,
            how=how,
            account=role.account_id if role else "",
            problem=problem,
            origin=session.origin.value if session else "",
            road=tuple(part for part in road if part),
            seconds=max(int(session.expires_at - now), 0) if session else 0,
            asker=asker,
        )

    # --- file ----------------------------------------------------------------------------

    def _add(self, entry: Entry) -> None:
        self._lines.append(entry)
        for told in tuple(self._told):
            told(entry)
        if not self._writing:
            self._writing = True
            self._run(self._write, self._written, lambda _problem: self._written(None))

    def _write(self) -> None:
        """Write all there is; in a Job, or at the end on the GUI thread."""
        with self._lock:
            lines = [self._lines.popleft() for _ in range(len(self._lines))]
            if self._path is None:
                self._kept += lines
                return
            from rolecall.storage.journal import append

            try:
                append(self._path, lines)
            except OSError as error:
                _log.warning("the journal cannot be written: %s", error.strerror)

    def _written(self, _none: None) -> None:
        self._writing = False
        if self._lines:
            self._writing = True
            self._run(self._write, self._written, lambda _problem: self._written(None))

    def read(self, done: Callable[[list[Entry]], None]) -> None:
        """All entries to `done`, oldest first, those not yet written included."""

        def job() -> list[Entry]:
            with self._lock:
                if self._path is None:
                    return [*self._kept, *self._lines]
                from rolecall.storage.journal import read

                return [*read(self._path), *self._lines]

        self._run(job, done, lambda _problem: done([]))

    def save(self, path: Path, content: str, done: Callable[[Problem | None], None]) -> None:
        """Write an export where the person wants it, whole or not at all."""

        def job() -> None:
            from rolecall.storage import atomic_file

            atomic_file.replace(path, content.encode("utf-8", "backslashreplace"))

        self._run(job, done, done)

    def subscribe(self, told: Told) -> None:
        """Have `told` called with every new entry."""
        self._told.append(told)

    def unsubscribe(self, told: Told) -> None:
        """Tell `told` no more."""
        if told in self._told:
            self._told.remove(told)

    def close(self) -> None:
        """The program ends: what is not written yet is written now."""
        self._told.clear()
        self._write()
