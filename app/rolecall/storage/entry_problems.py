"""The Problems of roles.toml: the file, the line, what is wrong and what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text

LONGEST_SHOWN: Final = 128
"""Characters of a name that are shown."""


def _fault(path: Path, at: int, code: str, title: str, remedy: str, /, **values: object) -> Problem:
    return Problem(
        code,
        text(title, file=path, **values),
        remedy=text(remedy, **values),
        exit=Exit.LOCAL,
        file=str(path),
        line=at,
    )


def no_toml(path: Path, line: int) -> Problem:
    """A table that TOML cannot read."""
    return _fault(
        path,
        line,
        "entry_unreadable",
        QT_TRANSLATE_NOOP("Problem", "An own role in {file} cannot be read"),
        QT_TRANSLATE_NOOP(
            "Problem", "Mend line {line}; it is no TOML. The other roles are listed."
        ),
        line=line,
    )


def no_utf8(path: Path, line: int) -> Problem:
    """A file that is not UTF-8."""
    return _fault(
        path,
        line,
        "entries_unreadable",
        QT_TRANSLATE_NOOP("Problem", "The own roles in {file} cannot be read"),
        QT_TRANSLATE_NOOP("Problem", "Line {line} is not UTF-8. Save the file as UTF-8."),
        line=line,
    )


def outside(path: Path, line: int, name: str) -> Problem:
    """A key that stands above every table."""
    return _fault(
        path,
        line,
        "entry_outside",
        QT_TRANSLATE_NOOP("Problem", "{key} in {file} belongs to no role"),
        QT_TRANSLATE_NOOP("Problem", "Put it below a line with the role’s name: [NAME]."),
        key=name[:LONGEST_SHOWN],
    )


def bad_name(path: Path, line: int, name: str) -> Problem:
    """A name that no role can have."""
    return _fault(
        path,
        line,
        "entry_name",
        QT_TRANSLATE_NOOP("Problem", "A role cannot be called “{name}”"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Take 1 to 128 characters, none of them invisible, no blank at the ends, no hyphen first.",
        ),
        name="".join(each for each in name if each.isprintable())[:LONGEST_SHOWN],
    )


def secret(path: Path, line: int, name: str, key: str) -> Problem:
    """A key that belongs into the keyring. Never shows its value."""
    return _fault(
        path,
        line,
        "entry_secret",
        QT_TRANSLATE_NOOP("Problem", "The own role {name} has a secret in {file}"),
        QT_TRANSLATE_NOOP(
            "Problem", "Remove {key} there. Add the key in Rolecall: it goes into the keyring."
        ),
        name=name,
        key=key,
    )


def unknown(path: Path, line: int, name: str, key: str, near: str) -> Problem:
    """A key that means nothing here. near: the one that was probably meant, or an empty text."""
    return _fault(
        path,
        line,
        "entry_unknown_key",
        QT_TRANSLATE_NOOP(
            "Problem", "The own role {name} in {file} is left out: it has an unknown key, {key}"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Write {near} if that is meant, or remove the key. The role begins in line {line}.",
        )
        if near
        else QT_TRANSLATE_NOOP(
            "Problem", "Remove the key, or make a comment of it. The role begins in line {line}."
        ),
        name=name,
        key="".join(each for each in key if each.isprintable())[:LONGEST_SHOWN],
        near=near,
        line=line,
    )


def bad_value(path: Path, line: int, name: str, key: str) -> Problem:
    """A value that is no text, or holds invisible characters. Never shows it."""
    return _fault(
        path,
        line,
        "entry_value",
        QT_TRANSLATE_NOOP("Problem", "{key} of the own role {name} in {file} is no text"),
        QT_TRANSLATE_NOOP(
            "Problem",
            'Write it as text in quotes. A name with a dot needs quotes too: ["a.b"].',
        ),
        name=name,
        key=key,
    )


def taken(path: Path, line: int, name: str) -> Problem:
    """A name that an AWS profile has."""
    return _fault(
        path,
        line,
        "entry_taken",
        QT_TRANSLATE_NOOP("Problem", "The own role {name} has the name of an AWS profile"),
        QT_TRANSLATE_NOOP(
            "Problem", "The profile is listed. Give the own role another name in roles.toml."
        ),
        name=name,
    )


def twice(path: Path, line: int, name: str) -> Problem:
    """Two tables of one name."""
    return _fault(
        path,
        line,
        "entry_twice",
        QT_TRANSLATE_NOOP("Problem", "Two own roles in {file} are called {name}"),
        QT_TRANSLATE_NOOP("Problem", "Neither is listed. Give one of them another name."),
        name=name,
    )
