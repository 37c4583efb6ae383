"""The side pane's room: nothing of it is cut off, whatever the window's size, the language and the font."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rolecall.ui.breaking_label import MARK, BreakingLabel
from rolecall.ui.translation import Translation
from rolecall.ui.window import MainWindow
from ui.scene import Scene

LONG = (
    "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/"
    "AWSReservedSSO_AdministratorAccess_0123456789abcdef"
)
NAMELESS = "x" * 64


def shown(scene: Scene, qtbot: QtBot, width: int = 860, height: int = 600) -> MainWindow:
    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    window.present()
    window.resize(width, height)
    QApplication.processEvents()
    return window


def cut_off(window: MainWindow) -> list[str]:
    """What of the pane reaches past its right edge."""
    side = window._side
    found = []
    for widget in side._pane.findChildren(QWidget):
        right = widget.mapTo(side.viewport(), QPoint(widget.width(), 0)).x()
        if widget.isVisible() and right > side.viewport().width():
            found.append(widget.objectName() or type(widget).__name__)
    return found


@pytest.fixture
def font(qapp: QApplication) -> Iterator[QFont]:
    """The program's font, given back afterwards."""
    before = qapp.font()
    yield QFont(before)
    qapp.setFont(before)


@pytest.mark.parametrize("points", [10, 14])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [1, 640, 860])
def test_nothing_is_cut_off(
    scene: Scene, qtbot: QtBot, qapp: QApplication, font: QFont, translation: Translation,
    points: int, language: str, width: int,
) -> None:  # fmt: skip
    font.setPointSize(points)
    qapp.setFont(font)
    translation.speak(language)
    window = shown(scene, qtbot, width)
    for name in ("alex", "prod-admin", "web-reader", "audited"):
        window._list.select(name)
        QApplication.processEvents()
        assert cut_off(window) == [], name
    assert window._list.viewport().width() >= window._list._painter.least_row()
    assert window.width() <= max(width, 640)


@pytest.mark.parametrize("typed", ["qqqq", ""])
def test_what_stands_in_the_lists_place_is_not_cut_off_either(
    tmp_path: Path, qtbot: QtBot, typed: str
) -> None:
    scene = Scene(tmp_path) if typed else Scene(tmp_path, "")
    window = shown(scene, qtbot, 1)
    window.search(typed)
    window.resize(1, 1)
    QApplication.processEvents()
    empty = window._empty
    assert empty.isVisible()
    for widget in empty.findChildren(QWidget):
        if widget.isVisible():
            assert 0 <= widget.x() <= empty.width() - widget.width(), widget.objectName()
            assert widget.height() >= max(widget.heightForWidth(widget.width()), 0)
    assert window.width() < 560
    scene.close()


def test_roles_that_come_later_find_the_room_of_a_list(tmp_path: Path, qtbot: QtBot) -> None:
    scene = Scene(tmp_path, "")
    window = shown(scene, qtbot)
    scene.files.config.write_text("[profile b]\nrole_arn = arn:aws:iam::111111111111:role/B\n")
    scene.actions.reload()
    QApplication.processEvents()
    window.resize(1, 1)
    assert window._side.isVisible()
    assert window.width() < 560
    scene.close()


def test_a_larger_font_makes_room_for_itself(
    scene: Scene, qtbot: QtBot, qapp: QApplication, font: QFont
) -> None:
    window = shown(scene, qtbot, 1)
    before = window._side.width()
    font.setPointSize(20)
    qapp.setFont(font)
    # The parts hear of the font one after the other.
    qtbot.waitUntil(lambda: window._side.width() > before and cut_off(window) == [])


def test_the_pane_of_another_role_begins_at_its_top(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot, height=380)
    window._list.select("prod-admin")
    bar = window._side.verticalScrollBar()
    QApplication.processEvents()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    window._list.select("audited")
    QApplication.processEvents()
    assert bar.value() == 0


def test_an_empty_pane_has_no_scroll_bar(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot, height=380)
    window._list.select("prod-admin")
    QApplication.processEvents()
    bar = window._side.verticalScrollBar()
    assert bar.isVisible()
    window.search("qqqq")
    QApplication.processEvents()
    assert not bar.isVisible()
    window.search("prod-admin")
    QApplication.processEvents()
    assert bar.isVisible()


@pytest.mark.parametrize("words", [LONG, NAMELESS, f"Not authorized: {LONG}."])
def test_a_word_without_blanks_breaks_where_its_label_ends(qtbot: QtBot, words: str) -> None:
    label = BreakingLabel(words)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 220
    assert label.text() == words
    assert label.accessibleName() == words
    label.clear()
    assert (label.text(), QLabel.text(label), label.accessibleName()) == ("", "", "")


@pytest.mark.parametrize("words", ["prod-admin", "One code serves every role of alex.", ""])
def test_short_words_stay_whole(qtbot: QtBot, words: str) -> None:
    label = BreakingLabel(words)
    qtbot.addWidget(label)
    assert QLabel.text(label) == words
    assert label.accessibleName() == ""


def test_who_copies_gets_the_text_and_no_marks(
    scene: Scene, qtbot: QtBot, qapp: QApplication
) -> None:
    window = shown(scene, qtbot)
    label = window._side._arn
    label.setText(LONG)
    assert MARK in QLabel.text(label)
    label.setSelection(0, len(QLabel.text(label)))
    label.setFocus()
    QTest.keyClick(label, "c", Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == LONG
