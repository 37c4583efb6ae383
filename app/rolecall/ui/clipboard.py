"""Clipboard: copies a secret with a mark, and takes it back. Keeps a salted digest, never the text.

A clipboard manager may ignore the mark and put a cleared text back, so after clearing it is looked
at once more. What is not ours is never touched.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from rolecall.ui import wayland_clipboard
from rolecall.ui.heartbeat import Heartbeat

SECOND_LOOK = 0.3
"""Seconds after which a manager that restores a cleared text has done so."""

NEUTRAL = "Rolecall"
"""What a restored secret is overwritten with: managers restore over nothing, not over a text."""

MARKS = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
}
"""How each desktop's managers are told that a text is a secret; Windows wants a zero DWORD."""


class Clipboard(QObject):
    """`put` a secret; it goes by itself. All deadlines also end by the wall clock, for sleep's sake."""

    def __init__(
        self,
        heartbeat: Heartbeat,
        now: Callable[[], float],
        restored: Callable[[], None],
        parent: QObject,
    ) -> None:
        """restored: told once if a manager keeps what we clear. now: UTC epoch seconds."""
        super().__init__(parent)
        self._heartbeat = heartbeat
        self._now = now
        self._restored = restored
        self._salt = os.urandom(16)
        self._digest = b""
        self._deadline: float | None = None
        self._latest = 0.0
        self._warned = False
        heartbeat.subscribe(self._check)

    @property
    def deadline(self) -> float | None:
        """When our text goes (UTC epoch seconds); None if there is none, or it is never to go."""
        return self._deadline

    def put(self, text: str, seconds: int) -> None:
        """Copy `text`; it is cleared after `seconds` (0: only at quit, lock and sleep)."""
        self._digest = self._digest_of(text)
        self._write(text)
        self._heartbeat.cancel("clipboard look")
        self._heartbeat.cancel("clipboard")
        self._deadline = None
        if seconds > 0:
            self._deadline = self._now() + seconds
            self._latest = time.monotonic() + seconds
            self._heartbeat.after("clipboard", float(seconds), self.clear)
        self._heartbeat.soon()

    def clear(self) -> None:
        """Take our text off the clipboard now, if it is still there, and look again a moment later."""
        if self._forget_deadline() and self._take():
            self._heartbeat.after("clipboard look", SECOND_LOOK, self._look_again)
            self._heartbeat.soon()

    def close(self) -> None:
        """The program ends: clear at once, without a second look."""
        if self._forget_deadline():
            self._take()
        self._digest = b""

    def _check(self) -> None:
        if self._deadline is not None and self._now() >= self._deadline:
            self.clear()

    def _forget_deadline(self) -> bool:
        self._deadline = None
        self._heartbeat.cancel("clipboard")
        return bool(self._digest)

    def _take(self) -> bool:
        """Clear if the text is ours; returns whether it was."""
        if not self._is_ours(self._read()):
            self._digest = b""
            return False
        if wayland_clipboard.usable():
            wayland_clipboard.clear()
        else:
            self._qt().clear(QClipboard.Mode.Clipboard)
        return True

    def _look_again(self) -> None:
        if self._is_ours(self._read()):
            self._write(NEUTRAL)
            if not self._warned:
                self._warned = True
                self._restored()
        self._digest = b""

    def _write(self, text: str) -> None:
        if wayland_clipboard.usable():
            wayland_clipboard.copy(text)
            return
        data = QMimeData()
        data.setText(text)
        if text != NEUTRAL:
            for mark, value in MARKS.items():
                data.setData(mark, value)
        # Never the primary selection: a middle click would paste a key anywhere.
        self._qt().setMimeData(data, QClipboard.Mode.Clipboard)

    def _read(self) -> str:
        if wayland_clipboard.usable():
            return wayland_clipboard.read()
        return self._qt().text(QClipboard.Mode.Clipboard)

    def _qt(self) -> QClipboard:
        return QGuiApplication.clipboard()

    def _is_ours(self, text: str) -> bool:
        if not text or not self._digest:
            return False
        return self._digest_of(text) == self._digest

    def _digest_of(self, text: str) -> bytes:
        import hashlib  # loads OpenSSL, which an idle app does without

        return hashlib.blake2b(text.encode("utf-8", "replace"), key=self._salt).digest()
