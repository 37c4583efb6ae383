"""Autostart: whether the program starts at login. The desktop's own file is the only truth."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text

FILE = "rolecall.desktop"


def offered() -> bool:
    """Whether this platform has the file we know how to write (XDG Autostart Specification)."""
    return sys.platform not in ("win32", "darwin")


def on(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the desktop would start us at login, read from its file."""
    try:
        lines = _path(environ).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    keys = dict(line.replace(" ", "").lower().split("=", 1) for line in lines if "=" in line)
    return keys.get("hidden") != "true" and keys.get("x-gnome-autostart-enabled") != "false"


def put(wanted: bool, environ: Mapping[str, str] = os.environ) -> None:
    """Write or remove the file. Raises ProblemError if it cannot be done."""
    path = _path(environ)
    try:
        if not wanted:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{FILE}.{os.getpid()}")
        fresh.write_text(entry(command()), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise ProblemError(_not_written(path, error)) from None


def command() -> list[str]:
    """How to start this very program again."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    installed = shutil.which("rolecall", path=str(Path(sys.executable).parent))
    return [installed] if installed else [sys.executable, "-m", "rolecall"]


def entry(words: list[str]) -> str:
    """The desktop entry that runs `words`, quoted as the Desktop Entry Specification's Exec key wants."""
    line = " ".join(_quoted(word) for word in [*words, "--minimized"])
    return (
        "[Desktop Entry]\nType=Application\nName=Rolecall\nIcon=rolecall\nTerminal=false\n"
        f"Exec={line}\nX-GNOME-Autostart-enabled=true\n"
    )


def _quoted(word: str) -> str:
    if word and all(c.isalnum() or c in "/._-+" for c in word):
        return word
    # Backslashes are undone twice: once as a desktop entry string, once as a quoted argument.
    inner = "".join(f"\\\\{c}" if c in '"`$' else "\\\\\\\\" if c == "\\" else c for c in word)
    return '"' + inner.replace("%", "%%") + '"'


def _path(environ: Mapping[str, str]) -> Path:
    home = environ.get("XDG_CONFIG_HOME", "")
    config = Path(home) if home.startswith("/") else Path.home() / ".config"
    return config / "autostart" / FILE


def _not_written(path: Path, error: OSError) -> Problem:
    return Problem(
        "autostart_not_written",
        text(QT_TRANSLATE_NOOP("Problem", "Start at login could not be changed: {cause}"),
             cause=error.strerror),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Make {path} writable for you."), path=path),
        exit=Exit.LOCAL,
        file=str(path),
    )  # fmt: skip
