"""Role delegate: paints a row of the list. Owns pixels; what a row says comes from the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText, QTransform
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rolecall.domain.state import RoleState
from rolecall.ui.ring import draw_ring
from rolecall.ui.role_model import RoleModel, Row, Section, Standing, state_words
from rolecall.ui.role_search import Entry, emphasis, grouped
from rolecall.ui.theme import Colours, account_colour, colours, scaled
from rolecall.ui.tray_items import production_word

Index = QModelIndex | QPersistentModelIndex

_NO_PEN = QPen(Qt.PenStyle.NoPen)
_SMOOTH = QPainter.RenderHint.Antialiasing
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SELECTED = QStyle.StateFlag.State_Selected.value
_CHOSEN = _SELECTED | QStyle.StateFlag.State_MouseOver.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
"""Bits of an item's state, as numbers: Python's flags take ten times as long to test."""
MARGIN = 10
RING = 19
GAP = 10
TEXT_LEFT = MARGIN + 13
"""Where a row's texts begin, to the right of the bar."""
_LEAST = 60
_LEAST_NAME = 30
"""Pixels below which a name, and a shortened account name, tell nothing any more."""


@dataclass(frozen=True, slots=True)
class _Paints:
    """The colours of a theme as Qt wants them, made once."""

    text: QColor
    muted: QColor
    accent: QColor
    wrong: QColor
    track: QColor
    selected: QColor
    hover: QColor
    production: QColor
    on_production: QColor


@lru_cache(maxsize=2)
def _paints(c: Colours) -> _Paints:
    names = (
        c.text, c.muted, c.accent, c.wrong, c.track, c.selected, c.hover, c.production, c.on_production,
    )  # fmt: skip
    return _Paints(*map(QColor, names))


class RoleDelegate(QStyledItemDelegate):
    """Two lines a row: the name with what was typed emphasised, then account and region; state at the right.

    It reads the model directly: through Qt's own `data` a row would take three times as long.
    typed: what is searched for. actions_row and actions_width: the row that carries buttons, and the
    room they take; 0 where they found none.
    """

    def __init__(self, roles: RoleModel, font: QFont, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roles = roles
        self.typed = ""
        self.actions_row = -1
        self.actions_width = 0
        self.look()
        self.set_font(font)

    def look(self) -> None:
        """See which colours are on, once for all rows that are painted next."""
        c = colours()
        self._theme = c, _paints(c)

    def set_font(self, font: QFont) -> None:
        """Measure everything for a font."""
        self._name = scaled(font, 1.0, QFont.Weight.DemiBold)
        self._small = scaled(font, 0.92)
        self._head = scaled(font, 0.9, QFont.Weight.DemiBold)
        self._chip = scaled(font, 0.82, QFont.Weight.Bold)
        self._chip_metrics = QFontMetrics(self._chip)
        self._state = font
        self._name_metrics = QFontMetrics(self._name)
        self._small_metrics = QFontMetrics(self._small)
        self._state_metrics = QFontMetrics(font)
        self._name_height, self._name_ascent = (
            self._name_metrics.height(),
            self._name_metrics.ascent(),
        )
        self._small_ascent = self._small_metrics.ascent()
        self._small_half = (self._small_ascent + self._small_metrics.descent()) // 2
        line = self._name_height + self._small_metrics.height()
        self._height = line + 14
        self._heading = QFontMetrics(self._head).height() + 12
        self._laid = lru_cache(maxsize=512)(self._lay_out)
        self._wide = lru_cache(maxsize=64)(self._small_metrics.horizontalAdvance)
        self._pieces = lru_cache(maxsize=256)(self._name_piece)
        self._fitted_name = lru_cache(maxsize=1024)(partial(_fitted, self._name_metrics))
        self._fitted_details = lru_cache(maxsize=1024)(partial(fitted_details, self._small_metrics))
        self._plain_size = QSize(100, self._height)
        self._head_size = QSize(100, self._height + self._heading)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._head_size if index.row() in self._roles.heads else self._plain_size

    def state_width(self, now: Standing) -> int:
        """Room of the state at the right; a countdown's does not change with its digits."""
        alive = now.state is RoleState.LIVE
        words = state_words(now)
        metrics = self._state_metrics if alive else self._small_metrics
        ring = RING + 9 if alive or now.busy else 0
        return metrics.horizontalAdvance(words.replace("1", "0") if alive else words) + ring

    def least_width(self, entry: Entry) -> int:
        """Room that a row's texts cannot do without: the whole account number, and some of the name."""
        return max(self._wide(grouped(entry.account_id)), _LEAST) + 8

    def least_row(self) -> int:
        """Room in which a row still says its account's number and its state."""
        state = state_words(Standing(RoleState.NEEDS_SIGN_IN))
        texts = self._wide("0000 0000 0000") + 8 + GAP + self._wide(state)
        return TEXT_LEFT + texts + MARGIN

    def body(self, rect: QRect, row: Row) -> QRect:
        """The part of an item's rectangle that is the row itself, without the heading."""
        return rect.adjusted(0, self._heading, 0, 0) if row.heads else rect

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        number = index.row()
        row = self._roles.row_at(number)
        if row is None:
            return
        now = self._roles.standing_of(row.entry.name)
        c, paints = self._theme
        rect = option.rect
        painter.setRenderHint(_SMOOTH)
        if row.heads:
            self._paint_heading(painter, rect, row.section, paints)
            rect = self.body(rect, row)
        bits = option.state.value
        if bits & _CHOSEN:
            self._paint_ground(painter, rect, bits, paints)
        painter.setPen(_NO_PEN)
        if now.production:
            painter.setBrush(paints.production)
            bar = QRectF(rect.left() + MARGIN - 3, rect.top() + 4, 6.5, rect.height() - 8)
        else:
            painter.setBrush(account_colour(row.entry.account_id, c))
            bar = QRectF(rect.left() + MARGIN, rect.top() + 8, 3.5, rect.height() - 16)
        painter.drawRoundedRect(bar, 1.5, 1.5)
        right = self._paint_state(painter, rect, now, c)
        if number == self.actions_row and self.actions_width:
            right -= self.actions_width + GAP
        left, top = rect.left() + TEXT_LEFT, rect.top() + 7
        wide = right - left - 8
        chip = self._paint_chip(painter, row, left, top, wide, paints) if now.production else 0
        self._paint_texts(painter, left, top, wide, chip, row, paints)

    def _paint_ground(self, painter: QPainter, rect: QRect, bits: int, paints: _Paints) -> None:
        selected = bits & _SELECTED
        painter.setPen(_NO_PEN)
        painter.setBrush(paints.selected if selected else paints.hover)
        painter.drawRoundedRect(rect, 6, 6)
        if selected and bits & _FOCUSED:
            painter.setPen(paints.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_heading(
        self, painter: QPainter, rect: QRect, section: Section, paints: _Paints
    ) -> None:
        painter.setFont(self._head)
        painter.setPen(paints.muted)
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
        right, paints = rect.right() - MARGIN, self._theme[1]
        alive = now.state is RoleState.LIVE
        if alive or now.busy:
            box = QRectF(right - RING, rect.center().y() - RING / 2 + 1, RING, RING)
            draw_ring(painter, box, now.share if alive else 0.0, c.of(now.urgency), paints.track)
            right -= RING + 9
        words = state_words(now)
        middle = rect.center().y() + 1
        if alive:
            metrics = self._state_metrics
            wide = metrics.horizontalAdvance(words)
            painter.setFont(self._state)
            painter.setPen(paints.text)
            base = middle - (metrics.ascent() + metrics.descent()) // 2 + metrics.ascent()
            painter.drawText(right - wide, base, words)
            return right - wide
        wide = self._wide(words)
        refused = now.state in (RoleState.REFUSED, RoleState.PROBLEM) and not now.busy
        painter.setFont(self._small)
        painter.setPen(paints.wrong if refused else paints.muted)
        painter.drawStaticText(right - wide, middle - self._small_half, self._laid(words))
        return right - wide

    def _lay_out(self, text: str) -> QStaticText:
        """A small text laid out once: Qt need not shape it again for every keystroke."""
        return _static(text, self._small)

    def _name_piece(self, text: str) -> tuple[QStaticText, int]:
        """A part of a name that many rows share, and its width."""
        return _static(text, self._name), self._name_metrics.horizontalAdvance(text)

    def _small_piece(self, text: str) -> tuple[QStaticText, int]:
        """The same of the second line."""
        return self._laid(text), self._wide(text)

    def _paint_chip(
        self, painter: QPainter, row: Row, left: int, top: int, wide: int, paints: _Paints
    ) -> int:
        """The word that marks production, behind the name; returns the room it takes from it."""
        word, metrics = production_word(), self._chip_metrics
        room = metrics.horizontalAdvance(word) + 12
        if wide < room + 40:
            return 0  # the bar at the left is still there
        named = min(self._name_metrics.horizontalAdvance(row.entry.name), wide - room - 8)
        high = metrics.height() + 1
        box = QRect(left + named + 8, top + (self._name_metrics.height() - high) // 2, room, high)
        painter.setPen(_NO_PEN)
        painter.setBrush(paints.production)
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(self._chip)
        painter.setPen(paints.on_production)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        return room + 8

    def _paint_texts(
        self,
        painter: QPainter,
        left: int,
        top: int,
        wide: int,
        chip: int,
        row: Row,
        paints: _Paints,
    ) -> None:
        """Name and details from `left` on, at most `wide`; `chip` of it is not the name's."""
        if wide <= 0:
            return
        entry = row.entry
        painter.setFont(self._name)
        name = self._fitted_name(entry.name, wide - chip)
        self._paint_emphasised(
            painter, QPoint(left, top), name, self._pieces, self._name_ascent, paints, paints.text
        )
        painter.setFont(self._small)
        below = self._fitted_details(entry, wide)
        place = QPoint(left, top + self._name_height)
        if entry.account_name and self.typed:
            pieces = self._small_piece
            self._paint_emphasised(
                painter, place, below, pieces, self._small_ascent, paints, paints.muted
            )
        else:
            painter.setPen(paints.muted)
            painter.drawStaticText(place, self._laid(below))

    def _paint_emphasised(
        self,
        painter: QPainter,
        place: QPoint,
        text: str,
        pieces: Callable[[str], tuple[QStaticText, int]],
        ascent: int,
        paints: _Paints,
        plain: QColor,
    ) -> None:
        """`text` from the upper left corner `place` on, in the font that is set; `ascent` is its own."""
        at, left, top = 0, place.x(), place.y()
        for start, length in emphasis(text, self.typed) if self.typed else ():
            end = start + length
            for piece, colour in ((text[at:start], plain), (text[start:end], paints.accent)):
                if piece:
                    laid, wide = pieces(piece)
                    painter.setPen(colour)
                    painter.drawStaticText(left, top, laid)
                    left += wide
            at = end
        painter.setPen(plain)
        painter.drawText(left, top + ascent, text[at:])


def _static(text: str, font: QFont) -> QStaticText:
    found = QStaticText(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    found.prepare(QTransform(), font)
    return found


def fitted_details(metrics: QFontMetrics, entry: Entry, wide: int) -> str:
    """An entry's second line in `wide`: the region goes first, then the account's name is shortened.

    Never the number: half of one may be another account's.
    """
    whole, number = entry.details, grouped(entry.account_id)
    fitting = _fitted(metrics, whole, wide)
    if fitting == whole or not number:
        return fitting
    named = f"{entry.account_name} · {number}" if entry.account_name else number
    if metrics.horizontalAdvance(named) <= wide:
        return named
    room = wide - metrics.horizontalAdvance(f" · {number}")
    if entry.account_name and room >= _LEAST_NAME:
        return f"{_fitted(metrics, entry.account_name, room)} · {number}"
    return number if metrics.horizontalAdvance(number) <= wide else ""


def _fitted(metrics: QFontMetrics, text: str, wide: int) -> str:
    """`text`, its end left out where it is wider than `wide`; short texts are not even measured."""
    if text.isascii() and len(text) * metrics.height() * 0.7 < wide:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, wide)
