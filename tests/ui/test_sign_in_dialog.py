"""The sign-in dialog: browser, device code, progress, refusals, several sign-ins, giving up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import Problem, Text
from rolecall.domain.proof import Proof, SignIn, Step, StepKind
from rolecall.domain.role import SourceKind
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.proving import prove as proving
from rolecall.ui.sign_in_dialog import SignInDialog
from ui.scene import Scene

ARN = "arn:aws:iam::222222222222:role/Staff"


def saml(url: str) -> dict[str, str]:
    return {"saml_login_url": url, "role_arn": ARN}


class SigningIn:
    """A scene with two SAML entries and the dialog."""

    def __init__(self, scene: Scene, qtbot: QtBot) -> None:
        self.scene, self.qtbot = scene, qtbot
        profiles = {name: saml(f"https://{name}.example/") for name in ("acme", "umbrella")}
        catalogue = Catalogue(profiles=profiles, entries=frozenset(profiles))
        scene.store.set(replace(scene.store.state, catalogue=catalogue))
        self.dialog = SignInDialog(scene.store, scene.actions, scene.parts)
        qtbot.addWidget(self.dialog)
        scene.ask_sign_in = self.dialog.ask
        scene.hold = True
        self.answers: dict[str, Session | Problem] = {}

    def want(self, name: str, asker: str = "") -> None:
        def done(answer: Session | Problem) -> None:
            self.answers[name] = answer

        self.scene.actions.sign_in(name, Wish(), done, asker=asker)

    def known(self, name: str) -> SignIn:
        return self.scene.store.state.sign_ins[f"saml https://{name}.example/"]

    def stand(self, name: str, step: Step | None = None, **more: object) -> None:
        """As a Job would have it."""
        known = replace(self.known(name), step=step, **more)  # type: ignore[arg-type]
        state = self.scene.store.state
        self.scene.store.set(replace(state, sign_ins={**state.sign_ins, known.key: known}))

    def says(self, name: str) -> str:
        label = self.dialog.findChild(QLabel, name)
        assert label is not None
        return label.text() if label.isVisibleTo(self.dialog) else ""

    def find(self, kind: type[QWidget], name: str = "") -> QWidget:
        found = self.dialog.findChild(kind, name) if name else self.dialog.findChild(kind)
        assert isinstance(found, QWidget)
        return found

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QPushButton, name), Qt.MouseButton.LeftButton)


@pytest.fixture
def asked(scene: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SigningIn:
    return SigningIn(scene, qtbot)


def test_it_begins_at_once_and_says_what_it_is_for(asked: SigningIn) -> None:
    asked.want("acme", asker="terraform")
    assert asked.dialog.isVisible()
    assert asked.known("acme").running
    assert "acme" in asked.says("signInPurpose")
    assert "terraform" in asked.says("signInPurpose")
    assert asked.says("signInStep") == "One moment…"
    assert not asked.find(QPushButton, "againButton").isVisibleTo(asked.dialog)
    assert asked.find(QProgressBar).isVisibleTo(asked.dialog)


def test_each_step_is_shown(asked: SigningIn) -> None:
    asked.want("acme")
    asked.stand("acme", Step(StepKind.BROWSER, url="https://secretless.example"))
    assert "browser" in asked.says("signInStep")
    until = asked.scene.clock.now() + 299
    asked.stand("acme", Step(StepKind.DEVICE, "https://device.example", "ABCD-EFGH", until=until))
    assert asked.says("userCode") == "ABCD-EFGH"
    assert asked.says("signInAddress") == "https://device.example"
    assert asked.says("signInLeft").startswith("5 minute")
    asked.press("copyCode")
    asked.press("openPage")
    assert asked.scene.parts.asked == [
        ("copy text", "ABCD-EFGH"), ("page", "https://device.example"),
    ]  # fmt: skip
    asked.stand("acme", Step(StepKind.PROGRESS, done=3, total=600))
    bar = asked.find(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert (bar.value(), bar.maximum()) == (3, 600)
    assert asked.says("userCode") == ""


def test_a_problem_stays_until_it_is_tried_again(asked: SigningIn) -> None:
    asked.want("acme")
    asked.stand("acme", running=False, problem=Problem("x", Text("Nobody came")))
    assert asked.says("problemTitle") == "Nobody came"
    assert not asked.find(QProgressBar).isVisibleTo(asked.dialog)
    asked.press("againButton")
    assert asked.known("acme").running
    assert asked.says("problemTitle") == ""


@pytest.mark.parametrize(
    "give_up", [lambda asked: asked.press("cancelButton"), lambda asked: asked.dialog.close()]
)
def test_giving_up_tells_those_who_wait(
    asked: SigningIn, give_up: Callable[[SigningIn], None]
) -> None:
    asked.want("acme")
    give_up(asked)
    answer = asked.answers["acme"]
    assert isinstance(answer, Problem)
    assert answer.code == "sign_in_cancelled"
    assert not asked.dialog.isVisible()


def test_another_sign_in_queues_behind(asked: SigningIn) -> None:
    asked.want("acme")
    asked.want("umbrella")
    assert "acme" in asked.says("signInTitle") + asked.says("signInPurpose")
    assert not asked.known("umbrella").running, "one browser page at a time"
    asked.press("cancelButton")
    assert asked.dialog.isVisible()
    assert asked.known("umbrella").running
    assert "umbrella" in asked.says("signInPurpose")


def test_it_closes_by_itself_when_the_proof_is_there(
    asked: SigningIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = asked.scene.clock.now()

    def proved(*_words: object) -> Proof:
        return Proof("saml https://acme.example/", "assertion", now + 300, now)

    monkeypatch.setattr(proving, "_provers", lambda: {SourceKind.SAML: proved})
    asked.want("acme")
    asked.scene.let_go()
    assert not asked.dialog.isVisible()
    assert isinstance(asked.answers["acme"], Problem), "the demo does not know this assertion"


def test_everything_has_an_accessible_name(asked: SigningIn) -> None:
    asked.want("acme")
    assert asked.dialog.accessibleName() == "Sign in"
    assert asked.find(QProgressBar).accessibleName() == "Progress"
    assert asked.find(QLabel, "userCode").accessibleDescription() == "Code for the browser"
