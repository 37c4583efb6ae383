"""Eyes and fingers on the X screen: pictures by ImageMagick, keys and windows by xdotool."""

from __future__ import annotations

import subprocess
from pathlib import Path

from blackbox.desktop import Desktop
from blackbox.waiting import until


def picture(desktop: Desktop, file: Path) -> Path:
    """Write the whole screen to `file` (the ending names the format)."""
    _run(desktop, "import", "-silent", "-window", "root", str(file))
    return file


def keys(desktop: Desktop, *names: str) -> None:
    """Press keys as X names them (`Return`, `ctrl+c`), one after the other, in the focused window."""
    _run(desktop, "xdotool", "key", "--clearmodifiers", *names)


def type_text(desktop: Desktop, text: str) -> None:
    """Type `text` in the focused window. It is visible in xdotool's argv: nothing secret here."""
    _run(desktop, "xdotool", "type", "--delay", "5", text)


def windows(desktop: Desktop, title: str) -> list[int]:
    """X numbers of the visible windows whose title matches the regular expression `title`."""
    found = _run(desktop, "xdotool", "search", "--onlyvisible", "--name", title, check=False)
    return [int(line) for line in found.split()]


def active_title(desktop: Desktop) -> str:
    """The title of the window that has the keyboard, empty for none."""
    return _run(desktop, "xdotool", "getactivewindow", "getwindowname", check=False).strip()


def close_window(desktop: Desktop, title: str) -> None:
    """Close a window as the window manager's button does (openbox: Alt+F4), and see it go.

    The keys are sent again if they went to a window that was just losing the focus.
    """

    def gone() -> bool:
        for number in windows(desktop, title):
            activate = ("xdotool", "windowactivate", "--sync", str(number))
            _run(desktop, *activate, "key", "--clearmodifiers", "alt+F4", check=False)
        return not windows(desktop, title)

    until(lambda: bool(windows(desktop, title)), f"a window {title}")
    until(gone, f"{title} to close", step=0.3)


def clipboard(desktop: Desktop, target: str = "UTF8_STRING") -> str:
    """What a paste would give now; empty if nobody offers that target."""
    command = ("xclip", "-selection", "clipboard", "-o", "-target", target)
    return _run(desktop, *command, check=False)


def clipboard_targets(desktop: Desktop) -> list[str]:
    """The formats the clipboard's owner offers."""
    return clipboard(desktop, "TARGETS").split()


def _run(desktop: Desktop, *command: str, check: bool = True) -> str:
    done = subprocess.run(
        command, env=desktop.environ, capture_output=True, text=True, timeout=20, check=False
    )
    assert not check or done.returncode == 0, (command[0], done.stderr)
    return done.stdout
