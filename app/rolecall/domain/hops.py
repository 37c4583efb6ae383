"""Hops: the calls of a Route as a role's profile and a wish describe them, and what AWS's hour does to them."""

from __future__ import annotations

import math
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Text, text
from rolecall.domain.role import Ending, EndingCall, Role
from rolecall.domain.route import Call, Hop, Wish
from rolecall.domain.session import Origin

HOUR: Final = 3600
"""Longest life of a role assumed with temporary credentials (AWS STS API Reference, AssumeRole)."""


FEDERATION_LIFE: Final = 43200
"""GetFederationToken's own default (AWS STS API Reference)."""

ROOT_LIFE: Final = 900
"""The longest and the default life of AssumeRoot (AWS STS API Reference)."""


def hops_after(role: Role, wish: Wish, capped_from: int, serial: str = "") -> tuple[Hop, ...]:
    """The hops after the source; from index `capped_from` on the caller is a temporary one: one hour at most."""
    hops = []
    for index, hop in enumerate(role.hops):
        last = index == len(role.hops) - 1 and role.ending is None
        # AWS adds session policies up: a wish's stand in place of the entry's own (`would_widen`).
        narrowed = last and bool(wish.scope)
        seconds = hop.duration_seconds or HOUR
        if last and wish.duration_seconds:
            seconds = wish.duration_seconds
        if index >= capped_from:
            seconds = min(seconds, HOUR)
        hops.append(
            Hop(
                Call.ASSUME_ROLE,
                hop.arn.name,
                seconds,
                role_arn=str(hop.arn),
                serial=serial if index == 0 else "",
                external_id=hop.external_id,
                session_name=hop.session_name,
                policy=wish.policy if narrowed else hop.policy,
                policy_arns=wish.policy_arns if narrowed else hop.policy_arns,
                source_identity=hop.source_identity,
                tags=hop.session_tags,
                transitive_tags=hop.transitive_tags,
            )
        )
    return (*hops, *_ending_hops(role, wish))


def _ending_hops(role: Role, wish: Wish) -> tuple[Hop, ...]:
    ending = role.ending
    if ending is None:
        return ()
    if ending.call is EndingCall.ASSUME_ROOT:
        seconds = min(wish.duration_seconds or ending.duration_seconds or ROOT_LIFE, ROOT_LIFE)
        call = Call.ASSUME_ROOT
        return (
            Hop(call, ending.target, seconds, target=ending.target, task_policy=ending.task_policy),
        )
    seconds = wish.duration_seconds or ending.duration_seconds or FEDERATION_LIFE
    return (
        Hop(
            Call.GET_FEDERATION_TOKEN,
            ending.target,
            seconds,
            target=ending.target,
            policy=wish.policy if wish.scope else ending.policy,
            policy_arns=wish.policy_arns if wish.scope else ending.policy_arns,
        ),
    )


def would_widen(role: Role, wish: Wish) -> bool:
    """Whether policies of `wish` could allow what the entry's own session policy does not.

    AWS adds session policies up, so they can only stand in the place of the entry's own.
    Source: IAM User Guide, "Policies and permissions in IAM", session policies.
    """
    if not wish.scope:
        return False
    last = role.ending or (role.hops[-1] if role.hops else None)
    if last is None:
        policy, arns = role.source.get("session_policy"), role.source.get("session_policy_arns")
    else:
        policy, arns = last.policy, ",".join(last.policy_arns)
    return bool(policy or arns) and not allows_everything(policy)


def origin_of(role: Role, own: Origin) -> Origin:
    """What makes the session at the end; own: of an entry that is a source and nothing more."""
    if role.ending is not None:
        federated = role.ending.call is EndingCall.GET_FEDERATION_TOKEN
        return Origin.FEDERATION if federated else Origin.ROOT
    return Origin.CHAINED if role.hops else own


def cap_reasons(role: Role, wish: Wish, capped: bool) -> list[Text]:
    """Why the last role lives an hour although more was asked for, or what its ending means."""
    if role.ending is not None:
        return _ending_reasons(role.ending, wish)
    asked = wish.duration_seconds or (role.hops[-1].duration_seconds if role.hops else 0) or 0
    if not capped or asked <= HOUR:
        return []
    return [
        of_length(
            asked,
            QT_TRANSLATE_NOOP(
                "Route",
                "{hours} hours were asked for; AWS allows one hour for a role assumed with "
                "temporary credentials.",
            ),
            QT_TRANSLATE_NOOP(
                "Route",
                "{minutes} minutes were asked for; AWS allows one hour for a role assumed with "
                "temporary credentials.",
            ),
        )
    ]


def of_length(seconds: int, hours: str, minutes: str) -> Text:
    """The template that says it in a round number. Each has its unit in it: languages join the two differently."""
    if in_halves(seconds):
        return text(hours, hours=f"{seconds / HOUR:g}")
    return text(minutes, minutes=math.ceil(seconds / 60))


def in_halves(seconds: int) -> bool:
    """Whether it is a length of whole or half hours."""
    return seconds >= HOUR and seconds % (HOUR // 2) == 0


def _ending_reasons(ending: Ending, wish: Wish) -> list[Text]:
    if ending.call is EndingCall.ASSUME_ROOT:
        return [
            text(
                QT_TRANSLATE_NOOP(
                    "Route",
                    "Root of account {account}, for one task and at most fifteen minutes: {task}.",
                ),
                account=ending.target,
                task=ending.task_policy,
            ),
        ]
    if not (wish.scope or ending.policy or ending.policy_arns):
        return [
            Text(
                QT_TRANSLATE_NOOP(
                    "Route",
                    "Without a session policy AWS gives a federated user no permissions at all.",
                )
            ),
        ]
    if allows_everything(wish.policy if wish.scope else ending.policy):
        return [
            Text(
                QT_TRANSLATE_NOOP(
                    "Route",
                    "Its policy allows everything: the session may do all that the key's user may.",
                )
            ),
        ]
    return [
        Text(
            QT_TRANSLATE_NOOP(
                "Route",
                "A federated user may do what both the key's user and the session policy allow.",
            )
        ),
    ]


def allows_everything(policy: str) -> bool:
    """Whether a session policy takes nothing away: one of its statements allows all actions on all resources."""
    if not policy:
        return False
    import json  # an idle app does without it

    try:
        found = json.loads(policy)
    except (ValueError, RecursionError):
        return False
    statements = found.get("Statement") if isinstance(found, dict) else None
    every = statements if isinstance(statements, list) else [statements]
    return any(_is_all(each) for each in every) and not any(
        isinstance(each, dict) and each.get("Effect") == "Deny" for each in every
    )


def _is_all(statement: object) -> bool:
    if not isinstance(statement, dict) or "Condition" in statement:
        return False
    everything = ("*", ["*"])
    return (
        statement.get("Effect") == "Allow"
        and statement.get("Action") in everything
        and statement.get("Resource") in everything
    )
