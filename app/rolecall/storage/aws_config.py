"""The person's profiles as AWS's two files hold them: a Catalogue, with every secret left out.

Reads only. What the syntax is stands in aws_ini.py; which profile leads where stands in domain/catalogue.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.role import Identity
from rolecall.domain.sources import PASSED_OVER
from rolecall.storage import atomic_file
from rolecall.storage.aws_ini import DEFAULTS, SECRET_KEYS, Content, Fault, Section, parse
from rolecall.storage.paths import AwsFiles

MARK: Final = "•"
"""Stands in a Catalogue where the file has a secret, so that only its presence is known."""

_KEY_ID: Final = "aws_access_key_id"
_BEFORE_CONFIG: Final = frozenset({"credential_process", "login_session"})
_SHELL_MARKS: Final = frozenset("'\"\\\t")
"""Characters that make shlex, by which botocore reads a header, see more than words and blanks."""


def read_catalogue(
    files: AwsFiles, identities: Mapping[str, Identity], entries_file: Path | None = None
) -> Catalogue:
    """All profiles of both files, merged as botocore merges them, and the Problems of the files.

    entries_file: where the person's own entries lie, which are profiles of names that no file has.

    Never raises for what a file holds. A file that is not there is an empty one. Where botocore
    refuses a file, the profiles that no fault touches are listed and the others are left out: of two
    sections of one name nobody can say which one a person means, and a wrong guess signs in as somebody
    else. Source: botocore session.full_config, configloader.build_profile_map.
    """
    problems: list[Problem] = []
    config = _content(files.config, problems)
    credentials = _content(files.credentials, problems)
    for content in (config, credentials):
        _hide_secrets(content)
    profiles = _profiles(config)
    _merge(profiles, credentials)
    for name, profile in profiles.items():
        helped = not _BEFORE_CONFIG.isdisjoint(profile)
        if helped and _KEY_ID not in credentials.sections.get(name, ()):
            _drop_passed_over(profile)
    left_out = {
        **_left_out(files.config, config, profile_name),
        **_left_out(files.credentials, credentials, str),
    }
    for name in left_out:
        profiles.pop(name, None)
    entries = _entries(entries_file, {*profiles, *identities}, problems)
    return Catalogue(
        profiles={**profiles, **entries},
        services=_named(config, "services"),
        sso_sessions=_named(config, "sso-session"),
        identities=dict(identities),
        entries=frozenset(entries),
        problems=tuple(problems),
        left_out=left_out,
    )


def _left_out(
    path: Path, content: Content, name_of: Callable[[str], str | None]
) -> dict[str, Problem]:
    """The profiles of a file that a Fault touches, each with the Problem of the first one that does."""
    first: dict[str, Fault] = {}
    for fault in content.faults:
        first.setdefault(fault.section, fault)
    return {
        name: _problem(path, first.get(header) or first.get(DEFAULTS) or content.faults[0])
        for header in content.unsure
        if (name := name_of(header)) is not None
    }


def _entries(
    path: Path | None, taken: set[str], problems: list[Problem]
) -> Mapping[str, Mapping[str, str]]:
    if path is None or not path.exists():
        return {}
    from rolecall.storage.entries_file import read_entries

    entries, wrong = read_entries(path, taken)
    problems.extend(wrong)
    return entries


def read_file(path: Path) -> bytes:
    """The bytes of one of the two files; none where there is no file. Raises ProblemError.

    /dev/null is an empty file, as for every AWS tool.
    """
    return b"" if str(path) == os.devnull else atomic_file.read(path)[1]


def _content(path: Path, problems: list[Problem]) -> Content:
    try:
        content = parse(read_file(path))
    except ProblemError as error:
        problems.append(error.problem)
        return Content()
    problems.extend(file_problems(path, content.faults))
    return content


def _hide_secrets(content: Content) -> None:
    for section in content.with_secrets:
        for key in SECRET_KEYS:
            if section.get(key):
                section[key] = MARK
    for section, key in content.long_values:
        if key in section and key not in SECRET_KEYS:
            section[key] = "\n".join(_without_secret(line) for line in section[key].split("\n"))


def _without_secret(line: str) -> str:
    """A line inside a longer value; a secret lands there when its line is indented by mistake."""
    for mark in "=:":
        key, found, _ = line.partition(mark)
        if found and key.strip().lower() in SECRET_KEYS:
            return f"{key.rstrip()} {mark} {MARK}"
    return line


def _profiles(config: Content) -> dict[str, Section]:
    """Profiles by name. Of two sections that mean one name (`[profile a]`, `[profile "a"]`) the last counts."""
    profiles: dict[str, Section] = {}
    headers = "\n".join(config.sections)
    written_plainly = not any(mark in headers for mark in _SHELL_MARKS)
    for header, section in config.sections.items():
        name: str | None = header[8:]
        if not (name and written_plainly and header[:8] == "profile " and " " not in name):
            name = profile_name(header)
        if name is not None and header not in config.owned:
            profiles[name] = section
    return profiles


def profile_name(header: str) -> str | None:
    """The profile that a header of a config file means, or None for another kind of section."""
    return header if header == "default" else _name(header, "profile")


def profile_headers(config: Content, profile: str) -> list[str]:
    """Headers of a config file that mean `profile`, in the file's order; the last one counts."""
    every = dict.fromkeys((*config.sections, *config.unsure))
    likely = (h for h in every if profile in h or not _SHELL_MARKS.isdisjoint(h))
    return [header for header in likely if profile_name(header) == profile]


def _named(config: Content, kind: str) -> dict[str, Section]:
    found = ((_name(header, kind), section) for header, section in config.sections.items())
    return {name: section for name, section in found if name is not None}


def _name(header: str, kind: str) -> str | None:
    """The name in `[profile NAME]`, quotes taken off, or None for another kind of section."""
    if not header.startswith(kind):
        return None
    import shlex

    try:
        parts = shlex.split(header)
    except ValueError:
        return None
    return parts[1] if len(parts) == 2 else None


def _merge(profiles: dict[str, Section], credentials: Content) -> None:
    """Add the profiles of the credentials file; where both have one, key by key."""
    for name, section in credentials.sections.items():
        if name in credentials.owned:
            continue
        known = profiles.get(name)
        profiles[name] = section if known is None else _merged(known, section)


def _merged(config: Section, credentials: Section) -> Section:
    """Both sections of one profile. An access key comes whole from one file, never half from each.

    Source: botocore credentials.py: SharedCredentialProvider reads the credentials file alone,
    ConfigProvider the config file alone.
    """
    if _KEY_ID in credentials:
        return {**_without_keys(config), **credentials}
    if _KEY_ID in config:
        return {**config, **_without_keys(credentials)}
    return {**config, **credentials}


def _without_keys(section: Section) -> Section:
    hidden = SECRET_KEYS | {_KEY_ID}
    return {key: value for key, value in section.items() if key not in hidden}


def _drop_passed_over(section: Section) -> None:
    """Take out keys of the config file that no AWS tool would come to use.

    botocore asks LoginProvider and ProcessProvider before ConfigProvider (ProfileProviderBuilder), and
    SharedCredentialProvider before all three takes a section without a key's id for one without keys. In
    a profile with a role a mark stays of them: there their presence alone decides where a chain ends.
    """
    for key in (*SECRET_KEYS, _KEY_ID):
        if "role_arn" in section and key in section:
            section[key] = PASSED_OVER
        else:
            section.pop(key, None)


_FAULTS: Final = {
    "bom": (
        QT_TRANSLATE_NOOP("Problem", "{file} begins with an invisible mark (BOM)"),
        QT_TRANSLATE_NOOP(
            "Problem", "Save the file as UTF-8 without BOM; AWS tools refuse it as it is."
        ),
    ),
    "undecodable": (
        QT_TRANSLATE_NOOP("Problem", "Line {line} of {file} is not UTF-8 text"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Write the line anew or save the file as UTF-8; AWS tools refuse it as it is.",
        ),
    ),
    "no_header": (
        QT_TRANSLATE_NOOP("Problem", "Line {line} of {file} stands before any section"),
        QT_TRANSLATE_NOOP("Problem", "Put a line such as [default] or [profile NAME] above it."),
    ),
    "duplicate_section": (
        QT_TRANSLATE_NOOP("Problem", "Section [{section}] is in {file} twice"),
        QT_TRANSLATE_NOOP(
            "Problem", "Line {line} begins the second one. Make one section of the two."
        ),
    ),
    "duplicate_key": (
        QT_TRANSLATE_NOOP("Problem", "Section [{section}] of {file} sets the same key twice"),
        QT_TRANSLATE_NOOP("Problem", "Line {line} sets it again. Remove one of the two lines."),
    ),
    "bad_line": (
        QT_TRANSLATE_NOOP("Problem", "Line {line} of {file} cannot be read"),
        QT_TRANSLATE_NOOP(
            "Problem", "Write it as KEY = VALUE or [SECTION], or put # in front of it."
        ),
    ),
    "bad_block": (
        QT_TRANSLATE_NOOP(
            "Problem", "The indented lines from line {line} of {file} cannot be read"
        ),
        QT_TRANSLATE_NOOP(
            "Problem", "Each line below a key without a value has to be KEY = VALUE."
        ),
    ),
}


def file_problems(path: Path, faults: Iterable[Fault]) -> list[Problem]:
    """A Problem for each fault of a file, the first one of each section, at most ten."""
    first: dict[str, Fault] = {}
    for fault in faults:
        first.setdefault(fault.section or f"line {fault.line}", fault)
    return [_problem(path, fault) for fault in list(first.values())[:10]]


def _problem(path: Path, fault: Fault) -> Problem:
    title, remedy = _FAULTS[fault.code]
    values = {"file": path, "line": fault.line, "section": fault.section[:80]}
    return Problem(
        f"aws_file_{fault.code}",
        text(title, **values),
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "AWS tools refuse the whole file. Profiles it touches are left out here."
            )
        ),
        text(remedy, **values),
        exit=Exit.LOCAL,
        file=str(path),
        line=fault.line,
    )
