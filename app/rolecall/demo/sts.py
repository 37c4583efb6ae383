"""STS: six operations of the query protocol, refusing what AWS refuses and in its words.

Source: STS API reference (2011-06-15); what each kind of credential may call, IAM User Guide, "Requesting
temporary security credentials"; the hour of chained roles, "Roles terms and concepts".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from rolecall.demo import assume_root, rules, session_tags
from rolecall.demo.callers import Caller, Callers, Kind, new_id, new_secret, new_token
from rolecall.demo.catalogue import Catalogue, Role
from rolecall.demo.clock import DemoClock
from rolecall.demo.role_sessions import shown_credentials
from rolecall.demo.trust import Wish, check_trust, not_authorized, prove_mfa
from rolecall.demo.wire import Tree, access_denied, validation_error

NAMESPACE: Final = "https://sts.amazonaws.com/doc/2011-06-15/"
VERSION: Final = "2011-06-15"

Operation = Callable[[Caller, rules.Values], Mapping[str, Tree]]

_MAY: Final = {
    Kind.SESSION: {"AssumeRole", "GetCallerIdentity"},
    Kind.FEDERATED: {"GetCallerIdentity"},
    Kind.ASSUMED_ROOT: {"GetCallerIdentity"},
}


class Sts:
    """The service. `operations` are by action; each takes the signer and the form, and may raise AwsError."""

    def __init__(self, catalogue: Catalogue, callers: Callers, clock: DemoClock) -> None:
        self._catalogue = catalogue
        self._callers = callers
        self._clock = clock
        self.operations: dict[str, Operation] = {
            "AssumeRole": self.assume_role,
            "GetSessionToken": self.get_session_token,
            "GetFederationToken": self.get_federation_token,
            "AssumeRoot": self.assume_root,
            "GetCallerIdentity": self.get_caller_identity,
            "GetAccessKeyInfo": self.get_access_key_info,
        }

    def answer(self, action: str, caller: Caller, values: rules.Values) -> Mapping[str, Tree]:
        """Run one of `operations`. Raises AwsError also for what this kind of credential may not call."""
        if action in {"GetSessionToken", "GetFederationToken"} and caller.temporary:
            raise access_denied(f"Cannot call {action} with session credentials")
        if action not in _MAY.get(caller.kind, {action}):
            raise not_authorized(caller, f"sts:{action}", values.get("RoleArn", "*"))
        return self.operations[action](caller, values)

    def assume_role(self, caller: Caller, values: rules.Values) -> Mapping[str, Tree]:
        """AssumeRole. The code is used up even where the role then refuses, as one code makes one call."""
        rules.check(
            values,
            ("RoleArn", "RoleSessionName"),
            ("ExternalId", "SerialNumber", "TokenCode", "SourceIdentity"),
        )
        seconds = rules.duration(values, 3600, 43200)
        tags = session_tags.passed_tags(values)
        transitive = session_tags.transitive_keys(values, tags)
        packed = rules.session_policy(values, tags)
        arn = values["RoleArn"]
        if not rules.ROLE_ARN.fullmatch(arn):
            raise validation_error(f"{arn} is invalid")
        if caller.kind is Kind.ROOT:
            raise access_denied("Roles may not be assumed by root accounts.")
        wish = self._wish(caller, values, bool(tags))
        role = check_trust(self._catalogue.roles.get(arn), arn, caller, wish)
        _check_duration(seconds, caller, role)
        session_tags.refuse_inherited(caller, tags)
        passed_on = session_tags.inherited(caller)
        session = self._role_session(
            role, caller, values, wish, seconds,
            tags=(*passed_on.items(), *tags.items()),
            transitive=transitive | {key.lower() for key in passed_on},
        )  # fmt: skip
        return _role_answer(session, role, packed)

    def get_session_token(self, caller: Caller, values: rules.Values) -> Mapping[str, Tree]:
        """GetSessionToken. A root user gets an hour at most, without being told."""
        rules.check(values, (), ("SerialNumber", "TokenCode"))
        seconds = rules.duration(values, 43200, 129600)
        now = self._clock.now()
        proved = prove_mfa(
            self._catalogue, caller, values.get("SerialNumber"), values.get("TokenCode"), now
        )
        if caller.kind is Kind.ROOT:
            seconds = min(seconds, 3600)
        session = self._issue(
            Kind.SESSION, caller.arn, caller.principal, caller.unique_id, seconds,
            user=caller.user, mfa_at=now if proved else None,
        )  # fmt: skip
        return {"Credentials": shown_credentials(session)}

    def get_federation_token(self, caller: Caller, values: rules.Values) -> Mapping[str, Tree]:
        """GetFederationToken. Without a session policy its session may do nothing."""
        rules.check(values, ("Name",))
        seconds = rules.duration(values, 43200, 129600)
        packed = rules.session_policy(values, session_tags.passed_tags(values))
        if caller.kind is Kind.ROOT:
            seconds = min(seconds, 3600)
        name = values["Name"]
        arn = f"arn:{caller.partition}:sts::{caller.account}:federated-user/{name}"
        user_id = f"{caller.account}:{name}"
        session = self._issue(
            Kind.FEDERATED, arn, arn, user_id, seconds,
            user=caller.user, session_name=name,
            policy=values.get("Policy", "") or values.get("PolicyArns.member.1.arn", ""),
        )  # fmt: skip
        return {
            "Credentials": shown_credentials(session),
            "FederatedUser": {"FederatedUserId": user_id, "Arn": arn},
            **({"PackedPolicySize": str(packed)} if packed else {}),
        }

    def assume_root(self, caller: Caller, values: rules.Values) -> Mapping[str, Tree]:
        """AssumeRoot: the task policy is all that its session may do."""
        seconds = assume_root.seconds_of(values)
        account = assume_root.target_of(self._catalogue, caller, values)
        arn = f"arn:{caller.partition}:sts::{account}:assumed-root"
        identity = caller.source_identity or caller.user or caller.session_name
        session = self._issue(
            Kind.ASSUMED_ROOT, arn, arn, account, seconds,
            chained=caller.temporary, source_identity=identity, policy=values["TaskPolicyArn.arn"],
        )  # fmt: skip
        return {"Credentials": shown_credentials(session), "SourceIdentity": identity}

    def get_caller_identity(self, caller: Caller, _values: rules.Values) -> Mapping[str, Tree]:
        """GetCallerIdentity: nobody can be denied it."""
        return {"Arn": caller.arn, "UserId": caller.unique_id, "Account": caller.account}

    def get_access_key_info(self, _caller: Caller, values: rules.Values) -> Mapping[str, Tree]:
        """GetAccessKeyInfo: the account of a key id, whatever the key's state."""
        rules.check(values, ("AccessKeyId",))
        holder = self._callers.find(values["AccessKeyId"])
        if holder is None:
            raise validation_error("The access key ID provided is invalid.")
        return {"Account": holder.account}

    def _wish(self, caller: Caller, values: rules.Values, tagged: bool) -> Wish:
        now = self._clock.now()
        given = values.get("SourceIdentity", "")
        proved = prove_mfa(
            self._catalogue, caller, values.get("SerialNumber"), values.get("TokenCode"), now
        )
        if given and caller.source_identity not in {"", given}:
            raise not_authorized(caller, "sts:SetSourceIdentity", values["RoleArn"])
        identity = given or caller.source_identity
        mfa_at = now if proved else caller.mfa_at
        return Wish(mfa_at, values.get("ExternalId", ""), tagged, identity, now)

    def _role_session(
        self, role: Role, caller: Caller, values: rules.Values, wish: Wish, seconds: int,
        *, tags: tuple[tuple[str, str], ...], transitive: frozenset[str],
    ) -> Caller:  # fmt: skip
        """A session's ARN names the role without its path (IAM User Guide, "IAM identifiers")."""
        name, account = values["RoleSessionName"], role.arn.split(":")[4]
        partition = role.arn.split(":")[1]
        return self._issue(
            Kind.ROLE, f"arn:{partition}:sts::{account}:assumed-role/{role.name}/{name}",
            role.arn, f"{role.role_id}:{name}", seconds,
            role=role.name, session_name=name, chained=caller.temporary,
            source_identity=wish.source_identity, policy=values.get("Policy", ""),
            tags=tags, transitive=transitive,
        )  # fmt: skip

    def _issue(
        self, kind: Kind, arn: str, principal: str, unique_id: str, seconds: int,
        *, user: str = "", role: str = "", session_name: str = "", chained: bool = False,
        mfa_at: float | None = None, source_identity: str = "", policy: str = "",
        tags: tuple[tuple[str, str], ...] = (), transitive: frozenset[str] = frozenset(),
    ) -> Caller:  # fmt: skip
        """Whole seconds, so that the time in the answer is the time that is kept."""
        caller = Caller(
            kind, arn, principal, unique_id, new_id("ASIA"), new_secret(), new_token(),
            math.floor(self._clock.now()) + seconds, user, role, session_name, chained,
            mfa_at, source_identity, policy, tags, transitive,
        )  # fmt: skip
        return self._callers.add(caller)


def _check_duration(seconds: int, caller: Caller, role: Role) -> None:
    if caller.temporary and seconds > 3600:
        raise validation_error(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."
        )
    if seconds > role.max_seconds:
        raise validation_error(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        )


def _role_answer(session: Caller, role: Role, packed: int) -> Mapping[str, Tree]:
    return {
        "Credentials": shown_credentials(session),
        "AssumedRoleUser": {
            "AssumedRoleId": f"{role.role_id}:{session.session_name}",
            "Arn": session.arn,
        },
        **({"PackedPolicySize": str(packed)} if packed else {}),
        **({"SourceIdentity": session.source_identity} if session.source_identity else {}),
    }
