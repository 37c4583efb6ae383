"""Sign-in dialog: shows how one sign-in at an identity provider goes. Driven only by State.sign_ins.

Shows where it stands (browser, code for another device, progress), what went wrong, and how to stop.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.domain.proof import BY_CODE, SignIn, Step, StepKind
from rolecall.domain.role import SourceKind
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui.device_code import DeviceCode
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, fit_height, wrapped
from rolecall.ui.theme import dress, scaled
from rolecall.ui.wording import minutes_left, purpose


class SignInDialog(QDialog):
    """The dialog "Sign in". One object serves all sign-ins; others queue behind the one shown."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("signInDialog")
        self._store, self._actions, self._parts = store, actions, parts
        self._key = ""
        self._behind: list[str] = []
        self._build()
        self._words()
        dress(self)
        store.subscribe(self._changed)
        parts.on_beat(self._beat)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumWidth(430)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(6)
        self._title = wrapped(self)
        self._title.setObjectName("signInTitle")
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._purpose = wrapped(self, kind="muted")
        self._purpose.setObjectName("signInPurpose")
        self._stands = wrapped(self)
        self._stands.setObjectName("signInStep")
        self._device = DeviceCode(self._parts, self)
        self._device.code.setObjectName("userCode")
        self._device.address.setObjectName("signInAddress")
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._problem = ProblemView(self._parts.said, self)
        for widget in (self._title, self._purpose):
            column.addWidget(widget)
        column.addSpacing(8)
        for shown in (self._stands, self._device, self._progress, self._problem):
            column.addWidget(shown)
        foot = self._build_foot()
        column.addWidget(self._by_code, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(12)
        column.addLayout(foot)

    def _build_foot(self) -> QHBoxLayout:
        self._left = QLabel(self)
        self._left.setObjectName("signInLeft")
        self._left.setProperty("kind", "muted")
        self._cancel, self._again = QPushButton(self), QPushButton(self)
        self._by_code = QPushButton(self)
        self._by_code.setObjectName("byCodeButton")
        self._by_code.setProperty("kind", "link")
        self._by_code.setAutoDefault(False)
        self._by_code.clicked.connect(self._give_code)
        self._cancel.setObjectName("cancelButton")
        self._again.setObjectName("againButton")
        self._again.setProperty("kind", "primary")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._again.clicked.connect(self._begin)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._left, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._again)
        return foot

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Sign in"))
        self.setAccessibleName(self.tr("Sign in"))
        self._cancel.setText(self.tr("Cancel"))
        self._again.setText(self.tr("Try again"))
        self._by_code.setText(self.tr("Use a code on another device instead"))
        self._progress.setAccessibleName(self.tr("Progress"))
        self._problem.again()

    # --- what the program asks of it -----------------------------------------------------

    def ask(self, key: str) -> None:
        """Show the sign-in of a proof key and start it; behind the one that is shown, if it is another."""
        if self.isVisible() and self._key and key != self._key:
            if key not in self._behind:
                self._behind.append(key)
            return
        self._key = key
        known = self._sign_in()
        fresh = known is not None and not known.running and known.problem is None
        if known is not None and fresh and self._begins_at_once(known):
            self._begin()
        self._show()
        if not self.isVisible():
            self.open()
        self.raise_()
        self.activateWindow()

    def _begins_at_once(self, _known: SignIn) -> bool:
        """Whether the browser opens with the dialog."""
        return True

    def _begin(self) -> None:
        self._actions.sign_ins.begin(self._key)

    def _give_code(self) -> None:
        """The browser stays good for it; a code is shown beside it."""
        self._actions.sign_ins.give(self._key, BY_CODE)

    # --- events --------------------------------------------------------------------------

    def reject(self) -> None:
        """Escape, Cancel or the window's own button: nobody will sign in."""
        key, self._key = self._key, ""
        super().reject()
        self._actions.sign_ins.cancel(key)
        self._next()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        self._parts.set_seconds_shown(True, "sign-in")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._parts.set_seconds_shown(False, "sign-in")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_again"):
            self._words()
            self._show()

    def _changed(self, before: State, after: State) -> None:
        if not self._key or before.sign_ins.get(self._key) == after.sign_ins.get(self._key):
            return
        if self._key in after.sign_ins:
            self._show()
            return
        self._key = ""
        if self.isVisible():
            self.accept()
        self._next()

    def _next(self) -> None:
        while self._behind:
            key = self._behind.pop(0)
            if key in self._store.state.sign_ins:
                self.ask(key)
                return

    # --- what it says --------------------------------------------------------------------

    def _sign_in(self) -> SignIn | None:
        return self._store.state.sign_ins.get(self._key)

    def _show(self) -> None:
        known = self._sign_in()
        if known is None:
            return
        self._title.setText(self.tr("Sign in at {provider}").format(provider=self._provider(known)))
        self._purpose.setText(self._purpose_words(known))
        step = known.step
        self._stands.setText(self._step_words(known))
        self._stands.setVisible(bool(self._stands.text()))
        self._device.show_step(step)
        self._show_progress(known)
        self._problem.show_problem(self._problem_of(known))
        at_browser = step is not None and step.kind is StepKind.BROWSER
        center = known.source.kind is SourceKind.IDENTITY_CENTER
        self._by_code.setVisible(known.running and at_browser and center)
        self._again.setVisible(not known.running)
        self._beat(self._parts.now())
        if self.isVisible():
            fit_height(self)

    def _show_progress(self, known: SignIn) -> None:
        counted = known.step is not None and known.step.kind is StepKind.PROGRESS
        self._progress.setVisible(known.running)
        total = known.step.total if known.step and counted else 0
        self._progress.setRange(0, total)
        self._progress.setValue(known.step.done if known.step and counted else 0)

    def _provider(self, known: SignIn) -> str:
        names = {
            SourceKind.IDENTITY_CENTER: self.tr("IAM Identity Center"),
            SourceKind.SAML: self.tr("the identity provider"),
        }
        return names.get(known.source.kind, known.source.name)

    def _problem_of(self, known: SignIn) -> Problem | None:
        """What went wrong, as this dialog says it."""
        return known.problem

    def _purpose_words(self, known: SignIn) -> str:
        if not known.waiters:
            return ""
        return purpose([role for role, _ in known.waiters], known.asker)

    def _step_words(self, known: SignIn) -> str:
        step = known.step or (Step(StepKind.WAITING) if known.running else None)
        if step is None:
            return ""
        return {
            StepKind.BROWSER: self.tr(
                "Finish signing in in your browser; this window closes by itself."
            ),
            StepKind.DEVICE: self.tr(
                "Open this address on any device and compare or type the code:"
            ),
            StepKind.PASTE: self.tr("Paste what the identity provider gave."),
            StepKind.CHOOSE: self.tr("Choose a role."),
            StepKind.WAITING: self.tr("One moment…"),
            StepKind.PROGRESS: self.tr("{done} of {total}").format(
                done=step.done, total=step.total
            ),
        }[step.kind]

    def _beat(self, now: float) -> None:
        known = self._sign_in()
        until = known.step.until if known is not None and known.step is not None else None
        minutes = math.ceil(max(until - now, 0.0) / 60) if until is not None else 0
        self._left.setText(minutes_left(minutes) if until is not None else "")
