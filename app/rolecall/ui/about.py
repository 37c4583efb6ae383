"""About: name, version, licence, and where the program keeps what it keeps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QIcon, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rolecall import __version__
from rolecall.store import Store
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import fit_height, wrapped
from rolecall.ui.resources import resources
from rolecall.ui.theme import dress, scaled


class AboutDialog(QDialog):
    """See the module."""

    def __init__(self, store: Store, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.setObjectName("aboutDialog")
        self.setMinimumWidth(380)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(10)
        mark = QLabel(self)
        mark.setPixmap(QIcon(str(resources() / "icons" / "rolecall.svg")).pixmap(64, 64))
        mark.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._name = QLabel(f"Rolecall {__version__}", self)
        self._name.setFont(scaled(self.font(), 1.25, QFont.Weight.DemiBold))
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._what, self._keeps = wrapped(self), wrapped(self, kind="muted")
        for widget in (mark, self._name, self._what, self._keeps):
            column.addWidget(widget)
        self._demo, self._close = QPushButton(self), QPushButton(self)
        self._demo.setObjectName("demoButton")
        self._demo.setAutoDefault(False)
        self._demo.clicked.connect(parts.try_demo)
        self._close.setObjectName("closeButton")
        self._close.setDefault(True)
        self._close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._demo)
        row.addStretch(1)
        row.addWidget(self._close)
        column.addSpacing(6)
        column.addLayout(row)
        self._words()
        dress(self)
        self._close.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)

    def _words(self) -> None:
        self.setWindowTitle(self.tr("About Rolecall"))
        self._what.setText(
            self.tr("A desktop AWS role switcher. Free software under the Apache License 2.0.")
        )
        self._keeps.setText(
            " ".join(
                (
                    self.tr("Access keys lie in the keyring, or where they already are in ~/.aws."),
                    self._where_sessions_are(),
                    self.tr(
                        "Rolecall talks to AWS and to the identity providers you sign in at, "
                        "and to nobody else."
                    ),
                )
            )
        )
        self._demo.setText(self.tr("Try the demo"))
        self._close.setText(self.tr("Close"))

    def _where_sessions_are(self) -> str:
        if self._store.state.settings.keep_sessions:
            return self.tr(
                "Sessions are kept in a file encrypted with a key of the keyring, and without a "
                "keyring in memory only."
            )
        return self.tr("Sessions live in memory and end with the program.")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_close"):
            self._words()
