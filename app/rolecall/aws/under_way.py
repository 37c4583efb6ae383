"""A call under way: sent within its limits, signed by itself, and the clocks compared over its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rolecall.aws import limits as call_limits
from rolecall.domain.session import Credentials

if TYPE_CHECKING:
    from botocore.client import BaseClient

_SMALLEST_SKEW: Final = 2.0
"""Seconds below which a difference is the Date header's own coarseness, and the way."""

_UNSIGNED: Final = Credentials("unused", "unused")


@dataclass(slots=True)
class CallUnderWay:
    """What is measured of one call while it runs. skew, sent_at: seconds; sent: it was on its way."""

    limits: call_limits.CallLimits
    skew: float = 0.0
    sent: bool = False
    sent_at: float = 0.0

    @classmethod
    def start(cls) -> CallUnderWay:
        """A call that begins now."""
        return cls(call_limits.CallLimits.start())


def within_limits(
    client: BaseClient,
    operation: str,
    parameters: dict[str, Any],
    credentials: Credentials | None,
    call: CallUnderWay,
    now: Callable[[], float],
) -> dict[str, Any]:
    """The answer of one operation, within the limits of `call`. Raises whatever botocore raises.

    credentials: None for an operation that is not signed. now: UTC epoch seconds.
    """
    from rolecall.aws import first_try
    from rolecall.aws.client import signing

    signer = signing.set(credentials or _UNSIGNED)
    limits = call_limits.current.set(call.limits)
    call.sent, call.sent_at = True, now()
    try:
        answer = first_try.call(client, operation, parameters)
    except Exception as error:
        answered = getattr(error, "response", None)
        if isinstance(answered, dict):
            call.skew = skew_of(answered, call.sent_at, now())
        raise
    finally:
        call_limits.current.reset(limits)
        signing.reset(signer)
    call.skew = skew_of(answer, call.sent_at, now())
    return answer


def skew_of(answer: dict[str, Any], sent_at: float, received_at: float) -> float:
    """Seconds the answer's Date is ahead of ours, or 0.0. The header is cut to whole seconds."""
    import email.utils

    headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        date = email.utils.parsedate_to_datetime(headers.get("date", ""))
    except (TypeError, ValueError):
        return 0.0
    skew = date.timestamp() + 0.5 - (sent_at + received_at) / 2
    return skew if abs(skew) >= _SMALLEST_SKEW else 0.0
