"""Bad weather on request: throttling, 500s, garbage, silence. And the list of calls, free of secrets."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Final

from rolecall.demo.wire import AwsError

KINDS: Final = frozenset(
    {"throttle", "500", "garbage", "empty", "slow", "hang", "region-disabled", "cut"}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with the next `count` calls (of `action`, if one is named).

    seconds: how long `slow` takes before it answers, and `hang` before it drops the connection.
    until: the moment on the demo's clock (epoch seconds) after which it strikes no more, None for never.
    """

    kind: str
    count: int = 1
    action: str = ""
    seconds: float = 1.0
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it may be shown. at: epoch seconds on the demo's clock; code: "Ok" or AWS's error code."""

    action: str
    at: float
    code: str
    role: str = ""


class Faults:
    """The faults still to come. Safe to share between threads."""

    def __init__(self, now: Callable[[], float]) -> None:
        """now: the demo's clock."""
        self._now = now
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> None:
        """Raises ValueError for an unknown kind or a count or time out of range."""
        if fault.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(sorted(KINDS))}, none")
        if not (1 <= fault.count <= 100_000 and 0 <= fault.seconds <= 3600):
            raise ValueError("count must be 1 to 100000 and seconds 0 to 3600")
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Fair weather."""
        with self._lock:
            self._waiting.clear()

    def take(self, action: str) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        now = self._now()
        with self._lock:
            self._waiting = [one for one in self._waiting if one.until is None or now < one.until]
            for at, fault in enumerate(self._waiting):
                if fault.action in {"", action}:
                    if fault.count == 1:
                        del self._waiting[at]
                    else:
                        self._waiting[at] = replace(fault, count=fault.count - 1)
                    return fault
        return None


class Calls:
    """The last thousand calls. Safe to share between threads."""

    def __init__(self) -> None:
        self._made: deque[Call] = deque(maxlen=1000)
        self._lock = threading.Lock()

    def add(self, call: Call) -> None:
        """Write one down."""
        with self._lock:
            self._made.append(call)

    def reset(self) -> None:
        """Forget all."""
        with self._lock:
            self._made.clear()

    def listed(self) -> list[dict[str, object]]:
        """Oldest first: action, at, code, and role where one was named."""
        with self._lock:
            return [
                {key: value for key, value in asdict(call).items() if key != "role" or value}
                for call in self._made
            ]


def refused_by(fault: Fault, account: str) -> AwsError | None:
    """The error a fault answers with, if it answers with one."""
    if fault.kind == "throttle":
        return AwsError("Throttling", "Rate exceeded", 400)
    if fault.kind == "500":
        return AwsError(
            "InternalFailure", "We encountered an internal error. Please try again.", 500
        )
    if fault.kind == "region-disabled":
        text = (
            f"STS is not activated in this region for account:{account}. Your account administrator "
            "can activate STS in this region using the IAM Console."
        )
        return AwsError("RegionDisabledException", text, 403)
    return None
