"""Messages: what each operation of AWS STS is sent, and what its answer says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from rolecall.aws import checks, problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.under_way import CallUnderWay
from rolecall.domain.problem import ProblemError
from rolecall.domain.role import Role, RoleArn
from rolecall.domain.route import Call, Hop
from rolecall.domain.session import Credentials

_OPERATIONS: Final = {
    Call.ASSUME_ROLE: "assume_role",
    Call.GET_SESSION_TOKEN: "get_session_token",
    Call.GET_FEDERATION_TOKEN: "get_federation_token",
    Call.ASSUME_ROOT: "assume_root",
    Call.ASSUME_ROLE_WITH_SAML: "assume_role_with_saml",
    Call.ASSUME_ROLE_WITH_WEB_IDENTITY: "assume_role_with_web_identity",
}
TOKEN_MEMBERS: Final = {
    Call.ASSUME_ROLE_WITH_SAML: "SAMLAssertion",
    Call.ASSUME_ROLE_WITH_WEB_IDENTITY: "WebIdentityToken",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call gave. Times are UTC epoch seconds by AWS's clock.

    arn, user_id: who AWS says the caller now is (AssumedRoleUser), empty for GetSessionToken.
    packed_policy_size: percent of the limit, or None. skew: seconds AWS's clock is ahead of the `now`
    that was handed in; 0.0 below two seconds.
    """

    credentials: Credentials
    issued_at: float
    expires_at: float
    arn: str = ""
    packed_policy_size: int | None = None
    skew: float = 0.0
    user_id: str = ""


def operation(hop: Hop) -> str:
    """The name under which botocore has the operation of a hop."""
    return _OPERATIONS[hop.call]


def parameters_of(hop: Hop, code: str | None, partition: str, now: float) -> dict[str, Any]:
    """What a hop's operation is sent; code goes along with it if there is one. now: UTC epoch seconds.

    Source: AWS STS API Reference, the request parameters of each operation.
    """
    found: dict[str, Any] = {"DurationSeconds": hop.duration_seconds}
    if code is not None:
        found |= {"SerialNumber": hop.serial, "TokenCode": code}
    match hop.call:
        case Call.GET_SESSION_TOKEN:
            return found
        case Call.ASSUME_ROOT:
            task = {"arn": f"arn:{partition}:iam::aws:policy/root-task/{hop.task_policy}"}
            return found | {"TargetPrincipal": hop.target, "TaskPolicyArn": task}
        case Call.GET_FEDERATION_TOKEN:
            found["Name"] = hop.target
        case _:
            found |= {"RoleArn": hop.role_arn, "RoleSessionName": checks.session_name(hop, now)}
    return found | _narrowing(hop, now)


def _narrowing(hop: Hop, now: float) -> dict[str, Any]:
    """Members that are left out where there is nothing to say."""
    tags = [{"Key": key, "Value": value} for key, value in hop.tags]
    members = {
        "ExternalId": hop.external_id,
        "Policy": hop.policy,
        "PolicyArns": [{"arn": arn} for arn in hop.policy_arns],
        "SourceIdentity": checks.source_identity(hop, now),
        "Tags": tags,
        "TransitiveTagKeys": list(hop.transitive_tags),
    }
    return {name: value for name, value in members.items() if value}


_PARTS: Final = ("AccessKeyId", "SecretAccessKey", "SessionToken")


def answer_in(
    answer: dict[str, Any], call: CallUnderWay, known: Callable[[], Circumstances]
) -> Answer:
    """The `Answer` in STS's answer; a ProblemError where a part is missing or already over."""
    given = answer.get("Credentials") or {}
    parts = [str(given.get(key) or "") for key in _PARTS]
    issued_at = call.sent_at + call.skew
    try:
        expires_at = float(given["Expiration"].timestamp())
    except (KeyError, AttributeError, ValueError, OverflowError):
        expires_at = 0.0
    if not all(parts) or expires_at <= issued_at:
        raise ProblemError(problems.garbage(known()))
    size = answer.get("PackedPolicySize")
    user = answer.get("AssumedRoleUser") or answer.get("FederatedUser") or {}
    return Answer(
        credentials=Credentials(*parts),
        issued_at=issued_at,
        expires_at=expires_at,
        arn=user.get("Arn", ""),
        user_id=user.get("AssumedRoleId") or user.get("FederatedUserId", ""),
        packed_policy_size=size if isinstance(size, int) else None,
        skew=call.skew,
    )


def circumstances(
    role: Role,
    hop: Hop | None,
    credentials: Credentials | None,
    now: float,
    code_sent: bool = False,
) -> Circumstances:
    """What a refusal of this call is to be judged by. now: UTC epoch seconds."""
    arn = _arn(hop)
    position = next((i for i, h in enumerate(role.hops) if str(h.arn) == str(arn)), 0)
    return Circumstances(
        role=role.name,
        role_name=arn.name if arn else "",
        account=arn.account_id if arn else role.account_id,
        partition=arn.partition if arn else role.partition,
        region=role.region,
        serial=hop.serial if hop else "",
        device=role.device,
        code_sent=code_sent,
        temporary=bool(credentials and credentials.session_token),
        chained=position > 0,
        external_id=bool(hop and hop.external_id),
        seconds=hop.duration_seconds if hop else 0,
        call=hop.call.value if hop else "",
        now=now,
        target=hop.target if hop else "",
    )


def _arn(hop: Hop | None) -> RoleArn | None:
    if hop is None or not hop.role_arn:
        return None
    try:
        return RoleArn.parse(hop.role_arn)
    except ValueError:
        return None
