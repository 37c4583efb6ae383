"""State: everything that is true at this moment, as one value. The Store holds it; nobody changes it in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.code_queue import CodeQueue
from rolecall.domain.line_queue import LineQuestion
from rolecall.domain.problem import Problem
from rolecall.domain.production import shortened
from rolecall.domain.proof import Proof, SignIn
from rolecall.domain.role import Role, Source, made_for
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.domain.settings import Settings
from rolecall.domain.trust import accepted, line_of

SessionKey = tuple[str, str]
"""Role name and scope; for shared sessions source name and device serial (empty without a code)."""


class RoleState(StrEnum):
    """What a row, `list --json` and the tray say of a role: a contract."""

    READY = "ready"
    NEEDS_CODE = "needs_code"
    NEEDS_SIGN_IN = "needs_sign_in"
    NEEDS_CONSENT = "needs_consent"  # shown as needs_sign_in where a program reads it
    LIVE = "live"
    REFUSED = "refused"
    PROBLEM = "problem"
    UNSUPPORTED = "unsupported"  # of the contract; every source has its road meanwhile


class KeyringState(StrEnum):
    """What is known of the keyring; UNKNOWN until it is first used."""

    UNKNOWN = "unknown"
    OPEN = "open"
    LOCKED = "locked"
    ABSENT = "absent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class State:
    """All values at this moment.

    sessions: live sessions by role name and scope. shared: sessions of sources, which roles start from,
    by source name and serial (GetSessionToken with a code; otherwise empty); they are the own sessions of
    the entries that are sources. busy: role names with a call under way.
    proofs: what sign-ins at identity providers gave, by `Source.proof_key`. sign_ins: those that roles
    wait for, by the same key. consents: lines that a person is asked about, by digest.
    refusals: the last Problem by role name. fresh_code: roles that refused the shared session.
    skew: seconds AWS's clock is ahead of ours, measured. held: earliest next try of a renewal by name.
    restoring: kept sessions are being read; whoever asks for one waits. locked: the person (or a setting)
    had all sessions put out of memory. forgets: how often every session was forgotten.
    devices: MFA devices of identities that give codes, by identity, as far as IAM was asked.
    """

    catalogue: Catalogue = field(default_factory=Catalogue)
    settings: Settings = field(default_factory=Settings)
    sessions: Mapping[SessionKey, Session] = field(default_factory=dict)
    shared: Mapping[SessionKey, Session] = field(default_factory=dict)
    busy: frozenset[str] = frozenset()
    refusals: Mapping[str, Problem] = field(default_factory=dict)
    fresh_code: frozenset[str] = frozenset()
    queues: Mapping[str, CodeQueue] = field(default_factory=dict)
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    sign_ins: Mapping[str, SignIn] = field(default_factory=dict)
    consents: Mapping[str, LineQuestion] = field(default_factory=dict)
    keyring: KeyringState = KeyringState.UNKNOWN
    skew: float = 0.0
    held: Mapping[str, float] = field(default_factory=dict)
    loaded: bool = False
    restoring: bool = False
    locked: bool = False
    forgets: int = 0
    devices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def session(self, name: str, now: float, scope: str = "") -> Session | None:
        """The live session of a role (or of a source's own), or None."""
        found = self.sessions.get((name, scope))
        if found is None and not scope and name in self.catalogue:
            role = self.catalogue.role(name)
            if role.is_source:
                found = self.shared.get((role.source.name, role.own_serial))
                if found is not None and found.made_for != role.made_for:
                    found = None  # its profile has changed since
        return found if found is not None and found.live(now) else None

    def of_source(self, source: Source, now: float) -> Session | None:
        """The live session that `source` as it is now gave, and not as it was before its profile changed."""
        found = self.shared.get((source.name, ""))
        if found is None or not found.live(now):
            return None
        return found if found.made_for == made_for(source) else None

    def proof(self, role: Role, now: float) -> Proof | None:
        """The proof that `role` can start from without a person, or None."""
        found = self.proofs.get(role.source.proof_key)
        return found if found is not None and found.serves(now) else None

    def makes_codes(self, serial: str) -> bool:
        """Whether the codes of this device are made here, from a seed the person keeps: nobody is asked."""
        return serial in self.settings.seeds

    def narrowed(self, now: float) -> list[Session]:
        """Live sessions with less than their role's permissions; they stand in nobody's row."""
        found = [s for (_, scope), s in self.sessions.items() if scope and s.live(now)]
        return sorted(found, key=lambda session: session.expires_at)

    def live(self, now: float) -> list[Session]:
        """All live sessions that belong to an entry of the list, soonest expiry first."""
        names = {name: None for name, scope in self.sessions if not scope}
        names |= {source: None for source, _ in self.shared}
        found = [session for name in names if (session := self.session(name, now))]
        return sorted(found, key=lambda session: session.expires_at)


def role_state(state: State, role: Role, now: float) -> RoleState:
    """The one word for a role at `now`. A live session outranks everything that came after it."""
    if state.session(role.name, now):
        return RoleState.LIVE
    if role.problem is not None:
        return RoleState.PROBLEM
    if role.name in state.refusals:
        return RoleState.REFUSED
    if sign_in_is_needed(state, role, now):
        return RoleState.NEEDS_SIGN_IN
    if line_is_asked(state, role, now):
        return RoleState.NEEDS_CONSENT
    if role.own_code:
        return RoleState.NEEDS_CODE
    if role.device and role.source.long_lived and code_is_needed(state, role, now):
        return RoleState.NEEDS_CODE
    return RoleState.READY


def sign_in_is_needed(state: State, role: Role, now: float) -> bool:
    """Whether taking `role` now would ask a person to sign in at an identity provider."""
    if not role.source.proof_key or state.proof(role, now) is not None:
        return False
    return role.is_source or state.of_source(role.source, now) is None


def line_is_asked(state: State, role: Role, now: float) -> bool:
    """Whether taking `role` now would ask a person about a line that starts a program."""
    line = line_of(role.source)
    if line is None or accepted(state.settings, line):
        return False
    return role.is_source or state.of_source(role.source, now) is None


def code_is_needed(state: State, role: Role, now: float) -> bool:
    """Whether taking `role` now would ask for a code."""
    shared = state.shared.get((role.source.name, role.device))
    return wants_own_code(state, role) or shared is None or not shared.live(now)


def code_is_asked(state: State, queue: CodeQueue) -> bool:
    """Whether a person is to give a code: none is on its way, and nothing else is giving one."""
    return not queue.in_flight and any(each.role not in state.busy for each in queue.waiters)


def wants_own_code(state: State, role: Role) -> bool:
    """Whether `role` is signed in to with a code of its own: over an hour asked for, or refused before.

    Only a role assumed with the identity's own keys can be: further hops are capped at an hour anyway
    (AWS STS API Reference, AssumeRole: role chaining is limited to one hour).
    """
    if not role.hops or not role.device or not role.source.long_lived:
        return False
    first = role.hops[0]
    asked = shortened(state.settings, role, Wish()).duration_seconds or first.duration_seconds or 0
    longer = len(role.hops) == 1 and asked > 3600
    return bool(first.mfa_serial) and (longer or role.name in state.fresh_code)
