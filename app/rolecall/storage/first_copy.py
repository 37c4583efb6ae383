"""The copy of an AWS file as it was before Rolecall first wrote to it. Made once, never written over.

It lies beside the file as `credentials.rolecall-backup` (beside the link, where the file is one: what a link
leads to may be a shared folder of settings), 0600, and is the person's to delete. Once a key moves into
the keyring, a copy that still holds it goes too.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from rolecall.domain.problem import ProblemError
from rolecall.storage import atomic_file, file_refusals


def place(path: Path) -> Path:
    """Where the copy of `path` lies."""
    return path.with_name(f"{path.name}.rolecall-backup")


def keep_first_copy(path: Path, content: bytes) -> bool:
    """Keep `content` as the copy of `path`, if there is none yet; returns whether one was made.

    Raises ProblemError if it cannot be kept: then `path` is not to be written either.
    """
    copy = place(path)
    if not content or os.path.lexists(copy):
        return False
    with suppress(atomic_file.ChangedMeanwhileError):
        atomic_file.replace(copy, content, expected=atomic_file.MISSING)
        return True
    return False


def drop_first_copy(path: Path) -> None:
    """Take away a copy that was just made, where nothing came of the write after all."""
    with suppress(OSError):
        place(path).unlink()


def forget_first_copy(path: Path, secret: str) -> None:
    """Delete the copy of `path` if it holds `secret`. Raises ProblemError."""
    copy = place(path)
    if not copy.is_file() or secret.encode() not in atomic_file.read(copy)[1]:
        return
    try:
        copy.unlink()
    except OSError as error:
        raise ProblemError(file_refusals.not_written(copy, error)) from None
