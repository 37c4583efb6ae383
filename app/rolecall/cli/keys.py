"""`rolecall key list | add | rotate | remove`: long-lived keys, done by the command itself, app or not.

A secret is asked for or read from standard input, never taken from the command line.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rolecall.cli.own import Own, asked, tell
from rolecall.domain.export_format import utc
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text
from rolecall.domain.role import Identity, SourceKind, account_of
from rolecall.domain.session import Credentials
from rolecall.domain.terminal import table

if TYPE_CHECKING:
    from rolecall.doctor import KeyFacts, Patient
    from rolecall.domain.rotation import Do
    from rolecall.key_rotation import Outcome

_KEY_ID: Final = re.compile(r"AKIA[A-Z0-9]{12,124}", re.ASCII)
_PLACES: Final = {SourceKind.KEYS_IN_KEYRING: "keyring", SourceKind.KEYS_IN_FILE: "file"}


def key(options: argparse.Namespace) -> int:
    """Do one of the four; returns the exit code. Raises ProblemError."""
    return _VERBS[options.verb](Own(options), options)


# --- list ------------------------------------------------------------------------------------------


def patient_of(own: Own) -> Patient:
    """What the doctor looks at, in this process."""
    from rolecall.doctor import Patient
    from rolecall.domain.trust import Line, accepted
    from rolecall.own_user import Iam, measured_skew

    settings = own.actions.state.settings
    return Patient(
        own.actions.state.catalogue,
        own.paths,
        own.files,
        own.secrets,
        own.now,
        lambda credentials, role: Iam(credentials, role, own.now),
        lambda: measured_skew(time.time),
        trusted=lambda profile, name, line: accepted(settings, Line(profile, name, line)),
    )


def _list(own: Own, options: argparse.Namespace) -> int:
    from rolecall.doctor import key_facts, key_identities

    patient, found, problems = patient_of(own), [], []
    for role in key_identities(patient.catalogue):
        try:
            facts = key_facts(patient, role)
            found.append(facts)
            if facts.problem is not None and facts.problem.code != "iam_denied":
                problems.append(facts.problem)
        except ProblemError as error:
            problems.append(error.problem)
    now = own.now()
    if options.json:
        sys.stdout.write(json.dumps([_row(facts, now) for facts in found], indent=2) + "\n")
    elif found:
        head = ("KEY", "WHERE", "ENDS IN", "AGE", "LAST USED")
        sys.stdout.write(table(head, [_line(facts, now) for facts in found]))
    else:
        tell("There is no long-lived key.")
    for problem in problems:
        tell("\n".join(problem.lines()))
    return int(problems[0].exit if problems else Exit.DONE)


def _row(facts: KeyFacts, now: float) -> dict[str, object]:
    used = facts.key.used_at
    return {
        "name": facts.name,
        "place": _PLACES[facts.kind],
        "ends_in": facts.key.key_id[-4:],
        "created_at": utc(facts.since) if facts.from_iam else None,
        "age_days": facts.age(now),
        "age_from": "iam" if facts.from_iam else "record",
        "last_used_at": utc(used) if used is not None else None,
        "last_used_service": facts.key.service if used is not None else None,
        "other_keys": [
            {"ends_in": other.key_id[-4:], "active": other.active} for other in facts.others
        ],
        "problem": facts.problem.code if facts.problem else None,
    }


def _line(facts: KeyFacts, now: float) -> tuple[str, ...]:
    age = f"{facts.age(now)} days"
    used = "?" if not facts.key.used_known else "never"
    if facts.key.used_at is not None:
        used = time.strftime("%Y-%m-%d", time.localtime(facts.key.used_at))
        used = f"{used} ({facts.key.service})"
    place = _PLACES[facts.kind]
    end = facts.key.key_id[-4:]
    return facts.name, place, end, age if facts.from_iam else f"at least {age}", used


# --- add, remove -----------------------------------------------------------------------------------


def _add(own: Own, options: argparse.Namespace) -> int:
    own.keyring_needed()
    name = options.name
    if options.move:
        from rolecall.storage.key_move import move_keys_to_keyring

        move_keys_to_keyring(own.files, name, own.secrets, own.paths.settings_file)
        own.change_settings(lambda settings: settings)
        tell(f"The key of {name} is in the keyring now, and out of its file.")
        return int(Exit.DONE)
    if not re.fullmatch(r"[\w+=,.@:/-]{1,128}", name):
        raise ProblemError(_bad_name())
    if name in own.actions.state.catalogue and name not in own.actions.state.settings.identities:
        raise ProblemError(_name_taken())
    key_id = asked("Access key ID: ", hidden=False)
    secret = asked("Secret access key: ")
    if not _KEY_ID.fullmatch(key_id) or not 16 <= len(secret) <= 128 or not secret.isascii():
        raise ProblemError(_bad_key())
    own.secrets.put(name, Credentials(key_id, secret))
    serial = options.mfa_serial
    identity = Identity(name, serial, account_of(serial), options.region)
    own.change_settings(
        lambda settings: replace(settings, identities={**settings.identities, name: identity})
    )
    tell(f"The key {name} is in the keyring.")
    return int(Exit.DONE)


def _remove(own: Own, options: argparse.Namespace) -> int:
    own.keyring_needed()
    name = options.name
    if name not in own.actions.state.settings.identities:
        from rolecall.storage.secret_item import item_missing

        raise ProblemError(item_missing(name))
    if not options.yes:
        tell("AWS never shows a secret key again: without a copy you need a new one.")
        if asked(f"Remove the key {name} from the keyring? Type its name: ", hidden=False) != name:
            tell("Nothing was removed.")
            return int(Exit.INTERRUPTED)
    own.secrets.remove(name)
    own.change_settings(
        lambda settings: replace(
            settings, identities={k: v for k, v in settings.identities.items() if k != name}
        )
    )
    tell(f"The key {name} left the keyring. In AWS it still exists.")
    return int(Exit.DONE)


# --- rotate ----------------------------------------------------------------------------------------


def _rotate(own: Own, options: argparse.Namespace) -> int:
    from rolecall.key_rotation import Surroundings, abandon, rotate
    from rolecall.own_user import OwnKeys, Sts
    from rolecall.storage.key_place import place_of
    from rolecall.storage.rotation_notes import NAME

    role = own.role(options.name)
    if role.source.kind is SourceKind.KEYS_IN_KEYRING:
        own.keyring_needed()
    place = place_of(role.source.kind, role.name, own.secrets, own.files)
    calls, notes = OwnKeys(role, Sts(), own.now), own.paths.state_dir / NAME
    around = Surroundings(place, calls, notes, own.now, time.sleep, _step)
    if options.abandon:
        known = abandon(role.name, around)
        tell("The rotation is forgotten." if known else "No rotation was under way.")
        return int(Exit.DONE)
    outcome = own.signed(
        role,
        lambda session: rotate(role.name, replace(around, session=session), finish=options.finish),
    )
    _told(role.name, outcome)
    return int(Exit.DONE)


def _step(todo: Do, done: bool) -> None:
    if not done:
        tell(_STEPS[todo.value])


_STEPS: Final = {
    "discard": "Deleting a new key that nobody has …",
    "create": "Creating a new key and storing it …",
    "prove": "Trying the new key …",
    "switch": "Putting the new key in the old one's place …",
    "switch_off": "Switching the old key off …",
    "delete": "Deleting the old key …",
}


def _told(name: str, outcome: Outcome) -> None:
    if outcome.discarded:
        tell(f"{outcome.discarded} key of an earlier try, which nobody had stored, was deleted.")
    if outcome.step is None:
        tell(f"The key of {name} is rotated.")
        return
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(outcome.delete_at))
    tell(f"{name} has its new key. The old one is switched off and stays until {when}:")
    tell("whatever still used it shows itself meanwhile, and IAM can switch it on again.")
    tell(f"After that, or with --finish, “rolecall key rotate {name}” deletes it.")


_VERBS: Final = {"list": _list, "add": _add, "remove": _remove, "rotate": _rotate}


def _bad_name() -> Problem:
    return Problem(
        "bad_identity_name",
        Text(QT_TRANSLATE_NOOP("Problem", "This is not a name for a key")),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Letters, digits and + = , . @ : / _ - only, no spaces.")
        ),
        exit=Exit.USAGE,
    )


def _name_taken() -> Problem:
    return Problem(
        "name_taken",
        Text(QT_TRANSLATE_NOOP("Problem", "A profile of the AWS files has this name already")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Choose another name, or move the profile’s own key with --move."
            )
        ),
        exit=Exit.USAGE,
    )


def _bad_key() -> Problem:
    return Problem(
        "bad_key",
        Text(QT_TRANSLATE_NOOP("Problem", "This is not a long-lived access key")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The ID begins with AKIA; the secret has 40 characters. Copy both anew from IAM.",
            )
        ),
        exit=Exit.USAGE,
    )
