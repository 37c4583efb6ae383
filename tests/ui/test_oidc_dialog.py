"""The sign-in dialog of an OpenID Connect provider: whose page it is, and the client secret that may be missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import Problem, ProblemError, Text
from rolecall.domain.proof import Proof, SignIn, Talk
from rolecall.domain.role import Source, SourceKind
from rolecall.domain.route import Wish
from rolecall.proving import prove as proving
from rolecall.proving.means import Means
from rolecall.storage.client_secret import missing
from rolecall.ui.oidc_dialog import OidcDialog
from ui.scene import Scene

GOOGLE = {
    "oidc_preset": "google",
    "oidc_client_id": "abc",
    "role_arn": "arn:aws:iam::222222222222:role/Web",
}
KEY = "oidc google abc"


class SigningIn:
    """A scene with an entry for Google, and the dialog. `given`: what each Job was given."""

    def __init__(self, scene: Scene, qtbot: QtBot) -> None:
        self.scene, self.qtbot = scene, qtbot
        self.given: list[str] = []
        catalogue = Catalogue(profiles={"web": GOOGLE}, entries=frozenset({"web"}))
        scene.store.set(replace(scene.store.state, catalogue=catalogue))
        self.dialog = OidcDialog(scene.store, scene.actions, scene.parts)
        qtbot.addWidget(self.dialog)
        scene.ask_sign_in = self.dialog.ask

    def prove(self, source: Source, _talk: Talk, _means: Means, given: str) -> Proof:
        self.given.append(given)
        if not given:
            raise ProblemError(missing(source.name, "Google"))
        if given == "wrong":
            raise ProblemError(Problem("client_refused", Text("Google does not know this program")))
        return Proof(source.proof_key, "token", self.scene.clock.now() + 3600, 0.0)

    @property
    def field(self) -> QLineEdit:
        found = self.dialog.findChild(QLineEdit, "clientSecret")
        assert isinstance(found, QLineEdit)
        return found

    def known(self) -> SignIn | None:
        return self.scene.store.state.sign_ins.get(KEY)


@pytest.fixture
def asked(scene: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[SigningIn]:
    one = SigningIn(scene, qtbot)
    monkeypatch.setattr(proving, "_provers", lambda: {SourceKind.OIDC: one.prove})
    yield one
    scene.actions.sign_ins.cancel(KEY)


def test_a_missing_secret_is_asked_for_and_goes_to_the_job(asked: SigningIn) -> None:
    asked.scene.actions.sign_in("web", Wish(), lambda _answer: None)
    assert asked.field.isVisibleTo(asked.dialog)
    assert asked.field.echoMode() is QLineEdit.EchoMode.Password
    assert asked.field.accessibleName() == "Client secret"
    title = asked.dialog.findChild(QLabel, "signInTitle")
    assert isinstance(title, QLabel)
    assert "Google" in title.text()
    said = " ".join(label.text() for label in asked.dialog.findChildren(QLabel))
    assert "Enter it below." in said
    assert "rolecall client-secret" not in said, "no command for what stands right there"
    QTest.keyClicks(asked.field, "wrong")
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    assert asked.given == ["", "wrong"]
    assert asked.field.text() == ""
    assert asked.field.isVisibleTo(asked.dialog), "another one may be typed"
    QTest.keyClicks(asked.field, "right")
    again = asked.dialog.findChild(QPushButton, "againButton")
    assert isinstance(again, QPushButton)
    asked.qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert asked.given[-1] == "right"
    assert asked.known() is None
    assert not asked.dialog.isVisible()


def test_what_was_typed_is_gone_with_the_dialog(asked: SigningIn) -> None:
    asked.scene.actions.sign_in("web", Wish(), lambda _answer: None)
    QTest.keyClicks(asked.field, "half a sec")
    asked.dialog.reject()
    assert asked.field.text() == ""
    assert asked.known() is None


def test_other_problems_ask_for_no_secret(asked: SigningIn) -> None:
    asked.scene.actions.sign_in("web", Wish(), lambda _answer: None)
    known = asked.known()
    assert known is not None
    other = replace(known, problem=Problem("no_browser", Text("No browser")))
    state = asked.scene.store.state
    asked.scene.store.set(replace(state, sign_ins={KEY: other}))
    assert not asked.field.isVisibleTo(asked.dialog)
