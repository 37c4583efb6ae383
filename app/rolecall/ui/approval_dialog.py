"""Approval dialog: may this program have this role. Shows one question at a time; decides nothing itself.

No button is the default and none has the focus at first, so that a key typed for another window answers
nothing. Names are shown as plain text with everything invisible escaped.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rolecall.domain.approval import Consent
from rolecall.domain.terminal import visible
from rolecall.ui.approvals import Approvals, Question
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import fit_height, wrapped
from rolecall.ui.programs import unknown_program
from rolecall.ui.theme import dress, scaled
from rolecall.ui.tray_items import production_word

_OBJECTS = {
    Consent.NEVER: "neverButton",
    Consent.DENY: "denyButton",
    Consent.ONCE: "onceButton",
    Consent.RUNNING: "runningButton",
    Consent.ALWAYS: "alwaysButton",
}


class ApprovalDialog(QDialog):
    """The dialog "A program asks". One object serves all questions, the oldest first."""

    def __init__(
        self, approvals: Approvals, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("approvalDialog")
        self._approvals, self._parts = approvals, parts
        self._shown: Question | None = None
        self._buttons: dict[Consent, QPushButton] = {}
        self._build()
        self._words()
        dress(self)
        parts.on_beat(self._beat)

    def _build(self) -> None:
        self.setMinimumWidth(470)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(6)
        self._title = wrapped(self)
        self._title.setObjectName("approvalTitle")
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._program = wrapped(self, kind="muted")
        self._program.setObjectName("approvalProgram")
        self._why = wrapped(self)
        self._why.setObjectName("approvalWhy")
        self._left = QLabel(self)
        self._left.setObjectName("approvalLeft")
        self._left.setProperty("kind", "muted")
        for consent, name in _OBJECTS.items():
            button = self._buttons[consent] = QPushButton(self)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, given=consent: self._answer(given))
        self._chip = QLabel(self)
        self._chip.setObjectName("approvalChip")
        self._chip.setProperty("kind", "production")
        self._chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        for widget in (self._chip, self._title, self._program, self._why):
            column.addWidget(widget)
        column.addSpacing(10)
        column.addLayout(self._row(Consent.ONCE, Consent.RUNNING, Consent.ALWAYS))
        column.addLayout(self._row(Consent.DENY, Consent.NEVER, extra=self._left))

    def _row(self, *consents: Consent, extra: QWidget | None = None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if extra is not None:
            row.addWidget(extra, 1)
        for consent in consents:
            row.addWidget(self._buttons[consent], 0 if extra else 1)
        return row

    def _words(self) -> None:
        self.setWindowTitle(self.tr("A program asks"))
        self.setAccessibleName(self.tr("A program asks"))
        words = {
            Consent.ONCE: self.tr("Allow once"),
            Consent.RUNNING: self.tr("Until Rolecall ends"),
            Consent.ALWAYS: self.tr("Always"),
            Consent.DENY: self.tr("Deny"),
            Consent.NEVER: self.tr("Never"),
        }
        for consent, word in words.items():
            self._buttons[consent].setText(word)

    # --- what the program asks of it -----------------------------------------------------

    def ask(self) -> None:
        """Show the oldest question."""
        self._show_next()
        if self._shown is None:
            return
        if not self.isVisible():
            self.open()
        self.raise_()
        self.activateWindow()

    def gone(self) -> None:
        """A question has gone: answered, too late, or nobody waits for it any more."""
        if not self.isVisible():
            return
        self._show_next()
        if self._shown is None:
            self.hide()

    # --- events --------------------------------------------------------------------------

    def reject(self) -> None:
        """Escape or the window's own button: no, this once."""
        self._answer(Consent.DENY)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        self.setFocus()
        self._parts.set_seconds_shown(True, "approval")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._parts.set_seconds_shown(False, "approval")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and len(self._buttons) == len(_OBJECTS):
            self._words()
            self._say()

    def _answer(self, consent: Consent) -> None:
        question = self._shown
        if question is None:
            self.hide()
        else:
            self._approvals.answer(question.key, consent)

    # --- what it says --------------------------------------------------------------------

    def _show_next(self) -> None:
        before = self._shown
        self._shown = next(iter(self._approvals.questions.values()), None)
        if self._shown is not before and self._shown is not None:
            self._say()
            self.setFocus()
            if self.isVisible():
                fit_height(self)

    def _say(self) -> None:
        question = self._shown
        if question is None:
            return
        asker = question.asker
        name = visible(asker.name).replace("\n", " ") or unknown_program()
        role = visible(question.role).replace("\n", " ")
        self._chip.setText(production_word())
        self._chip.setVisible(self._approvals.is_production(question.role))
        self._title.setText(self.tr("{program} wants {role}").format(program=name, role=role))
        self._program.setText(self._about(question))
        self._program.setVisible(bool(self._program.text()))
        lasting = self.tr("An answer that lasts holds for this program and this role only.")
        once = self.tr("The system does not tell which program file it is: answer for this once.")
        self._why.setText(lasting if question.lasting else once)
        for consent in (Consent.RUNNING, Consent.ALWAYS, Consent.NEVER):
            self._buttons[consent].setEnabled(question.lasting)
        self._beat(self._parts.now())

    def _about(self, question: Question) -> str:
        asker = question.asker
        known = [self.tr("pid {pid}").format(pid=asker.pid)] if asker.pid else []
        known += [visible(part) for part in (asker.script, asker.executable, asker.user) if part]
        return " · ".join(known).replace("\n", " ")

    def _beat(self, now: float) -> None:
        if self._shown is not None:
            seconds = max(math.ceil(self._shown.until - now), 0)
            self._left.setText(self.tr("Refused in %n s", None, seconds))
