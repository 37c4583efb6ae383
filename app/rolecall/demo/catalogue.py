"""The accounts, users, devices and roles of the embedded AWS. Every key and seed is new at each start.

Whether a trust lets somebody in is decided in trust.py; how the profiles are written, in aws_files.py.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from rolecall.demo.callers import Caller, Kind, new_id, new_secret
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
class Role:
    """An IAM role. max_seconds: its MaxSessionDuration, 3600 to 43200 (IAM API, CreateRole)."""

    arn: str
    trust: Trust
    max_seconds: int = 3600
    role_id: str = field(default_factory=lambda: new_id("AROA"))

    @property
    def name(self) -> str:
        """The role's name without its path."""
        return self.arn.rsplit("/", 1)[1]


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as the ready folder shows it. keys: whose long-lived keys it holds, if any."""

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


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that exists at the start. users: by the name their profile has."""

    accounts: tuple[Account, ...]
    users: dict[str, Caller]
    devices: tuple[Device, ...]
    roles: dict[str, Role]
    profiles: tuple[Profile, ...]

    def account(self, account_id: str) -> Account:
        """The account of an id. Raises KeyError for one that is not here."""
        for account in self.accounts:
            if account.account_id == account_id:
                return account
        raise KeyError(account_id)

    def device(self, serial: str) -> Device | None:
        """The MFA device of a serial, whoever owns it."""
        return next((device for device in self.devices if device.serial == serial), None)


IDENTITY: Final = Account("111111111111", "Identity", "acme-identity")
PAYMENTS: Final = Account("222222222222", "Payments", "acme-payments")
SANDBOX: Final = Account("333333333333", "Sandbox", "acme-sandbox")
ANALYTICS: Final = Account("555512340000", "Analytics", "acme-analytics")
GOVERNMENT: Final = Account("444444444444", "Payments Gov", "acme-payments-gov", "aws-us-gov")

PHONE: Final = "arn:aws:iam::111111111111:mfa/alex-phone"
TABLET: Final = "arn:aws:iam::111111111111:mfa/sam-tablet"
GOV_PHONE: Final = "arn:aws-us-gov:iam::444444444444:mfa/alex-gov-phone"
ALEX: Final = "arn:aws:iam::111111111111:user/alex"
SAM: Final = "arn:aws:iam::111111111111:user/sam"
BUILD: Final = "arn:aws:iam::111111111111:user/build"
ALEX_GOV: Final = "arn:aws-us-gov:iam::444444444444:user/alex"
ROOT: Final = "arn:aws:iam::111111111111:root"
EXTERNAL_ID: Final = "acme-audit-2026"

_JUMP: Final = "arn:aws:iam::555512340000:role/DataJump"
_DEPLOY: Final = "arn:aws:iam::555512340000:role/deploy/ProdDeploy"


def catalogue() -> Catalogue:
    """A new catalogue with new keys and seeds."""
    return Catalogue(
        accounts=(IDENTITY, PAYMENTS, SANDBOX, ANALYTICS, GOVERNMENT),
        users={
            "alex": user(ALEX),
            "sam": user(SAM),
            "build": user(BUILD),
            "alex-gov": user(ALEX_GOV),
            "root": user(ROOT),
        },
        devices=(
            Device(PHONE, ALEX, seed()),
            Device(TABLET, SAM, seed()),
            Device(GOV_PHONE, ALEX_GOV, seed()),
        ),
        roles={role.arn: role for role in _roles()},
        profiles=tuple(_profiles()),
    )


def user(arn: str) -> Caller:
    """An IAM user (or the root of an account) with a new access key."""
    kind = Kind.ROOT if arn.endswith(":root") else Kind.USER
    name = "" if kind is Kind.ROOT else arn.rsplit("/", 1)[1]
    unique = arn.split(":")[4] if kind is Kind.ROOT else new_id("AIDA")
    return Caller(kind, arn, arn, unique, new_id("AKIA"), new_secret(), user=name)


def seed() -> str:
    """A new seed of a virtual MFA device, base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def _roles() -> Sequence[Role]:
    payments, sandbox = "arn:aws:iam::222222222222:role", "arn:aws:iam::333333333333:role"
    analytics = "arn:aws:iam::555512340000:role"
    return (
        Role(f"{payments}/Admin", Trust((ALEX,), mfa=True), 14400),
        Role(f"{payments}/ReadOnly", Trust((ROOT,)), 43200),
        Role(f"{payments}/finance/Billing", Trust((ALEX,), mfa=True, mfa_max_age=120)),
        Role(f"{payments}/VendorAudit", Trust((ALEX,), external_id=EXTERNAL_ID)),
        Role(_JUMP, Trust((ALEX,), mfa=True, source_identity=True), 14400),
        Role(_DEPLOY, Trust((_JUMP,)), 43200),
        Role(f"{analytics}/Warehouse", Trust((_DEPLOY,))),
        Role(f"{analytics}/Notebook", Trust((ALEX,), mfa=True), 43200),
        Role(f"{sandbox}/Admin", Trust((ROOT,), tags=True, source_identity=True), 43200),
        Role(f"{sandbox}/ReadOnly", Trust((ALEX,), mfa=True)),
        Role(f"{sandbox}/Sealed", Trust((ALEX,), never=True)),
        Role(f"{sandbox}/Guarded", Trust((ALEX,), mfa=True)),
        Role(f"{sandbox}/Deploy", Trust((BUILD,))),
        Role("arn:aws-us-gov:iam::444444444444:role/Auditor", Trust((ALEX_GOV,), mfa=True)),
    )


def _profiles() -> Sequence[Profile]:
    payments, sandbox = "arn:aws:iam::222222222222:role", "arn:aws:iam::333333333333:role"
    analytics, home = "arn:aws:iam::555512340000:role", "eu-central-1"

    def role(name: str, arn: str, comment: str, **more: object) -> Profile:
        fields: dict[str, object] = {"region": home, "source_profile": "alex", **more}
        return Profile(name=name, comment=comment, role_arn=arn, **fields)  # type: ignore[arg-type]

    return (
        Profile(
            "alex",
            home,
            "You. The MFA device is not called as the user is.",
            keys="alex",
            mfa_serial=PHONE,
        ),
        Profile("build", home, "The build server's user: no MFA device.", keys="build"),
        Profile(
            "alex-gov",
            "us-gov-west-1",
            "You, in another partition.",
            keys="alex-gov",
            mfa_serial=GOV_PHONE,
        ),
        role("prod-admin", f"{payments}/Admin", "Wants MFA; at most 4 hours.", mfa_serial=PHONE),
        role("prod-readonly", f"{payments}/ReadOnly", "No code needed."),
        role(
            "billing",
            f"{payments}/finance/Billing",
            "Its trust wants a code of the last two minutes.",
            mfa_serial=PHONE,
            region="us-east-1",
        ),
        role(
            "vendor-audit",
            f"{payments}/VendorAudit",
            "Wants an external id.",
            external_id=EXTERNAL_ID,
        ),
        role(
            "data-jump",
            _JUMP,
            "Wants MFA; the way into Analytics.",
            mfa_serial=PHONE,
            region="eu-west-1",
        ),
        role(
            "data-prod-deploy",
            _DEPLOY,
            "Chained over data-jump: one hour.",
            source_profile="data-jump",
            region="eu-west-1",
        ),
        role(
            "data-warehouse",
            f"{analytics}/Warehouse",
            "Chained over two roles.",
            source_profile="data-prod-deploy",
            region="eu-west-1",
        ),
        role(
            "data-notebook",
            f"{analytics}/Notebook",
            "Eight hours, so a code of its own.",
            mfa_serial=PHONE,
            duration_seconds=28800,
            region="eu-west-1",
        ),
        role(
            "sandbox-admin",
            f"{sandbox}/Admin",
            "Twelve hours, no code.",
            duration_seconds=43200,
            role_session_name="alex-sandbox",
        ),
        role(
            "proto-readonly",
            f"{sandbox}/ReadOnly",
            "Wants MFA; at most 1 hour, 15 minutes asked.",
            mfa_serial=PHONE,
            duration_seconds=900,
            region="eu-west-1",
        ),
        role(
            "sealed", f"{sandbox}/Sealed", "Refuses everybody, to show what a refusal looks like."
        ),
        role(
            "forgotten-mfa", f"{sandbox}/Guarded", "Wants MFA, but mfa_serial was forgotten here."
        ),
        role("ci-deploy", f"{sandbox}/Deploy", "For the build server.", source_profile="build"),
        role(
            "gov-auditor",
            "arn:aws-us-gov:iam::444444444444:role/Auditor",
            "In the GovCloud partition.",
            source_profile="alex-gov",
            mfa_serial=GOV_PHONE,
            region="us-gov-west-1",
        ),
    )
