"""Sources: the first hop of a Route whose credentials are handed over and not asked of AWS.

Chooses the resolver and asks AWS once who they belong to, because nothing else tells whether they are a
role's and may open the console. Loads botocore, so import it inside functions only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from rolecall.aws import resolver
from rolecall.aws.client import settings_of
from rolecall.aws.login import from_login
from rolecall.aws.messages import Answer
from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.role import Role, Source, SourceKind

if TYPE_CHECKING:
    from rolecall.aws.sts import Sts

REREAD: Final = 3600.0
"""Seconds after which a source that names no end is read again. botocore would keep it for its own life."""


def resolved(
    source: Source,
    role: Role,
    environ: Mapping[str, str],
    sts: Sts,
    now: Callable[[], float],
) -> Answer:
    """The credentials of `source`, and who they belong to. Raises ProblemError.

    role: whose profile decides endpoints and regions. environ: this process's, as a program of somebody
    else's may have it. now: UTC epoch seconds.
    """
    found = _found(source, role, environ, now())
    moment = now()
    expires_at = moment + REREAD if found.expires_at is None else found.expires_at
    return Answer(
        credentials=found.credentials,
        issued_at=moment,
        expires_at=expires_at,
        arn=_who(found, role, sts, now),
    )


def _found(source: Source, role: Role, environ: Mapping[str, str], now: float) -> resolver.Found:
    match source.kind:
        case SourceKind.PROCESS:
            return resolver.from_process(
                source.name, source.get("credential_process"), environ, now
            )
        case SourceKind.ENVIRONMENT:
            return resolver.from_environment(source.name, environ, now)
        case SourceKind.CONTAINER:
            return resolver.from_container(source.name, environ, now)
        case SourceKind.INSTANCE:
            return resolver.from_instance(source.name, role.client_config, environ, now)
        case SourceKind.LOGIN:
            profile = dict(role.client_config)
            settings = settings_of(profile, role.services, role.partition, single_try=False)
            return from_login(source.name, source.get("login_session"), settings, now)
    raise ValueError(f"nothing hands over the credentials of {source.kind}")


def _who(found: resolver.Found, role: Role, sts: Sts, now: Callable[[], float]) -> str:
    """The ARN they belong to. Without a network it stays open, as it would for any AWS tool."""
    try:
        return sts.caller_identity(found.credentials, role, now)
    except ProblemError as refused:
        if refused.problem.exit is Exit.NETWORK:
            return ""
        raise
