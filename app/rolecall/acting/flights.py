"""Flights: a code goes to AWS for one call, and what becomes of all whom it serves."""

from __future__ import annotations

import os
from abc import abstractmethod
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from rolecall.acting.callers import Caller, Key
from rolecall.acting.calls import Calls
from rolecall.acting.services import Handed
from rolecall.domain.code_queue import CodeQueue, Waiter, clean_code, malformed_code, used_code
from rolecall.domain.problem import Exit, Problem
from rolecall.domain.role import Role, made_for
from rolecall.domain.route import Call, Route, Wish
from rolecall.domain.session import Origin

if TYPE_CHECKING:
    from rolecall.sign_in import SignedIn

_CODE_PROBLEMS = frozenset({"mfa_code_refused", "mfa_device_wrong", "mfa_code_used"})
_NEVER_SENT = frozenset({"no_network", "tls", "proxy"})
_BEFORE_THE_CALL = frozenset({Exit.USAGE, Exit.KEYRING, Exit.LOCAL})


@dataclass(slots=True, eq=False)
class _Flight:
    """A code on its way to AWS. keys: whom it serves; brought: who brought it along, if anybody did.

    unwanted: everything was forgotten meanwhile.
    """

    serial: str
    waiter: Waiter
    route: Route
    keys: tuple[Key, ...]
    brought: tuple[Key, Caller] | None = None
    unwanted: bool = False


class Flights(Calls):
    """See the module."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed)
        self._flights: set[_Flight] = set()
        self._salt = os.urandom(16)

    @abstractmethod
    def _call_for_code(self, serial: str) -> None:
        """Send a code that somebody brought along, or have a person asked for one."""

    @abstractmethod
    def _code_worked(self, serial: str) -> None:
        """AWS took a code of this device."""

    def _set_queue(self, queue: CodeQueue) -> None:
        if queue != self.state.queues.get(queue.serial):
            self._store.set(replace(self.state, queues={**self.state.queues, queue.serial: queue}))

    def _leave(self, key: Key) -> None:
        """Free the place of `key` in whatever queue it stands."""
        for queue in tuple(self.state.queues.values()):
            left = queue.without(*key)
            if len(left.waiters) < len(queue.waiters):
                self._set_queue(left if left.waiters else replace(left, problem=None, asker=""))
        self.sign_ins.leave(key)
        self.consents.leave(key)

    def _send(self, serial: str, typed: str, brought: tuple[Key, Caller] | None = None) -> None:
        """Send a code for whoever brought it, or for the first in the queue."""
        try:
            code = clean_code(typed)
        except ValueError:
            self._not_taken(serial, malformed_code(), brought)
            return
        now = self.now()
        if self.state.queues[serial].was_sent(code, now, self._salt):
            self._not_taken(serial, used_code(now), brought)
            return
        found = self._first_in_need(serial, brought[0] if brought else None)
        if found is None:
            return
        waiter, route = found
        queue = self.state.queues[serial]
        served = tuple((each.role, each.wish) for each in queue.served_with(waiter))
        flight = _Flight(serial, waiter, route, served, brought)
        self._flights.add(flight)
        self._under_way.update(served)
        job = self._job(route, code)
        self._set_queue(queue.sending(code, now, self._salt))
        self._show_busy()
        self._run(job, partial(self._code_taken, flight), partial(self._code_failed, flight))

    def _first_in_need(self, serial: str, key: Key | None) -> tuple[Waiter, Route] | None:
        """Whom the next code is for, with the Route it is for: of a shared session the first hop alone.

        Whoever needs no code any more (files changed, a session came from elsewhere) goes on without.
        """
        for waiter in self.state.queues[serial].waiters:
            own = (waiter.role, waiter.wish)
            if key is not None and own != key:
                continue
            route = self._needs(serial, waiter)
            if route is not None:
                if waiter.shares and route.hops[0].call is Call.GET_SESSION_TOKEN:
                    first = route.hops[:1]
                    route = replace(route, hops=first, origin=Origin.SESSION_TOKEN_MFA)
                return waiter, route
            self._leave(own)
            self.go_on(own)
        return None

    def _needs(self, serial: str, waiter: Waiter) -> Route | None:
        """The Route for which `waiter` needs a code of this device, or None if it stands there in vain."""
        route = self._planned((waiter.role, waiter.wish))
        if isinstance(route, Problem) or route.code_serial != serial:
            return None
        return route if waiter_of(route, waiter.wish) == waiter else None

    def _landed(self, flight: _Flight, *, sent: bool = True) -> None:
        """A code's call has ended: its device can take the next one."""
        self._flights.discard(flight)
        self._under_way.difference_update(flight.keys)
        queue = self.state.queues[flight.serial]
        if not any(other.serial == flight.serial for other in self._flights):
            queue = replace(queue, in_flight=False) if sent else queue.unsent()
        queues = {**self.state.queues, flight.serial: queue}
        self._store.set(replace(self.state, queues=queues, busy=self._busy_names()))

    def _code_taken(self, flight: _Flight, answer: SignedIn) -> None:
        self._landed(flight)
        self._code_worked(flight.serial)
        own = (flight.waiter.role, flight.waiter.wish)
        forgotten_ones = flight.keys if flight.unwanted else self._unwanted & set(flight.keys)
        self._unwanted.difference_update(flight.keys)
        shares = flight.route.hops[0].call is Call.GET_SESSION_TOKEN
        if shares and not flight.unwanted:
            self._serve_shared(flight, answer)
        elif not shares and own not in forgotten_ones:
            self._keep(own, flight.route, answer)
            self.deliver(own, answer.session)
        self._after_flight(flight)
        self._call_for_code(flight.serial)

    def _serve_shared(self, flight: _Flight, answer: SignedIn) -> None:
        """Keep the session that a code opened, and go on for all that share it, late-comers included."""
        name = flight.route.source.name
        owner = self._role(name)
        region = flight.route.region if isinstance(owner, Problem) else owner.region
        whose = made_for(flight.route.source)
        shared = replace(answer.session, name=name, region=region, made_for=whose)
        state = self._without_trouble(name)
        state = replace(state, shared={**state.shared, (name, flight.serial): shared})
        self._store.set(replace(state, skew=self._skew(answer)))
        queue = state.queues[flight.serial]
        served = [(each.role, each.wish) for each in queue.served_with(flight.waiter)]
        for key in served:
            self._leave(key)
        for key in served:
            role = self._role(key[0])
            if isinstance(role, Role) and role.is_source:
                self.deliver(key, shared)
            else:
                self.go_on(key)

    def _code_failed(self, flight: _Flight, problem: Problem) -> None:
        before = problem.exit in _BEFORE_THE_CALL and problem.code != "client_settings"
        self._landed(flight, sent=not (before or problem.code in _NEVER_SENT))
        self._unwanted.difference_update(flight.keys)
        if problem.code in _CODE_PROBLEMS or problem.exit is Exit.NETWORK:
            self._not_taken(flight.serial, problem, flight.brought)
        else:
            queue = self.state.queues[flight.serial]
            for each in queue.served_with(flight.waiter):
                self._hold(each.role, problem)
                self.deliver((each.role, each.wish), problem)
            self._call_for_code(flight.serial)
        self._after_flight(flight)

    def _after_flight(self, flight: _Flight) -> None:
        """Nobody is left behind who came for the same while the code was on its way."""
        places = {(w.role, w.wish) for q in self.state.queues.values() for w in q.waiters}
        for key in flight.keys:
            if key not in places:
                self.go_on(key)

    def _not_taken(self, serial: str, problem: Problem, brought: tuple[Key, Caller] | None) -> None:
        """The person may try again; a caller who brought the code along is told and leaves."""
        queue = self.state.queues[serial]
        if brought is not None:
            self._turn_away(*brought, problem)
        elif queue.waiters:
            self._set_queue(replace(queue, problem=problem))
        self._call_for_code(serial)

    def _break_off_flights(self) -> None:
        for flight in self._flights:
            flight.unwanted = True


def waiter_of(route: Route, wish: Wish) -> Waiter:
    """The place in a queue of whoever is to go `route`."""
    return Waiter(route.role, route.source.name if route.shares_code else "", wish)
