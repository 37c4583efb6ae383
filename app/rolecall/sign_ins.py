"""SignIns: people's sign-ins at identity providers, and the roles that wait for each. Qt-free.

The twin of the code queues: one sign-in under way for each proof key, all who need it served by one. Lives on the
thread of Actions; the sign-in itself is a Job (`proving/`) that talks while it works.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from rolecall.domain.problem import Problem
from rolecall.domain.proof import Proof, SignIn, Step, StepKind, sign_in_cancelled, sign_in_over
from rolecall.domain.role import Source, SourceKind
from rolecall.domain.route import Route, Wish
from rolecall.domain.state import State
from rolecall.store import Store

if TYPE_CHECKING:
    from rolecall.proving.means import Means

Key = tuple[str, Wish]
"""Role and wish of one who waits."""


T = TypeVar("T")

RECALLED: Final = frozenset({SourceKind.IDENTITY_CENTER})
"""Sources whose sign-ins other programs share with us."""


class Run(Protocol):
    """Does a Job somewhere and calls back on the thread of Actions."""

    def __call__(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
        /,
    ) -> None: ...


class Waiting(Protocol):
    """Those who wait for sessions, as Actions keep them."""

    def go_on(self, key: Key) -> None:
        """The next step for those who wait for `key`."""
        ...

    def deliver(self, key: Key, problem: Problem) -> None:
        """Tell them that nothing comes of it."""
        ...

    def askers(self, key: Key) -> list[str]:
        """The program behind each who has patience for a person, empty for the person; none for a renewal."""
        ...


class Line:
    """The Talk of one Job. back: calls something on the thread of Actions."""

    def __init__(
        self, back: Callable[[Callable[[], None]], None], told: Callable[[Line, Step], None]
    ) -> None:
        self._back, self._told = back, told
        self.cancelled = False

    def show(self, step: Step) -> None:
        """See `Talk`; nothing once nobody wants it any more."""
        if not self.cancelled:
            self._back(partial(self._told, self, step))


class SignIns:
    """See the module."""

    def __init__(
        self,
        store: Store,
        run: Run,
        means: Callable[[], Means],
        ask: Callable[[str], None],
        back: Callable[[Callable[[], None]], None],
        waiting: Waiting,
    ) -> None:
        """ask: has a person asked to sign in for a proof key; they answer by `begin`, `give` or `cancel`."""
        self._store = store
        self._run = run
        self._means = means
        self._ask = ask
        self._back = back
        self._waiting = waiting
        self._lines: dict[str, list[Line]] = {}
        self._recalling: set[str] = set()

    # --- those who wait ----------------------------------------------------------------

    def join(self, key: Key, route: Route) -> None:
        """`key` waits for the sign-in that `route` names; a person is asked if none is at it."""
        askers = self._waiting.askers(key)
        recalled = route.source.kind in RECALLED
        if not askers and not recalled:
            self._waiting.deliver(key, sign_in_over(route.source))  # nobody is asked for a renewal
            return
        known = self._store.state.sign_ins.get(route.proof_key) or self._begun(route.source)
        asker = askers[-1] if askers and all(askers) else ""
        self._set(replace(known.joined(*key), asker=asker))
        if known.running or route.proof_key in self._recalling:
            return
        if recalled:
            self._recall(route.proof_key, known.source)
        else:
            self._ask(route.proof_key)

    def _recall(self, name: str, source: Source) -> None:
        """See in a Job whether another program's sign-in serves, before a person is asked."""
        from rolecall.proving.prove import recall

        means = self._means()
        self._recalling.add(name)
        self._run(
            lambda: recall(source, means),
            partial(self._recalled, name),
            partial(self._not_recalled, name),
        )

    def _recalled(self, name: str, proof: Proof | None) -> None:
        self._recalling.discard(name)
        known = self._store.state.sign_ins.get(name)
        if known is None:
            return  # nobody waits any more
        if proof is not None:
            self._take(name, proof)
            return
        for key in known.waiters:
            if not self._waiting.askers(key):
                self._waiting.deliver(key, sign_in_over(known.source))
        if name in self._store.state.sign_ins and not self._lines.get(name):
            self._ask(name)

    def _not_recalled(self, name: str, problem: Problem) -> None:
        """AWS could not be asked: a person's sign-in would meet the same."""
        self._recalling.discard(name)
        if not self._lines.get(name):
            self.cancel(name, problem)

    def leave(self, key: Key) -> None:
        """`key` does not wait any more; a sign-in that serves nobody ends."""
        for name, known in tuple(self._store.state.sign_ins.items()):
            left = known.without(*key)
            if left.waiters:
                self._set(left)
            elif left != known:
                self._end(name)

    def _begun(self, source: Source) -> SignIn:
        """A sign-in that somebody waits for; where a proof is there already, only a choice is left."""
        proof = self._store.state.proofs.get(source.proof_key)
        chooses = (
            proof is not None and proof.live(self._means().now()) and _undecided(source, proof)
        )
        return SignIn(source, step=_choosing(proof) if proof is not None and chooses else None)

    # --- what a person does ------------------------------------------------------------

    def begin(self, name: str, given: str = "") -> None:
        """Start the sign-in: the browser opens, or a code is shown. Nothing if it is under way.

        given: what has to be known first, such as a client secret.
        """
        known = self._store.state.sign_ins.get(name)
        if known is not None and not known.running:
            self._set(replace(known, running=True, problem=None, step=None))
            self._start(name, known, given, beside=False)

    def give(self, name: str, given: str) -> None:
        """What a person pasted, in place of what else is under way if it is good."""
        known = self._store.state.sign_ins.get(name)
        if known is not None:
            self._set(replace(known, problem=None))
            self._start(name, known, given, beside=True)

    def bring(self, source: Source, given: str, done: Callable[[Problem | None], None]) -> None:
        """What a caller brought along for a sign-in that nobody has to be asked for; told when it is taken."""
        from rolecall.proving.prove import prove

        line, means = Line(self._back, lambda _line, _step: None), self._means()

        def proved(proof: Proof | None) -> None:
            if proof is not None:
                self._take(source.proof_key, proof)
            done(None)

        self._run(lambda: prove(source, line, means, given), proved, done)

    def cancel(self, name: str, problem: Problem | None = None) -> None:
        """Nobody will sign in: all who wait are told so at once."""
        known = self._store.state.sign_ins.get(name)
        self._end(name)
        for key in known.waiters if known else ():
            self._waiting.deliver(key, problem or sign_in_cancelled())

    def stop(self) -> None:
        """The program ends or is locked: every Job is told that nobody wants it."""
        for name in tuple(self._lines):
            self._hang_up(name)

    # --- the Job -----------------------------------------------------------------------

    def _start(self, name: str, known: SignIn, given: str, *, beside: bool) -> None:
        """beside: of another Job that goes on if this one comes to nothing."""
        from rolecall.proving.prove import prove

        line, means = Line(self._back, partial(self._told, name)), self._means()
        self._lines.setdefault(name, []).append(line)
        self._run(
            lambda: prove(known.source, line, means, given),
            partial(self._proved, name, line),
            partial(self._failed, name, line, beside),
        )

    def _told(self, name: str, line: Line, step: Step) -> None:
        known = self._store.state.sign_ins.get(name)
        if known is not None and not line.cancelled:
            self._set(replace(known, step=step))

    def _proved(self, name: str, line: Line, proof: Proof | None) -> None:
        if line.cancelled:
            return
        if proof is not None:
            self._take(name, proof)
            return
        self._lines[name].remove(line)  # the page is open, and `give` brings the rest
        known = self._store.state.sign_ins.get(name)
        if known is not None:
            self._set(replace(known, running=False))

    def _take(self, name: str, proof: Proof) -> None:
        known = self._store.state.sign_ins.get(name)
        if known is not None and _undecided(known.source, proof):
            self._hang_up(name)
            self._set(replace(known, running=False, problem=None, step=_choosing(proof)))
        else:
            self._end(name)
        state = self._store.state
        self._store.set(replace(state, proofs={**state.proofs, name: proof}))
        for key in known.waiters if known else ():
            self._waiting.go_on(key)

    def _failed(self, name: str, line: Line, beside: bool, problem: Problem) -> None:
        """A paste that was no good leaves what else is under way as it is."""
        known = self._store.state.sign_ins.get(name)
        if line.cancelled or known is None:
            return
        self._lines[name].remove(line)
        running = known.running and beside
        step = known.step if running else None
        self._set(replace(known, running=running, step=step, problem=problem))

    # --- keeping count -----------------------------------------------------------------

    def _set(self, sign_in: SignIn) -> None:
        state = self._store.state
        if state.sign_ins.get(sign_in.key) != sign_in:
            self._store.set(replace(state, sign_ins={**state.sign_ins, sign_in.key: sign_in}))

    def _end(self, name: str) -> None:
        self._hang_up(name)
        state: State = self._store.state
        if name in state.sign_ins:
            left = {key: value for key, value in state.sign_ins.items() if key != name}
            self._store.set(replace(state, sign_ins=left))

    def _hang_up(self, name: str) -> None:
        for line in self._lines.pop(name, []):
            line.cancelled = True


def _undecided(source: Source, proof: Proof) -> bool:
    if source.kind is not SourceKind.SAML:
        return False
    from rolecall.domain.saml_proof import undecided  # with all that reads a response: few need it

    return undecided(source, proof)


def _choosing(proof: Proof) -> Step:
    return Step(StepKind.CHOOSE, until=proof.expires_at)
