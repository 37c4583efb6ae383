"""Writes, replaces and removes our sections in AWS's two files. Owns what may be written, and where.

A profile of this name that is somebody else's is never touched. The file is read again under our lock, the
change is checked by parsing it before and after, and atomic_file.py puts it in place whole or not at all.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rolecall.domain.entry import AWS_KEYS
from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Credentials
from rolecall.storage import atomic_file, owned_names, owned_refusals
from rolecall.storage.aws_config import profile_name, read_file
from rolecall.storage.aws_ini import Section, parse
from rolecall.storage.first_copy import drop_first_copy, keep_first_copy, place
from rolecall.storage.owned_section import Body, Found, sections, with_section, without_section
from rolecall.storage.paths import AwsFiles

_WINNING: Final = (
    "role_arn",
    "web_identity_token_file",
    "sso_session",
    "sso_account_id",
    "sso_role_name",
    "aws_access_key_id",
    "aws_secret_access_key",
    "login_session",
    "credential_process",
)
"""Keys by which a profile gets credentials of its own (botocore credentials.py, create_credential_resolver)."""

_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it. changed: whether the file was written. copy: the first copy, if made just now.

    narrowed: whether others could read the file before. expired: profiles that left as expired.
    """

    path: Path
    changed: bool = False
    narrowed: bool = False
    copy: Path | None = None
    expired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """One of the two files: where, what we may write into a section of ours, what a header means."""

    path: Path
    ours: frozenset[str]
    keeps_mode: bool
    profile: Callable[[str], str | None]
    header: Callable[[str], str]

    def named(self, raw: bytes, name: str) -> list[Found]:
        """Every section of the profile `name`, whosever it is."""
        return [found for found in sections(raw) if self.profile(found.header) == name]

    def expired(self, raw: bytes, now: float) -> list[Found]:
        """Our sections whose time is over and which nobody changed."""
        return [found for found in sections(raw) if self._is_over(found, now)]

    def _is_over(self, found: Found, now: float) -> bool:
        end = found.expires_at
        return end is not None and end <= now and found.is_sealed(self.ours)

    def mode(self) -> int:
        """The widest mode the file may have: of credentials 0600, of the config file what it has."""
        try:
            return stat.S_IMODE(self.path.stat().st_mode) & 0o777 if self.keeps_mode else 0o600
        except OSError:
            return 0o600


def _config(files: AwsFiles) -> _File:
    ours = frozenset({"credential_process", "region"})
    return _File(files.config, ours, True, profile_name, _config_header)


def _credentials(files: AwsFiles) -> _File:
    ours = frozenset({"aws_access_key_id", "aws_secret_access_key", "aws_session_token", "region"})
    return _File(files.credentials, ours, False, lambda header: header, lambda name: name)


def _config_header(name: str) -> str:
    if name == "default":
        return name
    return f'profile "{name}"' if " " in name else f"profile {name}"


def _exported(files: AwsFiles) -> _File:
    return _File(files.config, frozenset(AWS_KEYS), True, profile_name, _config_header)


def wire(files: AwsFiles, name: str, line: str, region: str) -> Written:
    """Write profile `name`, whose credential_process is `line`, into the config file. Raises ProblemError."""
    refuse_wire(files, name)
    owned_names.refuse_line(line)
    keys = {"credential_process": line}
    return _put(_config(files), name, Body(_with_region(keys, region)), now=0.0)


def write(
    files: AwsFiles,
    name: str,
    credentials: Credentials,
    expires_at: float,
    region: str,
    now: float,
) -> Written:
    """Write `credentials` as profile `name` into the credentials file; expired ones leave on the way.

    expires_at, now: UTC epoch seconds. Raises ProblemError.
    """
    refuse_write(files, name)
    owned_names.refuse_values(credentials)
    keys = {
        "aws_access_key_id": credentials.access_key_id,
        "aws_secret_access_key": credentials.secret_access_key,
        "aws_session_token": credentials.session_token,
    }
    end = datetime.fromtimestamp(int(expires_at), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _put(_credentials(files), name, Body(_with_region(keys, region), end), now)


def _with_region(keys: dict[str, str], region: str) -> dict[str, str]:
    region = owned_names.known_region(region)
    return keys | {"region": region} if region else keys


def unwire(files: AwsFiles, name: str) -> Written:
    """Take the profile `name` that `wire` wrote out of the config file. Raises ProblemError."""
    return _remove(_config(files), name, now=0.0)


def export(files: AwsFiles, name: str, entry: Mapping[str, str]) -> Written:
    """Write an own entry as profile `name` into the config file, for other tools. Raises ProblemError.

    entry: keys of AWS's own, each value one line.
    """
    file = _exported(files)
    _refuse(file, _credentials(files), name)
    for value in entry.values():
        owned_names.refuse_line(value)
    return _put(file, name, Body(dict(entry)), now=0.0)


def exported(files: AwsFiles) -> dict[str, Section]:
    """The profiles of the config file that are ours, by name. Raises ProblemError where it cannot be read."""
    content = parse(read_file(files.config))
    named = ((profile_name(header), header) for header in content.owned)
    return {name: content.sections.get(header, {}) for name, header in named if name is not None}


def unexport(files: AwsFiles, name: str) -> Written:
    """Take the profile `name` that `export` wrote out of the config file. Raises ProblemError."""
    return _remove(_exported(files), name, now=0.0)


def unwrite(files: AwsFiles, name: str, now: float) -> Written:
    """Take the section that `write` wrote out of the credentials file. Raises ProblemError."""
    return _remove(_credentials(files), name, now)


def remove_expired(files: AwsFiles, now: float) -> tuple[str, ...]:
    """Take out our sections that have expired; returns their profiles. Takes no lock if there are none.

    now: UTC epoch seconds. Raises ProblemError.
    """
    file = _credentials(files)
    if not file.expired(read_file(file.path), now):
        return ()
    return _change(file, lambda raw: raw, now).expired


def next_expiry(files: AwsFiles) -> float | None:
    """When the next of our sections expires (UTC epoch seconds), or None. Raises ProblemError."""
    file = _credentials(files)
    found = (f.expires_at for f in sections(read_file(file.path)) if f.is_sealed(file.ours))
    return min((end for end in found if end is not None), default=None)


# --- whose a profile is ------------------------------------------------------------------------------


def refuse_wire(files: AwsFiles, name: str) -> None:
    """Raise ProblemError if `wire` may not or cannot write profile `name`: keys or a role elsewhere would win."""
    _refuse(_config(files), _credentials(files), name)


def refuse_write(files: AwsFiles, name: str) -> None:
    """Raise ProblemError if `write` may not or cannot write profile `name`: a role elsewhere would win."""
    _refuse(_credentials(files), _config(files), name)


def _refuse(target: _File, other: _File, name: str) -> None:
    owned_names.refuse_name(name)
    _refuse_foreign(target, name, atomic_file.read(target.path)[1])
    _refuse_place(target.path)
    raw = read_file(other.path)
    if any(not found.owned for found in other.named(raw, name)):
        content = parse(raw)
        for found in other.named(raw, name):
            key = _winning(content.sections.get(found.header, {}))
            if key and not found.owned:
                raise ProblemError(owned_refusals.taken_key(name, other.path, key))


def _refuse_place(path: Path) -> None:
    atomic_file.refuse_linked(path)
    atomic_file.refuse_unwritable(path)


def _refuse_foreign(file: _File, name: str, raw: bytes) -> None:
    if raw.startswith(_UTF16):
        raise ProblemError(owned_refusals.not_text(file.path))
    for found in file.named(raw, name):
        if not found.owned:
            key = _winning(parse(raw).sections.get(found.header, {}))
            raise ProblemError(
                owned_refusals.taken_key(name, file.path, key)
                if key
                else owned_refusals.taken_section(name, file.path)
            )
        if not found.is_sealed(file.ours):
            raise ProblemError(owned_refusals.changed_by_hand(name, file.path))


def _winning(section: Section) -> str:
    return next((key for key in _WINNING if key in section), "")


# --- the change itself -------------------------------------------------------------------------------


def _put(file: _File, name: str, body: Body, now: float) -> Written:
    def edit(raw: bytes) -> bytes:
        _refuse_foreign(file, name, raw)
        present = file.named(raw, name)
        for double in reversed(present[1:]):
            raw = without_section(raw, double, file.ours)
        header = present[0].header if present else file.header(name)
        after = with_section(raw, header, body, file.ours)
        section = parse(after).sections.get(header, {})
        if any(section.get(key) != value for key, value in body.keys.items()):
            raise ProblemError(owned_refusals.not_separable(name, file.path))
        key = _winning({k: v for k, v in section.items() if k not in body.keys})
        if key:
            raise ProblemError(owned_refusals.taken_key(name, file.path, key))
        return after

    return _change(file, edit, now, name)


def _remove(file: _File, name: str, now: float) -> Written:
    if not file.named(read_file(file.path), name):
        return Written(file.path)

    def edit(raw: bytes) -> bytes:
        present = file.named(raw, name)
        if any(not found.owned for found in present):
            raise ProblemError(owned_refusals.not_ours(name, file.path))
        if any(not found.is_sealed(file.ours) for found in present):
            raise ProblemError(owned_refusals.changed_by_hand(name, file.path))
        for found in reversed(present):
            raw = without_section(raw, found, file.ours)
        return raw

    return _change(file, edit, now, name)


def _change(file: _File, edit: Callable[[bytes], bytes], now: float, name: str = "") -> Written:
    """Rewrite the file by `edit` of the profile `name`, and drop what has expired."""
    expired: list[str] = []
    copied: list[Path] = []

    def step(raw: bytes) -> bytes:
        after, expired[:] = _edited(file, raw, edit, now, name)
        if after != raw and keep_first_copy(file.path, raw):
            copied.append(place(file.path))
        return after

    raw = atomic_file.read(file.path)[1]
    if _edited(file, raw, edit, now, name)[0] == raw:
        return Written(file.path)
    _refuse_place(file.path)  # before anything of ours lies beside it
    was = _mode_of(file.path)
    try:
        changed = atomic_file.change(file.path, step, file.mode())
    except ProblemError as error:
        if copied and error.problem.code != "file_not_confirmed":
            drop_first_copy(file.path)
        raise
    narrowed = changed and not file.keeps_mode and bool(was & 0o077)
    copy = copied[0] if copied else None
    return Written(file.path, changed, narrowed, copy, tuple(expired))


def _edited(
    file: _File, raw: bytes, edit: Callable[[bytes], bytes], now: float, name: str
) -> tuple[bytes, list[str]]:
    """The file by `edit` and without what has expired, and the headers of that. Raises ProblemError."""
    after = edit(raw)
    over = [found for found in file.expired(after, now) if file.profile(found.header) != name]
    for found in reversed(over):
        after = without_section(after, found, file.ours)
    expired = [found.header for found in over]
    if after != raw:
        _verify(file, raw, after, {name, *expired})
    return after, expired


def _verify(file: _File, before: bytes, after: bytes, touched: set[str]) -> None:
    """Raise ProblemError if the change reached any other section: the file has faults we would spread."""
    old, new = parse(before), parse(after)
    for content in (old, new):
        for header in list(content.sections):
            if file.profile(header) in touched:
                del content.sections[header]
    if old.sections != new.sections or len(new.faults) > len(old.faults):
        raise ProblemError(
            owned_refusals.not_separable(", ".join(sorted(touched - {""})), file.path)
        )


def _mode_of(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return 0
