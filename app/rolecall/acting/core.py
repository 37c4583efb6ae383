"""Core: the State, the clock and the Services, as every room of Actions uses them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rolecall.acting.services import Handed
from rolecall.domain.find import no_such_role
from rolecall.domain.problem import Problem
from rolecall.domain.role import Role
from rolecall.domain.state import State

if TYPE_CHECKING:
    from rolecall.proving.means import Means
    from rolecall.proving.renewals import Renewals
    from rolecall.sign_in import Sts


class Core:
    """See the module. All times are UTC epoch seconds."""

    def __init__(self, handed: Handed) -> None:
        self._store = handed.store
        self._services = handed.services
        self._run = handed.run
        self._clock = handed.now
        self._made_sts: Sts | None = None
        self._renewals: Renewals | None = None
        handed.store.subscribe(self._follow_proofs)

    @property
    def state(self) -> State:
        """All values at this moment."""
        return self._store.state

    def now(self) -> float:
        """The one clock: local UTC time plus the measured skew."""
        return self._clock() + self.state.skew

    def forget_skew(self) -> None:
        """The clock below was set: what AWS's was ahead of it has to be measured anew."""
        self._store.set(replace(self.state, skew=0.0))

    def _role(self, name: str) -> Role | Problem:
        try:
            return self.state.catalogue.role(name)
        except KeyError:
            return no_such_role(name)

    def _means(self) -> Means:
        from rolecall.proving.means import Means
        from rolecall.proving.renewals import Renewals

        of = self._services
        self._renewals = self._renewals or Renewals()
        return Means(of.paths, of.files, of.secrets, of.environ, self.now, self._renewals, of.say)

    def _follow_proofs(self, before: State, after: State) -> None:
        """What the State drops (locked, forgotten, over) is nowhere else either."""
        if self._renewals is not None and before.proofs is not after.proofs:
            self._renewals.keep_only(after.proofs)

    def _sts(self) -> Sts:
        if self._made_sts is None:
            self._made_sts = self._services.sts()
        return self._made_sts
