"""Checks: what STS's model says of each value of a call, checked before anything is sent.

botocore checks minimums only; maximums and patterns are ours (domain/hop_limits.py). Never shows a code or an
external id.
"""

from __future__ import annotations

import getpass
import platform
import re
import time
from typing import Final

from rolecall.domain import hop_limits
from rolecall.domain.code_queue import malformed_code
from rolecall.domain.problem import ProblemError
from rolecall.domain.route import Call, Hop
from rolecall.domain.session_name import DEFAULT, filled, is_template

_CODE: Final = re.compile(r"[0-9]{6}")
_LONGEST: Final = {
    Call.GET_SESSION_TOKEN: 129600,
    Call.GET_FEDERATION_TOKEN: 129600,
    Call.ASSUME_ROOT: 900,
}
_LONGEST_ROLE: Final = 43200


def check(hop: Hop, code: str | None, role: str) -> None:
    """Raise ProblemError if STS would refuse a value of `hop` for its form. role: the name to show."""
    longest = _LONGEST.get(hop.call, _LONGEST_ROLE)
    if not hop_limits.SHORTEST <= hop.duration_seconds <= longest:
        raise ProblemError(hop_limits.no_such_life(hop.duration_seconds, longest, role))
    fault = hop_limits.broken(hop, role)
    if fault is not None:
        raise ProblemError(fault)
    if hop.serial and not _CODE.fullmatch(code or ""):
        raise ProblemError(malformed_code())


def session_name(hop: Hop, now: float) -> str:
    """The session name to send: the profile's or the settings' template filled, else the login user's name.

    now: UTC epoch seconds; the date is this computer's.
    """
    name = hop.session_name or DEFAULT
    return filled(name, _values(hop, now)) if is_template(name) else name


def source_identity(hop: Hop, now: float) -> str:
    """The source identity to send, a template filled; empty where none is wanted."""
    name = hop.source_identity
    return filled(name, _values(hop, now)) if is_template(name) else name


def _values(hop: Hop, now: float) -> dict[str, str]:
    day = time.strftime("%Y-%m-%d", time.localtime(now))
    host = platform.node().partition(".")[0]
    return {"user": _user(), "host": host, "role": hop.label, "date": day}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in this container
        return ""
