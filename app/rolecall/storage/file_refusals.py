"""The Problems of reading and replacing a file. Names the file and the cause, never a file's content."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text

FOREIGN: Final = QT_TRANSLATE_NOOP(
    "Problem", "{file} belongs to another user and was left as it is"
)
READ_ONLY: Final = QT_TRANSLATE_NOOP("Problem", "{file} is read-only and was left as it is")
NO_FILE: Final = QT_TRANSLATE_NOOP("Problem", "{file} is not an ordinary file")
TOO_LARGE: Final = QT_TRANSLATE_NOOP("Problem", "{file} is too large")
CHANGED: Final = QT_TRANSLATE_NOOP("Problem", "{file} keeps being changed by another program")
LOCKED: Final = QT_TRANSLATE_NOOP("Problem", "{file} is being written by another Rolecall")
LINKED: Final = QT_TRANSLATE_NOOP(
    "Problem", "{file} has other names (hard links), which would keep what it says now"
)
_CODES: Final = {
    FOREIGN: "file_foreign",
    READ_ONLY: "file_read_only",
    NO_FILE: "file_not_ordinary",
    TOO_LARGE: "file_too_large",
    CHANGED: "file_changed_meanwhile",
    LOCKED: "file_locked",
    LINKED: "file_hard_linked",
}


def refused(path: Path, title: str) -> Problem:
    """The Problem of a file that is not touched, for one of the reasons above."""
    return Problem(
        _CODES[title],
        text(title, file=path),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Mend that, then try again. Nothing was lost.")),
        exit=Exit.LOCAL,
        file=str(path),
    )


def unreadable(path: Path, error: OSError) -> Problem:
    """The Problem of a file that cannot be read."""
    return Problem(
        "file_unreadable",
        text(
            QT_TRANSLATE_NOOP("Problem", "{file} cannot be read: {cause}"),
            file=path,
            cause=error.strerror or type(error).__name__,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Make it a file that you may read, or remove it.")
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )


def not_written(path: Path, error: OSError) -> Problem:
    """The Problem of a write that failed; the file is as it was."""
    return Problem(
        "file_not_written",
        text(
            QT_TRANSLATE_NOOP("Problem", "{file} could not be written: {cause}"),
            file=path,
            cause=error.strerror or type(error).__name__,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "The file is as it was. Mend the cause, then try again.")
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )


def not_confirmed(path: Path, error: OSError) -> Problem:
    """The Problem of a disk that did not confirm the new name."""
    return Problem(
        "file_not_confirmed",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "{file} was written, but the disk did not confirm it: {cause}"
            ),
            file=path,
            cause=error.strerror or type(error).__name__,
        ),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Check the disk, then try again.")),
        exit=Exit.LOCAL,
        file=str(path),
    )
