"""Settings, keys: every long-lived key with its age, and the MFA devices of its user. Never shows a secret."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.access_key import OLD
from rolecall.domain.problem import Problem
from rolecall.domain.role import Role, SourceKind
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui.own_tables import OwnTable
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import wrapped
from rolecall.ui.wording import device_name

if TYPE_CHECKING:
    from rolecall.doctor import KeyFacts
    from rolecall.key_rotation import Outcome


class KeysPage(QWidget):
    """Lists, adds, rotates and removes keys; sets devices up and keeps their seeds."""

    def __init__(
        self,
        store: Store,
        actions: Actions,
        parts: WindowParts,
        failed: Callable[[Problem | None], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._actions, self._parts, self._failed = store, actions, parts, failed
        self._facts: dict[str, KeyFacts | Problem] = {}
        self._told: dict[str, str] = {}
        self._gone = self._asked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 14, 6, 6)
        column.setSpacing(8)
        self._intro = wrapped(self, kind="muted")
        self._keys, self._devices = OwnTable("keys", 4, self), OwnTable("devices", 3, self)
        self._add, self._rotate, self._remove = (QPushButton(self) for _ in range(3))
        self._set_up, self._keep, self._forget = (QPushButton(self) for _ in range(3))
        for button, name, clicked in (
            (self._add, "addKey", parts.show_add_key),
            (self._rotate, "rotateKey", self._ask_rotate),
            (self._remove, "removeKey", self._ask_remove),
            (self._set_up, "setUpDevice", parts.show_setup),
            (self._keep, "keepSeed", parts.show_keep_seed),
            (self._forget, "forgetSeed", self._forget_seed),
        ):
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(clicked)
        self._devices_intro = wrapped(self, kind="muted")
        self._note = wrapped(self)
        self._note.setObjectName("rotated")
        self._note.hide()
        column.addWidget(self._intro)
        column.addWidget(self._keys)
        column.addLayout(_row(self._add, self._rotate, self._remove))
        column.addWidget(self._note)
        column.addSpacing(6)
        column.addWidget(self._devices_intro)
        column.addWidget(self._devices)
        column.addLayout(_row(self._set_up, self._keep, self._forget))
        self._keys.itemSelectionChanged.connect(self._enable)
        self._devices.itemSelectionChanged.connect(self._enable)
        self._words()
        store.subscribe(self._changed)

    def let_go(self) -> None:
        """The dialog closes."""
        self._gone = True
        self._store.unsubscribe(self._changed)

    # --- what it says --------------------------------------------------------------------

    def _words(self) -> None:
        self._keys.setAccessibleName(self.tr("Access keys"))
        self._keys.setHorizontalHeaderLabels(
            [self.tr("Key"), self.tr("Where"), self.tr("Age"), self.tr("Last used")]
        )
        self._devices.setAccessibleName(self.tr("MFA devices"))
        self._devices.setHorizontalHeaderLabels(
            [self.tr("Device"), self.tr("Of"), self.tr("Codes come from")]
        )
        self._add.setText(self.tr("Add or move a key…"))
        self._rotate.setText(self.tr("Rotate…"))
        self._remove.setText(self.tr("Remove…"))
        self._set_up.setText(self.tr("Set up a device…"))
        self._keep.setText(self.tr("Keep a seed…"))
        self._forget.setText(self.tr("Forget the seed"))
        self._devices_intro.setText(self.tr("MFA devices of their users."))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_forget"):
            self._words()

    def showEvent(self, event: QShowEvent) -> None:
        """Ages are asked for when somebody looks."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self._ask_all()

    def _changed(self, before: State, after: State) -> None:
        if before.catalogue is not after.catalogue:
            self._ask_all()
        if (
            before.catalogue is not after.catalogue
            or before.settings is not after.settings
            or before.devices is not after.devices
        ):
            self._fill()

    def _ask_all(self) -> None:
        if not self._asked:
            return
        for role in self._actions.own.identities():
            self._actions.own.find_devices(role.name)
            self._ask(role)

    def _ask(self, role: Role) -> None:
        def told(answer: KeyFacts | Problem) -> None:
            self._facts[role.name] = answer
            if not self._gone:
                self._fill()

        self._actions.own.key_facts(role, told)

    def _fill(self) -> None:
        roles = self._actions.own.identities()
        self._intro.setText(
            self.tr("Your long-lived access keys, in the keyring and in ~/.aws.")
            if roles
            else self.tr("There is no access key, neither in the keyring nor in ~/.aws.")
        )
        self._keys.fill([(role.name, self._key_row(role)) for role in roles], self._old())
        self._devices.fill(self._device_rows(roles))
        for widget in (self._keys, self._devices, self._devices_intro):
            widget.setVisible(bool(roles))
        for button in (self._rotate, self._remove, self._set_up, self._forget):
            button.setVisible(bool(roles))
        self._enable()

    def _key_row(self, role: Role) -> tuple[str, ...]:
        kept = role.source.kind is SourceKind.KEYS_IN_KEYRING
        place = self.tr("keyring") if kept else "~/.aws"
        facts = self._facts.get(role.name)
        if facts is None:
            return role.name, place, self._told.get(role.name, "…"), ""
        if isinstance(facts, Problem):
            return role.name, place, self._parts.said(facts.title), ""
        return role.name, place, self._told.get(role.name, self._age(facts)), self._used(facts)

    def _age(self, facts: KeyFacts) -> str:
        age = facts.age(self._parts.now())
        if facts.from_iam:
            return self.tr("%n day(s)", None, age)
        if not age:
            return self.tr("today or earlier")
        return self.tr("%n day(s) or more", None, age)

    def _used(self, facts: KeyFacts) -> str:
        if not facts.key.used_known:
            return ""
        if facts.key.used_at is None:
            return self.tr("never")
        day = time.localtime(facts.key.used_at)
        shown = QDate(day.tm_year, day.tm_mon, day.tm_mday)
        return QLocale().toString(shown, QLocale.FormatType.ShortFormat)

    def _old(self) -> frozenset[str]:
        now = self._parts.now()
        known = self._facts.items()
        return frozenset(
            name
            for name, facts in known
            if not isinstance(facts, Problem) and now - facts.since >= OLD
        )

    def _device_rows(self, roles: list[Role]) -> list[tuple[str, tuple[str, ...]]]:
        state = self._store.state
        rows: dict[str, str] = {}
        for role in roles:
            for serial in (role.mfa_serial, *state.devices.get(role.name, ())):
                if serial:
                    rows.setdefault(serial, role.name)
        for serial in state.settings.seeds:
            rows.setdefault(serial, "")
        return [
            (serial, (device_name(serial), name, self._code_source(serial, name)))
            for serial, name in rows.items()
        ]

    def _code_source(self, serial: str, name: str) -> str:
        state = self._store.state
        if serial in state.settings.seeds:
            return self.tr("the keyring")
        profile = state.catalogue.profiles.get(name, {})
        in_use = name in state.catalogue and state.catalogue.role(name).mfa_serial == serial
        return self.tr("a program") if in_use and profile.get("mfa_process") else self.tr("you")

    def _enable(self) -> None:
        chosen, settings = self._keys.chosen(), self._store.state.settings
        self._rotate.setEnabled(bool(chosen) and chosen not in self._told)
        self._remove.setEnabled(chosen in settings.identities)
        self._forget.setEnabled(self._devices.chosen() in settings.seeds)

    # --- doing ---------------------------------------------------------------------------

    def _forget_seed(self) -> None:
        self._actions.own.forget_seed(self._devices.chosen(), self._failed)

    def _ask_remove(self) -> None:
        """A key that is removed here is gone: AWS shows a secret only once."""
        name = self._keys.chosen()
        box = QMessageBox(self)
        box.setObjectName("removeKeyQuestion")
        box.setWindowTitle(self.tr("Remove this key"))
        box.setText(self.tr("Remove the access key of {name} from the keyring?").format(name=name))
        box.setInformativeText(
            self.tr("AWS never shows a secret key again: without a copy you need a new one.")
        )
        yes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self._actions.remove_key(name, self._failed))
        box.open()

    def _ask_rotate(self) -> None:
        name = self._keys.chosen()
        box = QMessageBox(self)
        box.setObjectName("rotateKeyQuestion")
        box.setWindowTitle(self.tr("Rotate this key"))
        box.setText(self.tr("Replace the access key of {name} by a new one?").format(name=name))
        box.setInformativeText(
            self.tr(
                "The new key is stored and tried before it takes the old one’s place. The old one is "
                "switched off and deleted a day later, when you rotate again. Other computers that use "
                "the old key need the new one."
            )
        )
        yes = box.addButton(self.tr("Rotate"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self._rotate_key(name))
        box.open()

    def _rotate_key(self, name: str) -> None:
        role = next((one for one in self._actions.own.identities() if one.name == name), None)
        if role is None:
            return
        self._failed(None)
        self._told[name] = self.tr("being rotated…")
        self._fill()

        def ended(answer: Outcome | Problem) -> None:
            self._told.pop(name, None)
            if self._gone:
                return
            self._failed(answer if isinstance(answer, Problem) else None)
            if not isinstance(answer, Problem):
                self._say_rotated(name, answer)
            self._facts.pop(name, None)
            self._fill()
            self._ask(role)

        self._actions.own.rotate(role, lambda _do, _done: None, ended)

    def _say_rotated(self, name: str, outcome: Outcome) -> None:
        if outcome.step is None:
            words = self.tr("{name} has its new key, and the old one is deleted.")
        else:
            words = self.tr(
                "{name} has its new key. The old one is switched off; rotate once more after a day to "
                "delete it. Until then IAM can switch it on again."
            )
        if outcome.discarded:
            lost = self.tr("A new key of an earlier try, which nobody had stored, was deleted.")
            words = f"{words} {lost}"
        self._note.setText(words.format(name=name))
        self._note.show()


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
