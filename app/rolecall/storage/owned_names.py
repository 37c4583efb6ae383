"""Which names and values may go into AWS's files as ours: those every reader gives back unchanged."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.session import Credentials

LONGEST_NAME: Final = 128
_FORBIDDEN: Final = frozenset("[]#;\"'\\`$=")
"""Marks with a meaning in a header for one of the readers: INI, shlex (botocore), a shell's completion."""

_OTHER_KINDS: Final = ("profile ", "sso-session ", "services ")
_REGION: Final = re.compile(r"[a-z0-9-]{1,64}", re.ASCII)
_VALUE: Final = re.compile(r"[\x21-\x7e]{1,16384}", re.ASCII)


def refuse_name(name: str) -> None:
    """Raise ProblemError unless a profile may be called `name`."""
    if (
        not name
        or len(name.encode(errors="surrogatepass")) > LONGEST_NAME
        or name in {".", "..", "DEFAULT"}
        or name[0] in "- "
        or name[-1] == " "
        or name.startswith(_OTHER_KINDS)
        or any(char in _FORBIDDEN or _is_odd(char) for char in name)
    ):
        raise ProblemError(_not_storable(name))


def refuse_line(line: str) -> None:
    """Raise ProblemError unless `line`, a command with paths and a role in it, is one line of text."""
    if any(_is_odd(char) for char in line):
        raise ProblemError(_line_not_storable(line))


def _is_odd(char: str) -> bool:
    """Control, invisible and bidirectional marks, line ends of any kind, lone surrogates, odd blanks."""
    return char != " " and unicodedata.category(char)[0] in "CZ"


def known_region(region: str) -> str:
    """`region` if it has the form of one, else an empty text: better none than one that says more."""
    return region if _REGION.fullmatch(region) else ""


def refuse_values(credentials: Credentials) -> None:
    """Raise ProblemError for credentials that no file could hold; AWS gives out none such."""
    parts = (
        credentials.access_key_id,
        credentials.secret_access_key,
        credentials.session_token,
    )
    if not all(_VALUE.fullmatch(part) for part in parts):
        raise ProblemError(_odd_values())


def _not_storable(name: str) -> Problem:
    return Problem(
        "name_not_storable",
        text(QT_TRANSLATE_NOOP("Problem", "No profile can be called “{name}”"), name=name[:80]),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Name one with --profile NAME: letters, digits and . _ - / @ + : are read alike by all AWS tools.",
            )
        ),
        exit=Exit.USAGE,
    )


def _line_not_storable(line: str) -> Problem:
    return Problem(
        "line_not_storable",
        text(
            QT_TRANSLATE_NOOP("Problem", "“{line}” has characters that no file can hold"),
            line=line[:160],
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Give the role's profile in ~/.aws/config another name.")
        ),
        exit=Exit.LOCAL,
    )


def _odd_values() -> Problem:
    return Problem(
        "credentials_not_storable",
        text(QT_TRANSLATE_NOOP("Problem", "The credentials have characters that no file can hold")),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Nothing was written. Use “rolecall export”.")),
        exit=Exit.NETWORK,
    )
