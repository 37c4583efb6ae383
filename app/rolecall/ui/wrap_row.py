"""Wrap row: a layout that puts widgets beside each other, and into further lines where they find no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class WrapRow(QLayout):
    """Lines of widgets in their own size, from the left or centred; the widest one is the least it needs."""

    def __init__(self, spacing: int, *, centred: bool = False) -> None:
        super().__init__()
        self._centred = centred
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)

    # --- what Qt asks of a layout --------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.y() + place.height() for _, place in self._places(width)), default=0)

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.sizeHint())
        return least

    def sizeHint(self) -> QSize:
        """All of them in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() + self.spacing() for size in sizes) - self.spacing()
        return QSize(max(wide, 0), max((size.height() for size in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    # --- where they stand ----------------------------------------------------------------

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        """Each shown item and its place in a row that is `width` wide."""
        found: list[tuple[QLayoutItem, QRect]] = []
        top = 0
        for line in self._lines(width):
            sizes = [item.sizeHint() for item in line]
            taken = sum(size.width() + self.spacing() for size in sizes) - self.spacing()
            left = (width - taken) // 2 if self._centred else 0
            for item, size in zip(line, sizes, strict=True):
                found.append((item, QRect(QPoint(left, top), size)))
                left += size.width() + self.spacing()
            top += max(size.height() for size in sizes) + self.spacing()
        return found

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The shown items by the line they stand in."""
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self.spacing()
        return lines
