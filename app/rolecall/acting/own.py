"""Own: what a person does about their own keys and devices: ages, rotation, set-up, seeds. Qt-free.

Each is a Job; where a policy asks for MFA, a session with a code is got first and the Job is done again.
Reached as `actions.own`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from rolecall.acting.services import Handed
from rolecall.domain.problem import Problem
from rolecall.domain.role import Role, SourceKind
from rolecall.domain.route import Wish
from rolecall.domain.session import Credentials, Session
from rolecall.domain.settings import Settings
from rolecall.domain.state import KeyringState, State

if TYPE_CHECKING:
    from rolecall.doctor import KeyFacts
    from rolecall.domain.rotation import Do
    from rolecall.domain.totp import Seed
    from rolecall.key_rotation import Outcome
    from rolecall.mfa_setup import Begun, Setup
    from rolecall.own_user import Iam
    from rolecall.sign_in import Sts

T = TypeVar("T")


class Acting(Protocol):
    """What is needed of Actions."""

    @property
    def state(self) -> State: ...
    def now(self) -> float: ...
    def sign_in(self, name: str, wish: Wish, done: Callable[[Session | Problem], None]) -> None: ...
    def change_settings(
        self, settings: Settings, failed: Callable[[Problem], None] = ..., /
    ) -> None: ...
    def reload(self) -> None: ...


class Own:
    """See the module. `done` is called on the thread of Actions, with the answer or a Problem."""

    def __init__(self, handed: Handed, acting: Acting, sts: Callable[[], Sts]) -> None:
        self._services, self._run, self._store = handed.services, handed.run, handed.store
        self._acting, self._sts = acting, sts
        self._asked: set[str] = set()

    def identities(self) -> list[Role]:
        """The identities with a long-lived key."""
        from rolecall.doctor import key_identities

        return key_identities(self._acting.state.catalogue)

    # --- keys --------------------------------------------------------------------------

    def key_facts(self, role: Role, done: Callable[[KeyFacts | Problem], None]) -> None:
        """Age and last use of the key of an identity; where IAM may not be asked, from our own record."""
        from rolecall.doctor import Patient, key_facts

        services, now = self._services, self._acting.now
        patient = Patient(
            self._acting.state.catalogue,
            services.paths,
            services.files,
            services.secrets,
            now,
            _made_iam(now),
            lambda: 0.0,
        )
        self._run(lambda: key_facts(patient, role), done, done)

    def rotate(
        self,
        role: Role,
        tell: Callable[[Do, bool], None],
        done: Callable[[Outcome | Problem], None],
        *,
        finish: bool = False,
    ) -> None:
        """Begin or go on with the rotation of a key. tell: called in the Job before and after each step."""
        services, sts, now = self._services, self._sts(), self._acting.now

        def job(session: Credentials | None) -> Outcome:
            from rolecall.key_rotation import Surroundings, rotate
            from rolecall.own_user import OwnKeys
            from rolecall.storage.key_place import place_of
            from rolecall.storage.rotation_notes import NAME

            place = place_of(role.source.kind, role.name, services.secrets, services.files)
            calls, notes = OwnKeys(role, sts, now), services.paths.state_dir / NAME
            around = Surroundings(place, calls, notes, now, services.pause, tell, session)
            return rotate(role.name, around, finish=finish)

        self._signed(role, job, done)

    # --- devices -----------------------------------------------------------------------

    def find_devices(self, name: str) -> None:
        """Have State.devices tell the devices of an identity, once; silently where IAM may not be asked."""
        catalogue = self._acting.state.catalogue
        if name in self._asked or name not in catalogue:
            return
        role = catalogue.role(name)
        if not role.source.long_lived or role.problem is not None:
            return
        self._asked.add(name)
        secrets, iam = self._services.secrets, self._iam(role)

        def job() -> tuple[str, ...]:
            """A locked keyring is not asked for: its question would come unexpected."""
            in_keyring = role.source.kind is SourceKind.KEYS_IN_KEYRING
            if in_keyring and secrets.state() is not KeyringState.OPEN:
                return ()
            return _devices(iam, None)

        self._run(job, partial(self._found, name), lambda _problem: None)

    def devices(self, role: Role, done: Callable[[tuple[str, ...] | Problem], None]) -> None:
        """The devices of an identity that give codes, as IAM tells them; kept in State.devices."""

        def found(serials: tuple[str, ...]) -> None:
            self._found(role.name, serials)
            done(serials)

        self._run(partial(_devices, self._iam(role), None), found, done)

    def _found(self, name: str, serials: tuple[str, ...]) -> None:
        state = self._store.state
        self._store.set(replace(state, devices={**state.devices, name: serials}))

    def use_device(self, serial: str, chosen: str) -> None:
        """From now on codes of `chosen` stand in for those of `serial`, the one used until now."""
        settings = self._acting.state.settings
        named = [name for name, used in settings.devices.items() if used == serial] or [serial]
        kept = {name: used for name, used in settings.devices.items() if name not in named}
        kept |= {name: chosen for name in named if name != chosen}
        self._acting.change_settings(replace(settings, devices=kept))

    def begin_setup(self, role: Role, wanted: str, done: Callable[[Begun | Problem], None]) -> None:
        """Make a virtual device for the user of an identity, or go on with one made before."""
        setup = self._setup(role)
        self._signed(role, lambda session: setup(session).begin(wanted), done)

    def enable(
        self,
        role: Role,
        begun: Begun,
        codes: tuple[str, str],
        done: Callable[[Problem | None], None],
        *,
        keep: bool,
    ) -> None:
        """Enable a device with two codes in a row. keep: its seed stays in the keyring."""
        setup, serial = self._setup(role), begun.device.serial

        def enabled(answer: Problem | None) -> None:
            if answer is None:
                self._use_new(role, serial, keep=keep)
            done(answer)

        self._signed(role, lambda session: setup(session).enable(begun, *codes, keep=keep), enabled)

    def give_up_setup(self, role: Role, done: Callable[[str | Problem], None]) -> None:
        """Delete the device that was made and not enabled."""
        setup = self._setup(role)
        self._signed(role, lambda session: setup(session).give_up(), done)

    def keep_seed(self, serial: str, seed: Seed, done: Callable[[Problem | None], None]) -> None:
        """Keep the seed of a device in the keyring; its codes come from there from now on."""

        def kept(_none: None) -> None:
            settings = self._acting.state.settings
            seeds = tuple(dict.fromkeys((*settings.seeds, serial)))
            self._acting.change_settings(replace(settings, seeds=seeds))
            done(None)

        self._run(lambda: self._services.seeds.put(serial, seed), kept, done)

    def forget_seed(self, serial: str, done: Callable[[Problem | None], None]) -> None:
        """Take the seed of a device out of the keyring."""

        def gone(_none: None) -> None:
            settings = self._acting.state.settings
            seeds = tuple(known for known in settings.seeds if known != serial)
            self._acting.change_settings(replace(settings, seeds=seeds))
            done(None)

        self._run(lambda: self._services.seeds.remove(serial), gone, done)

    # --- how ---------------------------------------------------------------------------

    def _use_new(self, role: Role, serial: str, *, keep: bool) -> None:
        """A new device is the identity's own where it had none, and known as one of its devices."""
        state = self._store.state
        known = (*state.devices.get(role.name, ()), serial)
        self._store.set(replace(state, devices={**state.devices, role.name: known}))
        settings = self._acting.state.settings
        if keep:
            settings = replace(settings, seeds=tuple(dict.fromkeys((*settings.seeds, serial))))
        identity = settings.identities.get(role.name)
        if identity is not None and not identity.mfa_serial:
            mine = replace(identity, mfa_serial=serial)
            settings = replace(settings, identities={**settings.identities, role.name: mine})
        self._acting.change_settings(settings)

    def _setup(self, role: Role) -> Callable[[Credentials | None], Setup]:
        from rolecall.mfa_setup import Setup
        from rolecall.storage.setup_notes import NAME

        services, iam = self._services, self._iam(role)
        notes = services.paths.state_dir / NAME
        return lambda session: Setup(role.name, iam(session), services.seeds, notes)

    def _iam(self, role: Role) -> Callable[[Credentials | None], Iam]:
        """Makes the calls of an identity, in a Job: it brings botocore."""
        from rolecall.storage.key_place import place_of

        services, made = self._services, _made_iam(self._acting.now)
        place = place_of(role.source.kind, role.name, services.secrets, services.files)
        return lambda session: made(session or place.current(), role)

    def _signed(
        self,
        role: Role,
        job: Callable[[Credentials | None], T],
        done: Callable[[T | Problem], None],
    ) -> None:
        """Do `job` signed with the key; where a policy wants MFA, again with a session."""

        def again(answer: Session | Problem) -> None:
            if isinstance(answer, Problem):
                done(answer)
            else:
                self._run(partial(job, answer.credentials), done, done)

        def failed(problem: Problem) -> None:
            if problem.code == "iam_denied" and role.mfa_serial:
                self._acting.sign_in(role.name, Wish(), again)
            else:
                done(problem)

        self._run(partial(job, None), done, failed)


def _devices(
    iam: Callable[[Credentials | None], Iam], session: Credentials | None
) -> tuple[str, ...]:
    from rolecall.domain.access_key import is_code_device

    return tuple(serial for serial in iam(session).devices() if is_code_device(serial))


def _made_iam(now: Callable[[], float]) -> Callable[[Credentials, Role], Iam]:
    def made(credentials: Credentials, role: Role) -> Iam:
        from rolecall.own_user import Iam

        return Iam(credentials, role, now)

    return made
