"""Session tags: what may be passed, what is passed on in a chain, and what may not be passed twice.

Source: STS API reference, Tag and AssumeRole (Tags, TransitiveTagKeys); IAM User Guide, "Passing session tags
in AWS STS", "Chaining roles with session tags".
"""

from __future__ import annotations

import unicodedata
from typing import Final

from rolecall.demo.callers import Caller
from rolecall.demo.wire import AwsError, validation_error

MOST: Final = 50
LONGEST_KEY: Final = 128
LONGEST_VALUE: Final = 256

_CONSTRAINT: Final = " failed to satisfy constraint: "
_MARKS: Final = frozenset("_.:/=+-@")


def passed_tags(values: dict[str, str]) -> dict[str, str]:
    """The tags of a call. Raises AwsError ValidationError, or InvalidParameterValue for a key given twice."""
    found: dict[str, str] = {}
    for at in range(1, MOST + 2):
        key = values.get(f"Tags.member.{at}.Key")
        if key is None:
            break
        value = values.get(f"Tags.member.{at}.Value", "")
        _check(f"tags.{at}.member.key", key, 1, LONGEST_KEY)
        _check(f"tags.{at}.member.value", value, 0, LONGEST_VALUE)
        if key.lower() in {known.lower() for known in found}:
            said = "Duplicate tag keys found. Please note that Tag keys are case insensitive."
            raise AwsError("InvalidParameterValue", said)
        found[key] = value
    if len(found) > MOST:
        _refuse("tags", f"Member must have length less than or equal to {MOST}")
    return found


def transitive_keys(values: dict[str, str], tags: dict[str, str]) -> frozenset[str]:
    """The keys that go on to the next role, in lower case. Raises AwsError for one that is no tag here."""
    keys = [
        values[name]
        for at in range(1, MOST + 2)
        if (name := f"TransitiveTagKeys.member.{at}") in values
    ]
    if len(keys) > MOST:
        _refuse("transitiveTagKeys", f"Member must have length less than or equal to {MOST}")
    known = {key.lower() for key in tags}
    if any(key.lower() not in known for key in keys):
        said = "The specified transitive tag key must be included in the requested tags."
        raise AwsError("InvalidParameterValue", said)
    return frozenset(key.lower() for key in keys)


def inherited(caller: Caller) -> dict[str, str]:
    """The tags that a caller's session passes on by itself."""
    return {key: value for key, value in caller.tags if key.lower() in caller.transitive}


def refuse_inherited(caller: Caller, tags: dict[str, str]) -> None:
    """Raise AwsError where a tag is passed that the session inherits already."""
    known = {key.lower() for key in inherited(caller)}
    if any(key.lower() in known for key in tags):
        said = (
            "One of the specified transitive tag keys can't be set because it conflicts with a "
            "transitive tag key from the calling session."
        )
        raise AwsError("InvalidParameterValue", said)


def _check(where: str, text: str, low: int, high: int) -> None:
    if len(text) < low:
        _refuse(where, f"Member must have length greater than or equal to {low}")
    if len(text) > high:
        _refuse(where, f"Member must have length less than or equal to {high}")
    if not all(mark in _MARKS or unicodedata.category(mark)[0] in "LZN" for mark in text):
        _refuse(
            where,
            r"Member must satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]*",
        )


def _refuse(where: str, rule: str) -> None:
    raise validation_error(f"1 validation error detected: Value at '{where}'{_CONSTRAINT}{rule}")
