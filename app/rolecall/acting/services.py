"""What Actions are handed: how Jobs run, what Jobs work with, what a person should hear of."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from rolecall.domain.problem import Problem, Text
from rolecall.domain.session import Session
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import SecretStore
from rolecall.storage.seed_store import MemorySeeds, SeedStore
from rolecall.store import Store

if TYPE_CHECKING:
    from rolecall.sign_in import Sts

T = TypeVar("T")


class Run(Protocol):
    """Does a Job somewhere and calls back on the thread of Actions."""

    def __call__(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None], /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should hear of: a session with `minutes` left that cannot renew itself.

    scope: that of a narrowed session, empty for the role's full one.
    """

    role: str
    minutes: int
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Services:
    """What Jobs work with, built once by whoever composes the program.

    sts: makes the one Sts, called at the first sign-in: an idle program carries nothing of AWS.
    beside: `run` works beside this thread, so boto may be loaded while a person types a code.
    environ: what this process was started with, for sources that read it. seeds: of MFA devices, where
    the person keeps them. pause: waits so many seconds, in a Job. program_asked: hears that the program
    of a profile was started for a code. say: speaks the person's language, on pages that a browser is
    left with.
    """

    paths: Paths
    files: AwsFiles
    secrets: SecretStore
    sts: Callable[[], Sts]
    signin_base: str = ""
    beside: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    seeds: SeedStore = field(default_factory=MemorySeeds)
    pause: Callable[[float], None] = time.sleep
    program_asked: Callable[[str], None] = lambda _profile: None
    say: Callable[[Text], str] = str


Done = Callable[[Session | Problem], None]
"""Told once what came of a wish."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What the one who composes the program hands to Actions; each room takes what it needs.

    now: UTC epoch seconds of the local clock. ask_code, ask_sign_in: have a person asked for a code of a
    device, or to sign in for a proof key; ask_line: about the line of a digest. back: calls something on
    the thread of Actions, from a Job's.
    """

    store: Store
    services: Services
    run: Run
    now: Callable[[], float]
    ask_code: Callable[[str], None]
    ask_sign_in: Callable[[str], None]
    back: Callable[[Callable[[], None]], None]
    notify: Callable[[Notice], None]
    ask_line: Callable[[str], None]
