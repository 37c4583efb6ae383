"""Add-a-key dialog: a long-lived access key into the keyring. Keeps nothing of it once it is handed over."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import Problem
from rolecall.domain.role import Identity, account_of
from rolecall.domain.session import Credentials
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui import key_entry
from rolecall.ui.dialog_foot import cancel_and_do
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, fit_height, wrapped
from rolecall.ui.theme import dress, scaled


class AddKeyDialog(QDialog):
    """See the module."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("addKeyDialog")
        self._store, self._actions, self._parts = store, actions, parts
        self._gone = False
        self._build()
        self._words()
        dress(self)
        self._offer_moves(store.state.catalogue)
        store.subscribe(self._changed)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumWidth(470)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        self._title = wrapped(self)
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._intro = wrapped(self, kind="muted")
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addLayout(self._build_fields())
        column.addWidget(self._build_moves())
        self._problem = ProblemView(self._parts.said, self)
        column.addWidget(self._problem)
        column.addLayout(self._build_buttons())

    def _build_fields(self) -> QGridLayout:
        """A grid, as a form layout does not measure the broken lines of a message."""
        form = QGridLayout()
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(14)
        self._name, self._key_id = QLineEdit(self), QLineEdit(self)
        self._secret, self._device = QLineEdit(self), QLineEdit(self)
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self._labels: list[QLabel] = []
        self._faults: list[QLabel] = []
        for field, name in (
            (self._name, "identityName"), (self._key_id, "accessKeyId"),
            (self._secret, "secretKey"), (self._device, "mfaSerial"),
        ):  # fmt: skip
            field.setObjectName(name)
            field.setInputMethodHints(hints)
            label, fault = QLabel(self), wrapped(self, kind="wrong")
            fault.setObjectName(f"{name}Fault")
            fault.hide()
            label.setBuddy(field)
            field.textEdited.connect(fault.hide)
            row = form.rowCount()
            form.addWidget(label, row, 0)
            form.addWidget(field, row, 1)
            form.addWidget(fault, row + 1, 1)
            self._labels.append(label)
            self._faults.append(fault)
        return form

    def _build_buttons(self) -> QHBoxLayout:
        self._cancel, self._store_button, row = cancel_and_do(self, "storeButton", self._submit)
        return row

    def _build_moves(self) -> QFrame:
        """Keys that lie in the AWS files, and can be moved from there."""
        frame = self._moves = QFrame(self)
        frame.setObjectName("moves")
        frame.setProperty("kind", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 10, 12, 12)
        self._moves_words = wrapped(frame)
        column.addWidget(self._moves_words)
        row = QHBoxLayout()
        self._movable, self._move = QComboBox(frame), QPushButton(frame)
        self._movable.setObjectName("movableKeys")
        self._move.setObjectName("moveButton")
        self._move.setAutoDefault(False)
        self._move.clicked.connect(self._move_chosen)
        row.addWidget(self._movable, 1)
        row.addWidget(self._move)
        column.addLayout(row)
        return frame

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Add an access key"))
        self._title.setText(self.tr("Add an access key"))
        self._intro.setText(
            self.tr(
                "The key goes into the keyring of this computer, and nowhere else. Profiles can name "
                "it as their source_profile."
            )
        )
        names = (
            self.tr("Name"), self.tr("Access key ID"), self.tr("Secret access key"),
            self.tr("MFA device (optional)"),
        )  # fmt: skip
        for label, words in zip(self._labels, names, strict=True):
            label.setText(words)
        self._device.setPlaceholderText("arn:aws:iam::123456789012:mfa/alex")
        self._cancel.setText(self.tr("Cancel"))
        self._store_button.setText(self.tr("Store in the keyring"))
        self._movable.setAccessibleName(self.tr("Keys in ~/.aws"))
        self._move.setText(self.tr("Move to the keyring"))
        self._moves_words.setText(
            self.tr(
                "These profiles keep their key in ~/.aws, where every program of yours can read it. "
                "Moving takes it out of the file as soon as the keyring holds it. Other AWS tools "
                "do not find it there any more."
            )
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_move"):
            self._words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        fit_height(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clear()

    # --- adding --------------------------------------------------------------------------

    def _submit(self) -> None:
        self._problem.show_problem(None)
        name, key_id = self._name.text().strip(), self._key_id.text().strip()
        secret, serial = self._secret.text().strip(), self._device.text().strip()
        faults = (
            key_entry.name_fault(name, self._store.state.catalogue),
            key_entry.key_id_fault(key_id),
            key_entry.secret_fault(secret),
            key_entry.device_fault(serial),
        )
        for label, fault in zip(self._faults, faults, strict=True):
            label.setText(fault)
            label.setVisible(bool(fault))
        self._fit()
        wrong = next((at for at, fault in enumerate(faults) if fault), None)
        if wrong is not None:
            (self._name, self._key_id, self._secret, self._device)[wrong].setFocus()
            return
        self._busy(busy=True)
        identity = Identity(name, serial, account_of(serial))
        self._actions.add_key(identity, Credentials(key_id, secret), self._stored)

    def _stored(self, answer: Identity | Problem) -> None:
        if self._gone:
            return
        self._busy(busy=False)
        if isinstance(answer, Problem):
            self._problem.show_problem(answer)
            self._fit()
            return
        self._clear()
        self.accept()

    def _busy(self, *, busy: bool) -> None:
        for widget in (self._store_button, self._move):
            widget.setEnabled(not busy)

    def _clear(self) -> None:
        for field in (self._name, self._key_id, self._secret, self._device):
            field.clear()

    # --- moving --------------------------------------------------------------------------

    def _offer_moves(self, catalogue: Catalogue) -> None:
        names = movable(catalogue)
        self._moves.setVisible(bool(names))
        self._movable.clear()
        self._movable.addItems(names)
        if self.isVisible():
            self._fit()

    def _move_chosen(self) -> None:
        name = self._movable.currentText()
        if name:
            self._busy(busy=True)
            self._actions.move_key(name, self._moved)

    def _moved(self, problem: Problem | None) -> None:
        if self._gone:
            return
        self._busy(busy=False)
        self._problem.show_problem(problem)
        self._fit()

    # --- life ----------------------------------------------------------------------------

    def _changed(self, before: State, after: State) -> None:
        if before.catalogue is not after.catalogue:
            self._offer_moves(after.catalogue)

    def done(self, result: int) -> None:
        """The Store and its Jobs outlive this dialog: whatever they tell from now on is for nobody."""
        self._gone = True
        self._store.unsubscribe(self._changed)
        super().done(result)


def movable(catalogue: Catalogue) -> list[str]:
    """Profiles whose long-lived key lies in the AWS files and not yet in the keyring."""
    return [
        name
        for name, profile in catalogue.profiles.items()
        if profile.get("aws_access_key_id")
        and profile.get("aws_secret_access_key")
        and not profile.get("aws_session_token")
        and name not in catalogue.identities
    ]
