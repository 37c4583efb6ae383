"""Empty state: what the window shows instead of a list while there is nothing to list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rolecall.ui.parts import WindowParts
from rolecall.ui.resources import resources
from rolecall.ui.theme import scaled
from rolecall.ui.wrap_row import WrapRow

_MARK = 56
_WIDE = 420


class EmptyState(QWidget):
    """Nothing in ~/.aws, or nothing that fits the search."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty")
        self._nothing_fits = True
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 20, 12, 20)
        column.setSpacing(8)
        self._mark = QLabel(self)
        icon = QIcon(str(resources() / "icons" / "rolecall.svg"))
        self._mark.setPixmap(icon.pixmap(_MARK, _MARK))
        self._title, self._words_label = QLabel(self), QLabel(self)
        self._title.setFont(scaled(self.font(), 1.25, QFont.Weight.DemiBold))
        self._title.setObjectName("emptyTitle")
        self._words_label.setObjectName("emptyWords")
        self._words_label.setProperty("kind", "muted")
        self._words_label.setWordWrap(True)
        self._words_label.setMaximumWidth(_WIDE)
        self._add, self._demo = QPushButton(self), QPushButton(self)
        self._center = QPushButton(self)
        self._center.setObjectName("emptyIdentityCenter")
        self._center.clicked.connect(parts.show_identity_center)
        self._import = QPushButton(self)
        self._import.setObjectName("emptyImport")
        self._import.clicked.connect(parts.show_import)
        self._add.setObjectName("emptyAddKey")
        self._demo.setObjectName("emptyDemo")
        self._add.setProperty("kind", "primary")
        self._add.clicked.connect(parts.show_add_key)
        self._demo.clicked.connect(parts.try_demo)
        column.addStretch(2)
        for label in (self._mark, self._title, self._words_label):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            centred = QHBoxLayout()
            centred.addStretch(1)
            centred.addWidget(label, 100 if label is self._words_label else 0)
            centred.addStretch(1)
            column.addLayout(centred)
        column.addSpacing(12)
        row = WrapRow(8, centred=True)
        for button in (self._add, self._center, self._import, self._demo):
            row.addWidget(button)
        column.addLayout(row)
        column.addStretch(3)
        self._words()

    def show_for(self, total: int) -> None:
        """Say that none of `total` roles fits what is typed, or that there is none at all."""
        if self._nothing_fits != bool(total):
            self._nothing_fits = bool(total)
            self._words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_demo"):
            self._words()

    def _words(self) -> None:
        self._add.setText(self.tr("Add an access key…"))
        self._center.setText(self.tr("Identity Center…"))
        self._import.setText(self.tr("Import roles…"))
        self._demo.setText(self.tr("Try the demo"))
        for widget in (self._mark, self._add, self._center, self._import, self._demo):
            widget.setVisible(not self._nothing_fits)
        # Narrower, the words and the buttons would need more height than the window may have.
        self.setMinimumWidth(0 if self._nothing_fits else _WIDE + 24)
        if self._nothing_fits:
            self._title.setText(self.tr("No role fits"))
            self._words_label.setText(self.tr("Fewer letters find more. Esc clears the search."))
        else:
            self._title.setText(self.tr("No roles yet"))
            self._words_label.setText(
                self.tr(
                    "Rolecall lists the roles of ~/.aws/config and ~/.aws/credentials, and finds "
                    "nothing there. Add an access key, sign in with Identity Center, take the roles of "
                    "another tool over, or look around in the demo: it needs no AWS account."
                )
            )
