"""The text of roles.toml, table by table: a fault in one table leaves the others readable.

Owns where a table begins and ends. TOML itself is read by the standard library, which refuses a whole
file for one wrong line; so each table is handed to it by itself.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any, Final

MOST_JOINED: Final = 40
"""Lines that look like the head of a table inside a longer value; beyond that the value never ends."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the file that TOML can read by itself, or that it cannot (`fault` is then the line).

    line: of its first line, counted from 1. head: line of its `[name]`, or its first line.
    """

    text: str
    line: int
    head: int
    found: dict[str, Any] = field(default_factory=dict)
    fault: int = 0


def split(text: str) -> list[Chunk]:
    """The file as chunks; their texts together are the file. Never raises."""
    pieces = _pieces(text)
    chunks: list[Chunk] = []
    line, at = 1, 0
    while at < len(pieces):
        chunk, used = _next(pieces[at : at + MOST_JOINED], line)
        chunks.append(chunk)
        line += chunk.text.count("\n")
        at += used
    return chunks


def _pieces(text: str) -> list[str]:
    """The file cut before each line that begins with `[`, with the comment that stands right above it."""
    pieces: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True) if _plain_ends(text) else _lines(text):
        if line.lstrip(" \t").startswith("["):
            above = _comment_above(pieces[-1])
            pieces.append([*above, line])
        else:
            pieces[-1].append(line)
    return [joined for piece in pieces if (joined := "".join(piece))]


def _plain_ends(text: str) -> bool:
    """Whether Python's lines are TOML's lines: no form feed, no U+2028 and the like."""
    return not any(mark in text for mark in "\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def _lines(text: str) -> list[str]:
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [text.rsplit("\n", maxsplit=1)[-1]]


def _comment_above(lines: list[str]) -> list[str]:
    """Take the comment lines off the end of `lines`: they speak of the table that follows."""
    start = len(lines)
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    above = lines[start:]
    del lines[start:]
    return above


_HEADER: Final = re.compile(r'\[(?:([A-Za-z0-9_-]+)|"([^"\\\x00-\x1f\x7f]+)")\]')
_PAIR: Final = re.compile(r'([a-z_]+) = "([^"\\\x00-\x1f\x7f]*)"')


def _plain(piece: str) -> dict[str, dict[str, str]] | None:
    """What a table in the form we write ourselves holds, or None for any other: TOML's own reader then decides.

    A fifth of that reader's time, which counts where an Identity Center brought thousands of entries.
    """
    name, table = "", dict[str, str]()
    for line in piece.split("\n"):
        if not line or line[0] == "#":
            if not line.replace("\t", " ").isprintable():
                return None
            continue
        pair = _PAIR.fullmatch(line)
        if pair is not None and name and pair[1] not in table:
            table[pair[1]] = pair[2]
            continue
        header = _HEADER.fullmatch(line)
        if header is None or name:
            return None
        name = header[1] or header[2]
    return {name: table} if name else None


def _next(pieces: list[str], line: int) -> tuple[Chunk, int]:
    """The first chunk and how many pieces it is made of: a longer value may hold lines that begin with `[`."""
    plain = _plain(pieces[0])
    if plain is not None:
        return Chunk(pieces[0], line, line + _head(pieces[0]), plain), 1
    fault = 0
    text = ""
    for used, piece in enumerate(pieces[:MOST_JOINED], 1):
        text += piece
        try:
            return Chunk(text, line, line + _head(text), tomllib.loads(text)), used
        except tomllib.TOMLDecodeError as error:
            fault = fault or line + _line_of(error, text)
        if not _open_value(text):
            break
    return Chunk(pieces[0], line, line + _head(pieces[0]), fault=fault), 1


def _open_value(text: str) -> bool:
    """Whether the text may go on behind a line that begins with `[`: an open bracket or long string."""
    return text.count("'''") % 2 == 1 or text.count('"""') % 2 == 1 or "[\n" in text


def _head(text: str) -> int:
    """How many lines stand before the `[name]` line."""
    for number, line in enumerate(text.split("\n")):
        if line.lstrip(" \t").startswith("["):
            return number
    return 0


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Where the fault is, in lines behind the text's first one. Python 3.11 says it in words only."""
    number = str(error).partition("line ")[2].partition(",")[0]
    return int(number) - 1 if number.isdigit() else text.rstrip("\n").count("\n")
