"""AssumeRoleWithWebIdentity: an unsigned call that brings a token. The trust policy decides, as in AssumeRole.

Source: STS API reference, AssumeRoleWithWebIdentity; IAM User Guide, "Creating a role for web identity".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rolecall.demo import rules
from rolecall.demo.callers import Callers
from rolecall.demo.catalogue import Catalogue, Role
from rolecall.demo.clock import DemoClock
from rolecall.demo.role_sessions import federated_session, shown_credentials
from rolecall.demo.web_tokens import AMAZON, FACEBOOK, Identity, WebTokens
from rolecall.demo.wire import AwsError, Tree, access_denied, validation_error

ACTION: Final = "AssumeRoleWithWebIdentity"


class WebIdentity:
    """The operation. It needs no signature and looks at none."""

    def __init__(
        self, catalogue: Catalogue, callers: Callers, clock: DemoClock, tokens: WebTokens
    ) -> None:
        self._catalogue, self._callers, self._clock = catalogue, callers, clock
        self._tokens = tokens

    def answer(self, values: rules.Values) -> Mapping[str, Tree]:
        """Answer one call. Raises AwsError."""
        rules.check(values, ("RoleArn", "RoleSessionName", "WebIdentityToken"), ("ProviderId",))
        seconds = rules.duration(values, 3600, 43200)
        packed = rules.session_policy(values, {})
        arn = values["RoleArn"]
        if not rules.ROLE_ARN.fullmatch(arn):
            raise validation_error(f"{arn} is invalid")
        identity = self._identity(values, arn.split(":")[4])
        role = self._trusting(arn, identity)
        session = federated_session(
            role, values["RoleSessionName"], seconds, self._callers, self._clock,
            values.get("Policy", ""),
        )  # fmt: skip
        return {
            "Credentials": shown_credentials(session),
            "SubjectFromWebIdentityToken": identity.subject,
            "AssumedRoleUser": {"AssumedRoleId": session.unique_id, "Arn": session.arn},
            "Provider": identity.shown,
            "Audience": identity.audience,
            **({"PackedPolicySize": str(packed)} if packed else {}),
        }

    def _identity(self, values: rules.Values, account: str) -> Identity:
        token, provider = values["WebIdentityToken"], values.get("ProviderId")
        if provider is None:
            return self._tokens.of_id_token(token, account)
        if provider not in {AMAZON, FACEBOOK}:
            raise AwsError("InvalidIdentityToken", f"ProviderId {provider} is not supported")
        return self._tokens.of_access_token(token, provider)

    def _trusting(self, arn: str, identity: Identity) -> Role:
        role = self._catalogue.roles.get(arn)
        if identity.roles is not None and arn not in identity.roles:
            text = "The target role ARN is not present in the roles claim of the identity token"
            raise AwsError("InvalidIdentityToken", text)
        if role is None or not lets_in(role, identity):
            raise access_denied(f"Not authorized to perform sts:{ACTION}")
        return role


def lets_in(role: Role, identity: Identity) -> bool:
    """Whether the conditions of a role's trust policy fit."""
    web = role.web
    if web is None or web.provider != identity.provider or role.trust.never:
        return False
    if web.audiences and identity.audience not in web.audiences:
        return False
    if web.subjects and identity.subject not in web.subjects:
        return False
    return not web.amr or web.amr in identity.amr
