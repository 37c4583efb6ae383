"""Own entries: the keys that an entry of roles.toml may have, and what of it other tools understand. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rolecall.domain.catalogue import CLIENT_KEYS
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text

Entry = Mapping[str, str]

AWS_KEYS: Final = (
    "role_arn",
    "source_profile",
    "credential_source",
    "mfa_serial",
    "external_id",
    "duration_seconds",
    "role_session_name",
    "region",
    "web_identity_token_file",
    "sso_session",
    "sso_start_url",
    "sso_region",
    "sso_account_id",
    "sso_role_name",
    "sso_registration_scopes",
    "login_session",
    "credential_process",
)
"""Keys that AWS's own tools know under the same name in ~/.aws/config."""

SHARED_KEYS: Final = ("source_identity", "session_tags", "transitive_session_tags", "mfa_process")
"""Keys that aws-vault reads in ~/.aws/config too; every other tool passes over them."""

OWN_KEYS: Final = (
    "session_policy",
    "session_policy_arns",
    "saml_login_url",
    "saml_provider_arn",
    "saml_listen_port",
    "oidc_preset",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_scopes",
    "oidc_redirect_port",
    "oidc_redirect_host",
    "cognito_identity_pool_id",
    "cognito_login",
    "cognito_flow",
    "federation_name",
    "root_account",
    "root_task_policy",
)
"""Keys that only Rolecall knows."""

ENTRY_KEYS: Final = frozenset(AWS_KEYS + SHARED_KEYS + OWN_KEYS)

_PASSED_OVER: Final = frozenset(
    {
        "account_id_endpoint_mode",
        "auth_scheme_preference",
        "cli_auto_prompt",
        "cli_binary_format",
        "cli_follow_urlparam",
        "cli_history",
        "cli_pager",
        "cli_timestamp_format",
        "disable_request_compression",
        "output",
        "request_checksum_calculation",
        "request_min_compression_size_bytes",
        "response_checksum_validation",
        "sigv4a_signing_region_set",
        "user_agent_appid",
    }
)
"""Keys of a profile that decide nothing about a session; they come along where a profile is copied."""

KNOWN_KEYS: Final = ENTRY_KEYS | CLIENT_KEYS | _PASSED_OVER
"""Every key that may stand in an entry. One that is passed over unknown could be a policy misspelt."""

SECRET_KEYS: Final = frozenset(
    {
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "aws_security_token",
        "oidc_client_secret",
        "client_secret",
        "password",
    }
)
"""Keys that have no place in an entry: they belong into the keyring."""


def nearest(key: str) -> str:
    """The known key that `key` was probably meant to be, or an empty text."""
    import difflib

    return next(iter(difflib.get_close_matches(key.lower(), sorted(KNOWN_KEYS), n=1)), "")


def chain(entries: Mapping[str, Entry], name: str) -> Iterator[str]:
    """`name` and the own entries it starts from, each once, the nearest first."""
    seen: set[str] = set()
    while name in entries and name not in seen:
        seen.add(name)
        yield name
        name = entries[name].get("source_profile", "")


def exportable(name: str, entry: Entry) -> dict[str, str]:
    """An entry as other AWS tools read it. Raises ProblemError where they would pass over what narrows it.

    A legacy profile holds its Identity Center's address itself; a session's name would need a section too.
    """
    foreign = [key for key in entry if key in _NARROWING or key in OWN_KEYS]
    if foreign:
        raise ProblemError(_not_exportable(name, foreign[0]))
    kept = {key: value for key, value in entry.items() if key in AWS_KEYS}
    if "sso_start_url" in kept:
        kept.pop("sso_session", None)
        kept.pop("sso_registration_scopes", None)
    return kept


def taken_back(exported: Mapping[str, Entry], wanted: Iterable[str]) -> list[str]:
    """What leaves with exports of `wanted`: they, and what came along and no other export starts from.

    exported: the profiles that exports wrote, by name.
    """
    leaving = list(dict.fromkeys(wanted))
    brought = [each for name in leaving for each in chain(exported, name)]
    gone = {*leaving, *brought}
    needed = {each for name in exported if name not in gone for each in chain(exported, name)}
    return leaving + [each for each in dict.fromkeys(brought) if each not in {*leaving, *needed}]


_NARROWING: Final = frozenset({"source_identity", "session_tags", "transitive_session_tags"})


def _not_exportable(name: str, key: str) -> Problem:
    return Problem(
        "entry_not_exportable",
        text(
            QT_TRANSLATE_NOOP("Problem", "{name} cannot be exported: no AWS tool reads {key}"),
            name=name,
            key=key,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "“rolecall wire {name}” writes a profile that asks Rolecall instead."
            ),
            name=name,
        ),
        exit=Exit.USAGE,
    )
