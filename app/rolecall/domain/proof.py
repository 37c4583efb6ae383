"""Proof: what a person's sign-in at an identity provider gave, and the queue of those who wait for one.

Values only. A Proof is a secret as credentials are: hidden from `repr`, never pickled, never kept by us.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NoReturn, Protocol

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.role import Source
from rolecall.domain.route import Wish


@dataclass(frozen=True, slots=True)
class Proof:
    """A token or an assertion. Times are UTC epoch seconds.

    key: the `Source.proof_key` it serves. token: the Identity Center access token, the ID token (of Amazon
    and Facebook the access token), or the SAML assertion in base64. refresh: what gets the next token
    without a person, empty where there is nothing. details: what may be shown, such as the subject.
    """

    key: str
    token: str = field(repr=False)
    expires_at: float
    issued_at: float
    refresh: str = field(default="", repr=False)
    details: tuple[tuple[str, str], ...] = ()

    def __reduce__(self) -> NoReturn:
        raise TypeError("proofs are not to be pickled")

    def live(self, now: float) -> bool:
        """Whether it may still be handed in at `now`."""
        return now < self.expires_at

    def serves(self, now: float) -> bool:
        """Whether no person is needed: it lives, or the next one can be had with it."""
        return self.live(now) or bool(self.refresh)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a source that nobody signs in for is read from: the environment of this process, secrets included."""

    environ: Mapping[str, str] = field(repr=False)


BY_CODE: Final = "code"
"""What a person gives to be shown a code for another device in place of the browser (Identity Center)."""


class StepKind(StrEnum):
    """What a sign-in waits for."""

    BROWSER = "browser"  # the person finishes in the browser
    DEVICE = "device"  # the person types `user_code` at `url`, on any device
    PASTE = "paste"  # the person pastes what the provider gave
    WAITING = "waiting"  # an answer of the network
    PROGRESS = "progress"  # `done` of `total`
    CHOOSE = "choose"  # the proof is there until `until`; the person says which role


@dataclass(frozen=True, slots=True)
class Step:
    """Where a sign-in stands. url: what the browser was given, no secret; until: when it ends, or None.

    slowed: AWS wants to be asked less often, and it goes on by itself after a while.
    """

    kind: StepKind
    url: str = ""
    user_code: str = ""
    done: int = 0
    total: int = 0
    slowed: bool = False
    until: float | None = None


class Talk(Protocol):
    """How a Job talks while it works. For the Job's thread."""

    def show(self, step: Step) -> None:
        """Tell where it stands."""
        ...

    @property
    def cancelled(self) -> bool:
        """Whether nobody wants it any more: the Job ends within a second."""
        ...


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in that roles wait for. running: a Job is at it. problem: why the last try came to nothing.

    waiters: role and wish of each that is served by it. asker: which program wants it, empty for the
    person in front of us.
    """

    source: Source
    waiters: tuple[tuple[str, Wish], ...] = ()
    running: bool = False
    step: Step | None = None
    problem: Problem | None = None
    asker: str = ""

    @property
    def key(self) -> str:
        """The `proof_key` of the sign-in."""
        return self.source.proof_key

    def joined(self, role: str, wish: Wish) -> SignIn:
        """With one more waiting; once each."""
        if (role, wish) in self.waiters:
            return self
        return replace(self, waiters=(*self.waiters, (role, wish)))

    def without(self, role: str, wish: Wish) -> SignIn:
        """After one was served or gave up."""
        return replace(self, waiters=tuple(w for w in self.waiters if w != (role, wish)))


Tell = Callable[[Step], None]


def sign_in_cancelled() -> Problem:
    """The Problem told to all who waited for a sign-in that nobody finished."""
    return Problem(
        "sign_in_cancelled",
        Text(QT_TRANSLATE_NOOP("Problem", "The sign-in was not finished")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Sign in again when you are ready.")),
        exit=Exit.NOBODY_TO_ASK,
    )


def sign_in_over(source: Source) -> Problem:
    """The Problem for a token that its issuer does not take any more; a new sign-in helps."""
    return Problem(
        "sign_in_over",
        text(QT_TRANSLATE_NOOP("Problem", "The sign-in of {source} is over"), source=source.name),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Sign in again.")),
        exit=Exit.NOBODY_TO_ASK,
    )


def nobody_to_sign_in(source: Source) -> Problem:
    """The Problem where a sign-in is needed and there is neither a browser nor a person."""
    return Problem(
        "nobody_to_sign_in",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "{source} needs a sign-in in the browser, and there is nobody to ask"
            ),
            source=source.name,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "Run “rolecall login {source}” in a terminal, or start Rolecall."
            ),
            source=source.name,
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
