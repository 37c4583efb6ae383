"""What another tool's configuration becomes here: entries, what is left out and why, and keys to be added by hand.

Pure. Nothing secret is ever taken along: where the other tool holds an access key, its name is told.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Text, text

Entry = dict[str, str]

_SELF_MADE = (
    "sso_account_id",
    "saml_login_url",
    "oidc_issuer",
    "web_identity_token_file",
    "login_session",
    "credential_process",
    "credential_source",
)
"""Keys of an entry that starts by itself, from no other profile."""

_PORTAL = ("sso_start_url", "sso_region")

LONGEST_NAME = 128


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that was found and is not taken, and why. choice: the field of Choice that would change it."""

    name: str
    reason: Text
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """What was found. keys: names under which the other tool keeps an access key; the key stays there."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person says about an import. source: the profile that roles without one start from.

    mfa_serial: the device for roles that start from a key; prefix: goes before every name.
    """

    source: str = ""
    mfa_serial: str = ""
    prefix: str = ""


def collect(found: Iterator[tuple[str, Entry] | Skipped], keys: tuple[str, ...] = ()) -> Import:
    """An Import of what a reader yields. Of two entries of one name neither is taken."""
    entries: dict[str, Entry] = {}
    skipped: list[Skipped] = []
    twice: set[str] = set()
    for each in found:
        if isinstance(each, Skipped):
            skipped.append(each)
            continue
        name = clean_name(each[0])
        if not name:
            skipped.append(Skipped(each[0][:LONGEST_NAME], Text(_NO_NAME)))
        elif name in entries:
            twice.add(name)
        else:
            entries[name] = {key: value for key, value in each[1].items() if value}
    skipped += [Skipped(name, Text(_TWICE)) for name in twice]
    return Import({n: e for n, e in entries.items() if n not in twice}, tuple(skipped), keys)


def settle(
    found: Import,
    known: Container[str],
    choice: Choice,
    sessions: Mapping[str, Mapping[str, str]] | None = None,
) -> Import:
    """The import as it will be written. known: names that profiles, keys and own entries have already.

    sessions: the `[sso-session]` sections of this computer, None where nobody looked.
    """
    named = _prefixed(found, choice.prefix)
    entries: dict[str, Entry] = {}
    skipped = list(found.skipped)
    for name, entry in named.items():
        done = _completed(name, _without_session(entry, sessions), named, known, found.keys, choice)
        if name in known:
            skipped.append(Skipped(name, Text(_TAKEN), "prefix"))
        elif done is None:
            skipped.append(Skipped(name, _no_source(name, entry), "source"))
        elif (
            (session := _section_needed(done)) and sessions is not None and session not in sessions
        ):
            skipped.append(Skipped(name, text(_NO_SESSION, session=session)))
        else:
            entries[name] = done
    starts = {entry.get("source_profile") for entry in entries.values()}
    keys = tuple(name for name in found.keys if name in starts and name not in known)
    return Import(entries, tuple(skipped), keys)


def _prefixed(found: Import, prefix: str) -> dict[str, Entry]:
    if not prefix:
        return dict(found.entries)
    moved = {}
    for name, entry in found.entries.items():
        start = entry.get("source_profile", "")
        own = {"source_profile": prefix + start} if start in found.entries else {}
        moved[prefix + name] = {**entry, **own}
    return moved


def _no_source(name: str, entry: Entry) -> Text:
    start = entry.get("source_profile", "")
    return text(_NO_SOURCE, source=start) if start and start != name else Text(_NO_START)


def _section_needed(entry: Entry) -> str:
    """The `[sso-session]` without which an entry leads to no portal, or an empty text."""
    return "" if "sso_start_url" in entry else entry.get("sso_session", "")


def _without_session(entry: Entry, sessions: Mapping[str, Mapping[str, str]] | None) -> Entry:
    """The entry by its portal's own address, where this computer's session of that name is none or another."""
    shared = (sessions or {}).get(entry.get("sso_session", ""), {})
    same = all(shared.get(key) == entry[key] for key in _PORTAL if key in entry)
    if sessions is None or "sso_start_url" not in entry or same:
        return entry
    return {key: value for key, value in entry.items() if key != "sso_session"}


def _completed(
    name: str,
    entry: Entry,
    named: Container[str],
    known: Container[str],
    keys: Container[str],
    choice: Choice,
) -> Entry | None:
    """The entry with a profile to start from, or None where there is none.

    One that names itself starts from a key of its own, which is not taken along.
    """
    if any(key in entry for key in _SELF_MADE):
        return entry
    start = entry.get("source_profile", "")
    if start == name or (start not in named and start not in keys and start not in known):
        start = choice.source
    if not start:
        return None
    device = {"mfa_serial": choice.mfa_serial} if choice.mfa_serial and start not in named else {}
    return {**entry, "source_profile": start, **({} if "mfa_serial" in entry else device)}


def clean_name(name: str) -> str:
    """A name fit for roles.toml: nothing invisible, no blank at the ends, no hyphen first."""
    plain = "".join(each if each.isprintable() else " " for each in name)
    return plain.strip().lstrip("-").strip()[:LONGEST_NAME].strip()


def partition_of(region: str) -> str:
    """The partition a region belongs to by its name. Source: botocore data/partitions.json, regionRegex."""
    for start, partition in _PARTITIONS:
        if region.startswith(start):
            return partition
    return "aws"


_PARTITIONS = (
    ("cn-", "aws-cn"),
    ("us-gov-", "aws-us-gov"),
    ("eusc-", "aws-eusc"),
    ("us-isob-", "aws-iso-b"),
    ("us-isof-", "aws-iso-f"),
    ("eu-isoe-", "aws-iso-e"),
    ("us-iso-", "aws-iso"),
)

_NO_NAME = QT_TRANSLATE_NOOP("Import", "It has no name.")
_TWICE = QT_TRANSLATE_NOOP("Import", "Two have this name. Rename one of them there.")
_TAKEN = QT_TRANSLATE_NOOP("Import", "The name is taken here. A prefix makes a new one.")
_NO_SOURCE = QT_TRANSLATE_NOOP(
    "Import", "Nothing here is called “{source}”. Say which profile it starts from."
)
_NO_START = QT_TRANSLATE_NOOP(
    "Import", "It does not say which profile it starts from. Say which one that is."
)
_NO_SESSION = QT_TRANSLATE_NOOP(
    "Import", "~/.aws/config has no section [sso-session {session}]. Add it, then import again."
)
