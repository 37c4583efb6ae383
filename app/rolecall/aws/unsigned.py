"""Unsigned: calls to services that ask for no AWS keys, a token or a code in hand says who asks.

Keeps one client per distinct settings. Every failure leaves as a ProblemError without the exception
behind it, which may carry what was sent. botocore is imported when first needed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rolecall.aws import limits as call_limits
from rolecall.aws import problems
from rolecall.aws.access_denied import Circumstances
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.proof import sign_in_cancelled

if TYPE_CHECKING:
    from botocore.client import BaseClient

    from rolecall.aws.client import ClientSettings
    from rolecall.aws.transport import Transports

Refusal = Callable[[str, Circumstances], Problem | None]
"""The Problem for a wire code of the service, or None where the one table for all services knows it."""

_MOST_CLIENTS: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call goes and what is known of it. refusal: the service's own words.

    profile, services: settings that decide endpoint, certificates and proxies, as a Role holds them.
    single_try: botocore tries no second time, so that a wait between tries can be cut short here.
    """

    service: str
    region: str
    known: Circumstances
    refusal: Refusal
    profile: tuple[tuple[str, str], ...] = ()
    services: tuple[tuple[str, str], ...] = ()
    single_try: bool = True


class RefusedCallError(ProblemError):
    """The service answered with an error. wire_code: its name."""

    def __init__(self, problem: Problem, wire_code: str) -> None:
        super().__init__(problem)
        self.wire_code = wire_code


class Unsigned:
    """The calls, for any thread."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, str, ClientSettings], BaseClient] = {}
        self._transports: Transports | None = None
        self._lock = threading.Lock()

    def call(
        self,
        place: Place,
        operation: str,
        parameters: dict[str, Any],
        cancelled: Callable[[], bool] | None = None,
    ) -> dict[str, Any]:
        """Make one call. Raises RefusedCallError for an answer that is an error, else ProblemError.

        operation: as Python names it. cancelled: the call ends soon after it says so.
        """
        limits = call_limits.CallLimits.start(cancelled)
        try:
            client = self._client(place)
            return _within(limits, client, operation, parameters)
        except ProblemError:
            raise
        except Exception as error:  # noqa: BLE001  anything may carry what was sent
            refused = _refused(error, place, limits)
        raise refused  # out here, so that it has no context

    def endpoint(self, place: Place, operation: str) -> str:
        """The URL that calls of `operation` (as AWS names it) go below. Raises ProblemError."""
        from rolecall.aws.client import endpoint_of

        try:
            return endpoint_of(self._client(place), operation)
        except ProblemError:
            raise
        except Exception as error:  # noqa: BLE001
            problem = problems.from_exception(error, place.known)
        raise ProblemError(problem)

    def _client(self, place: Place) -> BaseClient:
        from rolecall.aws import client, transport

        profile = {**dict(place.profile), "region": place.region}
        settings = client.settings_of(profile, place.services, "", place.single_try)
        key = (place.service, place.region, settings)
        with self._lock:
            self._transports = self._transports or transport.Transports()
            found = self._clients.get(key)
            if found is None:
                while len(self._clients) >= _MOST_CLIENTS:
                    del self._clients[next(iter(self._clients))]
                found = client.build_unsigned(
                    place.service, place.region, settings, self._transports
                )
                self._clients[key] = found
            return found


def _within(
    limits: call_limits.CallLimits, client: BaseClient, operation: str, parameters: dict[str, Any]
) -> dict[str, Any]:
    held = call_limits.current.set(limits)
    try:
        answer: dict[str, Any] = getattr(client, operation)(**parameters)
    finally:
        call_limits.current.reset(held)
    return answer


def _refused(error: Exception, place: Place, limits: call_limits.CallLimits) -> ProblemError:
    if limits.cancelled is not None and limits.cancelled():
        return ProblemError(sign_in_cancelled())
    if limits.too_large:
        return ProblemError(problems.garbage(place.known))
    if limits.timed_out:
        return ProblemError(problems.timeout(place.known))
    code = _wire_code(error)
    own = place.refusal(code, place.known) if code else None
    problem = own or problems.from_exception(error, place.known, sent=True)
    return RefusedCallError(problem, code) if code else ProblemError(problem)


def _wire_code(error: Exception) -> str:
    answer: Any = getattr(error, "response", None)
    details = answer.get("Error") if isinstance(answer, dict) else None
    code = details.get("Code") if isinstance(details, dict) else None
    return code if isinstance(code, str) else ""
