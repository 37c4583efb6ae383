"""Actions: what a person or a program may ask for. Tray, window, command line and socket all come in here.

Knows no widget and no thread: `run` (does a Job), `ask_code` (has a person asked) and `now` are handed in.
Lives on one thread; Jobs get frozen values and never see the Store.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from rolecall.code_sources import CodeSources, Giving
from rolecall.domain import countdown
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.code_queue import (
    CodeQueue,
    Waiter,
    clean_code,
    malformed_code,
    used_code,
)
from rolecall.domain.find import no_such_role
from rolecall.domain.kept import Kept, adopted
from rolecall.domain.lock import is_locked, locked_state
from rolecall.domain.plan import plan, reusable
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.production import shortened
from rolecall.domain.role import Identity, Role
from rolecall.domain.route import Call, Route, Wish
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.settings import Settings
from rolecall.domain.state import SessionKey, State
from rolecall.sign_ins import SignIns
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import SecretStore
from rolecall.storage.seed_store import MemorySeeds, SeedStore
from rolecall.storage.settings_file import load_settings, save_settings
from rolecall.store import Store

if TYPE_CHECKING:
    from rolecall.proving.means import Means
    from rolecall.sign_in import Destination, SignedIn, Sts

T = TypeVar("T")

_log = logging.getLogger("rolecall.actions")

MOST_RECENTS = 8

MOST_AT_ONCE = 10
"""Renewals under way at the same time, so that a wake-up from sleep is no burst of calls."""

FRESH_ENOUGH = 30.0
"""Seconds: a role that refuses a shared session younger than this does not want a fresher code."""

RETRY_RENEWAL = 60.0
"""Seconds until a failed renewal is tried again."""

_CODE_PROBLEMS = frozenset({"mfa_code_refused", "mfa_device_wrong", "mfa_code_used"})
_NEVER_SENT = frozenset({"no_network", "tls", "proxy"})
_BEFORE_THE_CALL = frozenset({Exit.USAGE, Exit.KEYRING, Exit.LOCAL})
_DEAD_SESSION = frozenset({"session_expired", "keys_invalid"})
_DEAD_PROOF = frozenset({"identity_token_refused", "session_expired"})


class Run(Protocol):
    """Does a Job somewhere and calls back on the thread of Actions."""

    def __call__(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None], /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should hear of: a session with `minutes` left that cannot renew itself."""

    role: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Services:
    """What Jobs work with, built once by whoever composes the program.

    sts: makes the one Sts, called at the first sign-in: an idle program carries nothing of AWS.
    beside: `run` works beside this thread, so boto may be loaded while a person types a code.
    environ: what this process was started with, for sources that read it. seeds: of MFA devices, where
    the person keeps them. pause: waits so many seconds, in a Job.
    """

    paths: Paths
    files: AwsFiles
    secrets: SecretStore
    sts: Callable[[], Sts]
    signin_base: str = ""
    beside: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    seeds: SeedStore = field(default_factory=MemorySeeds)
    pause: Callable[[float], None] = time.sleep


Done = Callable[[Session | Problem], None]
_Key = tuple[str, Wish]


@dataclass(slots=True, eq=False)
class _Caller:
    """One who waits, to be told exactly once. asker: the program it is, empty for the person.

    code: brought along, until it is sent; whoever brought one is never asked. patient: not a renewal,
    for which nobody is ever asked.
    """

    done: Done
    asker: str = ""
    code: str | None = field(default=None, repr=False)
    brought: bool = False
    patient: bool = True


@dataclass(slots=True, eq=False)
class _Flight:
    """A code on its way to AWS. keys: whom it serves; brought: who brought it along, if anybody did.

    unwanted: everything was forgotten meanwhile.
    """

    serial: str
    waiter: Waiter
    route: Route
    keys: tuple[_Key, ...]
    brought: tuple[_Key, _Caller] | None = None
    unwanted: bool = False


class Actions:
    """See the module. All times are UTC epoch seconds."""

    def __init__(
        self,
        store: Store,
        services: Services,
        run: Run,
        ask_code: Callable[[str], None],
        now: Callable[[], float],
        notify: Callable[[Notice], None] = lambda _notice: None,
        ask_sign_in: Callable[[str], None] = lambda _key: None,
        back: Callable[[Callable[[], None]], None] = lambda call: call(),
    ) -> None:
        """ask_code, ask_sign_in: have a person asked for a code of a device, or to sign in for a proof key.

        back: calls something on this thread, from the thread of a Job.
        """
        self._store = store
        self._services = services
        self._run = run
        self._ask_code = ask_code
        self._clock = now
        self._notify = notify
        self._waiting: dict[_Key, list[_Caller]] = {}
        self._under_way: set[_Key] = set()
        self._flights: set[_Flight] = set()
        self._unwanted: set[_Key] = set()
        self._reads = 0
        self._kept = store.state.settings
        self._saving = False
        self._unsaved: list[Callable[[Problem], None]] = []
        self._salt = os.urandom(16)
        self._made_sts: Sts | None = None
        self._noticed: set[tuple[str, float, int]] = set()
        self._after_restore: list[Callable[[], None]] = []
        self._codes = CodeSources(
            services.seeds, services.environ, run, self.now, services.pause,
            Giving(self._code_fetched, self._no_code_fetched),
        )  # fmt: skip
        self.sign_ins = SignIns(store, run, self._means, ask_sign_in, back, self)

    # --- what is there -----------------------------------------------------------------

    @property
    def state(self) -> State:
        """All values at this moment."""
        return self._store.state

    def now(self) -> float:
        """The one clock: local UTC time plus the measured skew."""
        return self._clock() + self.state.skew

    def forget_skew(self) -> None:
        """The clock below was set: what AWS's was ahead of it has to be measured anew."""
        self._store.set(replace(self.state, skew=0.0))

    def load(self) -> None:
        """Read settings and AWS files at once, on this thread: the start of every program."""
        settings, problem = load_settings(self._services.paths.settings_file)
        services = self._services
        catalogue = _read(services.files, settings, services.paths.entries_file)
        self._loaded(settings, catalogue, problem)

    def reload(self) -> None:
        """Read the AWS files again in a Job; live sessions stay."""
        settings = self.state.settings
        files, entries_file = self._services.files, self._services.paths.entries_file
        self._reads += 1
        number = self._reads
        self._run(
            lambda: _read(files, settings, entries_file),
            partial(self._reloaded, number),
            self._file_problem,
        )

    def _loaded(self, settings: Settings, catalogue: Catalogue, problem: Problem | None) -> None:
        if problem is not None:
            catalogue = replace(catalogue, problems=(*catalogue.problems, problem))
        self._kept = settings
        state = replace(self.state, settings=settings, catalogue=catalogue, loaded=True)
        self._store.set(state)

    def _reloaded(self, number: int, catalogue: Catalogue) -> None:
        _log.debug("AWS files read again: %d profiles", len(catalogue.profiles))
        if number != self._reads or catalogue == self.state.catalogue:
            return  # nothing new, or read before what a later Job reads
        self._store.set(replace(self.state, catalogue=catalogue, refusals={}))
        for serial, queue in self.state.queues.items():
            for waiter in queue.waiters:
                if not queue.in_flight and self._needs(serial, waiter) is None:
                    self._leave((waiter.role, waiter.wish))
                    self.go_on((waiter.role, waiter.wish))

    def _file_problem(self, problem: Problem) -> None:
        catalogue = replace(self.state.catalogue, problems=(problem,))
        self._store.set(replace(self.state, catalogue=catalogue))

    # --- sessions ----------------------------------------------------------------------

    def explain(self, name: str, wish: Wish) -> Route | Problem:
        """The Route to a role as things are now; no call is made."""
        role = self._role(name)
        return role if isinstance(role, Problem) else plan(self.state, role, wish, self.now())

    def sign_in(
        self, name: str, wish: Wish, done: Done, code: str | None = None, asker: str = ""
    ) -> None:
        """Get a live session of `name` to `done`, or a Problem. Asks for a code only if one is needed.

        code: one the caller brought along; then nobody is asked. asker: the program that wants it.
        """
        if self.state.restoring:
            self.when_restored(partial(self.sign_in, name, wish, done, code, asker))
            return
        role = is_locked() if self.state.locked else self._role(name)
        if isinstance(role, Problem):
            done(role)
            return
        wish, now = shortened(self.state.settings, role, wish), self.now()
        known = self.state.session(name, now, wish.scope)
        if known is not None and reusable(known, wish, now):
            done(known)
            return
        self._join(name, wish, _Caller(done, asker, code, brought=code is not None))

    def _join(self, name: str, wish: Wish, caller: _Caller) -> None:
        # A session that is being made now is fresh for everyone, so `fresh` makes no difference here.
        key = (name, replace(wish, fresh=False))
        self._waiting.setdefault(key, []).append(caller)
        self.go_on(key)

    def go_on(self, key: _Key) -> None:
        """The next step for those who wait for `key`: a call, a place in a queue, or an answer."""
        if key in self._under_way or key not in self._waiting:
            return
        route = self._planned(key)
        if isinstance(route, Problem):
            self.deliver(key, route)
        elif route.proof_key:
            self.sign_ins.join(key, route)
        elif route.needs_code:
            self._enqueue(key, route)
        else:
            self._start(key, route)

    def askers(self, key: _Key) -> list[str]:
        """The program behind each who waits for `key` with patience for a person, empty for the person."""
        return [caller.asker for caller in self._waiting.get(key, []) if caller.patient]

    def _planned(self, key: _Key) -> Route | Problem:
        role = self._role(key[0])
        return role if isinstance(role, Problem) else plan(self.state, role, key[1], self.now())

    def _role(self, name: str) -> Role | Problem:
        try:
            return self.state.catalogue.role(name)
        except KeyError:
            return no_such_role(name)

    def _start(self, key: _Key, route: Route) -> None:
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

    def _means(self) -> Means:
        from rolecall.proving.means import Means

        of = self._services
        return Means(of.paths, of.files, of.secrets, of.environ, self.now)

    def _sts(self) -> Sts:
        if self._made_sts is None:
            self._made_sts = self._services.sts()
        return self._made_sts

    def _warm(self, name: str) -> None:
        """Load boto while a person types the code; what goes wrong shows when the call is made."""
        role = self._role(name)
        if self._services.beside and self._made_sts is None and isinstance(role, Role):
            sts = self._sts()
            self._run(lambda: sts.warm(role), lambda _none: None, lambda _problem: None)

    def _signed_in(self, key: _Key, route: Route, answer: SignedIn) -> None:
        self._under_way.discard(key)
        if self._was_forgotten(key):
            self._show_busy()
            self.go_on(key)
            return
        self._keep(key, route, answer)
        self.deliver(key, answer.session)

    def _keep(self, key: _Key, route: Route, answer: SignedIn) -> None:
        session = answer.session
        state = self._with_source(self._without_trouble(route.role), route, answer)
        role = self._role(route.role)
        if isinstance(role, Role) and role.is_source and not route.scope:
            place = (route.source.name, route.hops[0].serial)
            state = replace(state, shared={**state.shared, place: session})
        else:
            state = replace(state, sessions={**state.sessions, (route.role, route.scope): session})
        if any(caller.patient for caller in self._waiting.get(key, [])):
            others = (name for name in state.settings.recents if name != route.role)
            recents = (route.role, *others)[:MOST_RECENTS]
            state = replace(state, settings=replace(state.settings, recents=recents))
        self._store.set(replace(state, skew=self._skew(answer), busy=self._busy_names()))

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

    def _busy_names(self) -> frozenset[str]:
        fetching = {
            waiter.role
            for serial in self._codes.running
            for waiter in self.state.queues[serial].waiters
        }
        return frozenset(name for name, _ in self._under_way) | fetching

    def _show_busy(self) -> None:
        names = self._busy_names()
        if names != self.state.busy:
            self._store.set(replace(self.state, busy=names))

    def _refused(self, key: _Key, route: Route, problem: Problem) -> None:
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

    def deliver(self, key: _Key, answer: Session | Problem) -> None:
        """Tell all who wait for `key`, once each, even if one of them fails over it."""
        outcome = answer.code if isinstance(answer, Problem) else answer.origin.value
        _log.info("sign-in to %r: %s", key[0], outcome)
        callers = self._waiting.pop(key, [])
        self._leave(key)
        fault: Exception | None = None
        for caller in callers:
            try:
                caller.done(answer)
            except Exception as error:  # noqa: BLE001  raised again below, when all were told
                fault = fault or error
        if fault is not None:
            raise fault

    def _turn_away(self, key: _Key, caller: _Caller, problem: Problem) -> None:
        """Tell one caller of several; the others wait on."""
        callers = self._waiting.get(key, [])
        if caller not in callers:
            return
        callers.remove(caller)
        if not callers:
            del self._waiting[key]
            self._leave(key)
        caller.done(problem)

    # --- codes -------------------------------------------------------------------------

    def give_code(self, serial: str, typed: str) -> None:
        """Send the code a person gave for a device, once. What is wrong with it shows in the queue."""
        queue = self.state.queues.get(serial)
        if queue is not None and queue.waiters and not queue.in_flight:
            self._send(serial, typed)

    def _enqueue(self, key: _Key, route: Route) -> None:
        if not any(caller.patient for caller in self._waiting[key]):
            self._hold(key[0])
            self.deliver(key, code_cancelled())  # nobody is asked because of a renewal
            return
        serial = route.code_serial
        queue = self.state.queues.get(serial) or CodeQueue(serial)
        if not queue.waiters:
            self._codes.begin_anew(serial)
        self._set_queue(queue.joined(_waiter(route, key[1])))
        self._call_for_code(serial)

    def _call_for_code(self, serial: str) -> None:
        """Send a code that somebody brought along, or have a person asked for one."""
        queue = self.state.queues[serial]
        if queue.in_flight:
            return
        waiting = [
            ((waiter.role, waiter.wish), caller)
            for waiter in queue.waiters
            for caller in tuple(self._waiting.get((waiter.role, waiter.wish), ()))
        ]
        for key, caller in waiting:
            if caller.code is not None:
                typed, caller.code = caller.code, None
                self._send(serial, typed, (key, caller))
                return
        for key, caller in waiting:
            if caller.brought:  # its code is spent, and a further one is needed
                self._turn_away(key, caller, used_code(self.now()))
        askers = [caller.asker for _, caller in waiting if caller.patient and not caller.brought]
        if askers:
            queue = self.state.queues[serial]
            self._set_queue(replace(queue, asker=askers[-1] if all(askers) else ""))
            self._warm(queue.waiters[0].role)
            if self._codes.fetch(self.state, serial):
                self._show_busy()
                return
            unaccepted = self._codes.unaccepted(self.state, serial)
            queue = self.state.queues[serial]
            self._set_queue(replace(queue, problem=queue.problem or unaccepted))
            self._ask_code(serial)

    def _code_fetched(self, serial: str, code: str) -> None:
        """A seed or a program gave a code: sent as a typed one is, if somebody still waits."""
        self.give_code(serial, code)
        self._show_busy()

    def _no_code_fetched(self, serial: str, problem: Problem) -> None:
        queue = self.state.queues[serial]
        if queue.waiters:
            self._set_queue(replace(queue, problem=problem))
            self._call_for_code(serial)
        self._show_busy()

    def _set_queue(self, queue: CodeQueue) -> None:
        if queue != self.state.queues.get(queue.serial):
            self._store.set(replace(self.state, queues={**self.state.queues, queue.serial: queue}))

    def _leave(self, key: _Key) -> None:
        """Free the place of `key` in whatever queue it stands."""
        for queue in tuple(self.state.queues.values()):
            left = queue.without(*key)
            if len(left.waiters) < len(queue.waiters):
                self._set_queue(left if left.waiters else replace(left, problem=None, asker=""))
        self.sign_ins.leave(key)

    def _send(self, serial: str, typed: str, brought: tuple[_Key, _Caller] | None = None) -> None:
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

    def _first_in_need(self, serial: str, key: _Key | None) -> tuple[Waiter, Route] | None:
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
        return route if _waiter(route, waiter.wish) == waiter else None

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
        self._codes.begin_anew(flight.serial)
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
        shared = replace(answer.session, name=name, region=region)
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

    def _not_taken(
        self, serial: str, problem: Problem, brought: tuple[_Key, _Caller] | None
    ) -> None:
        """The person may try again; a caller who brought the code along is told and leaves."""
        queue = self.state.queues[serial]
        if brought is not None:
            self._turn_away(*brought, problem)
        elif queue.waiters:
            self._set_queue(replace(queue, problem=problem))
        self._call_for_code(serial)

    def give_up(self, name: str, wish: Wish, done: Done) -> None:
        """A caller does not wait any more and is told nothing; with nobody left, its place is freed."""
        key = (name, replace(wish, fresh=False))
        callers = self._waiting.get(key, [])
        mine = next((caller for caller in callers if caller.done == done), None)
        if mine is None:
            return
        callers.remove(mine)
        if not callers:
            del self._waiting[key]
            self._leave(key)

    def cancel_code(self, serial: str, problem: Problem | None = None) -> None:
        """Nobody will give a code for this device: all who wait are told so at once.

        A code that is on its way already may still open its session.
        """
        queue = self.state.queues.get(serial)
        for waiter in queue.waiters if queue else ():
            self.deliver((waiter.role, waiter.wish), problem or code_cancelled())

    def _was_forgotten(self, key: _Key) -> bool:
        if key not in self._unwanted:
            return False
        self._unwanted.discard(key)
        return True

    # --- what else may be asked --------------------------------------------------------

    def renew(self, name: str, done: Done = lambda _answer: None) -> None:
        """A new session in place of a live one; the old one is kept until the new one is in hand."""
        self.sign_in(name, Wish(fresh=True), done)

    def forget(self, name: str) -> bool:
        """Drop the sessions of a role (of a key identity: the shared ones). Returns whether any were."""
        state = self.state
        sessions = {key: value for key, value in state.sessions.items() if key[0] != name}
        shared = {key: value for key, value in state.shared.items() if key[0] != name}
        refusals = {key: value for key, value in state.refusals.items() if key != name}
        self._store.set(replace(state, sessions=sessions, shared=shared, refusals=refusals))
        self._break_off([key for key in self._under_way if key[0] == name])
        return len(sessions) + len(shared) < len(state.sessions) + len(state.shared)

    def forget_all(self) -> None:
        """Drop every session, those included that a call under way would bring."""
        state = replace(self.state, sessions={}, shared={}, proofs={}, refusals={})
        self._store.set(replace(state, forgets=state.forgets + 1))
        self._break_off_flights()
        self._break_off(list(self._under_way))

    def _break_off_flights(self) -> None:
        for flight in self._flights:
            flight.unwanted = True

    def _break_off(self, keys: list[_Key]) -> None:
        """What these calls bring is thrown away; who waits for it is told at once."""
        self._unwanted.update(keys)
        for key in keys:
            self.deliver(key, forgotten(key[0]))

    def console(
        self,
        name: str,
        destination: Destination,
        done: Callable[[str | Problem], None],
        wish: Wish | None = None,
        code: str | None = None,
        asker: str = "",
    ) -> Callable[[], None]:
        """The sign-in URL of the AWS console for a role, to `done`. The URL is a secret for 15 minutes.

        Returns how to give up waiting for it.
        """
        base, wish = self._services.signin_base, wish or Wish()
        role = self._role(name)
        if isinstance(role, Role) and not role.opens_console:
            from rolecall.sign_in import no_console

            done(no_console(name))  # before a code is spent on it
            return lambda: None
        bundle = "" if isinstance(role, Problem) else dict(role.client_config).get("ca_bundle", "")

        def signed_in(answer: Session | Problem) -> None:
            if isinstance(answer, Problem):
                done(answer)
            else:
                from rolecall.sign_in import console_url

                self._run(
                    lambda: console_url(answer, destination, base, ca_bundle=bundle), done, done
                )

        self.sign_in(name, wish, signed_in, code, asker)
        return lambda: self.give_up(name, wish, signed_in)

    def pin(self, name: str) -> None:
        """Make a role a favourite, or no longer one."""
        known = self.state.settings.favourites
        pinned = tuple(n for n in known if n != name) if name in known else (*known, name)
        self.change_settings(replace(self.state.settings, favourites=pinned))

    def change_settings(
        self, settings: Settings, failed: Callable[[Problem], None] = lambda _problem: None
    ) -> None:
        """Take over new settings and save them."""
        if settings == self.state.settings:
            return
        known = self.state.settings
        reread = (settings.identities, settings.devices) != (known.identities, known.devices)
        self._store.set(replace(self.state, settings=settings))
        self._save(failed)
        if reread:
            self.reload()

    def keep_recents(self) -> None:
        """Save which roles were used last, if that changed; a failure waits for a choice to be saved."""
        if self.state.settings.recents != self._kept.recents:
            self._save(lambda _problem: None)

    def _save(self, failed: Callable[[Problem], None]) -> None:
        """Save the settings as they are then, one Job at a time: an older one never comes last."""
        self._unsaved.append(failed)
        if self._saving:
            return
        self._saving = True
        told, self._unsaved = self._unsaved, []
        settings, path = self.state.settings, self._services.paths.settings_file

        def ended(problem: Problem | None) -> None:
            self._saving = False
            self._kept = settings
            if problem is not None:
                for tell in told:
                    tell(problem)
            if self._unsaved:
                self._save(self._unsaved.pop())

        self._run(lambda: save_settings(path, settings), lambda _none: ended(None), ended)

    def add_key(
        self,
        identity: Identity,
        credentials: Credentials,
        done: Callable[[Identity | Problem], None],
    ) -> None:
        """Put a long-lived key into the keyring, one item per identity, and list it."""
        store = self._services.secrets

        def job() -> Identity:
            store.put(identity.name, credentials)
            return identity

        def stored(answer: Identity) -> None:
            identities = {**self.state.settings.identities, answer.name: answer}
            self.change_settings(replace(self.state.settings, identities=identities))
            done(answer)

        self._run(job, stored, done)

    def remove_key(self, name: str, done: Callable[[Problem | None], None]) -> None:
        """Take an identity's key out of the keyring and its name out of the list."""
        store = self._services.secrets

        def removed(_none: None) -> None:
            known = self.state.settings.identities
            identities = {key: value for key, value in known.items() if key != name}
            self.change_settings(replace(self.state.settings, identities=identities))
            self.forget(name)
            done(None)

        self._run(lambda: store.remove(name), removed, done)

    def move_key(self, profile: str, done: Callable[[Problem | None], None]) -> None:
        """Move the key of a profile out of the AWS files into the keyring; a crash loses nothing."""
        from rolecall.storage.key_move import move_keys_to_keyring

        services = self._services

        def moved(settings: Settings) -> None:
            known = replace(self.state.settings, identities=settings.identities)
            self._store.set(replace(self.state, settings=known))
            self.reload()
            done(None)

        self._run(
            lambda: move_keys_to_keyring(
                services.files, profile, services.secrets, services.paths.settings_file
            ),
            moved,
            done,
        )

    # --- lock, and what was kept -------------------------------------------------------

    def lock(self) -> None:
        """Put every session out of memory and tell all who wait. What is kept in the file stays there."""
        if self.state.locked:
            return
        self.sign_ins.stop()
        self._store.set(locked_state(self.state))
        self._break_off_flights()
        self._unwanted.update(self._under_way)
        for key in tuple(self._waiting):
            self.deliver(key, is_locked())

    def unlock(self) -> None:
        """A person is back; whoever keeps sessions (`keeping.py`) hears of it and restores them."""
        self._store.set(replace(self.state, locked=False))

    def restoring(self) -> None:
        """Kept sessions are being read: from now on whoever asks for a session waits for `restored`."""
        self._store.set(replace(self.state, restoring=True))

    def restored(self, kept: Kept) -> None:
        """Take over kept sessions, then go on with what waited for them. Harmless at any other time."""
        state = self.state if self.state.locked else adopted(self.state, kept, self.now())
        self._store.set(replace(state, restoring=False) if state.restoring else state)
        waiting, self._after_restore = self._after_restore, []
        for call in waiting:
            call()

    def when_restored(self, call: Callable[[], None]) -> None:
        """Call `call` once no kept session is being read: now, or in a moment."""
        if self.state.restoring:
            self._after_restore.append(call)
        else:
            call()

    # --- time --------------------------------------------------------------------------

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
        if len(sessions) + len(shared) < len(state.sessions) + len(state.shared):
            self._store.set(replace(state, sessions=sessions, shared=shared))

    def _renew_due(self, now: float) -> None:
        for key, session in self._own_sessions():
            due = self._renewal(key, session, now)
            if due is None or due > now or len(self.state.busy) >= MOST_AT_ONCE:
                continue
            self._join(key[0], Wish(), _Caller(_ignored, patient=False))

    def _own_sessions(self) -> list[tuple[SessionKey, Session]]:
        """Sessions of roles, and those of key identities that no code was needed for."""
        shared = [((name, ""), s) for (name, serial), s in self.state.shared.items() if not serial]
        return [*self.state.sessions.items(), *shared]

    def _renewal(self, key: SessionKey, session: Session, now: float) -> float | None:
        """When a session is to be renewed by itself, or None where it cannot be, or is being renewed."""
        name, _ = key
        if name in self.state.busy or not self._renews_itself(key, now):
            return None
        return max(countdown.renew_at(session), self.state.held.get(name, 0.0))

    def _renews_itself(self, key: SessionKey, now: float) -> bool:
        """Whether a new session can be had without a person, and the settings want that."""
        name, scope = key
        if scope or not self.state.settings.renew or name not in self.state.catalogue:
            return False
        route = plan(self.state, self.state.catalogue.role(name), Wish(), now)
        return not isinstance(route, Problem) and not route.needs_person

    def _give_notices(self, now: float) -> None:
        for session in self.state.live(now):
            reached = [
                minutes
                for minutes in self.state.settings.notices
                if session.expires_at - now <= minutes * 60 < session.lifetime
            ]
            if not reached:
                continue
            mark = (session.name, session.issued_at, min(reached))
            if mark in self._noticed:
                continue
            self._noticed.update((session.name, session.issued_at, m) for m in reached)
            key = (session.name, session.scope)
            if session.name in self.state.refusals or not self._renews_itself(key, now):
                self._notify(Notice(session.name, countdown.minutes_left(session, now)))

    def _next(self, now: float, seconds_shown: bool) -> float | None:
        state = self.state
        renewals = [
            due
            for key, session in self._own_sessions()
            if (due := self._renewal(key, session, now)) is not None
        ]
        every = [*state.sessions.values(), *state.shared.values()]
        return countdown.next_change(
            every, now, seconds_shown, [d for d in renewals if d > now], state.settings.notices
        )


def _read(files: AwsFiles, settings: Settings, entries_file: Path) -> Catalogue:
    found = read_catalogue(files, settings.identities, entries_file)
    return replace(found, devices=settings.devices)


def _ignored(_answer: Session | Problem) -> None:
    return None


def _waiter(route: Route, wish: Wish) -> Waiter:
    return Waiter(route.role, route.source.name if route.shares_code else "", wish)


def forgotten(name: str) -> Problem:
    """The Problem told to those who wait for a session that is to be forgotten."""
    return Problem(
        "forgotten",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} was forgotten while it was signed in to"),
            role=name,
        ),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Sign in again if you need it.")),
        exit=Exit.NOBODY_TO_ASK,
    )


def code_cancelled() -> Problem:
    """The Problem told to all who waited for a code that nobody gave."""
    return Problem(
        "code_cancelled",
        Text(QT_TRANSLATE_NOOP("Problem", "The MFA code was not given")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Sign in again when the device is at hand.")),
        exit=Exit.NOBODY_TO_ASK,
    )
