"""The list of roles where it gets narrow: what a row keeps, and which of its buttons can be pressed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from rolecall.ui.role_delegate import fitted_details
from rolecall.ui.role_search import Entry
from rolecall.ui.window import MainWindow
from ui.scene import Scene

ENTRY = Entry("prod-admin", "222222222222", "Payments of everybody", "eu-central-1")
NUMBER = "2222 2222 2222"

LOST = (
    "[profile lost]\nrole_arn = arn:aws:iam::111111111111:role/Lost\nsource_profile = gone\n"
    "[profile alex]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n"
    "[profile found]\nrole_arn = arn:aws:iam::111111111111:role/Found\nsource_profile = alex\n"
)


@pytest.fixture
def lost(tmp_path: Path, qtbot: QtBot) -> Iterator[Scene]:
    """A role that leads nowhere, and one that leads somewhere."""
    made = Scene(tmp_path, LOST)
    yield made
    made.close()


def shown(scene: Scene, qtbot: QtBot, width: int = 860) -> MainWindow:
    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    window.resize(width, 600)
    window.present()
    return window


def enabled(window: MainWindow) -> dict[str, bool]:
    bar = window._list.actions_bar
    return {each.objectName(): each.isEnabled() for each in bar.findChildren(QToolButton)}


def test_the_region_goes_first_then_the_accounts_name_and_never_the_number(qapp: object) -> None:
    metrics = QFontMetrics(QApplication.font())
    whole = metrics.horizontalAdvance(ENTRY.details)
    named = metrics.horizontalAdvance(f"{ENTRY.account_name} · {NUMBER}")
    assert fitted_details(metrics, ENTRY, whole) == ENTRY.details
    assert fitted_details(metrics, ENTRY, whole - 1) == f"Payments of everybody · {NUMBER}"
    shorter = fitted_details(metrics, ENTRY, named - 20)
    assert shorter.startswith("Paym")
    assert shorter.endswith(f"… · {NUMBER}")
    assert fitted_details(metrics, ENTRY, metrics.horizontalAdvance(NUMBER) + 5) == NUMBER
    assert fitted_details(metrics, ENTRY, metrics.horizontalAdvance(NUMBER) - 1) == ""


def test_what_fits_is_no_wider_than_its_room(qapp: object) -> None:
    metrics = QFontMetrics(QApplication.font())
    for wide in range(400):
        assert metrics.horizontalAdvance(fitted_details(metrics, ENTRY, wide)) <= wide


def test_where_the_buttons_find_no_room_the_texts_keep_it(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot, 560)
    window._list.select("prod-admin")
    assert not window._list.actions_bar.isVisible()
    assert window._list._painter.actions_width == 0
    window.resize(860, 600)
    qtbot.waitUntil(window._list.actions_bar.isVisible)
    assert window._list._painter.actions_width == window._list.actions_bar.width()


def test_a_role_that_leads_nowhere_offers_neither_console_nor_copy(
    lost: Scene, qtbot: QtBot
) -> None:
    window = shown(lost, qtbot)
    window._list.select("lost")
    assert enabled(window) == {"rowConsole": False, "rowCopy": False, "rowMore": True}
    window._list.select("found")
    assert enabled(window) == {"rowConsole": True, "rowCopy": True, "rowMore": True}


def test_while_a_role_is_signed_in_to_its_buttons_wait(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window._list.select("prod-readonly")
    scene.hold = True
    scene.parts.sign_in("prod-readonly")
    assert not enabled(window)["rowCopy"]
    scene.let_go()
    assert enabled(window)["rowCopy"]
