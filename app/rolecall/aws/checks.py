"""Checks: what STS's model says of each value of a call, checked before anything is sent.

botocore checks minimums only; maximums and patterns are ours (domain/limits.py). Never shows a code or an
external id.
"""

from __future__ import annotations

import getpass
import platform
import re
import time
from collections.abc import Iterator
from typing import Final

from rolecall.domain import limits
from rolecall.domain.code_queue import malformed_code
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.route import Call, Hop
from rolecall.domain.session_name import DEFAULT, filled, is_template

_CODE: Final = re.compile(r"[0-9]{6}")
_SHORTEST: Final = 900
_LONGEST: Final = {
    Call.GET_SESSION_TOKEN: 129600,
    Call.GET_FEDERATION_TOKEN: 129600,
    Call.ASSUME_ROOT: 900,
}
_LONGEST_ROLE: Final = 43200
_OF_A_ROLE: Final = frozenset(
    {Call.ASSUME_ROLE, Call.ASSUME_ROLE_WITH_SAML, Call.ASSUME_ROLE_WITH_WEB_IDENTITY}
)
_POLICY_CODES: Final = frozenset({"bad_policy", "bad_policy_arns"})

_Fault = tuple[str, Text | None]


def check(hop: Hop, code: str | None, role: str) -> None:
    """Raise ProblemError if STS would refuse a value of `hop` for its form. role: the name to show."""
    longest = _LONGEST.get(hop.call, _LONGEST_ROLE)
    if not _SHORTEST <= hop.duration_seconds <= longest:
        raise ProblemError(_bad_duration(hop.duration_seconds, longest, role))
    for name, fault in _faults(hop):
        if fault is not None:
            raise ProblemError(_bad(name, fault, role))
    if hop.serial and not _CODE.fullmatch(code or ""):
        raise ProblemError(malformed_code())


def _faults(hop: Hop) -> Iterator[_Fault]:
    if hop.serial:
        yield "bad_mfa_serial", limits.mfa_serial(hop.serial)
    if hop.call in _OF_A_ROLE:
        yield "bad_role_arn", limits.role_arn(hop.role_arn)
    if hop.call is Call.GET_FEDERATION_TOKEN:
        yield "bad_federation_name", limits.federated_name(hop.target)
    if hop.call is Call.ASSUME_ROOT:
        yield "bad_root_account", limits.root_account(hop.target)
        yield "bad_task_policy", limits.task_policy(hop.task_policy)
    if hop.session_name:
        yield "bad_session_name", limits.session_name(hop.session_name)
    if hop.source_identity:
        yield "bad_source_identity", limits.source_identity(hop.source_identity)
    if hop.external_id:
        yield "bad_external_id", limits.external_id(hop.external_id)
    yield "bad_session_tags", limits.tags(hop.tags)
    yield "bad_transitive_tags", limits.transitive(hop.transitive_tags, hop.tags)
    if hop.policy:
        yield "bad_policy", limits.policy(hop.policy)
    yield "bad_policy_arns", limits.policies(hop.policy, hop.policy_arns)


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


def _bad(code: str, remedy: Text, role: str) -> Problem:
    title = QT_TRANSLATE_NOOP("Problem", "A value in the profile of {role} is not one AWS takes")
    if code in _POLICY_CODES:
        title = QT_TRANSLATE_NOOP("Problem", "A session policy of {role} is not one AWS takes")
    return Problem(
        code,
        text(title, role=role),
        remedy=remedy,
        exit=Exit.USAGE if code in _POLICY_CODES else Exit.LOCAL,
    )


def _bad_duration(seconds: int, longest: int, role: str) -> Problem:
    return Problem(
        "duration_out_of_range",
        text(
            QT_TRANSLATE_NOOP("Problem", "{seconds} s is not a life AWS gives to {role}"),
            seconds=seconds,
            role=role,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Ask for {shortest} to {longest} seconds."),
            shortest=_SHORTEST,
            longest=longest,
        ),
        exit=Exit.LOCAL,
    )
