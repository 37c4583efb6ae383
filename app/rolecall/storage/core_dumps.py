"""Core dumps: keeps the memory of a process that holds keys out of files. Sets one limit, reads nothing."""

from __future__ import annotations

import sys


def refuse_core_dumps() -> None:
    """Have a crash of this process leave no core file, in which keys would be readable.

    Only the soft limit is lowered, so that a program we start may raise it again for itself.
    Source: getrlimit(2), RLIMIT_CORE; core(5). Windows writes no core files by itself.
    """
    if sys.platform == "win32":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
