"""Wayland's clipboard by way of wl-clipboard: a tray menu has no focused window, and without one
Qt's own copy silently reaches nobody. Secrets go through pipes, never through arguments.
"""

from __future__ import annotations

import shutil
from functools import cache
from typing import Final

from PySide6.QtGui import QGuiApplication

_PATIENCE: Final = 2.0
"""Seconds for programs that answer in milliseconds."""


def usable() -> bool:
    """Whether this is a Wayland session with wl-clipboard installed."""
    return QGuiApplication.platformName().startswith("wayland") and bool(_program("wl-copy"))


def copy(text: str) -> bool:
    """Put `text` onto the clipboard; returns whether wl-copy took it."""
    return _run([_program("wl-copy"), *_sensitive()], text) is not None


def read() -> str:
    """What is on the clipboard as text, or an empty text."""
    return _run([_program("wl-paste"), "--no-newline"]) or ""


def clear() -> None:
    """Empty the clipboard."""
    _run([_program("wl-copy"), "--clear"])


@cache
def _program(name: str) -> str:
    return shutil.which(name) or ""


@cache
def _sensitive() -> tuple[str, ...]:
    """The flag that tells clipboard managers, where this wl-copy knows it (2.3 and later)."""
    text = _run([_program("wl-copy"), "--help"]) or ""
    return ("--sensitive",) if "--sensitive" in text else ()


def _run(command: list[str], text: str | None = None) -> str | None:
    if not command[0]:
        return None
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=None if text is None else text.encode(),
            # wl-copy leaves a child behind that would hold a pipe open; reading needs one
            stdout=subprocess.PIPE
            if text is None and "--clear" not in command
            else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout or b"").decode("utf-8", "replace")
