"""AssumeRoleWithSAML and AWS's sign-in page for SAML: unsigned calls that bring a response of a provider.

Source: STS API reference, AssumeRoleWithSAML; IAM User Guide, "Create a role for SAML 2.0 federation" and
"Troubleshoot SAML federation". A response may be redeemed for several roles within its five minutes.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping
from typing import Final

from rolecall.demo import rules, saml_pages
from rolecall.demo.callers import Caller, Callers
from rolecall.demo.catalogue import Catalogue, Role
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Call, Calls
from rolecall.demo.role_sessions import federated_session, shown_credentials
from rolecall.demo.saml_idp import SamlIdp
from rolecall.demo.saml_verify import Vouched, recipient_is_aws, roles_named, vouched
from rolecall.demo.signin_page import Shown, signed_in
from rolecall.demo.wire import Answer, AwsError, Request, Tree, access_denied, validation_error

ACTION: Final = "AssumeRoleWithSAML"
_DENIED: Final = f"Not authorized to perform sts:{ACTION}"


class SamlFederation:
    """Both places. registered: metadata of providers in IAM, by ARN; the demo's own is known besides."""

    def __init__(
        self, catalogue: Catalogue, callers: Callers, clock: DemoClock, calls: Calls, idp: SamlIdp
    ) -> None:
        self._catalogue, self._callers, self._clock, self._calls = catalogue, callers, clock, calls
        self._idp = idp
        self.registered: dict[str, str] = {}

    def answer(self, values: rules.Values) -> Mapping[str, Tree]:
        """AssumeRoleWithSAML. Raises AwsError."""
        rules.check(values, ("RoleArn", "PrincipalArn", "SAMLAssertion"))
        seconds = rules.duration(values, 3600, 43200)
        packed = rules.session_policy(values, {})
        arn, provider = values["RoleArn"], values["PrincipalArn"]
        if not rules.ROLE_ARN.fullmatch(arn):
            raise validation_error(f"{arn} is invalid")
        said = vouched(values["SAMLAssertion"], self._metadata(provider), self._clock.now())
        role = self._trusting(arn, provider, said)
        if seconds > role.max_seconds:
            raise validation_error(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
            )
        session = self._session(role, said, self._capped(seconds, said), values.get("Policy", ""))
        return {
            "Credentials": shown_credentials(session),
            "AssumedRoleUser": {"AssumedRoleId": session.unique_id, "Arn": session.arn},
            "Subject": said.subject,
            "SubjectType": said.subject_type,
            "Issuer": said.issuer,
            "Audience": said.recipient,
            "NameQualifier": _name_qualifier(said.issuer, provider),
            **({"PackedPolicySize": str(packed)} if packed else {}),
            **({"SourceIdentity": said.source_identity} if said.source_identity else {}),
        }

    def page(self, request: Request) -> Answer:
        """AWS's `/saml`: a choice of roles, or the console at once where there is one."""
        values = request.values() if request.method == "POST" else {}
        encoded = values.get("SAMLResponse", "")
        try:
            pairs = roles_named(encoded)
            chosen = values.get("roleIndex", pairs[0][0] if len(pairs) == 1 else "")
            answer = self._console(encoded, pairs, chosen, values.get("RelayState", ""))
        except AwsError as error:
            answer = saml_pages.refused(error.message)
        self._calls.add(Call("saml", self._clock.now(), answer.code))
        return answer

    def _console(
        self, encoded: str, pairs: list[tuple[str, str]], chosen: str, onward: str
    ) -> Answer:
        """The role chosen must be in the response; with none chosen, the choice."""
        if not pairs:
            text = "Your request included an invalid SAML response."
            raise AwsError("InvalidIdentityToken", text)
        provider = dict(pairs).get(chosen, pairs[0][1])
        said = vouched(encoded, self._metadata(provider), self._clock.now())
        if not chosen:
            names = {one.account_id: one.alias for one in self._catalogue.accounts}
            fields = {"SAMLResponse": encoded, "RelayState": onward}
            return saml_pages.choose(pairs, names, fields)
        role = self._trusting(chosen, provider, said)
        account = self._catalogue.account(chosen.split(":")[4])
        shown = Shown(
            account.name, account.account_id, role.name, said.session_name,
            onward or "https://console.aws.amazon.com/", "", said.session_seconds or 3600,
        )  # fmt: skip
        return saml_pages.page(200, signed_in(shown))

    def _metadata(self, provider: str) -> str | None:
        if provider in self._catalogue.saml_providers:
            return self._idp.metadata()
        return self.registered.get(provider)

    def _trusting(self, arn: str, provider: str, said: Vouched) -> Role:
        """The role, if its pair is in the response and its trust fits. Raises AwsError AccessDenied."""
        role = self._catalogue.roles.get(arn)
        if role is None or (arn, provider) not in said.roles:
            raise access_denied(_DENIED)
        trust = role.trust
        if trust.never or provider not in trust.principals or trust.mfa:
            raise access_denied(_DENIED)
        if not recipient_is_aws(said.recipient):
            raise access_denied(_DENIED)
        if (said.tags and not trust.tags) or (said.source_identity and not trust.source_identity):
            raise access_denied(_DENIED)
        return role

    def _capped(self, seconds: int, said: Vouched) -> int:
        """DurationSeconds, cut by what the response says."""
        if said.session_seconds is not None:
            seconds = min(seconds, said.session_seconds)
        if said.session_ends_at is not None:
            seconds = min(seconds, math.floor(said.session_ends_at - self._clock.now()))
        return max(seconds, 1)

    def _session(self, role: Role, said: Vouched, seconds: int, policy: str) -> Caller:
        return federated_session(
            role,
            said.session_name,
            seconds,
            self._callers,
            self._clock,
            policy,
            said.source_identity,
        )


def _name_qualifier(issuer: str, provider: str) -> str:
    """Source: STS API reference, AssumeRoleWithSAML, NameQualifier."""
    account, name = provider.split(":")[4], provider.rsplit("/", 1)[1]
    octets = hashlib.sha1(f"{issuer}{account}/{name}".encode()).digest()  # noqa: S324  AWS's own formula
    return base64.b64encode(octets).decode()
