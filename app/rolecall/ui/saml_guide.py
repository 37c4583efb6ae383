"""SAML guide: the two steps from the company's sign-in page to a response in hand, and three ways to carry it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.ui.paste_field import PasteField
from rolecall.ui.problem_view import wrapped
from rolecall.ui.theme import scaled


class Way(StrEnum):
    """How the response gets from the browser to here."""

    COPIED = "copied"
    PAGE = "page"
    RECORDED = "recorded"


class SamlGuide(QWidget):
    """`given` carries what was pasted, or a file's address; `wanted` that the sign-in page is to be opened."""

    given = Signal(str)
    wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way = Way.COPIED
        self._opened = self._listens = False
        self._chooser: QFileDialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._build_first())
        column.addWidget(self._build_second())
        self.words()

    def _build_first(self) -> QFrame:
        card, column = self._card("1")
        self._first = self._head(card)
        self._first_text = wrapped(card, kind="muted")
        self.open_button = QPushButton(card)
        self.open_button.setObjectName("openPageButton")
        self.open_button.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._first, 1)
        row.addWidget(self.open_button)
        column.addLayout(row)
        column.addWidget(self._first_text)
        return card

    def _build_second(self) -> QFrame:
        card, column = self._card("2")
        self._second = self._head(card)
        column.addWidget(self._second)
        ways = QHBoxLayout()
        ways.setSpacing(0)
        self._ways = {way: QToolButton(card) for way in Way}
        for way, button in self._ways.items():
            button.setObjectName(f"{way.value}Way")
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, chosen=way: self.show_way(chosen))
            ways.addWidget(button)
        ways.addStretch(1)
        self._way_text = wrapped(card)
        self._way_text.setObjectName("wayText")
        self.field = PasteField(card)
        self.field.setObjectName("samlResponse")
        self.field.given.connect(self.given)
        self._file = QPushButton(card)
        self._file.setObjectName("chooseFileButton")
        self._file.setProperty("kind", "link")
        self._file.setAutoDefault(False)
        self._file.clicked.connect(self._choose_file)
        column.addLayout(ways)
        column.addWidget(self._way_text)
        column.addWidget(self.field)
        column.addWidget(self._file, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _card(self, number: str) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame(self)
        card.setProperty("kind", "step")
        row = QHBoxLayout(card)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        badge = QLabel(number, card)
        badge.setProperty("kind", "badge")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        badge.setFixedSize(24, 24)
        column = QVBoxLayout()
        column.setSpacing(8)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return card, column

    def _head(self, card: QFrame) -> QLabel:
        head = wrapped(card)
        head.setFont(scaled(self.font(), 1.0, QFont.Weight.DemiBold))
        return head

    # --- what it says --------------------------------------------------------------------

    def words(self) -> None:
        """Say everything in the language spoken now."""
        self._first.setText(self.tr("Sign in at your company"))
        self._first_text.setText(
            self.tr("In the browser. What it gets comes here by itself.")
            if self._listens
            else self.tr(
                "In the browser, up to AWS. On a page with your roles choose none: stay there."
            )
        )
        self._second.setText(
            self.tr("If it does not come, bring it here")
            if self._listens
            else self.tr("Bring back what the browser sent to AWS")
        )
        words = {
            Way.COPIED: self.tr("Copied"),
            Way.PAGE: self.tr("Saved page"),
            Way.RECORDED: self.tr("Recording"),
        }
        for way, button in self._ways.items():
            button.setText(words[way])
        self.field.setAccessibleName(self.tr("SAML response"))
        self._file.setText(self.tr("Choose a file…"))
        self._say_open()
        self.show_way(self._way)

    def show_way(self, way: Way) -> None:
        """Explain one way; the field takes all of them at any time."""
        self._way = way
        for each, button in self._ways.items():
            button.setChecked(each is way)
        self._way_text.setText(
            {
                Way.COPIED: self.tr(
                    "Press F12 before you sign in and choose Network. Afterwards click the request "
                    "named saml, then Payload, and copy the value of SAMLResponse. The whole request, "
                    "copied as cURL, will do too."
                ),
                Way.PAGE: self.tr(
                    "On AWS's page with your roles press Ctrl+S and save it as a complete page. "
                    "Then drop the file here. It also tells the names of the accounts."
                ),
                Way.RECORDED: self.tr(
                    "Press F12 before you sign in and choose Network. Afterwards save all as HAR and "
                    "drop the file here. Delete it then: it holds your whole sign-in."
                ),
            }[way]
        )
        self.field.setPlaceholderText(
            self.tr("Paste SAMLResponse here (Ctrl+V)")
            if way is Way.COPIED
            else self.tr("Drop the file here, or paste its content")
        )
        self.resized.emit()

    def show_page(self, *, there_is_one: bool, opened: bool, listens: bool) -> None:
        """there_is_one: whether the entry names a sign-in page; opened: whether the browser has it.

        listens: whether the page may send its answer here.
        """
        self._opened = opened
        if listens != self._listens:
            self._listens = listens
            self.words()
        self.open_button.setVisible(there_is_one)
        self._say_open()

    def _say_open(self) -> None:
        again = self.tr("Open again")
        self.open_button.setText(again if self._opened else self.tr("Open sign-in page"))
        kind = "" if self._opened else "primary"
        if self.open_button.property("kind") != kind:
            self.open_button.setProperty("kind", kind)
            self.open_button.style().unpolish(self.open_button)
            self.open_button.style().polish(self.open_button)

    def _choose_file(self) -> None:
        self._chooser = QFileDialog(self, self.tr("Saved page, recording or text file"))
        self._chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._chooser.urlSelected.connect(lambda url: self.given.emit(url.toString()))
        self._chooser.open()
