"""MFA dialog: asks for the code of one device at a time. Driven only by State.queues; keeps no code.

The six cells are one text field. It is opened with `open()`, sends itself at the sixth digit, and stays
until AWS took the code, the person gave up, or nobody needs a code any more.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain.code_queue import STEP, CodeQueue, malformed_code, next_code_at
from rolecall.domain.plan import SHARED_LIFE
from rolecall.domain.problem import Problem
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui.code_field import CodeField
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import fit_height, wrapped
from rolecall.ui.ring import Ring
from rolecall.ui.theme import dress, scaled
from rolecall.ui.wording import device_name, local_time

_NEXT_CODE = frozenset({"mfa_code_refused", "mfa_device_wrong", "mfa_code_used"})


class MfaDialog(QDialog):
    """The dialog "MFA code". One object serves all devices; others queue behind the one shown."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("mfaDialog")
        self._store, self._actions, self._parts = store, actions, parts
        self._serial = ""
        self._behind: list[str] = []
        self._opens: tuple[object, str, int] = (None, "", 0)
        self._no_code = False
        self._build()
        self._words()
        dress(self)
        store.subscribe(self._changed)
        parts.on_beat(self._beat)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumWidth(380)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(4)
        self._title = wrapped(self)
        self._title.setObjectName("deviceTitle")
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._device = wrapped(self, kind="muted")
        self._device.setObjectName("deviceSerial")
        self._devices = QComboBox(self)
        self._devices.setObjectName("devicePicker")
        self._devices.activated.connect(self._pick)
        self._devices.setMinimumContentsLength(16)
        self._devices.hide()
        self._purpose = wrapped(self)
        self._purpose.setObjectName("purpose")
        self._purpose.setContentsMargins(0, 4, 0, 0)
        self._field = CodeField(self)
        self._field.complete.connect(self._send)
        self._field.unfit.connect(self._unfit)
        self._field.textEdited.connect(self._typing)
        self._trouble = wrapped(self, kind="wrong")
        self._trouble.setObjectName("trouble")
        self._hint = wrapped(self, kind="muted")
        self._hint.setObjectName("hint")
        self._program = QPushButton(self)
        self._program.setObjectName("seeProgram")
        self._program.setAutoDefault(False)
        self._program.clicked.connect(lambda: self._actions.see_program(self._serial))
        self._program.hide()
        for widget in (self._title, self._device, self._devices, self._purpose):
            column.addWidget(widget)
        column.setAlignment(self._devices, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(10)
        column.addWidget(self._field)
        column.addSpacing(6)
        column.addWidget(self._trouble)
        column.addWidget(self._hint)
        column.addWidget(self._program, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(12)
        column.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        self._ring = Ring(22, self)
        self._asker = QLabel(self)
        self._asker.setObjectName("asker")
        self._asker.setProperty("kind", "muted")
        self._asker.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = QPushButton(self)
        self._cancel.setObjectName("cancelButton")
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._sign_in = QPushButton(self)
        self._sign_in.setObjectName("signInButton")
        self._sign_in.setProperty("kind", "primary")
        self._sign_in.setDefault(True)
        self._sign_in.clicked.connect(lambda: self._send(self._field.text()))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._ring)
        foot.addWidget(self._asker, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._sign_in)
        return foot

    def _words(self) -> None:
        self.setWindowTitle(self.tr("MFA code"))
        self.setAccessibleName(self.tr("MFA code"))
        self._field.setAccessibleName(self.tr("MFA code"))
        self._sign_in.setText(self.tr("Sign in"))
        self._devices.setAccessibleName(self.tr("MFA device"))
        self._program.setText(self.tr("See the program…"))
        self._cancel.setText(self.tr("Cancel"))

    # --- what the program asks of it -----------------------------------------------------

    def ask(self, serial: str) -> None:
        """Ask for a code of this device; behind the one that is being asked for, if it is another."""
        if self.isVisible() and self._serial and serial != self._serial:
            if serial not in self._behind:
                self._behind.append(serial)
            return
        if serial != self._serial:
            self._serial = serial
            self._field.clear()
        self._show()
        if not self.isVisible():
            self._field.clear()
            self._show()
            self.open()
        self.raise_()
        self.activateWindow()
        self._field.setFocus()

    # --- events --------------------------------------------------------------------------

    def reject(self) -> None:
        """Escape, Cancel or the window's own button: nobody will give this code."""
        serial, self._serial = self._serial, ""
        self._field.clear()
        super().reject()
        self._actions.cancel_code(serial)
        self._next()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        self._parts.set_seconds_shown(True, "code")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._field.clear()
        self._parts.set_seconds_shown(False, "code")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_sign_in"):
            self._words()
            self._show()

    def _send(self, typed: str) -> None:
        queue = self._queue()
        self._no_code = False
        if self._serial and queue is not None and not queue.in_flight:
            self._actions.give_code(self._serial, typed)

    def _unfit(self) -> None:
        """Letters, or a paragraph: said at once, and nothing of it is sent."""
        self._no_code = True
        self._beat(self._parts.now())

    def _typing(self, typed: str) -> None:
        if self._no_code and typed:
            self._no_code = False
            self._beat(self._parts.now())

    def _pick(self, at: int) -> None:
        """Another device of this person: the roles that wait are asked for its code instead."""
        chosen = self._devices.itemData(at)
        if chosen and chosen != self._serial:
            self._actions.own.use_device(self._serial, chosen)

    def _changed(self, before: State, after: State) -> None:
        if self._serial and before.devices is not after.devices:
            self._show_devices()
        if not self._serial or before.queues.get(self._serial) == after.queues.get(self._serial):
            return
        was, queue = before.queues.get(self._serial), self._queue()
        if queue is None or (not queue.waiters and not queue.in_flight):
            self._finished()
            return
        came_back = was is not None and was.in_flight and not queue.in_flight
        if came_back or (
            queue.problem is not None and (was is None or was.problem != queue.problem)
        ):
            self._field.clear()
        self._show()
        if not queue.in_flight and self.isVisible():
            self._field.setFocus()

    def _finished(self) -> None:
        self._serial = ""
        if self.isVisible():
            self.accept()
        self._next()

    def _next(self) -> None:
        while self._behind:
            serial = self._behind.pop(0)
            queue = self._store.state.queues.get(serial)
            if queue is not None and queue.waiters:
                self.ask(serial)
                return

    # --- what it says --------------------------------------------------------------------

    def _queue(self) -> CodeQueue | None:
        return self._store.state.queues.get(self._serial)

    def _show(self) -> None:
        queue = self._queue()
        if queue is None:
            return
        self._title.setText(self.tr("Code for {device}").format(device=device_name(self._serial)))
        self._device.setText(self._serial)
        self._device.setVisible(device_name(self._serial) != self._serial)
        self._show_devices()
        self._purpose.setText(self._purpose_words(queue))
        asker = self.tr("asked by {program}").format(program=queue.asker) if queue.asker else ""
        for control in (self._field, self._sign_in):
            control.setEnabled(not queue.in_flight)
        self._asker.setText(self.tr("Signing in…") if queue.in_flight else asker)
        self._beat(self._parts.now())

    def _show_devices(self) -> None:
        """A choice where IAM tells of several devices; it is asked once for each identity."""
        queue, state = self._queue(), self._store.state
        name = queue.waiters[0].role if queue and queue.waiters else ""
        if name not in state.catalogue:
            return
        role = state.catalogue.role(name)
        self._actions.own.find_devices(role.source.name)
        serials = dict.fromkeys((self._serial, *state.devices.get(role.source.name, ())))
        self._devices.clear()
        for serial in serials:
            self._devices.addItem(device_name(serial), serial)
        several = len(serials) > 1
        self._devices.setVisible(several)
        self._devices.setEnabled(queue is not None and not queue.in_flight)
        if self.isVisible():
            fit_height(self)

    def _purpose_words(self, queue: CodeQueue) -> str:
        served = [w.role for w in queue.waiters if w.role in queue.next_served]
        if not served:
            return ""
        words = self.tr("For {role}.").format(role=served[0])
        if len(served) > 1:
            more = self.tr("For {role} and %n more.", None, len(served) - 1)
            words = more.format(role=served[0])
        if queue.waiters[0].shares:
            opens = self.tr("Opens %n role(s) until {time}.", None, self._count_roles(queue.serial))
            until = local_time(self._parts.now() + SHARED_LIFE)
            words = f"{words} {opens.format(time=until)}"
        if queue.codes_needed > 1:
            needed = self.tr("%n codes are needed, one after the other.", None, queue.codes_needed)
            words = f"{words} {needed}"
        return words

    def _count_roles(self, serial: str) -> int:
        """How many roles of the files name this device: counted once per catalogue."""
        catalogue = self._store.state.catalogue
        if self._opens[0] is not catalogue or self._opens[1] != serial:
            profiles = catalogue.profiles.values()
            count = sum(p.get("mfa_serial") == serial and "role_arn" in p for p in profiles)
            self._opens = (catalogue, serial, max(count, 1))
        return self._opens[2]

    def _beat(self, now: float) -> None:
        """The ring of the code's half minute, and what came of the last code."""
        queue = self._queue()
        if queue is None or not self._serial:
            return
        left = max(next_code_at(now) - now, 0.0)
        self._ring.set_share(left / STEP, urgent=left <= 5)
        problem = None if queue.in_flight else queue.problem
        problem = malformed_code() if self._no_code else problem
        self._trouble.setText(self._trouble_words(problem))
        self._trouble.setVisible(problem is not None)
        hint = self._hint_words(problem, now)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._program.setVisible(problem is not None and problem.code == "line_not_accepted")
        if self.isVisible():
            fit_height(self)

    def _trouble_words(self, problem: Problem | None) -> str:
        return "" if problem is None else self._parts.said(problem.title)

    def _hint_words(self, problem: Problem | None, now: float) -> str:
        if problem is None:
            return ""
        if problem.code not in _NEXT_CODE or problem.retry_at is None:
            return self._parts.said(problem.remedy)
        wait = round(problem.retry_at - now)
        if wait > 0:
            timing = self.tr("Next code in {seconds} s").format(seconds=wait)
        else:
            timing = self.tr("The next code is there: type it now.")
        if problem.code == "mfa_device_wrong":
            return f"{self._parts.said(problem.remedy)} {timing}"
        return timing
