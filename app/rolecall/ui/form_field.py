"""Form field: one key of an own role as a label, a widget and what is wrong with it. Knows no rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from rolecall.domain.entry_fields import Field, Kind
from rolecall.domain.entry_form import ALLOW_ALL, TASK_WORDS
from rolecall.ui.problem_view import wrapped


class Editor(Protocol):
    """A widget that holds one value."""

    def value(self) -> str:
        """What is in it, without blanks at the ends."""
        ...

    def put(self, value: str) -> None:
        """Show `value`."""
        ...


class LineEditor(QLineEdit):
    """A value in one line."""

    def value(self) -> str:
        """See `Editor`."""
        return self.text().strip()

    def put(self, value: str) -> None:
        """See `Editor`."""
        self.setText(value)


class ChoiceEditor(QComboBox):
    """A value out of a list; `editable` where another may be typed."""

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, editable: bool, parent: QWidget
    ) -> None:
        """choices: what is shown, and the value."""
        super().__init__(parent)
        self.setEditable(editable)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        for shown, value in choices:
            self.addItem(shown, value)

    def value(self) -> str:
        """See `Editor`."""
        return self.currentText().strip() if self.isEditable() else str(self.currentData() or "")

    def put(self, value: str) -> None:
        """See `Editor`."""
        at = self.findData(value)
        if self.isEditable():
            self.setEditText(value)
        elif at >= 0:
            self.setCurrentIndex(at)


class PolicyEditor(QWidget):
    """Everything there is to have, or a policy of one's own. allow_all: what everything is written as."""

    changed = Signal()

    def __init__(self, name: str, *, allow_all: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._everything = ALLOW_ALL if allow_all else ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._which = QComboBox(self)
        self._which.setObjectName(f"{name}Choice")
        whole = (
            self.tr("Everything the user may") if allow_all else self.tr("Everything the role may")
        )
        self._which.addItems([whole, self.tr("Only what a policy of mine allows")])
        self._text = QPlainTextEdit(self)
        self._text.setObjectName(f"{name}Text")
        self._text.setAccessibleName(self.tr("Session policy"))
        self._text.setTabChangesFocus(True)
        self._text.setPlaceholderText('{"Version": "2012-10-17", "Statement": […]}')
        self._text.setFixedHeight(self._text.fontMetrics().height() * 5)
        column.addWidget(self._which)
        column.addWidget(self._text)
        self._which.currentIndexChanged.connect(self._chosen)
        self._text.textChanged.connect(self.changed)
        self._text.hide()

    def set_label(self, words: str) -> None:
        """What the choice is called to those who hear it."""
        self._which.setAccessibleName(words)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self._which, self._text]

    def value(self) -> str:
        """See `Editor`."""
        own = self._which.currentIndex() == 1
        return self._text.toPlainText().strip() if own else self._everything

    def put(self, value: str) -> None:
        """See `Editor`."""
        own = value not in {"", self._everything}
        self._which.setCurrentIndex(int(own))
        self._text.setPlainText(value if own else "")

    def _chosen(self, index: int) -> None:
        self._text.setVisible(index == 1)
        self.changed.emit()


class FormField:
    """A row of the grid: label and editor, below them what is wrong."""

    def __init__(
        self, field: Field, profiles: Sequence[str], allow_all: bool, parent: QWidget
    ) -> None:
        self.field = field
        self.label = QLabel(QCoreApplication.translate("EntryForm", field.label), parent)
        self.fault = wrapped(parent, kind="wrong")
        self.fault.setObjectName(f"{field.key}Fault")
        self.fault.hide()
        self.editor = self._editor(profiles, allow_all, parent)
        self.editor.setObjectName(field.key)
        if isinstance(self.editor, PolicyEditor):
            self.editor.set_label(self.label.text())
        else:
            self.editor.setAccessibleName(self.label.text())
        self.label.setBuddy(self.editor)

    def _editor(
        self, profiles: Sequence[str], allow_all: bool, parent: QWidget
    ) -> LineEditor | ChoiceEditor | PolicyEditor:
        match self.field.kind:
            case Kind.PROFILE:
                shown = [(name, name) for name in profiles]
                return ChoiceEditor(shown, editable=True, parent=parent)
            case Kind.TASK:
                translate = QCoreApplication.translate
                tasks = [
                    (translate("EntryForm", words), name) for name, words in TASK_WORDS.items()
                ]
                return ChoiceEditor(tasks, editable=False, parent=parent)
            case Kind.POLICY:
                return PolicyEditor(self.field.key, allow_all=allow_all, parent=parent)
            case _:
                line = LineEditor(parent)
                line.setPlaceholderText(self.field.sample)
                return line

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return self.editor.stops() if isinstance(self.editor, PolicyEditor) else [self.editor]

    def on_change(self, changed: Callable[[], None]) -> None:
        """Have `changed` called whenever the value is another one."""
        editor = self.editor
        if isinstance(editor, LineEditor):
            editor.textChanged.connect(lambda _text: changed())
        elif isinstance(editor, ChoiceEditor):
            editor.currentTextChanged.connect(lambda _text: changed())
        else:
            editor.changed.connect(changed)

    def place(self, grid: QGridLayout, row: int) -> None:
        """Stand in rows `row` and `row + 1`."""
        tall = isinstance(self.editor, PolicyEditor)
        top = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        if tall:
            self.label.setContentsMargins(0, 6, 0, 0)
        grid.addWidget(self.label, row, 0, top)
        grid.addWidget(self.editor, row, 1)
        grid.addWidget(self.fault, row + 1, 1)

    def show(self, *, shown: bool) -> None:
        """Show or hide the row."""
        self.label.setVisible(shown)
        self.editor.setVisible(shown)
        self.fault.setVisible(shown and bool(self.fault.text()))

    def tell(self, fault: str) -> None:
        """Say what is wrong; an empty text takes it back."""
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault) and not self.editor.isHidden())

    def drop(self) -> None:
        """Leave the form."""
        for widget in (self.label, self.editor, self.fault):
            widget.hide()
            widget.deleteLater()
