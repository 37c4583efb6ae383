"""Own entries for the roles that a SAML response names. Pure: names and keys, no file."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Final

from rolecall.domain.role import Source
from rolecall.domain.saml import RolePair

_KEPT: Final = ("saml_login_url", "saml_listen_port")
_OTHER: Final = re.compile(r"[^\w.+-]+")


def entries_for(
    source: Source,
    pairs: tuple[RolePair, ...],
    accounts: Mapping[str, str],
    profiles: Mapping[str, Mapping[str, str]],
) -> dict[str, dict[str, str]]:
    """An entry by name for each pair that has none yet. Named after its account and role, in small letters.

    accounts: names by id. profiles: what there is already, by name. They sign in where `source` does.
    """
    shared = {key: source.get(key) for key in _KEPT if source.get(key)}
    known = {
        profile.get("role_arn", "")
        for profile in profiles.values()
        if profile.get("saml_login_url", "") == source.get("saml_login_url")
    }
    found: dict[str, dict[str, str]] = {}
    for pair in pairs:
        if pair.role_arn not in known:
            name = _name(pair, accounts, {*profiles, *found})
            keys = {"role_arn": pair.role_arn, "saml_provider_arn": pair.provider_arn}
            found[name] = {**shared, **keys}
    return found


def _name(pair: RolePair, accounts: Mapping[str, str], taken: Container[str]) -> str:
    arn = pair.arn
    account = accounts.get(arn.account_id) or arn.account_id
    plain = _OTHER.sub("-", f"{account}-{arn.name}").strip("-").lower()[:100]
    name, number = plain, 2
    while name in taken:
        name, number = f"{plain}-{number}", number + 1
    return name
