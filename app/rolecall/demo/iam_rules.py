"""What IAM requires of each value before it looks at anything else, and the form of its dates.

Source: the constraints of the IAM API reference (2010-05-08).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from rolecall.demo.wire import AwsError, validation_error

Values = dict[str, str]

_MEMBERS: Final = {
    "UserName": (1, 128, r"[\w+=,.@-]+"),
    "VirtualMFADeviceName": (1, 226, r"[\w+=,.@-]+"),
    "SerialNumber": (9, 256, r"[\w+=/:,.@-]+"),
    "AuthenticationCode1": (6, 6, r"[\d]+"),
    "AuthenticationCode2": (6, 6, r"[\d]+"),
    "AccessKeyId": (16, 128, r"[\w]+"),
}
_WAS: Final = datetime(2025, 10, 1, 8, tzinfo=UTC).timestamp()


def check(values: Values, *required: str) -> None:
    """Check members that have to be there. Raises AwsError ValidationError for the first that is wrong."""
    for name in required:
        low, high, pattern = _MEMBERS[name]
        where = f"at '{name[0].lower()}{name[1:]}' failed to satisfy constraint: Member must"
        value = values.get(name)
        if value is None:
            raise validation_error(f"1 validation error detected: Value null {where} not be null")
        if not low <= len(value) <= high or not re.fullmatch(pattern, value, re.ASCII):
            raise validation_error(
                f"1 validation error detected: Value '{value}' {where} satisfy regular "
                f"expression pattern: {pattern}"
            )


def date(moment: float) -> str:
    """A moment as IAM writes it. moment: epoch seconds; 0.0 for what was there from the start."""
    return f"{datetime.fromtimestamp(moment or _WAS, UTC):%Y-%m-%dT%H:%M:%SZ}"


def no_such(said: str) -> AwsError:
    """NoSuchEntity, HTTP 404."""
    return AwsError("NoSuchEntity", said, 404)


def limit_exceeded(quota: str, most: int) -> AwsError:
    """LimitExceeded, HTTP 409."""
    return AwsError("LimitExceeded", f"Cannot exceed quota for {quota}: {most}", 409)
