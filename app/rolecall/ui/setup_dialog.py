"""Set-up dialog: a virtual MFA device for the user of a key, in three steps: name it, scan it, two codes.

The seed is in the QR code it draws and in `Begun`; both are gone with the dialog.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent, QFont, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.problem import Problem
from rolecall.domain.role import Role, SourceKind
from rolecall.mfa_setup import Begun
from rolecall.store import Store
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, fit_height, wrapped
from rolecall.ui.setup_scan import ScanStep
from rolecall.ui.theme import dress, scaled
from rolecall.ui.wording import device_name


class SetupDialog(QDialog):
    """See the module."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("setupDialog")
        self._store, self._actions, self._parts = store, actions, parts
        self._roles = {role.name: role for role in actions.own.identities()}
        self._begun: Begun | None = None
        self._gone = self._busy = False
        self._build()
        self._words()
        dress(self)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumWidth(500)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(12)
        self._title = wrapped(self)
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._intro = wrapped(self, kind="muted")
        self._at = 0
        self._scan = ScanStep(self)
        self._scan.complete.connect(self._next_wanted)
        self._scan.revealed.connect(lambda: fit_height(self))
        self._steps = (self._build_name(), self._scan, self._build_done())
        self._problem = ProblemView(self._parts.said, self)
        column.addWidget(self._title)
        column.addWidget(self._intro)
        for step in self._steps:
            column.addWidget(step)
        column.addWidget(self._problem)
        column.addLayout(self._build_foot())

    def _build_name(self) -> QWidget:
        page = QWidget(self)
        form = QGridLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(14)
        self._who, self._name, self._keep = QComboBox(page), QLineEdit(page), QCheckBox(page)
        self._who.setObjectName("setupIdentity")
        self._name.setObjectName("setupName")
        self._keep.setObjectName("setupKeep")
        self._who.addItems(list(self._roles))
        self._who.currentTextChanged.connect(self._suggest)
        self._meaning = wrapped(page, kind="muted")
        self._who_label, self._name_label = QLabel(page), QLabel(page)
        self._who_label.setBuddy(self._who)
        self._name_label.setBuddy(self._name)
        form.addWidget(self._who_label, 0, 0)
        form.addWidget(self._who, 0, 1)
        form.addWidget(self._name_label, 1, 0)
        form.addWidget(self._name, 1, 1)
        form.addWidget(self._keep, 2, 1)
        form.addWidget(self._meaning, 3, 1)
        form.setColumnStretch(1, 1)
        self._suggest(self._who.currentText())
        return page

    def _build_done(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._result = wrapped(page)
        self._line = QLineEdit(page)
        self._line.setObjectName("setupLine")
        self._line.setReadOnly(True)
        column.addWidget(self._result)
        column.addWidget(self._line)
        return page

    def _build_foot(self) -> QHBoxLayout:
        self._delete, self._cancel, self._next = (
            QPushButton(self),
            QPushButton(self),
            QPushButton(self),
        )
        for button, name in (
            (self._delete, "deleteDevice"), (self._cancel, "cancelButton"), (self._next, "nextButton"),
        ):  # fmt: skip
            button.setObjectName(name)
            button.setAutoDefault(False)
        self._next.setProperty("kind", "primary")
        self._next.setDefault(True)
        self._delete.clicked.connect(self._give_up)
        self._cancel.clicked.connect(self.reject)
        self._next.clicked.connect(self._next_wanted)
        row = QHBoxLayout()
        row.addWidget(self._delete)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._next)
        return row

    # --- words ---------------------------------------------------------------------------

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Set up an MFA device"))
        self._who_label.setText(self.tr("For the user of"))
        self._name_label.setText(self.tr("Name of the device"))
        self._keep.setText(self.tr("Keep the seed in the keyring too"))
        self._meaning.setText(
            self.tr(
                "Rolecall then makes the codes itself and renews your sessions. Whoever unlocks this "
                "computer has both your key and your code."
            )
        )
        self._line.setAccessibleName(self.tr("Line for the profile"))
        self._delete.setText(self.tr("Delete the device"))
        self._say()

    def _say(self) -> None:
        """Title, sentence and buttons of the step that is shown."""
        at = self._at
        for number, step in enumerate(self._steps):
            step.setVisible(number == at)
        titles = (
            self.tr("Set up an MFA device"),
            self.tr("Scan, then type two codes"),
            self.tr("The device is ready"),
        )
        self._title.setText(titles[at])
        self._intro.setText(self._intro_words(at))
        self._intro.setVisible(bool(self._intro.text()))
        self._delete.setVisible(at == 1)
        self._cancel.setVisible(at < 2)
        self._cancel.setText(self.tr("Later") if at == 1 else self.tr("Cancel"))
        self._next.setText((self.tr("Next"), self.tr("Enable"), self.tr("Close"))[at])
        if self.isVisible():
            fit_height(self)

    def _intro_words(self, at: int) -> str:
        if at == 0:
            return self.tr("An authenticator app on your phone becomes a device of your IAM user.")
        if at == 2 or self._begun is None:
            return ""
        words = self.tr(
            "Scan the code with the authenticator app. Then type the code it shows, and the next one as "
            "soon as it appears."
        )
        if self._begun.resumed:
            words = self.tr("This device was made before and is not enabled yet.") + " " + words
        if self._begun.discarded:
            lost = self.tr("A device of an earlier try, whose seed was lost, was deleted.")
            words = f"{lost} {words}"
        return words

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_next"):
            self._words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)

    # --- steps ---------------------------------------------------------------------------

    def _role(self) -> Role | None:
        return self._roles.get(self._who.currentText())

    def _suggest(self, who: str) -> None:
        taken = {device_name(s) for s in self._store.state.devices.get(who, ())}
        role = self._roles.get(who)
        if role is not None and role.mfa_serial:
            taken.add(device_name(role.mfa_serial))
        names = (who, *(f"{who}-{number}" for number in range(2, 20)))
        self._name.setText(next((name for name in names if name not in taken), who))

    def _next_wanted(self) -> None:
        role = self._role()
        if self._busy:
            return
        if self._at == 2 or role is None:
            self.accept()
        elif self._begun is None:
            self._work(busy=True)
            self._actions.own.begin_setup(role, self._name.text().strip(), self._was_begun)
        else:
            self._enable(role, self._begun)

    def _was_begun(self, answer: Begun | Problem) -> None:
        if self._gone:
            return
        self._work(busy=False)
        if isinstance(answer, Problem):
            self._show(answer)
            return
        self._begun = answer
        self._scan.show_device(answer.device)
        self._at = 1
        self._say()
        self._scan.first.setFocus()

    def _enable(self, role: Role, begun: Begun) -> None:
        codes = self._scan.codes()
        if codes is None:
            return
        self._work(busy=True)
        self._actions.own.enable(role, begun, codes, self._enabled, keep=self._keep.isChecked())

    def _enabled(self, problem: Problem | None) -> None:
        if self._gone:
            return
        self._work(busy=False)
        self._scan.clear_codes()
        if problem is not None:
            self._show(problem)
            return
        self._finish()

    def _finish(self) -> None:
        role, begun = self._role(), self._begun
        if role is None or begun is None:
            return
        serial = begun.device.serial
        in_file = role.source.kind is SourceKind.KEYS_IN_FILE
        self._line.setText(f"mfa_serial = {serial}")
        self._line.setVisible(in_file)
        words = self.tr("{device} is a device of your user now.").format(device=device_name(serial))
        if in_file:
            more = self.tr(
                "To use it, write this line into profile {name} in ~/.aws/config, and into its roles:"
            )
            words = f"{words} {more.format(name=role.name)}"
        self._result.setText(words)
        self._scan.forget()
        self._begun = None
        self._at = 2
        self._show(None)
        self._say()

    def _give_up(self) -> None:
        role = self._role()
        if role is not None and not self._busy:
            self._work(busy=True)
            self._actions.own.give_up_setup(role, self._given_up)

    def _given_up(self, answer: str | Problem) -> None:
        if self._gone:
            return
        self._work(busy=False)
        if isinstance(answer, Problem):
            self._show(answer)
        else:
            self.reject()

    # --- how -----------------------------------------------------------------------------

    def _work(self, *, busy: bool) -> None:
        self._busy = busy
        fields = (self._who, self._name, self._scan.first, self._scan.second)
        for widget in (self._next, self._delete, *fields):
            widget.setEnabled(not busy)
        if busy:
            self._show(None)

    def _show(self, problem: Problem | None) -> None:
        self._problem.show_problem(problem)
        if self.isVisible():
            fit_height(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def done(self, result: int) -> None:
        """Its Jobs outlive this dialog. A device that is not enabled waits for the next set-up."""
        self._gone = True
        self._begun = None
        self._scan.forget()
        super().done(result)
