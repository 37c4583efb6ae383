"""Roads: the Routes that do not start from access keys in hand, and those that end in no role.

Pure, as plan.py is, which comes in here once limits and problems are looked at.
"""

from __future__ import annotations

from typing import Final

from rolecall.domain.cognito import is_basic
from rolecall.domain.hops import HOUR, cap_reasons, hops_after, origin_of
from rolecall.domain.oidc import PRESETS
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.role import EndingCall, Role, RoleArn, Source, SourceKind
from rolecall.domain.route import Call, Hop, Route, Wish
from rolecall.domain.session import Origin, Session
from rolecall.domain.sources import words
from rolecall.domain.state import State
from rolecall.domain.trust import Line, accepted, line_of

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
    SourceKind.COGNITO: QT_TRANSLATE_NOOP(
        "Route", "The provider's token says who you are; the identity pool chooses the role."
    ),
    SourceKind.LOGIN: QT_TRANSLATE_NOOP(
        "Route", "What “aws login” left is used and renewed as AWS's tools do."
    ),
    SourceKind.PROCESS: QT_TRANSLATE_NOOP(
        "Route",
        "A program gives the credentials; it runs only while you accept its exact line.",
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


_HANDS_CODE: Final = QT_TRANSLATE_NOOP(
    "Route", "A code goes along with the first role; it helps only if these are a user’s own keys."
)


def road(state: State, role: Role, wish: Wish, now: float) -> Route | Problem:
    """The Route to `role` from a source of `FIRST_CALLS`, at `now` (UTC epoch seconds)."""
    call, origin = _first_call(role.source), FIRST_CALLS[role.source.kind][1]
    broken = cannot_end(role, wish)
    if broken is not None:
        return broken
    if wish.scope and role.is_source and call not in _NARROWABLE:
        return no_narrowing(role)
    first = _first(role.source, call, wish if role.is_source else Wish())
    start = _start(state, role, now)
    keys = _known_keys(state, role, now)
    after = hops_after(role, wish, capped_from=1 if keys else 0, serial=role.own_code)
    proof = state.proof(role, now)
    said: tuple[Text, ...] = ()
    if role.source.kind is SourceKind.SAML and proof is not None and start is None:
        from rolecall.domain import saml_proof  # with all that reads a response: few need it

        if saml_proof.undecided(role.source, proof):
            proof = None
        else:
            completed = saml_proof.completed(first, role.source, proof)
            if isinstance(completed, Problem):
                return completed
            first = completed
            said = saml_proof.reasons(proof, now)
    return Route(
        role=role.name,
        source=role.source,
        hops=after if start else (first, *after),
        origin=_keys_origin(role) if keys and len(after) == 1 else origin_of(role, origin),
        start=start,
        code_serial=role.own_code,
        consent=None if start else _consent(state, role.source),
        proof_key="" if start or proof else role.source.proof_key,
        renews_itself=_renews_itself(role, state, start, now),
        reasons=(*_reasons(role, wish, bool(role.hops) and not keys), *said),
        drawn=(first, *after),
        scope=wish.scope,
        region=role.session_region,
    )


def _start(state: State, role: Role, now: float) -> Session | None:
    """The live session of the source that a chain may start from, in place of a further sign-in."""
    return None if role.is_source else state.of_source(role.source, now + SAFE_MARGIN)


def _known_keys(state: State, role: Role, now: float) -> bool:
    """Whether the source turned out to be a user's own keys: then the first role may live over an hour."""
    found = state.of_source(role.source, now + SAFE_MARGIN) if role.source.maybe_keys else None
    return found is not None and not found.credentials.session_token


def _keys_origin(role: Role) -> Origin:
    return Origin.OWN_CODE if role.own_code else Origin.KEYS


def _consent(state: State, source: Source) -> Line | None:
    line = line_of(source)
    return line if line is not None and not accepted(state.settings, line) else None


def _renews_itself(role: Role, state: State, start: Session | None, now: float) -> bool:
    """Whether it can be had again without a person: a SAML assertion is over in five minutes."""
    if _consent(state, role.source) or (role.own_code and not state.makes_codes(role.own_code)):
        return False
    if start is not None or not role.source.proof_key:
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
    if call is Call.GET_CREDENTIALS_FOR_IDENTITY:  # the pool decides how long, and takes no policy
        pool = source.get("cognito_identity_pool_id")
        return Hop(call, _name_in(arn) or source.name, 0, role_arn=arn, target=pool)
    return Hop(
        call,
        _name_in(arn) or source.name,
        wish.duration_seconds or (int(seconds) if seconds.isdecimal() else HOUR),
        role_arn=arn,
        session_name=source.get("role_session_name"),
        policy=wish.policy if wish.scope else source.get("session_policy"),
        policy_arns=wish.policy_arns if wish.scope else own,
        target=source.get("cognito_identity_pool_id"),
        provider=source.get("saml_provider_arn") or _provider_id(source),
        fallback_seconds=0 if wish.duration_seconds or seconds else HOUR,
    )


def _provider_id(source: Source) -> str:
    """ProviderId of the two providers that AWS knows without OIDC. The word of a pool is the pool's own."""
    preset = PRESETS.get(source.get("oidc_preset"))
    return preset.provider_id if preset and source.kind is SourceKind.OIDC else ""


def _name_in(arn: str) -> str:
    try:
        return RoleArn.parse(arn).name
    except ValueError:
        return ""


def _why(source: Source) -> str:
    if source.kind is not SourceKind.COGNITO:
        return _WHY[source.kind]
    if source.get("oidc_client_id"):
        return _BASIC if is_basic(source) else _WHY[source.kind]
    return _BASIC_GUEST if is_basic(source) else _GUEST


_BASIC: Final = QT_TRANSLATE_NOOP(
    "Route", "The identity pool vouches for you; the role is the one the entry names."
)
_GUEST: Final = QT_TRANSLATE_NOOP(
    "Route", "A guest of the identity pool: nobody signs in, and the pool chooses the role."
)
_BASIC_GUEST: Final = QT_TRANSLATE_NOOP(
    "Route", "A guest of the identity pool: nobody signs in, and the entry names the role."
)


def _reasons(role: Role, wish: Wish, capped: bool) -> tuple[Text, ...]:
    asks = (text(_HANDS_CODE),) if role.own_code else ()
    decided = _decided_elsewhere(role, wish)
    return (text(_why(role.source)), *asks, *decided, *cap_reasons(role, wish, capped))


_DECIDES: Final = {
    Call.GET_ROLE_CREDENTIALS: QT_TRANSLATE_NOOP(
        "Route",
        "{time} were asked for, but the permission set decides how long: the call takes no duration.",
    ),
    Call.GET_CREDENTIALS_FOR_IDENTITY: QT_TRANSLATE_NOOP(
        "Route",
        "{time} were asked for, but the identity pool decides how long: the call takes no duration.",
    ),
    Call.RESOLVE: QT_TRANSLATE_NOOP(
        "Route", "{time} were asked for, but whoever gives these credentials decides how long."
    ),
}
"""Calls without a DurationSeconds (IAM Identity Center Portal and Cognito API references)."""


def _decided_elsewhere(role: Role, wish: Wish) -> tuple[Text, ...]:
    """That a wished life is nobody's to ask for, said before rather than found out afterwards."""
    said = _DECIDES.get(_first_call(role.source))
    if said is None or not role.is_source or not wish.duration_seconds:
        return ()
    from rolecall.domain.explanation import in_time  # with all that explains a route: few need it

    return (text(said, time=in_time(wish.duration_seconds)),)


def _first_call(source: Source) -> Call:
    return Call.ASSUME_ROLE_WITH_WEB_IDENTITY if is_basic(source) else FIRST_CALLS[source.kind][0]


_TAKES_NONE: Final = QT_TRANSLATE_NOOP("Problem", "AWS’s call {call} takes no session policy.")
_CHAIN_ONE: Final = QT_TRANSLATE_NOOP(
    "Problem", "Name a role that starts from it, or leave the policy out."
)
_ANOTHER_SET: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Narrow a role that starts from it, or take another permission set, that allows less.",
)
_BASIC_FLOW: Final = QT_TRANSLATE_NOOP(
    "Problem",
    "Narrow a role that starts from it, or use the basic flow (cognito_flow = basic), which takes one.",
)
_TASK_ONLY: Final = QT_TRANSLATE_NOOP(
    "Problem", "Its task policy is all that it may do. Leave the session policy out."
)
_AS_GIVEN: Final = QT_TRANSLATE_NOOP(
    "Problem", "Its credentials are used as they are given: no call is made that takes one."
)
_INSTEAD: Final = {
    Call.GET_ROLE_CREDENTIALS: _ANOTHER_SET,
    Call.GET_CREDENTIALS_FOR_IDENTITY: _BASIC_FLOW,
    Call.ASSUME_ROOT: _TASK_ONLY,
}


def no_narrowing(role: Role) -> Problem:
    """The Problem of a session policy where the call takes none, and what to do in its place."""
    # Source: AWS STS, IAM Identity Center Portal and Cognito API references: none of these calls has a Policy.
    call = Call.GET_SESSION_TOKEN
    if role.ending is not None:
        call = Call.ASSUME_ROOT
    elif role.source.kind in FIRST_CALLS:
        call = _first_call(role.source)
    return Problem(
        "not_narrowable",
        text(
            QT_TRANSLATE_NOOP("Problem", "The session of {role} cannot be narrowed"), role=role.name
        ),
        Text(_AS_GIVEN) if call is Call.RESOLVE else text(_TAKES_NONE, call=call.value),
        Text(_INSTEAD.get(call, _CHAIN_ONE)),
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
