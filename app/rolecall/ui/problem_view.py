"""Problem view: a Problem where the person looks, with its causes ranked and a remedy for each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from rolecall.domain.problem import Problem, Text
from rolecall.ui.breaking_label import BreakingLabel
from rolecall.ui.theme import scaled


def wrapped(parent: QWidget, words: str = "", kind: str = "") -> QLabel:
    """A label of plain text that breaks its lines and can be selected."""
    label = BreakingLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    fits = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    fits.setHeightForWidth(True)
    label.setSizePolicy(fits)
    if kind:
        label.setProperty("kind", kind)
    return label


def fit_height(window: QWidget) -> None:
    """Make a window as tall as its broken lines need: Qt does not do so by itself for a window.

    And no narrower than what is in it: Qt would break the lines for the width that they should have had.
    """
    layout = window.layout()
    if layout is not None:
        layout.activate()
        window.setMinimumWidth(max(window.minimumWidth(), layout.totalMinimumSize().width()))
        window.resize(window.width(), layout.totalHeightForWidth(window.width()))


class ProblemView(QFrame):
    """Title, explanation, where in which file, remedy, then the possible causes.

    titled: false where the title stands above it already.
    """

    def __init__(
        self, said: Callable[[Text], str], parent: QWidget | None = None, *, titled: bool = True
    ) -> None:
        super().__init__(parent)
        self._titled = titled
        self.setObjectName("problem")
        self.setProperty("kind", "problem")
        self._said = said
        self._shown: Problem | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 11)
        self._column.setSpacing(5)
        self.hide()

    def show_problem(self, problem: Problem | None) -> None:
        """Show `problem`; None shows nothing at all."""
        if problem == self._shown:
            return
        self._shown = problem
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.setVisible(problem is not None)
        if problem is not None:
            self._fill(problem)

    def again(self) -> None:
        """Say everything again in the language spoken now."""
        problem, self._shown = self._shown, None
        self.show_problem(problem)

    def _fill(self, problem: Problem) -> None:
        if self._titled:
            title = self._add(self._said(problem.title), "problemTitle")
            title.setFont(scaled(self.font(), 1.0, QFont.Weight.DemiBold))
        for text, name in (
            (problem.explanation, "problemExplanation"),
            (problem.remedy, "problemRemedy"),
        ):
            if text.template:
                self._add(self._said(text), name)
        if problem.file:
            self._add(place(problem), "problemPlace", "muted")
        for number, cause in enumerate(problem.causes, 1):
            head = self._add(f"{number}. {self._said(cause.title)}", f"cause{number}")
            head.setFont(scaled(self.font(), 1.0, QFont.Weight.Medium))
            head.setContentsMargins(0, 5, 0, 0)
            self._add(self._said(cause.remedy), f"remedy{number}", "muted").setIndent(15)

    def _add(self, words: str, name: str, kind: str = "") -> QLabel:
        label = wrapped(self, words, kind)
        label.setObjectName(name)
        self._column.addWidget(label)
        label.show()
        return label


def place(problem: Problem) -> str:
    """File and line of a Problem, as editors write it."""
    return f"{problem.file}:{problem.line}" if problem.line else problem.file
