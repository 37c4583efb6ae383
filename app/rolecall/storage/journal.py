"""The journal file: JSON lines in the state folder, private, bounded. Owns its form; the Entry is the domain's.

A line is appended by one write. There is no fsync: after a power cut the last lines may be missing, and
a line that was cut is left out when read. Two files of MOST bytes each: the older half goes at last.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from rolecall.domain.journal import Asker, Entry, How, Outcome

NAME: Final = "journal.jsonl"
"""In the state folder."""

MOST: Final = 1024 * 1024
"""Bytes of one file; one former file is kept beside it."""

_LONGEST: Final = 1024
"""Characters of one name or path; a longer one is cut."""

_FLAGS: Final = (
    getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


def former(path: Path) -> Path:
    """Where the older half lies."""
    return path.with_name(f"{path.stem}.1{path.suffix}")


def append(path: Path, entries: Iterable[Entry], most: int = MOST) -> None:
    """Add entries at the end. Raises OSError where the file cannot be written or is no plain file."""
    content = b"".join(_line(entry) for entry in entries)
    if not content:
        return
    descriptor = _opened(path)
    try:
        size = os.fstat(descriptor).st_size
        if size and size + len(content) > most:
            os.close(descriptor)
            descriptor = -1
            path.replace(former(path))
            descriptor, size = _opened(path), 0
        if size and _last_byte(descriptor) != b"\n":
            content = b"\n" + content  # a line that was cut ends here
        os.write(descriptor, content)
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _last_byte(descriptor: int) -> bytes:
    os.lseek(descriptor, -1, os.SEEK_END)
    return os.read(descriptor, 1)


def _opened(path: Path) -> int:
    """A descriptor for reading the end and appending; 0600 from the first byte."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | _FLAGS
    descriptor = os.open(path, flags, 0o600)
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        os.close(descriptor)
        raise OSError("not a plain file")
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        os.fchmod(descriptor, 0o600)
    return descriptor


def read(path: Path) -> list[Entry]:
    """All entries, oldest first. What cannot be read, or is no entry, is left out. Never raises."""
    found = [entry for part in (former(path), path) for entry in _entries(part)]
    return sorted(found, key=lambda entry: entry.at)


def _entries(path: Path) -> Iterator[Entry]:
    try:
        content = _content(path)
    except OSError:
        return
    for line in content.split(b"\n"):
        entry = _entry(line)
        if entry is not None:
            yield entry


def _content(path: Path) -> bytes:
    """What is in a plain file; nothing for what is none. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _FLAGS)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)  # `fdopen` would refuse a folder and leave it open
        return b""
    with os.fdopen(descriptor, "rb") as file:
        return file.read(4 * MOST)


def _line(entry: Entry) -> bytes:
    values = {name: value for name, value in plain(entry).items() if value}
    return json.dumps(values, separators=(",", ":")).encode("ascii") + b"\n"


def plain(entry: Entry) -> dict[str, Any]:
    """An entry as plain values; times as epoch seconds to the millisecond."""
    return {
        "at": round(entry.at, 3),
        "role": entry.role[:_LONGEST],
        "outcome": entry.outcome.value,
        "how": entry.how.value,
        "account": entry.account[:_LONGEST],
        "problem": entry.problem[:_LONGEST],
        "origin": entry.origin[:_LONGEST],
        "road": [name[:_LONGEST] for name in entry.road[:16]],
        "seconds": entry.seconds,
        "pid": entry.asker.pid,
        "executable": entry.asker.executable[:_LONGEST],
        "script": entry.asker.script[:_LONGEST],
        "program": entry.asker.name[:_LONGEST],
        "user": entry.asker.user[:_LONGEST],
    }


def _entry(line: bytes) -> Entry | None:
    try:
        found = json.loads(line)
        asker = Asker(
            _number(found, "pid"),
            *(_text(found, name) for name in ("executable", "script", "program", "user")),
        )
        at = found["at"]
        if isinstance(at, bool) or not isinstance(at, int | float) or not 0 <= at < 1e11:
            return None
        return Entry(
            at=float(at),
            role=_text(found, "role"),
            outcome=Outcome(found["outcome"]),
            how=How(found.get("how", "session")),
            account=_text(found, "account"),
            problem=_text(found, "problem"),
            origin=_text(found, "origin"),
            road=tuple(str(name) for name in found.get("road", ())),
            seconds=_number(found, "seconds"),
            asker=asker,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name, "")
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(found: dict[str, Any], name: str) -> int:
    value = found.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 1 << 53:
        raise ValueError
    return value
