"""Line dialog: shows the exact line that would start a program, and asks whether it may. Driven by State.consents.

As in the approval dialog no button is the default and none has the focus at first, so that a key typed for
another window runs nothing. Everything invisible in the line is shown as an escape.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QFont, QFontDatabase, QShowEvent, QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.line_queue import LineQuestion
from rolecall.domain.state import State
from rolecall.domain.terminal import visible
from rolecall.domain.trust import CODE
from rolecall.store import Store
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import fit_height, wrapped
from rolecall.ui.theme import dress, scaled
from rolecall.ui.wording import purpose

_MOST_LINES = 8


class LineDialog(QDialog):
    """The dialog "Run a program". One object serves all questions, the oldest first."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("lineDialog")
        self._store, self._actions, self._parts = store, actions, parts
        self._digest = ""
        self._build()
        self._words()
        dress(self)
        store.subscribe(self._changed)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumWidth(520)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(8)
        self._title = wrapped(self)
        self._title.setObjectName("lineTitle")
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._purpose = wrapped(self, kind="muted")
        self._purpose.setObjectName("linePurpose")
        self._line = QPlainTextEdit(self)
        self._line.setObjectName("line")
        self._line.setReadOnly(True)
        self._line.setTabChangesFocus(True)
        self._line.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._line.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._why = wrapped(self)
        self._why.setObjectName("lineWhy")
        self._later, self._run = QPushButton(self), QPushButton(self)
        self._later.setObjectName("notNowButton")
        self._run.setObjectName("runButton")
        for button, answer in ((self._later, self.reject), (self._run, self._accepted)):
            button.setAutoDefault(False)
            button.clicked.connect(answer)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._later)
        foot.addWidget(self._run)
        for widget in (self._title, self._purpose, self._line, self._why):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(foot)

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Run a program"))
        self.setAccessibleName(self.tr("Run a program"))
        self._line.setAccessibleName(self.tr("The exact line"))
        self._later.setText(self.tr("Not now"))
        self._run.setText(self.tr("Run it from now on"))

    # --- what the program asks of it -----------------------------------------------------

    def ask(self) -> None:
        """Show the oldest question."""
        self._show_next()
        if not self._digest:
            return
        if not self.isVisible():
            self.open()
        self.raise_()
        self.activateWindow()

    # --- events --------------------------------------------------------------------------

    def reject(self) -> None:
        """Escape, "Not now" or the window's own button: nothing runs, and the next time asks again."""
        digest = self._digest
        self._actions.consents.refuse(digest)
        self._go_on(digest)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_run"):
            self._words()
            self._say()

    def _accepted(self) -> None:
        digest = self._digest
        self._actions.consents.accept(digest)
        self._go_on(digest)

    def _go_on(self, digest: str) -> None:
        """After an answer: the next question, or nothing more."""
        if self._digest == digest:
            self._show_next()
        if not self._digest:
            self.hide()

    def _changed(self, before: State, after: State) -> None:
        if before.consents is after.consents or not self._digest:
            return
        if self._digest in after.consents:
            self._say()
            return
        self._show_next()
        if not self._digest:
            self.hide()

    # --- what it says --------------------------------------------------------------------

    def _question(self) -> LineQuestion | None:
        return self._store.state.consents.get(self._digest)

    def _show_next(self) -> None:
        shown = self._digest
        self._digest = next(iter(self._store.state.consents), "")
        if self._digest and self._digest != shown:
            self._say()
            self.setFocus()

    def _say(self) -> None:
        question = self._question()
        if question is None:
            return
        profile = visible(question.line.profile).replace("\n", " ")
        title = self.tr("{profile} wants to run a program")
        if question.line.key == CODE:
            title = self.tr("{profile} wants to run a program for its codes")
        self._title.setText(title.format(profile=profile))
        self._purpose.setText(self._purpose_words(question))
        self._line.setPlainText(question.line.shown)
        self._why.setText(
            self.tr(
                "It comes from the line {key} of your AWS files and runs as you, without a shell. Accept "
                "it if you or your company wrote it. A line that changes is shown again."
            ).format(key=question.line.key)
        )
        if self.isVisible():
            self._fit()

    def _purpose_words(self, question: LineQuestion) -> str:
        if not question.waiters:
            return ""
        return purpose([role for role, _ in question.waiters], question.asker)

    def _fit(self) -> None:
        """As high as the line, up to a few rows; longer ones scroll."""
        rows = max(int(self._line.document().size().height()), 1)
        shown = min(rows, _MOST_LINES)
        around = self._line.height() - self._line.viewport().height()
        margin = 2 * int(self._line.document().documentMargin())
        self._line.setFixedHeight(self._line.fontMetrics().lineSpacing() * shown + margin + around)
        self._line.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if rows > shown
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        fit_height(self)
