"""sign_in: walks a Route hop by hop and returns the Session at its end. Runs in a Job.

Must not choose a way (that is the plan's), keep anything, or ask anyone. Credentials of the hops between
live in local variables only. It is also the one door through which Actions and the command line reach AWS,
so it passes on what they need of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rolecall.aws.console import console_url, no_console, signin_base_of
from rolecall.aws.destination import SERVICES, Destination
from rolecall.aws.messages import Answer
from rolecall.aws.sts import Sts
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.proof import Proof, Surroundings
from rolecall.domain.roads import FIRST_CALLS
from rolecall.domain.role import Role, RoleArn, Source, SourceKind, made_for
from rolecall.domain.route import Call, Hop, Route
from rolecall.domain.session import Credentials, Origin, Session

if TYPE_CHECKING:
    from rolecall.aws.cognito import Cognito
    from rolecall.aws.unsigned import Unsigned

Start = Credentials | Proof | Surroundings | None
"""What a Route begins with: keys, what a person's sign-in gave, or nothing (botocore's providers)."""

__all__ = [  # the one door to aws: what is above it names nothing behind it
    "SERVICES",
    "Destination",
    "SignInError",
    "SignedIn",
    "Sts",
    "console_url",
    "no_console",
    "sign_in",
    "signin_base_of",
]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """session: at the end of the route. skew: seconds AWS's clock is ahead of ours, 0.0 for none.

    shared: the source's own session (GetSessionToken's, or of a source's first call) made on the way to a
    role, or None. proof: the one that was handed in, perhaps newer than the one known before.
    """

    session: Session
    skew: float = 0.0
    shared: Session | None = None
    proof: Proof | None = None


class SignInError(ProblemError):
    """A hop was refused. shared: the source's own session made before it, still good, or None.

    hop_index: which of the route's hops, from 0. skew: as in `SignedIn`.
    """

    def __init__(
        self, problem: Problem, shared: Session | None, hop_index: int, skew: float = 0.0
    ) -> None:
        super().__init__(problem)
        self.shared = shared
        self.hop_index = hop_index
        self.skew = skew


def sign_in(
    route: Route,
    role: Role,
    start: Callable[[], Start],
    sts: Sts,
    code: str | None,
    now: Callable[[], float],
) -> SignedIn:
    """Make the calls of `route` for `role`. Raises SignInError, and whatever Problem `start` raises.

    start: reads the source's credentials or proof, called only where no live session stands in for them.
    code: sent in the one hop that names a serial. now: UTC epoch seconds.
    """
    given = route.start.credentials if route.start else start()
    credentials = given if isinstance(given, Credentials) else None
    session: Session | None = None
    made: Session | None = None
    skew = 0.0
    for index, hop in enumerate(route.hops):
        try:
            if credentials is None:
                answer = first_answer(hop, route.source, role, given, sts, now)
            else:
                answer = sts.call(hop, credentials, code, role, now)
        except ProblemError as refused:
            raise SignInError(refused.problem, made, index, skew) from None
        skew = answer.skew or skew
        session = _session(route, role, hop, answer, last=index == len(route.hops) - 1)
        if credentials is None or hop.call is Call.GET_SESSION_TOKEN:
            made = session
        credentials = answer.credentials
    if session is None:
        raise ValueError("a route has at least one hop")
    proof = given if isinstance(given, Proof) else None
    return SignedIn(session, skew, made if made is not session else None, proof)


def first_answer(
    hop: Hop,
    source: Source,
    role: Role,
    given: Start,
    sts: Sts,
    now: Callable[[], float],
) -> Answer:
    """Make the first call of a source that has no access keys in hand. Raises ProblemError.

    given: the proof; None for sources that botocore's own providers resolve.
    """
    token = given.token if isinstance(given, Proof) else ""
    match hop.call:
        case Call.GET_CREDENTIALS_FOR_IDENTITY:
            return _cognito(sts.unsigned).credentials(hop, source, role, token, now)
        case Call.ASSUME_ROLE_WITH_WEB_IDENTITY if source.kind is SourceKind.COGNITO:
            word = _cognito(sts.unsigned).open_id_token(hop, source, role, token)
            return sts.call_with_token(hop, word, role, now)
        case Call.GET_ROLE_CREDENTIALS:
            if isinstance(given, Proof):
                from rolecall.aws.identity_center import IdentityCenter

                return IdentityCenter(now, sts.unsigned).role_credentials(source, given.token, role)
        case Call.ASSUME_ROLE_WITH_SAML | Call.ASSUME_ROLE_WITH_WEB_IDENTITY:
            if isinstance(given, Proof):
                return _with_token(hop, given.token, role, sts, now)
        case Call.RESOLVE:
            if isinstance(given, Surroundings):
                from rolecall.aws.sources import resolved

                return resolved(source, role, given.environ, sts, now)
    raise ValueError(f"{hop.call} cannot begin a route of {source.kind}")


@lru_cache(maxsize=2)
def _cognito(unsigned: Unsigned) -> Cognito:
    """One as long as its clients: so a guest stays the same guest."""
    from rolecall.aws.cognito import Cognito

    return Cognito(unsigned)


def _with_token(hop: Hop, token: str, role: Role, sts: Sts, now: Callable[[], float]) -> Answer:
    """A life that nobody asked for must not be what it fails of: then the usual one is asked for.

    An entry that names no role has the partition of the one that was chosen.
    """
    if role.arn is None and hop.role_arn:
        role = replace(role, arn=RoleArn.parse(hop.role_arn))
    try:
        return sts.call_with_token(hop, token, role, now)
    except ProblemError as refused:
        too_long = refused.problem.code == "duration_over_role_max"
        if not too_long or not 0 < hop.fallback_seconds < hop.duration_seconds:
            raise
    shorter = replace(hop, duration_seconds=hop.fallback_seconds)
    return sts.call_with_token(shorter, token, role, now)


def _session(route: Route, role: Role, hop: Hop, answer: Answer, last: bool) -> Session:
    if last:
        return _made(role.name, route.origin, answer, hop.role_arn, route, role.made_for)
    if hop.call is Call.GET_SESSION_TOKEN:
        origin = Origin.SESSION_TOKEN_MFA if hop.serial else Origin.SESSION_TOKEN
        return _made(route.source.name, origin, answer, "", None, made_for(route.source))
    own = FIRST_CALLS.get(route.source.kind)
    origin = own[1] if own and own[0] is hop.call else route.origin
    return _made(route.source.name, origin, answer, hop.role_arn, None, made_for(route.source))


def _made(
    name: str,
    origin: Origin,
    answer: Answer,
    role_arn: str,
    route: Route | None,
    whose: str,
) -> Session:
    narrowed = route.hops[-1] if route and route.scope else None
    return Session(
        name=name,
        credentials=answer.credentials,
        issued_at=answer.issued_at,
        expires_at=answer.expires_at,
        origin=origin,
        arn=answer.arn,
        user_id=answer.user_id,
        role_arn=role_arn,
        region=route.region if route else "",
        scope=route.scope if route else "",
        made_for=whose,
        packed_policy_size=answer.packed_policy_size,
        policy=narrowed.policy if narrowed else "",
        policy_arns=narrowed.policy_arns if narrowed else (),
    )
