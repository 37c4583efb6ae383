"""May this caller assume this role: the trust policy, its conditions, and the MFA code a call carries.

Source: IAM User Guide, "Configuring MFA-protected API access", "How to use an external ID" and
"AWS global condition context keys".
"""

from __future__ import annotations

from dataclasses import dataclass

from rolecall.demo.callers import Caller, Kind
from rolecall.demo.catalogue import Catalogue, Role, Trust
from rolecall.demo.wire import AwsError, access_denied


@dataclass(frozen=True, slots=True)
class Wish:
    """What a call to AssumeRole brings. mfa_at: when MFA was proved (epoch seconds), None for never."""

    mfa_at: float | None
    external_id: str
    tagged: bool
    source_identity: str
    now: float


def prove_mfa(
    catalogue: Catalogue, caller: Caller, serial: str | None, code: str | None, now: float
) -> bool:
    """Use the code up and say whether MFA was proved by this call. Raises AwsError AccessDenied.

    The device must be the calling user's own (STS API reference, AssumeRole, SerialNumber).
    """
    if serial is None and code is None:
        return False
    if serial is None or code is None:
        raise access_denied(
            "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
        )
    device = catalogue.device(serial)
    if device is None or caller.kind is Kind.ROLE or device.owner != caller.principal:
        raise access_denied(
            "MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA "
            "serial number is valid and associated with this user."
        )
    if not device.redeem(code, now):
        raise access_denied("MultiFactorAuthentication failed with invalid MFA one time pass code.")
    return True


def check_trust(role: Role | None, arn: str, caller: Caller, wish: Wish) -> Role:
    """The role, if its trust lets `caller` in. Raises AwsError AccessDenied, the same for a role that is not."""
    if role is None or not _lets_in(role.trust, caller, wish):
        raise not_authorized(caller, "sts:AssumeRole", arn)
    if wish.tagged and not role.trust.tags:
        raise not_authorized(caller, "sts:TagSession", arn)
    if wish.source_identity and not role.trust.source_identity:
        raise not_authorized(caller, "sts:SetSourceIdentity", arn)
    return role


def not_authorized(caller: Caller, action: str, resource: str) -> AwsError:
    """The usual text; AWS does not say which side refused."""
    return access_denied(
        f"User: {caller.arn} is not authorized to perform: {action} on resource: {resource}"
    )


def _lets_in(trust: Trust, caller: Caller, wish: Wish) -> bool:
    if trust.never or not _names(trust, caller):
        return False
    if trust.external_id and wish.external_id != trust.external_id:
        return False
    if trust.mfa and wish.mfa_at is None:
        return False
    if trust.mfa_max_age is None:
        return True
    return wish.mfa_at is not None and wish.now - wish.mfa_at < trust.mfa_max_age


def _names(trust: Trust, caller: Caller) -> bool:
    """A principal is named itself, or its whole account (`…:root`) is."""
    root = f"arn:{caller.partition}:iam::{caller.account}:root"
    return bool({caller.principal, caller.arn, root} & set(trust.principals))
