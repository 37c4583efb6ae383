"""Ends a desktop whose test run has died: started beside it, waits for the end of its standard input.

Run as a program with the desktop's mark and folder; `members` is used by the desktop itself too.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MARK: Final = "ROLECALL_TEST_DESKTOP"
"""Every process of a desktop carries this variable; so those that left their group are found too."""


def members(mark: str) -> Iterator[int]:
    """Every living process with `mark`, whoever started it, this one left out."""
    wanted = f"{MARK}={mark}".encode()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                yield int(entry.name)
        except OSError:
            continue


def end(mark: str, number: int) -> None:
    """Send a signal to all of them."""
    for pid in members(mark):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def main() -> None:
    """Wait for the run to end; what is left then is ended here."""
    mark, folder = sys.argv[1:]
    sys.stdin.buffer.read()
    end(mark, signal.SIGTERM)
    time.sleep(1)
    end(mark, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
