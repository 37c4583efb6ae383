"""The keys at the bottom of the window: what they are called, and what they make way for."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from rolecall.ui.window import MainWindow
from ui.scene import Scene


def shown(scene: Scene, qtbot: QtBot) -> MainWindow:
    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    window.present()
    QApplication.processEvents()
    return window


def hints(window: MainWindow) -> str:
    found = window.findChild(QLabel, "keyHints")
    assert found is not None
    return found.text()


def test_hints_about_keys_make_way_for_what_counts(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window._list.select("prod-readonly")
    assert hints(window).split("    ") == ["Enter sign in", "Ctrl+Enter console", "Ctrl+C copy"]
    window.resize(560, 600)
    scene.parts.deadline = scene.clock.now() + 24
    scene.parts.beat()
    QApplication.processEvents()
    assert hints(window).split("    ")[-1] != "Ctrl+C copy"
    assert window.width() == 560
    scene.parts.deadline = None
    scene.parts.beat()
    QApplication.processEvents()
    assert hints(window).endswith("Ctrl+C copy")


def test_the_menu_calls_the_key_as_the_status_line_does(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window._list.select("prod-readonly")
    window._list.show_menu()
    menu = window.findChild(QMenu, "roleMenu")
    assert menu is not None
    keys = {each.objectName(): each.shortcut().toString() for each in menu.actions()}
    menu.close()
    assert keys["console"] == "Ctrl+Enter"
