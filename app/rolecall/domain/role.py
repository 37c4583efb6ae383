"""Role and what it is made of: ARN, hops, source of the keys. Values only; who reads files is storage's matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rolecall.domain.problem import Problem

_ROLE_ARN: Final = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):iam::(?P<account>\d{12}):role(?P<path>/(?:[\x21-\x7e]+/)?)"
    r"(?P<name>[\w+=,.@-]{1,64})",
    re.ASCII,
)
_ACCOUNT_IN_ARN: Final = re.compile(r"arn:aws[a-z-]*:[a-z]+::(\d{12}):", re.ASCII)


@dataclass(frozen=True, slots=True)
class RoleArn:
    """The ARN of an IAM role, taken apart. `path` begins and ends with a slash.

    Source: IAM User Guide, "IAM identifiers".
    """

    partition: str
    account_id: str
    path: str
    name: str

    @classmethod
    def parse(cls, arn: str) -> RoleArn:
        """Take `arn` apart. Raises ValueError for anything that is not a role's ARN."""
        found = _ROLE_ARN.fullmatch(arn)
        if found is None or len(arn) > 2048:
            raise ValueError("not the ARN of an IAM role")
        return cls(found["partition"], found["account"], found["path"], found["name"])

    def __str__(self) -> str:
        return f"arn:{self.partition}:iam::{self.account_id}:role{self.path}{self.name}"


def account_of(arn: str) -> str:
    """The twelve-digit account id inside an IAM or STS ARN, or an empty text."""
    found = _ACCOUNT_IN_ARN.match(arn)
    return found[1] if found else ""


class SourceKind(StrEnum):
    """How a person first proves who they are."""

    KEYS_IN_FILE = "keys_in_file"  # long-lived keys in ~/.aws, read and never copied
    KEYS_IN_KEYRING = "keys_in_keyring"
    TEMPORARY_IN_FILE = "temporary_in_file"  # keys with a session token in ~/.aws
    OTHER = "other"  # a source this version lists but does not walk


@dataclass(frozen=True, slots=True)
class Source:
    """Where a Route starts. name: the profile or identity; detail: the kind of an OTHER source."""

    kind: SourceKind
    name: str
    detail: str = ""

    @property
    def long_lived(self) -> bool:
        """Whether these are an IAM user's own keys (GetSessionToken and codes work with them only)."""
        return self.kind in (SourceKind.KEYS_IN_FILE, SourceKind.KEYS_IN_KEYRING)


@dataclass(frozen=True, slots=True)
class RoleHop:
    """One AssumeRole as a profile describes it. duration_seconds is None where the profile is silent."""

    profile: str
    arn: RoleArn
    mfa_serial: str = ""
    external_id: str = ""
    duration_seconds: int | None = None
    session_name: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """One entry a person can take: a role (hops not empty) or a key identity of its own (hops empty).

    hops run from the source outwards; the last one is this role. client_config holds the profile's
    settings that decide endpoints, regions and retries, for botocore; never a secret.
    """

    name: str
    source: Source
    hops: tuple[RoleHop, ...] = ()
    arn: RoleArn | None = None
    mfa_serial: str = ""
    region: str = ""
    client_config: tuple[tuple[str, str], ...] = ()
    services: tuple[tuple[str, str], ...] = ()
    problem: Problem | None = None
    account_hint: str = ""

    @property
    def account_id(self) -> str:
        """The role's account, or the key identity's where a device or the person told it; may be empty."""
        return self.arn.account_id if self.arn else account_of(self.mfa_serial) or self.account_hint

    @property
    def partition(self) -> str:
        """The partition: from the ARN where there is one, else from the device, else ``aws``."""
        if self.arn:
            return self.arn.partition
        parts = self.mfa_serial.split(":", 2)
        return parts[1] if len(parts) == 3 and parts[0] == "arn" else "aws"

    @property
    def device(self) -> str:
        """Serial of the MFA device a Route to this role needs a code of, or an empty text.

        Only the identity's own keys can carry a code, so the device named nearest to them counts.
        Source: AWS STS API Reference, AssumeRole, SerialNumber ("the user who is making the call").
        """
        if not self.hops:
            return self.mfa_serial
        return next((hop.mfa_serial for hop in self.hops if hop.mfa_serial), "")


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known, without any secret, of an identity whose key lies in the keyring."""

    name: str
    mfa_serial: str = ""
    account_id: str = ""
    region: str = ""
