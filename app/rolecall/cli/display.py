"""Whether there is a screen. A file of its own, because every start of the window asks it first."""

from __future__ import annotations

import sys
from collections.abc import Mapping


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether a window could be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
