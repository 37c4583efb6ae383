"""From what an Identity Center offers to own entries: which are there already, what new ones are called. Pure."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.identity_center import DEFAULT_SCOPES, Portal, PortalRole
from rolecall.domain.sources import words

_NOT_IN_NAMES: Final = re.compile(r"[^\w.+@]+")
_REGION: Final = re.compile(r"[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}", re.ASCII)
_LONGEST: Final = 100


def name_of(offer: PortalRole) -> str:
    """What an entry is called: the account's name and the permission set's, fit for a command line."""
    account = offer.account.name or offer.account.account_id
    name = _NOT_IN_NAMES.sub("-", f"{account}-{offer.role}".lower()).strip("-.")
    return name[:_LONGEST] or offer.account.account_id


def new_entries(
    offers: Iterable[PortalRole], portal: Portal, taken: Container[str]
) -> dict[str, dict[str, str]]:
    """An entry for each offer, by a name that nobody has: the account's id tells namesakes apart."""
    found: dict[str, dict[str, str]] = {}
    for offer in offers:
        name = name_of(offer)
        if name in taken or name in found:
            name = f"{name}-{offer.account.account_id}"
        number = 2
        while name in taken or name in found:
            name = f"{name_of(offer)}-{offer.account.account_id}-{number}"
            number += 1
        found[name] = _entry(offer, portal)
    return found


def _entry(offer: PortalRole, portal: Portal) -> dict[str, str]:
    """In AWS's own keys. Where there is an `[sso-session]`, its name stands for the rest.

    The region is a first guess: that of the portal, where somebody decided to have something.
    """
    entry = {
        "sso_account_id": offer.account.account_id,
        "sso_role_name": offer.role,
        "region": portal.region,
    }
    if portal.session:
        return {"sso_session": portal.session, **entry}
    return {"sso_start_url": portal.start_url, "sso_region": portal.region, **entry}


def present(catalogue: Catalogue, portal: Portal) -> dict[tuple[str, str], str]:
    """Name of the first entry for each account id and permission set that is listed already."""
    found: dict[tuple[str, str], str] = {}
    for name, profile in catalogue.profiles.items():
        if "sso_account_id" not in profile or "role_arn" in profile:
            continue
        session = catalogue.sso_sessions.get(profile.get("sso_session", ""), {})
        if same_url({**session, **profile}.get("sso_start_url", ""), portal.start_url):
            pair = (profile["sso_account_id"], profile.get("sso_role_name", ""))
            found.setdefault(pair, name)
    return found


def fitting(offer: PortalRole, patterns: Iterable[str]) -> bool:
    """Whether any pattern (`*` and `?` as in a shell, letters of any case) fits an offer.

    A pattern is held against the name, `ACCOUNT/PERMISSION SET` with the account's name and with its id.
    """
    account = offer.account
    texts = [
        text.lower()
        for text in (
            name_of(offer),
            f"{account.name}/{offer.role}",
            f"{account.account_id}/{offer.role}",
        )
    ]
    return any(fnmatchcase(text, pattern.lower()) for text in texts for pattern in patterns)


def searched(offers: Iterable[PortalRole], typed: str) -> list[PortalRole]:
    """The offers in which each typed word occurs."""
    wanted = typed.lower().split()
    return [offer for offer in offers if all(word in offer.text for word in wanted)]


def portal_wanted(named: str, region: str, catalogue: Catalogue) -> Portal:
    """As `portal_named`, with the certificates that the default profile trusts. Raises ValueError."""
    portal = portal_named(named, region, catalogue.sso_sessions)
    bundle = catalogue.profiles.get("default", {}).get("ca_bundle", "")
    return replace(portal, ca_bundle=bundle)


def portal_named(named: str, region: str, sessions: Mapping[str, Mapping[str, str]]) -> Portal:
    """The Identity Center that a person names: an `[sso-session]`, or a start URL with its region.

    A session for that very URL is used where there is one, so that other tools share the sign-in.
    Raises ValueError: "start_url" or "region" is not one.
    """
    session = sessions.get(named)
    if session is not None:
        return _of_session(named, session)
    start_url = tidy_url(named)
    if not _is_start_url(start_url):
        raise ValueError("start_url")
    for name, known in sessions.items():
        if same_url(known.get("sso_start_url", ""), start_url) and region in {
            "",
            known.get("sso_region"),
        }:
            return _of_session(name, known)
    if not _REGION.fullmatch(region):
        raise ValueError("region")
    return Portal(start_url, region)


def _of_session(name: str, session: Mapping[str, str]) -> Portal:
    start_url, region = session.get("sso_start_url", ""), session.get("sso_region", "")
    if not _is_start_url(start_url):
        raise ValueError("start_url")
    if not _REGION.fullmatch(region):
        raise ValueError("region")
    scopes = words(session.get("sso_registration_scopes", ""))
    return Portal(start_url, region, name, scopes or DEFAULT_SCOPES)


def tidy_url(typed: str) -> str:
    """A start URL as people paste it, without what a browser adds to it (`/start/#/`)."""
    url = typed.strip().partition("#")[0].rstrip("/")
    return url if "://" in url or not url else f"https://{url}"


def same_url(one: str, other: str) -> bool:
    """Whether two start URLs name the same portal."""
    return bool(one) and tidy_url(one).lower() == tidy_url(other).lower()


def _is_start_url(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and parts.username is None
    return parts.scheme == "https" and "." in host and plain and len(url) < 1024
