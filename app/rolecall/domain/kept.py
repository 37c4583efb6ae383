"""Kept: which sessions are to outlive this process, and what differs from what was kept before. Pure values.

Holds secrets as Sessions do, hidden from `repr`. How they are encrypted and where they lie is storage's matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.role import made_for
from rolecall.domain.session import Session
from rolecall.domain.state import SessionKey, State

Sessions = Mapping[SessionKey, Session]


@dataclass(frozen=True, slots=True)
class Kept:
    """The sessions of one moment, keyed as in State: those of roles, and the shared ones of identities."""

    sessions: Sessions = field(default_factory=dict)
    shared: Sessions = field(default_factory=dict)

    def live(self, now: float) -> Kept:
        """Those that may still be handed out at `now` (UTC epoch seconds)."""
        return Kept(_live(self.sessions, now), _live(self.shared, now))

    @property
    def until(self) -> float:
        """When the last of them ends (UTC epoch seconds); 0.0 where there is none."""
        every = (*self.sessions.values(), *self.shared.values())
        return max((session.expires_at for session in every), default=0.0)

    def __bool__(self) -> bool:
        return bool(self.sessions or self.shared)


NOTHING = Kept()


@dataclass(frozen=True, slots=True)
class Change:
    """What to put into the kept sessions, and which of them are to go."""

    put: Kept = NOTHING
    gone_sessions: frozenset[SessionKey] = frozenset()
    gone_shared: frozenset[SessionKey] = frozenset()

    def applied(self, kept: Kept) -> Kept:
        """`kept` after this change. What the change does not name stays: another process may have put it."""
        return Kept(
            {**_without(kept.sessions, self.gone_sessions), **self.put.sessions},
            {**_without(kept.shared, self.gone_shared), **self.put.shared},
        )

    def __bool__(self) -> bool:
        return bool(self.put or self.gone_sessions or self.gone_shared)


def kept_of(state: State) -> Kept:
    """All sessions of a State that another process may have too.

    Not those of one environment; and not a user's own keys, which a source may hand over: they lie where they
    lie and are never copied.
    """
    return Kept(_shared(state, state.sessions), _shared(state, state.shared))


def _shared(state: State, sessions: Sessions) -> Sessions:
    known = state.catalogue
    apart = {n for n, _ in sessions if n in known and known.role(n).source.of_surroundings}
    return {
        key: session
        for key, session in sessions.items()
        if key[0] not in apart and session.credentials.session_token
    }


def change(before: Kept, after: Kept) -> Change:
    """What makes `after` of `before`."""
    return Change(
        Kept(_new(before.sessions, after.sessions), _new(before.shared, after.shared)),
        frozenset(before.sessions.keys() - after.sessions.keys()),
        frozenset(before.shared.keys() - after.shared.keys()),
    )


def common(one: Kept, other: Kept) -> Kept:
    """The sessions that both hold, unchanged."""
    return Kept(_same(one.sessions, other.sessions), _same(one.shared, other.shared))


def adopted(state: State, kept: Kept, now: float) -> State:
    """`state` with the kept sessions that are live and still fit the AWS files.

    A session that is there already and lives as long wins over a kept one. A profile that meanwhile
    names another role must not be given the former one's credentials.
    """
    known, live = state.catalogue, kept.live(now)
    sessions = {k: s for k, s in _fitting(known, live.sessions).items() if k[0] in known}
    shared = {k: s for k, s in _fitting(known, live.shared).items() if k[0] in known}
    if not sessions and not shared:
        return state
    sessions, shared = _longer(state.sessions, sessions), _longer(state.shared, shared)
    return replace(state, sessions=sessions, shared=shared)


def fits(catalogue: Catalogue, name: str, session: Session) -> bool:
    """Whether `session` is still one of what the profile `name` describes; one that has gone describes nothing."""
    if name not in catalogue:
        return True
    role = catalogue.role(name)
    if role.problem is not None:  # half-written, or being mended: who it is for is not told now
        return role.arn is None or str(role.arn) == session.role_arn
    if session.made_for == role.made_for:
        return True
    own = catalogue.own_source(name)  # a role that others start from by its keys is two things
    return own is not None and made_for(own) == session.made_for


def without_strangers(state: State) -> State:
    """`state` without sessions of profiles that meanwhile name another role, key, policy or program.

    A region that changed is the region from now on: it decides where commands go, not what they may do.
    """
    known = state.catalogue
    return replace(
        state, sessions=_fitting(known, state.sessions), shared=_fitting(known, state.shared)
    )


def _fitting(catalogue: Catalogue, sessions: Sessions) -> dict[SessionKey, Session]:
    return {
        key: _as_profiled(catalogue, key[0], session)
        for key, session in sessions.items()
        if fits(catalogue, key[0], session)
    }


def _as_profiled(catalogue: Catalogue, name: str, session: Session) -> Session:
    region = catalogue.role(name).session_region if name in catalogue else session.region
    return session if region == session.region else replace(session, region=region)


def _longer(known: Sessions, kept: Sessions) -> dict[SessionKey, Session]:
    found = dict(known)
    for key, session in kept.items():
        if key not in found or found[key].expires_at < session.expires_at:
            found[key] = session
    return found


def _live(sessions: Sessions, now: float) -> Sessions:
    return {key: session for key, session in sessions.items() if session.live(now)}


def _without(sessions: Sessions, gone: frozenset[SessionKey]) -> Sessions:
    return {key: session for key, session in sessions.items() if key not in gone}


def _new(before: Sessions, after: Sessions) -> Sessions:
    return {key: session for key, session in after.items() if before.get(key) != session}


def _same(one: Sessions, other: Sessions) -> Sessions:
    return {key: session for key, session in one.items() if other.get(key) == session}
