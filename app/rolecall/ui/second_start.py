"""Second start: asks the instance that runs to show its window. Builds nothing of its own."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Mapping

from rolecall.agent import Request, ask
from rolecall.domain.problem import Exit

PATIENCE = 2
"""Seconds the first instance gets to answer."""


def raise_first(environ: Mapping[str, str], *, minimized: bool) -> int:
    """Have the first instance raise its window; a start into the tray has nothing to ask. Exit code."""
    if minimized:
        return int(Exit.DONE)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, _too_long)
        signal.alarm(PATIENCE)
    latest = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < latest:
            if ask(Request("raise"), environ) is not None:
                return int(Exit.DONE)
            time.sleep(0.05)  # it holds the lock, its socket is about to come
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
    sys.stderr.write("Rolecall is running, but does not answer.\n")
    return int(Exit.FAULT)


def _too_long(_number: int, _frame: object) -> None:
    raise TimeoutError  # an OSError: `ask` takes it for a connection that failed
