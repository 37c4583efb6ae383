"""Sts: the calls to AWS STS. Keeps one client per distinct settings and signs each call by itself.

Must not know routes, sessions or where credentials come from. botocore is imported when first needed.
Every failure leaves as a ProblemError without the exception behind it, which may carry what was sent.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from rolecall.aws import checks, partitions, problems
from rolecall.aws import limits as call_limits
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.unsigned import Unsigned
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.role import Role, RoleArn, Source, SourceKind
from rolecall.domain.route import Call, Hop
from rolecall.domain.session import Credentials

if TYPE_CHECKING:
    from botocore.client import BaseClient

    from rolecall.aws.client import ClientSettings
    from rolecall.aws.transport import Transports

Made = TypeVar("Made")

_SMALLEST_SKEW: Final = 2.0
"""Seconds below which a difference is the Date header's own coarseness, and the way."""

_MOST_CLIENTS: Final = 24
"""Clients kept; each costs about a megabyte. Few people use more than five regions."""


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


class Sts:
    """AWS STS, for any thread. One client per distinct settings, kept as long as this object.

    unsigned: the clients of services whose answers begin a Route, kept as long.
    """

    def __init__(self) -> None:
        self._clients: dict[ClientSettings, BaseClient] = {}
        self._asked: dict[tuple[object, ...], BaseClient] = {}
        self._transports: Transports | None = None
        self.unsigned = Unsigned()
        self._lock = threading.Lock()

    def warm(self, role: Role | None = None) -> None:
        """Import botocore and build the clients of `role` (or of no settings at all). Takes 0.3 s once."""
        role = role or _NOBODY
        known = partial(_circumstances, role, None, None, 0.0)
        for single_try in (True, False):
            _attempt(known, CallUnderWay.start(), partial(self._client, role, single_try))

    def call(
        self,
        hop: Hop,
        credentials: Credentials,
        code: str | None,
        role: Role,
        now: Callable[[], float],
    ) -> Answer:
        """Make the one call that `hop` describes, signed with `credentials`. Raises ProblemError.

        code: six digits, sent only where the hop names a serial, and then never twice.
        role: whose profile decides endpoint and region. now: UTC epoch seconds; see `Answer.skew`.
        """
        sent_code = code if hop.serial else None
        role = _regional(role) if hop.call is Call.ASSUME_ROOT else role
        checks.check(hop, code, role.name)
        known = partial(_circumstances, role, hop, credentials, now(), bool(sent_code))
        parameters = _parameters(hop, sent_code, _partition(role), now())
        call = CallUnderWay.start()

        def work() -> dict[str, Any]:
            client = self._client(role, single_try=sent_code is not None)
            return within_limits(client, _operation(hop), parameters, credentials, call, now)

        return _answer(_attempt(known, call, work), call, known)

    def call_with_token(self, hop: Hop, token: str, role: Role, now: Callable[[], float]) -> Answer:
        """AssumeRoleWithSAML or AssumeRoleWithWebIdentity: not signed, the token says who asks.

        token: the assertion in base64, or the provider's token. Raises ProblemError.
        """
        checks.check(hop, None, role.name)
        known = partial(_circumstances, role, hop, None, now())
        parameters = {
            **_parameters(hop, None, _partition(role), now()),
            _TOKEN_MEMBERS[hop.call]: token,
        }
        if hop.call is Call.ASSUME_ROLE_WITH_SAML:
            parameters["PrincipalArn"] = hop.provider
            del parameters["RoleSessionName"]  # the assertion names it
        elif hop.provider:
            parameters["ProviderId"] = hop.provider
        call = CallUnderWay.start()

        def work() -> dict[str, Any]:
            client = self._client(role, single_try=False)
            return within_limits(client, _operation(hop), parameters, None, call, now)

        return _answer(_attempt(known, call, work), call, known)

    def caller_identity(
        self, credentials: Credentials, role: Role, now: Callable[[], float] = time.time
    ) -> str:
        """The ARN that `credentials` belong to (GetCallerIdentity). Raises ProblemError."""
        known = partial(_circumstances, role, None, credentials, now())
        call = CallUnderWay.start()

        def work() -> dict[str, Any]:
            client = self._client(role, single_try=False)
            return within_limits(client, "get_caller_identity", {}, credentials, call, now)

        arn = _attempt(known, call, work).get("Arn")
        if not isinstance(arn, str):
            raise ProblemError(problems.garbage(known()))
        return arn

    def _client(self, role: Role, single_try: bool) -> BaseClient:
        from rolecall.aws import client, transport

        transport.keep_quiet()
        asked = (role.client_config, role.region, role.services, role.partition, single_try)
        known = self._asked.get(asked)
        if known is not None:
            return known
        profile = dict(role.client_config)
        if role.region:
            profile.setdefault("region", role.region)
        settings = client.settings_of(profile, role.services, role.partition, single_try)
        with self._lock:
            self._transports = self._transports or transport.Transports()
            found = self._clients.get(settings)
            if found is None:
                while len(self._clients) >= _MOST_CLIENTS:
                    del self._clients[next(iter(self._clients))]
                    self._asked.clear()
                found = self._clients[settings] = client.build(settings, self._transports)
            self._asked[asked] = found
            return found


def _regional(role: Role) -> Role:
    """`role` with a region of its own: the global endpoint has no AssumeRoot (AWS STS API Reference)."""
    region = role.region or partitions.of(role.partition).default_region
    kept = tuple(pair for pair in role.client_config if pair[0] != "sts_regional_endpoints")
    return replace(role, region=region, client_config=kept)


_NOBODY: Final = Role("", Source(SourceKind.OTHER, ""))


@dataclass(slots=True)
class CallUnderWay:
    """What is measured of one call while it runs. skew, sent_at: seconds; sent: it was on its way."""

    limits: call_limits.CallLimits
    skew: float = 0.0
    sent: bool = False
    sent_at: float = 0.0

    @classmethod
    def start(cls) -> CallUnderWay:
        """A call that begins now."""
        return cls(call_limits.CallLimits.start())


def within_limits(
    client: BaseClient,
    operation: str,
    parameters: dict[str, Any],
    credentials: Credentials | None,
    call: CallUnderWay,
    now: Callable[[], float],
) -> dict[str, Any]:
    """The answer of one operation, within the limits of `call`. Raises whatever botocore raises.

    credentials: None for an operation that is not signed. now: UTC epoch seconds.
    """
    from rolecall.aws import first_try
    from rolecall.aws.client import signing

    signer = signing.set(credentials or _UNSIGNED)
    limits = call_limits.current.set(call.limits)
    call.sent, call.sent_at = True, now()
    try:
        answer = first_try.call(client, operation, parameters)
    except Exception as error:
        answered = getattr(error, "response", None)
        if isinstance(answered, dict):
            call.skew = skew_of(answered, call.sent_at, now())
        raise
    finally:
        call_limits.current.reset(limits)
        signing.reset(signer)
    call.skew = skew_of(answer, call.sent_at, now())
    return answer


def _attempt(
    known: Callable[[], Circumstances], call: CallUnderWay, work: Callable[[], Made]
) -> Made:
    """What `work` returns. Whatever botocore raises becomes a ProblemError that keeps nothing of it."""
    try:
        return work()
    except ProblemError:
        raise
    except Exception as error:  # noqa: BLE001  anything may carry what was sent
        problem = _problem(error, replace(known(), skew=call.skew), call)
    raise ProblemError(problem)  # out here, so that it has no context


def _problem(error: Exception, known: Circumstances, call: CallUnderWay) -> Problem:
    if call.limits.too_large:
        return problems.garbage(known)
    if call.limits.timed_out:
        return problems.timeout(known)
    return problems.from_exception(error, known, call.sent)


def skew_of(answer: dict[str, Any], sent_at: float, received_at: float) -> float:
    """Seconds the answer's Date is ahead of ours, or 0.0. The header is cut to whole seconds."""
    import email.utils

    headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    try:
        date = email.utils.parsedate_to_datetime(headers.get("date", ""))
    except (TypeError, ValueError):
        return 0.0
    skew = date.timestamp() + 0.5 - (sent_at + received_at) / 2
    return skew if abs(skew) >= _SMALLEST_SKEW else 0.0


_OPERATIONS: Final = {
    Call.ASSUME_ROLE: "assume_role",
    Call.GET_SESSION_TOKEN: "get_session_token",
    Call.GET_FEDERATION_TOKEN: "get_federation_token",
    Call.ASSUME_ROOT: "assume_root",
    Call.ASSUME_ROLE_WITH_SAML: "assume_role_with_saml",
    Call.ASSUME_ROLE_WITH_WEB_IDENTITY: "assume_role_with_web_identity",
}
_TOKEN_MEMBERS: Final = {
    Call.ASSUME_ROLE_WITH_SAML: "SAMLAssertion",
    Call.ASSUME_ROLE_WITH_WEB_IDENTITY: "WebIdentityToken",
}
_UNSIGNED: Final = Credentials("unused", "unused")


def _partition(role: Role) -> str:
    """The partition a task policy lies in: of the ARN or device where there is one, else of the region."""
    return partitions.of_region(role.region).name if role.partition == "aws" else role.partition


def _operation(hop: Hop) -> str:
    return _OPERATIONS[hop.call]


def _parameters(hop: Hop, code: str | None, partition: str, now: float) -> dict[str, Any]:
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


def _answer(
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


def _circumstances(
    role: Role,
    hop: Hop | None,
    credentials: Credentials | None,
    now: float,
    code_sent: bool = False,
) -> Circumstances:
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
