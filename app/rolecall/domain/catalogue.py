"""Catalogue: every profile of this person, and the Role each one stands for.

Follows botocore 1.44's AssumeRoleProvider rule by rule (tests hold the two against each other), with
one addition: an identity whose key lies in the keyring counts as a profile with static keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text
from rolecall.domain.role import Identity, Role, RoleArn, RoleHop, Source, SourceKind

Profile = Mapping[str, str]

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
    }
)
"""Profile keys that decide how botocore builds a client (botocore configprovider.py)."""

_OTHER_SOURCES = (
    ("web_identity_token_file", "web identity"),
    ("sso_account_id", "IAM Identity Center"),
    ("sso_role_name", "IAM Identity Center"),
    ("login_session", "aws login"),
    ("credential_process", "credential_process"),
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All profiles as the files hold them, secrets left out, and a way to resolve each to a Role.

    profiles: name to keys, merged as botocore merges both files; a secret's value is replaced by a
    mark, so that only its presence is known. services: `[services x]` sections. identities: by name,
    keys in the keyring. problems: what is wrong with the files as a whole. accounts: names given by
    the person, by account id. owned: names of sections we wrote ourselves; never listed.
    """

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    services: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    _roles: dict[str, Role] = field(default_factory=dict, repr=False, compare=False)

    def names(self) -> Iterator[str]:
        """Names of all entries that stand for a role or a key, in the order of the files."""
        for name, profile in self.profiles.items():
            if name in self.identities or _gives_credentials(profile):
                yield name
        for name in self.identities:
            if name not in self.profiles:
                yield name

    def __contains__(self, name: object) -> bool:
        if name in self.identities:
            return True
        return name in self.profiles and _gives_credentials(self.profiles[str(name)])

    def role(self, name: str) -> Role:
        """The Role that `name` stands for; what is wrong with it is its `problem`. KeyError if unknown."""
        found = self._roles.get(name)
        if found is None:
            if name not in self:
                raise KeyError(name)
            found = self._roles[name] = _resolve(self, name)
        return found

    def role_arn_text(self, name: str) -> str:
        """The raw `role_arn` of an entry, cheap enough for ten thousand rows; empty for key entries."""
        return self.profiles.get(name, {}).get("role_arn", "")


def _gives_credentials(profile: Profile) -> bool:
    return (
        "role_arn" in profile
        or "aws_access_key_id" in profile
        or "aws_secret_access_key" in profile
        or any(key in profile for key, _ in _OTHER_SOURCES)
    )


def has_static_keys(catalogue: Catalogue, name: str) -> bool:
    """Whether botocore (or the keyring) would find keys under this very name."""
    profile = catalogue.profiles.get(name, {})
    return (
        name in catalogue.identities
        or "aws_access_key_id" in profile
        or "aws_secret_access_key" in profile
    )


def _resolve(catalogue: Catalogue, name: str) -> Role:
    profile = catalogue.profiles.get(name, {})
    identity = catalogue.identities.get(name)
    hops: list[RoleHop] = []
    arn: RoleArn | None = None
    problem: Problem | None = None
    source = Source(SourceKind.OTHER, name)
    try:
        if _assumes_role(profile):
            arn = RoleArn.parse(profile["role_arn"])
        source = _walk(catalogue, name, hops)
    except ValueError:
        problem = _bad_arn(name, profile["role_arn"])
    except _RefusedProfileError as refused:
        problem = refused.problem
    if problem is None and source.kind is SourceKind.OTHER:
        problem = _unsupported(name, source)
    return Role(
        name=name,
        source=source,
        hops=tuple(hops),
        arn=arn,
        mfa_serial=profile.get("mfa_serial", "") or (identity.mfa_serial if identity else ""),
        region=profile.get("region", "") or (identity.region if identity else ""),
        client_config=tuple((k, v) for k, v in profile.items() if k in CLIENT_KEYS),
        services=tuple(catalogue.services.get(profile.get("services", ""), {}).items()),
        problem=problem,
        account_hint=identity.account_id if identity else "",
    )


class _RefusedProfileError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def _assumes_role(profile: Profile) -> bool:
    return "role_arn" in profile and "web_identity_token_file" not in profile


def _walk(catalogue: Catalogue, name: str, hops: list[RoleHop]) -> Source:
    """Fill `hops` from the source outwards and return the source, as botocore walks the chain."""
    visited = [name]
    current = name
    while _assumes_role(catalogue.profiles.get(current, {})) and not (
        current != name and has_static_keys(catalogue, current)
    ):
        profile = catalogue.profiles[current]
        hops.insert(0, _hop(current, profile))
        following = _source_profile(catalogue, current, profile)
        if following is None:
            return Source(SourceKind.OTHER, current, profile.get("credential_source", ""))
        if following in visited:
            if following == current and has_static_keys(catalogue, following):
                break
            raise _RefusedProfileError(_loop(name, [*visited, following]))
        visited.append(following)
        current = following
    return _source(catalogue, current)


def _hop(name: str, profile: Profile) -> RoleHop:
    try:
        arn = RoleArn.parse(profile["role_arn"])
    except ValueError:
        raise _RefusedProfileError(_bad_arn(name, profile["role_arn"])) from None
    try:
        duration = int(profile["duration_seconds"]) if "duration_seconds" in profile else None
    except ValueError:
        duration = None  # botocore ignores it too
    return RoleHop(
        profile=name,
        arn=arn,
        mfa_serial=profile.get("mfa_serial", ""),
        external_id=profile.get("external_id", ""),
        duration_seconds=duration,
        session_name=profile.get("role_session_name", ""),
    )


def _source_profile(catalogue: Catalogue, name: str, profile: Profile) -> str | None:
    source, environment = profile.get("source_profile"), profile.get("credential_source")
    if source is not None and environment is not None:
        raise _RefusedProfileError(_both_sources(name))
    if environment is not None:
        return None
    if source is None:
        raise _RefusedProfileError(_no_source(name))
    if source not in catalogue.profiles and source not in catalogue.identities:
        raise _RefusedProfileError(_missing_source(name, source))
    return source


def _source(catalogue: Catalogue, name: str) -> Source:
    if name in catalogue.identities:
        return Source(SourceKind.KEYS_IN_KEYRING, name)
    profile = catalogue.profiles[name]
    for key, kind in _OTHER_SOURCES[:3]:
        if key in profile:
            return Source(SourceKind.OTHER, name, kind)
    if "aws_access_key_id" in profile or "aws_secret_access_key" in profile:
        return _static_source(name, profile)
    for key, kind in _OTHER_SOURCES[3:]:
        if key in profile:
            return Source(SourceKind.OTHER, name, kind)
    raise _RefusedProfileError(_no_keys(name))


def _static_source(name: str, profile: Profile) -> Source:
    for key in ("aws_access_key_id", "aws_secret_access_key"):
        if not profile.get(key):
            raise _RefusedProfileError(_partial_keys(name, key))
    if profile.get("aws_session_token") or profile.get("aws_security_token"):
        return Source(SourceKind.TEMPORARY_IN_FILE, name)
    return Source(SourceKind.KEYS_IN_FILE, name)


def _local(code: str, title: str, remedy: str, **values: object) -> Problem:
    return Problem(code, text(title, **values), remedy=text(remedy, **values), exit=Exit.LOCAL)


def _bad_arn(name: str, arn: str) -> Problem:
    return _local(
        "bad_role_arn",
        QT_TRANSLATE_NOOP("Problem", "The role_arn of profile {name} is not the ARN of a role"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It says “{arn}”. Write it as arn:aws:iam::ACCOUNT:role/NAME, path included.",
        ),
        name=name,
        arn=arn[:80],
    )


def _loop(name: str, path: list[str]) -> Problem:
    return _local(
        "source_loop",
        QT_TRANSLATE_NOOP("Problem", "The source_profile of {name} leads back to itself"),
        QT_TRANSLATE_NOOP(
            "Problem", "The way is {path}. One of these needs a source_profile that has keys."
        ),
        name=name,
        path=" → ".join(path[:12]),
    )


def _both_sources(name: str) -> Problem:
    return _local(
        "two_sources",
        QT_TRANSLATE_NOOP(
            "Problem", "Profile {name} has both source_profile and credential_source"
        ),
        QT_TRANSLATE_NOOP("Problem", "AWS tools refuse that. Remove one of the two lines."),
        name=name,
    )


def _no_source(name: str) -> Problem:
    return _local(
        "no_source",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} does not say whose keys to start from"),
        QT_TRANSLATE_NOOP(
            "Problem", "Add source_profile = NAME, where NAME is a profile that has keys."
        ),
        name=name,
    )


def _missing_source(name: str, source: str) -> Problem:
    return _local(
        "source_missing",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} starts from {source}, which does not exist"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Correct source_profile (names are case-sensitive), or add an access key named {source}.",
        ),
        name=name,
        source=source,
    )


def _no_keys(name: str) -> Problem:
    return _local(
        "source_without_keys",
        QT_TRANSLATE_NOOP("Problem", "The source profile {name} has no credentials"),
        QT_TRANSLATE_NOOP(
            "Problem", "Add its access key in Rolecall, or put the key into ~/.aws/credentials."
        ),
        name=name,
    )


def _partial_keys(name: str, key: str) -> Problem:
    return _local(
        "partial_keys",
        QT_TRANSLATE_NOOP("Problem", "The access key of profile {name} is incomplete"),
        QT_TRANSLATE_NOOP("Problem", "{key} is missing or empty. Add it, or add the key again."),
        name=name,
        key=key,
    )


def _unsupported(name: str, source: Source) -> Problem:
    return _local(
        "unsupported_source",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} signs in by a road not built yet: {kind}"),
        QT_TRANSLATE_NOOP(
            "Problem", "This version starts from access keys. Other AWS tools can use this profile."
        ),
        name=name,
        kind=source.detail,
    )
