"""MFA set-up: makes a virtual device for an IAM user, up to the two codes that enable it. Runs in a Job.

The seed comes only once, so it is kept until the device works: in an item of the keyring, or in memory where
there is none. A device that was made and not enabled is found again: gone on with if its seed is there,
deleted if not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from rolecall.domain.access_key import MOST_DEVICES, NewDevice, User
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.totp import Seed
from rolecall.storage.seed_store import SeedStore
from rolecall.storage.setup_notes import note_setup, read_setups

_NAME: Final = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
_PENDING: Final = "{serial} (being set up)"


class DeviceCalls(Protocol):
    """IAM's calls about devices (`own_user.Iam`), signed by the user. Every method raises ProblemError."""

    def user(self) -> User: ...
    def devices(self) -> list[str]: ...
    def unassigned_devices(self) -> list[str]: ...
    def create_device(self, name: str) -> NewDevice: ...
    def enable_device(self, serial: str, user: str, first: str, second: str) -> None: ...
    def delete_device(self, serial: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Begun:
    """A device to be scanned and enabled. user: IAM's name of its owner. resumed: made by an earlier try.

    discarded: a device of an earlier try, whose seed was lost, was deleted first.
    """

    device: NewDevice
    user: str
    resumed: bool = False
    discarded: bool = False


@dataclass(slots=True)
class Setup:
    """One set-up. name: the identity; notes: the file of `storage/setup_notes.py`."""

    name: str
    calls: DeviceCalls
    seeds: SeedStore
    notes: Path

    def begin(self, wanted: str) -> Begun:
        """Make a device called `wanted`, or go on with the one an earlier try made. Raises ProblemError."""
        if not _NAME.fullmatch(wanted):
            raise ProblemError(_bad_name())
        user = self.calls.user()
        pending, discarded = self._pending(), False
        if pending is not None:
            if pending in self.calls.devices():
                self._over(pending)  # it was enabled, and nobody heard of it
                raise ProblemError(_enabled_before(pending))
            seed = self._held(pending)
            if pending in self.calls.unassigned_devices():
                if seed is not None:
                    return Begun(NewDevice(pending, seed), user.name, resumed=True)
                self.calls.delete_device(pending)
                discarded = True
            self._over(pending)
        if len(self.calls.devices()) >= MOST_DEVICES:
            raise ProblemError(_eight_devices())
        self._note_before(_serial(user, wanted))
        device = self._made(wanted)
        note_setup(self.notes, self.name, device.serial)
        self._hold(device)
        return Begun(device, user.name, discarded=discarded)

    def enable(self, begun: Begun, first: str, second: str, *, keep: bool) -> None:
        """Enable the device with two codes in a row. keep: its seed stays in the keyring.

        Raises ProblemError; the device can then be tried again with later codes.
        """
        device = begun.device
        if keep:
            self.seeds.put(device.serial, device.seed)
        try:
            self.calls.enable_device(device.serial, begun.user, first, second)
        except ProblemError:
            if keep:
                self._drop(device.serial)
            raise
        self._over(device.serial)

    def give_up(self) -> str:
        """Delete the device that was made and not enabled; returns its serial, empty where there is none.

        Raises ProblemError.
        """
        pending = self._pending()
        if pending is None:
            return ""
        if pending in self.calls.unassigned_devices():
            self.calls.delete_device(pending)
        self._over(pending)
        return pending

    def _note_before(self, serial: str) -> None:
        """Noted before it is made: whatever ends this between the two, the next try knows of it.

        Not where nobody can tell whether such a device is there already: it could be somebody's.
        """
        try:
            if serial in self.calls.unassigned_devices():
                raise ProblemError(_name_taken())
        except ProblemError as error:
            if error.problem.code != "iam_denied":
                raise
        else:
            note_setup(self.notes, self.name, serial)

    def _pending(self) -> str | None:
        return read_setups(self.notes).get(self.name)

    def _made(self, wanted: str) -> NewDevice:
        try:
            return self.calls.create_device(wanted)
        except ProblemError as error:
            if error.problem.exit is not Exit.NETWORK:  # then nothing was made
                note_setup(self.notes, self.name, None)
            raise

    def _hold(self, device: NewDevice) -> None:
        try:
            self.seeds.put(_PENDING.format(serial=device.serial), device.seed)
        except ProblemError as error:
            if error.problem.exit is not Exit.KEYRING:
                raise

    def _held(self, serial: str) -> Seed | None:
        try:
            return self.seeds.get(_PENDING.format(serial=serial))
        except ProblemError as error:
            if error.problem.code == "keyring_locked":
                raise  # it may be there: not to be deleted because nobody unlocked the keyring
            return None

    def _over(self, serial: str) -> None:
        self._drop(_PENDING.format(serial=serial))
        note_setup(self.notes, self.name, None)

    def _drop(self, item: str) -> None:
        try:
            self.seeds.remove(item)
        except ProblemError as error:
            if error.problem.exit is not Exit.KEYRING:
                raise


def setup_pending(notes: Path, name: str) -> str:
    """Serial of the device of `name` that was made and not enabled, as far as noted; empty for none."""
    return read_setups(notes).get(name, "")


def device_name_for(user: str, taken: Callable[[str], bool]) -> str:
    """A name for a new device of `user` that is not `taken`: devices are named once in an account."""
    return next(name for name in (user, *(f"{user}-{n}" for n in range(2, 100))) if not taken(name))


def _serial(user: User, wanted: str) -> str:
    partition, account = user.arn.split(":")[1], user.arn.split(":")[4]
    return f"arn:{partition}:iam::{account}:mfa/{wanted}"


def _bad_name() -> Problem:
    return Problem(
        "bad_device_name",
        Text(QT_TRANSLATE_NOOP("Problem", "This is not a name for an MFA device")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Up to 64 letters, digits and + = , . @ _ - only, no spaces."
            )
        ),
        exit=Exit.USAGE,
    )


def _name_taken() -> Problem:
    return Problem(
        "device_exists",
        Text(QT_TRANSLATE_NOOP("Problem", "There is already a device of this name in the account")),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Choose another name, or delete that device first.")
        ),
        exit=Exit.REFUSED,
    )


def _enabled_before(serial: str) -> Problem:
    return Problem(
        "device_enabled",
        text(QT_TRANSLATE_NOOP("Problem", "The device {serial} is enabled already"), serial=serial),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "An earlier try succeeded without hearing of it. Use it as it is."
            )
        ),
        exit=Exit.REFUSED,
    )


def _eight_devices() -> Problem:
    return Problem(
        "eight_devices",
        Text(
            QT_TRANSLATE_NOOP("Problem", "The user has eight MFA devices, and AWS allows no more")
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Remove one you do not use in IAM, then try again.")
        ),
        exit=Exit.REFUSED,
    )
