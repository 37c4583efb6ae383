"""Seed dialog: keeps the seed of an MFA device in the keyring, from a text or a picture of its QR code.

Says once what that means. Keeps nothing of the seed once it is handed over.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QHideEvent,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.actions import Actions
from rolecall.domain import totp
from rolecall.domain.problem import Problem
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui import key_entry
from rolecall.ui.dialog_foot import cancel_and_do
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView, fit_height, wrapped
from rolecall.ui.qr_view import read_image
from rolecall.ui.theme import dress, scaled

_LARGEST_PICTURE = 64
"""Megabytes of memory a picture may take."""


class SeedDialog(QDialog):
    """See the module."""

    def __init__(
        self, store: Store, actions: Actions, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("seedDialog")
        self._store, self._actions, self._parts = store, actions, parts
        self._gone = False
        self.setAcceptDrops(True)
        self._build()
        self._words()
        dress(self)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        self.setMinimumWidth(480)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        self._title = wrapped(self)
        self._title.setFont(scaled(self.font(), 1.15, QFont.Weight.DemiBold))
        self._intro = wrapped(self, kind="muted")
        self._meaning = wrapped(self)
        self._meaning.setObjectName("seedMeaning")
        column.addWidget(self._title)
        column.addWidget(self._intro)
        column.addLayout(self._build_fields())
        column.addWidget(self._meaning)
        self._problem = ProblemView(self._parts.said, self)
        column.addWidget(self._problem)
        column.addLayout(self._build_buttons())

    def _build_fields(self) -> QGridLayout:
        form = QGridLayout()
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(14)
        self._seed, self._picture, self._device = (
            QLineEdit(self),
            QPushButton(self),
            QComboBox(self),
        )
        self._seed.setObjectName("seed")
        self._seed.setEchoMode(QLineEdit.EchoMode.Password)
        self._seed.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._seed.setAcceptDrops(False)  # a picture dropped on it is for the dialog
        self._seed.installEventFilter(self)
        self._seed.textChanged.connect(self._typed)
        self._picture.setObjectName("pictureButton")
        self._picture.setAutoDefault(False)
        self._picture.clicked.connect(self._choose_picture)
        self._device.setObjectName("seedDevice")
        self._device.setEditable(True)
        self._device.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._device.setMinimumContentsLength(24)
        self._device.addItems(known_devices(self._store.state))
        self._labels = [QLabel(self), QLabel(self)]
        self._faults = [wrapped(self, kind="wrong"), wrapped(self, kind="wrong")]
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._seed, 1)
        row.addWidget(self._picture)
        form.addWidget(self._labels[0], 0, 0)
        form.addLayout(row, 0, 1)
        form.addWidget(self._faults[0], 1, 1)
        form.addWidget(self._labels[1], 2, 0)
        form.addWidget(self._device, 2, 1)
        form.addWidget(self._faults[1], 3, 1)
        self._labels[0].setBuddy(self._seed)
        self._labels[1].setBuddy(self._device)
        for fault, name in zip(self._faults, ("seedFault", "deviceFault"), strict=True):
            fault.setObjectName(name)
            fault.hide()
        form.setColumnStretch(1, 1)
        return form

    def _build_buttons(self) -> QHBoxLayout:
        self._cancel, self._keep, row = cancel_and_do(self, "keepButton", self._submit)
        return row

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Keep a seed"))
        self._title.setText(self.tr("Keep the seed of an MFA device"))
        self._intro.setText(
            self.tr(
                "Rolecall then makes the codes itself and asks you for none. Paste the text that "
                "begins with otpauth:// or the letters beside the QR code, or choose, drop or paste a "
                "picture of the code."
            )
        )
        self._meaning.setText(
            self.tr(
                "What it means: whoever unlocks this computer has both your key and your code, and your "
                "sessions renew by themselves. It still guards you against a stolen key. Keep the device "
                "on your phone as well."
            )
        )
        for label, words in zip(
            self._labels, (self.tr("Seed"), self.tr("MFA device")), strict=True
        ):
            label.setText(words)
        self._picture.setText(self.tr("Picture…"))
        self._device.setAccessibleName(self.tr("MFA device"))
        field = self._device.lineEdit()
        if field is not None:
            field.setPlaceholderText("arn:aws:iam::123456789012:mfa/alex")
        self._cancel.setText(self.tr("Cancel"))
        self._keep.setText(self.tr("Keep in the keyring"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_keep"):
            self._words()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_height(self)
        self._seed.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._seed.clear()

    # --- pictures ------------------------------------------------------------------------

    def _choose_picture(self) -> None:
        chooser = QFileDialog(self, self.tr("Picture of the QR code"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilter(self.tr("Pictures") + " (*.png *.jpg *.jpeg *.gif *.bmp *.svg)")
        chooser.fileSelected.connect(self.read_file)
        chooser.open()

    def read_file(self, path: str) -> None:
        """Take the seed out of a picture file."""
        QImageReader.setAllocationLimit(_LARGEST_PICTURE)
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        self._read(reader.read())

    def _read(self, image: QImage) -> None:
        for said in read_image(image):
            try:
                totp.parse(said)
            except ValueError:
                continue
            self._seed.setText(said)
            self._fault(0, "")
            return
        self._fault(0, self.tr("There is no QR code of an MFA device in this picture."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        mime = event.mimeData()
        local = [url.toLocalFile() for url in mime.urls() if url.isLocalFile()]
        if mime.hasImage():
            self._read(QImage(mime.imageData()))
        elif local:
            self.read_file(local[0])
        event.acceptProposedAction()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """A picture pasted into the field is read; a text is the field's own."""
        del watched
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.matches(QKeySequence.StandardKey.Paste)
            and QApplication.clipboard().mimeData().hasImage()
        ):
            self._read(QApplication.clipboard().image())
            return True
        return False

    # --- keeping -------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        """A seed that names its device chooses it, unless another was chosen."""
        self._fault(0, "")
        try:
            hint = totp.parse(text).serial_hint
        except ValueError:
            return
        if hint and not self._device.currentText().strip():
            self._device.setEditText(hint)
        elif hint and self._device.findText(hint) >= 0:
            self._device.setCurrentText(hint)

    def _submit(self) -> None:
        self._problem.show_problem(None)
        serial = self._device.currentText().strip()
        try:
            seed = totp.parse(self._seed.text())
        except ValueError:
            self._fault(
                0,
                self.tr(
                    "This is no seed: neither an otpauth:// text of six-digit codes nor letters."
                ),
            )
            self._seed.setFocus()
            return
        fault = key_entry.device_fault(serial) if serial else self.tr("Which device is it?")
        self._fault(1, fault)
        if fault:
            self._device.setFocus()
            return
        self._keep.setEnabled(False)
        self._actions.own.keep_seed(serial, seed, self._kept)

    def _kept(self, problem: Problem | None) -> None:
        if self._gone:
            return
        self._keep.setEnabled(True)
        if problem is not None:
            self._problem.show_problem(problem)
            fit_height(self)
            return
        self.accept()

    def _fault(self, at: int, words: str) -> None:
        self._faults[at].setText(words)
        self._faults[at].setVisible(bool(words))
        if self.isVisible():
            fit_height(self)

    def done(self, result: int) -> None:
        """Its Job outlives this dialog: what it tells from now on is for nobody."""
        self._gone = True
        self._seed.clear()
        super().done(result)


def known_devices(state: State) -> list[str]:
    """Serials that profiles, identities or IAM name and whose seed is not kept yet."""
    named = [profile.get("mfa_serial", "") for profile in state.catalogue.profiles.values()]
    named += [identity.mfa_serial for identity in state.settings.identities.values()]
    named += [serial for serials in state.devices.values() for serial in serials]
    return [s for s in dict.fromkeys(named) if s and s not in state.settings.seeds]
