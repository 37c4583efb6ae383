"""Credentials and the Session they belong to. Holds secrets in memory; never shows, logs or stores them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Credentials:
    """AWS credentials. All members are hidden from `repr`; pickling is refused.

    session_token is empty for long-lived keys.
    """

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    session_token: str = field(default="", repr=False)

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials are not to be pickled")


class Origin(StrEnum):
    """Which call made the session; it decides what the session may be used for.

    Source: IAM User Guide, "Requesting temporary security credentials" (comparison table).
    """

    KEYS = "assume_role"  # AssumeRole signed with long-lived keys, no code
    OWN_CODE = "assume_role_mfa"  # AssumeRole signed with long-lived keys, code in the call
    SHARED = "shared_mfa"  # AssumeRole signed with a GetSessionToken session made with a code
    CHAINED = "role_chain"  # AssumeRole signed with another role's credentials
    SESSION_TOKEN = "session_token"  # noqa: S105  GetSessionToken without a code
    SESSION_TOKEN_MFA = "session_token_mfa"  # noqa: S105  GetSessionToken with a code
    SAML = "saml"  # AssumeRoleWithSAML
    WEB_IDENTITY = "web_identity"  # AssumeRoleWithWebIdentity
    IDENTITY_CENTER = "identity_center"  # GetRoleCredentials
    COGNITO = "cognito"  # GetCredentialsForIdentity
    FEDERATION = "federation_token"  # GetFederationToken
    ROOT = "assume_root"  # AssumeRoot
    RESOLVED = (
        "resolved"  # handed over by another program or the machine; what made it is not known
    )


@dataclass(frozen=True, slots=True)
class Session:
    """Temporary credentials and what is known of them. Times are UTC epoch seconds.

    name: the profile's name; arn: who AWS says we are (assumed-role ARN), or empty; user_id: the
    AssumedRoleId that goes with it, or empty.
    scope: digest of the session policies asked for, empty for the role's full permissions.
    policy, policy_arns: those session policies, so that it can be had again.
    made_for: digest of the source, roles and policies it was made for (`Role.made_for`).
    packed_policy_size: percent of AWS's limit that policies and tags took, None where AWS did not say.
    """

    name: str
    credentials: Credentials
    issued_at: float
    expires_at: float
    origin: Origin
    arn: str = ""
    user_id: str = ""
    role_arn: str = ""
    region: str = ""
    scope: str = ""
    made_for: str = ""
    packed_policy_size: int | None = None
    policy: str = ""
    policy_arns: tuple[str, ...] = ()

    @property
    def lifetime(self) -> float:
        """Seconds from issue to expiry."""
        return max(self.expires_at - self.issued_at, 0.0)

    def live(self, now: float) -> bool:
        """Whether the credentials may still be handed out at `now`."""
        return now < self.expires_at

    @property
    def has_mfa(self) -> bool:
        """Whether a following AssumeRole signed with it carries an MFA context."""
        return self.origin is Origin.SESSION_TOKEN_MFA

    @property
    def opens_console(self) -> bool:
        """Whether AWS's federation endpoint takes these credentials (not those of GetSessionToken)."""
        if self.origin is Origin.RESOLVED:  # a user's keys, or GetSessionToken's, have a user's ARN
            return ":assumed-role/" in self.arn or ":federated-user/" in self.arn
        return self.origin not in (Origin.SESSION_TOKEN, Origin.SESSION_TOKEN_MFA, Origin.ROOT)

    @property
    def console_duration_allowed(self) -> bool:
        """Whether SessionDuration may be sent to the federation endpoint: unchained roles only.

        Source: IAM User Guide, "Enabling custom identity broker access to the AWS console".
        """
        return self.origin in (
            Origin.KEYS,
            Origin.OWN_CODE,
            Origin.SAML,
            Origin.WEB_IDENTITY,
            Origin.IDENTITY_CENTER,
        )
