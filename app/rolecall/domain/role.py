"""Role and what it is made of: ARN, hops, source of the keys. Values only; who reads files is storage's matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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
    IDENTITY_CENTER = "identity_center"
    SAML = "saml"
    OIDC = "oidc"  # a sign-in at an OIDC provider, Amazon or Facebook, in the browser
    TOKEN_FILE = "web_identity_token_file"  # noqa: S105  a profile key
    COGNITO = "cognito"
    LOGIN = "login_session"  # what `aws login` left
    PROCESS = "credential_process"
    ENVIRONMENT = "Environment"  # this and the two below: botocore's names in credential_source
    CONTAINER = "EcsContainer"
    INSTANCE = "Ec2InstanceMetadata"
    OTHER = "other"  # nothing that could be named


@dataclass(frozen=True, slots=True)
class Source:
    """Where a Route starts. name: the profile or identity; settings: the profile keys its first call needs.

    settings are sorted: start URL, issuer, role ARN. They hold no secret but for the line of a
    credential_process, which may have one among its words; so `repr` leaves them out.
    """

    kind: SourceKind
    name: str
    settings: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def get(self, key: str) -> str:
        """The value of a profile key, or an empty text."""
        return next((value for known, value in self.settings if known == key), "")

    @property
    def long_lived(self) -> bool:
        """Whether these are an IAM user's own keys (GetSessionToken and codes work with them only)."""
        return self.kind in (SourceKind.KEYS_IN_FILE, SourceKind.KEYS_IN_KEYRING)

    @property
    def maybe_keys(self) -> bool:
        """Whether these may turn out to be an IAM user's own keys: nobody knows before they are handed over."""
        return self.kind in (SourceKind.PROCESS, SourceKind.ENVIRONMENT)

    @property
    def of_surroundings(self) -> bool:
        """Whether whose credentials these are depends on the environment of whoever asks."""
        return self.kind in (SourceKind.ENVIRONMENT, SourceKind.CONTAINER)

    @property
    def proof_key(self) -> str:
        """Which sign-in of a person it stands on; sources of one key share it. Empty where none is needed."""
        match self.kind:
            case SourceKind.IDENTITY_CENTER:
                return f"identity_center {self.get('sso_session') or self.get('sso_start_url')}"
            case SourceKind.SAML:
                return f"saml {self.get('saml_login_url') or self.name}"
            case SourceKind.OIDC:
                return self._oidc_key
            case SourceKind.COGNITO:
                return self._oidc_key if self.get("oidc_client_id") else ""
            case _:
                return ""

    @property
    def _oidc_key(self) -> str:
        provider = self.get("oidc_issuer") or self.get("oidc_preset")
        return f"oidc {provider} {self.get('oidc_client_id')}"


@dataclass(frozen=True, slots=True)
class RoleHop:
    """One AssumeRole as a profile describes it. duration_seconds is None where the profile is silent.

    policy: an inline session policy (JSON). transitive_tags: keys of session_tags that outlive a chain.
    """

    profile: str
    arn: RoleArn
    mfa_serial: str = ""
    external_id: str = ""
    duration_seconds: int | None = None
    session_name: str = ""
    source_identity: str = ""
    session_tags: tuple[tuple[str, str], ...] = ()
    transitive_tags: tuple[str, ...] = ()
    policy: str = ""
    policy_arns: tuple[str, ...] = ()


class EndingCall(StrEnum):
    """What may stand at the end of a Route in place of AssumeRole."""

    GET_FEDERATION_TOKEN = "GetFederationToken"  # noqa: S105
    ASSUME_ROOT = "AssumeRoot"


@dataclass(frozen=True, slots=True)
class Ending:
    """The last call of an entry that ends in no role. target: the federated user's name, or the account.

    task_policy: name of AWS's task policy (AssumeRoot); policy: the session policy (GetFederationToken).
    """

    call: EndingCall
    target: str
    task_policy: str = ""
    policy: str = ""
    policy_arns: tuple[str, ...] = ()
    duration_seconds: int | None = None


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
    ending: Ending | None = None

    @property
    def is_source(self) -> bool:
        """Whether this entry is a source and nothing after it: its session is one that chains start from."""
        return not self.hops and self.ending is None

    @property
    def made_for(self) -> str:
        """A digest of what decides whose session this is and what it may do.

        A profile that meanwhile names another account, key or policy must not be given the former one's
        credentials. Durations, codes and session names make no difference to that.
        """
        return made_for(self.source, self.ending, self.hops)

    @property
    def session_region(self) -> str:
        """The region a session of it is handed out with: the profile's.

        Outside the aws partition a session needs some region to be known by: the portal's.
        """
        if self.region or self.partition == "aws":
            return self.region
        return self.source.get("sso_region")

    @property
    def own_session(self) -> bool:
        """Whether its session is a key identity's own one, of GetSessionToken."""
        return self.is_source and self.source.long_lived

    @property
    def own_serial(self) -> str:
        """The device that a source's own session is made with, or an empty text."""
        return self.mfa_serial if self.own_session else ""

    @property
    def own_code(self) -> str:
        """The device whose code goes with the first AssumeRole, where keys may come from somewhere else.

        botocore asks for it whatever the source is (AssumeRoleProvider); a session of a role cannot use one.
        """
        return self.hops[0].mfa_serial if self.hops and self.source.maybe_keys else ""

    @property
    def opens_console(self) -> bool:
        """Whether AWS's federation endpoint can take what this entry gives.

        Source: IAM User Guide, "Requesting temporary security credentials" (comparison table).
        """
        if self.ending is not None:
            return self.ending.call is EndingCall.GET_FEDERATION_TOKEN
        return bool(self.hops) or not (
            self.source.long_lived or self.source.kind is SourceKind.TEMPORARY_IN_FILE
        )

    @property
    def account_id(self) -> str:
        """The role's account, or the key identity's where a device or the person told it; may be empty."""
        return self.arn.account_id if self.arn else account_of(self.mfa_serial) or self.account_hint

    @property
    def partition(self) -> str:
        """The partition: from the ARN where there is one, else from the portal or the device, else ``aws``."""
        if self.arn:
            return self.arn.partition
        if self.source.kind is SourceKind.IDENTITY_CENTER:
            return _partition_of_region(self.source.get("sso_region"))
        parts = self.mfa_serial.split(":", 2)
        return parts[1] if len(parts) == 3 and parts[0] == "arn" else "aws"

    @property
    def device(self) -> str:
        """Serial of the MFA device a Route to this role needs a code of, or an empty text.

        Only the identity's own keys can carry a code, so the device named nearest to them counts. An ending
        takes no code, and none of GetSessionToken's sessions.
        Source: AWS STS API Reference, AssumeRole, SerialNumber ("the user who is making the call"); IAM
        User Guide, "Requesting temporary security credentials" (comparison table).
        """
        if not self.hops:
            return "" if self.ending is not None else self.mfa_serial
        return next((hop.mfa_serial for hop in self.hops if hop.mfa_serial), "")


def _partition_of_region(region: str) -> str:
    """Source: botocore partitions.json, the regions' prefixes."""
    begins = {"cn-": "aws-cn", "us-gov-": "aws-us-gov", "eusc-": "aws-eusc"}
    return next((name for prefix, name in begins.items() if region.startswith(prefix)), "aws")


def made_for(source: Source, ending: Ending | None = None, hops: tuple[RoleHop, ...] = ()) -> str:
    """`Role.made_for` of what stands on `source`; without the others, of the source's own session."""
    import hashlib

    passed = [
        (
            hop.arn,
            hop.policy,
            hop.policy_arns,
            hop.session_tags,
            hop.transitive_tags,
            hop.source_identity,
        )
        for hop in hops
    ]
    told = (source.kind.value, source.name, source.settings, ending, passed)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known, without any secret, of an identity whose key lies in the keyring."""

    name: str
    mfa_serial: str = ""
    account_id: str = ""
    region: str = ""
