"""Acme: the accounts, users, devices, roles and profiles of the demo. Every key and seed is new at each start."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from typing import Final

from rolecall.demo import (
    code_programs,
    other_sources,
    portal_profiles,
    saml_company,
    web_company,
    web_entries,
)
from rolecall.demo.callers import Caller, Kind, new_id, new_secret
from rolecall.demo.catalogue import Account, Catalogue, Profile, Role, Trust
from rolecall.demo.devices import Devices
from rolecall.demo.directory import ASSIGNED
from rolecall.demo.totp import Device

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

_POWER_USER: Final = next(
    one.role_arn
    for one in ASSIGNED
    if (one.account_id, one.role) == (PAYMENTS.account_id, "PowerUser")
)
_JUMP: Final = "arn:aws:iam::555512340000:role/DataJump"
_DEPLOY: Final = "arn:aws:iam::555512340000:role/deploy/ProdDeploy"
_SANDBOX: Final = "arn:aws:iam::333333333333:role"
_AUDITED: Final = f"{_SANDBOX}/Audited"
_AGAIN: Final = f"{_SANDBOX}/Again"
"""Lists itself in its trust policy, as a role has to that assumes itself."""


def company() -> Catalogue:
    """The demo's catalogue, with new keys and seeds."""
    return Catalogue(
        accounts=(IDENTITY, PAYMENTS, SANDBOX, ANALYTICS, GOVERNMENT),
        users={
            "alex": user(ALEX),
            "sam": user(SAM),
            "build": user(BUILD),
            "alex-gov": user(ALEX_GOV),
            "root": user(ROOT),
            "robin": user(other_sources.ROBIN),
            "casey": user(code_programs.CASEY),
        },
        devices=Devices(
            (
                Device(PHONE, ALEX, seed()),
                Device(TABLET, SAM, seed()),
                Device(GOV_PHONE, ALEX_GOV, seed()),
                *code_programs.devices(),
            )
        ),
        roles={
            role.arn: role
            for role in (
                *_roles(),
                *other_sources.roles(),
                *code_programs.roles(),
                *saml_company.saml_roles(),
                *web_company.roles(),
            )
        },
        profiles=(
            *_profiles(),
            *portal_profiles.profiles(),
            *other_sources.profiles(),
            *code_programs.profiles(),
            *web_entries.profiles(),
        ),
        web_providers=web_company.PROVIDERS,
        pools=web_company.POOLS,
        saml_providers=saml_company.PROVIDERS,
        limited=frozenset({BUILD}),
        root_access=frozenset({IDENTITY.account_id}),
        mfa_first=frozenset({SAM}),
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
        Role(_DEPLOY, Trust((_JUMP,), source_identity=True), 43200),
        Role(f"{analytics}/Warehouse", Trust((_DEPLOY,), source_identity=True)),
        Role(f"{analytics}/Notebook", Trust((ALEX,), mfa=True), 43200),
        Role(f"{sandbox}/Admin", Trust((ROOT,), tags=True, source_identity=True), 43200),
        Role(f"{sandbox}/ReadOnly", Trust((ALEX,), mfa=True)),
        Role(f"{sandbox}/Sealed", Trust((ALEX,), never=True)),
        Role(f"{sandbox}/Guarded", Trust((ALEX,), mfa=True)),
        Role(f"{sandbox}/Deploy", Trust((BUILD,))),
        Role(_AUDITED, Trust((ALEX,), tags=True, source_identity=True), 43200),
        Role(f"{sandbox}/AuditedReport", Trust((_AUDITED,), tags=True, source_identity=True)),
        Role(_AGAIN, Trust((ALEX, _AGAIN)), 14400),
        Role(portal_profiles.RELEASE_ROLE, Trust((_POWER_USER,)), 43200),
        Role("arn:aws-us-gov:iam::444444444444:role/Auditor", Trust((ALEX_GOV,), mfa=True)),
    )


_HOME: Final = "eu-central-1"


def _role(
    name: str,
    arn: str,
    comment: str,
    *,
    region: str = _HOME,
    source_profile: str = "alex",
    mfa_serial: str = "",
    external_id: str = "",
    duration_seconds: int | None = None,
    role_session_name: str = "",
) -> Profile:
    return Profile(
        name, region, comment, "", arn, source_profile, mfa_serial, external_id, duration_seconds, role_session_name
    )  # fmt: skip


def _profiles() -> Sequence[Profile]:
    payments, sandbox = "arn:aws:iam::222222222222:role", "arn:aws:iam::333333333333:role"
    analytics = "arn:aws:iam::555512340000:role"
    return (
        Profile(
            "alex",
            _HOME,
            "You. The MFA device is not called as the user is.",
            keys="alex",
            mfa_serial=PHONE,
        ),
        Profile("build", _HOME, "The build server's user: no MFA device.", keys="build"),
        Profile(
            "alex-gov",
            "us-gov-west-1",
            "You, in another partition.",
            keys="alex-gov",
            mfa_serial=GOV_PHONE,
        ),
        _role("prod-admin", f"{payments}/Admin", "Wants MFA; at most 4 hours.", mfa_serial=PHONE),
        _role("prod-readonly", f"{payments}/ReadOnly", "No code needed."),
        _role(
            "billing",
            f"{payments}/finance/Billing",
            "Its trust wants a code of the last two minutes.",
            mfa_serial=PHONE,
            region="us-east-1",
        ),
        _role(
            "vendor-audit",
            f"{payments}/VendorAudit",
            "Wants an external id.",
            external_id=EXTERNAL_ID,
        ),
        _role(
            "data-jump",
            _JUMP,
            "Wants MFA; the way into Analytics.",
            mfa_serial=PHONE,
            region="eu-west-1",
        ),
        _role(
            "data-prod-deploy",
            _DEPLOY,
            "Chained over data-jump: one hour.",
            source_profile="data-jump",
            region="eu-west-1",
        ),
        _role(
            "data-warehouse",
            f"{analytics}/Warehouse",
            "Chained over two roles.",
            source_profile="data-prod-deploy",
            region="eu-west-1",
        ),
        _role(
            "data-notebook",
            f"{analytics}/Notebook",
            "Eight hours, so a code of its own.",
            mfa_serial=PHONE,
            duration_seconds=28800,
            region="eu-west-1",
        ),
        _role(
            "sandbox-admin",
            f"{sandbox}/Admin",
            "Twelve hours, no code.",
            duration_seconds=43200,
            role_session_name="alex-sandbox",
        ),
        _role(
            "proto-readonly",
            f"{sandbox}/ReadOnly",
            "Wants MFA; at most 1 hour, 15 minutes asked.",
            mfa_serial=PHONE,
            duration_seconds=900,
            region="eu-west-1",
        ),
        _role(
            "sealed", f"{sandbox}/Sealed", "Refuses everybody, to show what a refusal looks like."
        ),
        _role(
            "forgotten-mfa", f"{sandbox}/Guarded", "Wants MFA, but mfa_serial was forgotten here."
        ),
        _role("ci-deploy", f"{sandbox}/Deploy", "For the build server.", source_profile="build"),
        _role(
            "gov-auditor",
            "arn:aws-us-gov:iam::444444444444:role/Auditor",
            "In the GovCloud partition.",
            source_profile="alex-gov",
            mfa_serial=GOV_PHONE,
            region="us-gov-west-1",
        ),
    )
