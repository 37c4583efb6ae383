"""Single instance: one program per lock file, by a lock the kernel gives back after any death."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class SingleInstance:
    """Holds the lock (`Paths.lock_path`) as long as the program runs."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def take(self) -> bool:
        """Become the one instance. False where another one runs already."""
        close_on_exec = getattr(os, "O_CLOEXEC", 0)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | close_on_exec, 0o600)
        if not _locked(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let another one start. The file stays: removing it would let two hold two files."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


if sys.platform == "win32":

    def _locked(descriptor: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(descriptor: int) -> bool:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
