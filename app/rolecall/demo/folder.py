"""The demo's own 0700 folder: made, marked as in use, removed; with it what a killed demo left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

_PREFIX: Final = "demo-"
_MARK: Final = "in-use"


class OwnFolder:
    """A new folder below `parent`. A lock on a file in it says that its demo lives; it dies with the process."""

    def __init__(self, parent: Path) -> None:
        """Raises OSError."""
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(parent)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        self._mark: int | None = os.open(self.path / _MARK, os.O_RDWR | os.O_CREAT, 0o600)
        _lock(self._mark)

    def remove(self) -> None:
        """Remove the folder and all in it. May be called twice."""
        if self._mark is not None:
            os.close(self._mark)
            self._mark = None
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove folders whose mark nobody holds; one without a mark is only just being made."""
    for left in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            mark = os.open(left / _MARK, os.O_RDWR)
            try:
                dead = _lock(mark)
            finally:
                os.close(mark)
            if dead:
                shutil.rmtree(left, ignore_errors=True)


def _lock(descriptor: int) -> bool:
    """Lock a file for as long as it is open; False where another process holds it, or on Windows."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
