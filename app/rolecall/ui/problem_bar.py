"""Problem bar: what is wrong with the files, or with the last thing asked for, above the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rolecall.domain.problem import Problem, Text
from rolecall.ui.problem_view import ProblemView, place, wrapped
from rolecall.ui.theme import scaled


class ProblemBar(QFrame):
    """One line for all Problems at hand; "Show" unfolds them below it, where it is the title of the first."""

    def __init__(self, said: Callable[[Text], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problemBar")
        self.setProperty("kind", "problem")
        self._said = said
        self._of_files: tuple[Problem, ...] = ()
        self._last: Problem | None = None
        self._views: list[ProblemView] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(14)
        self._label = wrapped(self)
        self._label.setObjectName("problemLine")
        self._show, self._close = QPushButton(self), QPushButton(self)
        for button, name in ((self._show, "problemShow"), (self._close, "problemClose")):
            button.setObjectName(name)
            button.setProperty("kind", "link")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._unfold)
        self._close.clicked.connect(self._dismiss)
        line.addWidget(self._label, 1)
        line.addWidget(self._show)
        line.addWidget(self._close)
        column.addLayout(line)
        self._column = column
        self.hide()
        self._words()

    def show_of_files(self, problems: tuple[Problem, ...]) -> None:
        """Take over what is wrong with the AWS files and the settings."""
        if problems != self._of_files:
            self._of_files = problems
            self._refresh()

    def show_problem(self, problem: Problem | None) -> None:
        """Take over the last Problem that has no place of its own."""
        self._last = problem
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_close"):
            self._words()
            self._refresh()

    def _words(self) -> None:
        self._close.setText(self.tr("Dismiss"))
        self._show.setText(self.tr("Hide") if self._show.isChecked() else self.tr("Show"))

    @property
    def _all(self) -> list[Problem]:
        return [*([self._last] if self._last else []), *self._of_files]

    def _refresh(self) -> None:
        problems = self._all
        self.setVisible(bool(problems))
        self._close.setVisible(self._last is not None)
        if not problems:
            self._show.setChecked(False)
            return
        self._unfold(self._show.isChecked())

    def _line(self, problems: list[Problem]) -> str:
        """What the first one is and where, and how many more there are."""
        words = self._said(problems[0].title)
        where = place(problems[0])
        if where and problems[0].file not in words:
            words = self.tr("{problem} ({place})").format(problem=words, place=where)
        if len(problems) > 1:
            more = self.tr("{problem}, and %n more", None, len(problems) - 1)
            words = more.format(problem=words)
        return words

    def _unfold(self, shown: bool) -> None:
        self._words()
        problems = self._all
        if problems:
            self._label.setText(self._said(problems[0].title) if shown else self._line(problems))
        weight = QFont.Weight.DemiBold if shown else QFont.Weight.Normal
        self._label.setFont(scaled(self.font(), 1.0, weight))
        for old in self._views:
            old.hide()
            old.deleteLater()
        self._views = []
        for at, problem in enumerate(problems if shown else ()):
            view = ProblemView(self._said, self, titled=at > 0)
            view.layout().setContentsMargins(0, 6 if at else 0, 0, 2)  # type: ignore[union-attr]
            view.show_problem(problem)
            self._column.addWidget(view)
            self._views.append(view)

    def _dismiss(self) -> None:
        self.show_problem(None)
