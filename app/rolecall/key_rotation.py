"""Key rotation: does the steps of `domain/rotation.py` one after the other and notes each. Runs in a Job.

Must not ask anyone. Killed anywhere, the same call again goes on where it was: the key in use is replaced
only by one that is stored and has signed a call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

from rolecall.domain.access_key import AccessKey, NewKey
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.rotation import (
    GRACE,
    Do,
    Found,
    Rotation,
    Step,
    begun,
    mark,
    next_step,
    not_ours,
    strays,
)
from rolecall.domain.session import Credentials
from rolecall.storage import atomic_file
from rolecall.storage.key_place import KeyPlace
from rolecall.storage.rotation_notes import forget, note, read_notes

PROVING: Final = 20.0
"""Seconds a new key may be unknown to AWS: IAM spreads it with a delay (IAM User Guide, "Changes that I
make are not always immediately visible")."""

_PAUSE: Final = 2.0
_MOST_STEPS: Final = 20


class Calls(Protocol):
    """IAM and STS for the user, signed with what is handed over. Every method raises ProblemError."""

    def keys(self, signer: Credentials) -> list[AccessKey]: ...
    def used(self, signer: Credentials, key_id: str) -> bool: ...
    def create(self, signer: Credentials) -> NewKey: ...
    def switch_off(self, signer: Credentials, key_id: str) -> None: ...
    def delete(self, signer: Credentials, key_id: str) -> None: ...
    def prove(self, key: Credentials) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to. step: the last one done, None where the old key is gone and all is over.

    delete_at: from when on the old key is to be deleted (UTC epoch seconds). discarded: how many keys
    nobody had stored were deleted on the way.
    """

    step: Step | None
    delete_at: float = 0.0
    discarded: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rotation works with. now: UTC epoch seconds; pause: waits so many seconds.

    tell: hears of each step before and after it. session: a session with MFA that signs the calls to IAM
    where a policy asks for that; without one the key in use signs.
    """

    place: KeyPlace
    calls: Calls
    notes: Path
    now: Callable[[], float]
    pause: Callable[[float], None]
    tell: Callable[[Do, bool], None] = lambda _do, _done: None
    session: Credentials | None = None


def rotate(name: str, around: Surroundings, *, finish: bool = False) -> Outcome:
    """Begin or go on with the rotation of `name`, as far as it goes now. Raises ProblemError.

    finish: delete the old key at once, without its day of grace.
    """
    with atomic_file.lock(around.notes.with_name("rotation")):
        return _Run(name, around, finish).go()


def abandon(name: str, around: Surroundings) -> bool:
    """Forget a rotation that cannot go on; nothing is deleted at AWS. Returns whether there was one."""
    with atomic_file.lock(around.notes.with_name("rotation")):
        known = name in read_notes(around.notes)
        around.place.drop()
        forget(around.notes, name)
        return known


class _Run:
    """One run over as many steps as can be done now."""

    def __init__(self, name: str, around: Surroundings, finish: bool) -> None:
        self._name, self._around, self._finish = name, around, finish
        self._discarded = 0

    def go(self) -> Outcome:
        around = self._around
        rotation = read_notes(around.notes).get(self._name)
        if rotation is None:
            rotation = self._begin()
        for _ in range(_MOST_STEPS):
            found = self._look()
            todo = next_step(rotation, found, around.now(), finish=self._finish)
            if todo is Do.WAIT:
                return Outcome(Step.OFF, rotation.at + GRACE, self._discarded)
            around.tell(todo, False)
            after = self._do(todo, rotation, found)
            if after is None:
                forget(around.notes, self._name)
                around.tell(todo, True)
                return Outcome(None, discarded=self._discarded)
            if after != rotation:
                note(around.notes, after)
            rotation = after
            around.tell(todo, True)
        raise ProblemError(_no_end(self._name))

    def _begin(self) -> Rotation:
        around, current = self._around, self._around.place.current()
        if current.session_token:
            raise ProblemError(_temporary(self._name))
        listed = around.calls.keys(self._signer(current))
        rotation = begun(self._name, current.access_key_id, listed, around.now())
        around.place.drop()  # what an abandoned rotation left
        note(around.notes, rotation)
        return rotation

    def _look(self) -> Found:
        current, held = self._around.place.current(), self._around.place.held()
        listed = self._around.calls.keys(self._signer(current))
        return Found(mark(current.access_key_id), mark(held.access_key_id) if held else "", listed)

    def _signer(self, current: Credentials) -> Credentials:
        return self._around.session or current

    def _do(self, todo: Do, rotation: Rotation, found: Found) -> Rotation | None:
        around, now = self._around, self._around.now()
        signer = self._signer(around.place.current())
        if todo is Do.DISCARD:
            self._discard(rotation, found, signer)
            return replace(rotation, new="")
        if todo is Do.CREATE:
            return self._create(rotation, signer)
        if todo is Do.PROVE:
            self._prove()
            return rotation.noted(Step.PROVED, now, found.held)
        if todo is Do.SWITCH:
            self._switch(rotation)
            return rotation.noted(Step.SWITCHED, now)
        old = found.key(rotation.old)
        if todo is Do.SWITCH_OFF:
            around.calls.prove(around.place.current())  # the last look before the old one goes
            if old is not None and old.active:
                around.calls.switch_off(signer, old.key_id)
            return rotation.noted(Step.OFF, now)
        if old is not None:
            around.calls.delete(signer, old.key_id)
        return None

    def _discard(self, rotation: Rotation, found: Found, signer: Credentials) -> None:
        """Delete keys whose secret nobody has; one that was used is somebody's."""
        for key in strays(rotation, found):
            if self._around.calls.used(signer, key.key_id):
                raise ProblemError(not_ours(self._name, key))
            self._around.calls.delete(signer, key.key_id)
            self._discarded += 1

    def _create(self, rotation: Rotation, signer: Credentials) -> Rotation:
        made = self._around.calls.create(signer).credentials
        try:
            self._around.place.hold(made)
        except ProblemError:
            self._around.calls.delete(signer, made.access_key_id)  # nobody will ever have it
            raise
        return rotation.noted(Step.CREATED, self._around.now(), mark(made.access_key_id))

    def _prove(self) -> None:
        """A call signed with the new key; AWS may not know it everywhere at once."""
        held = self._around.place.held()
        if held is None:
            raise ProblemError(_no_end(self._name))
        until = self._around.now() + PROVING
        while True:
            try:
                self._around.calls.prove(held)
            except ProblemError as error:
                if error.problem.code != "keys_invalid" or self._around.now() >= until:
                    raise
                self._around.pause(_PAUSE)
            else:
                return

    def _switch(self, rotation: Rotation) -> None:
        place = self._around.place
        new = place.held() or place.current()
        place.switch(lambda key_id: mark(key_id) == rotation.old, new)
        if place.current() != new:
            raise ProblemError(_not_there(self._name))
        place.drop()


def _temporary(name: str) -> Problem:
    return Problem(
        "keys_temporary",
        text(
            QT_TRANSLATE_NOOP("Problem", "The key of profile {name} is a temporary one"), name=name
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Only an IAM user’s own long-lived key can be rotated.")
        ),
        exit=Exit.LOCAL,
    )


def _not_there(name: str) -> Problem:
    return Problem(
        "key_not_replaced",
        text(
            QT_TRANSLATE_NOOP("Problem", "The new key of {name} is not where it was put"), name=name
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Both keys work, and both are kept. Another program may write there too; try again.",
            )
        ),
        exit=Exit.LOCAL,
    )


def _no_end(name: str) -> Problem:
    return Problem(
        "rotation_stuck",
        text(QT_TRANSLATE_NOOP("Problem", "The rotation of {name} does not get on"), name=name),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Look at the user’s keys in IAM, then try again.")
        ),
        exit=Exit.FAULT,
    )
