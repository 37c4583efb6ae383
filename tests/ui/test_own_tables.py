"""The tables of the settings: what is in a column stands under its header, and a warning stays one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rolecall.doctor import KeyFacts
from rolecall.ui.own_tables import OwnTable
from rolecall.ui.settings_dialog import SettingsDialog
from rolecall.ui.theme import dress
from ui.scene import Scene


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Something to stand in."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def table(window: QWidget) -> OwnTable:
    """One that says the same letter in its header and in its row, and warns."""
    found = OwnTable("keys", 3, window)
    QVBoxLayout(window).addWidget(found)
    found.setHorizontalHeaderLabels(["H", "H", "H"])
    found.fill([("one", ("H", "H", "H"))], loud={"one"})
    dress(window)
    window.resize(500, 300)
    window.show()
    QApplication.processEvents()
    return found


def first_ink(picture: QImage, area: QRect) -> int:
    """The first column of `area` in which something is drawn."""
    ground = picture.pixelColor(area.center().x(), area.bottom())
    for x in range(area.left(), area.right()):
        if any(picture.pixelColor(x, y) != ground for y in range(area.top(), area.bottom() + 1)):
            return x - area.left()
    return -1


def test_cells_stand_under_their_headers(table: OwnTable) -> None:
    picture = table.viewport().grab().toImage()
    head = table.horizontalHeader()
    header = head.viewport().grab().toImage()
    for column in range(3):
        left, wide = head.sectionPosition(column), head.sectionSize(column)
        cell = table.visualItemRect(table.item(0, column)).adjusted(0, 2, 0, -2)
        above = QRect(left, 3, wide, head.height() - 7)
        assert first_ink(picture, cell) == first_ink(header, above) > 0


def test_a_warning_keeps_its_colour_in_the_chosen_row(table: OwnTable) -> None:
    def reddest() -> int:
        picture = table.viewport().grab(table.visualItemRect(table.item(0, 2))).toImage()
        inks = [
            picture.pixelColor(x, y)
            for x in range(picture.width())
            for y in range(picture.height())
        ]
        return max(ink.red() - ink.blue() for ink in inks)

    assert reddest() > 80
    table.selectRow(0)
    QApplication.processEvents()
    assert reddest() > 80


def test_a_table_asks_for_the_room_of_its_rows(table: OwnTable) -> None:
    one = table.sizeHint().height()
    rows = [(str(at), ("a", "b", "c")) for at in range(3)]
    table.fill(rows)
    assert table.sizeHint().height() == one + 2 * table.rowHeight(0)
    table.fill([(str(at), ("a", "b", "c")) for at in range(100)])
    assert table.sizeHint().height() < one + 10 * table.rowHeight(0)


def test_no_header_turns_bold_under_a_choice(scene: Scene, qtbot: QtBot) -> None:
    dialog = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    tables = dialog.findChildren(QTableView)
    assert len(tables) == 4
    assert not any(each.horizontalHeader().highlightSections() for each in tables)


def test_a_key_whose_age_nobody_knows_for_sure_has_a_lower_bound(
    scene: Scene, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    dialog.show()
    page = dialog._keys
    dialog._tabs.setCurrentWidget(page)
    facts = next(each for each in page._facts.values() if isinstance(each, KeyFacts))
    now = scene.parts.now()
    assert page._age(replace(facts, since=now, from_iam=False)) == "today or earlier"
    assert page._age(replace(facts, since=now, from_iam=True)).startswith("0 day")
    assert "or more" in page._age(replace(facts, since=now - 3 * 86400, from_iam=False))
