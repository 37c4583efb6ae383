"""The window "Journal": what it shows, finds, draws and exports; the page and menu about programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QScrollArea, QTableWidget
from pytestqt.qtbot import QtBot

from rolecall.domain.approval import Consent, asking, remember
from rolecall.domain.journal import Entry, How, Outcome
from rolecall.ui import journal_model
from rolecall.ui.journal_dialog import JournalDialog
from rolecall.ui.journal_model import JournalModel, how_words, outcome_words, program_words
from rolecall.ui.journaling import Journaling
from rolecall.ui.refusal_words import refusal_words
from rolecall.ui.role_menu import RoleMenu
from rolecall.ui.settings_dialog import SettingsDialog
from rolecall.ui.theme import DARK, LIGHT, Theme, account_colour
from rolecall.ui.timeline import Timeline
from ui import journal_scene
from ui.scene import Scene


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot) -> Iterator[Scene]:
    now = datetime(2026, 11, 23, 16, 20).astimezone().timestamp()
    made = Scene(tmp_path, start=now)
    journal_scene.write(tmp_path / "journal.jsonl", now)
    yield made
    made.close()


@pytest.fixture
def journal(scene: Scene, tmp_path: Path) -> Journaling:
    return Journaling(scene.actions, scene.run, tmp_path / "journal.jsonl")


@pytest.fixture
def dialog(scene: Scene, journal: Journaling, qtbot: QtBot) -> JournalDialog:
    made = JournalDialog(journal, scene.parts)
    qtbot.addWidget(made)
    made.show()
    return made


def timeline(dialog: JournalDialog) -> Timeline:
    found = dialog.findChild(Timeline, "timeline")
    assert found is not None
    return found


def cell(dialog: JournalDialog, row: int, column: int) -> str:
    return str(dialog._model.data(dialog._model.index(row, column)))


def test_the_newest_stands_first_and_says_who_asked_for_what(dialog: JournalDialog) -> None:
    assert dialog.windowTitle() == dialog.accessibleName() == "Journal"
    words = [cell(dialog, 1, column) for column in range(1, 6)]
    assert words == ["prod-admin", "aws (pid 5230)", "credentials", "cancelled", ""]
    assert [cell(dialog, 0, column) for column in (2, 3, 4, 5)] == ["you", "copy", "served", "60"]
    assert dialog._count.text() == f"{dialog._model.rowCount()} entries"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_timeline_has_the_frame_of_the_table(
    scene: Scene, journal: Journaling, qtbot: QtBot, qapp: QApplication, theme: str
) -> None:
    Theme(qapp).follow(theme)
    try:
        made = JournalDialog(journal, scene.parts)
        qtbot.addWidget(made)
        made.show()
        scroll = made.findChild(QScrollArea, "timelineScroll")
        frames = [
            [picture.pixelColor(*at) for at in ((0, 60), (60, 0), (0, 0), (1, 1), (2, 1))]
            for picture in (each.grab().toImage() for each in (scroll, made._table))
        ]
        assert frames[0] == frames[1]
    finally:
        Theme(qapp).follow("light")


def test_a_search_narrows_table_timeline_and_export(dialog: JournalDialog, tmp_path: Path) -> None:
    dialog._field.setText("terraform denied")
    assert dialog._model.rowCount() == 7
    assert [row.role for row in timeline(dialog)._rows] == ["prod-admin"]
    dialog._save(tmp_path / "out.csv", "csv", tuple(dialog._fitting))
    dialog._save(tmp_path / "out.json", "json", tuple(dialog._fitting))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_bytes().decode())))
    assert {(row["program"], row["outcome"]) for row in rows} == {("terraform", "denied")}
    assert len(json.loads((tmp_path / "out.json").read_text())) == 7
    dialog._field.setText("nothing like it")
    assert dialog._model.rowCount() == 0
    assert not dialog.findChild(QPushButton, "exportCsv").isEnabled()
    assert timeline(dialog).accessibleDescription() == "Nothing happened in this time"


def test_an_export_that_cannot_be_written_says_so(dialog: JournalDialog, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    dialog._save(tmp_path / "folder", "csv", tuple(dialog._fitting))
    assert dialog._problem.isVisible()


def test_the_export_asks_where_to_without_a_loop_of_its_own(dialog: JournalDialog) -> None:
    dialog.findChild(QPushButton, "exportJson").click()
    asking_where = dialog.findChild(QFileDialog, "exportDialog")
    assert asking_where.isVisible()
    assert asking_where.selectedFiles()[0].endswith("rolecall-journal.json")
    asking_where.reject()


def test_the_timeline_goes_by_days_and_weeks(dialog: JournalDialog) -> None:
    shown = timeline(dialog)
    today = dialog._period.text()
    assert "2026" in today
    assert len(shown._rows) == 6
    QTest.keyClick(shown, Qt.Key.Key_PageUp)
    assert dialog._period.text() != today
    dialog._today.click()
    assert dialog._period.text() == today
    dialog._one_week.click()
    assert shown._days == 7
    assert sum(len(row.spans) for row in shown._rows) > 30
    dialog._after.click()
    assert shown._rows == []
    dialog._before.click()
    assert len(shown._rows) == 6


def test_everything_drawn_is_reached_and_said_by_keyboard(dialog: JournalDialog) -> None:
    shown = timeline(dialog)
    assert shown.accessibleName() == "Timeline"
    assert "6" in shown.accessibleDescription()
    heard: list[str] = []
    for _ in range(len(shown._rows)):
        QTest.keyClick(shown, Qt.Key.Key_Down)
        heard.append(shown.accessibleDescription())
        for _ in shown._marks[shown._at[0]][1:]:
            QTest.keyClick(shown, Qt.Key.Key_Right)
            heard.append(shown.accessibleDescription())
    drawn = sum(len(marks) for marks in shown._marks)
    assert len(set(heard)) == len(heard) == drawn
    for said, times in (("refused at", 2), ("denied by you at", 1), ("cancelled at", 1)):
        assert sum(said in words for words in heard) == times
    for _ in range(20):
        QTest.keyClick(shown, Qt.Key.Key_Up)
        QTest.keyClick(shown, Qt.Key.Key_Left)
    assert shown._at == (0, 0)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert dialog._field.text() == "prod-readonly"


def test_a_click_chooses_a_mark_and_a_line_of_the_table_its_day(dialog: JournalDialog) -> None:
    shown = timeline(dialog)
    box = shown._box(2, shown._marks[2][0])
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert shown._at == (2, 0)
    assert "sandbox-admin: from" in shown.accessibleDescription()
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    today = dialog._period.text()
    dialog._table.selectRow(dialog._model.rowCount() - 1)
    assert dialog._period.text() != today


def alike(one: QColor, other: QColor) -> bool:
    """The same but for what smoothing an edge makes of it."""
    parts = zip(one.getRgb(), other.getRgb(), strict=True)
    return all(abs(first - second) <= 2 for first, second in parts)


def test_bars_have_the_colour_of_their_account(
    dialog: JournalDialog, qapp, qtbot: QtBot, scene: Scene
) -> None:
    shown = timeline(dialog)
    theme = Theme(qapp)
    for name, colours in (("light", LIGHT), ("dark", DARK)):
        theme.follow(name)
        qapp.processEvents()
        picture = shown.grab().toImage()
        for number, row in enumerate(shown._rows):
            for mark in shown._marks[number]:
                point = shown._box(number, mark).center().toPoint()
                wanted = account_colour(row.account)
                if not mark.bar:
                    wanted = QColor(colours.wrong if mark.cross else colours.muted)
                assert alike(picture.pixelColor(point), wanted), (name, mark)
    theme.follow("")


def test_new_entries_come_by_themselves(
    dialog: JournalDialog, journal: Journaling, scene: Scene
) -> None:
    before = dialog._model.rowCount()
    journal.begin("sealed", How.COPY)("access_denied")
    assert dialog._model.rowCount() == before + 1
    assert cell(dialog, 0, 4) == "refused · by AWS"
    scene.hold = True
    dialog.reload()
    journal.begin("sealed", How.COPY)("access_denied")
    scene.let_go()
    assert dialog._model.rowCount() == before + 2
    dialog.close()
    journal.begin("sealed", How.COPY)("access_denied")
    assert dialog._model.rowCount() == before + 2


def test_names_are_shown_as_they_are_and_nothing_hides() -> None:
    from rolecall.domain.journal import Asker

    odd = Entry(
        1.0, "<b>x</b>\n\u202eq", Outcome.SERVED, asker=Asker(3, "/<i>", "", "a\u200b", "u")
    )
    model = JournalModel()
    model.show([odd])
    words = [str(model.data(model.index(0, column))) for column in range(6)]
    assert words[1] == "<b>x</b> \\u202eq"
    assert words[2] == "a\\u200b (pid 3)"
    assert model.data(model.index(0, 2), Qt.ItemDataRole.ToolTipRole).startswith("/&lt;i>")


def test_a_refusal_says_why_in_words_and_keeps_its_code_for_the_tool_tip_and_exports(
    dialog: JournalDialog, tmp_path: Path
) -> None:
    dialog._field.setText("by AWS")
    assert dialog._model.rowCount() > 0, "what is shown is found"
    index = dialog._model.index(0, 4)
    assert "access_denied" not in dialog._model.data(index)
    assert "access_denied" in dialog._model.data(index, Qt.ItemDataRole.ToolTipRole)
    dialog._save(tmp_path / "out.csv", "csv", tuple(dialog._fitting))
    assert "access_denied" in (tmp_path / "out.csv").read_text()
    model = JournalModel()
    model.show([Entry(1.0, "x", Outcome.REFUSED, problem="of_a_later_version")])
    assert model.data(model.index(0, 4)) == "refused"


def test_every_problem_that_can_end_a_request_has_words() -> None:
    """Those whose code stands in the modules that answer for a role; what only commands say is left out."""
    package = Path(journal_model.__file__).parents[1]
    files = [
        *(package / "acting").glob("*.py"),
        *(package / "proving").glob("*.py"),
        *(package / "aws").glob("*.py"),
        *(package / "domain" / name for name in ("plan.py", "roads.py", "proof.py", "lock.py")),
        *(package / "domain" / name for name in ("profile_problems.py", "saml_problems.py", "trust.py")),
    ]  # fmt: skip
    codes = {
        found
        for file in files
        if not file.name.startswith("iam")
        for found in re.findall(
            r"(?:Problem|_Entry|_problem|_Refusal)\(\s*\"([a-z_]+)\"",
            file.read_text(encoding="utf-8"),
        )
    }
    assert len(codes) > 80
    told_without = {"code_cancelled"}
    assert not [code for code in sorted(codes - told_without) if not refusal_words(code)]


def test_what_a_person_broke_off_is_cancelled_and_what_they_declined_is_denied(
    journal: Journaling,
) -> None:
    found: list[Entry] = []
    journal.subscribe(found.append)
    for code in ("sign_in_cancelled", "code_cancelled", "forgotten", "line_refused", "saml_status"):
        journal.begin("sealed", How.SESSION)(code)
    cancelled, denied, refused = Outcome.CANCELLED, Outcome.DENIED, Outcome.REFUSED
    assert [entry.outcome for entry in found] == [cancelled] * 3 + [denied, refused]


def test_every_outcome_and_way_has_its_word() -> None:
    for outcome in Outcome:
        for how in How:
            entry = Entry(1.0, "x", outcome, how)
            assert outcome_words(entry)
            assert program_words(entry)
            assert how_words(entry) or how is How.END


def test_answers_are_shown_in_the_settings_and_taken_back(scene: Scene, qtbot: QtBot) -> None:
    role = scene.store.state.catalogue.role("billing")
    settings = asking(scene.store.state.settings, role, first=True)
    settings = remember(settings, "billing", "/usr/bin/terraform", Consent.ALWAYS)
    scene.actions.change_settings(settings)
    dialog = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    table = dialog.findChild(QTableWidget, "programs")
    remove = dialog.findChild(QPushButton, "removeAnswer")
    rows = [[table.item(row, column).text() for column in range(3)] for row in range(2)]
    assert rows == [
        ["billing", "", "asks first"],
        ["billing", "/usr/bin/terraform", "always"],
    ]
    assert not remove.isEnabled()
    table.selectRow(1)
    remove.click()
    assert scene.store.state.settings.approvals == {}
    table.selectRow(0)
    remove.click()
    assert scene.store.state.settings.ask_first == ()
    assert table.rowCount() == 0
    dialog.done(0)


def test_a_roles_menu_makes_it_ask_first(scene: Scene, qtbot: QtBot) -> None:
    from rolecall.ui.window import MainWindow

    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    window.present()
    for wanted in (True, False):
        window._show_menu("billing", QPoint(0, 0))
        menu = window.findChild(RoleMenu)
        [action] = [one for one in menu.actions() if one.objectName() == "askFirst"]
        assert action.isChecked() is not wanted
        action.trigger()
        assert scene.store.state.settings.ask_first == (("billing",) if wanted else ())
        menu.setParent(None)
    window.hide()
