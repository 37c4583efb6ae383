"""The guide of a SAML sign-in: paste, file, refusals, the choice of a role while its minutes run, giving up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rolecall.demo.saml_company import ANALYST, DEVELOPER, FINANCE, PROVIDERS
from rolecall.demo.saml_idp import Person
from rolecall.domain.problem import Problem
from rolecall.domain.proof import SignIn
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.storage.entries_file import read_entries
from rolecall.ui.paste_field import PasteField
from rolecall.ui.saml_dialog import SamlDialog
from ui.scene import Scene


class Asked:
    """A person before the dialog, the demo's SAML behind it."""

    def __init__(self, scene: Scene, qtbot: QtBot) -> None:
        self.scene, self.qtbot, self.idp = scene, qtbot, scene.demo.aws.saml_idp
        self.dialog = SamlDialog(scene.store, scene.actions, scene.parts)
        qtbot.addWidget(self.dialog)
        scene.ask_sign_in = self.dialog.ask
        self.answers: dict[str, Session | Problem] = {}

    def want(self, name: str, asker: str = "") -> None:
        def done(answer: Session | Problem) -> None:
            self.answers[name] = answer

        self.scene.actions.sign_in(name, Wish(), done, asker=asker)

    def paste(self, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        self.field.insertFromMimeData(data)

    @property
    def field(self) -> PasteField:
        found = self.dialog.findChild(PasteField)
        assert found is not None
        return found

    @property
    def roles(self) -> QListWidget:
        found = self.dialog.findChild(QListWidget, "samlRoles")
        assert found is not None
        return found

    def known(self) -> SignIn:
        (found,) = self.scene.store.state.sign_ins.values()
        return found

    def says(self, name: str) -> str:
        labels = self.dialog.findChildren(QLabel, name)
        return "".join(label.text() for label in labels if label.isVisibleTo(self.dialog))

    def words(self) -> str:
        labels = self.dialog.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisibleTo(self.dialog))

    def shown(self, kind: type[QWidget], name: str) -> bool:
        found = self.dialog.findChild(kind, name)
        return isinstance(found, QWidget) and found.isVisibleTo(self.dialog)

    def press(self, name: str, kind: type[QWidget] = QPushButton) -> None:
        found = self.dialog.findChild(kind, name)
        assert isinstance(found, QWidget)
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def choose(self, arn: str) -> None:
        rows = [self.roles.item(at) for at in range(self.roles.count())]
        self.roles.setCurrentItem(next(r for r in rows if r.data(Qt.ItemDataRole.UserRole) == arn))

    def session(self, name: str) -> Session:
        found = self.answers[name]
        assert isinstance(found, Session), found
        return found


@pytest.fixture
def asked(scene: Scene, qtbot: QtBot) -> Asked:
    return Asked(scene, qtbot)


def test_it_waits_for_the_person_and_says_what_it_is_for(asked: Asked) -> None:
    asked.want("finance", asker="terraform")
    assert asked.dialog.isVisible()
    assert not asked.known().running, "the guide is read before the browser covers it"
    assert asked.says("signInTitle") == "Sign in at 127.0.0.1"
    assert "finance" in asked.says("signInPurpose")
    assert "terraform" in asked.says("signInPurpose")
    assert "five minutes" in asked.says("signInLeft")
    assert asked.field.hasFocus() or not asked.dialog.isActiveWindow()


def test_the_page_opens_on_request(asked: Asked) -> None:
    asked.want("finance")
    asked.scene.hold = True
    asked.press("openPageButton")
    assert asked.known().running
    assert asked.dialog.findChild(QPushButton, "openPageButton").text() == "Open again"  # type: ignore[union-attr]


def test_a_listener_opens_it_at_once(asked: Asked) -> None:
    asked.scene.hold = True
    asked.want("analyst")
    assert asked.known().running
    assert "comes here by itself" in asked.words()
    asked.press("cancelButton")
    asked.want("finance")
    assert "comes here by itself" not in asked.words()


def test_the_button_waits_for_something_to_do(asked: Asked) -> None:
    asked.want("acme-sso")
    button = asked.dialog.findChild(QPushButton, "signInButton")
    assert button is not None
    assert not button.isEnabled()
    asked.field.setPlainText("x")
    assert button.isEnabled()
    asked.field.clear()
    assert not button.isEnabled()
    asked.paste(asked.idp.response())
    assert button.isEnabled()


def test_a_paste_that_is_good_signs_in_by_itself(asked: Asked) -> None:
    asked.want("finance")
    asked.paste(asked.idp.response())
    assert not asked.dialog.isVisible()
    assert asked.session("finance").role_arn == FINANCE


def test_typed_text_goes_by_enter_or_the_button(asked: Asked) -> None:
    for name, send in (
        ("finance", lambda: asked.qtbot.keyClick(asked.field, Qt.Key.Key_Return)),
        ("acme-sso", lambda: asked.press("signInButton")),
    ):
        asked.scene.advance(400)
        asked.want(name)
        asked.field.setPlainText(asked.idp.response("sam" if name == "acme-sso" else "alex"))
        send()
        assert asked.session(name)


def _page(asked: Asked, folder: Path) -> QUrl:
    file = folder / "saved page.html"
    value = asked.idp.response()
    file.write_text(f'<form><input type="hidden" name="SAMLResponse" value="{value}"></form>')
    return QUrl.fromLocalFile(str(file))


def test_a_file_may_be_dropped(asked: Asked, tmp_path: Path) -> None:
    asked.want("finance")
    data = QMimeData()
    data.setUrls([_page(asked, tmp_path)])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    held = QDragEnterEvent(
        asked.field.rect().center(), action, data, Qt.MouseButton.LeftButton, none
    )
    asked.field.dragEnterEvent(held)
    assert held.isAccepted()
    assert asked.field.property("held")
    asked.field.insertFromMimeData(data)
    assert asked.session("finance")


def test_a_file_may_be_chosen(asked: Asked, tmp_path: Path) -> None:
    asked.want("finance")
    asked.press("chooseFileButton")
    chooser = asked.dialog._guide._chooser
    assert chooser is not None
    chooser.urlSelected.emit(_page(asked, tmp_path))
    chooser.close()
    assert asked.session("finance")


def test_a_file_that_cannot_be_read_is_told(asked: Asked, tmp_path: Path) -> None:
    asked.want("finance")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    asked.field.insertFromMimeData(data)
    assert "cannot be read" in asked.says("problemTitle")


@pytest.mark.parametrize(
    ("bad", "title"),
    [
        ("good morning", "No SAML response is in this text"),
        ("A" * 10_000_000, "This is more than 8 million characters, too much to look through"),
        ("\0\x89PNG" * 99, "This is not text, so no SAML response is in it"),
    ],
    ids=["junk", "ten million", "binary"],
)
def test_a_bad_paste_is_told_under_the_field_and_the_next_is_taken(
    asked: Asked, bad: str, title: str
) -> None:
    asked.want("finance")
    asked.paste(bad)
    assert asked.says("problemTitle") == title
    assert asked.field.toPlainText() == "", "what was pasted is a secret, and may be huge"
    asked.paste(asked.idp.response("sam"))
    assert asked.says("problemTitle").startswith("The SAML response does not name the role")
    asked.paste(asked.idp.response())
    assert asked.session("finance")


def test_each_way_is_explained(asked: Asked) -> None:
    asked.want("finance")
    said = set()
    for way in ("copied", "page", "recorded"):
        asked.press(f"{way}Way", QToolButton)
        said.add(asked.says("wayText"))
    assert len(said) == 3


# --- The choice -------------------------------------------------------------------------------------


def test_several_roles_are_a_choice_while_the_minutes_run(asked: Asked) -> None:
    asked.want("acme-sso")
    asked.paste(asked.idp.response())
    assert asked.says("signInTitle") == "Which role?"
    assert "alex@acme.example" in asked.says("choiceSaid")
    rows = [asked.roles.item(at).text() for at in range(asked.roles.count())]
    assert rows == ["Analytics  ·  5555 1234 0000", "Analyst", "Payments  ·  2222 2222 2222", "Finance",
                    "Sandbox  ·  3333 3333 3333", "Developer"]  # fmt: skip
    asked.scene.advance(61)
    assert asked.says("signInLeft").startswith("AWS takes it for 3:5")
    asked.choose(DEVELOPER)
    asked.qtbot.keyClick(asked.roles, Qt.Key.Key_Return)
    assert asked.session("acme-sso").role_arn == DEVELOPER
    assert not asked.dialog.isVisible()


def test_a_response_that_ends_during_the_choice_leads_back(asked: Asked) -> None:
    asked.want("acme-sso")
    asked.paste(asked.idp.response())
    asked.scene.advance(301)
    assert asked.field.isVisibleTo(asked.dialog)
    assert asked.says("signInTitle").startswith("Sign in at")
    asked.paste(asked.idp.response())
    asked.choose(FINANCE)
    asked.press("signInButton")
    assert asked.session("acme-sso").role_arn == FINANCE


def test_another_response_in_its_place(asked: Asked) -> None:
    asked.want("acme-sso")
    asked.paste(asked.idp.response())
    asked.press("backButton")
    assert asked.field.isVisibleTo(asked.dialog)
    asked.paste(asked.idp.response("sam"))
    assert asked.session("acme-sso").role_arn == DEVELOPER


def test_all_of_them_can_be_kept_as_roles_of_ones_own(asked: Asked, scene: Scene) -> None:
    asked.want("acme-sso")
    asked.paste(
        f'Account: acme-box (333333333333)<input name="SAMLResponse" value="{asked.idp.response()}">'
    )
    keep = asked.dialog.findChild(QCheckBox, "keepRoles")
    assert keep is not None
    keep.setChecked(True)
    asked.choose(ANALYST)
    asked.press("signInButton")
    entries, problems = read_entries(scene.actions._services.paths.entries_file)
    assert problems == ()
    added = {name: entry for name, entry in entries.items() if "saml_provider_arn" in entry}
    assert {entry["role_arn"] for entry in added.values()} == {DEVELOPER, ANALYST}
    accounts = scene.store.state.settings.accounts
    assert accounts["333333333333"] == "Sandbox", "the person's own name for it stays"
    assert "sandbox-developer" in scene.store.state.catalogue
    asked.want("sandbox-developer")
    assert asked.session("sandbox-developer").role_arn == DEVELOPER, "the same response serves it"


def test_many_roles_are_searched(asked: Asked) -> None:
    names = [f"Team{n:02}" for n in range(30)]
    pairs = tuple(f"arn:aws:iam::333333333333:role/{name},{PROVIDERS[1]}" for name in names)
    asked.idp.people["many"] = Person("many", "many@acme.example", pairs)
    asked.want("acme-sso")
    asked.paste(asked.idp.response("many"))
    assert asked.shown(QLineEdit, "roleFilter")
    search = asked.dialog.findChild(QLineEdit, "roleFilter")
    assert search is not None
    asked.qtbot.keyClick(search, Qt.Key.Key_Down)
    asked.qtbot.keyClick(search, Qt.Key.Key_Down)
    assert asked.roles.currentItem().text() == "Team02"
    asked.qtbot.keyClicks(search, "team17")
    assert [asked.roles.item(at).text() for at in range(asked.roles.count())][1:] == ["Team17"]
    asked.qtbot.keyClick(search, Qt.Key.Key_Return)
    assert isinstance(asked.answers["acme-sso"], Problem), "AWS does not know this role"


def test_names_of_accounts_come_from_aws_own_page(asked: Asked) -> None:
    asked.scene.settings(accounts={})
    asked.want("acme-sso")
    value = asked.idp.response()
    asked.paste(f'Account: acme-pay (222222222222)<input name="SAMLResponse" value="{value}">')
    rows = [asked.roles.item(at).text() for at in range(asked.roles.count())]
    assert "acme-pay  ·  2222 2222 2222" in rows
    assert "3333 3333 3333" in rows


# --- Giving up --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "give_up", [lambda asked: asked.press("cancelButton"), lambda asked: asked.dialog.close()]
)
@pytest.mark.parametrize("name", ["finance", "acme-sso"])
def test_giving_up_tells_those_who_wait(
    asked: Asked, give_up: Callable[[Asked], None], name: str
) -> None:
    asked.want(name)
    if name == "acme-sso":
        asked.paste(asked.idp.response())
    give_up(asked)
    answer = asked.answers[name]
    assert isinstance(answer, Problem)
    assert answer.code == "sign_in_cancelled"
    assert asked.scene.store.state.sign_ins == {}


def test_everything_has_an_accessible_name(asked: Asked) -> None:
    asked.want("acme-sso")
    assert asked.dialog.accessibleName() == "Sign in"
    assert asked.field.accessibleName() == "SAML response"
    asked.paste(asked.idp.response())
    assert asked.roles.accessibleName() == "Roles in the response"
    row = asked.roles.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row == "Analyst, Analytics"


def test_the_language_may_change_meanwhile(asked: Asked) -> None:
    asked.want("acme-sso")
    asked.dialog.changeEvent(QEvent(QEvent.Type.LanguageChange))
    asked.paste(asked.idp.response())
    asked.dialog.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert asked.says("signInTitle") == "Which role?"
