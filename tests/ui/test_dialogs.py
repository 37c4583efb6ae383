"""Adding and moving keys, settings, the demo's authenticator, about, and what the theme does to them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rolecall.domain.problem import Exit, Problem, ProblemError, Text
from rolecall.domain.session import Credentials
from rolecall.ui import key_entry
from rolecall.ui.about import AboutDialog
from rolecall.ui.account_bar import account_bar
from rolecall.ui.add_key_dialog import AddKeyDialog
from rolecall.ui.demo_window import DemoWindow
from rolecall.ui.import_dialog import ImportDialog
from rolecall.ui.portal import _dark
from rolecall.ui.settings_dialog import SettingsDialog
from rolecall.ui.theme import DARK, LIGHT, Theme, account_colour, colours, dress
from ui.scene import PHONE, Scene

SECRET = "canary/SECRET+0123456789abcdefghijklmnop"
KEY_ID = "AKIAIOSFODNN7EXAMPLE"


def press(qtbot: QtBot, parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def text(parent: QWidget, name: str) -> str:
    label = parent.findChild(QLabel, name)
    return label.text() if label is not None and label.isVisibleTo(parent) else ""


@pytest.fixture
def adding(scene: Scene, qtbot: QtBot) -> AddKeyDialog:
    dialog = AddKeyDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def fill(qtbot: QtBot, dialog: AddKeyDialog, **values: str) -> None:
    for name, value in values.items():
        field = dialog.findChild(QLineEdit, name)
        assert field is not None
        field.clear()
        qtbot.keyClicks(field, value)


def test_a_key_is_kept_and_nothing_of_it_stays_in_the_dialog(
    adding: AddKeyDialog, scene: Scene, qtbot: QtBot
) -> None:
    fill(qtbot, adding, identityName="kim", accessKeyId=KEY_ID, secretKey=SECRET, mfaSerial=PHONE)
    press(qtbot, adding, "storeButton")
    assert scene.secrets.get("kim") == Credentials(KEY_ID, SECRET)
    assert scene.store.state.settings.identities["kim"].mfa_serial == PHONE
    assert "kim" in scene.store.state.catalogue
    assert not adding.isVisible()
    assert all(not field.text() for field in adding.findChildren(QLineEdit))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("identityName", "", "name"),
        ("identityName", "two words", "no spaces"),
        ("identityName", "prod-admin", "A role has this name"),
        ("identityName", "alex", "already"),
        ("accessKeyId", "", "missing"),
        ("accessKeyId", "ASIAIOSFODNN7EXAMPLE", "temporary"),
        ("accessKeyId", "AIDAIOSFODNN7EXAMPLE", "user or role"),
        ("accessKeyId", "akia", "16 or more"),
        ("secretKey", "", "missing"),
        ("secretKey", SECRET[:-1], "this has 39"),
        ("secretKey", SECRET[:-1] + "!", "letters, digits"),
        ("mfaSerial", "arn:aws:iam::111111111111:user/kim", "ARN of the user"),
        ("mfaSerial", "my phone", "mfa/NAME"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_kept(
    adding: AddKeyDialog, scene: Scene, qtbot: QtBot, name: str, value: str, said: str
) -> None:
    right = {"identityName": "kim", "accessKeyId": KEY_ID, "secretKey": SECRET, "mfaSerial": ""}
    fill(qtbot, adding, **{**right, name: value})
    press(qtbot, adding, "storeButton")
    assert said in text(adding, f"{name}Fault")
    assert SECRET not in "".join(label.text() for label in adding.findChildren(QLabel))
    assert adding.isVisible()
    assert not scene.store.state.settings.identities


def test_the_secret_is_never_readable_on_the_screen(adding: AddKeyDialog) -> None:
    field = adding.findChild(QLineEdit, "secretKey")
    assert field is not None
    assert field.echoMode() is QLineEdit.EchoMode.Password


def test_a_keyring_that_refuses_keeps_what_was_typed(
    adding: AddKeyDialog, scene: Scene, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = Problem("keyring_locked", Text("The keyring is locked"), exit=Exit.KEYRING)

    def put(_identity: str, _credentials: Credentials) -> None:
        raise ProblemError(locked)

    monkeypatch.setattr(scene.secrets, "put", put)
    fill(qtbot, adding, identityName="kim", accessKeyId=KEY_ID, secretKey=SECRET)
    press(qtbot, adding, "storeButton")
    assert text(adding, "problemTitle") == "The keyring is locked"
    field = adding.findChild(QLineEdit, "secretKey")
    assert field is not None
    assert field.text() == SECRET


def test_keys_of_the_files_are_offered_and_moved(
    adding: AddKeyDialog, scene: Scene, qtbot: QtBot
) -> None:
    offered = adding.findChild(QComboBox, "movableKeys")
    assert offered is not None
    names = [offered.itemText(row) for row in range(offered.count())]
    assert "alex" in names
    offered.setCurrentText("alex")
    press(qtbot, adding, "moveButton")
    assert scene.secrets.get("alex").access_key_id.startswith("AKIA")
    assert scene.secrets.get("alex").secret_access_key not in scene.files.credentials.read_text()
    assert "alex" not in [offered.itemText(row) for row in range(offered.count())]


def test_device_serials_of_hardware_are_taken() -> None:
    assert key_entry.device_fault("GAHT12345678") == ""
    assert key_entry.device_fault(PHONE) == ""


@pytest.fixture
def choosing(scene: Scene, qtbot: QtBot) -> SettingsDialog:
    scene.parts.starts_at_login = True
    dialog = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def child(dialog: SettingsDialog, kind: type, name: str):
    found = dialog.findChild(kind, name)
    assert found is not None
    return found


def test_every_choice_counts_at_once_and_is_saved(choosing: SettingsDialog, scene: Scene) -> None:
    box = child(choosing, QComboBox, "format")
    box.setCurrentIndex(box.findData("fish"))
    theme = child(choosing, QComboBox, "theme")
    theme.setCurrentIndex(theme.findData("dark"))
    child(choosing, QSpinBox, "clipboard").setValue(0)
    child(choosing, QSpinBox, "noticeFirst").setValue(20)
    child(choosing, QCheckBox, "renew").setChecked(False)
    child(choosing, QCheckBox, "hideToTray").setChecked(False)
    now = scene.store.state.settings
    assert (now.copy_format, now.theme, now.clipboard_seconds) == ("fish", "dark", 0)
    assert now.notices == (20, 2)
    assert (now.renew, now.hide_to_tray) == (False, False)
    scene.actions.load()
    assert scene.store.state.settings == now


def test_keeping_and_locking_are_choices_saved_at_once(
    choosing: SettingsDialog, scene: Scene
) -> None:
    assert child(choosing, QCheckBox, "keepSessions").isChecked()
    for name in ("keepSessions", "lockOnSleep", "lockOnScreenLock"):
        child(choosing, QCheckBox, name).click()
    now = scene.store.state.settings
    assert (now.keep_sessions, now.lock_on_sleep, now.lock_on_screen_lock) == (False, True, True)
    scene.actions.load()
    assert scene.store.state.settings == now


def test_start_at_login_shows_what_is_true(choosing: SettingsDialog, scene: Scene) -> None:
    box = child(choosing, QCheckBox, "startAtLogin")
    assert box.isChecked()
    box.click()
    assert scene.parts.starts_at_login is False
    scene.parts.set_autostart = lambda _wanted: None  # type: ignore[method-assign]
    box.click()
    assert not box.isChecked()


def test_accounts_are_named_in_place(choosing: SettingsDialog, scene: Scene) -> None:
    table = child(choosing, QTableWidget, "accounts")
    rows = {table.item(row, 0).text(): row for row in range(table.rowCount())}
    before = dict(scene.store.state.settings.accounts)
    table.item(rows["2222 2222 2222"], 1).setText("Money")
    assert scene.store.state.settings.accounts == {**before, "222222222222": "Money"}
    table.item(rows["2222 2222 2222"], 1).setText(" ")
    before.pop("222222222222", None)
    assert scene.store.state.settings.accounts == before


def test_a_key_is_removed_only_after_a_question(
    choosing: SettingsDialog, scene: Scene, qtbot: QtBot
) -> None:
    scene.actions.move_key("build", lambda _problem: None)
    keys = choosing._keys
    rows = [keys._keys.item(row, 0).text() for row in range(keys._keys.rowCount())]
    keys._keys.selectRow(rows.index("build"))
    keys._remove.click()
    question = choosing.findChild(QMessageBox, "removeKeyQuestion")
    assert question is not None
    assert "build" in scene.store.state.settings.identities
    remove = next(b for b in question.buttons() if b.text() == "Remove")
    remove.click()
    assert "build" not in scene.store.state.settings.identities


def test_closed_dialogs_hear_nothing_more(
    choosing: SettingsDialog, adding: AddKeyDialog, scene: Scene
) -> None:
    before = len(scene.store._told)
    choosing.accept()
    adding.reject()
    assert len(scene.store._told) == before - 5


def test_the_authenticator_shows_and_copies_codes(scene: Scene, qtbot: QtBot) -> None:
    codes = [(PHONE, "123456", 20.0)]
    window = DemoWindow(lambda: codes, scene.parts)
    qtbot.addWidget(window)
    window.show()
    assert scene.parts.seconds == {"demo"}
    assert text(window, "demoCode") == "123 456"
    codes[0] = (PHONE, "654321", 30.0)
    scene.parts.beat()
    assert text(window, "demoCode") == "654 321"
    with qtbot.waitSignal(window.copied) as copied:
        press(qtbot, window, "copyCode")
    assert copied.args == ["654321"]


def test_about_offers_the_demo(scene: Scene, qtbot: QtBot) -> None:
    dialog = AboutDialog(scene.store, scene.parts)
    qtbot.addWidget(dialog)
    dialog.show()
    press(qtbot, dialog, "demoButton")
    assert scene.parts.asked == [("demo",)]


def test_about_says_where_sessions_are_as_the_setting_has_it(scene: Scene, qtbot: QtBot) -> None:
    for kept, said in ((True, "kept in a file encrypted"), (False, "end with the program")):
        scene.settings(keep_sessions=kept)
        dialog = AboutDialog(scene.store, scene.parts)
        qtbot.addWidget(dialog)
        words = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert said in words
        assert "identity providers" in words


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    found = Theme(qapp)
    yield found
    found.follow("light")


def test_windows_follow_the_theme_while_they_are_open(
    theme: Theme, choosing: SettingsDialog, qapp: QApplication
) -> None:
    theme.follow("dark")
    qapp.processEvents()
    assert colours() is DARK
    assert DARK.accent in choosing.styleSheet()
    theme.follow("light")
    qapp.processEvents()
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window
    assert LIGHT.accent in choosing.styleSheet()


def test_the_portal_decides_only_where_nothing_else_does(theme: Theme) -> None:
    theme.follow("light")
    theme.portal_said(True)
    assert colours() is LIGHT
    theme.follow("")
    assert theme.desktop_unknown == (colours() is DARK)
    assert _dark((("v", ("u", 1)),)) is True
    assert _dark((("v", ("u", 2)),)) is False
    assert _dark((("v", ("u", 0)),)) is None
    assert _dark(("org.freedesktop.portal.Error.NotFound",)) is None


def test_an_account_keeps_its_colour_and_none_is_red() -> None:
    assert account_colour("222222222222") == account_colour("222222222222")
    hues = {account_colour(f"{n:012}").hue() for n in range(200)}
    assert len(hues) > 8
    assert not any(hue < 20 or hue > 335 for hue in hues)


@pytest.mark.parametrize("ratio", [1.0, 2.0, 1.5])
def test_an_accounts_bar_has_its_colour_on_a_chosen_row_too(qapp: object, ratio: float) -> None:
    icon = account_bar("222222222222", ratio)
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        picture = icon.pixmap(QSize(16, 16), ratio, mode)
        assert picture.width() == round(16 * ratio)
        middle = picture.toImage().pixelColor(round(8 * ratio), round(8 * ratio))
        assert middle == account_colour("222222222222")


def right_of(widget: QWidget, window: QWidget) -> int:
    return widget.mapTo(window, widget.rect().topRight()).x()


def test_a_dialogs_buttons_stand_at_its_bottom(adding: AddKeyDialog) -> None:
    moves, store = adding._moves, adding._store_button
    assert moves.isVisible()
    assert store.y() > moves.geometry().bottom()
    assert adding.height() - store.geometry().bottom() < 30


def test_what_stands_in_one_row_has_room_between(scene: Scene, qtbot: QtBot) -> None:
    dialog = ImportDialog(scene.store, scene.actions, scene.parts, scene.run)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._browse.x() - dialog._file.geometry().right() > 6
    assert right_of(dialog._browse, dialog) == right_of(dialog._tool, dialog)


def test_close_ends_where_the_pages_end(scene: Scene, qtbot: QtBot) -> None:
    dialog = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._tabs.setCurrentWidget(dialog._accounts)
    assert right_of(dialog._close, dialog) == right_of(dialog._accounts._table, dialog)


def test_a_link_begins_where_the_text_above_it_begins(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    label, link = QLabel("Hello"), QPushButton("Hello")
    link.setProperty("kind", "link")
    column.addWidget(label)
    column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    dress(window)
    window.show()
    begins = []
    for widget in (label, link):
        picture = widget.grab().toImage()
        ground = picture.pixelColor(picture.width() - 1, 0)
        inked = (
            x
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y) != ground
        )
        begins.append(widget.x() + next(inked))
    assert begins[0] == begins[1]


@pytest.mark.parametrize("kind", [QPushButton, QCheckBox])
def test_what_has_the_focus_wears_one_mark_of_it(
    qtbot: QtBot, kind: type[QPushButton | QCheckBox]
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, widget = QLineEdit(), kind("ooooooooo")
    column.addWidget(first)
    column.addWidget(widget)
    dress(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.setFocus()
    before = widget.grab().toImage()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert widget.hasFocus()
    after = widget.grab().toImage()
    middle = range(25, 120)  # between the border or the box at the left, and above the letters
    assert all(after.pixelColor(x, 5) == before.pixelColor(x, 5) for x in middle)
