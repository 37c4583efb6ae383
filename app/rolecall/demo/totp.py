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
    """A virtual MFA device: what its owner's phone shows, and which of its codes AWS has seen.

    `owner` is empty while the device is assigned to nobody. Safe to share between threads.
    """

    def __init__(self, serial: str, owner: str, seed: str, enabled_at: float = 0.0) -> None:
        """serial: the device's ARN; owner: the user's ARN; seed: base32, as AWS hands it out.

        enabled_at: epoch seconds, 0.0 for one that was there from the start.
        """
        self.serial = serial
        self.owner = owner
        self.enabled_at = enabled_at
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
            self._used = {step for step in self._used if step >= current - DRIFT - 1}
            for step in range(current - DRIFT, current + DRIFT + 1):
                if step not in self._used and self._is(code, step):
                    self._used.add(step)
                    return True
        return False

    def redeem_pair(self, first: str, second: str, now: float) -> bool:
        """Use two codes up that the device showed one right after the other; False if they are not that.

        Source: IAM API reference, EnableMFADevice, AuthenticationCode1 and 2 ("a subsequent code").
        """
        current = int(now // STEP)
        with self._lock:
            for step in range(current - DRIFT - 1, current + DRIFT + 1):
                fresh = not {step, step + 1} & self._used
                if fresh and self._is(first, step) and self._is(second, step + 1):
                    self._used |= {step, step + 1}
                    return True
        return False

    def _is(self, code: str, step: int) -> bool:
        return hmac.compare_digest(hotp(self._secret, max(step, 0)).encode(), code.encode())
