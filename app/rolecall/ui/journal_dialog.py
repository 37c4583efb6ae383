"""Journal dialog: who asked for which role, searched, drawn as a timeline and exported. Changes nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QEvent, QLocale, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rolecall.domain import timeline as bars
from rolecall.domain.journal import Entry, matching
from rolecall.domain.journal_text import as_csv, as_json
from rolecall.domain.problem import Problem
from rolecall.ui.journal_model import JournalModel, local_day, shown_words
from rolecall.ui.journaling import Journaling
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import ProblemView
from rolecall.ui.theme import dress
from rolecall.ui.timeline import WEEK_DAYS, Timeline

BURST = 0.2
"""Seconds that new entries are gathered before they are shown."""


class JournalDialog(QDialog):
    """The window "Journal"."""

    def __init__(
        self, journal: Journaling, parts: WindowParts, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("journalDialog")
        self._journal, self._parts = journal, parts
        self._entries: list[Entry] = []
        self._fitting: list[Entry] = []
        self._day = local_day(parts.now())
        self._week = False
        self._reading = self._again = self._gone = self._due = False
        self._build()
        self._words()
        dress(self)
        self.resize(880, 620)
        journal.subscribe(self._told)
        self.destroyed.connect(partial(journal.unsubscribe, self._told))
        self.reload()
        self._field.setFocus()

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(10)
        self._timeline = Timeline(self)
        self._timeline.stepped.connect(self._step)
        self._timeline.chosen.connect(self._search_for)
        scroll = QScrollArea(self)
        scroll.setObjectName("timelineScroll")
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._timeline)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(10)
        split.addWidget(scroll)
        split.addWidget(self._build_table())
        split.setSizes([250, 270])
        self._problem = ProblemView(self._parts.said, self)
        column.addLayout(self._build_head())
        column.addWidget(split, 1)
        column.addWidget(self._problem)
        column.addLayout(self._build_foot())

    def _build_head(self) -> QHBoxLayout:
        self._field = QLineEdit(self)
        self._field.setObjectName("journalSearch")
        self._field.setClearButtonEnabled(True)
        self._field.textChanged.connect(lambda _typed: self._show())
        self._period = QLabel(self)
        self._period.setObjectName("journalPeriod")
        self._before, self._after = (
            self._tool("‹", "journalBefore"),
            self._tool("›", "journalAfter"),
        )
        self._before.clicked.connect(lambda: self._step(-1))
        self._after.clicked.connect(lambda: self._step(1))
        self._today = self._tool("", "journalToday")
        self._today.clicked.connect(self._show_today)
        self._one_day, self._one_week = self._tool("", "journalDay"), self._tool("", "journalWeek")
        for button, week in ((self._one_day, False), (self._one_week, True)):
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self._set_week, week))
        self._one_day.setChecked(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._field, 1)
        row.addSpacing(10)
        for widget in (self._before, self._period, self._after, self._today):
            row.addWidget(widget)
        row.addSpacing(10)
        row.addWidget(self._one_day)
        row.addWidget(self._one_week)
        return row

    def _tool(self, words: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _build_table(self) -> QTableView:
        self._model = JournalModel(self)
        table = self._table = QTableView(self)
        table.setObjectName("journalTable")
        table.setModel(self._model)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for section, width in enumerate((150, 140, 165, 85, 235, 75)):
            head.resizeSection(section, width)
        head.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(self._chosen)
        return table

    def _build_foot(self) -> QHBoxLayout:
        self._count = QLabel(self)
        self._count.setObjectName("journalCount")
        self._count.setProperty("kind", "muted")
        self._csv, self._json, self._close = QPushButton(self), QPushButton(self), QPushButton(self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._count, 1)
        for button, name in (
            (self._csv, "exportCsv"), (self._json, "exportJson"), (self._close, "closeButton"),
        ):  # fmt: skip
            button.setObjectName(name)
            button.setAutoDefault(False)
            foot.addWidget(button)
        self._csv.clicked.connect(partial(self._export, "csv"))
        self._json.clicked.connect(partial(self._export, "json"))
        self._close.clicked.connect(self.accept)
        return foot

    def _words(self) -> None:
        self.setWindowTitle(self.tr("Journal"))
        self.setAccessibleName(self.tr("Journal"))
        self._field.setAccessibleName(self.tr("Search the journal"))
        self._field.setPlaceholderText(self.tr("Role, program, outcome …"))
        self._table.setAccessibleName(self.tr("Entries"))
        self._before.setAccessibleName(self.tr("Earlier"))
        self._after.setAccessibleName(self.tr("Later"))
        self._today.setText(self.tr("Today"))
        self._one_day.setText(self.tr("Day"))
        self._one_week.setText(self.tr("Week"))
        self._csv.setText(self.tr("Export CSV…"))
        self._json.setText(self.tr("Export JSON…"))
        self._close.setText(self.tr("Close"))
        self._show()

    # --- reading -------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the journal in a Job; what comes meanwhile makes one more reading."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._journal.read(self._read)

    def _read(self, entries: list[Entry]) -> None:
        self._reading = False
        if self._gone:
            return
        self._entries = entries
        self._show()
        if self._again:
            self._again = False
            self.reload()

    def _told(self, entry: Entry) -> None:
        if self._reading:
            self._again = True
        else:
            self._entries.append(entry)
            self._show_soon()

    def _show_soon(self) -> None:
        """Show what came, a burst of callers at once."""
        if not self._due:
            self._due = True
            self._parts.after("journal", BURST, self._show_due)

    def _show_due(self) -> None:
        self._due = False
        if not self._gone:
            self._show()

    def done(self, result: int) -> None:
        """Jobs outlive this dialog: what they tell from now on is for nobody."""
        self._gone = True
        self._journal.unsubscribe(self._told)
        super().done(result)

    # --- choosing ------------------------------------------------------------------------

    def _search_for(self, role: str) -> None:
        self._field.setText(role)
        self._field.setFocus()

    def _step(self, steps: int) -> None:
        self._show_day(self._day + timedelta(days=steps * (WEEK_DAYS if self._week else 1)))

    def _show_today(self) -> None:
        self._show_day(local_day(self._parts.now()))

    def _show_day(self, day: datetime) -> None:
        # A day may have 23 or 25 hours: the local date counts, not the seconds.
        self._day = day.replace(tzinfo=None).astimezone()
        self._show_timeline()

    def _set_week(self, week: bool, _checked: bool = False) -> None:
        self._week = week
        self._show_timeline()

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._show_day(local_day(self._model.entry(index.row()).at))

    # --- showing -------------------------------------------------------------------------

    def _show(self) -> None:
        self._fitting = matching(self._entries, search=self._field.text(), shown=shown_words)
        self._model.show(self._fitting)
        self._count.setText(self.tr("%n entries", None, len(self._fitting)))
        for button in (self._csv, self._json):
            button.setEnabled(bool(self._fitting))
        self._show_timeline()

    def _show_timeline(self) -> None:
        days = WEEK_DAYS if self._week else 1
        start = self._day.replace(tzinfo=None) - timedelta(days=days - 1)
        end = (start + timedelta(days=days)).astimezone().timestamp()
        self._period.setText(_period(start, days))
        moment = start.astimezone().timestamp()
        shown = bars.rows(self._fitting, moment, end)
        self._timeline.show_rows(shown, moment, end, self._parts.now())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_close"):
            self._words()

    # --- export --------------------------------------------------------------------------

    def _export(self, kind: str, _checked: bool = False) -> None:
        """Ask where to, then write what the search left."""
        entries = tuple(self._fitting)
        dialog = QFileDialog(self, self.tr("Export the journal"), str(Path.home()))
        dialog.setObjectName("exportDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"rolecall-journal.{kind}")
        dialog.fileSelected.connect(lambda name: self._save(Path(name), kind, entries))
        dialog.open()

    def _save(self, path: Path, kind: str, entries: tuple[Entry, ...]) -> None:
        text = as_csv(entries) if kind == "csv" else as_json(entries)
        self._journal.save(path, text, self._saved)

    def _saved(self, problem: Problem | None) -> None:
        if not self._gone:
            self._problem.show_problem(problem)


def _period(start: datetime, days: int) -> str:
    """The day or week shown, as the person's language writes dates."""
    locale, first = QLocale(), QDate(start.year, start.month, start.day)
    if days == 1:
        return locale.toString(first, QLocale.FormatType.LongFormat)
    last = first.addDays(days - 1)
    short = QLocale.FormatType.ShortFormat
    return f"{locale.toString(first, short)} – {locale.toString(last, short)}"
