"""Rotation of an access key: which step comes next, whatever step the last try ended in. Pure.

The order is: note what is there, create, store, prove by a call, put in the old one's place, switch the old
one off, delete it later. Each step is noted before the next begins, so whoever goes on after a crash knows
all: at every moment one key that works is stored, and a key of ours that nobody stored is found and deleted.
The notes hold no key and no key ID, only marks to tell listed keys apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from rolecall.domain.access_key import MOST_KEYS, AccessKey
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text

GRACE: Final = 86_400.0
"""Seconds an old key stays, switched off, before it is deleted: whoever still used it shows up meanwhile."""


class Step(StrEnum):
    """How far a rotation is. Each is noted once what it says is true."""

    BEGUN = "begun"  # what keys there are is noted; a new one may have been created since
    CREATED = "created"  # the new key exists; it may be stored already
    PROVED = "proved"  # the new key is stored and has signed a call
    SWITCHED = "switched"  # the new key stands in the old one's place
    OFF = "off"  # the old key is switched off


class Do(StrEnum):
    """What is to be done next."""

    DISCARD = "discard"  # delete a new key whose secret nobody has
    CREATE = "create"
    PROVE = "prove"
    SWITCH = "switch"
    SWITCH_OFF = "switch_off"
    WAIT = "wait"  # the old key's days of grace
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Rotation:
    """One rotation under way. name: the identity or profile. at: when the step was noted, UTC epoch seconds.

    old, new: marks of the keys (new is empty until it exists); before: marks of all keys at the begin.
    """

    name: str
    step: Step
    old: str
    before: tuple[str, ...]
    new: str = ""
    at: float = 0.0

    def noted(self, step: Step, now: float, new: str = "") -> Rotation:
        """The rotation after a step."""
        return replace(self, step=step, at=now, new=new or self.new)


@dataclass(frozen=True, slots=True)
class Found:
    """What is there now. current: mark of the key in use; held: of the stored new one, empty for none."""

    current: str
    held: str
    listed: Sequence[AccessKey]

    def key(self, marked: str) -> AccessKey | None:
        """The listed key of a mark."""
        return next((key for key in self.listed if mark(key.key_id) == marked), None)


def mark(key_id: str) -> str:
    """What tells one key from another without being its ID."""
    return hashlib.sha256(f"rolecall {key_id}".encode()).hexdigest()[:24]


def begun(name: str, key_id: str, listed: Sequence[AccessKey], now: float) -> Rotation:
    """A new rotation of the key `key_id`. Raises ProblemError where it cannot begin."""
    if all(key.key_id != key_id for key in listed):
        raise ProblemError(_foreign(name))
    if len(listed) >= MOST_KEYS:
        raise ProblemError(two_keys(name, next(key for key in listed if key.key_id != key_id)))
    marks = tuple(mark(key.key_id) for key in listed)
    return Rotation(name, Step.BEGUN, mark(key_id), marks, at=now)


def strays(rotation: Rotation, found: Found) -> list[AccessKey]:
    """Keys made since the begin whose secret nobody stored."""
    kept = {*rotation.before, found.current, found.held}
    return [key for key in found.listed if mark(key.key_id) not in kept]


def next_step(rotation: Rotation, found: Found, now: float, *, finish: bool = False) -> Do:
    """What to do next. finish: the person does not want to wait before the old key is deleted.

    Raises ProblemError where the key in use is neither of the two: somebody changed it by hand.
    """
    new = rotation.new or (found.held if found.held not in rotation.before else "")
    if found.current not in {rotation.old, new}:
        raise ProblemError(_changed_by_hand(rotation.name))
    if rotation.step is Step.OFF:
        return Do.DELETE if finish or now - rotation.at >= GRACE else Do.WAIT
    if rotation.step is Step.SWITCHED:
        return Do.SWITCH_OFF
    if found.current == new and new:
        return Do.SWITCH  # it was, or half: other places may still hold the old key
    if new and found.held == new:
        return Do.SWITCH if rotation.step is Step.PROVED else Do.PROVE
    return Do.DISCARD if strays(rotation, found) else Do.CREATE


def two_keys(name: str, other: AccessKey) -> Problem:
    """The Problem of a user that has both keys AWS allows, so that no third can be created."""
    said = (
        QT_TRANSLATE_NOOP(
            "Problem", "AWS allows no third. The other one ends in {end} and is switched on."
        )
        if other.active
        else QT_TRANSLATE_NOOP(
            "Problem", "AWS allows no third. The other one ends in {end} and is switched off."
        )
    )
    return Problem(
        "two_keys",
        text(
            QT_TRANSLATE_NOOP("Problem", "The user of {name} already has two access keys"),
            name=name,
        ),
        text(said, end=other.key_id[-4:]),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "If nobody uses it, delete it in IAM (your user, Security credentials), then try again.",
            )
        ),
        exit=Exit.REFUSED,
    )


def not_ours(name: str, key: AccessKey) -> Problem:
    """The Problem of a key that appeared meanwhile and was used: it is somebody's, and never deleted."""
    return Problem(
        "stray_key_used",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "Another access key of {name} appeared meanwhile, and somebody uses it"
            ),
            name=name,
        ),
        text(QT_TRANSLATE_NOOP("Problem", "It ends in {end}."), end=key.key_id[-4:]),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "It was left alone. Find out whose it is; delete it in IAM if it is nobody’s, then "
                "go on.",
            )
        ),
        exit=Exit.REFUSED,
    )


def _foreign(name: str) -> Problem:
    return Problem(
        "key_not_listed",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "AWS does not list the key of {name} among its user’s keys"
            ),
            name=name,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Only an IAM user’s own key can be rotated, not a root key."
            )
        ),
        exit=Exit.REFUSED,
    )


def _changed_by_hand(name: str) -> Problem:
    return Problem(
        "rotation_overtaken",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The key of {name} was changed while it was being rotated"
            ),
            name=name,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Nothing was deleted. “rolecall key rotate {name} --abandon” forgets the rotation that "
                "was begun; look in IAM for a key that nobody uses.",
            ),
            name=name,
        ),
        exit=Exit.LOCAL,
    )
