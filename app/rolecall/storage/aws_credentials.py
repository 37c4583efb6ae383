"""Long-lived keys that stand in AWS's files: read at each use and never kept; taken out after a move."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.session import Credentials
from rolecall.storage.atomic_file import change
from rolecall.storage.aws_config import file_problems, profile_headers, read_file
from rolecall.storage.aws_ini import Content, Section, parse
from rolecall.storage.first_copy import forget_first_copy
from rolecall.storage.paths import AwsFiles

KEY_ID, SECRET = "aws_access_key_id", "aws_secret_access_key"
_LINE_KEY = re.compile("[=:]")
TOKENS = ("aws_security_token", "aws_session_token")


def read_keys(files: AwsFiles, profile: str) -> Credentials:
    """The keys botocore would use for `profile`, read now. Raises ProblemError.

    The credentials file comes first, then the config file; a key comes whole from one of them.
    Source: botocore credentials.py, SharedCredentialProvider and ConfigProvider.
    """
    for path, is_config in ((files.credentials, False), (files.config, True)):
        section = _section(path, profile, is_config=is_config)
        if KEY_ID in section:
            return _credentials(profile, section, path)
    raise ProblemError(_gone(profile))


def _section(path: Path, profile: str, *, is_config: bool) -> Section:
    content = parse(read_file(path))
    headers = profile_headers(content, profile) if is_config else [profile]
    found: Section = {}
    for header in headers:
        if header in content.unsure:
            mine = [fault for fault in content.faults if fault.section == header]
            raise ProblemError(file_problems(path, mine or content.faults)[0])
        if header in content.sections and header not in content.owned:
            found = content.sections[header]
    return found


def _credentials(profile: str, section: Section, path: Path) -> Credentials:
    for key in (KEY_ID, SECRET):
        if not section.get(key):
            raise ProblemError(_partial(profile, key, path))
    token = next((section[name] for name in TOKENS if name in section), "")
    return Credentials(section[KEY_ID], section[SECRET], token)


def digest(files: AwsFiles) -> tuple[tuple[int, int, int], ...]:
    """A stamp of both files that differs whenever one was written or replaced. Never raises."""
    return tuple(_stamp(path) for path in (files.config, files.credentials))


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        found = os.stat(path)  # noqa: PTH116  one call less on a path asked for each second
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def _gone(profile: str) -> Problem:
    return Problem(
        "keys_missing",
        text(
            QT_TRANSLATE_NOOP("Problem", "The access key of profile {name} is no longer there"),
            name=profile,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "It was taken out of the AWS files. Put it back, or add it in Rolecall."
            )
        ),
        exit=Exit.LOCAL,
    )


def _changed(profile: str, path: Path) -> Problem:
    return Problem(
        "keys_changed",
        text(
            QT_TRANSLATE_NOOP("Problem", "The key of profile {name} changed in {file} meanwhile"),
            name=profile,
            file=path,
        ),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "The file was left as it is. Try again.")),
        exit=Exit.LOCAL,
        file=str(path),
    )


def _not_alone(profile: str, path: Path) -> Problem:
    return Problem(
        "keys_not_removable",
        text(
            QT_TRANSLATE_NOOP("Problem", "The key of profile {name} cannot be cut out of {file}"),
            name=profile,
            file=path,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The key is in the keyring now. Remove its two lines from the file by hand.",
            )
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )


def _partial(profile: str, key: str, path: Path) -> Problem:
    return Problem(
        "partial_keys",
        text(
            QT_TRANSLATE_NOOP("Problem", "The access key of profile {name} is incomplete"),
            name=profile,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "{key} is missing or empty in {file}. Add it there."),
            key=key,
            file=path,
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )


def remove_keys(files: AwsFiles, profile: str, moved: Credentials) -> None:
    """Take the lines of the key `moved` out of the file it stands in; every other byte stays.

    A copy of the file that still has the key goes first. Nothing is removed unless the file still holds
    that very key. Raises ProblemError.
    """
    for path, is_config in ((files.credentials, False), (files.config, True)):
        if KEY_ID in _section(path, profile, is_config=is_config):
            forget_first_copy(path, moved.secret_access_key)
            change(path, partial(_without, profile, moved, path, is_config))
            return


def _without(profile: str, moved: Credentials, path: Path, is_config: bool, raw: bytes) -> bytes:
    before = parse(raw)
    header = _header(before, profile, is_config=is_config)
    section = before.sections.get(header, {})
    if section.get(KEY_ID) != moved.access_key_id or section.get(SECRET) != moved.secret_access_key:
        raise ProblemError(_changed(profile, path))
    after = _cut(raw, header)
    expected = {name: dict(kept) for name, kept in before.sections.items()}
    for key in (KEY_ID, SECRET):
        expected[header].pop(key)
    if parse(after).sections != expected:
        raise ProblemError(_not_alone(profile, path))
    return after


def _header(content: Content, profile: str, *, is_config: bool) -> str:
    return profile_headers(content, profile)[-1] if is_config else profile


def _cut(raw: bytes, header: str) -> bytes:
    """`raw` without the key lines of one section, by the rules of aws_ini.py for what a line belongs to."""
    kept: list[bytes] = []
    indent, key, dropping, inside = 0, "", False, False
    for line in raw.splitlines(keepends=True):
        text = line.decode(errors="surrogateescape").removeprefix("\ufeff")
        stripped = text.strip()
        depth = len(text) - len(text.lstrip())
        if not stripped or stripped[0] in "#;":
            kept.append(line)
            continue
        if not key or depth <= indent:
            indent, end = depth, stripped.rfind("]")
            if stripped[0] == "[" and end > 1:
                inside, key, dropping = stripped[1:end] == header, "", False
            else:
                key = _LINE_KEY.split(stripped, maxsplit=1)[0].strip().lower()
                dropping = inside and key in {KEY_ID, SECRET}
        if not dropping:
            kept.append(line)
    return b"".join(kept)


def replace_keys(files: AwsFiles, is_old: Callable[[str], bool], new: Credentials) -> None:
    """Put `new` in the place of a key, in each profile of both files that holds it.

    is_old: tells the key by its ID. Every other byte stays. Raises ProblemError; a file is replaced whole
    or not at all.
    """
    for path in (files.credentials, files.config):
        sections = parse(read_file(path)).sections.values()
        if any(_holds(section, is_old) for section in sections):
            change(path, partial(_with_new, is_old, new, path))


def _holds(section: Section, is_old: Callable[[str], bool]) -> bool:
    return is_old(section.get(KEY_ID, "")) and not any(name in section for name in TOKENS)


def _with_new(is_old: Callable[[str], bool], new: Credentials, path: Path, raw: bytes) -> bytes:
    expected = {name: dict(section) for name, section in parse(raw).sections.items()}
    values: dict[tuple[str, str], str] = {}
    for section in expected.values():
        if _holds(section, is_old):
            for key, value in ((KEY_ID, new.access_key_id), (SECRET, new.secret_access_key)):
                values[key, section.get(key, "")] = value
                section[key] = value
    after = b"".join(_with_value(line, values) for line in raw.splitlines(keepends=True))
    if parse(after).sections != expected:
        raise ProblemError(_not_replaceable(path))
    return after


def _with_value(line: bytes, values: dict[tuple[str, str], str]) -> bytes:
    name, mark, value = _partition(line.decode(errors="surrogateescape"))
    old = value.strip()
    new = values.get((name.strip().removeprefix("\ufeff").lower(), old), "")
    if not mark or not old or not new:
        return line
    return f"{name}{mark}{value.replace(old, new)}".encode(errors="surrogateescape")


def _partition(text: str) -> tuple[str, str, str]:
    """A line at the first of its marks, `=` or `:`."""
    found = _LINE_KEY.search(text)
    if found is None:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]


def _not_replaceable(path: Path) -> Problem:
    return Problem(
        "keys_not_replaceable",
        text(QT_TRANSLATE_NOOP("Problem", "The new key cannot be written into {file}"), file=path),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The file was left as it is, and the old key still works. Write each of the two values "
                "of the key on one line, then try again.",
            )
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )
