"""Own keys and devices in the windows: a seed from a picture, a device set up, one chosen, a key rotated."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rolecall.domain import totp
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.ui.mfa_dialog import MfaDialog
from rolecall.ui.qr_view import QrView, read_image
from rolecall.ui.seed_dialog import SeedDialog
from rolecall.ui.settings_dialog import SettingsDialog
from rolecall.ui.setup_dialog import SetupDialog
from ui.scene import PHONE, Scene

SEED = totp.Seed(b"canary seed of a phone")
URI = totp.uri(SEED, "alex-phone@111111111111")


def press(qtbot: QtBot, parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def picture(text: str = URI) -> QImage:
    """A picture of a QR code, as somebody might have kept it."""
    view = QrView(300)
    view.resize(300, 300)
    view.show_text(text)
    image = QImage(400, 360, QImage.Format.Format_ARGB32)
    image.fill("transparent")
    painter = QPainter(image)
    view.render(painter, view.rect().topLeft())
    painter.end()
    return image


@pytest.fixture
def keeping(scene: Scene, qtbot: QtBot) -> SeedDialog:
    dialog = SeedDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def kept(scene: Scene, serial: str = PHONE) -> bool:
    """Whether the seed is where it belongs, and said to be there."""
    stored = scene.actions._services.seeds.get(serial).secret == SEED.secret
    return stored and serial in scene.store.state.settings.seeds


def test_a_seed_from_a_picture_file_names_its_device_and_is_kept(
    keeping: SeedDialog, scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "code.png"
    assert picture().save(str(path))
    keeping._device.setEditText("")
    keeping.read_file(str(path))
    assert keeping._device.currentText() == PHONE
    press(qtbot, keeping, "keepButton")
    assert kept(scene)
    assert not keeping.isVisible()
    assert keeping._seed.text() == ""


def test_a_picture_is_dropped(keeping: SeedDialog, scene: Scene, tmp_path: Path) -> None:
    path = tmp_path / "code.png"
    assert picture().save(str(path))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    keeping.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none, QEvent.Type.Drop))
    keeping._submit()
    assert kept(scene)


def test_a_picture_or_a_text_is_pasted(keeping: SeedDialog, scene: Scene, qtbot: QtBot) -> None:
    QApplication.clipboard().setImage(picture())
    qtbot.keyClick(keeping._seed, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert totp.parse(keeping._seed.text()) == totp.parse(URI)
    keeping._seed.clear()
    QApplication.clipboard().setText(URI)
    qtbot.keyClick(keeping._seed, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    keeping._submit()
    assert kept(scene)
    QApplication.clipboard().clear()


@pytest.mark.parametrize("said", ["https://example.com", "otpauth://hotp/x?secret=ABC"])
def test_a_picture_of_something_else_is_told(keeping: SeedDialog, said: str) -> None:
    keeping._read(picture(said))
    fault = keeping.findChild(QLabel, "seedFault")
    assert fault is not None
    assert fault.text()
    assert keeping._seed.text() == ""


def test_a_file_that_is_no_picture_holds_no_code(keeping: SeedDialog, tmp_path: Path) -> None:
    path = tmp_path / "code.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\nnot a picture")
    keeping.read_file(str(path))
    assert keeping._seed.text() == ""
    assert read_image(QImage()) == []


def test_a_fault_of_several_lines_is_shown_whole(scene: Scene, qtbot: QtBot) -> None:
    keeping = SeedDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(keeping)
    keeping.show()
    keeping._device.setMinimumWidth(420)  # as a larger font, or another platform's, makes it
    fault = keeping.findChild(QLabel, "seedFault")
    assert fault is not None
    for count in range(1, 40):
        keeping._fault(0, "words " * count)
        QApplication.processEvents()
        assert fault.height() >= fault.heightForWidth(fault.width()), count


def test_what_is_no_seed_and_no_device_is_told_beside_its_field(keeping: SeedDialog) -> None:
    keeping._seed.setText("123456")
    keeping._submit()
    assert keeping._faults[0].isVisible()
    keeping._seed.setText(URI)
    keeping._device.setEditText("arn:aws:iam::111111111111:user/alex")
    keeping._submit()
    assert keeping._faults[1].isVisible()
    assert keeping.isVisible()


class Setting:
    """The set-up dialog over the embedded AWS."""

    def __init__(self, scene: Scene, qtbot: QtBot) -> None:
        self.scene, self.qtbot = scene, qtbot
        self.dialog = SetupDialog(scene.store, scene.actions, scene.parts)
        qtbot.addWidget(self.dialog)
        self.dialog.show()

    def begin(self, name: str = "alex-laptop") -> None:
        self.dialog._name.setText(name)
        press(self.qtbot, self.dialog, "nextButton")

    def codes(self) -> None:
        """Type what the phone shows, one after the other."""
        serial = self.serial
        first = self.scene.code(serial)
        self.scene.clock.advance(30)
        self.qtbot.keyClicks(self.dialog._scan.first, first)
        self.qtbot.keyClicks(self.dialog._scan.second, self.scene.code(serial))

    @property
    def serial(self) -> str:
        return self.dialog._scan.serial.text()


@pytest.fixture
def setting(scene: Scene, qtbot: QtBot) -> Setting:
    return Setting(scene, qtbot)


def test_a_device_is_set_up_and_signs_in(setting: Setting, scene: Scene) -> None:
    setting.begin()
    assert setting.serial == "arn:aws:iam::111111111111:mfa/alex-laptop"
    shown = setting.dialog._scan.qr.grab().toImage()
    (uri,) = read_image(shown)
    assert totp.parse(uri).base32.replace(" ", "") == setting.dialog._scan.letters.text().replace(
        " ", ""
    )
    setting.codes()
    line = setting.dialog.findChild(QLineEdit, "setupLine")
    assert line is not None
    assert line.text() == f"mfa_serial = {setting.serial}"
    assert setting.serial in scene.store.state.devices["alex"]
    assert setting.dialog._scan.letters.text() == ""


def test_codes_that_are_not_in_a_row_are_refused_and_others_may_follow(setting: Setting) -> None:
    setting.begin()
    setting.qtbot.keyClicks(setting.dialog._scan.first, "000000")
    setting.qtbot.keyClicks(setting.dialog._scan.second, "000000")
    assert setting.dialog._problem.isVisible()
    setting.codes()
    assert not setting.dialog._problem.isVisible()
    assert setting.dialog._at == 2


def test_a_device_left_for_later_is_gone_on_with_and_can_be_deleted(
    setting: Setting, scene: Scene, qtbot: QtBot
) -> None:
    setting.begin()
    serial = setting.serial
    press(qtbot, setting.dialog, "cancelButton")
    again = Setting(scene, qtbot)
    again.begin("another-name")
    assert again.serial == serial
    press(qtbot, again.dialog, "deleteDevice")
    assert not again.dialog.isVisible()
    assert scene.demo.aws.catalogue.device(serial) is None


def test_a_seed_that_is_to_be_kept_answers_the_next_sign_in(setting: Setting, scene: Scene) -> None:
    setting.dialog._keep.setChecked(True)
    setting.begin()
    setting.codes()
    scene.actions.own.use_device(PHONE, setting.serial)
    scene.clock.advance(30)
    answers: list[object] = []
    scene.actions.sign_in("prod-admin", Wish(), answers.append)
    assert isinstance(answers[0], Session)
    assert scene.asked_for == []


@pytest.fixture
def second_device(scene: Scene, qtbot: QtBot) -> str:
    made = Setting(scene, qtbot)
    made.begin()
    made.codes()
    made.dialog.accept()
    scene.clock.advance(60)
    return made.serial


def test_several_devices_are_a_choice_that_lasts(
    scene: Scene, qtbot: QtBot, second_device: str
) -> None:
    dialog = MfaDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    scene.ask = dialog.ask
    answers: list[object] = []
    scene.actions.sign_in("prod-admin", Wish(), answers.append)
    picker = dialog.findChild(QComboBox, "devicePicker")
    assert picker is not None
    assert picker.isVisible()
    at = picker.findData(second_device)
    picker.setCurrentIndex(at)
    picker.activated.emit(at)
    assert dialog.isVisible()
    assert dialog._serial == second_device
    qtbot.keyClicks(dialog._field, scene.code(second_device))
    assert isinstance(answers[0], Session)
    assert scene.store.state.settings.devices == {PHONE: second_device}


def test_one_device_is_no_choice(scene: Scene, qtbot: QtBot) -> None:
    dialog = MfaDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    scene.ask = dialog.ask
    scene.actions.sign_in("prod-admin", Wish(), lambda _answer: None)
    picker = dialog.findChild(QComboBox, "devicePicker")
    assert picker is not None
    assert not picker.isVisible()


@pytest.fixture
def with_program(scene: Scene) -> Scene:
    """The profile of alex names a program that prints the phone's code."""
    code = scene.code()
    text = scene.files.config.read_text()
    line = f"mfa_process = /bin/echo {code}\n"
    scene.files.config.write_text(text.replace("[profile alex]\n", f"[profile alex]\n{line}", 1))
    scene.actions.reload()
    return scene


def test_a_program_nobody_accepted_is_shown_on_request_and_then_gives_the_code(
    with_program: Scene, qtbot: QtBot
) -> None:
    scene = with_program
    dialog = MfaDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    scene.ask = dialog.ask
    answers: list[object] = []
    scene.actions.sign_in("prod-admin", Wish(), answers.append)
    press(qtbot, dialog, "seeProgram")
    (digest,) = scene.lines_wanted
    scene.actions.consents.accept(digest)
    assert isinstance(answers[0], Session)
    assert not dialog.isVisible()


def test_who_does_not_accept_the_program_may_still_type(with_program: Scene, qtbot: QtBot) -> None:
    scene = with_program
    dialog = MfaDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    scene.ask = dialog.ask
    answers: list[object] = []
    scene.actions.sign_in("prod-admin", Wish(), answers.append)
    press(qtbot, dialog, "seeProgram")
    scene.actions.consents.refuse(scene.lines_wanted[0])
    assert answers == []
    qtbot.keyClicks(dialog._field, scene.code())
    assert isinstance(answers[0], Session)


def test_a_key_is_rotated_from_the_settings(scene: Scene, qtbot: QtBot) -> None:
    choosing = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(choosing)
    choosing.show()
    choosing._tabs.setCurrentIndex(3)
    page = choosing._keys
    names = [page._keys.item(row, 0).text() for row in range(page._keys.rowCount())]
    row = names.index("alex")
    assert not page._keys.item(row, 2).text().startswith("0 day")
    page._keys.selectRow(row)
    page._rotate.click()
    question = choosing.findChild(QMessageBox, "rotateKeyQuestion")
    assert question is not None
    next(b for b in question.buttons() if b.text() == "Rotate").click()
    assert page._keys.item(row, 2).text().startswith("0 day")
    held = scene.demo.aws.callers.keys_of(scene.demo.aws.catalogue.users["alex"].principal)
    assert [scene.demo.aws.callers.is_active(key.access_key_id) for key in held] == [False, True]
    assert held[1].access_key_id in scene.files.credentials.read_text()


def test_a_seed_is_forgotten_from_the_settings(scene: Scene, qtbot: QtBot) -> None:
    scene.actions.own.keep_seed(PHONE, SEED, lambda _problem: None)
    choosing = SettingsDialog(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(choosing)
    choosing.show()
    choosing._tabs.setCurrentIndex(3)
    page = choosing._keys
    page._devices.selectRow(page._devices._names.index(PHONE))
    press(qtbot, choosing, "forgetSeed")
    assert scene.store.state.settings.seeds == ()


def test_no_seed_is_in_the_settings_file(scene: Scene) -> None:
    scene.actions.own.keep_seed(PHONE, SEED, lambda _problem: None)
    text = scene.actions._services.paths.settings_file.read_text()
    assert PHONE in text
    assert SEED.base32 not in text
    assert base64.b64encode(SEED.secret).decode() not in text


@pytest.fixture
def sam(scene: Scene) -> str:
    """A user whose policy denies IAM without MFA; returns the serial of the device."""
    held = scene.demo.aws.catalogue.users["sam"]
    serial = next(s for s, owner in scene.demo.aws.devices() if owner == held.principal)
    text = scene.files.credentials.read_text()
    scene.files.credentials.write_text(
        f"{text}\n[sam]\naws_access_key_id = {held.access_key_id}\n"
        f"aws_secret_access_key = {held.secret}\n"
    )
    profile = f"\n[profile sam]\nregion = eu-central-1\nmfa_serial = {serial}\n"
    scene.files.config.write_text(scene.files.config.read_text() + profile)
    scene.actions.reload()
    return serial


def test_where_a_policy_wants_mfa_one_code_is_asked_for_and_the_rotation_goes_on(
    scene: Scene, sam: str
) -> None:
    role = next(one for one in scene.actions.own.identities() if one.name == "sam")
    answers: list[object] = []
    scene.actions.own.rotate(role, lambda _do, _done: None, answers.append, finish=True)
    assert scene.asked_for == [sam]
    assert answers == []
    scene.actions.give_code(sam, scene.code(sam))
    (outcome,) = answers
    assert outcome.step is None  # type: ignore[attr-defined]
    principal = scene.demo.aws.catalogue.users["sam"].principal
    (key,) = scene.demo.aws.callers.keys_of(principal)
    assert key.access_key_id in scene.files.credentials.read_text()


def test_nobody_is_asked_for_a_code_only_to_tell_an_age(scene: Scene, sam: str) -> None:
    role = next(one for one in scene.actions.own.identities() if one.name == "sam")
    answers: list[object] = []
    scene.actions.own.key_facts(role, answers.append)
    scene.actions.own.devices(role, answers.append)
    assert scene.asked_for == []
    assert answers[0].from_iam is False  # type: ignore[attr-defined]
    assert answers[1] == (sam,)


def test_what_a_command_wrote_into_the_settings_is_taken_over(scene: Scene) -> None:
    path = scene.actions._services.paths.settings_file
    scene.settings(favourites=("billing",))
    path.write_text(f'seeds = ["{PHONE}"]\n{path.read_text()}')
    scene.actions.reread_settings()
    assert scene.store.state.settings.seeds == (PHONE,)
    path.write_text("not TOML = = =")
    scene.actions.reread_settings()
    assert scene.store.state.settings.seeds == (PHONE,)
