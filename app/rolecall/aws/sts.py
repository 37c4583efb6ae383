"""Sts: the calls to AWS STS. Keeps one client per distinct settings and signs each call by itself.

Must not know routes, sessions or where credentials come from. botocore is imported when first needed.
Every failure leaves as a ProblemError without the exception behind it, which may carry what was sent.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rolecall.aws import checks, partitions, problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.messages import (
    TOKEN_MEMBERS,
    Answer,
    answer_in,
    circumstances,
    operation,
    parameters_of,
)
from rolecall.aws.under_way import CallUnderWay, within_limits
from rolecall.aws.unsigned import Unsigned
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.route import Call, Hop
from rolecall.domain.session import Credentials

if TYPE_CHECKING:
    from botocore.client import BaseClient

    from rolecall.aws.client import ClientSettings
    from rolecall.aws.transport import Transports

Made = TypeVar("Made")

_MOST_CLIENTS: Final = 24
"""Clients kept; each costs about a megabyte. Few people use more than five regions."""


class Sts:
    """AWS STS, for any thread. One client per distinct settings, kept as long as this object.

    unsigned: the clients of services whose answers begin a Route, kept as long.
    """

    def __init__(self) -> None:
        self._clients: dict[ClientSettings, BaseClient] = {}
        self._asked: dict[tuple[object, ...], BaseClient] = {}
        self._transports: Transports | None = None
        self.unsigned = Unsigned()
        self._lock = threading.Lock()

    def warm(self, role: Role | None = None) -> None:
        """Import botocore and build the clients of `role` (or of no settings at all). Takes 0.3 s once."""
        role = role or _NOBODY
        known = partial(circumstances, role, None, None, 0.0)
        for single_try in (True, False):
            _attempt(known, CallUnderWay.start(), partial(self._client, role, single_try))

    def call(
        self,
        hop: Hop,
        credentials: Credentials,
        code: str | None,
        role: Role,
        now: Callable[[], float],
    ) -> Answer:
        """Make the one call that `hop` describes, signed with `credentials`. Raises ProblemError.

        code: six digits, sent only where the hop names a serial, and then never twice.
        role: whose profile decides endpoint and region. now: UTC epoch seconds; see `Answer.skew`.
        """
        sent_code = code if hop.serial else None
        role = _regional(role) if hop.call is Call.ASSUME_ROOT else role
        checks.check(hop, code, role.name)
        known = partial(circumstances, role, hop, credentials, now(), bool(sent_code))
        parameters = parameters_of(hop, sent_code, _partition(role), now())
        call = CallUnderWay.start()

        def work() -> dict[str, Any]:
            client = self._client(role, single_try=sent_code is not None)
            return within_limits(client, operation(hop), parameters, credentials, call, now)

        return answer_in(_attempt(known, call, work), call, known)

    def call_with_token(self, hop: Hop, token: str, role: Role, now: Callable[[], float]) -> Answer:
        """AssumeRoleWithSAML or AssumeRoleWithWebIdentity: not signed, the token says who asks.

        token: the assertion in base64, or the provider's token. Raises ProblemError.
        """
        checks.check(hop, None, role.name)
        known = partial(circumstances, role, hop, None, now())
        parameters = {
            **parameters_of(hop, None, _partition(role), now()),
            TOKEN_MEMBERS[hop.call]: token,
        }
        if hop.call is Call.ASSUME_ROLE_WITH_SAML:
            parameters["PrincipalArn"] = hop.provider
            del parameters["RoleSessionName"]  # the assertion names it
        elif hop.provider:
            parameters["ProviderId"] = hop.provider
        call = CallUnderWay.start()

        def work() -> dict[str, Any]:
            client = self._client(role, single_try=False)
            return within_limits(client, operation(hop), parameters, None, call, now)

        return answer_in(_attempt(known, call, work), call, known)

    def caller_identity(
        self, credentials: Credentials, role: Role, now: Callable[[], float] = time.time
    ) -> str:
        """The ARN that `credentials` belong to (GetCallerIdentity). Raises ProblemError."""
        known = partial(circumstances, role, None, credentials, now())
        call = CallUnderWay.start()

        def work() -> dict[str, Any]:
            client = self._client(role, single_try=False)
            return within_limits(client, "get_caller_identity", {}, credentials, call, now)

        arn = _attempt(known, call, work).get("Arn")
        if not isinstance(arn, str):
            raise ProblemError(problems.garbage(known()))
        return arn

    def _client(self, role: Role, single_try: bool) -> BaseClient:
        from rolecall.aws import client, transport

        transport.keep_quiet()
        asked = (role.client_config, role.region, role.services, role.partition, single_try)
        known = self._asked.get(asked)
        if known is not None:
            return known
        profile = dict(role.client_config)
        if role.region:
            profile.setdefault("region", role.region)
        settings = client.settings_of(profile, role.services, role.partition, single_try)
        with self._lock:
            self._transports = self._transports or transport.Transports()
            found = self._clients.get(settings)
            if found is None:
                while len(self._clients) >= _MOST_CLIENTS:
                    del self._clients[next(iter(self._clients))]
                    self._asked.clear()
                found = self._clients[settings] = client.build(settings, self._transports)
            self._asked[asked] = found
            return found


def _regional(role: Role) -> Role:
    """`role` with a region of its own: the global endpoint has no AssumeRoot (AWS STS API Reference)."""
    region = role.region or partitions.of(role.partition).default_region
    kept = tuple(pair for pair in role.client_config if pair[0] != "sts_regional_endpoints")
    return replace(role, region=region, client_config=kept)


_NOBODY: Final = Role("", Source(SourceKind.OTHER, ""))


def _attempt(
    known: Callable[[], Circumstances], call: CallUnderWay, work: Callable[[], Made]
) -> Made:
    """What `work` returns. Whatever botocore raises becomes a ProblemError that keeps nothing of it."""
    try:
        return work()
    except ProblemError:
        raise
    except Exception as error:  # noqa: BLE001  anything may carry what was sent
        problem = _problem(error, replace(known(), skew=call.skew), call)
    raise ProblemError(problem)  # out here, so that it has no context


def _problem(error: Exception, known: Circumstances, call: CallUnderWay) -> Problem:
    if call.limits.too_large:
        return problems.garbage(known)
    if call.limits.timed_out:
        return problems.timeout(known)
    return problems.from_exception(error, known, call.sent)


def _partition(role: Role) -> str:
    """The partition a task policy lies in: of the ARN or device where there is one, else of the region."""
    return partitions.of_region(role.region).name if role.partition == "aws" else role.partition
