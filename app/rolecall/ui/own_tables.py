"""The tables of the keys page: rows that a person chooses one of, each known by a name that is not shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from rolecall.domain.terminal import visible
from rolecall.ui.theme import colours

Index = QModelIndex | QPersistentModelIndex


_MOST_ROWS = 8
"""Rows that a table asks room for; more of them scroll."""


class _ColourKept(QStyledItemDelegate):
    """A text with a colour of its own keeps it in the chosen row: a warning is one there too."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        own = index.data(Qt.ItemDataRole.ForegroundRole)
        if own is not None:
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, own)


class OwnTable(QTableWidget):
    """Rows of text with a name each; the first column takes what room is left."""

    def __init__(self, name: str, columns: int, parent: QWidget) -> None:
        super().__init__(0, columns, parent)
        self.setObjectName(name)
        self._names: list[str] = []
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setMinimumHeight(84)
        self.setItemDelegate(_ColourKept(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fill(self, rows: Sequence[tuple[str, Sequence[str]]], loud: Collection[str] = ()) -> None:
        """Show these rows; the chosen one stays chosen. loud: names whose third column is a warning."""
        chosen = self.chosen()
        self._names = [name for name, _ in rows]
        self.setRowCount(len(rows))
        for number, (name, words) in enumerate(rows):
            for at, word in enumerate(words):
                item = QTableWidgetItem(visible(word).replace("\n", " "))
                plain = visible(name if at == 0 else word)
                item.setToolTip(plain.replace("&", "&amp;").replace("<", "&lt;"))
                if at == 2 and name in loud:
                    item.setForeground(QColor(colours().wrong))
                self.setItem(number, at, item)
        if chosen in self._names:
            self.selectRow(self._names.index(chosen))
        else:
            self.clearSelection()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As tall as its rows, so that two tables share a page by what is in them."""
        rows = sum(self.rowHeight(at) for at in range(min(self.rowCount(), _MOST_ROWS)))
        head = self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), head + rows + 2 * self.frameWidth() + 2)

    def chosen(self) -> str:
        """The name of the chosen row, empty for none."""
        rows = {index.row() for index in self.selectedIndexes()}
        return self._names[rows.pop()] if rows else ""
