"""What exists in an embedded AWS: accounts, users, devices, roles, and the profiles that name them.

Shapes only: the demo's own content is in company.py, who is let in is decided in trust.py, how the
profiles are written in aws_files.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rolecall.demo.callers import Caller, new_id
from rolecall.demo.devices import Devices
from rolecall.demo.directory import numbered_name
from rolecall.demo.totp import Device


@dataclass(frozen=True, slots=True)
class Account:
    """An AWS account. alias: what iam:ListAccountAliases says; name: what Organizations says."""

    account_id: str
    name: str
    alias: str
    partition: str = "aws"


@dataclass(frozen=True, slots=True)
class Trust:
    """A role's trust policy. principals: ARNs of users, roles, or `…:root` of an account.

    mfa_max_age: seconds, aws:MultiFactorAuthAge below it; never: an explicit deny for everybody.
    Source of the elements: IAM User Guide, "AWS JSON policy elements: Principal" and
    "AWS global condition context keys".
    """

    principals: tuple[str, ...]
    mfa: bool = False
    mfa_max_age: int | None = None
    external_id: str = ""
    tags: bool = False
    source_identity: bool = False
    never: bool = False


@dataclass(frozen=True, slots=True)
class WebTrust:
    """What a role's trust policy says of AssumeRoleWithWebIdentity.

    provider: `idp` for the demo's own OIDC provider, else one that AWS knows by itself. audiences and
    subjects: what its conditions on `:aud` (`:app_id`) and `:sub` (`:user_id`) name, empty for any.
    amr: of a Cognito token. Source: IAM User Guide, "Creating a role for web identity".
    """

    provider: str
    audiences: tuple[str, ...]
    subjects: tuple[str, ...] = ()
    amr: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """An IAM role. max_seconds: its MaxSessionDuration, 3600 to 43200 (IAM API, CreateRole)."""

    arn: str
    trust: Trust
    max_seconds: int = 3600
    web: WebTrust | None = None
    role_id: str = field(default_factory=lambda: new_id("AROA"))

    @property
    def name(self) -> str:
        """The role's name without its path."""
        return self.arn.rsplit("/", 1)[1]


@dataclass(frozen=True, slots=True)
class IdentityPool:
    """A Cognito identity pool. login: audiences of the demo's OIDC provider that it takes.

    roles: for those who are known, the first by default, the others by CustomRoleArn; guest_role: empty
    where guests are not let in; classic: whether the basic flow is on.
    """

    pool_id: str
    account_id: str
    login: tuple[str, ...]
    roles: tuple[str, ...]
    guest_role: str = ""
    classic: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as the ready folder shows it. keys: whose long-lived keys it holds, if any.

    more: further lines, key and value.
    """

    name: str
    region: str
    comment: str = ""
    keys: str = ""
    role_arn: str = ""
    source_profile: str = ""
    mfa_serial: str = ""
    external_id: str = ""
    duration_seconds: int | None = None
    role_session_name: str = ""
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that exists at the start. users: by the name their profile has.

    devices: those of the start and those that were made since; see `Devices`.
    limited: ARNs of users that may list devices and nothing more of IAM. mfa_first: ARNs of users whose
    policy denies IAM without MFA (the pattern of IAM User Guide, "Allows MFA-authenticated IAM users").
    """

    accounts: tuple[Account, ...]
    users: dict[str, Caller]
    devices: Devices
    roles: dict[str, Role]
    profiles: tuple[Profile, ...]
    limited: frozenset[str] = frozenset()
    mfa_first: frozenset[str] = frozenset()
    root_access: frozenset[str] = frozenset()
    """Account ids from which AssumeRoot is allowed: the management account and delegated administrators."""
    web_providers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Account ids where the demo's OIDC provider is registered, each with the audiences it takes there."""
    pools: tuple[IdentityPool, ...] = ()
    saml_providers: tuple[str, ...] = ()
    """ARNs under which the demo's SAML identity provider is registered."""

    def account(self, account_id: str) -> Account:
        """The account of an id. Raises KeyError for one that is not here."""
        for account in self.accounts:
            if account.account_id == account_id:
                return account
        name = numbered_name(account_id)
        if not name:
            raise KeyError(account_id)
        return Account(account_id, name, name)

    def device(self, serial: str) -> Device | None:
        """The MFA device of a serial, whoever owns it, if anybody does."""
        return self.devices.find(serial)
