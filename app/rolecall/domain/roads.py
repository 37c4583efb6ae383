"""Roads: the Routes that do not start from access keys in hand, and those that end in no role.

Pure, as plan.py is, which comes in here once limits and problems are looked at.
"""

from __future__ import annotations

from typing import Final

from rolecall.domain.hops import HOUR, cap_reasons, hops_after, origin_of
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.role import EndingCall, Role, RoleArn, Source, SourceKind
from rolecall.domain.route import Call, Hop, Route, Wish
from rolecall.domain.session import Origin, Session
from rolecall.domain.sources import words
from rolecall.domain.state import State

SAFE_MARGIN: Final = 60.0
"""A stored session is not started from in its last minute: the call could arrive too late."""

FIRST_CALLS: Final[dict[SourceKind, tuple[Call, Origin]]] = {
    SourceKind.IDENTITY_CENTER: (Call.GET_ROLE_CREDENTIALS, Origin.IDENTITY_CENTER),
    SourceKind.SAML: (Call.ASSUME_ROLE_WITH_SAML, Origin.SAML),
    SourceKind.OIDC: (Call.ASSUME_ROLE_WITH_WEB_IDENTITY, Origin.WEB_IDENTITY),
    SourceKind.TOKEN_FILE: (Call.ASSUME_ROLE_WITH_WEB_IDENTITY, Origin.WEB_IDENTITY),
    SourceKind.COGNITO: (Call.GET_CREDENTIALS_FOR_IDENTITY, Origin.COGNITO),
    SourceKind.LOGIN: (Call.RESOLVE, Origin.RESOLVED),
    SourceKind.PROCESS: (Call.RESOLVE, Origin.RESOLVED),
    SourceKind.ENVIRONMENT: (Call.RESOLVE, Origin.RESOLVED),
    SourceKind.CONTAINER: (Call.RESOLVE, Origin.RESOLVED),
    SourceKind.INSTANCE: (Call.RESOLVE, Origin.RESOLVED),
}
"""The call that turns each such source into a session, and the origin of that session."""

_NARROWABLE: Final = frozenset(
    {Call.ASSUME_ROLE_WITH_SAML, Call.ASSUME_ROLE_WITH_WEB_IDENTITY, Call.GET_FEDERATION_TOKEN}
)
"""Calls other than AssumeRole that take session policies (AWS STS API Reference)."""

_WHY: Final = {
    SourceKind.IDENTITY_CENTER: QT_TRANSLATE_NOOP(
        "Route",
        "One sign-in at Identity Center serves all its roles; the permission set decides how long.",
    ),
    SourceKind.SAML: QT_TRANSLATE_NOOP(
        "Route",
        "The identity provider says who you are; AWS takes its word for five minutes, no key needed.",
    ),
    SourceKind.OIDC: QT_TRANSLATE_NOOP(
        "Route", "The provider's token says who you are: the call is not signed, no key needed."
    ),
    SourceKind.TOKEN_FILE: QT_TRANSLATE_NOOP(
        "Route", "The token is read from its file at each call: no key needed."
    ),
    SourceKind.COGNITO: QT_TRANSLATE_NOOP("Route", "The identity pool chooses the role."),
    SourceKind.LOGIN: QT_TRANSLATE_NOOP(
        "Route", "What “aws login” left is used and renewed as AWS's tools do."
    ),
    SourceKind.PROCESS: QT_TRANSLATE_NOOP(
        "Route",
        "A program gives the credentials; it runs only because you accepted its exact line.",
    ),
    SourceKind.ENVIRONMENT: QT_TRANSLATE_NOOP(
        "Route", "The environment variables hold the credentials."
    ),
    SourceKind.CONTAINER: QT_TRANSLATE_NOOP(
        "Route", "The container's address gives the credentials."
    ),
    SourceKind.INSTANCE: QT_TRANSLATE_NOOP(
        "Route", "The machine's instance profile gives the credentials."
    ),
}


def road(state: State, role: Role, wish: Wish, now: float) -> Route | Problem:
    """The Route to `role` from a source of `FIRST_CALLS`, at `now` (UTC epoch seconds)."""
    call, origin = FIRST_CALLS[role.source.kind]
    broken = cannot_end(role, wish)
    if broken is not None:
        return broken
    if wish.scope and role.is_source and call not in _NARROWABLE:
        return no_narrowing(role)
    first = _first(role.source, call, wish if role.is_source else Wish())
    start = _start(state, role, now)
    after = hops_after(role, wish, capped_from=0)
    proof = state.proof(role, now)
    return Route(
        role=role.name,
        source=role.source,
        hops=after if start else (first, *after),
        origin=origin_of(role, origin),
        start=start,
        proof_key="" if start or proof else role.source.proof_key,
        renews_itself=_renews_itself(role, state, now),
        reasons=_reasons(role, wish),
        drawn=(first, *after),
        scope=wish.scope,
        region=role.region,
    )


def _start(state: State, role: Role, now: float) -> Session | None:
    """The live session of the source that a chain may start from, in place of a further sign-in."""
    found = None if role.is_source else state.shared.get((role.source.name, ""))
    return found if found is not None and found.live(now + SAFE_MARGIN) else None


def _renews_itself(role: Role, state: State, now: float) -> bool:
    """Whether it can be had again without a person: a SAML assertion is over in five minutes."""
    if not role.source.proof_key:
        return True
    return role.source.kind is not SourceKind.SAML and state.proof(role, now) is not None


def _first(source: Source, call: Call, wish: Wish) -> Hop:
    if call is Call.GET_ROLE_CREDENTIALS:
        account, name = source.get("sso_account_id"), source.get("sso_role_name")
        return Hop(call, name, 0, target=f"{account}/{name}")
    if call is Call.RESOLVE:
        return Hop(call, source.name, 0)
    arn = source.get("role_arn")
    seconds = source.get("duration_seconds") if source.kind is not SourceKind.TOKEN_FILE else ""
    own = words(source.get("session_policy_arns"))
    return Hop(
        call,
        _name_in(arn) or source.name,
        wish.duration_seconds or (int(seconds) if seconds.isdecimal() else HOUR),
        role_arn=arn,
        session_name=source.get("role_session_name"),
        policy=wish.policy if wish.scope else source.get("session_policy"),
        policy_arns=wish.policy_arns if wish.scope else own,
        target=source.get("cognito_identity_pool_id"),
        provider=source.get("saml_provider_arn")
        or _PROVIDER_IDS.get(source.get("oidc_preset"), ""),
    )


_PROVIDER_IDS: Final = {"amazon": "www.amazon.com", "facebook": "graph.facebook.com"}
"""ProviderId of the two providers that AWS knows without OIDC (AWS STS, AssumeRoleWithWebIdentity)."""


def _name_in(arn: str) -> str:
    try:
        return RoleArn.parse(arn).name
    except ValueError:
        return ""


def _reasons(role: Role, wish: Wish) -> tuple[Text, ...]:
    return (text(_WHY[role.source.kind]), *cap_reasons(role, wish, capped=bool(role.hops)))


def no_narrowing(role: Role) -> Problem:
    """The Problem of a session policy where the call takes none."""
    # Source: AWS STS API Reference: GetSessionToken and AssumeRoot take no session policy.
    return Problem(
        "not_narrowable",
        text(
            QT_TRANSLATE_NOOP("Problem", "The session of {role} cannot be narrowed"), role=role.name
        ),
        Text(QT_TRANSLATE_NOOP("Problem", "AWS takes session policies for roles only.")),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Name a role that starts from it, or leave the policy out."
            )
        ),
        exit=Exit.USAGE,
    )


def cannot_end(role: Role, wish: Wish) -> Problem | None:
    """Why the ending of `role` cannot follow what comes before it, or None."""
    if role.ending is None:
        return None
    if role.ending.call is EndingCall.ASSUME_ROOT:
        return no_narrowing(role) if wish.scope else None
    return None if role.source.long_lived and not role.hops else _needs_user_keys(role)


def _needs_user_keys(role: Role) -> Problem:
    # Source: AWS STS API Reference, GetFederationToken: "long-term security credentials of an IAM user".
    return Problem(
        "federation_needs_user",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} has to start from an IAM user's own access key"),
            role=role.name,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "AWS gives no federation token to a role. Name a key as source_profile.",
            )
        ),
        exit=Exit.LOCAL,
    )
