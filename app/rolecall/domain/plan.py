"""plan(): the Route to a role, drawn before any call is made, with the reason for each choice."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from rolecall.domain import roads
from rolecall.domain.chain_rules import broken_chain
from rolecall.domain.hops import HOUR, cap_reasons, hops_after, of_length, origin_of, would_widen
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.production import shortened, with_reason
from rolecall.domain.role import EndingCall, Role, SourceKind
from rolecall.domain.route import Call, Hop, Route, Wish
from rolecall.domain.session import Origin, Session
from rolecall.domain.state import State, wants_own_code

SHARED_LIFE: Final = 43200
"""Life asked for the shared session: GetSessionToken's own default, twelve hours."""

LONGEST_ROLE: Final = 43200
LONGEST_SESSION_TOKEN: Final = 129600
"""Limits of DurationSeconds (AWS STS API Reference, AssumeRole and GetSessionToken)."""


def plan(state: State, role: Role, wish: Wish, now: float) -> Route | Problem:
    """The Route to `role` as `wish` has it, seen from `state` at `now` (UTC epoch seconds).

    Pure: no call is made. A Problem where the role cannot be reached, or the wish breaks a limit.
    """
    route = _route(state, role, wish, now)
    if isinstance(route, Problem):
        return route
    template = with_reason(wish.reason) or state.settings.session_name
    route = _named(route, template) if template else route
    from rolecall.domain import hop_limits  # patterns and texts that an idle app does without

    faults = (hop_limits.broken(hop, role.name) for hop in route.drawn)
    return next((fault for fault in faults if fault is not None), route)


def _named(route: Route, template: str) -> Route:
    """`route` with the person's template, or their reason, where no profile names the session."""

    def named(hop: Hop) -> Hop:
        return hop if hop.session_name or not hop.role_arn else replace(hop, session_name=template)

    hops, drawn = map(named, route.hops), map(named, route.drawn)
    return replace(route, hops=tuple(hops), drawn=tuple(drawn))


def _route(state: State, role: Role, wish: Wish, now: float) -> Route | Problem:
    broken = role.problem or broken_chain(role)
    if broken is not None:
        return broken
    wish = shortened(state.settings, role, wish)
    if role.source.kind is SourceKind.TEMPORARY_IN_FILE and role.is_source:
        return _already_temporary(role)
    broken = _broken_limit(role, wish) or (_wider(role) if would_widen(role, wish) else None)
    if broken is not None:
        return broken
    if role.source.kind in roads.FIRST_CALLS:
        return roads.road(state, role, wish, now)
    broken = roads.cannot_end(role, wish)
    if broken is not None:
        return broken
    if role.is_source:
        return roads.no_narrowing(role) if wish.scope else _own_session(state, role, wish)
    if not role.device or role.source.kind is SourceKind.TEMPORARY_IN_FILE:
        return _without_code(role, wish)
    if _own_code(state, role, wish):
        return _with_own_code(state, role, wish)
    return _with_shared_session(state, role, wish, now)


def _own_code(state: State, role: Role, wish: Wish) -> bool:
    if wish.own_code and role.hops[0].mfa_serial:
        return True
    if wants_own_code(state, role) and not _content_with_an_hour(state, role, wish):
        return True
    return len(role.hops) == 1 and (wish.duration_seconds or 0) > HOUR and bool(role.device)


def _content_with_an_hour(state: State, role: Role, wish: Wish) -> bool:
    """Whether less is asked for than the profile does: the shared session serves that without a code."""
    asked = wish.duration_seconds
    return asked is not None and asked <= HOUR and role.name not in state.fresh_code


def _own_session(state: State, role: Role, wish: Wish) -> Route:
    serial = role.mfa_serial
    reason = (
        QT_TRANSLATE_NOOP("Route", "One code opens this session for all roles of {source}.")
        if serial
        else QT_TRANSLATE_NOOP(
            "Route", "The key of {source} names no MFA device: no code is needed."
        )
    )
    seconds = wish.duration_seconds or SHARED_LIFE
    hop = _session_token_hop(role, min(seconds, HOUR) if _of_root(serial) else seconds, serial)
    return Route(
        role=role.name,
        source=role.source,
        hops=(hop,),
        origin=Origin.SESSION_TOKEN_MFA if serial else Origin.SESSION_TOKEN,
        code_serial=serial,
        shares_code=bool(serial),
        renews_itself=not serial or state.makes_codes(serial),
        reasons=(text(reason, source=role.source.name), *_what_it_may_not(serial)),
        drawn=(hop,),
        region=role.region,
    )


def _what_it_may_not(serial: str) -> list[Text]:
    """What credentials of GetSessionToken are refused, said before it is tried.

    Source: IAM User Guide, "Requesting temporary security credentials" (comparison table); AWS STS API
    Reference, GetSessionToken (root user).
    """
    told = [
        QT_TRANSLATE_NOOP(
            "Route", "A GetSessionToken session can assume roles; it cannot open the console."
        )
    ]
    if not serial:
        told.append(QT_TRANSLATE_NOOP("Route", "Without a code IAM refuses it as well."))
    if _of_root(serial):
        told.append(
            QT_TRANSLATE_NOOP(
                "Route", "For the root user AWS makes it one hour, whatever is asked."
            )
        )
    return [Text(each) for each in told]


def _of_root(serial: str) -> bool:
    return serial.endswith(_ROOT_DEVICE)


_ROOT_DEVICE: Final = ":mfa/root-account-mfa-device"
"""How AWS calls the virtual MFA device of a root user (IAM User Guide, "Enable a virtual MFA device")."""


_NO_DEVICE: Final = QT_TRANSLATE_NOOP(
    "Route", "No profile on the way names an MFA device: no code is needed."
)
_NO_CODE_TAKEN: Final = QT_TRANSLATE_NOOP(
    "Route", "AWS takes no MFA code for this call: the key alone is enough."
)


def _without_code(role: Role, wish: Wish) -> Route:
    temporary = role.source.kind is SourceKind.TEMPORARY_IN_FILE
    hops = hops_after(role, wish, capped_from=0 if temporary else 1)
    chained = len(hops) > 1 or temporary
    reasons = [Text(_NO_CODE_TAKEN if role.ending and not role.hops else _NO_DEVICE)]
    reasons += cap_reasons(role, wish, chained)
    return Route(
        role=role.name,
        source=role.source,
        hops=hops,
        origin=_after(role, Origin.CHAINED if temporary else Origin.KEYS),
        renews_itself=True,
        reasons=tuple(reasons),
        drawn=hops,
        scope=wish.scope,
        region=role.region,
    )


def _with_own_code(state: State, role: Role, wish: Wish) -> Route:
    hops = hops_after(role, wish, capped_from=1, serial=role.device)
    if role.name in state.fresh_code or wish.own_code:
        reason = text(
            QT_TRANSLATE_NOOP(
                "Route",
                "A code of its own: {role} refused the shared session, so its trust may want "
                "a fresher code.",
            ),
            role=role.name,
        )
    else:
        reason = of_length(
            hops[0].duration_seconds,
            QT_TRANSLATE_NOOP(
                "Route",
                "A code of its own: {hours} hours are asked for, and roles on the shared session "
                "live one hour.",
            ),
            QT_TRANSLATE_NOOP(
                "Route",
                "A code of its own: {minutes} minutes are asked for, and roles on the shared "
                "session live one hour.",
            ),
        )
    return Route(
        role=role.name,
        source=role.source,
        hops=hops,
        origin=_after(role, Origin.OWN_CODE),
        code_serial=role.device,
        renews_itself=state.makes_codes(role.device),
        reasons=(reason, *cap_reasons(role, wish, len(hops) > 1)),
        drawn=hops,
        scope=wish.scope,
        region=role.region,
    )


def _with_shared_session(state: State, role: Role, wish: Wish, now: float) -> Route:
    found = state.shared.get((role.source.name, role.device))
    start = found if found is not None and found.live(now + roads.SAFE_MARGIN) else None
    first = _session_token_hop(role, SHARED_LIFE, role.device)
    hops = hops_after(role, wish, capped_from=0)
    reasons = [
        text(
            QT_TRANSLATE_NOOP(
                "Route",
                "One code serves every role of {source} on this device; AWS then limits each "
                "role to one hour.",
            ),
            source=role.source.name,
        )
    ]
    reasons += cap_reasons(role, wish, capped=True)
    return Route(
        role=role.name,
        source=role.source,
        hops=hops if start else (first, *hops),
        origin=_after(role, Origin.SHARED),
        start=start,
        code_serial="" if start else role.device,
        shares_code=True,
        renews_itself=True,
        reasons=tuple(reasons),
        drawn=(first, *hops),
        scope=wish.scope,
        region=role.region,
    )


def _session_token_hop(role: Role, seconds: int, serial: str) -> Hop:
    return Hop(Call.GET_SESSION_TOKEN, role.source.name, seconds, serial=serial)


def _broken_limit(role: Role, wish: Wish) -> Problem | None:
    seconds = wish.duration_seconds
    if seconds is None:
        last = role.ending or (role.hops[-1] if role.hops else None)
        seconds = last.duration_seconds if last else None
    if seconds is None:
        return None
    from rolecall.domain.hop_limits import SHORTEST, no_such_life

    longest = LONGEST_SESSION_TOKEN if _of_a_user(role) else LONGEST_ROLE
    if SHORTEST <= seconds <= longest:
        return None
    asked = wish.duration_seconds is not None
    return no_such_life(seconds, longest, role.name, Exit.USAGE if asked else Exit.LOCAL)


def _after(role: Role, first: Origin) -> Origin:
    """first: what the session is where its role is the only one on the way."""
    if role.ending is None and len(role.hops) <= 1:
        return first
    return origin_of(role, first)


def _of_a_user(role: Role) -> bool:
    """Whether the session is one of GetSessionToken or GetFederationToken, which live up to 36 hours."""
    if role.ending is not None:
        return role.ending.call is EndingCall.GET_FEDERATION_TOKEN
    return role.own_session


def _wider(role: Role) -> Problem:
    return Problem(
        "policy_would_widen",
        text(
            QT_TRANSLATE_NOOP("Problem", "{role} has a session policy of its own"), role=role.name
        ),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "AWS adds session policies up, so with another one the session could do more.",
            )
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Use {role} as it is, or make an own role of the same ARN with the policy you mean.",
            ),
            role=role.name,
        ),
        exit=Exit.USAGE,
    )


def _already_temporary(role: Role) -> Problem:
    return Problem(
        "already_temporary",
        text(
            QT_TRANSLATE_NOOP("Problem", "Profile {name} already holds temporary credentials"),
            name=role.name,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Use it as it is, or start roles from it. AWS makes no new session from a "
                "temporary one.",
            )
        ),
        exit=Exit.LOCAL,
    )


def reusable(session: Session | None, wish: Wish, now: float) -> bool:
    """Whether a live session answers the wish, so that no call is needed."""
    if session is None or wish.fresh or not session.live(now):
        return False
    wanted = wish.duration_seconds
    return wanted is None or abs(session.lifetime - wanted) < 60
