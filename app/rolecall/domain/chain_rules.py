"""Chain rules: what AWS refuses of a chain of roles whatever their trust says, found before any call is made."""

from __future__ import annotations

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text
from rolecall.domain.role import Role, RoleHop


def broken_chain(role: Role) -> Problem | None:
    """Why AWS would refuse the chain of `role`, or None.

    A tag that an earlier role passes on cannot be passed again, whatever its case; a source identity that an
    earlier role set cannot be another one. Sources: AWS STS API Reference, AssumeRole, TransitiveTagKeys;
    IAM User Guide, "Monitor and control actions taken with assumed roles".
    """
    inherited: dict[str, str] = {}
    identity: RoleHop | None = None
    for hop in role.hops:
        for key, _ in hop.session_tags:
            if key.lower() in inherited:
                return _tag_again(role.name, key, inherited[key.lower()], hop.profile)
        if identity and hop.source_identity not in {"", identity.source_identity}:
            return _other_identity(role.name, identity.profile, hop.profile)
        inherited |= {key.lower(): hop.profile for key in hop.transitive_tags}
        identity = hop if hop.source_identity else identity
    return None


def _tag_again(role: str, key: str, first: str, second: str) -> Problem:
    return Problem(
        "tag_inherited",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} passes the session tag {key} twice on its way"),
            role=role,
            key=key,
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "{first} passes it on as a transitive tag; AWS refuses it a second time."
            ),
            first=first,
        ),
        text(
            QT_TRANSLATE_NOOP("Problem", "Take {key} out of the session_tags of {second}."),
            key=key,
            second=second,
        ),
        exit=Exit.LOCAL,
    )


def _other_identity(role: str, first: str, second: str) -> Problem:
    return Problem(
        "source_identity_changed",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} changes its source identity on the way"), role=role
        ),
        text(
            QT_TRANSLATE_NOOP("Problem", "{first} sets it; AWS keeps it for the whole chain."),
            first=first,
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Give {second} the same source_identity, or none: it comes along by itself.",
            ),
            second=second,
        ),
        exit=Exit.LOCAL,
    )
