"""Beats: what depends on time: expiry, renewal, notices, and when to look again."""

from __future__ import annotations

from dataclasses import replace

from rolecall.acting.callers import Caller
from rolecall.acting.codes import Codes
from rolecall.acting.services import Handed, Notice
from rolecall.domain import countdown
from rolecall.domain.plan import plan
from rolecall.domain.problem import Exit, Problem
from rolecall.domain.role import Role
from rolecall.domain.route import again
from rolecall.domain.session import Session

MOST_AT_ONCE = 10
"""Renewals under way at the same time, so that a wake-up from sleep is no burst of calls."""


class Beats(Codes):
    """See the module."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed)
        self._notify = handed.notify
        self._noticed: set[tuple[str, float, int]] = set()

    def beat(self, *, seconds_shown: bool = False) -> float | None:
        """Bring everything that depends on time up to date; returns when to be called next, or None."""
        now = self.now()
        self._drop_expired(now)
        self._renew_due(now)
        self._give_notices(now)
        return self._next(now, seconds_shown)

    def _drop_expired(self, now: float) -> None:
        state = self.state
        sessions = {k: v for k, v in state.sessions.items() if v.live(now)}
        shared = {k: v for k, v in state.shared.items() if v.live(now)}
        proofs = {k: v for k, v in state.proofs.items() if v.serves(now)}
        kept = len(sessions) + len(shared) + len(proofs)
        if kept < len(state.sessions) + len(state.shared) + len(state.proofs):
            self._store.set(replace(state, sessions=sessions, shared=shared, proofs=proofs))

    def _renew_due(self, now: float) -> None:
        for session in self._own_sessions():
            due = self._renewal(session, now)
            if due is None or due > now or len(self.state.busy) >= MOST_AT_ONCE:
                continue
            self._join(session.name, again(session), Caller(_ignored, patient=False))

    def _own_sessions(self) -> list[Session]:
        """Sessions of roles, and those of key identities, unless a person gave the code for one."""
        shared = [
            session
            for (name, serial), session in self.state.shared.items()
            if not serial or (self.state.makes_codes(serial) and self._owns(name, serial))
        ]
        return [*self.state.sessions.values(), *shared]

    def _owns(self, name: str, serial: str) -> bool:
        """Whether it is the device of the identity's own session, not one that a role of it names."""
        role = self._role(name)
        return isinstance(role, Role) and role.is_source and role.own_serial == serial

    def _renewal(self, session: Session, now: float) -> float | None:
        """When a session is to be renewed by itself, or None where it cannot be, or is being renewed."""
        name = session.name
        if name in self.state.busy or (name, again(session)) in self._waiting:
            return None
        if not self._renews_itself(session, now):
            return None
        return max(countdown.renew_at(session), self.state.held.get(name, 0.0))

    def _renews_itself(self, session: Session, now: float) -> bool:
        """Whether a new session can be had without a person, and the settings want that."""
        name, wish = session.name, again(session)
        if not self.state.settings.renew or name not in self.state.catalogue:
            return False
        if wish.scope != session.scope:
            return False  # nobody knows any more how it was narrowed
        route = plan(self.state, self.state.catalogue.role(name), wish, now)
        if isinstance(route, Problem) or route.proof_key or route.consent:
            return False
        return not route.code_serial or (
            self.state.makes_codes(route.code_serial) and not self._code_was_refused(name)
        )

    def _code_was_refused(self, name: str) -> bool:
        """Whether the last try ended over its code or its keys: a person has to look, AWS is not asked again."""
        problem = self.state.refusals.get(name)
        return problem is not None and problem.exit is not Exit.NETWORK

    def _give_notices(self, now: float) -> None:
        for session in (*self.state.live(now), *self.state.narrowed(now)):
            reached = [
                minutes
                for minutes in self.state.settings.notices
                if session.expires_at - now <= minutes * 60 < session.lifetime
            ]
            if not reached:
                continue
            told = f"{session.name} {session.scope}"
            mark = (told, session.issued_at, min(reached))
            if mark in self._noticed:
                continue
            self._noticed.update((told, session.issued_at, m) for m in reached)
            if session.name in self.state.refusals or not self._renews_itself(session, now):
                minutes = countdown.minutes_left(session, now)
                self._notify(Notice(session.name, minutes, session.scope))

    def _next(self, now: float, seconds_shown: bool) -> float | None:
        state = self.state
        renewals = [
            due
            for session in self._own_sessions()
            if (due := self._renewal(session, now)) is not None
        ]
        every = [*state.sessions.values(), *state.shared.values()]
        return countdown.next_change(
            every, now, seconds_shown, [d for d in renewals if d > now], state.settings.notices
        )


def _ignored(_answer: Session | Problem) -> None:
    return None
