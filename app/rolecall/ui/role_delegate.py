"""Role delegate: paints a row of the list. Owns pixels; what a row says comes from the model."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rolecall.domain.state import RoleState
from rolecall.ui.ring import draw_ring
from rolecall.ui.role_model import Data, Row, Section, Standing, grouped, state_words
from rolecall.ui.role_search import emphasis
from rolecall.ui.theme import Colours, account_colour, colours, scaled

Index = QModelIndex | QPersistentModelIndex

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MARGIN = 10
RING = 19


class RoleDelegate(QStyledItemDelegate):
    """Two lines a row: the name with what was typed emphasised, then account and region; state at the right.

    typed: what is searched for. actions_row and actions_width: the row that carries buttons, and the
    room they take.
    """

    def __init__(self, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.typed = ""
        self.actions_row = -1
        self.actions_width = 0
        self.set_font(font)

    def set_font(self, font: QFont) -> None:
        """Measure everything for a font."""
        self._name = scaled(font, 1.0, QFont.Weight.DemiBold)
        self._small = scaled(font, 0.92)
        self._head = scaled(font, 0.9, QFont.Weight.DemiBold)
        self._state = font
        self._name_metrics = QFontMetrics(self._name)
        self._small_metrics = QFontMetrics(self._small)
        self._head_metrics = QFontMetrics(self._head)
        self._state_metrics = QFontMetrics(font)
        line = self._name_metrics.height() + self._small_metrics.height()
        self._height = line + 14
        self._heading = self._head_metrics.height() + 12
        self._plain_size = QSize(100, self._height)
        self._head_size = QSize(100, self._height + self._heading)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Data.ROW)
        return self._head_size if isinstance(row, Row) and row.heads else self._plain_size

    def body(self, rect: QRect, row: Row) -> QRect:
        """The part of an item's rectangle that is the row itself, without the heading."""
        return rect.adjusted(0, self._heading, 0, 0) if row.heads else rect

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Data.ROW)
        now = index.data(Data.STANDING)
        if not isinstance(row, Row) or not isinstance(now, Standing):
            return
        c = colours()
        rect = QRect(option.rect)
        flags = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heads:
            self._paint_heading(painter, rect, row.section, c)
            rect = self.body(rect, row)
        self._paint_ground(painter, rect, flags, c)
        bar = QRectF(rect.left() + MARGIN, rect.top() + 8, 3.5, rect.height() - 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(account_colour(row.entry.account_id))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        right = self._paint_state(painter, rect, now, c)
        if index.row() == self.actions_row:
            right -= self.actions_width + 8
        left = rect.left() + MARGIN + 13
        self._paint_texts(painter, QRect(left, rect.top() + 7, right - left - 8, 0), row, c)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, rect: QRect, flags: QStyle.StateFlag, c: Colours
    ) -> None:
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        hovered = bool(flags & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.selected if selected else c.hover))
            painter.drawRoundedRect(rect, 6, 6)
        if selected and flags & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(c.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_heading(self, painter: QPainter, rect: QRect, section: Section, c: Colours) -> None:
        painter.setFont(self._head)
        painter.setPen(QColor(c.muted))
        place = QRect(rect.left() + MARGIN, rect.top() + 2, rect.width(), self._heading - 2)
        painter.drawText(place, _LEFT, self._section_words(section))

    def _section_words(self, section: Section) -> str:
        return {
            Section.LIVE: self.tr("Live"),
            Section.FAVOURITES: self.tr("Favourites"),
            Section.ROLES: self.tr("Roles"),
        }[section]

    def _paint_state(self, painter: QPainter, rect: QRect, now: Standing, c: Colours) -> int:
        """State at the right edge; returns how far left it reaches."""
        right = rect.right() - MARGIN
        alive = now.state is RoleState.LIVE
        if alive or now.busy:
            box = QRectF(right - RING, rect.center().y() - RING / 2 + 1, RING, RING)
            share = now.share if alive else 0.0
            draw_ring(painter, box, share, c.of(now.urgency), QColor(c.track))
            right -= RING + 9
        words = state_words(now)
        wide = self._state_metrics.horizontalAdvance(words)
        refused = now.state in (RoleState.REFUSED, RoleState.PROBLEM) and not now.busy
        loud = c.text if alive else c.wrong if refused else c.muted
        painter.setFont(self._state if alive else self._small)
        painter.setPen(QColor(loud))
        painter.drawText(QRect(right - wide, rect.top(), wide, rect.height()), _RIGHT, words)
        return right - wide

    def _paint_texts(self, painter: QPainter, place: QRect, row: Row, c: Colours) -> None:
        """Name and details inside `place` (its height is not read)."""
        tall, wide = self._name_metrics.height(), place.width()
        if wide <= 0:
            return
        name = self._name_metrics.elidedText(row.entry.name, Qt.TextElideMode.ElideRight, wide)
        painter.setFont(self._name)
        line = QRect(place.left(), place.top(), wide, tall)
        self._paint_emphasised(painter, line, name, self._name_metrics, c, c.text)
        account = row.entry.account_name
        details = [account, grouped(row.entry.account_id), row.entry.region]
        below = self._small_metrics.elidedText(
            " · ".join(part for part in details if part), Qt.TextElideMode.ElideRight, wide
        )
        painter.setFont(self._small)
        painter.setPen(QColor(c.muted))
        under = QRect(place.left(), line.bottom() + 1, wide, self._small_metrics.height())
        if account and self.typed:
            self._paint_emphasised(painter, under, below, self._small_metrics, c, c.muted)
        else:
            painter.drawText(under, _LEFT, below)

    def _paint_emphasised(
        self,
        painter: QPainter,
        line: QRect,
        text: str,
        metrics: QFontMetrics,
        c: Colours,
        plain: str,
    ) -> None:
        runs = emphasis(text, self.typed) if self.typed else []
        at, x = 0, line.left()
        for start, length in [*runs, (len(text), 0)]:
            for piece, colour in (
                (text[at:start], plain),
                (text[start : start + length], c.accent),
            ):
                if piece:
                    painter.setPen(QColor(colour))
                    painter.drawText(
                        QRect(x, line.top(), line.right() - x + 1, line.height()), _LEFT, piece
                    )
                    x += metrics.horizontalAdvance(piece)
            at = start + length
