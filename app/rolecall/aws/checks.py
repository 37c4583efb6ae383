"""Checks: what STS's model says of each value, checked before anything is sent.

botocore checks minimums only; maximums and patterns are ours. Source of the limits: AWS STS API Reference,
AssumeRole and GetSessionToken. Never shows a code or an external id.
"""

from __future__ import annotations

import getpass
import json
import re
from typing import Final

from rolecall.domain.code_queue import malformed_code
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.role import RoleArn
from rolecall.domain.route import Call, Hop

_SESSION_NAME: Final = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_NOT_IN_SESSION_NAME: Final = re.compile(r"[^\w+=,.@-]+", re.ASCII)
_EXTERNAL_ID: Final = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)
_SERIAL: Final = re.compile(r"[\w+=/:,.@-]{9,256}", re.ASCII)
_CODE: Final = re.compile(r"[0-9]{6}")
_POLICY: Final = re.compile(r"[\t\n\r\x20-\xff]{1,2048}")
_POLICY_ARN: Final = re.compile(r"arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy/[\x21-\x7e]{1,1900}")
_MOST_POLICY_ARNS: Final = 10
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


def check(hop: Hop, code: str | None, role: str) -> None:
    """Raise ProblemError if STS would refuse a value of `hop` for its form. role: the name to show."""
    longest = _LONGEST.get(hop.call, _LONGEST_ROLE)
    if not _SHORTEST <= hop.duration_seconds <= longest:
        raise ProblemError(_bad_duration(hop.duration_seconds, longest, role))
    if hop.serial and not _SERIAL.fullmatch(hop.serial):
        raise ProblemError(_bad("bad_mfa_serial", _MFA_SERIAL, role))
    if hop.serial and not _CODE.fullmatch(code or ""):
        raise ProblemError(malformed_code())
    if hop.call in _OF_A_ROLE:
        _check_assume_role(hop, role)


def session_name(hop: Hop) -> str:
    """The session name to send: the profile's, else the login user's name made fit for one."""
    if hop.session_name:
        return hop.session_name
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in this container
        user = ""
    cleaned = _NOT_IN_SESSION_NAME.sub("-", user).strip("-")[:64]
    return cleaned if len(cleaned) > 1 else "rolecall"


def _check_assume_role(hop: Hop, role: str) -> None:
    if not _is_role_arn(hop.role_arn):
        raise ProblemError(_bad("bad_role_arn", _ROLE_ARN, role))
    if hop.session_name and not _SESSION_NAME.fullmatch(hop.session_name):
        raise ProblemError(_bad("bad_session_name", _NAME, role))
    if hop.external_id and not _EXTERNAL_ID.fullmatch(hop.external_id):
        raise ProblemError(_bad("bad_external_id", _EXTERNAL, role))
    if hop.policy and not _is_policy(hop.policy):
        raise ProblemError(_bad_policy())
    if len(hop.policy_arns) > _MOST_POLICY_ARNS or not all(
        _POLICY_ARN.fullmatch(arn) for arn in hop.policy_arns
    ):
        raise ProblemError(_bad_policy_arns())


def _is_role_arn(arn: str) -> bool:
    try:
        RoleArn.parse(arn)
    except ValueError:
        return False
    return True


def _is_policy(policy: str) -> bool:
    if not _POLICY.fullmatch(policy):
        return False
    try:
        return isinstance(json.loads(policy), dict)
    except (ValueError, RecursionError):
        return False


_MFA_SERIAL: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Write mfa_serial as the device's ARN (arn:aws:iam::ACCOUNT:mfa/NAME) or its serial number.",
)
_ROLE_ARN: Final = QT_TRANSLATE_NOOP(
    "Problem", "Write role_arn as arn:aws:iam::ACCOUNT:role/NAME, path included."
)
_NAME: Final = QT_TRANSLATE_NOOP(
    "Problem", "role_session_name has 2 to 64 letters, digits and + = , . @ _ - only, no spaces."
)
_EXTERNAL: Final = QT_TRANSLATE_NOOP(
    "Problem", "external_id has 2 to 1224 letters, digits and + = , . @ : / _ - only."
)


def _bad(code: str, remedy: str, role: str) -> Problem:
    return Problem(
        code,
        text(
            QT_TRANSLATE_NOOP("Problem", "A value in the profile of {role} is not one AWS takes"),
            role=role,
        ),
        remedy=Text(remedy),
        exit=Exit.LOCAL,
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


def _bad_policy() -> Problem:
    return Problem(
        "bad_policy",
        Text(QT_TRANSLATE_NOOP("Problem", "The session policy is not one AWS takes")),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "It has to be one JSON object of at most 2048 characters.")
        ),
        exit=Exit.USAGE,
    )


def _bad_policy_arns() -> Problem:
    return Problem(
        "bad_policy_arns",
        Text(QT_TRANSLATE_NOOP("Problem", "The managed policies are not ones AWS takes")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Name at most ten, each as arn:aws:iam::ACCOUNT:policy/NAME."
            )
        ),
        exit=Exit.USAGE,
    )
