"""Role sessions that begin with somebody else's word for it: a token or an assertion instead of a key."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from rolecall.demo.callers import Caller, Callers, Kind, new_id, new_secret, new_token
from rolecall.demo.catalogue import Role
from rolecall.demo.clock import DemoClock
from rolecall.demo.wire import Tree, validation_error


def federated_session(
    role: Role,
    name: str,
    seconds: int,
    callers: Callers,
    clock: DemoClock,
    policy: str = "",
    source_identity: str = "",
) -> Caller:
    """A session of `role`, not chained: such a hop is a first one (IAM User Guide, "Roles terms and concepts").

    Raises AwsError ValidationError for more than the role allows.
    """
    if seconds > role.max_seconds:
        raise validation_error(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        )
    partition, account = role.arn.split(":")[1], role.arn.split(":")[4]
    arn = f"arn:{partition}:sts::{account}:assumed-role/{role.name}/{name}"
    caller = Caller(
        Kind.ROLE, arn, role.arn, f"{role.role_id}:{name}", new_id("ASIA"), new_secret(), new_token(),
        math.floor(clock.now()) + seconds, role=role.name, session_name=name, policy=policy,
        source_identity=source_identity,
    )  # fmt: skip
    return callers.add(caller)


def shown_credentials(session: Caller) -> Mapping[str, Tree]:
    """The member Credentials of an answer of STS."""
    ends = datetime.fromtimestamp(session.expires_at or 0, UTC)
    return {
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret,
        "SessionToken": session.token,
        "Expiration": f"{ends:%Y-%m-%dT%H:%M:%SZ}",
    }
