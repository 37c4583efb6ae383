"""Route: the calls that lead from a source to a session, with the reason for each choice. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rolecall.domain.problem import Text
from rolecall.domain.role import Source, SourceKind
from rolecall.domain.session import Origin, Session
from rolecall.domain.trust import Line


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of this one session beyond its profile.

    duration_seconds: 900 to 43200 for a role, to 129600 for a key identity; None leaves it to the plan.
    policy: an inline session policy (JSON); policy_arns: managed policies that narrow the session.
    fresh: make a new session even where one lives. own_code: a code for this role alone.
    reason: why a person wants it; it travels in the session's name. beside: for one program alone, which
    asked for a life of its own: a session of the role that lives longer stays.
    """

    duration_seconds: int | None = None
    policy: str = ""
    policy_arns: tuple[str, ...] = ()
    fresh: bool = False
    own_code: bool = False
    reason: str = ""
    beside: bool = False

    @property
    def scope(self) -> str:
        """A digest that tells differently narrowed sessions of one role apart; empty for none."""
        if not self.policy and not self.policy_arns:
            return ""
        import hashlib
        import json

        narrowed = json.dumps([self.policy, sorted(self.policy_arns)])
        return hashlib.sha256(narrowed.encode()).hexdigest()[:16]


def again(session: Session) -> Wish:
    """The wish that gives another session with the same permissions."""
    return Wish(policy=session.policy, policy_arns=session.policy_arns)


class Call(StrEnum):
    """What a hop can be: operations of STS, of the Identity Center portal, of Cognito, or a botocore resolver."""

    GET_SESSION_TOKEN = "GetSessionToken"  # noqa: S105
    ASSUME_ROLE = "AssumeRole"
    ASSUME_ROLE_WITH_SAML = "AssumeRoleWithSAML"
    ASSUME_ROLE_WITH_WEB_IDENTITY = "AssumeRoleWithWebIdentity"
    GET_ROLE_CREDENTIALS = "GetRoleCredentials"
    GET_CREDENTIALS_FOR_IDENTITY = "GetCredentialsForIdentity"
    GET_FEDERATION_TOKEN = "GetFederationToken"  # noqa: S105
    ASSUME_ROOT = "AssumeRoot"
    RESOLVE = (
        "resolve"  # a credential_process, `aws login`, the environment, a container, an instance
    )


@dataclass(frozen=True, slots=True)
class Hop:
    """One AWS call. serial is not empty where this very call carries a code.

    duration_seconds is what is sent; expected lifetime of what comes back, 0 where AWS alone decides.
    target: what is asked for where it is no role's ARN: `ACCOUNT/ROLE` of Identity Center, the name of a
    federated user, the account of AssumeRoot, the identity pool. provider: the SAML provider's ARN, or
    ProviderId of a web identity. tags: session tags; transitive_tags: keys of them that outlive a chain.
    fallback_seconds: what is asked for where the role does not allow duration_seconds, which nobody asked for.
    """

    call: Call
    label: str
    duration_seconds: int
    role_arn: str = ""
    serial: str = ""
    external_id: str = ""
    session_name: str = ""
    policy: str = ""
    policy_arns: tuple[str, ...] = ()
    source_identity: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    transitive_tags: tuple[str, ...] = ()
    target: str = ""
    provider: str = ""
    task_policy: str = ""
    fallback_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """Source, hops and why. start: a live session that stands in for the source and the first hops.

    code_serial: the device one code is needed of before the first hop, or empty.
    consent: the line a person has to accept before its program runs for the first time, or None.
    proof_key: the sign-in a person has to give before the first hop (`Source.proof_key`), or empty.
    shares_code: the code makes the session that all roles of this identity and device then use.
    renews_itself: the session can be renewed without a person.
    drawn: all hops for the diagram, those that `start` stands in for included.
    """

    role: str
    source: Source
    hops: tuple[Hop, ...]
    origin: Origin
    start: Session | None = None
    code_serial: str = ""
    proof_key: str = ""
    consent: Line | None = None
    shares_code: bool = False
    renews_itself: bool = False
    reasons: tuple[Text, ...] = ()
    drawn: tuple[Hop, ...] = ()
    scope: str = ""
    region: str = ""

    @property
    def renews_with_sign_in(self) -> bool:
        """Whether a person's sign-in, given or still to come, is what it renews itself with.

        A SAML response is none: it is over in five minutes.
        """
        return bool(self.source.proof_key) and self.source.kind is not SourceKind.SAML

    def left_to_response(self, hop: Hop) -> bool:
        """Whether `hop` goes by what a SAML response says that is not there to be read."""
        unread = bool(self.proof_key) or self.start is not None
        return hop.call is Call.ASSUME_ROLE_WITH_SAML and unread

    @property
    def needs_code(self) -> bool:
        """Whether a person (or their device) has to give a code before the first call."""
        return bool(self.code_serial)
