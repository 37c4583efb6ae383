"""Code sources: where a code comes from before a person is asked. Qt-free; lives on the thread of Actions.

In this order: a seed the person keeps in the keyring, then the accepted `mfa_process` of the profile. What
fails is told and the next one has its turn; at the end stands typing. A code fetched so goes through the
same queue as a typed one, so none is sent twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.code_queue import STEP, CodeQueue, next_code_at
from rolecall.domain.problem import Problem
from rolecall.domain.state import State
from rolecall.storage.seed_store import SeedStore

if TYPE_CHECKING:
    from rolecall.domain.trust import Line

T = TypeVar("T")

TRIES: Final = 2
"""How often one source is asked for one code: a code that another program used up has a successor."""

_MARGIN: Final = 0.2
"""Seconds into a new step before its code is made: clocks differ by a little."""


class Run(Protocol):
    """Does a Job somewhere and calls back on the thread of Actions."""

    def __call__(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None], /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Giving:
    """What is done with what comes of it. got: serial, code; not_got: serial, Problem.

    asked: the profile whose program is started; called in the Job.
    """

    got: Callable[[str, str], None]
    not_got: Callable[[str, Problem], None]
    asked: Callable[[str], None]


@dataclass(slots=True)
class CodeSources:
    """See the module. now: UTC epoch seconds by the one clock; pause: waits, in a Job."""

    seeds: SeedStore
    environ: Mapping[str, str]
    run: Run
    now: Callable[[], float]
    pause: Callable[[float], None]
    giving: Giving
    _running: set[str] = field(default_factory=set)
    _tries: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def running(self) -> frozenset[str]:
        """Devices a code is being fetched of."""
        return frozenset(self._running)

    def begin_anew(self, serial: str) -> None:
        """Every source may be asked again: a new queue, or a code that was taken."""
        self._tries = {key: count for key, count in self._tries.items() if key[0] != serial}

    def fetch(self, state: State, serial: str, *, unasked: bool = False) -> bool:
        """Have a source give a code of this device; False where a person has to.

        unasked: nobody asked for this code. Then no program is started: it may want a touch or a password.
        """
        if serial in self._running:
            return True
        queue = state.queues[serial]
        for name, make in self._sources(state, queue, unasked=unasked):
            if self._tries.get((serial, name), 0) < TRIES:
                self._tries[serial, name] = self._tries.get((serial, name), 0) + 1
                self._start(queue, make)
                return True
        return False

    def unaccepted(self, state: State, serial: str) -> Problem | None:
        """What is said beside the question for a code whose program nobody has accepted yet."""
        line = line_for(state, state.queues[serial])
        if line is None or _accepted(state, line):
            return None
        from rolecall.domain.trust import not_accepted

        return not_accepted(line)

    def _sources(
        self, state: State, queue: CodeQueue, *, unasked: bool
    ) -> Iterator[tuple[str, Callable[[], str]]]:
        if state.makes_codes(queue.serial):
            yield "seed", partial(self._from_seed, queue.serial)
        line = None if unasked else line_for(state, queue)
        if line is not None and _accepted(state, line):
            yield f"process {line.digest}", partial(self._from_process, line)

    def _from_seed(self, serial: str) -> str:
        from rolecall.domain import totp

        return totp.code(self.seeds.get(serial), self.now())

    def _from_process(self, line: Line) -> str:
        from rolecall.aws.code_process import code_of

        self.giving.asked(line.profile)
        return code_of(line, self.environ)

    def _start(self, queue: CodeQueue, make: Callable[[], str]) -> None:
        serial, wait = queue.serial, self._wait(queue)
        self._running.add(serial)

        def job() -> str:
            if wait:
                self.pause(wait)
            return make()

        self.run(job, partial(self._got, serial), partial(self._not_got, serial))

    def _wait(self, queue: CodeQueue) -> float:
        """Seconds until the device shows a code that was not sent yet."""
        now = self.now()
        last = max((at for _, at in queue.sent), default=0.0)
        return next_code_at(now) - now + _MARGIN if last // STEP == now // STEP else 0.0

    def _got(self, serial: str, code: str) -> None:
        self._running.discard(serial)
        self.giving.got(serial, code)

    def _not_got(self, serial: str, problem: Problem) -> None:
        self._running.discard(serial)
        self.giving.not_got(serial, problem)


def line_for(state: State, queue: CodeQueue) -> Line | None:
    """The `mfa_process` line nearest to the roles that wait: their own profile, a hop's, the source's."""
    for waiter in queue.waiters:
        for profile in _profiles(state.catalogue, waiter.role):
            found = state.catalogue.profiles.get(profile, {}).get("mfa_process", "")
            if found:
                from rolecall.domain.trust import CODE, Line  # not loaded where no profile has one

                return Line(profile, CODE, found)
    return None


def _accepted(state: State, line: Line) -> bool:
    from rolecall.domain.trust import accepted

    return accepted(state.settings, line)


def _profiles(catalogue: Catalogue, name: str) -> list[str]:
    if name not in catalogue:
        return []
    role = catalogue.role(name)
    return [name, *(hop.profile for hop in reversed(role.hops)), role.source.name]
