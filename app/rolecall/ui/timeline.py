"""Timeline: a day or a week of who I was when, drawn. Owns the picture and its keys, not the journal.

One row for each role: a bar while its session was held, in the colour of its account, a cross where
something was refused or denied, a small dot where it was cancelled (a shape, not a colour alone).
Everything drawn can be reached by keyboard and is said to a screen reader; the table beside it says the
same in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip, QWidget

from rolecall.domain.journal import Outcome
from rolecall.domain.terminal import visible
from rolecall.domain.timeline import Row
from rolecall.ui.theme import account_colour, colours, scaled, unit
from rolecall.ui.wording import local_time

DAY = 86_400.0
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn: a bar from begin to end, or what came to nothing (begin equal to end)."""

    role: str
    begin: float
    end: float
    outcome: Outcome = Outcome.SERVED

    @property
    def bar(self) -> bool:
        """Whether a session was held."""
        return self.outcome is Outcome.SERVED

    @property
    def cross(self) -> bool:
        """Whether somebody said no: AWS or the person. What was cancelled is a dot."""
        return self.outcome in (Outcome.REFUSED, Outcome.DENIED)


class Timeline(QWidget):
    """`stepped`: -1 or 1, a person wants the day (or week) before or after. `chosen`: a role's name."""

    stepped = Signal(int)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(False)
        self._rows: Sequence[Row] = ()
        self._begin = self._end = self._now = 0.0
        self._days = 1
        self._marks: list[list[Mark]] = []
        self._at: tuple[int, int] | None = None
        self._words()

    def show_rows(self, rows: Sequence[Row], begin: float, end: float, now: float) -> None:
        """Draw `rows` between two midnights, UTC epoch seconds; now: where the line of this moment is."""
        self._rows, self._begin, self._end, self._now = rows, begin, end, now
        self._days = round((end - begin) / DAY)
        self._marks = [_marks(row) for row in rows]
        self._at = None
        self.updateGeometry()
        self.setMinimumHeight(self.sizeHint().height())
        self._say()
        self.update()

    # --- measures ------------------------------------------------------------------------

    @property
    def _unit(self) -> int:
        return unit(self)

    @property
    def _row_height(self) -> float:
        return self._unit * 7.0

    @property
    def _head(self) -> float:
        return self._unit * 7.0

    @property
    def _label_width(self) -> float:
        metrics = QFontMetricsF(self.font())
        widest = max(
            (metrics.horizontalAdvance(visible(row.role)) for row in self._rows), default=0
        )
        return min(widest + self._unit * 8, max(self.width() * 0.28, self._unit * 24))

    def sizeHint(self) -> QSize:
        """As tall as its rows."""
        rows = max(len(self._rows), 3)
        return QSize(self._unit * 120, round(self._head + rows * self._row_height + self._unit * 2))

    def _x(self, moment: float) -> float:
        left, right = self._label_width, self.width() - self._unit * 3.0
        return left + (moment - self._begin) / max(self._end - self._begin, 1) * (right - left)

    def _y(self, row: int) -> float:
        return self._head + row * self._row_height

    def _box(self, row: int, mark: Mark) -> QRectF:
        """Where a mark stands. Crosses and dots stand above the bars of their row: neither hides the other."""
        top, middle = self._y(row), self._row_height / 2
        crossed = bool(self._rows[row].moments)
        if not mark.bar:
            size = self._unit * (1.8 if mark.cross else 1.4)
            y = top + self._unit * 1.7 if self._rows[row].spans else top + middle
            return QRectF(self._x(mark.begin) - size / 2, y - size / 2, size, size)
        height = self._unit * 2.8
        y = top + (self._unit * 4.9 if crossed else middle)
        left, right = self._x(mark.begin), self._x(mark.end)
        return QRectF(left, y - height / 2, max(right - left, 3.0), height)

    # --- drawing -------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor(colours().field))
        self._draw_grid(painter)
        for number, row in enumerate(self._rows):
            self._draw_row(painter, number, row)
        if not self._rows:
            painter.setPen(QColor(colours().muted))
            below = QRectF(self.rect()).adjusted(0, self._head, 0, 0)
            words = painter.boundingRect(below, Qt.AlignmentFlag.AlignCenter, self._nothing)
            painter.fillRect(words.adjusted(-8, -4, 8, 4), QColor(colours().field))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._nothing)
        self._draw_now(painter)
        self._draw_focus(painter)
        painter.end()

    def _draw_grid(self, painter: QPainter) -> None:
        c, small = colours(), scaled(self.font(), 0.9)
        painter.setFont(small)
        lowest = float(self.height())
        for moment, words in self._ticks():
            x = self._x(moment)
            painter.setPen(QPen(QColor(c.line), 1))
            painter.drawLine(QPointF(x, self._head - self._unit), QPointF(x, lowest))
            painter.setPen(QColor(c.muted))
            width = self._unit * 24.0
            place = QRectF(x - width / 2, 0, width, self._head - self._unit)
            align = Qt.AlignmentFlag.AlignHCenter
            if self._days > 1:
                place = QRectF(x + self._unit, 0, width, self._head - self._unit)
                align = Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(QColor(c.border), 1))
        painter.drawLine(QPointF(0, self._head - 0.5), QPointF(self.width(), self._head - 0.5))
        painter.setFont(self.font())

    def _ticks(self) -> list[tuple[float, str]]:
        """Moments with a line and their words: every three hours of a day, every midnight of a week."""
        start = datetime.fromtimestamp(self._begin).astimezone()
        if self._days == 1:
            hours = (start.replace(hour=hour).timestamp() for hour in range(0, 24, 3))
            return [(moment, local_time(moment)) for moment in hours]
        locale = QLocale()
        days = [
            (start.replace(tzinfo=None) + timedelta(days=n)).astimezone() for n in range(self._days)
        ]
        return [
            (
                day.timestamp(),
                f"{locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)} {day.day}",
            )
            for day in days
        ]

    def _draw_row(self, painter: QPainter, number: int, row: Row) -> None:
        c, top = colours(), self._y(number)
        chosen = self._at is not None and self._at[0] == number
        if chosen:
            painter.fillRect(QRectF(0, top, self.width(), self._row_height), QColor(c.selected))
        painter.setPen(QPen(QColor(c.line), 1))
        bottom = top + self._row_height - 0.5
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        colour = account_colour(row.account)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        edge = QRectF(
            self._unit * 2.5, top + self._row_height / 2 - self._unit * 1.5, 3, self._unit * 3
        )
        painter.drawRoundedRect(edge, 1.5, 1.5)
        painter.setPen(QColor(c.text))
        place = QRectF(self._unit * 4.5, top, self._label_width - self._unit * 6, self._row_height)
        metrics = QFontMetricsF(self.font())
        name = metrics.elidedText(visible(row.role), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        for mark in self._marks[number]:
            if mark.cross:
                self._draw_cross(painter, self._box(number, mark))
            elif not mark.bar:
                self._draw_dot(painter, self._box(number, mark))
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawRoundedRect(self._box(number, mark), 3, 3)

    def _draw_cross(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(QColor(colours().wrong), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())

    def _draw_dot(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().muted))
        painter.drawEllipse(box)

    def _draw_now(self, painter: QPainter) -> None:
        if self._begin <= self._now < self._end:
            x = self._x(self._now)
            painter.setPen(QPen(QColor(colours().accent), 1.5))
            painter.drawLine(QPointF(x, self._head - self._unit), QPointF(x, float(self.height())))

    def _draw_focus(self, painter: QPainter) -> None:
        if not self.hasFocus():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours().accent), 1.5))
        if self._at is not None:
            row, place = self._at
            box = self._box(row, self._marks[row][place]).adjusted(-3.5, -3.5, 3.5, 3.5)
            painter.drawRoundedRect(box, 5, 5)
        else:
            painter.drawRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75))

    # --- keys, mouse and words -----------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stepped.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._choose_row(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose_mark(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self.chosen.emit(self._rows[self._at[0]].role)
        else:
            super().keyPressEvent(event)

    def _choose_row(self, step: int) -> None:
        if not self._marks:
            return
        row = 0 if self._at is None else min(max(self._at[0] + step, 0), len(self._marks) - 1)
        self._choose(row, 0 if self._at is None or row != self._at[0] else self._at[1])

    def _choose_mark(self, step: int) -> None:
        if self._at is None:
            self._choose_row(1)
            return
        row, place = self._at
        self._choose(row, min(max(place + step, 0), len(self._marks[row]) - 1))

    def _choose(self, row: int, place: int) -> None:
        self._at = (row, place)
        self._say()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._mark_at(event.position())
        if found is not None:
            self._choose(*found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = int((event.position().y() - self._head) // self._row_height)
        if 0 <= row < len(self._rows):
            self.chosen.emit(self._rows[row].role)

    def _mark_at(self, point: QPointF) -> tuple[int, int] | None:
        row = int((point.y() - self._head) // self._row_height)
        if not 0 <= row < len(self._marks):
            return None
        for place, mark in reversed(list(enumerate(self._marks[row]))):
            if self._box(row, mark).adjusted(-3, -3, 3, 3).contains(point):
                return row, place
        return None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._mark_at(QPointF(event.pos()))
            # plain text: a name that holds markup shows it
            words = self._mark_words(*found) if found else ""
            QToolTip.showText(event.globalPos(), _plain(words), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._words()

    def _words(self) -> None:
        self.setAccessibleName(self.tr("Timeline"))
        self._nothing = self.tr("Nothing happened in this time")
        self._say()

    def _say(self) -> None:
        """What a screen reader hears: the mark chosen, or how much there is."""
        if self._at is not None:
            words = self._mark_words(*self._at)
        elif self._rows:
            words = self.tr("%n role(s); the arrow keys go through them", None, len(self._rows))
        else:
            words = self._nothing
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            kind = QAccessible.Event.DescriptionChanged
            QAccessible.updateAccessibility(QAccessibleEvent(self, kind))

    def _mark_words(self, row: int, place: int) -> str:
        mark = self._marks[row][place]
        role, begin = visible(mark.role), self._moment(mark.begin)
        words = {
            Outcome.SERVED: self.tr("{role}: from {begin} to {end}"),
            Outcome.REFUSED: self.tr("{role}: refused at {begin}"),
            Outcome.DENIED: self.tr("{role}: denied by you at {begin}"),
            Outcome.CANCELLED: self.tr("{role}: cancelled at {begin}"),
        }[mark.outcome]
        return words.format(role=role, begin=begin, end=self._moment(mark.end))

    def _moment(self, moment: float) -> str:
        if self._days == 1:
            return local_time(moment)
        day = datetime.fromtimestamp(moment).astimezone().isoweekday()
        name = QLocale().dayName(day, QLocale.FormatType.ShortFormat)
        return f"{name} {local_time(moment)}"


def _marks(row: Row) -> list[Mark]:
    found = [Mark(row.role, span.begin, span.end) for span in row.spans]
    for outcome, moments in (
        (Outcome.REFUSED, row.refused),
        (Outcome.DENIED, row.denied),
        (Outcome.CANCELLED, row.cancelled),
    ):
        found += [Mark(row.role, moment, moment, outcome) for moment in moments]
    return sorted(found, key=lambda mark: (mark.begin, mark.end))


def _plain(words: str) -> str:
    """Tool tips guess at markup; what begins like it is escaped."""
    return words.replace("&", "&amp;").replace("<", "&lt;") if "<" in words else words
