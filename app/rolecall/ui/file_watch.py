"""File watch: tells that one of a few files changed, however it was changed. Watches, never polls, never reads.

Editors replace files by renaming, people delete folders, dotfile tools put links everywhere: so each
file is watched together with its folder, and the same again behind every link.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject

SETTLE = 0.15
"""Seconds after the first sign of a change: a file that is being written is not read half."""

MOST_LINKS = 8

After = Callable[[str, float, Callable[[], None]], None]
_Stamp = tuple[int, int, int, int, int] | None


class FileWatch(QObject):
    """Calls `changed` on the GUI thread, once for each burst of changes."""

    def __init__(
        self, files: Sequence[Path], after: After, changed: Callable[[], None], parent: QObject
    ) -> None:
        """after: the heartbeat's. Files and their folders need not exist yet."""
        super().__init__(parent)
        self._files = tuple(files)
        self._after = after
        self._changed = changed
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._touched)
        self._watcher.directoryChanged.connect(self._touched)
        self._watch()
        self._stamps = [_stamp(path) for path in self._files]

    def _touched(self) -> None:
        self._after("files", SETTLE, self._look)

    def _look(self) -> None:
        self._watch()
        stamps = [_stamp(path) for path in self._files]
        if stamps != self._stamps:
            self._stamps = stamps
            self._changed()

    def _watch(self) -> None:
        """Watch what is there now. Files anew each time: a replaced file keeps its name, not its watch."""
        wanted: dict[str, None] = {}
        for path in self._files:
            wanted |= dict.fromkeys(_places(path))
        before = self._watcher.files()
        before += [folder for folder in self._watcher.directories() if folder not in wanted]
        if before:
            self._watcher.removePaths(before)
        missing = [place for place in wanted if place not in self._watcher.directories()]
        if missing:
            self._watcher.addPaths(missing)


def _places(path: Path) -> list[str]:
    """What to watch for one file: itself, its folder or the nearest one there is, and its link's goal."""
    found: list[str] = []
    for _ in range(MOST_LINKS):
        folder = path.parent
        while not folder.is_dir() and folder != folder.parent:
            folder = folder.parent
        found.append(str(folder))
        if folder.is_symlink():
            found.append(str(folder.parent))
        if not path.is_symlink():
            break
        path = folder / path.readlink()
    if path.exists():
        found.append(str(path))
    return found


def _stamp(path: Path) -> _Stamp:
    """What changes whenever the content may have: file, size, times, permissions."""
    try:
        found = os.stat(path)  # noqa: PTH116  one call, links followed
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode)
