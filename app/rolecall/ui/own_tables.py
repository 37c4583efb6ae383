"""The tables of the keys page: rows that a person chooses one of, each known by a name that is not shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from rolecall.domain.terminal import visible
from rolecall.ui.theme import colours


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
        head = self.horizontalHeader()
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

    def chosen(self) -> str:
        """The name of the chosen row, empty for none."""
        rows = {index.row() for index in self.selectedIndexes()}
        return self._names[rows.pop()] if rows else ""
