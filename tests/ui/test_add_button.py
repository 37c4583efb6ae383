"""The plus: pressed by mouse, keyboard or a screen reader, its menu opens and stays no loop of its own."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from rolecall.ui.add_button import AddButton
from ui.scene import Scene


def test_a_screen_readers_press_opens_the_menu(scene: Scene, qtbot: QtBot) -> None:
    button = AddButton(scene.parts)
    qtbot.addWidget(button)
    button.show()
    reader = QAccessible.queryAccessibleInterface(button)
    actions = reader.actionInterface()
    assert isinstance(actions, QAccessibleActionInterface)
    actions.doAction(actions.pressAction())
    menu = button.findChild(QMenu, "addMenu")
    assert menu is not None
    assert menu.isVisible()
    assert menu.actions()[0].objectName() == "addRole"
    menu.hide()
