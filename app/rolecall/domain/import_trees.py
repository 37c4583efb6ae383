"""Readers of configurations that are trees: Leapp's workspace (JSON), logsmith's and aws-sso-cli's (YAML).

Pure: what a parser gave in, an Import out. Sources: otto-de/logsmith README.md, "Configuration";
synfinatic/aws-sso-cli docs/config.md, "SSOConfig"; Noovolari/leapp packages/core/src/models.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain, count
from typing import Any, Final

from rolecall.domain.imports import Entry, Import, Skipped, clean_name, collect, partition_of
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Text, text

_ACCOUNT: Final = re.compile(r"\d{12}")
_ARN: Final = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):iam::(?P<account>\d{12}):?(?:role)?/(?P<name>.+)"
)
_ACCOUNT_ROLE: Final = re.compile(r"(?P<account>\d{12}):(?P<name>.+)")
_LEAPP_NAME: Final = "assumed-from-leapp"
"""The session name Leapp writes where a person gave none."""


def logsmith(tree: object) -> Import:
    """Profiles of logsmith's groups; a group's scripts and colours stay behind."""
    groups = {name: group for name, group in _items(tree) if isinstance(group, dict)}
    keys = {str(g.get("access_key") or "access-key") for g in groups.values() if not _is_sso(g)}
    return collect(_logsmith_roles(groups), tuple(sorted(keys)))


def _logsmith_roles(groups: Mapping[str, Any]) -> Iterator[tuple[str, Entry] | Skipped]:
    several = _several(groups)
    for group, settings in groups.items():
        if str(settings.get("type", "aws")) != "aws":
            yield Skipped(group, Text(_OTHER_CLOUD))
            continue
        for found in _list(settings.get("profiles")):
            name = str(found.get("profile", ""))
            full = f"{group}-{name}" if name in several else name
            account, role = str(found.get("account", "")), str(found.get("role", ""))
            if not _ACCOUNT.fullmatch(account) or not role:
                yield Skipped(full, text(_NO_ACCOUNT, account=account[:40]))
                continue
            yield full, _logsmith_entry(group, settings, found, several)


def _logsmith_entry(
    group: str, settings: Mapping[str, Any], found: Mapping[str, Any], several: set[str]
) -> Entry:
    region = str(settings.get("region") or "")
    account, role = str(found["account"]), str(found["role"])
    start = str(found.get("source") or "")
    if _is_sso(settings) and not start:
        session = str(settings.get("sso_session") or "sso")
        return {
            "sso_session": session,
            "sso_account_id": account,
            "sso_role_name": role,
            "region": region,
        }
    start = f"{group}-{start}" if start in several else start
    return {
        "role_arn": f"arn:{partition_of(region)}:iam::{account}:role/{role}",
        "source_profile": start or str(settings.get("access_key") or "access-key"),
        "region": region,
    }


def _is_sso(group: Mapping[str, Any]) -> bool:
    return str(group.get("auth_mode") or "key") == "sso"


def _several(groups: Mapping[str, Any]) -> set[str]:
    """Profile names that more than one group has: there the group's name goes first."""
    seen: set[str] = set()
    twice: set[str] = set()
    for group in groups.values():
        names = {str(found.get("profile", "")) for found in _list(group.get("profiles"))}
        twice |= names & seen
        seen |= names
    return twice


def aws_sso_cli(tree: object) -> Import:
    """Roles that aws-sso-cli's config.yaml names; all others are listed by Identity Center itself."""
    return collect(_sso_roles(tree))


def _sso_roles(tree: object) -> Iterator[tuple[str, Entry] | Skipped]:
    for name, sso in _items(_get(tree, "SSOConfig")):
        accounts = _items(_get(sso, "Accounts"))
        roles = [
            ((account, role), about, of)
            for account, about in accounts
            for role, of in _items(_get(about, "Roles"))
        ]
        names = {place: _get(of, "Profile") or ":".join(place) for place, _, of in roles}
        without = [each for each in accounts if not _items(_get(each[1], "Roles"))]
        for account, about in without:
            yield Skipped(f"{account} {_get(about, 'Name')}".strip(), Text(_NO_ROLES))
        if not accounts:
            yield Skipped(name, Text(_NO_ROLES))
        for place, about, of in roles:
            regions = [_get(level, "DefaultRegion") for level in (of, about, sso, tree)]
            region = next((each for each in regions if each), "")
            if _get(of, "Via"):
                yield names[place], _via_entry(place, of, region, names)
            else:
                yield names[place], _center_entry(sso, place, region)


def _center_entry(sso: object, place: tuple[str, str], region: str) -> Entry:
    return {
        "sso_start_url": _get(sso, "StartUrl"),
        "sso_region": _get(sso, "SSORegion"),
        "sso_account_id": place[0],
        "sso_role_name": place[1],
        "region": region,
    }


def _via_entry(
    place: tuple[str, str], of: object, region: str, names: Mapping[tuple[str, str], str]
) -> Entry:
    """A role reached over another one, which `Via` names by its ARN or as ACCOUNT:ROLE."""
    via = _get(of, "Via")
    found = _ARN.fullmatch(via) or _ACCOUNT_ROLE.fullmatch(via)
    before = (found["account"], found["name"]) if found else ("", via)
    return {
        "role_arn": f"arn:{partition_of(region)}:iam::{place[0]}:role/{place[1]}",
        "source_profile": names.get(before, via),
        "external_id": _get(of, "ExternalId"),
        "source_identity": _get(of, "SourceIdentity"),
        "region": region,
    }


def leapp(tree: object) -> Import:
    """The AWS sessions of a Leapp workspace; users' keys stay in Leapp's keychain items."""
    sessions = [each for each in _list(_own(tree, "sessions")) if _get(each, "sessionName")]
    named = list(zip(_leapp_names(sessions), sessions, strict=True))
    users = tuple(name for name, each in named if _get(each, "type") == "awsIamUser")
    return collect(_leapp_roles(tree, named), users)


def _leapp_names(sessions: list[dict[str, Any]]) -> list[str]:
    """What each session is called here. Leapp names every role of an account after the account.

    So a name that several have gets the role's behind it, and a number where that is not enough.
    """
    often = Counter(clean_name(_get(each, "sessionName")) for each in sessions)
    names: dict[str, None] = {}
    for each in sessions:
        plain, role = (
            clean_name(_get(each, "sessionName")),
            _get(each, "roleArn").rpartition("/")[2],
        )
        name = f"{plain}-{role}" if often[plain] > 1 and role else plain
        numbered = (f"{name}-{number}" for number in count(2))
        names[next(new for new in chain((name,), numbered) if new not in names)] = None
    return list(names)


def _leapp_roles(
    tree: object, named: list[tuple[str, dict[str, Any]]]
) -> Iterator[tuple[str, Entry] | Skipped]:
    by_id = {_get(each, "sessionId"): (name, each) for name, each in named}
    portals = {_get(each, "id"): each for each in _list(_own(tree, "awsSsoIntegrations"))}
    urls = {_get(each, "id"): _get(each, "url") for each in _list(_own(tree, "idpUrls"))}
    for name, each in named:
        kind = _get(each, "type")
        if kind == "awsIamRoleChained":
            yield name, _chained(each, *by_id.get(_get(each, "parentSessionId"), ("", None)))
        elif kind == "awsIamRoleFederated":
            yield name, _federated(each, urls)
        elif kind == "awsSsoRole":
            yield _center(name, each, portals)
        elif kind != "awsIamUser":
            yield Skipped(name, Text(_OTHER_CLOUD))


def _chained(session: object, parent_name: str, parent: object) -> Entry:
    """parent_name: what the session it starts from, which Leapp names by its id, is called here."""
    own_name = _get(session, "roleSessionName")
    return {
        "role_arn": _get(session, "roleArn"),
        "source_profile": parent_name,
        "mfa_serial": _get(parent, "mfaDevice"),
        "role_session_name": "" if own_name == _LEAPP_NAME else own_name,
        "region": _get(session, "region"),
    }


def _federated(session: object, urls: Mapping[str, str]) -> Entry:
    return {
        "role_arn": _get(session, "roleArn"),
        "saml_provider_arn": _get(session, "idpArn"),
        "saml_login_url": urls.get(_get(session, "idpUrlId"), ""),
        "region": _get(session, "region"),
    }


def _center(
    name: str, session: object, portals: Mapping[str, object]
) -> tuple[str, Entry] | Skipped:
    found = _ARN.fullmatch(_get(session, "roleArn"))
    portal = portals.get(_get(session, "awsSsoConfigurationId"))
    if found is None or portal is None:
        return Skipped(name, Text(_NO_PORTAL))
    return name, {
        "sso_start_url": _get(portal, "portalUrl"),
        "sso_region": _get(portal, "region"),
        "sso_account_id": found["account"],
        "sso_role_name": found["name"],
        "region": _get(session, "region"),
    }


def _own(tree: object, key: str) -> object:
    """A member of Leapp's workspace: written with an underscore, and without one in exports."""
    if not isinstance(tree, dict):
        return None
    return tree.get(f"_{key}", tree.get(key))


def _get(tree: object, key: str) -> Any:
    """A member as text; a branch as it is; empty for what is not there."""
    found = tree.get(key) if isinstance(tree, dict) else None
    if isinstance(found, dict | list):
        return found
    return "" if found is None else str(found)


def _items(tree: object) -> list[tuple[str, Any]]:
    return [(str(key), value) for key, value in tree.items()] if isinstance(tree, dict) else []


def _list(tree: object) -> list[dict[str, Any]]:
    return [each for each in tree if isinstance(each, dict)] if isinstance(tree, list) else []


_OTHER_CLOUD: Final = QT_TRANSLATE_NOOP("Import", "It is of another cloud.")
_NO_ACCOUNT: Final = QT_TRANSLATE_NOOP(
    "Import", "It needs an account of twelve digits and a role; it says “{account}”."
)
_NO_ROLES: Final = QT_TRANSLATE_NOOP(
    "Import", "It names no roles. Sign in with Identity Center, which lists them."
)
_NO_PORTAL: Final = QT_TRANSLATE_NOOP("Import", "Its Identity Center portal is not in the file.")
