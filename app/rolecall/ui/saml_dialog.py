"""SAML dialog: a sign-in at the company's own page, of which a person brings the answer here.

Two faces: the guide with its large field, and, where a response names several roles and the entry none, the
choice of one while its five minutes run. Driven only by State.sign_ins and State.proofs.
"""

from __future__ import annotations

import math
from dataclasses import replace
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QProgressBar, QPushButton, QVBoxLayout

from rolecall.domain.proof import Proof, SignIn, StepKind
from rolecall.domain.saml import REDEEM_SECONDS
from rolecall.domain.saml_entries import entries_for
from rolecall.domain.saml_proof import accounts_of, handed, roles_of
from rolecall.domain.terminal import visible
from rolecall.ui.problem_view import ProblemView, fit_height, wrapped
from rolecall.ui.ring import Ring
from rolecall.ui.saml_choice import SamlChoice
from rolecall.ui.saml_guide import SamlGuide
from rolecall.ui.sign_in_dialog import SignInDialog
from rolecall.ui.theme import scaled


class SamlDialog(SignInDialog):
    """The dialog "Sign in" for SAML."""

    def _build(self) -> None:
        self._built = False
        self.setMinimumWidth(600)
        column = QVBoxLayout(self)
        # Else the window keeps room for labels as narrow as they could be, and gaps where they are not.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(8)
        self._title = wrapped(self)
        self._title.setObjectName("signInTitle")
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._purpose = wrapped(self, kind="muted")
        self._purpose.setObjectName("signInPurpose")
        self._problem = ProblemView(self._parts.said, self)
        self._guide, self._choice = SamlGuide(self), SamlChoice(self)
        self._guide.given.connect(self._give)
        self._guide.wanted.connect(self._begin)
        self._guide.resized.connect(self._fit)
        self._guide.field.textChanged.connect(self._allow)
        self._choice.taken.connect(self._take)
        self._progress = QProgressBar(self)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        for widget in (self._title, self._purpose):
            column.addWidget(widget)
        column.addSpacing(8)
        for shown in (self._guide, self._choice, self._problem, self._progress):
            column.addWidget(shown)
        column.addStretch(1)
        column.addSpacing(12)
        column.addLayout(self._build_foot())
        self._built = True

    def _build_foot(self) -> QHBoxLayout:
        self._ring = Ring(24, self)
        self._left = QLabel(self)
        self._left.setObjectName("signInLeft")
        self._left.setProperty("kind", "muted")
        self._left.setTextFormat(Qt.TextFormat.PlainText)
        self._back, self._cancel, self._again = (QPushButton(self) for _ in range(3))
        self._back.setObjectName("backButton")
        self._cancel.setObjectName("cancelButton")
        self._again.setObjectName("signInButton")
        self._again.setProperty("kind", "primary")
        for button, pressed in (
            (self._back, self._to_guide),
            (self._cancel, self.reject),
            (self._again, self._take),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._ring)
        foot.addWidget(self._left, 1)
        for button in (self._back, self._cancel, self._again):
            foot.addWidget(button)
        return foot

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Sign in"))
        self.setAccessibleName(self.tr("Sign in"))
        self._cancel.setText(self.tr("Cancel"))
        self._back.setText(self.tr("Another response"))
        self._again.setText(self.tr("Sign in"))
        self._progress.setAccessibleName(self.tr("Waiting for the browser"))
        self._guide.words()
        self._choice.words()
        self._problem.again()

    # --- what a person does --------------------------------------------------------------

    def ask(self, key: str) -> None:
        if key != self._key:
            self._guide.field.clear()
            self._opened = self._went_back = False
        super().ask(key)
        if self._key == key:
            (self._choice.start if self._chooses() else self._guide.field.setFocus)()

    def _begins_at_once(self, known: SignIn) -> bool:
        """Only where the browser's answer comes here by itself: else the guide is read first."""
        return bool(known.source.get("saml_listen_port")) and known.step is None

    def _begin(self) -> None:
        self._opened = True
        super()._begin()
        self._show()

    def _give(self, given: str) -> None:
        self._went_back = False
        self._actions.sign_ins.give(self._key, given)

    def _take(self) -> None:
        proof, known = self._proof(), self._sign_in()
        if proof is None or known is None or not self._chooses():
            self._guide.field.give()
            return
        role = self._choice.chosen()
        if not role:
            return
        if self._choice.keep.isVisible() and self._choice.keep.isChecked():
            self._keep(known, proof)
        self._actions.sign_ins.give(self._key, handed(proof.token, role))

    def _keep(self, known: SignIn, proof: Proof) -> None:
        """All roles become the person's own, and accounts are called as AWS's page calls them."""
        self._actions.add_entries(self._new_entries(known, proof), self._parts.problem)
        settings = self._store.state.settings
        named = replace(settings, accounts=self._account_names(proof))
        self._actions.change_settings(named, self._parts.problem)

    def _to_guide(self) -> None:
        self._went_back = True
        self._show()
        self._guide.field.setFocus()

    # --- what it says --------------------------------------------------------------------

    _opened = False
    _went_back = False

    def _proof(self) -> Proof | None:
        found = self._store.state.proofs.get(self._key)
        return found if found is not None and found.live(self._parts.now()) else None

    def _chooses(self) -> bool:
        known = self._sign_in()
        step = known.step if known is not None else None
        choosing = step is not None and step.kind is StepKind.CHOOSE
        return choosing and not self._went_back and self._proof() is not None

    def _show(self) -> None:
        known = self._sign_in()
        if known is None or not self._built:
            return
        chooses, proof = self._chooses(), self._proof()
        title = self.tr("Which role?")
        if not chooses:
            title = self.tr("Sign in at {provider}").format(provider=self._provider(known))
        self._title.setText(title)
        self._purpose.setText(self._purpose_words(known))
        self._guide.setVisible(not chooses)
        self._choice.setVisible(chooses)
        self._back.setVisible(chooses)
        self._problem.show_problem(known.problem)
        self._progress.setVisible(known.running)
        there = bool(known.source.get("saml_login_url"))
        listens = bool(known.source.get("saml_listen_port"))
        opened = self._opened or known.running
        self._guide.show_page(there_is_one=there, opened=opened, listens=listens)
        self._allow()
        if chooses and proof is not None:
            self._show_choice(known, proof)
        self._beat(self._parts.now())

    def _allow(self) -> None:
        """The button has something to do: a chosen role, or a text that was typed."""
        if self._built:
            typed = bool(self._guide.field.toPlainText().strip())
            self._again.setEnabled(typed or self._chooses())

    def _show_choice(self, known: SignIn, proof: Proof) -> None:
        new = len(self._new_entries(known, proof))
        self._choice.show_roles(roles_of(proof), self._account_names(proof), new)
        subject = visible(dict(proof.details).get("subject", ""))
        said = self.tr("You are signed in as {person}. Choose the role for this session.")
        self._choice.said.setText(said.format(person=subject))

    def _new_entries(self, known: SignIn, proof: Proof) -> dict[str, dict[str, str]]:
        profiles = self._store.state.catalogue.profiles
        return entries_for(known.source, roles_of(proof), self._account_names(proof), profiles)

    def _account_names(self, proof: Proof) -> dict[str, str]:
        return accounts_of(proof, self._store.state.settings.accounts)

    def _provider(self, known: SignIn) -> str:
        host = urlsplit(known.source.get("saml_login_url")).hostname
        return host or known.source.name

    def _beat(self, now: float) -> None:
        if not self._built or not self._key:
            return
        proof = self._proof()
        if self._choice.isVisible() and proof is None:
            self._show()  # over while the person was choosing: the guide again
            return
        choosing = self._chooses() and proof is not None
        left = max(proof.expires_at - now, 0.0) if choosing and proof else REDEEM_SECONDS
        self._ring.set_share(left / REDEEM_SECONDS, urgent=choosing and left <= 60)
        words = self.tr("AWS takes a response for five minutes after the sign-in.")
        if choosing:
            minutes, seconds = divmod(math.ceil(left), 60)
            words = self.tr("AWS takes it for {time} more").format(time=f"{minutes}:{seconds:02}")
        self._left.setText(words)

    def event(self, event: QEvent) -> bool:
        """Parts that come and go change the height once Qt has laid them out."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        if self.isVisible():
            fit_height(self)
