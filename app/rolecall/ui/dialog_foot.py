"""Dialog foot: the row in which a dialog is left or its work is done. Owns their order and look, no words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton


def cancel_and_do(
    dialog: QDialog, name: str, submit: Callable[[], object]
) -> tuple[QPushButton, QPushButton, QHBoxLayout]:
    """The buttons that cancel and that do, the second with the object name `name`, and their row."""
    cancel, do = QPushButton(dialog), QPushButton(dialog)
    cancel.setObjectName("cancelButton")
    cancel.setAutoDefault(False)
    cancel.clicked.connect(dialog.reject)
    do.setObjectName(name)
    do.setProperty("kind", "primary")
    do.setDefault(True)
    do.clicked.connect(lambda _checked=False: submit())
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(do)
    return cancel, do, row
