"""Own roles in the window: the form, the import, the role's menu, sessions with fewer rights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from rolecall.domain.entry_form import ROADS
from rolecall.domain.presets import preset
from rolecall.storage.entries_file import read_entries
from rolecall.ui.import_dialog import ImportDialog
from rolecall.ui.role_form import RoleForm
from rolecall.ui.role_model import standing, state_words
from rolecall.ui.window import MainWindow
from ui.scene import Scene

ARN = "arn:aws:iam::333333333333:role/Audited"


@pytest.fixture
def scene(tmp_path: Path, qtbot: QtBot) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.close()


def form(scene: Scene, qtbot: QtBot, name: str = "", road: str = "") -> RoleForm:
    shown = RoleForm(scene.store, scene.actions, scene.parts, name)
    qtbot.addWidget(shown)
    shown.show()
    if road:
        at = [each.name for each in ROADS].index(road)
        shown._roads.setCurrentIndex(at)
        shown._roads.activated.emit(at)
    return shown


def fill(shown: RoleForm, **values: str) -> None:
    for field in shown._fields:
        if field.field.key in values:
            field.editor.put(values[field.field.key])
    shown._changed()


def entries(scene: Scene) -> dict[str, dict[str, str]]:
    return read_entries(scene.actions._services.paths.entries_file)[0]


def test_a_role_typed_in_is_listed_and_can_be_taken(scene: Scene, qtbot: QtBot) -> None:
    shown = form(scene, qtbot)
    qtbot.keyClicks(shown._name, "typed")
    fill(shown, role_arn=ARN, source_profile="alex", source_identity="alex", session_tags="team=a")
    assert not shown._preview.diagram.isHidden()
    assert "session tags" in " ".join(
        label.text() for label in shown._preview.diagram.findChildren(QLabel)
    )
    qtbot.mouseClick(shown._save, Qt.MouseButton.LeftButton)
    assert shown.isHidden()
    assert entries(scene)["typed"]["session_tags"] == "team=a"
    scene.sign_in("typed")
    session = scene.store.state.session("typed", scene.clock.now())
    assert session is not None
    assert session.packed_policy_size is not None


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(
    scene: Scene, qtbot: QtBot
) -> None:
    before = entries(scene)
    shown = form(scene, qtbot)
    shown._submit()
    assert not shown._name_fault.isHidden()
    qtbot.keyClicks(shown._name, "alex")
    fill(shown, role_arn="arn:nonsense", source_profile="alex", session_tags="a;b=c")
    shown._submit()
    told = {f.field.key: f.fault.text() for f in shown._fields if f.fault.text()}
    assert set(told) == {"role_arn", "session_tags"}
    assert told["role_arn"].startswith("Write “Role ARN” as")
    assert "taken" in shown._name_fault.text()
    assert shown.isVisible()
    assert entries(scene) == before


def test_the_console_of_a_user_says_that_it_allows_everything(scene: Scene, qtbot: QtBot) -> None:
    shown = form(scene, qtbot, road="federation")
    qtbot.keyClicks(shown._name, "my console")
    fill(shown, federation_name="alex", source_profile="alex")
    assert "allows everything" in shown._preview.loud.text()
    assert not shown._preview.loud.isHidden()
    shown._submit()
    scene.sign_in("my console")
    assert scene.store.state.session("my console", scene.clock.now()) is not None


def test_tab_goes_through_the_fields_as_they_stand(scene: Scene, qtbot: QtBot) -> None:
    shown = form(scene, qtbot, road="root")
    shown._name.setFocus()
    seen = []
    for _ in range(6):
        qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Tab)
        seen.append(shown.focusWidget().objectName())
    assert seen == [
        "root_account", "root_task_policy", "source_profile", "region", "cancelButton", "saveRole",
    ]  # fmt: skip


def test_a_task_of_root_is_chosen_from_aws_list(scene: Scene, qtbot: QtBot) -> None:
    shown = form(scene, qtbot, road="root")
    qtbot.keyClicks(shown._name, "root queue")
    fill(
        shown,
        root_account="222222222222",
        source_profile="alex",
        root_task_policy="SQSUnlockQueuePolicy",
    )
    shown._submit()
    assert entries(scene)["root queue"]["root_task_policy"] == "SQSUnlockQueuePolicy"
    scene.sign_in("root queue")
    session = scene.store.state.session("root queue", scene.clock.now())
    assert session is not None
    assert session.lifetime <= 900


def test_an_own_role_is_renamed_and_changed(scene: Scene, qtbot: QtBot) -> None:
    scene.sign_in("audited")
    shown = form(scene, qtbot, "audited")
    assert {f.field.key: f.editor.value() for f in shown._fields}["source_identity"] == "alex"
    shown._name.setText("renamed")
    fill(shown, source_identity="")
    shown._submit()
    assert "audited" not in entries(scene)
    assert "source_identity" not in entries(scene)["renamed"]
    assert scene.store.state.session("audited", scene.clock.now()) is None


def test_the_menu_edits_exports_and_removes_an_own_role(scene: Scene, qtbot: QtBot) -> None:
    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    window.present()
    window._own_roles.do("edit", "audited")
    assert ("add role", "audited") in scene.parts.asked
    window._own_roles.do("export", "again")
    assert "[profile again]" in scene.files.config.read_text()
    window.findChild(QMessageBox, "roleExported").close()
    window._own_roles.do("export", "audited")
    assert scene.parts.problems[-1].code == "entry_not_exportable"
    window._own_roles.do("remove", "audited-report")
    box = window.findChild(QMessageBox, "removeRole")
    buttons = {button.text(): button for button in box.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Remove"], Qt.MouseButton.LeftButton)
    assert "audited-report" not in entries(scene)


def test_fewer_rights_are_offered_where_aws_takes_them_and_shown_where_they_live(
    scene: Scene, qtbot: QtBot
) -> None:
    window = MainWindow(scene.store, scene.actions, scene.parts)
    qtbot.addWidget(window)
    window.present()
    assert window._narrowings("alex") == []
    assert window._narrowings("root-audit") == []
    window._show_menu("prod-readonly", window.pos())
    menu = window.findChild(QMenu, "narrow_read-only")
    menu.actions()[0].trigger()
    now = scene.clock.now()
    assert scene.store.state.session("prod-readonly", now) is None
    assert [one.name for one in scene.store.state.narrowed(now)] == ["prod-readonly"]
    assert "fewer rights" in state_words(standing(scene.store.state, "prod-readonly", now))
    window._list.select("prod-readonly")
    window._side.show_role("prod-readonly")
    words = [label.text() for label in window._side._narrowed.findChildren(QLabel)]
    assert any("Read-only" in each for each in words)
    role = scene.store.state.catalogue.role("prod-readonly")
    found = preset("read-only", role)
    assert found is not None
    assert scene.store.state.session("prod-readonly", now, found.wish.scope) is not None
    assert window._side._forget.isEnabled()


def test_an_import_shows_what_comes_and_adds_what_stays_chosen(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "accounts.yaml"
    file.write_text(
        "live:\n  team: a\n  region: eu-west-1\n  color: b\n  profiles:\n"
        "    - {profile: dev, account: '333333333333', role: Dev}\n"
        "    - {profile: ops, account: '333333333333', role: Ops}\n"
        "    - {profile: alex, account: '333333333333', role: Alex}\n"
    )
    shown = ImportDialog(scene.store, scene.actions, scene.parts, scene.run)
    qtbot.addWidget(shown)
    shown.show()
    assert not shown._add.isEnabled()
    shown._tool.setCurrentIndex(shown._tool.findData("logsmith"))
    shown._file.setText(str(file))
    assert shown._list.count() == 2
    assert "alex" in shown._told.text()
    assert "access-key" in shown._told.text()
    shown._list.item(1).setCheckState(Qt.CheckState.Unchecked)
    shown._submit()
    assert shown.isHidden()
    assert "dev" in entries(scene)
    assert "ops" not in entries(scene)


def test_a_file_of_another_form_is_a_problem_in_the_dialog(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "accounts.yaml"
    file.write_text("a: [")
    shown = ImportDialog(scene.store, scene.actions, scene.parts, scene.run)
    qtbot.addWidget(shown)
    shown.show()
    shown._tool.setCurrentIndex(shown._tool.findData("logsmith"))
    shown._file.setText(str(file))
    shown._read()
    assert not shown._problem.isHidden()
    assert not shown._add.isEnabled()


@pytest.mark.parametrize(
    ("road", "typed"),
    [
        ("oidc", {"oidc_issuer": "https://idp.example", "oidc_client_id": "me", "role_arn": ARN}),
        ("preset", {"oidc_preset": "google", "oidc_client_id": "me", "role_arn": ARN}),
        (
            "cognito",
            {"cognito_identity_pool_id": "eu-central-1:12345678-1234-1234-1234-123456789012"},
        ),
        ("token_file", {"web_identity_token_file": "/var/run/secrets/token", "role_arn": ARN}),
    ],
)
def test_roles_that_begin_with_a_token(
    scene: Scene, qtbot: QtBot, road: str, typed: dict[str, str]
) -> None:
    shown = form(scene, qtbot, road=road)
    qtbot.keyClicks(shown._name, "by-token")
    fill(shown, **typed)
    assert not shown._preview.diagram.isHidden()
    qtbot.mouseClick(shown._save, Qt.MouseButton.LeftButton)
    assert entries(scene)["by-token"] == typed
    again = form(scene, qtbot, "by-token")
    assert again._road.name == road
