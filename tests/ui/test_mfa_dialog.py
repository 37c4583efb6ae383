"""The code dialog over the embedded AWS: typing, pasting, refusals, several roles and devices."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rolecall.domain.problem import Problem
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.ui.mfa_dialog import MfaDialog
from ui.scene import GOV_PHONE, PHONE, Scene


class Asked:
    """A scene with its dialog, and what came of every wish."""

    def __init__(self, scene: Scene, qtbot: QtBot) -> None:
        self.scene, self.qtbot = scene, qtbot
        self.dialog = MfaDialog(scene.store, scene.actions, scene.parts)
        qtbot.addWidget(self.dialog)
        scene.ask = self.dialog.ask
        self.answers: dict[str, Session | Problem] = {}

    def want(self, name: str, asker: str = "") -> None:
        def done(answer: Session | Problem) -> None:
            self.answers[name] = answer

        self.scene.actions.sign_in(name, Wish(), done, asker=asker)

    @property
    def field(self) -> QLineEdit:
        found = self.dialog.findChild(QLineEdit)
        assert found is not None
        return found

    def type(self, code: str) -> None:
        self.qtbot.keyClicks(self.field, code)

    def says(self, name: str) -> str:
        label = self.dialog.findChild(QLabel, name)
        assert label is not None
        return label.text() if label.isVisibleTo(self.dialog) else ""

    def press(self, name: str) -> None:
        button = self.dialog.findChild(QPushButton, name)
        assert button is not None
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def next_code(self, serial: str = PHONE) -> str:
        self.scene.clock.advance(30)
        return self.scene.code(serial)

    def wrong_code(self) -> str:
        return "000000" if self.scene.code() != "000000" else "111111"


@pytest.fixture
def asked(scene: Scene, qtbot: QtBot) -> Asked:
    return Asked(scene, qtbot)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def test_accessible_names_are_the_contract(asked: Asked) -> None:
    asked.want("prod-admin")
    assert asked.dialog.isVisible()
    assert name_of(asked.dialog) == "MFA code"
    assert asked.dialog.windowTitle() == "MFA code"
    assert name_of(asked.field) == "MFA code"
    buttons = [b for b in asked.dialog.findChildren(QPushButton) if b.isVisible()]
    assert {name_of(button) for button in buttons} == {"Sign in", "Cancel"}


def test_it_sends_itself_at_the_sixth_digit(asked: Asked) -> None:
    asked.want("prod-admin")
    asked.type(asked.scene.code()[:5])
    assert asked.answers == {}
    asked.type(asked.scene.code()[5:])
    assert isinstance(asked.answers["prod-admin"], Session)
    assert not asked.dialog.isVisible()
    assert asked.field.text() == ""


def test_pasted_spaces_are_dropped(asked: Asked) -> None:
    asked.want("prod-admin")
    code = asked.scene.code()
    QApplication.clipboard().setText(f" {code[:3]} {code[3:]}\n")
    asked.qtbot.keyClick(asked.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(asked.answers["prod-admin"], Session)


@pytest.mark.parametrize(
    "typed", ["12a456", "call 417902 now", "1234567", "４１７９０２", "x" * 5000]
)
def test_what_is_no_code_is_said_and_not_sent(asked: Asked, typed: str) -> None:
    asked.want("prod-admin")
    QApplication.clipboard().setText(typed)
    asked.qtbot.keyClick(asked.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert asked.says("trouble") == "A code is six digits"
    assert asked.field.text() == ""
    assert asked.scene.store.state.queues[PHONE].sent == ()
    asked.type(asked.scene.code())
    assert isinstance(asked.answers["prod-admin"], Session)


def test_five_digits_and_the_button(asked: Asked) -> None:
    asked.want("prod-admin")
    asked.type("12345")
    asked.press("signInButton")
    assert asked.says("trouble") == "A code is six digits"
    assert asked.dialog.isVisible()
    assert asked.scene.store.state.queues[PHONE].sent == ()


def test_a_wrong_code_keeps_it_open_and_counts_to_the_next(asked: Asked) -> None:
    clock = asked.scene.clock
    clock.advance(30 - clock.now() % 30)  # a code that lives its whole half minute
    asked.want("prod-admin")
    asked.type(asked.wrong_code())
    assert asked.dialog.isVisible()
    assert "did not accept this code" in asked.says("trouble")
    before = int(asked.says("hint").split()[-2])
    asked.scene.clock.advance(2)
    asked.scene.parts.beat()
    assert before - 3 <= int(asked.says("hint").split()[-2]) <= before - 1
    assert asked.field.text() == ""
    assert asked.field.hasFocus() or not asked.dialog.isActiveWindow()
    asked.type(asked.next_code())
    assert isinstance(asked.answers["prod-admin"], Session)


def test_a_used_code_is_never_sent_twice(asked: Asked) -> None:
    asked.want("prod-admin")
    wrong = asked.wrong_code()
    asked.type(wrong)
    sent = asked.scene.store.state.queues[PHONE].sent
    asked.type(wrong)
    assert "already used" in asked.says("trouble")
    assert asked.scene.store.state.queues[PHONE].sent == sent


def test_one_code_serves_all_roles_that_share_it(asked: Asked) -> None:
    asked.want("prod-admin")
    asked.want("data-jump")
    assert "prod-admin" in asked.says("purpose")
    assert "codes are needed" not in asked.says("purpose")
    asked.type(asked.scene.code())
    assert {name for name, a in asked.answers.items() if isinstance(a, Session)} == {
        "prod-admin",
        "data-jump",
    }
    assert not asked.dialog.isVisible()


def test_a_role_with_a_code_of_its_own_takes_its_turn(asked: Asked) -> None:
    asked.want("prod-admin")
    asked.want("data-notebook")
    assert "2 codes are needed" in asked.says("purpose")
    asked.type(asked.scene.code())
    assert asked.dialog.isVisible()
    assert "data-notebook" in asked.says("purpose")
    assert "data-notebook" not in asked.answers
    asked.type(asked.next_code())
    assert isinstance(asked.answers["data-notebook"], Session)
    assert not asked.dialog.isVisible()


def test_another_device_waits_behind(asked: Asked) -> None:
    asked.want("prod-admin")
    asked.want("gov-auditor")
    assert asked.says("deviceSerial") == PHONE
    asked.type(asked.scene.code())
    assert asked.dialog.isVisible()
    assert asked.says("deviceSerial") == GOV_PHONE
    asked.type(asked.scene.code(GOV_PHONE))
    assert isinstance(asked.answers["gov-auditor"], Session)


def test_who_asks_is_said(asked: Asked) -> None:
    asked.want("prod-admin", asker="terraform (pid 4121)")
    assert asked.says("asker") == "asked by terraform (pid 4121)"


@pytest.mark.parametrize("way", ["escape", "button", "close"])
def test_giving_up_tells_everyone_who_waits(asked: Asked, way: str) -> None:
    asked.want("prod-admin")
    asked.want("data-jump")
    if way == "escape":
        asked.qtbot.keyClick(asked.field, Qt.Key.Key_Escape)
    elif way == "button":
        asked.press("cancelButton")
    else:
        asked.dialog.close()
    assert not asked.dialog.isVisible()
    codes = {n: a.code for n, a in asked.answers.items() if isinstance(a, Problem)}
    assert codes == {"prod-admin": "code_cancelled", "data-jump": "code_cancelled"}
    asked.want("prod-admin")
    assert asked.dialog.isVisible()
    assert asked.says("trouble") == ""


def test_while_a_code_is_on_its_way_nothing_more_is_sent_and_cancel_works(asked: Asked) -> None:
    asked.want("prod-admin")
    asked.scene.hold = True
    asked.type(asked.scene.code())
    assert not asked.field.isEnabled()
    asked.press("cancelButton")
    assert not asked.dialog.isVisible()
    told = asked.answers["prod-admin"]
    assert isinstance(told, Problem)
    assert told.code == "code_cancelled"
    asked.scene.let_go()
    assert asked.answers["prod-admin"] is told, "whoever waits is told once"
    assert not asked.dialog.isVisible()


def test_it_beats_each_second_only_while_it_is_open(asked: Asked) -> None:
    asked.want("prod-admin")
    assert asked.scene.parts.seconds == {"code"}
    asked.dialog.reject()
    assert asked.scene.parts.seconds == set()
