"""Our sections inside AWS's two files, as bytes in and bytes out. Every byte that is not ours stays.

    [prod-rolecall]
    # rolecall: owned
    # rolecall: seal 5f0c93ab11d2+1
    # rolecall: expires 2026-11-23T18:00:00Z
    aws_access_key_id = …

`owned` is what readers look for (aws_ini.py). `seal` is a digest of the keys as we wrote them and the
number of line breaks that we put above the header: a section whose keys somebody changed is not ours any
more and is left alone, and what we added goes as it came. `expires` lets a section leave by itself. Lines
of others inside the section stay too. Opens no file and knows nothing of what the keys mean.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from rolecall.storage.aws_ini import OWNED

_NOTE: Final = "# rolecall:"
_SEAL: Final = re.compile(r"# rolecall: seal ([0-9a-f]{12})\+([0-2])")
_EXPIRES: Final = re.compile(r"# rolecall: expires (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)")
_UNSEALED: Final = "region"
"""The one key of ours that a person may change by hand without making the section theirs."""


@dataclass(frozen=True, slots=True)
class Body:
    """What is to stand in a section. expires: as in the comment, or empty for a section that stays."""

    keys: Mapping[str, str] = field(repr=False)
    expires: str = ""


@dataclass(slots=True)
class Found:
    """One section of a file: bytes start to end, its lines, and whether our mark stands before its keys."""

    header: str
    start: int
    end: int = 0
    owned: bool = False
    has_keys: bool = False
    lines: list[_Line] = field(default_factory=list, repr=False)

    def note(self, form: re.Pattern[str]) -> re.Match[str] | None:
        """The first of our comments that has this form."""
        return next((m for line in self.lines if (m := form.fullmatch(line.text))), None)

    @property
    def expires_at(self) -> float | None:
        """When the section is to leave (UTC epoch seconds), or None."""
        found = self.note(_EXPIRES) if self.owned else None
        try:
            return datetime.fromisoformat(found[1]).timestamp() if found else None
        except ValueError:
            return None

    def is_sealed(self, ours: frozenset[str]) -> bool:
        """Whether the keys named by `ours` are still those that we wrote."""
        seal = self.note(_SEAL)
        return self.owned and seal is not None and seal[1] == _seal(self._of(ours - {_UNSEALED}))

    @property
    def breaks(self) -> int:
        """How many line breaks we put above the header."""
        seal = self.note(_SEAL)
        return int(seal[2]) if seal else 0

    def _of(self, keys: frozenset[str]) -> list[str]:
        return [line.text for line in self.lines if line.key in keys]

    def theirs(self, ours: frozenset[str]) -> list[_Line]:
        """Lines that we did not write, in their order."""
        return [
            line
            for line in self.lines[1:]
            if line.key not in ours and not (line.is_comment and line.text.startswith(_NOTE))
        ]


@dataclass(frozen=True, slots=True)
class _Line:
    """text: without blanks at both ends. key: the one it sets or goes on with, or empty."""

    raw: bytes
    text: str
    key: str = ""
    is_comment: bool = False


def _seal(lines: list[str]) -> str:
    content = "\n".join(lines).encode(errors="surrogateescape")
    return hashlib.sha256(content).hexdigest()[:12]


def sections(raw: bytes) -> Iterator[Found]:
    """The sections of a file, told apart by the same rules as in aws_ini.py (those of configparser)."""
    at = indent = 0
    key = ""
    current: Found | None = None
    for line in raw.splitlines(keepends=True):
        text = line.decode(errors="surrogateescape")
        text = text.removeprefix("\ufeff") if not at else text
        stripped = text.strip()
        depth = len(text) - len(text.lstrip())
        is_comment = stripped[:1] in {"#", ";"} and bool(stripped)
        if stripped and not is_comment and not (depth > indent and key and current):
            indent, end = depth, stripped.rfind("]")
            if stripped[0] == "[" and end > 1:
                if current is not None:
                    current.end = at
                    yield current
                current, key = Found(stripped[1:end], at), ""
            elif current is not None:
                key = _key(stripped) or key
                current.has_keys = True
        if current is not None:
            if is_comment and stripped == OWNED and not current.has_keys:
                current.owned = True
            mine = key if stripped and not is_comment else ""
            current.lines.append(_Line(line, stripped, mine, is_comment))
        at += len(line)
    if current is not None:
        current.end = at
        yield current


def _key(stripped: str) -> str:
    key, mark, _ = stripped.partition("=")
    if ":" in key:
        key, mark, _ = stripped.partition(":")
    return key.rstrip().lower() if mark else ""


def with_section(raw: bytes, header: str, body: Body, ours: frozenset[str]) -> bytes:
    """`raw` with our section `header`, in the place it has or else at the end.

    ours: every key that we may write into such a section. The caller has made sure that no section of
    this name belongs to somebody else.
    """
    present = [found for found in sections(raw) if found.header == header]
    if not present:
        eol = _line_end(raw)
        breaks = 0 if not raw else 1 if raw.endswith((b"\n", b"\r")) else 2
        return raw + eol * breaks + _written(header, body, breaks, eol)
    found = present[0]
    theirs = b"".join(line.raw for line in found.theirs(ours))
    first = found.lines[0].raw
    eol = first[len(first.rstrip(b"\r\n")) :] or _line_end(raw)
    new = _written(header, body, found.breaks, eol)
    return raw[: found.start] + new + theirs + raw[found.end :]


def _written(header: str, body: Body, breaks: int, eol: bytes) -> bytes:
    keys = {key: f"{key} = {value}" for key, value in body.keys.items()}
    seal = _seal([line for key, line in keys.items() if key != _UNSEALED])
    lines = [f"[{header}]", OWNED, f"{_NOTE} seal {seal}+{breaks}"]
    lines += [f"{_NOTE} expires {body.expires}"] if body.expires else []
    return b"".join(line.encode() + eol for line in (*lines, *keys.values()))


def without_section(raw: bytes, found: Found, ours: frozenset[str]) -> bytes:
    """`raw` without what is ours of `found`. Keys that others put into it keep it as their own."""
    head, tail = raw[: found.start], raw[found.end :]
    theirs = found.theirs(ours)
    kept = b"".join(line.raw for line in theirs)
    if any(line.key for line in theirs):
        return head + found.lines[0].raw + kept + tail
    return _without_breaks(head, found.breaks, last=not kept + tail) + kept + tail


def _without_breaks(head: bytes, breaks: int, *, last: bool) -> bytes:
    """`head` without the line breaks we added. What follows never lands on the line of another."""
    shorter = _without_break(head)
    if breaks and (not shorter or shorter.endswith((b"\n", b"\r"))):
        head = shorter
    if breaks == 2 and last:
        head = _without_break(head)
    return head


def _without_break(head: bytes) -> bytes:
    for eol in (b"\r\n", b"\n", b"\r"):
        if head.endswith(eol):
            return head.removesuffix(eol)
    return head


def _line_end(raw: bytes) -> bytes:
    """The line end of the file: that of its first line; after a lone CR one that it cannot swallow."""
    first = raw.split(b"\n", 1)[0]
    return b"\r\n" if raw.endswith(b"\r") or (first != raw and first.endswith(b"\r")) else b"\n"
