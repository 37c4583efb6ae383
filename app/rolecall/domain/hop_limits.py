"""Hop limits: whether AWS STS takes each value of a call, told by the plan and looked at again before it is sent.

Pure. Never shows an external id or a policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rolecall.domain import limits
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.route import Call, Hop

SHORTEST: Final = 900
"""Least DurationSeconds of every operation (AWS STS API Reference)."""

_OF_A_ROLE: Final = frozenset(
    {Call.ASSUME_ROLE, Call.ASSUME_ROLE_WITH_SAML, Call.ASSUME_ROLE_WITH_WEB_IDENTITY}
)
_POLICY_CODES: Final = frozenset({"bad_policy", "bad_policy_arns"})

_Fault = tuple[str, Text | None]


def no_such_life(seconds: int, longest: int, role: str, exit_code: Exit = Exit.LOCAL) -> Problem:
    """The Problem of a DurationSeconds below `SHORTEST` or above `longest`. role: the name to show."""
    return Problem(
        "duration_out_of_range",
        text(
            QT_TRANSLATE_NOOP("Problem", "{seconds} s is not a life AWS gives to {role}"),
            seconds=seconds,
            role=role,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Ask for {shortest} to {longest} seconds."),
            shortest=SHORTEST,
            longest=longest,
        ),
        exit=exit_code,
    )


def broken(hop: Hop, role: str) -> Problem | None:
    """The Problem of the first value of `hop` that STS would refuse for its form. role: the name to show."""
    for code, fault in _faults(hop):
        if fault is not None:
            return _bad(code, fault, role)
    return None


def _faults(hop: Hop) -> Iterator[_Fault]:
    if hop.serial:
        yield "bad_mfa_serial", limits.mfa_serial(hop.serial)
    if hop.call in _OF_A_ROLE and hop.role_arn:  # none yet where a SAML response decides
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
