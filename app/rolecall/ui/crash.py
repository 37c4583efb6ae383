"""Crash: what happens to a fault nobody foresaw. One report without values, one dialog a run.

A report holds where it happened: files, lines, functions and the kind of the fault. Never locals,
and the fault's own text only with everything blotted out that could be a key, a token or a code.
"""

from __future__ import annotations

import re
import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from rolecall import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

_SECRET = re.compile(r"[A-Za-z0-9+/=_%.~-]{16,}|\d{6,}")
"""Longer than any word a person needs, or a row of digits that could be a code or an account."""

LONGEST_TEXT = 300


class Crash:
    """Installed once; `report` may also be called directly. GUI thread only."""

    def __init__(self) -> None:
        self._box: QMessageBox | None = None

    def install(self) -> None:
        """Take faults in slots and callbacks: PySide6 hands them to `sys.excepthook`."""
        sys.excepthook = self._hook

    def report(self, fault: BaseException) -> None:
        """Write the report to stderr and show it once."""
        text = report(fault)
        sys.stderr.write(text)
        if self._box is None and QApplication.instance() is not None:
            self._box = _dialog(text)
            self._box.open()

    def end(self, fault: BaseException) -> None:
        """Report a fault nothing can go on from; the program ends when the report was read."""
        self.report(fault)
        if self._box is None:
            QApplication.exit(1)
        else:
            self._box.setText(
                QCoreApplication.translate("Problem", "Something went wrong inside Rolecall")
            )
            self._box.finished.connect(lambda _result: QApplication.exit(1))

    def _hook(
        self,
        _kind: type[BaseException],
        fault: BaseException,
        _trace: TracebackType | None,
    ) -> None:
        if isinstance(fault, KeyboardInterrupt):
            QCoreApplication.quit()
        else:
            self.report(fault)


def report(fault: BaseException) -> str:
    """The report of one fault, as text."""
    lines = [f"Rolecall {__version__}, Python {sys.version.split()[0]}, {sys.platform}\n"]
    one: BaseException | None = fault
    while one is not None:
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}\n"
            for frame in traceback.extract_tb(one.__traceback__, limit=-40)
        ]
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}: {redacted(str(one))}\n")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "".join(lines)


def redacted(text: str) -> str:
    """`text` without anything that could be a secret."""
    return _SECRET.sub("…", text)[:LONGEST_TEXT]


def _dialog(text: str) -> QMessageBox:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox  # late: it makes fifty enumeration members

    box = QMessageBox()
    box.setObjectName("crash")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Rolecall")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(
        QCoreApplication.translate(
            "Crash", "Something went wrong inside Rolecall. It goes on running."
        )
    )
    box.setInformativeText(
        QCoreApplication.translate("Crash", "The report below holds no credentials.")
    )
    box.setDetailedText(text)
    return box
