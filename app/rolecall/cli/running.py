"""Whether there is a screen and an app, and starting the app. Never waits longer than START seconds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Final

from rolecall.agent import Request
from rolecall.cli.display import has_display
from rolecall.cli.listening import is_listening

START: Final = 10.0
"""Seconds a started app gets to answer on its socket."""

_STARTERS: Final = frozenset({"login", "credential-process"})


def may_start(request: Request, environ: Mapping[str, str]) -> bool:
    """Whether this command starts the app: two do, where there is a screen and no app at all."""
    return request.verb in _STARTERS and has_display(environ) and not is_listening(environ)


def start(environ: Mapping[str, str]) -> bool:
    """Start the app in the background; returns whether it came up in time."""
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable] if frozen else [sys.executable, "-P", "-m", "rolecall"]
    with open(os.devnull, "r+b") as nothing:  # noqa: PTH123
        app = subprocess.Popen(  # noqa: S603
            [*command, "--minimized"],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            start_new_session=True,
        )
    latest = time.monotonic() + START
    while time.monotonic() < latest and app.poll() in (None, 0):
        if is_listening(environ):
            return True
        time.sleep(0.05)
    return False
