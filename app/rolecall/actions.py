"""Actions: what a person or a program may ask for. Tray, window, command line and socket all come in here.

Knows no widget and no thread: `run` (does a Job), `ask_code` (has a person asked) and `now` are handed in.
Lives on one thread; Jobs get frozen values and never see the Store.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

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
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text
from rolecall.domain.role import Identity, Role, SourceKind
from rolecall.domain.route import Call, Route, Wish
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.settings import Settings
from rolecall.domain.state import State
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import SecretStore
from rolecall.storage.settings_file import load_settings, save_settings
from rolecall.store import Store

if TYPE_CHECKING:
    from rolecall.sign_in import Destination, SignedIn, Sts

T = TypeVar("T")

_log = logging.getLogger("rolecall.actions")

MOST_AT_ONCE = 10
"""Renewals under way at the same time, so that a wake-up from sleep is no burst of calls."""

FRESH_ENOUGH = 30.0
"""Seconds: a role that refuses a shared session younger than this does not want a fresher code."""

RETRY_RENEWAL = 60.0
"""Seconds until a failed renewal is tried again."""

_CODE_PROBLEMS = frozenset({"mfa_code_refused", "mfa_device_wrong", "mfa_code_used"})
_NEVER_SENT = frozenset({"no_network", "tls", "proxy", "no_region", "keys_missing"})
_DEAD_SESSION = frozenset({"session_expired", "keys_invalid"})


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
    """

    paths: Paths
    files: AwsFiles
    secrets: SecretStore
    sts: Callable[[], Sts]
    signin_base: str = ""
    beside: bool = False


Done = Callable[[Session | Problem], None]
_Key = tuple[str, str]


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
    ) -> None:
        self._store = store
        self._services = services
        self._run = run
        self._ask_code = ask_code
        self._clock = now
        self._notify = notify
        self._waiting: dict[_Key, list[Done]] = {}
        self._wishes: dict[_Key, Wish] = {}
        self._salt = os.urandom(16)
        self._made_sts: Sts | None = None
        self._noticed: set[tuple[str, float, int]] = set()
        self._after_restore: list[Callable[[], None]] = []

    # --- what is there -----------------------------------------------------------------

    @property
    def state(self) -> State:
        """All values at this moment."""
        return self._store.state

    def now(self) -> float:
        """The one clock: local UTC time plus the measured skew."""
        return self._clock() + self.state.skew

    def load(self) -> None:
        """Read settings and AWS files at once, on this thread: the start of every program."""
        settings, problem = load_settings(self._services.paths.settings_file)
        catalogue = read_catalogue(self._services.files, settings.identities)
        self._loaded(settings, catalogue, problem)

    def reload(self) -> None:
        """Read the AWS files again in a Job; live sessions stay."""
        identities = self.state.settings.identities
        files = self._services.files
        self._run(lambda: read_catalogue(files, identities), self._reloaded, self._file_problem)

    def _loaded(self, settings: Settings, catalogue: Catalogue, problem: Problem | None) -> None:
        if problem is not None:
            catalogue = replace(catalogue, problems=(*catalogue.problems, problem))
        state = replace(self.state, settings=settings, catalogue=catalogue, loaded=True)
        self._store.set(state)

    def _reloaded(self, catalogue: Catalogue) -> None:
        _log.debug("AWS files read again: %d profiles", len(catalogue.profiles))
        if catalogue != self.state.catalogue:
            self._store.set(replace(self.state, catalogue=catalogue, refusals={}))

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
        now = self.now()
        known = self.state.session(name, now, wish.scope)
        if known is not None and reusable(known, wish, now):
            done(known)
            return
        route = plan(self.state, role, wish, now)
        if isinstance(route, Problem):
            done(route)
            return
        self._wait(name, wish, route, done, code, asker)

    def _wait(
        self, name: str, wish: Wish, route: Route, done: Done, code: str | None, asker: str
    ) -> None:
        key = (name, wish.scope)
        under_way = key in self._waiting
        self._waiting.setdefault(key, []).append(done)
        if under_way and self._wishes.get(key) == wish and code is None:
            if route.needs_code and route.code_serial in self.state.queues:
                self._ask_code(route.code_serial)
            return
        self._wishes[key] = wish
        if route.needs_code:
            self._enqueue(route, wish, asker, ask=code is None)
            if code is not None:
                self._send_code(route.code_serial, code, brought_by=name)
        elif name not in self.state.busy:
            self._start(route, wish)

    def _role(self, name: str) -> Role | Problem:
        try:
            return self.state.catalogue.role(name)
        except KeyError:
            return no_such_role(name)

    def _enqueue(self, route: Route, wish: Wish, asker: str = "", *, ask: bool = True) -> None:
        serial = route.code_serial
        queue = self.state.queues.get(serial) or CodeQueue(serial)
        shares = route.source.name if route.shares_code else ""
        queue = replace(queue.joined(Waiter(route.role, shares)), asker=asker or queue.asker)
        self._wishes[(route.role, wish.scope)] = wish
        self._set_queue(queue)
        if ask:
            self._warm(self.state.catalogue.role(route.role))
            self._ask_code(serial)

    def _set_queue(self, queue: CodeQueue) -> None:
        self._store.set(replace(self.state, queues={**self.state.queues, queue.serial: queue}))

    def _start(self, route: Route, wish: Wish, code: str | None = None) -> None:
        """Walk a whole Route in a Job; the answer goes to everyone who waits for it."""
        role = self.state.catalogue.role(route.role)
        _log.debug("calls for %r: %s", route.role, [hop.call.value for hop in route.hops])
        self._busy(route.role, busy=True)
        self._run(
            self._job(route, role, code),
            partial(self._signed_in, route, wish),
            partial(self._refused, route, wish),
        )

    def _job(self, route: Route, role: Role, code: str | None) -> Callable[[], SignedIn]:
        from rolecall.sign_in import sign_in

        services, sts, now = self._services, self._sts(), self._clock
        return lambda: sign_in(route, role, lambda: keys_of(services, role), sts, code, now)

    def _sts(self) -> Sts:
        if self._made_sts is None:
            self._made_sts = self._services.sts()
        return self._made_sts

    def _warm(self, role: Role) -> None:
        """Load boto while a person types the code; what goes wrong shows when the call is made."""
        if self._services.beside and self._made_sts is None:
            sts = self._sts()
            self._run(lambda: sts.warm(role), lambda _none: None, lambda _problem: None)

    def _signed_in(self, route: Route, wish: Wish, answer: SignedIn) -> None:
        if self.state.locked:
            return  # whoever waited was told when it was locked
        session = answer.session
        state = self._without_trouble(route.role)
        if session.origin in (Origin.SESSION_TOKEN, Origin.SESSION_TOKEN_MFA):
            serial = route.hops[0].serial
            state = replace(state, shared={**state.shared, (route.source.name, serial): session})
        else:
            key = (route.role, route.scope)
            state = replace(state, sessions={**state.sessions, key: session})
        recents = (route.role, *(name for name in state.settings.recents if name != route.role))
        state = replace(state, settings=replace(state.settings, recents=recents[:8]))
        self._store.set(replace(state, skew=self._skew(answer)))
        self._deliver((route.role, wish.scope), session)

    def _skew(self, answer: SignedIn) -> float:
        return answer.skew if abs(answer.skew - self.state.skew) >= 2 else self.state.skew

    def _without_trouble(self, name: str) -> State:
        state = self.state
        return replace(
            state,
            busy=state.busy - {name},
            refusals={k: v for k, v in state.refusals.items() if k != name},
            held={k: v for k, v in state.held.items() if k != name},
        )

    def _refused(self, route: Route, wish: Wish, problem: Problem) -> None:
        self._busy(route.role, busy=False)
        if self.state.locked or self._takes_another_road(route, wish, problem):
            return
        state = self.state
        held = {**state.held, route.role: self.now() + RETRY_RENEWAL}
        refusals = {**state.refusals, route.role: problem}
        self._store.set(replace(state, refusals=refusals, held=held))
        self._deliver((route.role, wish.scope), problem)

    def _takes_another_road(self, route: Route, wish: Wish, problem: Problem) -> bool:
        """Whether a refusal leaves a better Route: a dead shared session, or a fresher code wanted."""
        start = route.start
        if start is None:
            return False
        state = self.state
        role = state.catalogue.role(route.role)
        if problem.code in _DEAD_SESSION:
            shared = {k: v for k, v in state.shared.items() if v is not start}
            self._store.set(replace(state, shared=shared))
        elif (
            problem.code == "access_denied"
            and role.hops[0].mfa_serial
            and route.role not in state.fresh_code
            and self.now() - start.issued_at > FRESH_ENOUGH
        ):
            self._store.set(replace(state, fresh_code=state.fresh_code | {route.role}))
        else:
            return False
        again = plan(self.state, role, wish, self.now())
        if isinstance(again, Problem) or not self._waiting.get((route.role, wish.scope)):
            return False
        if again.needs_code:
            self._enqueue(again, wish)
        else:
            self._start(again, wish)
        return True

    def _busy(self, name: str, *, busy: bool) -> None:
        names = self.state.busy | {name} if busy else self.state.busy - {name}
        self._store.set(replace(self.state, busy=names))

    def _deliver(self, key: _Key, answer: Session | Problem) -> None:
        self._wishes.pop(key, None)
        outcome = answer.code if isinstance(answer, Problem) else answer.origin.value
        _log.info("sign-in to %r: %s", key[0], outcome)
        for done in self._waiting.pop(key, []):
            done(answer)

    # --- codes -------------------------------------------------------------------------

    def give_code(self, serial: str, typed: str) -> None:
        """Send the code a person gave for a device, once. What is wrong with it shows in the queue."""
        self._send_code(serial, typed)

    def _send_code(self, serial: str, typed: str, brought_by: str = "") -> None:
        queue = self.state.queues.get(serial)
        if queue is None or queue.in_flight or not queue.waiters:
            return
        try:
            code = clean_code(typed)
        except ValueError:
            self._code_not_taken(serial, malformed_code(), brought_by)
            return
        now = self.now()
        if queue.was_sent(code, now, self._salt):
            self._code_not_taken(serial, used_code(now), brought_by)
            return
        served = queue.next_served
        route = self._route_for_code(queue)
        if route is None:
            return
        self._set_queue(queue.sending(code, now, self._salt))
        self._store.set(replace(self.state, busy=self.state.busy | served))
        self._run(
            self._job(route, self.state.catalogue.role(route.role), code),
            partial(self._code_taken, serial, served, route),
            partial(self._code_failed, serial, served, brought_by),
        )

    def _route_for_code(self, queue: CodeQueue) -> Route | None:
        """The Route the next code is for: of a shared session its first hop alone.

        Roles that need no code any more (files changed, session came from elsewhere) are served first.
        """
        first = queue.waiters[0]
        wish = next((w for (name, _), w in self._wishes.items() if name == first.role), Wish())
        role = self._role(first.role)
        route = role if isinstance(role, Problem) else plan(self.state, role, wish, self.now())
        if isinstance(route, Problem):
            self._leave_queue(queue.serial, frozenset((first.role,)), route)
            return None
        if not route.needs_code or route.code_serial != queue.serial:
            self._set_queue(queue.without(frozenset((first.role,))))
            self._start(route, wish)
            return None
        if first.shares and route.hops[0].call is Call.GET_SESSION_TOKEN:
            return replace(route, hops=route.hops[:1], origin=Origin.SESSION_TOKEN_MFA)
        return route

    def _code_taken(
        self, serial: str, served: frozenset[str], route: Route, answer: SignedIn
    ) -> None:
        if self.state.locked:
            return
        queue = replace(self.state.queues[serial].without(served), in_flight=False)
        state = replace(self.state, busy=self.state.busy - served, skew=self._skew(answer))
        state = replace(state, queues={**state.queues, serial: queue})
        if route.hops[0].call is Call.GET_SESSION_TOKEN:
            shared = replace(answer.session, name=route.source.name)
            state = replace(state, shared={**state.shared, (route.source.name, serial): shared})
        self._store.set(state)
        for name, wish in self._wishes_of(served):
            self._serve(name, wish, answer, route)
        if queue.waiters:
            self._ask_code(serial)

    def _serve(self, name: str, wish: Wish, answer: SignedIn, route: Route) -> None:
        """Go on for one role after its code was taken."""
        role = self.state.catalogue.role(name) if name in self.state.catalogue else None
        if role is None:
            self._deliver((name, wish.scope), no_such_role(name))
        elif route.hops[0].call is not Call.GET_SESSION_TOKEN or not role.hops:
            own = replace(route, role=name, scope=wish.scope)
            self._signed_in(own, wish, answer)
        else:
            further = plan(self.state, role, replace(wish, own_code=False), self.now())
            if isinstance(further, Problem):
                self._deliver((name, wish.scope), further)
            else:
                self._start(further, wish)

    def _code_failed(
        self, serial: str, served: frozenset[str], brought_by: str, problem: Problem
    ) -> None:
        if self.state.locked:
            return
        queue = self.state.queues[serial]
        queue = queue.unsent() if problem.code in _NEVER_SENT else replace(queue, in_flight=False)
        state = replace(self.state, busy=self.state.busy - served)
        self._store.set(replace(state, queues={**state.queues, serial: queue}))
        if problem.code in _CODE_PROBLEMS or problem.exit is Exit.NETWORK:
            self._code_not_taken(serial, problem, brought_by)
            return
        refusals = {**self.state.refusals, **dict.fromkeys(served, problem)}
        self._store.set(replace(self.state, refusals=refusals))
        self._leave_queue(serial, served, problem)
        if self.state.queues[serial].waiters:
            self._ask_code(serial)

    def _code_not_taken(self, serial: str, problem: Problem, brought_by: str) -> None:
        """The person may try again; a caller who brought the code along is told and leaves."""
        self._set_queue(replace(self.state.queues[serial], problem=problem))
        if brought_by:
            self._leave_queue(serial, frozenset((brought_by,)), problem)
        else:
            self._ask_code(serial)

    def give_up(self, name: str, wish: Wish, done: Done) -> None:
        """A caller does not wait any more: its place is freed; with nobody left, so is the role's."""
        key = (name, wish.scope)
        left = [known for known in self._waiting.get(key, []) if known != done]
        if key not in self._waiting or left:
            self._waiting.update({key: left} if left else {})
            return
        for queue in tuple(self.state.queues.values()):
            mine = frozenset((name,)) & {waiter.role for waiter in queue.waiters}
            if mine and not queue.in_flight:
                self._leave_queue(queue.serial, mine, code_cancelled())

    def cancel_code(self, serial: str, problem: Problem | None = None) -> None:
        """Nobody will give a code for this device: all who wait are told so."""
        queue = self.state.queues.get(serial)
        if queue is not None and not queue.in_flight:
            waiting = frozenset(waiter.role for waiter in queue.waiters)
            self._leave_queue(serial, waiting, problem or code_cancelled())

    def _leave_queue(self, serial: str, roles: frozenset[str], problem: Problem) -> None:
        queue = replace(self.state.queues[serial].without(roles), asker="")
        self._set_queue(queue if queue.waiters else replace(queue, problem=None))
        for name, wish in self._wishes_of(roles):
            self._deliver((name, wish.scope), problem)

    def _wishes_of(self, roles: frozenset[str]) -> list[tuple[str, Wish]]:
        return [(name, wish) for (name, _), wish in tuple(self._wishes.items()) if name in roles]

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
        return len(sessions) + len(shared) < len(state.sessions) + len(state.shared)

    def forget_all(self) -> None:
        """Drop every session."""
        state = replace(self.state, sessions={}, shared={}, refusals={})
        self._store.set(replace(state, forgets=state.forgets + 1))

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

        def signed_in(answer: Session | Problem) -> None:
            if isinstance(answer, Problem):
                done(answer)
            else:
                from rolecall.sign_in import console_url

                self._run(lambda: console_url(answer, destination, base), done, done)

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
        reread = settings.identities != self.state.settings.identities
        self._store.set(replace(self.state, settings=settings))
        path = self._services.paths.settings_file
        self._run(lambda: save_settings(path, settings), lambda _none: None, failed)
        if reread:
            self.reload()

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
            self.reload()
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
            self._store.set(replace(self.state, settings=settings))
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
        self._store.set(locked_state(self.state))
        for key in tuple(self._waiting):
            self._deliver(key, is_locked())

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
        if not self.state.settings.renew:
            return
        for key, session in tuple(self.state.sessions.items()):
            due = self._renewal(key, session, now)
            if due is None or due > now or len(self.state.busy) >= MOST_AT_ONCE:
                continue
            self.sign_in(session.name, Wish(fresh=True), _ignored)

    def _renewal(self, key: _Key, session: Session, now: float) -> float | None:
        """When a session is to be renewed by itself, or None where it cannot be."""
        name, scope = key
        if scope or name in self.state.busy or name not in self.state.catalogue:
            return None
        route = plan(self.state, self.state.catalogue.role(name), Wish(fresh=True), now)
        if isinstance(route, Problem) or route.needs_code:
            return None
        return max(countdown.renew_at(session), self.state.held.get(name, 0.0))

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
            if self._renewal((session.name, session.scope), session, now) is None:
                self._notify(Notice(session.name, countdown.minutes_left(session, now)))

    def _next(self, now: float, seconds_shown: bool) -> float | None:
        state = self.state
        renewals = [
            due
            for key, session in state.sessions.items()
            if state.settings.renew and (due := self._renewal(key, session, now)) is not None
        ]
        every = [*state.sessions.values(), *state.shared.values()]
        return countdown.next_change(
            every, now, seconds_shown, [d for d in renewals if d > now], state.settings.notices
        )


def _ignored(_answer: Session | Problem) -> None:
    return None


def keys_of(services: Services, role: Role) -> Credentials:
    """The long-lived (or stored temporary) keys a Route to `role` starts from. Raises ProblemError."""
    if role.source.kind is SourceKind.KEYS_IN_KEYRING:
        return services.secrets.get(role.source.name)
    from rolecall.storage.aws_credentials import read_keys

    return read_keys(services.files, role.source.name)


def code_cancelled() -> Problem:
    """The Problem told to all who waited for a code that nobody gave."""
    return Problem(
        "code_cancelled",
        Text(QT_TRANSLATE_NOOP("Problem", "The MFA code was not given")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Sign in again when the device is at hand.")),
        exit=Exit.NOBODY_TO_ASK,
    )
