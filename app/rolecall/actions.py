"""Actions: what a person or a program may ask for. Tray, window, command line and socket all come in here.

Knows no widget and no thread: `run` (does a Job), `ask_code` (has a person asked) and `now` are handed in.
Lives on one thread; Jobs get frozen values and never see the Store. The rooms are in `acting/`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from rolecall.acting.beats import Beats
from rolecall.acting.callers import Caller
from rolecall.acting.choices import Choices
from rolecall.acting.services import Done, Handed, Notice, Run, Services
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.kept import Kept, adopted, without_strangers
from rolecall.domain.lock import is_locked, locked_state
from rolecall.domain.plan import plan, reusable
from rolecall.domain.problem import Problem
from rolecall.domain.production import shortened
from rolecall.domain.proof import Proof
from rolecall.domain.role import Role
from rolecall.domain.route import Route, Wish, again
from rolecall.domain.session import Session
from rolecall.domain.settings import Settings
from rolecall.domain.state import State
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.paths import AwsFiles
from rolecall.storage.settings_file import load_settings
from rolecall.store import Store

if TYPE_CHECKING:
    from rolecall.acting.own import Own
    from rolecall.acting.portals import Portals
    from rolecall.sign_in import Destination

__all__ = ["Actions", "Done", "Notice", "Run", "Services"]

_log = logging.getLogger("rolecall.actions")


class Actions(Choices, Beats):
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
        ask_line: Callable[[str], None] = lambda _digest: None,
    ) -> None:
        """ask_code, ask_sign_in: have a person asked for a code of a device, or to sign in for a proof key.

        ask_line: have a person asked about the line of a digest. back: calls something on this thread, from
        the thread of a Job.
        """
        handed = Handed(store, services, run, now, ask_code, ask_sign_in, back, notify, ask_line)
        super().__init__(handed)
        self._handed = handed
        self._reads = 0
        self._after_restore: list[Callable[[], None]] = []

    @cached_property
    def own(self) -> Own:
        """The person's own keys and MFA devices; not loaded before somebody asks for them."""
        from rolecall.acting.own import Own

        return Own(self._handed, self, self._sts)

    @cached_property
    def portals(self) -> Portals:
        """The roles behind an Identity Center; not loaded before somebody asks for them."""
        from rolecall.acting.portals import Portals

        return Portals(self._handed, self._means, self.reload, self.change_settings)

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

    def reread_settings(self) -> None:
        """Take over what a command wrote into the settings file, and read the AWS files again."""
        settings, problem = load_settings(self._services.paths.settings_file)
        if problem is None:
            self._kept = settings
            mine = replace(settings, recents=self.state.settings.recents)
            self._store.set(replace(self.state, settings=mine))
            self.reload()

    def _loaded(self, settings: Settings, catalogue: Catalogue, problem: Problem | None) -> None:
        if problem is not None:
            catalogue = replace(catalogue, problems=(*catalogue.problems, problem))
        self._kept = settings
        state = replace(self.state, settings=settings, catalogue=catalogue, loaded=True)
        self._store.set(self._with_kept_proofs(state))

    def _reloaded(self, number: int, catalogue: Catalogue) -> None:
        _log.debug("AWS files read again: %d profiles", len(catalogue.profiles))
        if number != self._reads:
            return  # read before what a later Job reads
        state = self._with_kept_proofs(replace(self.state, catalogue=catalogue))
        if catalogue == self.state.catalogue:
            if state.proofs != self.state.proofs:
                self._store.set(state)
            return
        self._store.set(without_strangers(replace(state, refusals={})))
        for serial, queue in self.state.queues.items():
            for waiter in queue.waiters:
                if not queue.in_flight and self._needs(serial, waiter) is None:
                    self._leave((waiter.role, waiter.wish))
                    self.go_on((waiter.role, waiter.wish))

    def _with_kept_proofs(self, state: State) -> State:
        """`state` with the sign-ins that other programs left in the cache they share with us."""
        if not state.catalogue.has_identity_center:
            return state
        from rolecall.proving.kept_tokens import kept_proofs

        now = self.now()
        kept = kept_proofs(state.catalogue, self._services.environ, now)
        in_hand = {key: proof for key, proof in state.proofs.items() if proof.serves(now)}
        return replace(state, proofs={**kept, **in_hand})

    def _file_problem(self, problem: Problem) -> None:
        catalogue = replace(self.state.catalogue, problems=(problem,))
        self._store.set(replace(self.state, catalogue=catalogue))

    def explain(self, name: str, wish: Wish, proof: Proof | None = None) -> Route | Problem:
        """The Route to a role as things are now, or were with a sign-in's `proof`; no call is made."""
        role = self._role(name)
        if isinstance(role, Problem):
            return role
        proofs = {**self.state.proofs, proof.key: proof} if proof else self.state.proofs
        return plan(replace(self.state, proofs=proofs), role, wish, self.now())

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
        self._join(name, wish, Caller(done, asker, code, brought=code is not None))

    def renew(self, name: str, done: Done = lambda _answer: None, scope: str = "") -> None:
        """A new session in place of a live one; the old one is kept until the new one is in hand.

        scope: that of the narrowed session that is meant, so that none with more rights takes its place.
        """
        session = self.state.sessions.get((name, scope))
        wish = again(session) if session is not None and scope else Wish()
        if wish.scope == scope:
            self.sign_in(name, replace(wish, fresh=True), done)

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

            done(no_console(name, root=role.ending is not None))  # before a code is spent on it
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
        self._store.set(self._with_kept_proofs(replace(self.state, locked=False)))

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


def _read(files: AwsFiles, settings: Settings, entries_file: Path) -> Catalogue:
    found = read_catalogue(files, settings.identities, entries_file)
    return replace(found, devices=settings.devices)
