"""Roles, hops and keys that the tests of calls use."""

from __future__ import annotations

from dataclasses import replace

from rolecall.domain.role import Role, RoleArn, RoleHop, Source, SourceKind
from rolecall.domain.route import Call, Hop
from rolecall.domain.session import Credentials, Origin, Session

ARN = "arn:aws:iam::123456789012:role/dev"
DEVICE = "arn:aws:iam::123456789012:mfa/me"
KEYS = Credentials("AKIACANARY00000000A", "canary-secret-access-key")
TEMPORARY = Credentials("ASIACANARY00000000A", "canary-temporary-secret", "canary-session-token")
CODE = "314159"
CANARIES = ("AKIACANARY", "ASIACANARY", "canary-", CODE)
NOON = 1_795_435_200.0


def role(url: str = "", arn: str = ARN, **settings: str) -> Role:
    """A role with one hop, whose profile has `settings`."""
    parsed = RoleArn.parse(arn)
    config = {"endpoint_url": url} | settings if url else dict(settings)
    return Role(
        "dev",
        Source(SourceKind.KEYS_IN_FILE, "base"),
        (RoleHop("dev", parsed),),
        parsed,
        region=settings.get("region", ""),
        client_config=tuple(config.items()),
    )


def assume(arn: str = ARN, **changes: object) -> Hop:
    """An AssumeRole hop."""
    return replace(Hop(Call.ASSUME_ROLE, "dev", 3600, role_arn=arn), **changes)  # type: ignore[arg-type]


def session_token(**changes: object) -> Hop:
    """A GetSessionToken hop that carries a code."""
    hop = Hop(Call.GET_SESSION_TOKEN, "base", 43200, serial=DEVICE)
    return replace(hop, **changes)  # type: ignore[arg-type]


def session(origin: Origin = Origin.KEYS, **changes: object) -> Session:
    """A session of the role."""
    made = Session(
        "dev",
        TEMPORARY,
        NOON,
        NOON + 3600,
        origin,
        arn="arn:aws:sts::123456789012:assumed-role/dev/me",
        role_arn=ARN,
        region="eu-west-1",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
