"""Calls: from a wish to the Job that walks its Route, and what becomes of the answer."""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rolecall.acting.callers import Caller, Callers, Key
from rolecall.acting.consents import Consents
from rolecall.acting.services import Handed
from rolecall.domain.plan import plan
from rolecall.domain.problem import Problem
from rolecall.domain.role import Role
from rolecall.domain.route import Route, Wish
from rolecall.domain.session import Session
from rolecall.domain.settings import Settings
from rolecall.domain.state import State
from rolecall.sign_ins import SignIns

if TYPE_CHECKING:
    from rolecall.sign_in import SignedIn

_log = logging.getLogger("rolecall.actions")

MOST_RECENTS = 8

FRESH_ENOUGH = 30.0
"""Seconds: a role that refuses a shared session younger than this does not want a fresher code."""

RETRY_RENEWAL = 60.0
"""Seconds until a failed renewal is tried again."""

_DEAD_SESSION = frozenset({"session_expired", "keys_invalid"})
_DEAD_PROOF = frozenset({"identity_token_refused", "session_expired"})


class Calls(Callers):
    """See the module."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed)
        self.sign_ins = SignIns(
            handed.store, handed.run, self._means, handed.ask_sign_in, handed.back, self
        )
        self.consents = Consents(handed.store, handed.ask_line, self)

    @abstractmethod
    def change_settings(
        self, settings: Settings, failed: Callable[[Problem], None] = lambda _problem: None
    ) -> None:
        """Take over new settings and save them."""

    @abstractmethod
    def _enqueue(self, key: Key, route: Route) -> None:
        """`key` waits for the code that `route` names."""

    def _join(self, name: str, wish: Wish, caller: Caller) -> None:
        # A session that is being made now is fresh for everyone, so `fresh` makes no difference here.
        key = (name, replace(wish, fresh=False))
        self._waiting.setdefault(key, []).append(caller)
        self.go_on(key)

    def go_on(self, key: Key) -> None:
        """The next step for those who wait for `key`: a call, a place in a queue, or an answer."""
        if key in self._under_way or key not in self._waiting:
            return
        route = self._planned(key)
        if isinstance(route, Problem):
            self.deliver(key, route)
        elif route.consent is not None:
            self.consents.join(key, route.consent)
        elif route.proof_key:
            self.sign_ins.join(key, route)
        elif route.needs_code:
            self._enqueue(key, route)
        else:
            self._start(key, route)

    def _planned(self, key: Key) -> Route | Problem:
        role = self._role(key[0])
        return role if isinstance(role, Problem) else plan(self.state, role, key[1], self.now())

    def _start(self, key: Key, route: Route) -> None:
        """Walk a whole Route in a Job; the answer goes to everyone who waits for it."""
        _log.debug("calls for %r: %s", route.role, [hop.call.value for hop in route.hops])
        self._under_way.add(key)
        self._show_busy()
        self._run(
            self._job(route, None),
            partial(self._signed_in, key, route),
            partial(self._refused, key, route),
        )

    def _job(self, route: Route, code: str | None) -> Callable[[], SignedIn]:
        from rolecall.proving.prove import start_of
        from rolecall.sign_in import sign_in

        means, sts, now = self._means(), self._sts(), self._clock
        role = self.state.catalogue.role(route.role)
        proof = self.state.proofs.get(role.source.proof_key)
        return lambda: sign_in(route, role, lambda: start_of(role, proof, means), sts, code, now)

    def _warm(self, name: str) -> None:
        """Load boto while a person types the code; what goes wrong shows when the call is made."""
        role = self._role(name)
        if self._services.beside and self._made_sts is None and isinstance(role, Role):
            sts = self._sts()
            self._run(lambda: sts.warm(role), lambda _none: None, lambda _problem: None)

    def _signed_in(self, key: Key, route: Route, answer: SignedIn) -> None:
        self._under_way.discard(key)
        if self._was_forgotten(key):
            self._show_busy()
            self.go_on(key)
            return
        self._keep(key, route, answer)
        self.deliver(key, answer.session)

    def _keep(self, key: Key, route: Route, answer: SignedIn) -> None:
        session = answer.session
        state = self._with_source(self._without_trouble(route.role), route, answer)
        role = self._role(route.role)
        if isinstance(role, Role) and role.is_source and not route.scope:
            place = (route.source.name, route.hops[0].serial)
            state = replace(state, shared={**state.shared, place: session})
        elif not (key[1].beside and self._outlives(route, session)):
            state = replace(state, sessions={**state.sessions, (route.role, route.scope): session})
        if any(caller.patient for caller in self._waiting.get(key, [])):
            others = (name for name in state.settings.recents if name != route.role)
            recents = (route.role, *others)[:MOST_RECENTS]
            state = replace(state, settings=replace(state.settings, recents=recents))
        self._store.set(replace(state, skew=self._skew(answer), busy=self._busy_names()))

    def _outlives(self, route: Route, session: Session) -> bool:
        """Whether the role has a session that ends later than this one."""
        known = self.state.session(route.role, self.now(), route.scope)
        return known is not None and known.expires_at > session.expires_at

    def _with_source(self, state: State, route: Route, answer: SignedIn) -> State:
        """`state` with what was learnt of the source on the way: a newer proof, its own session."""
        if answer.proof is not None and route.source.proof_key:
            state = replace(state, proofs={**state.proofs, route.source.proof_key: answer.proof})
        if answer.shared is not None and not route.source.long_lived:
            owner = self._role(route.source.name)
            region = "" if isinstance(owner, Problem) else owner.region
            made = replace(answer.shared, region=region)
            state = replace(state, shared={**state.shared, (route.source.name, ""): made})
        return state

    def _skew(self, answer: SignedIn) -> float:
        return answer.skew if abs(answer.skew - self.state.skew) >= 2 else self.state.skew

    def _without_trouble(self, name: str) -> State:
        state = self.state
        return replace(
            state,
            refusals={k: v for k, v in state.refusals.items() if k != name},
            held={k: v for k, v in state.held.items() if k != name},
        )

    def _refused(self, key: Key, route: Route, problem: Problem) -> None:
        self._under_way.discard(key)
        self._show_busy()
        if self._was_forgotten(key) or self._opens_another_road(route, problem):
            self.go_on(key)
            return
        self._hold(route.role, problem)
        self.deliver(key, problem)

    def _hold(self, name: str, problem: Problem | None = None) -> None:
        """No renewal of `name` by itself for a while; a `problem` is what the last try met."""
        state = self.state
        refusals = {**state.refusals, name: problem} if problem else state.refusals
        held = {**state.held, name: self.now() + RETRY_RENEWAL}
        self._store.set(replace(state, refusals=refusals, held=held))

    def _opens_another_road(self, route: Route, problem: Problem) -> bool:
        """Whether a refusal leaves a better Route: a dead shared session, or a fresher code wanted."""
        if self._drops_proof(route, problem):
            return problem.code == "sign_in_over"
        start, role = route.start, self._role(route.role)
        if start is None or isinstance(role, Problem):
            return False
        state = self.state
        if problem.code in _DEAD_SESSION:
            shared = {k: v for k, v in state.shared.items() if v is not start}
            self._store.set(replace(state, shared=shared))
            return True
        if (
            problem.code == "access_denied"
            and role.hops
            and role.hops[0].mfa_serial
            and role.source.long_lived
            and route.role not in state.fresh_code
            and self.now() - start.issued_at > FRESH_ENOUGH
        ):
            self._store.set(replace(state, fresh_code=state.fresh_code | {route.role}))
            return True
        return False

    def _drops_proof(self, route: Route, problem: Problem) -> bool:
        """Whether the refusal means that a sign-in is over; it is dropped, so that the next try asks anew."""
        key = route.source.proof_key
        over = problem.code == "sign_in_over" or problem.code in _DEAD_PROOF
        if not over or route.start is not None or key not in self.state.proofs:
            return False
        proofs = {name: proof for name, proof in self.state.proofs.items() if name != key}
        self._store.set(replace(self.state, proofs=proofs))
        return True
