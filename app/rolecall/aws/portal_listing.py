"""PortalListing: who may do what in an Identity Center, six hundred accounts and more, at the pace AWS allows.

Waits where AWS says that it is asked too often, longer each time and never for ever, and ends within a second
of being cancelled. Source of the back-off: AWS SDKs and Tools Reference Guide, "Retry behavior" (full jitter).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from rolecall.aws import center_refusals, problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.identity_center import IdentityCenter
from rolecall.aws.unsigned import RefusedCallError
from rolecall.domain.identity_center import (
    Found,
    PartlyListedError,
    Portal,
    PortalAccount,
    PortalRole,
    Token,
)
from rolecall.domain.problem import ProblemError
from rolecall.domain.proof import Step, StepKind, Talk, sign_in_cancelled

PAGE: Final = 100
"""Entries a page; the most that AWS gives (max_result)."""

FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 10.0
PATIENCE: Final = 180.0
"""Seconds: the first wait and the longest after a 429, and how long AWS may go on saying no."""

SLICE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Pace:
    """How waits are waited. pause: blocks for some seconds; draw: a number from 0 up to its argument."""

    pause: Callable[[float], None] = time.sleep
    draw: Callable[[float], float] = lambda most: secrets.SystemRandom().uniform(0, most)


def list_roles(
    center: IdentityCenter,
    portal: Portal,
    token: Token,
    talk: Talk,
    pace: Pace | None = None,
    seen: Found | None = None,
) -> Found:
    """Every account and permission set the person has. Raises PartlyListedError with what was seen.

    seen: what an earlier try saw; its accounts are not asked for again.
    """
    asking = _Asking(center, portal, token, talk, pace or Pace())
    found = seen or Found()
    known = {offer.account.account_id for offer in found.roles}
    try:
        accounts = list(asking.accounts())
        asking.stand(0, len(accounts))
        for done, account in enumerate(accounts, 1):
            roles = () if account.account_id in known else tuple(asking.roles(account))
            found = Found((*found.roles, *roles), done, len(accounts))
            asking.stand(done, len(accounts))
    except ProblemError as error:
        raise PartlyListedError(error.problem, found) from None
    return found


class _Asking:
    def __init__(
        self, center: IdentityCenter, portal: Portal, token: Token, talk: Talk, pace: Pace
    ) -> None:
        self._center, self._portal, self._token = center, portal, token
        self._talk, self._pace = talk, pace
        self._stand = Step(StepKind.PROGRESS)

    def stand(self, done: int, total: int) -> None:
        """Tell how far it is."""
        self._stand = Step(StepKind.PROGRESS, done=done, total=total)
        self._talk.show(self._stand)

    def accounts(self) -> Iterator[PortalAccount]:
        for one in self._pages("list_accounts", "accountList", {}):
            account_id = _word(one, "accountId")
            if account_id:
                yield PortalAccount(
                    account_id, _word(one, "accountName"), _word(one, "emailAddress")
                )

    def roles(self, account: PortalAccount) -> Iterator[PortalRole]:
        asked = {"accountId": account.account_id}
        for one in self._pages("list_account_roles", "roleList", asked):
            name = _word(one, "roleName")
            if name:
                yield PortalRole(account, name)

    def _pages(self, operation: str, member: str, asked: dict[str, Any]) -> Iterator[object]:
        seen: set[str] = set()
        following: str | None = None
        while True:
            wanted = {**asked, "maxResults": PAGE}
            if following:
                wanted["nextToken"] = following
            answer = self._patiently(operation, wanted)
            listed = answer.get(member)
            if not isinstance(listed, list):  # botocore takes any page of a hotel for an answer
                raise ProblemError(problems.garbage(Circumstances(self._portal.name)))
            yield from listed
            following = answer.get("nextToken")
            if not following or following in seen:  # the same page for ever is no list
                return
            seen.add(following)

    def _patiently(self, operation: str, asked: dict[str, Any]) -> dict[str, Any]:
        """One answer, however often AWS asks to come later; ProblemError after PATIENCE."""
        waited, ceiling = 0.0, FIRST_WAIT
        while True:
            self._check()
            try:
                return self._center.page(
                    self._portal, self._token, operation, asked, lambda: self._talk.cancelled
                )
            except RefusedCallError as refused:
                if refused.wire_code not in center_refusals.THROTTLED or waited >= PATIENCE:
                    raise
            seconds = ceiling / 2 + self._pace.draw(ceiling / 2)
            self._talk.show(replace(self._stand, slowed=True))
            self._wait(seconds)
            waited += seconds
            ceiling = min(LONGEST_WAIT, ceiling * 2)

    def _wait(self, seconds: float) -> None:
        left = seconds
        while left > 0:
            self._check()
            self._pace.pause(min(SLICE, left))
            left -= SLICE

    def _check(self) -> None:
        if self._talk.cancelled:
            raise ProblemError(sign_in_cancelled())


def _word(one: object, key: str) -> str:
    value = one.get(key) if isinstance(one, dict) else None
    return value if isinstance(value, str) else ""
