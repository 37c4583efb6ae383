"""The dialog that adds roles from an Identity Center, over the embedded one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from aws.embedded import fetch, fetch_json
from rolecall.acting.portals import Looked
from rolecall.domain.identity_center import Found
from rolecall.domain.proof import Step, StepKind
from rolecall.storage.entries_file import read_entries
from rolecall.ui.center_dialog import CenterDialog
from ui.scene import Scene

BROWSER = Path(__file__).parents[1] / "aws" / "approving_browser.py"


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """A person whose browser says yes."""
    monkeypatch.setenv("BROWSER", f"{sys.executable} {BROWSER} allow %s")
    made = Scene(tmp_path)
    yield made
    made.close()


def opened(scene: Scene, qtbot: QtBot) -> CenterDialog:
    dialog = CenterDialog(scene.actions, scene.parts)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def go(dialog: CenterDialog) -> QPushButton:
    return dialog.findChild(QPushButton, "goButton")


def press(dialog: CenterDialog, name: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def said(dialog: CenterDialog, name: str) -> str:
    label = dialog.findChild(QLabel, name)
    return label.text() if label.isVisible() else ""


def rows(dialog: CenterDialog) -> list[tuple[str, ...]]:
    model = dialog.findChild(QTableView, "offers").model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def listed(scene: Scene, qtbot: QtBot) -> CenterDialog:
    """Signed in, and everything seen."""
    dialog = opened(scene, qtbot)
    press(dialog, "goButton", qtbot)
    assert len(rows(dialog)) == 6
    return dialog


def test_a_known_session_is_offered_with_its_region(scene: Scene, qtbot: QtBot) -> None:
    dialog = opened(scene, qtbot)
    portal = dialog.findChild(QComboBox, "startUrl")
    region = dialog.findChild(QLineEdit, "centerRegion")
    assert (portal.currentText(), region.text(), region.isEnabled()) == (
        "acme", "eu-central-1", False,
    )  # fmt: skip
    portal.setEditText("https://other.awsapps.com/start")
    assert (region.text(), region.isEnabled()) == ("", True)


@pytest.mark.parametrize(
    ("url", "region", "fault"),
    [
        ("http://plain.example", "eu-west-1", "startUrlFault"),
        ("https://other.awsapps.com/start", "Ireland", "centerRegionFault"),
        ("https://other.awsapps.com/start", "", "centerRegionFault"),
    ],
)
def test_faults_stand_beside_their_field(
    scene: Scene, qtbot: QtBot, url: str, region: str, fault: str
) -> None:
    dialog = opened(scene, qtbot)
    dialog.findChild(QComboBox, "startUrl").setEditText(url)
    dialog.findChild(QLineEdit, "centerRegion").setText(region)
    press(dialog, "goButton", qtbot)
    assert said(dialog, fault)
    assert go(dialog).text() == "Sign in"
    dialog.findChild(QComboBox, "startUrl").setEditText("")
    assert not said(dialog, fault)


def test_sign_in_choose_add(scene: Scene, qtbot: QtBot) -> None:
    dialog = listed(scene, qtbot)
    assert ("Payments", "2222 2222 2222", "PowerUser", "payments-poweruser") in rows(dialog)
    assert not go(dialog).isEnabled()
    field = dialog.findChild(QLineEdit, "offerSearch")
    qtbot.keyClicks(field, "readonly")
    assert [row[0] for row in rows(dialog)] == ["Payments", "Sandbox"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    table = dialog.findChild(QTableView, "offers")
    qtbot.keyClick(table, Qt.Key.Key_Space)
    field.clear()
    assert go(dialog).text().startswith("Add 1 role")
    before = scene.files.config.read_bytes()
    press(dialog, "goButton", qtbot)
    assert not dialog.isVisible()
    assert scene.store.state.catalogue.profiles["payments-readonly"]["sso_role_name"] == "ReadOnly"
    assert scene.files.config.read_bytes() == before
    assert scene.parts.asked[-1] == ("window", "payments-readonly")
    assert scene.store.state.settings.accounts["222222222222"] == "Payments"
    scene.sign_in("payments-readonly")
    assert scene.store.state.session("payments-readonly", scene.clock.now())


def test_all_that_are_shown_and_the_config_on_request(scene: Scene, qtbot: QtBot) -> None:
    dialog = listed(scene, qtbot)
    every = dialog.findChild(QCheckBox, "chooseShown")
    every.click()
    assert (
        go(dialog).text().startswith("Add 3 role")
    )  # three are there already and cannot be chosen
    every.click()
    assert not go(dialog).isEnabled()
    every.click()
    dialog.findChild(QCheckBox, "writeConfig").click()
    press(dialog, "goButton", qtbot)
    assert "[profile sandbox-readonly]\n# rolecall: owned" in scene.files.config.read_text()


def test_rows_that_are_there_already_cannot_be_chosen(scene: Scene, qtbot: QtBot) -> None:
    dialog = listed(scene, qtbot)
    model = dialog.findChild(QTableView, "offers").model()
    at = next(row for row, cells in enumerate(rows(dialog)) if cells[3] == "payments-poweruser")
    index = model.index(at, 0)
    assert index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert not model.flags(index) & Qt.ItemFlag.ItemIsEnabled
    assert not model.setData(index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Payments PowerUser"


def test_each_step_is_shown(scene: Scene, qtbot: QtBot) -> None:
    dialog = opened(scene, qtbot)
    scene.hold = True
    press(dialog, "goButton", qtbot)
    assert said(dialog, "centerStep") == "One moment…"
    assert not go(dialog).isVisible()
    by_code = dialog.findChild(QPushButton, "byCodeButton")
    dialog._told(Step(StepKind.BROWSER, until=scene.clock.now() + 600))
    assert "browser" in said(dialog, "centerStep")
    assert by_code.isVisible()
    dialog._told(Step(StepKind.DEVICE, "https://device.example/", "ABCD-EFGH"))
    assert (said(dialog, "centerCode"), said(dialog, "centerAddress")) == (
        "ABCD-EFGH", "https://device.example/",
    )  # fmt: skip
    assert not by_code.isVisible()
    press(dialog, "copyCode", qtbot)
    press(dialog, "openPage", qtbot)
    assert scene.parts.asked == [("copy text", "ABCD-EFGH"), ("page", "https://device.example/")]
    dialog._told(Step(StepKind.DEVICE, "--profile=/tmp", "ABCD-EFGH"))
    assert not dialog.findChild(QPushButton, "openPage").isVisible()
    dialog._told(Step(StepKind.PROGRESS, done=3, total=600))
    assert "3 of 600" in said(dialog, "centerStep")


def test_cancelling_ends_the_look(scene: Scene, qtbot: QtBot) -> None:
    dialog = opened(scene, qtbot)
    scene.hold = True
    press(dialog, "goButton", qtbot)
    press(dialog, "cancelButton", qtbot)
    assert not dialog.isVisible()
    scene.let_go()  # the Job hears that nobody wants it
    actions = [call["action"] for call in fetch_json(f"{scene.demo.aws.demo_url}/calls")]
    assert "CreateToken" not in actions
    assert "ListAccounts" not in actions


def test_back_ends_the_look_and_begins_anew(scene: Scene, qtbot: QtBot) -> None:
    dialog = opened(scene, qtbot)
    scene.hold = True
    press(dialog, "goButton", qtbot)
    press(dialog, "backButton", qtbot)
    assert go(dialog).text() == "Sign in"
    scene.let_go()
    assert go(dialog).text() == "Sign in"


def test_what_was_seen_stays_and_the_rest_can_be_asked_for(scene: Scene, qtbot: QtBot) -> None:
    url = scene.demo.aws.demo_url
    fetch(
        f"{url}/fault", {"kind": "slow", "seconds": "0", "action": "ListAccountRoles", "count": "2"}
    )
    fetch(f"{url}/fault", {"kind": "garbage", "action": "ListAccountRoles"})
    dialog = opened(scene, qtbot)
    press(dialog, "goButton", qtbot)
    assert [row[0] for row in rows(dialog)] == ["Identity", "Payments", "Payments"]
    again = dialog.findChild(QPushButton, "againButton")
    assert again.isVisible()
    dialog._offers.model.toggle(0)
    press(dialog, "againButton", qtbot)
    assert len(rows(dialog)) == 6
    assert not again.isVisible()
    assert go(dialog).text().startswith("Add 1 role")  # what was chosen before still is


def test_nothing_at_all_goes_back_to_the_start(scene: Scene, qtbot: QtBot) -> None:
    dialog = opened(scene, qtbot)
    fetch(f"{scene.demo.aws.demo_url}/fault", {"kind": "garbage", "count": "9"})
    press(dialog, "goButton", qtbot)
    assert go(dialog).text() == "Sign in"
    assert dialog.findChild(QLabel, "problemTitle") or dialog._problem.isVisible()


def test_a_file_that_cannot_be_written_loses_nothing(scene: Scene, qtbot: QtBot) -> None:
    dialog = listed(scene, qtbot)
    dialog._offers.model.toggle(0)
    entries = scene.demo.folder / "config" / "roles.toml"
    entries.unlink()
    entries.mkdir()
    press(dialog, "goButton", qtbot)
    assert dialog.isVisible()
    assert dialog._problem.isVisible()
    assert go(dialog).isEnabled()
    entries.rmdir()
    press(dialog, "goButton", qtbot)
    assert read_entries(entries)[0]


def test_answers_after_the_end_change_nothing(scene: Scene, qtbot: QtBot) -> None:
    dialog = opened(scene, qtbot)
    dialog.reject()
    dialog._looked(Looked(Found()))
    dialog._told(Step(StepKind.WAITING))
    assert not dialog.isVisible()
