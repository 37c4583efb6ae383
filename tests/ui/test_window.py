"""The main window over the embedded AWS: what a person sees, types and hears."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from rolecall.domain.problem import Problem, Text
from rolecall.ui.problem_bar import ProblemBar
from rolecall.ui.role_list import RoleList
from rolecall.ui.window import MainWindow
from ui.scene import PHONE, Scene, many


def shown(scene: Scene, qtbot: QtBot) -> MainWindow:
    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):  # shortcuts belong to the active window
        window.present()
    return window


def field(window: MainWindow) -> QLineEdit:
    found = window.findChild(QLineEdit, "searchField")
    assert found is not None
    return found


def rows(window: MainWindow) -> QListView:
    found = window.findChild(QListView, "roles")
    assert found is not None
    return found


def texts(
    window: MainWindow, role: Qt.ItemDataRole = Qt.ItemDataRole.AccessibleTextRole
) -> list[str]:
    model = rows(window).model()
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def descriptions(window: MainWindow) -> dict[str, str]:
    said = texts(window, Qt.ItemDataRole.AccessibleDescriptionRole)
    return dict(zip(texts(window), said, strict=True))


def button(window: QWidget, name: str) -> QAbstractButton:
    found = [b for b in window.findChildren(QAbstractButton) if accessible_name(b) == name]
    assert len(found) == 1, (name, found)
    return found[0]


def accessible_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def label(window: QWidget, name: str) -> str:
    found = window.findChild(QLabel, name)
    assert found is not None
    return found.text() if found.isVisibleTo(window) else ""


def test_accessible_names_are_the_contract(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    assert window.windowTitle() == "Rolecall"
    assert accessible_name(field(window)) == "Search roles"
    assert accessible_name(rows(window)) == "Roles"
    for name in ("Open console", "Copy credentials", "Renew", "Forget"):
        assert button(window, name)


def test_rows_are_called_by_the_role_and_described_by_account_state_and_time(
    scene: Scene, qtbot: QtBot
) -> None:
    scene.settings(accounts={"222222222222": "Payments"})
    scene.sign_in("prod-admin")
    window = shown(scene, qtbot)
    assert set(texts(window)) == set(scene.store.state.catalogue.names())
    said = descriptions(window)
    assert "Payments 222222222222" in said["prod-admin"]
    assert re.search(r"live, (1:00:00|59:\d\d) left", said["prod-admin"])
    assert "needs code" in said["gov-auditor"]
    assert "ready" in said["prod-readonly"]


def test_the_countdown_follows_the_clock(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in("sandbox-admin")
    window = shown(scene, qtbot)
    scene.advance(3600)
    assert re.search("live, 1[01]:(00|59):", descriptions(window)["sandbox-admin"])
    scene.settings(renew=False)
    scene.advance(12 * 3600)
    assert "ready" in descriptions(window)["sandbox-admin"]


def test_live_and_pinned_roles_stand_above_the_others(scene: Scene, qtbot: QtBot) -> None:
    scene.settings(favourites=("ci-deploy", "billing"))
    scene.sign_in("prod-readonly")
    window = shown(scene, qtbot)
    assert texts(window)[:4] == ["prod-readonly", "ci-deploy", "billing", "alex"]


def test_typing_narrows_and_the_arrows_move_in_the_list(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    qtbot.keyClicks(field(window), "readonly")
    assert texts(window) == ["prod-readonly", "proto-readonly"]
    every = len(list(scene.store.state.catalogue.names()))
    assert label(window, "searchCount") == f"2 of {every}"
    assert label(window, "roleTitle") == "prod-readonly"
    qtbot.keyClick(field(window), Qt.Key.Key_Down)
    assert label(window, "roleTitle") == "proto-readonly"
    qtbot.keyClick(field(window), Qt.Key.Key_Up)
    assert label(window, "roleTitle") == "prod-readonly"


def test_enter_signs_in_and_copies_where_that_is_done(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window.search("prod-readonly")
    qtbot.keyClick(field(window), Qt.Key.Key_Return)
    assert scene.store.state.session("prod-readonly", scene.clock.now())
    assert scene.parts.asked == []
    qtbot.keyClick(field(window), Qt.Key.Key_Return)
    assert scene.parts.asked == [("copy", "prod-readonly", "")]


def test_keys_for_console_copy_pin_and_settings(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window.search("prod-readonly")
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Return, Qt.Key.Key_C, Qt.Key.Key_Comma, Qt.Key.Key_D, Qt.Key.Key_Q):
        qtbot.keyClick(field(window), key, control)
    assert scene.parts.asked == [
        ("console", "prod-readonly", "", ""), ("copy", "prod-readonly", ""), ("settings",), ("quit",),
    ]  # fmt: skip
    assert scene.store.state.settings.favourites == ("prod-readonly",)


def test_copying_marked_text_of_the_search_is_not_copying_credentials(
    scene: Scene, qtbot: QtBot
) -> None:
    window = shown(scene, qtbot)
    window.search("prod")
    field(window).selectAll()
    qtbot.keyClick(field(window), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert scene.parts.asked == []


@pytest.mark.parametrize("tray", [True, False])
def test_escape_clears_then_hides_only_into_a_tray(scene: Scene, qtbot: QtBot, tray: bool) -> None:
    scene.parts.tray = tray
    window = shown(scene, qtbot)
    window.search("prod")
    qtbot.keyClick(field(window), Qt.Key.Key_Escape)
    assert field(window).text() == ""
    assert window.isVisible()
    qtbot.keyClick(field(window), Qt.Key.Key_Escape)
    assert window.isVisible() is not tray


@pytest.mark.parametrize(
    ("tray", "wanted", "hides"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_closing_hides_or_ends(
    scene: Scene, qtbot: QtBot, tray: bool, wanted: bool, hides: bool
) -> None:
    scene.parts.tray = tray
    scene.settings(hide_to_tray=wanted)
    window = shown(scene, qtbot)
    window.close()
    assert window.isVisible() is not hides
    assert (("quit",) in scene.parts.asked) is not hides


def test_seconds_are_asked_for_only_while_it_is_seen(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    assert scene.parts.seconds == {"window"}
    window.hide()
    assert scene.parts.seconds == set()


def test_a_refusal_is_explained_with_ranked_causes(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window.search("sealed")
    qtbot.keyClick(field(window), Qt.Key.Key_Return)
    assert "refused" in descriptions(window)["sealed"]
    assert "sealed" in label(window, "problemTitle")
    assert label(window, "cause1").startswith("1. ")
    assert label(window, "remedy2")
    qtbot.mouseClick(button(window, "Forget"), Qt.MouseButton.LeftButton)
    assert "ready" in descriptions(window)["sealed"]
    assert not window.findChild(QWidget, "problem").isVisible()


def test_the_route_says_why_and_buttons_do_what_they_say(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in("prod-admin")
    window = shown(scene, qtbot)
    window.search("prod-admin")
    assert "one hour" in label(window, "reasons")
    assert label(window, "roleArn") == "arn:aws:iam::222222222222:role/Admin"
    qtbot.mouseClick(button(window, "Open console"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(window, "Copy credentials"), Qt.MouseButton.LeftButton)
    first = scene.store.state.session("prod-admin", scene.clock.now())
    qtbot.mouseClick(button(window, "Renew"), Qt.MouseButton.LeftButton)
    assert scene.store.state.session("prod-admin", scene.clock.now()) != first
    qtbot.mouseClick(button(window, "Forget"), Qt.MouseButton.LeftButton)
    assert scene.store.state.session("prod-admin", scene.clock.now()) is None
    assert scene.parts.asked == [
        ("console", "prod-admin", "", "eu-central-1"),
        ("copy", "prod-admin", ""),
    ]
    assert not button(window, "Renew").isEnabled()


def test_the_menu_of_a_row_by_keyboard(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window.search("prod-admin")
    qtbot.keyClick(field(window), Qt.Key.Key_Menu)
    menu = window.findChild(QMenu, "roleMenu")
    assert menu is not None
    formats = menu.findChild(QMenu, "copyMenu")
    assert formats is not None
    next(a for a in formats.actions() if a.data() == "fish").trigger()
    next(a for a in menu.actions() if a.objectName() == "pin").trigger()
    assert scene.parts.asked == [("copy", "prod-admin", "fish")]
    assert scene.store.state.settings.favourites == ("prod-admin",)
    menu.close()


def test_nothing_in_aws_offers_a_key_and_the_demo(tmp_path: Path, qtbot: QtBot) -> None:
    scene = Scene(tmp_path, config="")
    window = shown(scene, qtbot)
    assert label(window, "emptyTitle") == "No roles yet"
    for name in ("emptyAddKey", "emptyDemo"):
        pressed = window.findChild(QAbstractButton, name)
        assert pressed is not None
        qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    assert scene.parts.asked == [("add key",), ("demo",)]
    scene.close()


def test_a_broken_file_is_named_and_the_rest_is_listed(tmp_path: Path, qtbot: QtBot) -> None:
    config = (
        "[profile a]\nregion = x\n[profile a]\nregion = y\n"
        "[profile b]\nrole_arn = arn:aws:iam::111111111111:role/B\nsource_profile = gone\n"
    )
    scene = Scene(tmp_path, config=config)
    window = shown(scene, qtbot)
    assert str(scene.files.config) in label(window, "problemLine")
    assert texts(window) == ["b"]
    assert "problem" in descriptions(window)["b"]
    assert "gone" in label(window, "problemTitle")
    scene.files.config.write_text("[profile b]\nrole_arn = arn:aws:iam::111111111111:role/B\n")
    scene.actions.reload()
    assert label(window, "problemLine") == ""
    scene.close()


def test_the_buttons_are_away_while_somebody_types(tmp_path: Path, qtbot: QtBot) -> None:
    scene = Scene(tmp_path, config=many(50))
    window = shown(scene, qtbot)
    roles = window.findChild(RoleList)
    assert roles is not None
    bar = roles.actions_bar
    assert bar.isVisibleTo(window)
    roles.hold_actions()
    roles.select("web-prod-admin-004")
    assert not bar.isVisibleTo(window)
    roles.release_actions()
    assert bar.isVisibleTo(window)
    roles.hold_actions()
    roles.step(1)  # whoever goes through the rows types no more
    assert bar.isVisibleTo(window)
    window.search("prod")  # the scene's pauses are over at once
    assert bar.isVisibleTo(window)
    assert " of " in label(window, "searchCount")
    scene.close()


def test_five_hundred_roles_are_capped_honestly(tmp_path: Path, qtbot: QtBot) -> None:
    scene = Scene(tmp_path, config=many(500))
    window = shown(scene, qtbot)
    assert len(texts(window)) == 200
    assert "301 more" in label(window, "moreRows")
    window.search("web-prod-admin-004")
    assert texts(window)[0] == "web-prod-admin-004"
    assert label(window, "moreRows") == ""
    scene.close()


def test_an_outside_change_of_the_files_keeps_the_chosen_role(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window.search("prod-admin")
    window.search("")
    rows(window).setCurrentIndex(rows(window).model().index(4, 0))
    chosen = label(window, "roleTitle")
    text = scene.files.config.read_text()
    scene.files.config.write_text(
        "[profile first]\nrole_arn = arn:aws:iam::999999999999:role/F\n" + text
    )
    scene.actions.reload()
    assert "first" in texts(window)
    assert label(window, "roleTitle") == chosen


def test_a_problem_without_a_place_of_its_own_is_shown_and_dismissed(
    scene: Scene, qtbot: QtBot
) -> None:
    window = shown(scene, qtbot)
    window.problem(Problem("x", Text("The keyring is locked"), remedy=Text("Unlock it.")))
    assert label(window, "problemLine") == "The keyring is locked"
    close = window.findChild(QAbstractButton, "problemClose")
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert label(window, "problemLine") == ""


def test_unfolded_problems_say_each_title_once(scene: Scene, qtbot: QtBot) -> None:
    bar = ProblemBar(str)
    qtbot.addWidget(bar)
    keyring = Problem("x", Text("The keyring is locked"), remedy=Text("Unlock it."))
    file = Problem("y", Text("A section is there twice"), file="/home/a/.aws/config", line=3)
    bar.show_of_files((file,))
    bar.show_problem(keyring)
    bar.show()
    line = bar.findChild(QLabel, "problemLine")
    assert line.text() == "The keyring is locked, and 1 more"
    bar.findChild(QAbstractButton, "problemShow").click()
    said = [each.text() for each in bar.findChildren(QLabel) if each.isVisible()]
    assert said == [
        "The keyring is locked", "Unlock it.", "A section is there twice", "/home/a/.aws/config:3",
    ]  # fmt: skip
    bar.findChild(QAbstractButton, "problemShow").click()
    assert line.text() == "The keyring is locked, and 1 more"


def test_no_secret_stands_in_any_label(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in("prod-admin", "prod-readonly")
    window = shown(scene, qtbot)
    window.search("prod-admin")
    said = "\n".join(widget.text() for widget in window.findChildren(QLabel))
    for session in (*scene.store.state.sessions.values(), *scene.store.state.shared.values()):
        for secret in (session.credentials.secret_access_key, session.credentials.session_token):
            assert secret not in said
            assert all(secret not in text for text in descriptions(window).values())


def test_every_control_has_a_name_or_a_label(scene: Scene, qtbot: QtBot) -> None:
    window = shown(scene, qtbot)
    window.search("prod-admin")
    for control in window.findChildren(QAbstractButton):
        assert accessible_name(control), control.objectName()
    assert PHONE in scene.store.state.catalogue.role("prod-admin").device
