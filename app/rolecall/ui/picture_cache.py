"""Picture cache: Qt's cache of drawn pictures, kept only while a window is there to be drawn.

Qt empties it bit by bit with a timer of its own, which wakes the program every ten seconds for minutes
after each icon a panel asked for (QPMCache in qpixmapcache.cpp: flush_time, soon_time). With no room in
it nothing is put in, and that timer never starts.
"""

from __future__ import annotations

from PySide6.QtGui import QPixmapCache

_ROOM = 10 * 1024
"""KiB, Qt's own default on a desktop."""


def keep_pictures(*, kept: bool) -> None:
    """Whether drawn pictures are kept from now on. Those of before are let go where not."""
    QPixmapCache.setCacheLimit(_ROOM if kept else 0)
