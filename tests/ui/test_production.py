"""What a mark does: loud in list, side, tray and dialogs; programs ask, and a person is asked if they chose so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rolecall.agent import Reply, Request
from rolecall.domain.journal import Asker
from rolecall.domain.settings import Settings
from rolecall.ui.confirm_dialog import ConfirmDialog
from rolecall.ui.role_menu import RoleMenu
from rolecall.ui.settings_dialog import SettingsDialog
from rolecall.ui.theme import DARK, LIGHT, Theme
from rolecall.ui.tray_icon import Mark, Picture, pixmap
from rolecall.ui.tray_items import Items
from rolecall.ui.tray_view import tray_view
from rolecall.ui.window import MainWindow
from ui.scene import Scene
from ui.test_app import READY, Desk

ROLE = "prod-readonly"
AWS = Asker(4121, "/usr/bin/aws", "", "aws", "alex")


@pytest.fixture
def window(scene: Scene, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(made)
    made.present()
    yield made
    made.hide()


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path, qapp)
    yield one
    one.close()
    assert one.faults == []


def label(parent: QWidget, name: str) -> QLabel:
    found = parent.findChild(QLabel, name)
    assert found is not None
    return found


def menu_action(window: MainWindow, role: str, name: str):  # type: ignore[no-untyped-def]
    window._show_menu(role, QPoint(0, 0))
    menu = window.findChild(RoleMenu)
    assert menu is not None
    menu.setParent(None)
    return menu, next(one for one in menu.actions() if one.objectName() == name)


# --- marking ----------------------------------------------------------------------------------------


def test_a_role_is_marked_and_unmarked_in_its_menu(scene: Scene, window: MainWindow) -> None:
    menu, action = menu_action(window, ROLE, "production")
    assert not action.isChecked()
    action.trigger()
    assert scene.store.state.settings.production == (ROLE,)
    again, action = menu_action(window, ROLE, "production")
    assert action.isChecked()
    asks, first = menu_action(window, ROLE, "askFirst")
    assert first.isChecked(), "programs ask before they get a marked role"
    first.trigger()
    assert scene.store.state.settings.unasked == (ROLE,)
    action.trigger()
    assert scene.store.state.settings.production == ()
    for one in (menu, again, asks):
        one.close()


def test_the_side_pane_marks_too_and_says_the_word(scene: Scene, window: MainWindow) -> None:
    window._list.select(ROLE)
    box = window.findChild(QCheckBox, "productionBox")
    assert box is not None
    chip = label(window, "productionChip")
    assert not chip.isVisible()
    box.click()
    assert scene.store.state.settings.production == (ROLE,)
    assert (chip.isVisible(), chip.text()) == (True, "PRODUCTION")
    box.click()
    assert scene.store.state.settings.production == ()
    assert not chip.isVisible()


def test_patterns_are_typed_in_the_settings(scene: Scene, qtbot: QtBot) -> None:
    dialog = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    field = dialog.findChild(QPlainTextEdit, "productionPatterns")
    assert field is not None
    marked = label(dialog, "markedRoles")
    assert marked.text() == "No role is marked."
    field.setPlainText("prod-*\n\n 444444444444 ")
    settings = scene.store.state.settings
    assert settings.production_patterns == ("prod-*", "444444444444")
    assert marked.text().startswith("Marked now: ")
    assert {"prod-admin", ROLE, "gov-auditor"} <= set(marked.text()[12:].split(", "))
    field.setPlainText("*")
    assert "more" in marked.text()
    check = dialog.findChild(QCheckBox, "confirmProduction")
    most = dialog.findChild(QSpinBox, "productionMinutes")
    assert check is not None
    assert most is not None
    check.click()
    most.stepUp()
    settings = scene.store.state.settings
    assert (settings.confirm_production, settings.production_minutes) == (True, 15)
    most.setValue(14)
    assert scene.store.state.settings.production_minutes == 0
    most.setValue(7)
    assert scene.store.state.settings.production_minutes == 15
    dialog.done(0)


# --- how loud it is ---------------------------------------------------------------------------------


def pixels(picture: QImage, colour: str) -> int:
    wanted = QColor(colour).rgb()
    return sum(
        picture.pixel(x, y) == wanted
        for x in range(picture.width())
        for y in range(picture.height())
    )


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_a_row_is_red_and_has_the_word_for_eyes_and_ears(
    scene: Scene, qtbot: QtBot, qapp: QApplication, theme: str, colours: object
) -> None:
    follow = Theme(qapp)
    follow.follow(theme)
    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    window.present()
    red = colours.production  # type: ignore[attr-defined]
    assert pixels(window._list.grab().toImage(), red) == 0
    scene.settings(production=(ROLE,))
    assert pixels(window._list.grab().toImage(), red) > 300
    index = window._roles.index(window._roles.row_of(ROLE))
    said = index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said.startswith("PRODUCTION, ")
    other = window._roles.index(window._roles.row_of("billing"))
    assert "PRODUCTION" not in other.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    window.hide()
    follow.follow("light")
    follow.deleteLater()


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_word_can_be_read_on_its_ground(colours: object) -> None:
    def light(name: str) -> float:
        parts = (QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF())
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(one: str, other: str) -> float:
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    c: object = colours
    assert contrast(c.production, c.on_production) >= 4.5  # type: ignore[attr-defined]
    assert contrast(c.production, c.window) >= 3  # type: ignore[attr-defined]


def test_the_tray_says_it_by_colour_shape_and_word(scene: Scene) -> None:
    scene.settings(production=(ROLE,))
    view = tray_view(scene.store.state, scene.clock.now(), Items(), unseen=False)
    assert not view.picture.production, "nobody is signed in to one"
    [account] = [item for item in view.items if item.key == "account 222222222222"]
    labels = {item.command[1]: item for item in account.children}
    assert labels[ROLE].label == f"{ROLE} · PRODUCTION"
    assert labels[ROLE].picture is not None
    assert labels["billing"].label == "billing"
    scene.sign_in("sandbox-admin")
    scene.sign_in(ROLE)
    view = tray_view(scene.store.state, scene.clock.now(), Items(), unseen=False)
    assert view.picture.production
    assert [line for line in view.tooltip.splitlines() if line.endswith("PRODUCTION")] != []
    [live] = [item for item in view.items if item.key == f"live {ROLE}"]
    assert live.label.endswith(" · PRODUCTION")
    assert live.picture is not None
    assert live.picture.production


def test_marks_that_change_are_in_the_menu_at_once(scene: Scene) -> None:
    items = Items()

    def said() -> str:
        found = items.of(scene.store.state, scene.clock.now())
        return str([[one.label for one in item.children] for item in found])

    assert "PRODUCTION" not in said()
    scene.settings(production_patterns=("prod-*",))
    assert "prod-admin · PRODUCTION" in said()
    scene.settings(not_production=("prod-admin",))
    assert "prod-admin · PRODUCTION" not in said()


@pytest.mark.parametrize("mark", list(Mark))
def test_the_icon_of_a_marked_role_has_another_outline(mark: Mark, qapp: QApplication) -> None:
    """A square and a disc differ in their corners, whatever eyes make of the colours."""
    plain, loud = (
        pixmap(Picture(mark, 0.5, "calm", production), 32).toImage() for production in (False, True)
    )
    assert plain.pixelColor(3, 3).alpha() < 40
    assert loud.pixelColor(3, 3).alpha() > 200


# --- programs and people ----------------------------------------------------------------------------


def test_a_program_asks_before_it_gets_a_marked_role(desk: Desk) -> None:
    desk.scene.settings(production=(READY,))
    replies: list[Reply] = []
    desk.app.answer(Request("export", role=READY), replies.append, AWS)
    assert replies == []
    [question] = desk.app.programs.approvals.questions.values()
    desk.app.programs.show()
    dialog = desk.app.programs._dialog
    assert dialog is not None
    assert label(dialog, "approvalChip").isVisible()
    from rolecall.domain.approval import Consent

    desk.app.programs.approvals.answer(question.key, Consent.ONCE)
    assert [int(reply.exit) for reply in replies] == [0]
    desk.scene.settings(unasked=(READY,))
    desk.app.answer(Request("export", role=READY), replies.append, AWS)
    assert len(replies) == 2, "this one role was told not to ask"


def confirm_dialog() -> ConfirmDialog | None:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, ConfirmDialog)]
    return next((one for one in found if one.isVisible()), None)


def press(dialog: QWidget, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    button.click()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("way", ["take", "copy", "console"])
def test_a_person_is_asked_once_more_where_they_chose_so(desk: Desk, way: str) -> None:
    desk.scene.settings(production=(READY,), confirm_production=True)

    def go() -> None:
        desk.app.do((way, READY, "", "json"))

    def live() -> bool:
        return desk.scene.store.state.session(READY, desk.scene.clock.now()) is not None

    go()
    dialog = confirm_dialog()
    assert dialog is not None
    assert not live()
    assert READY in label(dialog, "confirmTitle").text()
    assert dialog.focusWidget().objectName() == "confirmCancel", "Enter held down says no"
    press(dialog, "confirmCancel")
    assert confirm_dialog() is None
    assert not live()
    if way == "console":
        return  # the browser is the black-box tests' matter
    go()
    dialog = confirm_dialog()
    assert dialog is not None
    press(dialog, "confirmSignIn")
    assert live()
    go()
    assert confirm_dialog() is None, "what is live is not asked about"


def test_a_reason_travels_as_the_sessions_name(desk: Desk) -> None:
    """One that says nothing is none; renewals by themselves have the usual name."""
    desk.scene.settings(production=(ROLE,), production_reason=True)
    desk.app.sign_in(ROLE)
    dialog = confirm_dialog()
    assert dialog is not None
    field = dialog.findChild(QLineEdit, "confirmReason")
    yes = dialog.findChild(QPushButton, "confirmSignIn")
    assert field is not None
    assert yes is not None
    assert dialog.focusWidget() is field
    for nothing in ("", " ", "!!", "?"):
        field.setText(nothing)
        assert not yes.isEnabled()
    field.setText("ticket #4711: disk full")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    session = desk.scene.store.state.session(ROLE, desk.scene.clock.now())
    assert session is not None
    assert session.arn.endswith("-ticket-4711-disk-full")
    desk.app.forget(ROLE)
    desk.app.sign_in(ROLE)
    dialog = confirm_dialog()
    assert dialog is not None
    press(dialog, "confirmCancel")


def test_nobody_is_asked_about_other_roles_or_by_default(desk: Desk) -> None:
    for settings in (
        Settings(production=(READY,)),
        Settings(production=("prod-admin",), confirm_production=True),
    ):
        desk.scene.actions.change_settings(settings)
        desk.app.sign_in(READY)
        assert confirm_dialog() is None
        assert desk.scene.store.state.session(READY, desk.scene.clock.now()) is not None
        desk.app.forget(READY)
