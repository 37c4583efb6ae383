"""OIDC dialog: a sign-in at an OpenID Connect provider; asks for the client secret where one is missing.

The field's text goes to the Job that puts it into the keyring, and is cleared; it is kept nowhere here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from rolecall.domain.oidc import shown_name
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Problem, Text
from rolecall.domain.proof import SignIn
from rolecall.ui.problem_view import fit_height
from rolecall.ui.sign_in_dialog import SignInDialog

_WANT_SECRET: Final = frozenset({"client_secret_missing", "client_secret_bad", "client_refused"})
_LONGEST: Final = 512


class OidcDialog(SignInDialog):
    """The dialog "Sign in" for OpenID Connect, Amazon and Facebook, and identity pools behind them."""

    def _build(self) -> None:
        super()._build()
        self._secret = QLineEdit(self)
        self._secret.setObjectName("clientSecret")
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        self._secret.setMaxLength(_LONGEST)
        self._secret.hide()
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(self._problem) + 1, self._secret)

    def _words(self) -> None:
        super()._words()
        self._secret.setAccessibleName(self.tr("Client secret"))
        self._secret.setPlaceholderText(self.tr("Client secret, kept in the keyring"))

    def _begin(self) -> None:
        given = self._secret.text() if self._secret.isVisibleTo(self) else ""
        self._secret.clear()
        self._actions.sign_ins.begin(self._key, given)

    def reject(self) -> None:
        """The field's text goes with the dialog."""
        self._secret.clear()
        super().reject()

    def _show(self) -> None:
        super()._show()
        known = self._sign_in()
        problem = known.problem if known is not None and not known.running else None
        wanted = problem is not None and problem.code in _WANT_SECRET
        changed = wanted == self._secret.isHidden()
        self._secret.setVisible(wanted)
        if changed and self.isVisible():
            fit_height(self)
        if changed and wanted:
            self._secret.setFocus()

    def _problem_of(self, known: SignIn) -> Problem | None:
        """A command line is sent to its own command or to a window; here is that window."""
        problem = super()._problem_of(known)
        if problem is None or problem.code != "client_secret_missing":
            return problem
        return replace(problem, remedy=Text(QT_TRANSLATE_NOOP("Problem", "Enter it below.")))

    def _provider(self, known: SignIn) -> str:
        return shown_name(known.source)
