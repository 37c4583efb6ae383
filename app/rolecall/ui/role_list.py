"""Role list: the list in the window and the buttons that appear on its current or hovered row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QToolButton, QWidget

from rolecall.domain.state import RoleState
from rolecall.ui.role_delegate import GAP, MARGIN, TEXT_LEFT, RoleDelegate
from rolecall.ui.role_model import Data, RoleModel, Row, Standing

_LEAST_WIDTH = 282


class RowActions(QWidget):
    """Console, Copy and more, laid over one row."""

    console = Signal()
    copy = Signal()
    more = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("rowActions")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._buttons: list[QToolButton] = []
        for name, signal in (
            ("rowConsole", self.console),
            ("rowCopy", self.copy),
            ("rowMore", self.more),
        ):
            button = QToolButton(self)
            button.setObjectName(name)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(signal)
            row.addWidget(button)
            self._buttons.append(button)
        self.words()
        self.hide()

    def offer(self, *, console: bool, usable: bool) -> None:
        """Keys of a user open no console: only roles do. usable: credentials can be had now."""
        opening, copying, _more = self._buttons
        opening.setVisible(console)
        opening.setEnabled(usable)
        copying.setEnabled(usable)

    def words(self) -> None:
        """Say everything in the language spoken now."""
        console, copy, more = self._buttons
        console.setText(self.tr("Console"))
        console.setToolTip(self.tr("Open the AWS console"))
        copy.setText(self.tr("Copy"))
        copy.setToolTip(self.tr("Copy the credentials in the default format"))
        more.setText("⋯")
        more.setToolTip(self.tr("More"))
        more.setAccessibleName(self.tr("More"))


class RoleList(QListView):
    """The list "Roles". Says what a person wants of a row; does none of it."""

    chosen = Signal(str)  # another row is current
    entered_role = Signal(str)  # Enter or double click
    console_wanted = Signal(str)
    copy_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, roles: RoleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("roles")
        self._roles = roles
        self._hovered = -1
        self._held = False
        self._painter = RoleDelegate(roles, self.font(), self)
        self.setModel(roles)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.actions_bar = RowActions(self.viewport())
        self.actions_bar.console.connect(lambda: self.console_wanted.emit(self._acting()))
        self.actions_bar.copy.connect(lambda: self.copy_wanted.emit(self._acting()))
        self.actions_bar.more.connect(lambda: self._show_more_of(self._acting()))
        self.selectionModel().currentChanged.connect(self._current_changed)
        roles.modelReset.connect(self._rows_changed)
        roles.dataChanged.connect(self._place_actions)
        self.doubleClicked.connect(lambda index: self.entered_role.emit(roles.name_at(index.row())))
        self.entered.connect(self._hover)
        self.viewportEntered.connect(lambda: self._hover(QModelIndex()))
        self.verticalScrollBar().valueChanged.connect(self._place_actions)
        # Else all that lies below would be painted first at every keystroke, four grounds deep.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.words()

    def words(self) -> None:
        """Say everything in the language spoken now."""
        self.setAccessibleName(self.tr("Roles"))
        self.actions_bar.words()
        self.updateGeometry()
        self.viewport().update()

    def set_typed(self, typed: str) -> None:
        """What is emphasised in the rows."""
        self._painter.typed = typed

    def hold_actions(self) -> None:
        """Put the buttons away while somebody types: moving and painting them costs more than a row."""
        if not self._held:
            self._held = True
            self._painter.actions_row = -1
            self.actions_bar.hide()

    def release_actions(self) -> None:
        """The fingers rest: the buttons are back on their row."""
        if self._held:
            self._held = False
            self._place_actions()

    def current_name(self) -> str:
        """The current row's role, or an empty text."""
        return self._roles.name_at(self.currentIndex().row())

    def select(self, name: str, *, or_first: bool = True) -> None:
        """Make a role's row the current one; the first row where it is not shown."""
        row = self._roles.row_of(name) if name else -1
        if row < 0 and or_first and self._roles.rowCount():
            row = 0
        self.setCurrentIndex(self._roles.index(row) if row >= 0 else QModelIndex())
        if row < 0:
            self._place_actions()
        elif row == 0:
            self.scrollToTop()

    def step(self, by: int) -> None:
        """Move the current row, as Up and Down do while the search field has the focus."""
        count = self._roles.rowCount()
        self.release_actions()
        if count:
            row = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self._roles.index(row))

    def page(self) -> int:
        """Rows in one page."""
        first = self.sizeHintForRow(1) if self._roles.rowCount() > 1 else 50
        return max(self.viewport().height() // max(first, 1) - 1, 1)

    def show_menu(self) -> None:
        """Ask for the menu of the current row, below it."""
        name = self.current_name()
        if name:
            rect = self._body(self.currentIndex())
            self.menu_wanted.emit(name, self.viewport().mapToGlobal(rect.bottomLeft()))

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        least = max(self._painter.least_row() + bar, _LEAST_WIDTH)
        return QSize(least, super().minimumSizeHint().height())

    # --- Qt's events ---------------------------------------------------------------------

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._place_actions()
        self.chosen.emit(self._roles.name_at(current.row()))

    def _rows_changed(self) -> None:
        """The current row is set anew by whoever changed them; the buttons follow it."""
        self._hovered = self._painter.actions_row = -1

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_painter"):
            self._painter.set_font(self.font())
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._painter.look()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().window())
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_actions()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QModelIndex())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(QModelIndex())
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._on_state(index, event):
            self.chosen.emit(self._roles.name_at(index.row()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.show_menu()
            return
        index = self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self._roles.name_at(index.row()), event.globalPos())

    # --- the buttons on a row ------------------------------------------------------------

    def _on_state(self, index: QModelIndex, event: QMouseEvent) -> bool:
        now = index.data(Data.STANDING)
        refused = isinstance(now, Standing) and now.state in (RoleState.REFUSED, RoleState.PROBLEM)
        return refused and event.position().x() > self.viewport().width() * 2 / 3

    def _acting(self) -> str:
        return self._roles.name_at(self._painter.actions_row)

    def _show_more_of(self, name: str) -> None:
        bar = self.actions_bar
        self.menu_wanted.emit(name, bar.mapToGlobal(bar.rect().bottomLeft()))

    def _hover(self, index: QModelIndex) -> None:
        if index.row() != self._hovered:
            self._hovered = index.row()
            self._place_actions()

    def _body(self, index: QModelIndex) -> QRect:
        rect, row = self.visualRect(index), index.data(Data.ROW)
        return self._painter.body(rect, row) if isinstance(row, Row) else rect

    def _place_actions(self) -> None:
        """Lay the buttons over the hovered row, else over the current one."""
        if self._held:
            return
        bar = self.actions_bar
        index = self._roles.index(self._hovered) if self._hovered >= 0 else self.currentIndex()
        before = self._painter.actions_row
        row = index.row() if index.isValid() else -1
        self._painter.actions_row = row
        if row < 0:
            bar.hide()
        else:
            self._lay(bar, index)
        for changed in {before, row} - {-1}:
            self.update(self._roles.index(changed))

    def _lay(self, bar: RowActions, index: QModelIndex) -> None:
        row = self._roles.row_at(index.row())
        if row is None:
            return
        now = self._roles.standing_of(row.entry.name)
        bar.offer(
            console=self._roles.role(row.entry.name).opens_console,
            usable=now.state is not RoleState.PROBLEM and not now.busy,
        )
        rect, size = self._body(index), bar.sizeHint()
        right = rect.right() - MARGIN - self._painter.state_width(now) - GAP
        place = QPoint(right - size.width(), rect.center().y() - size.height() // 2 + 1)
        room = place.x() - rect.left() - TEXT_LEFT
        fits = room >= self._painter.least_width(row.entry)
        # Where they find no room the texts keep theirs: the pane and the menu offer the same.
        self._painter.actions_width = size.width() if fits else 0
        bar.setGeometry(QRect(place, QSize(size)))
        bar.setVisible(fits)
