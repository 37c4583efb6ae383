"""Doctor: looks at the AWS files, the keyring, the clock, the tray, keys and devices, and says what is wrong.

Changes nothing but our own record of when a key was first seen. Runs in a Job or in the command; asks nobody.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolecall.domain.access_key import OLD, AccessKey, days, is_code_device
from rolecall.domain.catalogue import Catalogue, key_identity
from rolecall.domain.plan import plan
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.role import Role, SourceKind
from rolecall.domain.rotation import mark
from rolecall.domain.route import Wish
from rolecall.domain.session import Credentials
from rolecall.domain.state import KeyringState, State
from rolecall.storage.key_place import place_of
from rolecall.storage.key_record import NAME as KEYS
from rolecall.storage.key_record import first_seen
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.rotation_notes import NAME as ROTATIONS
from rolecall.storage.rotation_notes import read_notes
from rolecall.storage.secret_store import SecretStore
from rolecall.storage.setup_notes import NAME as SETUPS
from rolecall.storage.setup_notes import read_setups
from rolecall.storage.tray_watch import tray_present

if TYPE_CHECKING:
    from rolecall.own_user import Iam

_MOST_ROLES: Final = 20
"""Roles with something wrong that are named one by one."""

_SKEW_TOLD: Final = 30.0
"""Seconds from which on a clock that is off is worth a word: one step of a code."""

_SKEW_WRONG: Final = 240.0
"""Seconds from which on AWS may refuse what is signed (five minutes, less the way)."""


class Grade(StrEnum):
    """How a finding is meant."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. check: files, roles, keyring, clock, tray, keys, devices; subject: which one.

    exit: what the command ends with because of it, DONE for what is no fault.
    """

    check: str
    grade: Grade
    title: str
    remedy: str = ""
    subject: str = ""
    exit: Exit = Exit.DONE


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What is known of one long-lived key in use. name: its identity or profile.

    since: since when it exists, UTC epoch seconds; from_iam: whether IAM said so, else our own record did.
    others: further keys of the same user. problem: why IAM could not be asked.
    """

    name: str
    kind: SourceKind
    key: AccessKey
    since: float
    from_iam: bool
    others: tuple[AccessKey, ...] = ()
    problem: Problem | None = None

    def age(self, now: float) -> int:
        """Days, at least."""
        return days(max(now - self.since, 0.0))


@dataclass(frozen=True, slots=True)
class Patient:
    """What is looked at. iam: makes the calls of one identity; skew: asks AWS's clock; tray: the bus.

    now: UTC epoch seconds.
    """

    catalogue: Catalogue
    paths: Paths
    files: AwsFiles
    secrets: SecretStore
    now: Callable[[], float]
    iam: Callable[[Credentials, Role], Iam]
    skew: Callable[[], float]
    tray: Callable[[], bool | None] = tray_present
    trusted: Callable[[str, str, str], bool] = lambda _profile, _key, _line: True


def examined(patient: Patient) -> Iterator[Finding]:
    """Every finding, the quick ones first. Never raises ProblemError."""
    for look in (_files, _roles, _lines, _keyring, _tray, _clock, _keys_and_devices, _unfinished):
        try:
            yield from look(patient)
        except ProblemError as error:
            yield _problem(look.__name__.strip("_"), error.problem)


def exit_of(findings: list[Finding]) -> Exit:
    """What the command ends with: the code of the first fault."""
    return next((one.exit for one in findings if one.grade is Grade.WRONG), Exit.DONE)


def key_identities(catalogue: Catalogue) -> list[Role]:
    """Every long-lived key as an identity of its own, those of profiles that name a role as well included."""
    found = (key_identity(catalogue, name) for name in catalogue.names())
    return [role for role in found if role is not None]


def _problem(check: str, problem: Problem, subject: str = "") -> Finding:
    words = " ".join(str(part) for part in (problem.explanation, problem.remedy) if str(part))
    exit_code = problem.exit if problem.exit is not Exit.DONE else Exit.FAULT
    return Finding(check, Grade.WRONG, str(problem.title), words, subject, exit_code)


# --- this computer ---------------------------------------------------------------------------------


def _files(patient: Patient) -> Iterator[Finding]:
    problems = patient.catalogue.problems
    yield from (_problem("files", problem, problem.file) for problem in problems)
    for path in (patient.files.config, patient.files.credentials):
        yield from _file(path, secret=path == patient.files.credentials)
    if not problems:
        count = sum(1 for _ in patient.catalogue.names())
        yield Finding("files", Grade.OK, f"{count} roles and keys are listed")


def _file(path: Path, *, secret: bool) -> Iterator[Finding]:
    try:
        found = path.stat()
    except FileNotFoundError:
        yield Finding("files", Grade.NOTE, f"There is no {path}", subject=str(path))
        return
    except OSError:
        return  # a problem of the catalogue tells it
    if secret and os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        yield Finding(
            "files",
            Grade.WRONG,
            f"Others on this computer may read {path}",
            f"chmod 600 {path}",
            str(path),
            Exit.LOCAL,
        )


def _roles(patient: Patient) -> Iterator[Finding]:
    """Roles that cannot be used: what their files say of them, and what AWS would refuse in any case."""
    state, now = State(catalogue=patient.catalogue), patient.now()
    wrong: list[tuple[str, Problem]] = []
    for role in map(patient.catalogue.role, patient.catalogue.names()):
        found = plan(state, role, Wish(), now)
        if isinstance(found, Problem) and found.code != "already_temporary":  # it is used as it is
            wrong.append((role.name, replace(found, exit=Exit.LOCAL)))
    for name, problem in wrong[:_MOST_ROLES]:
        yield _problem("roles", problem, name)
    if len(wrong) > _MOST_ROLES:
        more = len(wrong) - _MOST_ROLES
        yield Finding("roles", Grade.WRONG, f"{more} more roles cannot be used", exit=Exit.LOCAL)


def _lines(patient: Patient) -> Iterator[Finding]:
    for name, profile in patient.catalogue.profiles.items():
        for key in ("credential_process", "mfa_process"):
            line = profile.get(key, "")
            if line and not patient.trusted(name, key, line):
                yield Finding(
                    "roles",
                    Grade.NOTE,
                    f"The {key} line of profile {name} is not accepted yet",
                    f"See it and accept it: rolecall trust {name}",
                    name,
                )


def _keyring(patient: Patient) -> Iterator[Finding]:
    state = patient.secrets.state()
    if state is KeyringState.OPEN:
        yield Finding("keyring", Grade.OK, "The keyring is open")
    elif patient.catalogue.identities:
        remedy = "Unlock it; the keys in it cannot be used before that."
        yield Finding("keyring", Grade.WRONG, f"The keyring is {state}", remedy, exit=Exit.KEYRING)
    else:
        remedy = "Sessions live in memory only, and no key can be kept."
        yield Finding("keyring", Grade.NOTE, f"The keyring is {state}", remedy)


def _tray(patient: Patient) -> Iterator[Finding]:
    present = patient.tray()
    if present:
        yield Finding("tray", Grade.OK, "The desktop shows tray icons")
    elif present is not None:
        remedy = (
            "Rolecall shows its window instead. On GNOME the AppIndicator extension brings a tray."
        )
        yield Finding("tray", Grade.NOTE, "The desktop shows no tray icons", remedy)


def _clock(patient: Patient) -> Iterator[Finding]:
    skew = patient.skew()
    minutes, way = abs(skew) / 60, "behind" if skew > 0 else "ahead of"
    if abs(skew) < _SKEW_TOLD:
        yield Finding("clock", Grade.OK, "The clock agrees with AWS's")
        return
    grade = Grade.WRONG if abs(skew) >= _SKEW_WRONG else Grade.NOTE
    exit_code = Exit.LOCAL if grade is Grade.WRONG else Exit.DONE
    title = f"This computer's clock is {minutes:.1f} min {way} AWS's"
    remedy = "Set it, best by the network (timedatectl set-ntp true). AWS refuses more than 5 min."
    yield Finding("clock", grade, title, remedy, exit=exit_code)


def _unfinished(patient: Patient) -> Iterator[Finding]:
    state = patient.paths.state_dir
    for name, rotation in read_notes(state / ROTATIONS).items():
        title = f"The rotation of {name} is not finished (step: {rotation.step})"
        yield Finding("keys", Grade.NOTE, title, f"Go on with: rolecall key rotate {name}", name)
    for name, serial in read_setups(state / SETUPS).items():
        title = f"The device {serial} was made and is not enabled"
        remedy = f"Go on with: rolecall mfa setup {name}, or delete it: rolecall mfa setup {name} --give-up"
        yield Finding("devices", Grade.NOTE, title, remedy, name)


# --- keys and devices ------------------------------------------------------------------------------


def key_facts(patient: Patient, role: Role) -> KeyFacts:
    """What is known of the key of one identity. Raises ProblemError where the key itself is not there."""
    place = place_of(role.source.kind, role.source.name, patient.secrets, patient.files)
    credentials = place.current()
    now, key_id = patient.now(), credentials.access_key_id
    path = patient.paths.state_dir / KEYS
    since = first_seen(path, {role.name: mark(key_id)}, now)[role.name]
    own = KeyFacts(role.name, role.source.kind, AccessKey(key_id, True, since), since, False)
    try:
        return _from_iam(own, patient.iam(credentials, role))
    except ProblemError as error:
        return replace(own, problem=error.problem)


def _from_iam(own: KeyFacts, iam: Iam) -> KeyFacts:
    from rolecall.own_user import keys_with_use

    listed = keys_with_use(iam)
    mine = next((key for key in listed if key.key_id == own.key.key_id), None)
    if mine is None:
        return own
    others = tuple(key for key in listed if key is not mine)
    return replace(own, key=mine, since=mine.created_at, from_iam=True, others=others)


def _keys_and_devices(patient: Patient) -> Iterator[Finding]:
    for role in key_identities(patient.catalogue):
        try:
            facts = key_facts(patient, role)
        except ProblemError as error:
            yield _problem("keys", error.problem, role.name)
            continue
        yield from _key_findings(facts, patient.now())
        yield from _device_findings(patient, role)


def _key_findings(facts: KeyFacts, now: float) -> Iterator[Finding]:
    name, age = facts.name, facts.age(now)
    if facts.problem is not None and facts.problem.code != "iam_denied":
        yield _problem("keys", facts.problem, name)
        if facts.problem.exit is Exit.NETWORK:
            return
    at_least = "" if facts.from_iam else "at least "
    grade = Grade.WRONG if now - facts.since >= OLD else Grade.OK
    title = f"The key of {name} is {at_least}{age} days old"
    remedy = f"Rotate it: rolecall key rotate {name}" if grade is Grade.WRONG else ""
    exit_code = Exit.LOCAL if grade is Grade.WRONG else Exit.DONE
    yield Finding("keys", grade, title, remedy, name, exit_code)
    for other in facts.others:
        state = "on" if other.active else "off"
        title = (
            f"The user of {name} has a second key, ending in {other.key_id[-4:]}, switched {state}"
        )
        remedy = "Delete it in IAM if nobody uses it; it stands in the way of a rotation."
        yield Finding("keys", Grade.NOTE, title, remedy, name)


def _device_findings(patient: Patient, role: Role) -> Iterator[Finding]:
    place = place_of(role.source.kind, role.source.name, patient.secrets, patient.files)
    try:
        devices = patient.iam(place.current(), role).devices()
    except ProblemError:
        return  # not allowed, or told above
    usable = [serial for serial in devices if is_code_device(serial)]
    if role.mfa_serial and role.mfa_serial not in devices:
        named = ", ".join(usable) or "none"
        yield Finding(
            "devices",
            Grade.WRONG,
            f"{role.mfa_serial} is not a device of the user of {role.name}",
            f"Write mfa_serial as one of its devices: {named}",
            role.name,
            Exit.LOCAL,
        )
    elif usable:
        yield Finding("devices", Grade.OK, f"{role.name}: {', '.join(usable)}", subject=role.name)
    else:
        title = f"The user of {role.name} has no MFA device that gives codes"
        yield Finding("devices", Grade.NOTE, title, f"rolecall mfa setup {role.name}", role.name)
