"""One-time codes of a virtual MFA device, and the rule that each works once.

Source: RFC 6238 (SHA-1, 30 s, 6 digits: its defaults, which AWS's virtual devices use) over RFC 4226.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from typing import Final

STEP: Final = 30
"""Seconds one code is shown."""
DRIFT: Final = 1
"""Steps a device's clock may be off in either direction; AWS publishes no number, RFC 6238 §5.2 advises one."""


def hotp(secret: bytes, counter: int, digits: int = 6) -> str:
    """The code of a counter. Source: RFC 4226 §5.3."""
    digest = hmac.new(secret, counter.to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def totp(secret: bytes, now: float, digits: int = 6) -> str:
    """The code at `now` (epoch seconds). Source: RFC 6238 §4.2."""
    return hotp(secret, int(now // STEP), digits)


def seconds_left(now: float) -> float:
    """Seconds until the next code."""
    return STEP - now % STEP


class Device:
    """A virtual MFA device: what its owner's phone shows, and which of its codes AWS has seen."""

    def __init__(self, serial: str, owner: str, seed: str) -> None:
        """serial: the device's ARN; owner: the user's name; seed: base32, as AWS hands it out."""
        self.serial = serial
        self.owner = owner
        self._secret = base64.b32decode(seed)
        self._used: set[int] = set()
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Device({self.serial!r}, {self.owner!r})"

    def code(self, now: float) -> str:
        """What the device shows at `now`."""
        return totp(self._secret, now)

    def redeem(self, code: str, now: float) -> bool:
        """Use a code up; False for one that is wrong or was used before.

        Source of the one use: RFC 6238 §5.2; AWS answers a second use as it does a wrong code.
        """
        current = int(now // STEP)
        with self._lock:
            self._used = {step for step in self._used if step >= current - DRIFT}
            for step in range(current - DRIFT, current + DRIFT + 1):
                if step not in self._used and hmac.compare_digest(
                    hotp(self._secret, max(step, 0)).encode(), code.encode()
                ):
                    self._used.add(step)
                    return True
        return False
