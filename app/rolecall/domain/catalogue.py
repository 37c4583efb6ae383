"""Catalogue: every profile of this person, and the Role each one stands for.

Follows botocore 1.44's AssumeRoleProvider rule by rule (tests hold the two against each other), with
one addition: an identity whose key lies in the keyring counts as a profile with static keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rolecall.domain import profile_problems
from rolecall.domain.problem import Problem
from rolecall.domain.role import Identity, Role, RoleArn, RoleHop, Source, SourceKind
from rolecall.domain.sources import (
    ENDINGS,
    MARKS,
    OWN_MARKS,
    PASSED_OVER,
    Profile,
    RefusedProfileError,
    assumes_role,
    check_ending,
    ending_of,
    hop_of,
    source_of,
)

CLIENT_KEYS = frozenset(
    {
        "region",
        "endpoint_url",
        "services",
        "ignore_configured_endpoint_urls",
        "use_fips_endpoint",
        "use_dualstack_endpoint",
        "sts_regional_endpoints",
        "ca_bundle",
        "retry_mode",
        "max_attempts",
        "defaults_mode",
        "tcp_keepalive",
        "parameter_validation",
        "ec2_metadata_service_endpoint",
        "ec2_metadata_service_endpoint_mode",
        "ec2_metadata_v1_disabled",
        "metadata_service_timeout",
        "metadata_service_num_attempts",
    }
)
"""Profile keys that decide how botocore builds a client (botocore configprovider.py)."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All profiles as the files hold them, secrets left out, and a way to resolve each to a Role.

    profiles: name to keys, merged as botocore merges both files; a secret's value is replaced by a
    mark, so that only its presence is known. services: `[services x]` sections, sso_sessions:
    `[sso-session x]` sections. identities: by name, keys in the keyring. problems: what is wrong with
    the files as a whole; left_out: the profiles that costs, by name. entries: names of the profiles that
    stand in the person's own list of Rolecall instead of AWS's files. devices: serial the files name to
    the one the person chose in its place.
    """

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    services: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sso_sessions: Mapping[str, Profile] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)
    entries: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    left_out: Mapping[str, Problem] = field(default_factory=dict)
    devices: Mapping[str, str] = field(default_factory=dict)
    _roles: dict[str, Role] = field(default_factory=dict, init=False, repr=False, compare=False)
    _hops: dict[str, RoleHop] = field(default_factory=dict, init=False, repr=False, compare=False)

    def names(self) -> Iterator[str]:
        """Names of all entries that stand for a role or a key, in the order of the files."""
        for name, profile in self.profiles.items():
            if name in self.identities or self._gives_credentials(name, profile):
                yield name
        for name in self.identities:
            if name not in self.profiles:
                yield name

    def __contains__(self, name: object) -> bool:
        if name in self.identities:
            return True
        return name in self.profiles and self._gives_credentials(
            str(name), self.profiles[str(name)]
        )

    def _gives_credentials(self, name: str, profile: Profile) -> bool:
        if not MARKS.isdisjoint(profile):
            return True
        return name in self.entries and not OWN_MARKS.isdisjoint(profile)

    def role(self, name: str) -> Role:
        """The Role that `name` stands for; what is wrong with it is its `problem`. KeyError if unknown."""
        found = self._roles.get(name)
        if found is None:
            if name not in self:
                raise KeyError(name)
            found = self._roles[name] = _resolve(self, name)
        return found

    def own_hop(self, name: str) -> RoleHop:
        """The AssumeRole that the profile `name` describes, made once however many chains go over it.

        Raises RefusedProfileError for an ARN that is none.
        """
        found = self._hops.get(name)
        if found is None:
            found = self._hops[name] = hop_of(name, self.profiles[name])
        return found

    def own_source(self, name: str) -> Source | None:
        """What the profile `name` starts others from, whatever it says of itself; None where it is nothing."""
        if name not in self:
            return None
        try:
            return source_of(self, name)
        except RefusedProfileError:
            return None

    @property
    def has_identity_center(self) -> bool:
        """Whether any profile signs in at an IAM Identity Center."""
        return any("sso_account_id" in profile for profile in self.profiles.values())

    def role_arn_text(self, name: str) -> str:
        """The raw `role_arn` of an entry, cheap enough for ten thousand rows; empty for key entries."""
        return self.profiles.get(name, {}).get("role_arn", "")


def has_static_keys(catalogue: Catalogue, name: str) -> bool:
    """Whether botocore (or the keyring) would find keys under this very name."""
    profile = catalogue.profiles.get(name, {})
    return (
        name in catalogue.identities
        or "aws_access_key_id" in profile
        or "aws_secret_access_key" in profile
    )


def key_identity(catalogue: Catalogue, name: str) -> Role | None:
    """The long-lived key that `name` holds itself, as an identity of its own; None where it holds none.

    A profile may hold a key and a role: it starts from that key, or a chain that comes through it ends there.
    """
    kind = _key_kind(catalogue, name)
    if kind is None:
        return None
    role = catalogue.role(name)
    mine = role.is_source or role.source.name == name  # else the device belongs to another user
    return replace(
        role,
        source=Source(kind, name),
        hops=(),
        arn=None,
        ending=None,
        problem=None,
        mfa_serial=role.mfa_serial if mine else "",
    )


def _key_kind(catalogue: Catalogue, name: str) -> SourceKind | None:
    if name in catalogue.identities:
        return SourceKind.KEYS_IN_KEYRING
    profile = catalogue.profiles.get(name, {})
    held = [profile.get(key, "") for key in ("aws_access_key_id", "aws_secret_access_key")]
    temporary = profile.get("aws_session_token") or profile.get("aws_security_token")
    whole = all(held) and PASSED_OVER not in held and not temporary
    return SourceKind.KEYS_IN_FILE if whole else None


def _resolve(catalogue: Catalogue, name: str) -> Role:
    profile = catalogue.profiles.get(name, {})
    identity = catalogue.identities.get(name)
    own = name in catalogue.entries
    hops: list[RoleHop] = []
    arn: RoleArn | None = None
    problem: Problem | None = None
    source = Source(SourceKind.OTHER, name)
    try:
        if "role_arn" in profile and not (own and _has_ending(profile)):
            arn = RoleArn.parse(profile["role_arn"])
        if own and _has_ending(profile):
            check_ending(name, profile)
        source = _walk(catalogue, name, hops)
    except ValueError:
        problem = profile_problems.bad_arn(name, profile["role_arn"])
    except RefusedProfileError as refused:
        problem = _with_broken_file(catalogue, refused.problem)
    named = profile.get("mfa_serial", "") or (identity.mfa_serial if identity else "")
    return Role(
        name=name,
        source=source,
        hops=tuple(_with_device(hop, catalogue.devices) for hop in reversed(hops)),
        arn=arn,
        mfa_serial=catalogue.devices.get(named, named),
        region=profile.get("region", "") or (identity.region if identity else ""),
        client_config=tuple((k, v) for k, v in profile.items() if k in CLIENT_KEYS),
        services=tuple(catalogue.services.get(profile.get("services", ""), {}).items()),
        problem=problem,
        account_hint=_account_hint(profile, identity),
        ending=ending_of(profile) if own else None,
    )


def _with_broken_file(catalogue: Catalogue, problem: Problem) -> Problem:
    """What is missing may stand in a file that cannot be read in whole: then that is said too."""
    if problem.code not in _MISSING or not catalogue.problems:
        return problem
    return replace(problem, explanation=catalogue.problems[0].title)


_MISSING = frozenset({"source_missing", "source_without_keys"})


def _has_ending(profile: Profile) -> bool:
    return not ENDINGS.isdisjoint(profile)


def _with_device(hop: RoleHop, devices: Mapping[str, str]) -> RoleHop:
    chosen = devices.get(hop.mfa_serial) if devices else None
    return replace(hop, mfa_serial=chosen) if chosen else hop


def _account_hint(profile: Profile, identity: Identity | None) -> str:
    """The account where no ARN tells it: an Identity Center profile's, a root account, a keyring key's."""
    told = profile.get("sso_account_id") or profile.get("root_account", "")
    return told or (identity.account_id if identity else "")


def _walk(catalogue: Catalogue, name: str, hops: list[RoleHop]) -> Source:
    """Fill `hops` from the role inwards and return the source, as botocore walks the chain."""
    visited = {name: None}  # in their order
    current = name
    if name in catalogue.entries and _has_ending(catalogue.profiles[name]):
        current = _following(catalogue, name, catalogue.profiles[name]) or name
        visited[current] = None
    while _assumes(catalogue, current) and not (
        current != name and has_static_keys(catalogue, current)
    ):
        profile = catalogue.profiles[current]
        hops.append(catalogue.own_hop(current))
        following = _following(catalogue, current, profile)
        if following is None:
            return source_of(catalogue, current, profile["credential_source"])
        if following in visited:
            if following == current and has_static_keys(catalogue, following):
                break
            raise RefusedProfileError(profile_problems.loop(name, [*visited, following]))
        visited[following] = None
        current = following
    return source_of(catalogue, current)


def _assumes(catalogue: Catalogue, name: str) -> bool:
    return assumes_role(catalogue.profiles.get(name, {}), own=name in catalogue.entries)


def _following(catalogue: Catalogue, name: str, profile: Profile) -> str | None:
    """The profile that `name` starts from, or None where credential_source names no profile."""
    source, environment = profile.get("source_profile"), profile.get("credential_source")
    if source is not None and environment is not None:
        raise RefusedProfileError(profile_problems.both_sources(name))
    if environment is not None:
        return None
    if source is None:
        raise RefusedProfileError(profile_problems.no_source(name))
    if source not in catalogue.profiles and source not in catalogue.identities:
        if source in catalogue.left_out:
            raise RefusedProfileError(catalogue.left_out[source])
        raise RefusedProfileError(profile_problems.missing_source(name, source))
    return source
