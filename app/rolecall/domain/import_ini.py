"""Readers of configurations in the form of ~/.aws/config: AWS Extend Switch Roles, aws-vault, granted.

Pure: sections by header in, an Import out. Sources: the READMEs of tilfinltd/aws-extend-switch-roles and
ByteNess/aws-vault (USAGE.md, "Config"), docs.commonfate.io "Profile Registries" and "AWS credential process".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rolecall.domain.entry import AWS_KEYS, SHARED_KEYS
from rolecall.domain.imports import Entry, Import, Skipped, collect, partition_of
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Text

Sections = Mapping[str, Mapping[str, str]]

_KEPT: Final = frozenset(AWS_KEYS + SHARED_KEYS) - {"credential_process"}
_ACCOUNT: Final = re.compile(r"\d{12}")
_MOST_INCLUDES: Final = 16


def profiles(sections: Sections) -> dict[str, Mapping[str, str]]:
    """Sections by the profile they mean: `[profile a]` and `[a]` alike; `[sso-session a]` is none."""
    found = {}
    for header, section in sections.items():
        kind, _, name = header.partition(" ")
        if kind == "profile" and name.strip():
            found[name.strip().strip("\"'")] = section
        elif kind not in {"sso-session", "services"}:
            found[header.strip()] = section
    return found


def extend_switch_roles(sections: Sections) -> Import:
    """Target roles of AWS Extend Switch Roles; base accounts hold nothing to sign in with."""
    return collect(_targets(profiles(sections)))


def _targets(found: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Entry] | Skipped]:
    for name, section in found.items():
        account, role = section.get("aws_account_id", ""), section.get("role_name", "")
        arn = section.get("role_arn", "")
        region = section.get("region", "")
        if not arn and not role:
            continue  # a base account: where targets are reached from, by the console's own sign-in
        if not arn and not _ACCOUNT.fullmatch(account):
            yield Skipped(name, Text(_ALIAS))
            continue
        arn = arn or f"arn:{partition_of(region)}:iam::{account}:role/{role}"
        start = section.get("source_profile", "")
        entry = {"role_arn": arn, "source_profile": start, "region": region}
        yield name, {key: value for key, value in entry.items() if value}


def aws_vault(sections: Sections) -> Import:
    """Roles of a file written for aws-vault, with all that each gets from other sections.

    Those are `include_profile` (once `parent_profile`), `[sso-session]`, and `[default]`.
    """
    found = profiles(sections)
    return collect(_vault_roles(found, sections), _vault_keys(found))


def _vault_roles(
    found: Mapping[str, Mapping[str, str]], sections: Sections
) -> Iterator[tuple[str, Entry] | Skipped]:
    for name in found:
        whole = _whole(found, name)
        if whole is None:
            yield Skipped(name, Text(_CIRCLE))
        elif "role_arn" in whole and _is_by_program(whole):
            process = "web_identity_token_process" in whole
            yield Skipped(name, Text(_TOKEN_PROGRAM if process else _PROGRAM))
        elif "role_arn" in whole or "sso_account_id" in whole:
            whole |= _session(whole.get("sso_session", ""), sections)
            yield name, {key: value for key, value in whole.items() if key in _KEPT}


def _is_by_program(whole: Entry) -> bool:
    """Whether a role is taken with what a program prints, and with nothing else."""
    programs = {"web_identity_token_process", "credential_process"}
    others = {"web_identity_token_file", "source_profile", "sso_account_id"}
    return not programs.isdisjoint(whole) and others.isdisjoint(whole)


def _whole(found: Mapping[str, Mapping[str, str]], name: str) -> Entry | None:
    """A profile with what it includes and what `[default]` adds; None where it goes round in a circle.

    aws-vault 5 to 7 merge `[default]` behind the last include, and the guide of every version recommends
    it for mfa_serial; ByteNess's later ones read it no more. Source: vault/config.go, populateFromConfigFile.
    """
    whole = _with_includes(found, name)
    if whole is None:
        return None
    default = _with_includes(found, "default") or {}
    whole = {**{key: default[key] for key in _inherited(whole) if key in default}, **whole}
    if (
        whole.get("source_profile") == name
    ):  # aws-vault then takes the key kept under this very name
        del whole["source_profile"]
    return whole


def _inherited(whole: Entry) -> tuple[str, ...]:
    """Keys that a profile takes over from `[default]`: none that would make another role of it.

    aws-vault merges more, and then refuses what has two sources.
    """
    if "sso_account_id" in whole:
        named = "sso_session" in whole or "sso_start_url" in whole
        return ("region",) if named else ("region", *_PORTAL)
    return _ASSUMING if _gives(whole, besides="role_arn") else (*_ASSUMING, "source_profile")


def _with_includes(found: Mapping[str, Mapping[str, str]], name: str) -> Entry | None:
    """A profile with what it includes, its own keys first; None where the way leads round in a circle."""
    whole: Entry = {}
    for _ in range(_MOST_INCLUDES):
        section = found.get(name, {})
        whole = {**section, **whole}
        following = section.get("include_profile") or section.get("parent_profile")
        if not following:
            return whole
        name = following
    return None


def _vault_keys(found: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Profiles that roles start from and that hold no way in themselves: aws-vault keeps their keys."""
    starts = {
        start for name in found if (start := (_whole(found, name) or {}).get("source_profile"))
    }
    return tuple(
        sorted(start for start in starts if not _gives(_with_includes(found, start) or {}))
    )


def _gives(section: Mapping[str, str], besides: str = "") -> bool:
    """Whether a section has a way to credentials, `besides` left out of account."""
    return any(key in section for key in _WAYS if key != besides)


def granted(sections: Sections) -> Import:
    """Profiles of a granted registry, or of a config file granted wrote; `granted_sso_*` keys become AWS's."""
    return collect(_granted_roles(profiles(sections), sections))


def _granted_roles(
    found: Mapping[str, Mapping[str, str]], sections: Sections
) -> Iterator[tuple[str, Entry] | Skipped]:
    for name, section in found.items():
        entry = {key.removeprefix("granted_"): value for key, value in section.items()}
        entry = {**_session(entry.get("sso_session", ""), sections), **entry}
        if "role_arn" in entry or "sso_account_id" in entry:
            yield name, {key: value for key, value in entry.items() if key in _KEPT}
        elif "credential_process" in section:
            yield Skipped(name, Text(_PROGRAM))


def _session(name: str, sections: Sections) -> Entry:
    """Where an `[sso-session]` of the same file leads: it may not be in this computer's own file."""
    section = sections.get(f"sso-session {name}", {}) if name else {}
    return {key: value for key, value in section.items() if key in _KEPT}


_WAYS: Final = (
    "role_arn",
    "sso_account_id",
    "sso_role_name",
    "web_identity_token_file",
    "web_identity_token_process",
    "credential_process",
    "credential_source",
    "login_session",
    "aws_access_key_id",
)
_PORTAL: Final = ("sso_session", "sso_start_url", "sso_region", "sso_registration_scopes")
_ASSUMING: Final = (
    "mfa_serial",
    "external_id",
    "duration_seconds",
    "role_session_name",
    "region",
    *SHARED_KEYS,
)

_ALIAS: Final = QT_TRANSLATE_NOOP(
    "Import", "It names an account by an alias. Write its twelve digits."
)
_CIRCLE: Final = QT_TRANSLATE_NOOP("Import", "Its include_profile leads back to itself.")
_PROGRAM: Final = QT_TRANSLATE_NOOP(
    "Import", "It runs a program for its credentials. Add it by hand if you trust that line."
)
_TOKEN_PROGRAM: Final = QT_TRANSLATE_NOOP(
    "Import",
    "A program gives its token, and Rolecall starts none for that. Have it write the token into a "
    "file, and name that as web_identity_token_file.",
)
