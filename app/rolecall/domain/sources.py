"""Sources: what one profile's own keys say of how a person proves who they are, and of the call it makes.

Follows botocore 1.44's order of providers (credentials.py, ProfileProviderBuilder). Keys that AWS's tools
do not know count only in Rolecall's own entries, except those that aws-vault gave a meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from rolecall.domain import cognito, profile_problems
from rolecall.domain.oidc import provider_of
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.role import Ending, EndingCall, Identity, RoleArn, RoleHop, Source, SourceKind

Profile = Mapping[str, str]

MARKS: Final = frozenset(
    {
        "role_arn",
        "aws_access_key_id",
        "aws_secret_access_key",
        "web_identity_token_file",
        "sso_account_id",
        "sso_role_name",
        "login_session",
        "credential_process",
    }
)
"""Keys, one of which makes a profile something that gives credentials."""

PASSED_OVER: Final = "‣"
"""Stands for a key of the config file that AWS's tools pass over: only its presence counts."""

OWN_SOURCES: Final = {
    "saml_login_url": SourceKind.SAML,
    "saml_provider_arn": SourceKind.SAML,
    "cognito_identity_pool_id": SourceKind.COGNITO,
    "oidc_client_id": SourceKind.OIDC,
}
"""Keys of Rolecall's own entries that name a source, in the order in which they are looked for."""

ENDINGS: Final = frozenset({"federation_name", "root_account"})
"""Keys of Rolecall's own entries that end in another call than AssumeRole."""

OWN_MARKS: Final = frozenset(OWN_SOURCES) | ENDINGS

_POLICIES: Final = ("session_policy", "session_policy_arns")
_NARROWING: Final = (
    *_POLICIES,
    "session_tags",
    "transitive_session_tags",
    "source_identity",
    "external_id",
)
"""Keys of an own entry that its call has to take: passed over, they would leave the session wider."""

_OWN_ROLE: Final = (
    "role_arn",
    "role_session_name",
    "duration_seconds",
    *_POLICIES,
)
_OIDC: Final = (
    "oidc_preset",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_scopes",
    "oidc_redirect_port",
    "oidc_redirect_host",
)
_SETTINGS: Final[dict[SourceKind, tuple[str, ...]]] = {
    SourceKind.SAML: ("saml_login_url", "saml_provider_arn", "saml_listen_port", *_OWN_ROLE),
    SourceKind.OIDC: (*_OIDC, *_OWN_ROLE),
    SourceKind.TOKEN_FILE: (
        "web_identity_token_file",
        "role_arn",
        "role_session_name",
        *_POLICIES,
    ),
    SourceKind.COGNITO: (
        "cognito_identity_pool_id",
        "cognito_login",
        "cognito_flow",
        *_OIDC,
        *_OWN_ROLE,
    ),
    SourceKind.LOGIN: ("login_session",),
    SourceKind.PROCESS: ("credential_process",),
}
_SSO: Final = ("sso_account_id", "sso_role_name")
_SSO_SHARED: Final = ("sso_start_url", "sso_region", "sso_registration_scopes")
_ENVIRONMENTS: Final = {
    kind.value: kind for kind in (SourceKind.ENVIRONMENT, SourceKind.CONTAINER, SourceKind.INSTANCE)
}


class Profiles(Protocol):
    """What of the Catalogue is needed here."""

    @property
    def profiles(self) -> Mapping[str, Profile]: ...
    @property
    def sso_sessions(self) -> Mapping[str, Profile]: ...
    @property
    def identities(self) -> Mapping[str, Identity]: ...
    @property
    def entries(self) -> frozenset[str]: ...


class RefusedProfileError(Exception):
    """A profile that cannot be resolved; carries the Problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def assumes_role(profile: Profile, *, own: bool) -> bool:
    """Whether the profile's role_arn is taken with AssumeRole, and not with a token or an assertion."""
    if "role_arn" not in profile or "web_identity_token_file" in profile:
        return False
    return not (own and any(key in profile for key in OWN_SOURCES))


def hop_of(name: str, profile: Profile) -> RoleHop:
    """The AssumeRole that the profile describes. Raises RefusedProfileError for an ARN that is none."""
    try:
        arn = RoleArn.parse(profile["role_arn"])
    except ValueError:
        raise RefusedProfileError(profile_problems.bad_arn(name, profile["role_arn"])) from None
    return RoleHop(
        profile=name,
        arn=arn,
        mfa_serial=profile.get("mfa_serial", ""),
        external_id=profile.get("external_id", ""),
        duration_seconds=_seconds(profile),
        session_name=profile.get("role_session_name", ""),
        source_identity=profile.get("source_identity", ""),
        session_tags=pairs(profile.get("session_tags", "")),
        transitive_tags=words(profile.get("transitive_session_tags", "")),
        policy=profile.get("session_policy", ""),
        policy_arns=words(profile.get("session_policy_arns", "")),
    )


def _seconds(profile: Profile) -> int | None:
    try:
        return int(profile["duration_seconds"]) if "duration_seconds" in profile else None
    except ValueError:
        return None  # botocore ignores it too


def words(text: str) -> tuple[str, ...]:
    """The words of a list written with commas."""
    return tuple(word for each in text.split(",") if (word := each.strip()))


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of ``key=value,other=value`` (aws-vault's session_tags); a word without = has no value."""
    found = (word.partition("=") for word in words(text))
    return tuple((key.strip(), value.strip()) for key, _, value in found)


def ending_of(profile: Profile) -> Ending | None:
    """The last call of an own entry that ends in no role, or None."""
    policy, arns = profile.get("session_policy", ""), words(profile.get("session_policy_arns", ""))
    seconds = _seconds(profile)
    if "federation_name" in profile:
        call = EndingCall.GET_FEDERATION_TOKEN
        return Ending(call, profile["federation_name"], "", policy, arns, seconds)
    if "root_account" in profile:
        task = profile.get("root_task_policy", "")
        return Ending(
            EndingCall.ASSUME_ROOT, profile["root_account"], task, duration_seconds=seconds
        )
    return None


def check_ending(name: str, profile: Profile) -> None:
    """Refuse what the last call of an own entry does not take. Raises RefusedProfileError."""
    if "federation_name" in profile:
        _refuse_others(name, profile, EndingCall.GET_FEDERATION_TOKEN, _POLICIES)
    else:
        _refuse_others(name, profile, EndingCall.ASSUME_ROOT, ())


def _check_source(name: str, profile: Profile, source: Source) -> None:
    """Refuse what the call that `source` begins with does not take. Raises RefusedProfileError."""
    if source.kind not in _CALLS:
        return
    call, takes = _CALLS[source.kind]
    if cognito.is_basic(source):
        call, takes = "AssumeRoleWithWebIdentity", _POLICIES
    _refuse_others(name, profile, call, takes)


def _refuse_others(name: str, profile: Profile, call: str, takes: tuple[str, ...]) -> None:
    for key in _NARROWING:
        if profile.get(key) and key not in takes:
            raise RefusedProfileError(profile_problems.not_taken(name, key, call))


_CALLS: Final[dict[SourceKind, tuple[str, tuple[str, ...]]]] = {
    SourceKind.IDENTITY_CENTER: ("GetRoleCredentials", ()),
    SourceKind.SAML: ("AssumeRoleWithSAML", _POLICIES),
    SourceKind.OIDC: ("AssumeRoleWithWebIdentity", _POLICIES),
    SourceKind.TOKEN_FILE: ("AssumeRoleWithWebIdentity", _POLICIES),
    SourceKind.COGNITO: ("GetCredentialsForIdentity", ()),
    SourceKind.LOGIN: ("aws login", ()),
    SourceKind.PROCESS: ("credential_process", ()),
}
"""What an own entry that is a source begins with, and which of `_NARROWING` that takes."""


def source_of(catalogue: Profiles, name: str, environment: str = "") -> Source:
    """The Source that the profile `name` is. environment: its credential_source, if it has one.

    Raises RefusedProfileError.
    """
    if environment:
        if environment not in _ENVIRONMENTS:
            refused = profile_problems.unknown_credential_source(name, environment)
            raise RefusedProfileError(refused)
        return Source(_ENVIRONMENTS[environment], name)
    if name in catalogue.identities:
        return Source(SourceKind.KEYS_IN_KEYRING, name)
    profile = catalogue.profiles[name]
    if name not in catalogue.entries:
        return _of_profile(catalogue, name, profile)
    kind = next((kind for key, kind in OWN_SOURCES.items() if key in profile), None)
    own = _own_source(kind, name, profile) if kind else _of_profile(catalogue, name, profile)
    _check_source(name, profile, own)
    return own


def _of_profile(catalogue: Profiles, name: str, profile: Profile) -> Source:
    if "web_identity_token_file" in profile:
        return _token_file(name, profile)
    if "sso_account_id" in profile or "sso_role_name" in profile:
        return _identity_center(catalogue, name, profile)
    if _has_keys(profile):
        return _static(name, profile)
    for kind in (SourceKind.LOGIN, SourceKind.PROCESS):
        if kind.value in profile:
            return _handed_over(kind, name, profile)
    raise RefusedProfileError(profile_problems.no_keys(name))


def _has_keys(profile: Profile) -> bool:
    held = (profile.get(key) for key in ("aws_access_key_id", "aws_secret_access_key"))
    return any(value is not None and value != PASSED_OVER for value in held)


def _source(kind: SourceKind, name: str, profile: Profile) -> Source:
    found = sorted((key, profile[key]) for key in _SETTINGS[kind] if profile.get(key))
    return Source(kind, name, tuple(found))


def _own_source(kind: SourceKind, name: str, profile: Profile) -> Source:
    """A source of an own entry, its settings looked at before anybody signs in. Raises RefusedProfileError."""
    if kind is SourceKind.OIDC and not profile.get("role_arn"):
        raise RefusedProfileError(profile_problems.incomplete(name, "oidc_client_id", "role_arn"))
    fault = cognito.faults(name, profile) if kind is SourceKind.COGNITO else None
    if fault is not None:
        raise RefusedProfileError(fault)
    if kind is SourceKind.OIDC or (kind is SourceKind.COGNITO and any(map(profile.get, _OIDC))):
        try:
            provider_of(name, profile)
        except ProblemError as error:
            raise RefusedProfileError(error.problem) from None
    return _source(kind, name, profile)


def _handed_over(kind: SourceKind, name: str, profile: Profile) -> Source:
    """A value that is empty, or an indented block, botocore cannot use either."""
    value = profile[kind.value]
    if not value.strip() or value.startswith("\n"):
        raise RefusedProfileError(profile_problems.incomplete(name, kind.value, kind.value))
    return _source(kind, name, profile)


def _token_file(name: str, profile: Profile) -> Source:
    if not profile.get("role_arn"):
        problem = profile_problems.incomplete(name, "web_identity_token_file", "role_arn")
        raise RefusedProfileError(problem)
    return _source(SourceKind.TOKEN_FILE, name, profile)


def _identity_center(catalogue: Profiles, name: str, profile: Profile) -> Source:
    """As botocore's SSOProvider reads it: an sso_session's values, and none in the profile that differ."""
    settings = {key: profile[key] for key in (*_SSO, *_SSO_SHARED) if profile.get(key)}
    session = profile.get("sso_session", "")
    if session:
        shared = catalogue.sso_sessions.get(session)
        if shared is None:
            raise RefusedProfileError(profile_problems.unknown_sso_session(name, session))
        for key in _SSO_SHARED:
            if key in shared and settings.setdefault(key, shared[key]) != shared[key]:
                raise RefusedProfileError(profile_problems.sso_contradiction(name, key))
        settings["sso_session"] = session
    for key in (*_SSO, "sso_start_url", "sso_region"):
        if not settings.get(key):
            problem = profile_problems.incomplete(name, "IAM Identity Center", key)
            raise RefusedProfileError(problem)
    if profile.get("ca_bundle"):  # the sign-in meets the same network as the calls
        settings["ca_bundle"] = profile["ca_bundle"]
    return Source(SourceKind.IDENTITY_CENTER, name, tuple(sorted(settings.items())))


def _static(name: str, profile: Profile) -> Source:
    for key in ("aws_access_key_id", "aws_secret_access_key"):
        if not profile.get(key):
            raise RefusedProfileError(profile_problems.partial_keys(name, key))
    if profile.get("aws_session_token") or profile.get("aws_security_token"):
        return Source(SourceKind.TEMPORARY_IN_FILE, name)
    # Which key it is: sessions of another user's key under the same name are not this one's.
    return Source(
        SourceKind.KEYS_IN_FILE, name, (("aws_access_key_id", profile["aws_access_key_id"]),)
    )
