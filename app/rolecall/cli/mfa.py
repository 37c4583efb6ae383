"""`rolecall mfa list | setup | keep-seed | forget-seed`: MFA devices, done by the command itself, app or not."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from rolecall.cli.own import Own, ask_first, asked, tell, with_serial
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text
from rolecall.domain.role import Role, SourceKind
from rolecall.domain.session import Credentials
from rolecall.domain.terminal import table

if TYPE_CHECKING:
    from rolecall.domain.settings import Settings
    from rolecall.domain.totp import Seed
    from rolecall.mfa_setup import Begun, Setup
    from rolecall.own_user import Iam
    from rolecall.qr import Modules

_TRIES: Final = 3

WARNING: Final = (
    "With the seed in the keyring this computer can give the second factor by itself:\n"
    "whoever unlocks it has both. Keep the device on your phone as well."
)
"""What keeping a seed means, said once to whoever does it."""


def mfa(options: argparse.Namespace) -> int:
    """Do one of the four; returns the exit code. Raises ProblemError."""
    return _VERBS[options.verb](Own(options), options)


# --- list ------------------------------------------------------------------------------------------


def _list(own: Own, options: argparse.Namespace) -> int:
    from rolecall.doctor import key_identities

    catalogue = own.actions.state.catalogue
    roles = [own.role(options.name)] if options.name else key_identities(catalogue)
    rows: list[dict[str, object]] = []
    problem: Problem | None = None
    for role in roles:
        try:
            rows += _rows(own, role)
        except ProblemError as error:
            problem = problem or error.problem
            tell("\n".join(error.problem.lines()))
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    elif rows:
        head = ("KEY", "DEVICE", "USED FOR CODES", "SEED KEPT")
        words = {True: "yes", False: "no"}
        sys.stdout.write(
            table(
                head,
                [
                    (
                        str(r["name"]),
                        str(r["serial"]),
                        words[bool(r["in_use"])],
                        words[bool(r["seed"])],
                    )
                    for r in rows
                ],
            )
        )
    elif problem is None:
        tell("No device is there.")
    return int(problem.exit if problem else Exit.DONE)


def _rows(own: Own, role: Role) -> list[dict[str, object]]:
    from rolecall.domain.access_key import is_code_device

    settings = own.actions.state.settings
    return [
        {
            "name": role.name,
            "serial": serial,
            "codes": is_code_device(serial),
            "in_use": serial == role.mfa_serial,
            "seed": serial in settings.seeds,
        }
        for serial in _iam(own, role, None).devices()
    ]


def _iam(own: Own, role: Role, session: Credentials | None) -> Iam:
    from rolecall.own_user import Iam
    from rolecall.storage.key_place import place_of

    place = place_of(role.source.kind, role.source.name, own.secrets, own.files)
    return Iam(session or place.current(), role, own.now)


# --- setup -----------------------------------------------------------------------------------------


def _setup(own: Own, options: argparse.Namespace) -> int:
    from rolecall.mfa_setup import Setup
    from rolecall.storage.setup_notes import NAME

    role = own.role(options.name)
    notes = own.paths.state_dir / NAME

    def setup(session: Credentials | None) -> Setup:
        return Setup(role.name, _iam(own, role, session), own.seeds, notes)

    if options.give_up:
        serial = own.signed(role, lambda session: setup(session).give_up())
        tell(f"{serial} is deleted." if serial else "No device is waiting to be enabled.")
        return int(Exit.DONE)
    if not options.mfa_stdin:  # else standard input has been begun, and does not tell what is left
        ask_first()  # a device that nobody can type codes for would be left half made
    if options.keep_seed:
        own.keyring_needed()
        tell(WARNING)
    wanted = options.device or role.name.replace("/", "-").replace(":", "-")
    begun = own.signed(role, lambda session: setup(session).begin(wanted))
    _show(begun)
    _enable(own, role, begun, setup, keep=options.keep_seed)
    return _enabled(own, role, begun, keep=options.keep_seed)


def _show(begun: Begun) -> None:
    from rolecall import qr
    from rolecall.domain import totp

    if begun.discarded:
        tell("A device of an earlier try, whose seed was lost, was deleted.")
    if begun.resumed:
        tell("This device was made by an earlier try and is not enabled yet.")
    name = begun.device.serial.rpartition("/")[2]
    sys.stdout.write(blocks(qr.modules(totp.uri(begun.device.seed, name))))
    sys.stdout.write(f"\n{begun.device.serial}\n")
    sys.stdout.write(f"Scan it with your phone, or type this there: {begun.device.seed.base32}\n")
    sys.stdout.flush()


def blocks(modules: Modules) -> str:
    """A QR code for a terminal: two rows of modules in each line, black on white whatever its colours."""
    width = len(modules[0]) + 8
    blank = [False] * width
    padded = [
        *[blank] * 4,
        *([*[False] * 4, *row, *[False] * 4] for row in modules),
        *[blank] * (4 + len(modules) % 2),
    ]
    marks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    lines = [
        "".join(marks[upper, lower] for upper, lower in zip(above, below, strict=True))
        for above, below in zip(padded[::2], padded[1::2], strict=True)
    ]
    return "".join(f"\x1b[30;47m{line}\x1b[0m\n" for line in lines)


def _enable(
    own: Own, role: Role, begun: Begun, make: Callable[[Credentials | None], Setup], *, keep: bool
) -> None:
    """Ask for two codes until AWS takes them; after some tries the device waits for another day."""
    from rolecall.domain.code_queue import clean_code, malformed_code

    def enabled(first: str, second: str, session: Credentials | None) -> None:
        make(session).enable(begun, first, second, keep=keep)

    for tried in range(_TRIES):
        tell("Type the code it shows now, and then the one after it.")
        try:
            first = clean_code(asked("First code: ", hidden=False))
            second = clean_code(asked("Next code: ", hidden=False))
        except ValueError:
            tell(str(malformed_code().title))
            continue
        try:
            own.signed(role, partial(enabled, first, second))
        except ProblemError as error:
            if error.problem.code != "mfa_codes_refused" or tried == _TRIES - 1:
                raise
            tell("\n".join(error.problem.lines()))
        else:
            return
    raise ProblemError(malformed_code())


def _enabled(own: Own, role: Role, begun: Begun, *, keep: bool) -> int:
    serial = begun.device.serial

    def changed(settings: Settings) -> Settings:
        seeds = (
            (*settings.seeds, serial) if keep and serial not in settings.seeds else settings.seeds
        )
        return with_serial(replace(settings, seeds=seeds), role.name, serial)

    own.change_settings(changed)
    tell(f"{serial} is enabled.")
    if role.source.kind is SourceKind.KEYS_IN_FILE and role.mfa_serial != serial:
        tell(f"To use it, write this into profile {role.name} and its roles: mfa_serial = {serial}")
    return int(Exit.DONE)


# --- seeds -----------------------------------------------------------------------------------------


def _keep_seed(own: Own, options: argparse.Namespace) -> int:
    own.keyring_needed()
    tell(WARNING)
    seed = _asked_seed()
    serial = options.serial or seed.serial_hint
    if not serial:
        raise ProblemError(_which_device())
    own.seeds.put(serial, seed)
    own.change_settings(
        lambda settings: replace(settings, seeds=tuple(dict.fromkeys((*settings.seeds, serial))))
    )
    tell(f"The seed of {serial} is in the keyring: its codes come from there now.")
    return int(Exit.DONE)


def _asked_seed() -> Seed:
    from rolecall.domain import totp

    typed = asked("otpauth URI, or the seed's letters: ")
    try:
        return totp.parse(typed)
    except ValueError:
        problem = no_seed()
    raise ProblemError(problem)


def _forget_seed(own: Own, options: argparse.Namespace) -> int:
    own.keyring_needed()
    own.seeds.remove(options.serial)
    own.change_settings(
        lambda settings: replace(
            settings, seeds=tuple(known for known in settings.seeds if known != options.serial)
        )
    )
    tell(f"The seed of {options.serial} left the keyring.")
    return int(Exit.DONE)


_VERBS: Final = {
    "list": _list,
    "setup": _setup,
    "keep-seed": _keep_seed,
    "forget-seed": _forget_seed,
}


def no_seed() -> Problem:
    """The Problem for a text that is no seed of an MFA device. Never names what was typed."""
    return Problem(
        "no_seed",
        Text(
            QT_TRANSLATE_NOOP("Problem", "This is not the seed of a device that AWS takes codes of")
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "It is a text that begins with otpauth://totp/, or the letters A to Z and 2 to 7 that "
                "stand beside the QR code.",
            )
        ),
        exit=Exit.USAGE,
    )


def _which_device() -> Problem:
    return Problem(
        "which_device",
        Text(QT_TRANSLATE_NOOP("Problem", "The seed does not say which device it belongs to")),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Name its serial: arn:aws:iam::ACCOUNT:mfa/NAME.")
        ),
        exit=Exit.USAGE,
    )
