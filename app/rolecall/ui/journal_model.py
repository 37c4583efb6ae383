"""Journal model: the entries that fit, newest first, as a table in the person's language. Plain text only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor

from rolecall.domain.journal import Entry, How, Outcome
from rolecall.domain.terminal import visible
from rolecall.ui.refusal_words import refusal_words
from rolecall.ui.theme import colours

MOST_ROWS = 2000
"""Rows shown; the exports hold all."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

translate = QCoreApplication.translate
"""The name under which Qt's tools find strings."""


def outcome_words(entry: Entry) -> str:
    """What came of it and why, in the person's language."""
    if entry.how is How.END:
        return translate("Journal", "ended")
    words = {
        Outcome.SERVED: translate("Journal", "served"),
        Outcome.REFUSED: translate("Journal", "refused"),
        Outcome.DENIED: translate("Journal", "denied"),
        Outcome.CANCELLED: translate("Journal", "cancelled"),
    }[entry.outcome]
    told = entry.problem in ("", "approval_denied", "code_cancelled")
    reason = "" if told else refusal_words(entry.problem)
    return f"{words} · {reason}" if reason else words


def how_words(entry: Entry) -> str:
    """What was wanted, in the person's language."""
    return {
        How.SESSION: translate("Journal", "sign-in"),
        How.CONSOLE: translate("Journal", "console"),
        How.COPY: translate("Journal", "copy"),
        How.EXPORT: translate("Journal", "credentials"),
        How.RENEWAL: translate("Journal", "renewal"),
        How.END: "",
    }[entry.how]


def program_words(entry: Entry) -> str:
    """Who asked: a program, a person in our window, or Rolecall itself."""
    if entry.how is How.RENEWAL:
        return translate("Journal", "Rolecall")
    return visible(str(entry.asker)).replace("\n", " ") or translate("Journal", "you")


class JournalModel(QAbstractTableModel):
    """See the module. Columns: when, role, who, what, outcome, minutes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, entries: Sequence[Entry]) -> None:
        """Take over entries, oldest first."""
        self.beginResetModel()
        self._entries = list(reversed(entries[-MOST_ROWS:]))
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._entries[row]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 5:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            translate("Journal", "When"), translate("Journal", "Role"), translate("Journal", "Who"),
            translate("Journal", "What"), translate("Journal", "Outcome"), translate("Journal", "Minutes"),
        )[section]  # fmt: skip

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(entry, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 4:
            wrong = entry.outcome in (Outcome.REFUSED, Outcome.DENIED)
            return QColor(colours().wrong) if wrong else None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 2:
            return about(entry)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 4:
            return (
                _plain(" · ".join((outcome_words(entry), entry.problem))) if entry.problem else ""
            )
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 5:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _words(self, entry: Entry, column: int) -> str:
        if column == 0:
            local = QDateTime.fromSecsSinceEpoch(int(entry.at))
            return QLocale().toString(local, QLocale.FormatType.ShortFormat)
        if column == 5:
            return QLocale().toString(entry.seconds // 60) if entry.seconds else ""
        words = (visible(entry.role), program_words(entry), how_words(entry), outcome_words(entry))
        return words[column - 1].replace("\n", " ")


def shown_words(entry: Entry) -> str:
    """What the table says of an entry in the person's language: a search finds it."""
    return " ".join((program_words(entry), how_words(entry), outcome_words(entry)))


def about(entry: Entry) -> str:
    """Where the program lies and who runs it, as plain text for a tool tip."""
    asker = entry.asker
    lines = [visible(part) for part in (asker.script, asker.executable, asker.user) if part]
    return _plain("\n".join(lines))


def _plain(words: str) -> str:
    """Tool tips guess at markup: what looks like it is escaped."""
    return visible(words).replace("&", "&amp;").replace("<", "&lt;")


def local_day(moment: float) -> datetime:
    """The midnight that begins the local day of `moment`."""
    local = datetime.fromtimestamp(moment).astimezone()
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
