"""Confirm dialog: does the person really mean this production role. Opens where they chose to be asked.

Cancel is what Enter means, so that the key that opened it cannot answer it by being held down; where a
reason is to be typed first, Enter after it signs in.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rolecall.domain.role import Role
from rolecall.domain.session_name import cleaned
from rolecall.domain.terminal import visible
from rolecall.ui.problem_view import fit_height, wrapped
from rolecall.ui.role_search import grouped
from rolecall.ui.theme import dress, scaled
from rolecall.ui.tray_items import production_word

LONGEST = 48
"""Characters of a reason: with the user's name before it, it has to fit into a session's name."""


class ConfirmDialog(QDialog):
    """The dialog "Sign in to production". `go` is called once, if the person says yes, with their reason."""

    def __init__(
        self,
        role: Role,
        account: str,
        go: Callable[[str], None],
        parent: QWidget | None = None,
        *,
        reason: bool = False,
    ) -> None:
        """account: the person's own name of the role's account, or an empty text. reason: one is wanted."""
        super().__init__(parent)
        self.setObjectName("confirmDialog")
        self._role, self._account, self._reasoned = role, account, reason
        self._build()
        self._words()
        dress(self)
        self.accepted.connect(lambda: go(self._reason.text().strip()))

    def _build(self) -> None:
        self.setMinimumWidth(400)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(6)
        self._chip = QLabel(self)
        self._chip.setObjectName("confirmChip")
        self._chip.setProperty("kind", "production")
        self._chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._title = wrapped(self)
        self._title.setObjectName("confirmTitle")
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._about = wrapped(self, kind="muted")
        self._about.setObjectName("confirmAbout")
        self._label, self._reason = QLabel(self), QLineEdit(self)
        self._reason.setObjectName("confirmReason")
        self._reason.setMaxLength(LONGEST)
        self._label.setBuddy(self._reason)
        self._note = wrapped(self, kind="muted")
        for widget in (self._label, self._reason, self._note):
            widget.setVisible(self._reasoned)
        self._reason.textChanged.connect(self._typed)
        self._yes, self._no = QPushButton(self), QPushButton(self)
        self._yes.setObjectName("confirmSignIn")
        self._no.setObjectName("confirmCancel")
        self._yes.setAutoDefault(False)
        (self._yes if self._reasoned else self._no).setDefault(True)
        self._yes.clicked.connect(self.accept)
        self._no.clicked.connect(self.reject)
        self._typed()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._no)
        foot.addWidget(self._yes)
        column.addWidget(self._chip)
        column.addSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._about)
        if self._reasoned:
            column.addSpacing(8)
        for widget in (self._label, self._reason, self._note):
            column.addWidget(widget)
        column.addSpacing(12)
        column.addLayout(foot)

    def _typed(self) -> None:
        self._yes.setEnabled(not self._reasoned or len(cleaned(self._reason.text())) > 1)

    def _words(self) -> None:
        role = self._role
        self._label.setText(self.tr("Reason"))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._note.setText(
            self.tr("It goes into the session’s name, where CloudTrail shows it to others.")
        )
        self.setWindowTitle(self.tr("Sign in to production"))
        self.setAccessibleName(self.tr("Sign in to production"))
        self._chip.setText(production_word())
        name = visible(role.name).replace("\n", " ")
        self._title.setText(self.tr("Sign in to {role}?").format(role=name))
        known = (self._account, grouped(role.account_id), str(role.arn or ""))
        self._about.setText("\n".join(visible(line) for line in known if line))
        self._about.setVisible(bool(self._about.text()))
        self._yes.setText(self.tr("Sign in"))
        self._no.setText(self.tr("Cancel"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        (self._reason if self._reasoned else self._no).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_no"):
            self._words()
