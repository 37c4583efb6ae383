"""The line dialog: the exact line, who wants it, no key that answers by accident, one answer for all who wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from rolecall.domain.problem import Problem
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.domain.trust import accepted
from rolecall.ui.line_dialog import LineDialog
from rolecall.ui.settings_programs import ProgramsPage
from ui.scene import Scene

HELPER = "[profile {name}]\ncredential_process = {line}\n"


class Asking:
    """A scene and the dialog; `answers` by role."""

    def __init__(self, scene: Scene, qtbot: QtBot) -> None:
        self.scene = scene
        self.dialog = LineDialog(scene.store, scene.actions, scene.parts)
        qtbot.addWidget(self.dialog)
        scene.ask_line = lambda _digest: self.dialog.ask()
        self.answers: dict[str, Session | Problem] = {}

    def want(self, name: str, asker: str = "") -> None:
        def done(answer: Session | Problem) -> None:
            self.answers[name] = answer

        self.scene.actions.sign_in(name, Wish(), done, asker=asker)

    def says(self, name: str) -> str:
        label = self.dialog.findChild(QLabel, name)
        assert isinstance(label, QLabel)
        return label.text()

    @property
    def line(self) -> str:
        field = self.dialog.findChild(QPlainTextEdit, "line")
        assert isinstance(field, QPlainTextEdit)
        return field.toPlainText()

    def press(self, name: str) -> None:
        button = self.dialog.findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        button.click()


@pytest.fixture
def make_scene(tmp_path: Path) -> Iterator[Callable[..., Scene]]:
    made: list[Scene] = []

    def make(config: str | None = None) -> Scene:
        made.append(Scene(tmp_path, config))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def asking(make_scene: Callable[..., Scene], qtbot: QtBot) -> Asking:
    return Asking(make_scene(), qtbot)


def test_the_exact_line_and_who_it_belongs_to(asking: Asking) -> None:
    asking.want("vault-reader", "aws")
    asking.want("vault", "aws")
    (question,) = asking.scene.store.state.consents.values()
    assert asking.dialog.isVisible()
    assert asking.line == question.line.text
    assert asking.line.endswith('acme-vault" --item aws/robin')
    assert asking.says("lineTitle") == "vault wants to run a program"
    assert asking.says("linePurpose") == "For vault-reader and 1 more, asked by aws."
    assert "credential_process" in asking.says("lineWhy")


def test_run_it_serves_all_who_wait(asking: Asking) -> None:
    for name in ("vault-reader", "vault"):
        asking.want(name)
    asking.press("runButton")
    assert all(isinstance(answer, Session) for answer in asking.answers.values())
    assert set(asking.answers) == {"vault-reader", "vault"}
    assert not asking.dialog.isVisible()
    asking.scene.actions.forget_all()
    asking.want("vault")
    assert not asking.dialog.isVisible()


@pytest.mark.parametrize("way", ["notNowButton", "escape", "close"])
def test_not_now_runs_nothing_and_keeps_nothing(asking: Asking, way: str, qtbot: QtBot) -> None:
    asking.want("vault")
    if way == "escape":
        qtbot.keyClick(asking.dialog, Qt.Key.Key_Escape)
    elif way == "close":
        asking.dialog.close()
    else:
        asking.press(way)
    assert not asking.dialog.isVisible()
    answer = asking.answers["vault"]
    assert isinstance(answer, Problem)
    assert answer.code == "line_refused"
    assert asking.scene.store.state.settings.trusted == {}


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_meant_for_another_window_answers_nothing(
    asking: Asking, key: Qt.Key, qtbot: QtBot
) -> None:
    asking.want("vault")
    target = asking.dialog.focusWidget() or asking.dialog
    assert isinstance(target, QWidget)
    assert not isinstance(target, QPushButton)
    qtbot.keyClick(target, key)
    assert asking.dialog.isVisible()
    assert asking.answers == {}


def test_nothing_invisible_hides_in_it(make_scene: Callable[..., Scene], qtbot: QtBot) -> None:
    config = HELPER.format(name="a\u202eb", line="/opt/x \u202e --y\u200b\n  --hidden")
    asking = Asking(make_scene(config), qtbot)
    asking.want("a\u202eb")
    assert asking.line == "/opt/x \\u202e --y\\u200b\\n--hidden"
    assert asking.says("lineTitle") == "a\\u202eb wants to run a program"


def test_several_lines_are_shown_one_after_the_other(
    make_scene: Callable[..., Scene], qtbot: QtBot
) -> None:
    config = HELPER.format(name="one", line="/opt/one") + HELPER.format(name="two", line="/opt/two")
    asking = Asking(make_scene(config), qtbot)
    asking.want("one")
    asking.want("two")
    assert asking.line == "/opt/one"
    asking.press("notNowButton")
    assert (asking.line, asking.dialog.isVisible()) == ("/opt/two", True)
    asking.press("notNowButton")
    assert not asking.dialog.isVisible()
    assert len(asking.answers) == 2


def test_it_goes_when_nobody_waits_any_more(asking: Asking) -> None:
    def done(_answer: Session | Problem) -> None:
        raise AssertionError("nobody waits")

    asking.scene.actions.sign_in("vault", Wish(), done)
    assert asking.dialog.isVisible()
    asking.scene.actions.give_up("vault", Wish(), done)
    assert not asking.dialog.isVisible()


def test_settings_list_the_line_and_take_it_back(asking: Asking, qtbot: QtBot) -> None:
    asking.want("vault")
    asking.press("runButton")
    page = ProgramsPage(asking.scene.store, asking.scene.actions, lambda _problem: None)
    qtbot.addWidget(page)
    table = page._table
    shown = [table.item(0, at).text() for at in range(3)]
    assert shown[0] == "vault"
    assert shown[1].endswith('acme-vault" --item aws/robin')
    assert shown[2] == "may run"
    table.selectRow(0)
    page._remove.click()
    assert asking.scene.store.state.settings.trusted == {}
    assert table.rowCount() == 0
    page.let_go()


def test_settings_say_when_a_line_has_changed(asking: Asking, qtbot: QtBot) -> None:
    asking.want("vault")
    asking.press("runButton")
    files = asking.scene.files
    files.config.write_text(files.config.read_text().replace("aws/robin", "aws/other"))
    asking.scene.actions.reload()
    page = ProgramsPage(asking.scene.store, asking.scene.actions, lambda _problem: None)
    qtbot.addWidget(page)
    assert page._table.item(0, 1).text() == "credential_process line, changed or gone since"
    state = asking.scene.store.state
    assert not any(accepted(state.settings, each.line) for each in state.consents.values())
    page.let_go()
