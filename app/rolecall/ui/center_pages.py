"""The three pages of the Identity Center dialog: which one, signing in and looking, what to add."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from rolecall.domain.identity_center import Portal, PortalRole
from rolecall.domain.proof import Step, StepKind
from rolecall.ui.device_code import DeviceCode
from rolecall.ui.offer_model import OfferModel
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import wrapped


class WhichPage(QWidget):
    """The start URL and the region, with those that the files name offered."""

    def __init__(self, known: Sequence[Portal], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = known
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(6)
        form.setHorizontalSpacing(14)
        self.portal, self.region = QComboBox(self), QLineEdit(self)
        self.portal.setEditable(True)
        self.portal.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.portal.setObjectName("startUrl")
        self.region.setObjectName("centerRegion")
        for each in known:
            self.portal.addItem(each.session or each.start_url)
        self._labels = (QLabel(self), QLabel(self))
        self.url_fault, self.region_fault = wrapped(self, kind="wrong"), wrapped(self, kind="wrong")
        self.url_fault.setObjectName("startUrlFault")
        self.region_fault.setObjectName("centerRegionFault")
        fields = (self.portal, self.region)
        faults = (self.url_fault, self.region_fault)
        for at, (label, field, fault) in enumerate(zip(self._labels, fields, faults, strict=True)):
            label.setBuddy(field)
            form.addWidget(label, 2 * at, 0)
            form.addWidget(field, 2 * at, 1)
            form.addWidget(fault, 2 * at + 1, 1)
        form.setColumnStretch(1, 1)
        form.setRowStretch(2 * len(fields), 1)
        self.portal.editTextChanged.connect(self._typed)
        self.region.textEdited.connect(lambda _typed: self.show_faults())
        self.words()
        self._typed(self.portal.currentText())

    def words(self) -> None:
        """In the language spoken now."""
        self._labels[0].setText(self.tr("Start URL or session"))
        self._labels[1].setText(self.tr("Region"))
        self.region.setPlaceholderText(self.tr("where it was set up, such as eu-west-1"))
        edit = self.portal.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("https://d-1234567890.awsapps.com/start")

    def _typed(self, typed: str) -> None:
        """What the files know of a portal need not be typed."""
        known = next((p for p in self._known if typed in {p.session, p.start_url} and typed), None)
        if known is not None:
            self.region.setText(known.region)
        elif not self.region.isEnabled():
            self.region.clear()
        self.region.setEnabled(known is None)
        self.show_faults()

    def show_faults(self, url: str = "", region: str = "") -> None:
        """Say beside each field what is wrong with it; nothing hides it."""
        for label, words in ((self.url_fault, url), (self.region_fault, region)):
            label.setText(words)
            label.setVisible(bool(words))


class LookingPage(QWidget):
    """Where the sign-in and the look stand."""

    code_wanted = Signal()

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = parts.now
        self._step: Step | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._stands = wrapped(self)
        self._stands.setObjectName("centerStep")
        self._device = DeviceCode(parts, self)
        self._device.code.setObjectName("centerCode")
        self._device.address.setObjectName("centerAddress")
        self._progress = QProgressBar(self)
        self._progress.setObjectName("centerProgress")
        self._progress.setTextVisible(False)
        self._left = wrapped(self, kind="muted")
        self._by_code = QPushButton(self)
        self._by_code.setObjectName("byCodeButton")
        self._by_code.setProperty("kind", "link")
        self._by_code.setAutoDefault(False)
        self._by_code.clicked.connect(self.code_wanted)
        for widget in (self._stands, self._device, self._progress, self._left):
            column.addWidget(widget)
        column.addWidget(self._by_code, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.words()

    def words(self) -> None:
        """In the language spoken now."""
        self._by_code.setText(self.tr("Use a code on another device instead"))
        self._progress.setAccessibleName(self.tr("Progress"))
        self.show_step(self._step)

    def show_step(self, step: Step | None) -> None:
        """Show where it stands; None: it has only begun."""
        self._step = step
        kind = step.kind if step else StepKind.WAITING
        self._stands.setText(self._words_of(step))
        self._device.show_step(step)
        self._by_code.setVisible(kind is StepKind.BROWSER)
        counted = step is not None and kind is StepKind.PROGRESS
        self._progress.setRange(0, step.total if step and counted else 0)
        self._progress.setValue(step.done if step and counted else 0)
        self.beat()

    def beat(self) -> None:
        """Say how long the person still has."""
        until = self._step.until if self._step else None
        minutes = math.ceil(max(until - self._now(), 0.0) / 60) if until is not None else 0
        self._left.setText(self.tr("%n minute(s) left", None, minutes) if until is not None else "")
        self._left.setVisible(until is not None)

    def _words_of(self, step: Step | None) -> str:
        match step.kind if step else StepKind.WAITING:
            case StepKind.BROWSER:
                return self.tr("Finish signing in in your browser; this window goes on by itself.")
            case StepKind.DEVICE:
                return self.tr("Open this address on any device and compare or type the code:")
            case StepKind.PROGRESS if step:
                words = self.tr("Looking through the accounts: {done} of {total}").format(
                    done=step.done, total=step.total
                )
                slower = self.tr("AWS wants to be asked less often; it goes on by itself.")
                return f"{words}\n{slower}" if step.slowed else words
            case _:
                return self.tr("One moment…")


class OffersPage(QWidget):
    """What may be used there, to be searched and chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = OfferModel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.field = QLineEdit(self)
        self.field.setObjectName("offerSearch")
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.model.search)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        column.addWidget(self._build_table(), 1)
        row = QHBoxLayout()
        self._all = QCheckBox(self)
        self._all.setObjectName("chooseShown")
        self._all.clicked.connect(lambda on: self.model.choose_shown(chosen=on))
        self._count = QLabel(self)
        self._count.setObjectName("offerCount")
        self._count.setProperty("kind", "muted")
        row.addWidget(self._all)
        row.addStretch(1)
        row.addWidget(self._count)
        column.addLayout(row)
        self.write_config = QCheckBox(self)
        self.write_config.setObjectName("writeConfig")
        column.addWidget(self.write_config)
        self.model.chosen_changed.connect(self._show)
        self.words()

    def _build_table(self) -> QTableView:
        table = self.table = QTableView(self)
        table.setObjectName("offers")
        table.setModel(self.model)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.installEventFilter(self)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for section, width in enumerate((190, 130, 150, 150)):
            head.resizeSection(section, width)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def fill(self, offers: Sequence[PortalRole], there: Mapping[tuple[str, str], str]) -> None:
        """Show offers; there: what is listed already."""
        self.model.fill(offers, there)

    def words(self) -> None:
        """In the language spoken now."""
        self.field.setPlaceholderText(self.tr("Search accounts and permission sets"))
        self.field.setAccessibleName(self.tr("Search accounts and permission sets"))
        self.table.setAccessibleName(self.tr("Accounts and permission sets"))
        self._all.setText(self.tr("All that are shown"))
        self.write_config.setText(
            self.tr("Write profiles into ~/.aws/config as well, for other tools")
        )
        self._show()

    def _show(self) -> None:
        count = len(self.model.chosen)
        self._count.setText(self.tr("%n chosen", None, count))
        self._all.setChecked(self.model.every_shown_chosen)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space chooses the row, in whichever column it stands; Down goes from the search to the rows."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.table and event.key() == Qt.Key.Key_Space:
            self.model.toggle(self.table.currentIndex().row())
            return True
        if watched is self.field and event.key() == Qt.Key.Key_Down and self.model.rowCount():
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.selectRow(0)
            return True
        return super().eventFilter(watched, event)
