"""What STS requires of each value before it looks at anything else, and its texts for what is not so.

Source: the constraints of the STS API reference (API version 2011-06-15). AWS repeats the refused value
in its text, MFA codes and external ids included, and so does this.
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass
from typing import Final

from rolecall.demo.wire import AwsError, validation_error

Values = dict[str, str]

ROLE_ARN: Final = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:role/[\x21-\x7e]+", re.ASCII)

PACKED_LIMIT: Final = 1536
"""Bytes that policies and tags may take packed. AWS publishes no number and no packing; zlib stands for it."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A text member: its length and pattern. Lengths are characters."""

    low: int
    high: int
    pattern: str = ""


_NAME: Final = r"[\w+=,.@-]*"
_MEMBERS: Final = {
    "RoleArn": _Member(20, 2048),
    "RoleSessionName": _Member(2, 64, _NAME),
    "ExternalId": _Member(2, 1224, r"[\w+=,.@:\/-]*"),
    "SerialNumber": _Member(9, 256, r"[\w+=/:,.@-]*"),
    "TokenCode": _Member(6, 6, r"[\d]*"),
    "SourceIdentity": _Member(2, 64, _NAME),
    "Policy": _Member(1, 2048, "[\t\n\r\u0020-\u00ff]+"),
    "AccessKeyId": _Member(16, 128, r"[\w]*"),
    "Name": _Member(2, 32, _NAME),
    "WebIdentityToken": _Member(4, 20000),
    "ProviderId": _Member(4, 2048),
    "PrincipalArn": _Member(20, 2048),
    "SAMLAssertion": _Member(4, 100000),
    "TargetPrincipal": _Member(12, 2048),
    "TaskPolicyArn.arn": _Member(20, 2048),
}


def check(values: Values, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
    """Check text members. Raises AwsError ValidationError that names every fault found."""
    faults: list[str] = []
    for name in (*required, *optional):
        value = values.get(name)
        if value is not None:
            faults += _faults(name, value)
        elif name in required:
            faults.append(f"Value null at '{_wire(name)}'{_CONSTRAINT}Member must not be null")
    _raise(faults)


def duration(values: Values, default: int, high: int, low: int = 900) -> int:
    """DurationSeconds, `low` to `high`. Raises AwsError ValidationError or MalformedInput."""
    text = values.get("DurationSeconds")
    if text is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,10}", text, re.ASCII):
        raise AwsError("MalformedInput", "Start of structure or map found where not expected.")
    seconds = int(text)
    where = f"Value '{seconds}' at 'durationSeconds'{_CONSTRAINT}Member must have value "
    if seconds < low:
        _raise([f"{where}greater than or equal to {low}"])
    if seconds > high:
        _raise([f"{where}less than or equal to {high}"])
    return seconds


def session_policy(values: Values, tags: dict[str, str]) -> int:
    """PackedPolicySize, a percentage, 0 where nothing was passed.

    Raises AwsError: ValidationError, MalformedPolicyDocument or PackedPolicyTooLarge.
    """
    check(values, (), ("Policy",))
    text = values.get("Policy", "")
    arns = _policy_arns(values)
    if text:
        _check_policy(text)
    packed = (text + "".join(arns) + "".join(k + v for k, v in tags.items())).encode()
    if not packed:
        return 0
    percent = max(1, len(zlib.compress(packed, 9)) * 100 // PACKED_LIMIT)
    if percent > 100:
        said = (
            f"Packed size of session policy consumes {percent}% of allotted space for packed policy, "
            "please use smaller policy."
        )
        raise AwsError("PackedPolicyTooLarge", said)
    return percent


_CONSTRAINT: Final = " failed to satisfy constraint: "


_HIDDEN: Final = frozenset({"WebIdentityToken", "SAMLAssertion"})
"""Members that AWS marks as sensitive: it does not repeat them."""


def _faults(name: str, value: str) -> list[str]:
    shown = "***" if name in _HIDDEN else value
    member, where = _MEMBERS[name], f"Value '{shown}' at '{_wire(name)}'{_CONSTRAINT}"
    faults = []
    if len(value) < member.low:
        faults.append(f"{where}Member must have length greater than or equal to {member.low}")
    if len(value) > member.high:
        faults.append(f"{where}Member must have length less than or equal to {member.high}")
    flags = 0 if name == "Policy" else re.ASCII
    if member.pattern and not re.fullmatch(member.pattern, value, flags):
        faults.append(f"{where}Member must satisfy regular expression pattern: {member.pattern}")
    return faults


def _policy_arns(values: Values) -> list[str]:
    found = [
        values[key] for at in range(1, 100) if (key := f"PolicyArns.member.{at}.arn") in values
    ]
    if len(found) > 10:
        raise validation_error("The number of PolicyArns must not exceed 10.")
    if any(not re.fullmatch(r"arn:aws[a-z-]*:iam::(aws|\d{12}):policy/\S+", arn) for arn in found):
        raise validation_error("Invalid policy ARN.")
    return found


def _check_policy(text: str) -> None:
    """Form only, as STS does; whether actions exist is not looked at."""
    try:
        policy = json.loads(text)
    except ValueError:
        said = "The policy is not in the valid JSON format."
        raise AwsError("MalformedPolicyDocument", said) from None
    statements = policy.get("Statement") if isinstance(policy, dict) else None
    each = statements if isinstance(statements, list) else [statements]
    if not each or not all(_is_statement(one) for one in each):
        raise AwsError("MalformedPolicyDocument", "Syntax errors in policy.")


def _is_statement(one: object) -> bool:
    return (
        isinstance(one, dict)
        and one.get("Effect") in {"Allow", "Deny"}
        and bool({"Action", "NotAction"} & set(one))
        and bool({"Resource", "NotResource"} & set(one))
    )


def _wire(name: str) -> str:
    return name[0].lower() + name[1:]


def _raise(faults: list[str]) -> None:
    if faults:
        errors = "error" if len(faults) == 1 else "errors"
        raise validation_error(f"{len(faults)} validation {errors} detected: {'; '.join(faults)}")
