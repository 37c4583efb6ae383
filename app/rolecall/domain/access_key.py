"""Access keys and MFA devices of an IAM user as IAM lists them. Values only; never a secret but where said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from rolecall.domain.session import Credentials
from rolecall.domain.totp import Seed

OLD: Final = 90 * 86_400
"""Seconds after which a long-lived key is called old. Source: CIS AWS Foundations Benchmark, "access keys
are rotated every 90 days or less"."""

MOST_KEYS: Final = 2
"""Access keys one user may have. Source: IAM User Guide, "IAM quotas"."""

MOST_DEVICES: Final = 8
"""MFA devices one user may have. Source: the same."""


@dataclass(frozen=True, slots=True)
class AccessKey:
    """One long-lived key. created_at, used_at: UTC epoch seconds; used_at is None where it never was.

    used_known: whether it could be asked when the key was last used; service, region: of that call.
    """

    key_id: str
    active: bool
    created_at: float
    used_at: float | None = None
    used_known: bool = False
    service: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: the one moment at which its secret is told."""

    credentials: Credentials
    created_at: float


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A virtual device just made, assigned to nobody yet: the one moment at which its seed is told."""

    serial: str
    seed: Seed = field(repr=False)


@dataclass(frozen=True, slots=True)
class User:
    """The IAM user that a key belongs to."""

    name: str
    arn: str


def is_code_device(serial: str) -> bool:
    """Whether a device shows codes: passkeys and security keys cannot be used with STS.

    Source: IAM User Guide, "Configuring MFA-protected API access"; their ARNs hold ``:u2f/``.
    """
    return ":u2f/" not in serial


def days(seconds: float) -> int:
    """Whole days of a span."""
    return int(seconds // 86_400)
