"""What a person pasted, dropped or named: the text itself, or the file that it is the name of."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text

LARGEST: Final = 40_000_000
"""Bytes that are read of a file; whoever looks through them has a bound of its own."""

_LONGEST_NAME: Final = 4096


def pasted_text(given: str) -> str:
    """`given`, or the content of the file it names (a path or a file:// address). Raises ProblemError."""
    path = named_file(given)
    return given if path is None else file_text(path)


def file_text(path: Path) -> str:
    """The content of a file that a person named. Raises ProblemError."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST)
    except OSError:
        raise ProblemError(_unreadable(path)) from None
    return raw.decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")


def named_file(given: str, folder: Path | None = None) -> Path | None:
    """The file that a text names, if it is there to be read; a plain text may look like a path by chance.

    folder: where names without a path are looked for; None where nobody could tell which folder is meant.
    """
    name = given.strip().strip("\"'")
    if len(name) > _LONGEST_NAME or "\n" in name or "\0" in name:
        return None
    address = name.startswith("file://")
    if address:
        name = unquote(urlsplit(name).path)
    path = Path(os.path.expanduser(name))  # noqa: PTH111  Path.expanduser raises where there is no home
    if path.is_absolute():
        return path if address or _is_there(path) else None
    return folder / path if name and folder is not None and _is_there(folder / path) else None


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long, a folder that is somebody else's
        return False


def _unreadable(path: Path) -> Problem:
    return Problem(
        "pasted_file_unreadable",
        text(QT_TRANSLATE_NOOP("Problem", "The file {name} cannot be read"), name=path.name),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Check that it is a file, and that it is yours to read.")
        ),
        exit=Exit.LOCAL,
    )
