"""Putting a new file in another's place without losing what came there in the last microsecond.

Between a last look at a file and the rename over it an editor may save. Linux can swap two names in one
step (renameat2(2), RENAME_EXCHANGE since 3.15): what was there is then looked at at leisure, and swapped
back if it is not what was read. Where the system or the file system cannot, the caller renames as ever.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final

_AT_FDCWD: Final = -100
_NOREPLACE: Final = 1
_EXCHANGE: Final = 2


def exchanged(one: Path, other: Path) -> bool:
    """Swap two files' names in one step. False where that cannot be done; nothing has happened then."""
    return _renameat2(one, other, _EXCHANGE) == 0


def renamed_to_nothing(one: Path, other: Path) -> bool | None:
    """Rename to a name that nobody has. False if somebody has it, None where that cannot be done."""
    code = _renameat2(one, other, _NOREPLACE)
    return True if code == 0 else False if code == errno.EEXIST else None


def _renameat2(one: Path, other: Path, flags: int) -> int:
    """0 or an errno. ENOSYS without the call; glibc has it since 2.28, musl since 1.2.4."""
    if sys.platform != "linux":
        return errno.ENOSYS
    import ctypes

    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return errno.ENOSYS
    done = call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(flags))
    return 0 if done == 0 else ctypes.get_errno()
