"""Narrowed card: the live sessions of a role that have less than its permissions, in the side pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rolecall.domain.countdown import clock_label, remaining
from rolecall.domain.presets import title_of
from rolecall.domain.role import Role
from rolecall.domain.route import again
from rolecall.domain.session import Session
from rolecall.ui.parts import WindowParts
from rolecall.ui.problem_view import wrapped


class NarrowedCard(QFrame):
    """A line for each; built anew only when the sessions change, so that a click finds its button."""

    def __init__(self, parts: WindowParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("narrowedCard")
        self.setProperty("kind", "card")
        self._parts = parts
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self._labels: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(11, 9, 11, 9)
        self._column.setSpacing(6)

    def show_sessions(self, role: Role, sessions: Sequence[Session], now: float) -> None:
        """Show the narrowed `sessions` of `role`; none hides the card."""
        scopes = (role.name, tuple(session.scope for session in sessions))
        if scopes != self._shown:
            self._shown = scopes
            self._rebuild(role, sessions)
        for label, session in zip(self._labels, sessions, strict=True):
            title = self._parts.said(title_of(session.scope, role))
            label.setText(f"{title} · {clock_label(remaining(session, now))}")
        self.setVisible(bool(sessions))

    def _rebuild(self, role: Role, sessions: Sequence[Session]) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._labels = []
        for session in sessions:
            self._column.addWidget(self._line(role, session))

    def _line(self, role: Role, session: Session) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        label = wrapped(line)
        label.setObjectName("narrowedSession")
        self._labels.append(label)
        row.addWidget(label, 1)
        wish = again(session)
        if wish.scope == session.scope:
            opening, copying = (
                QPushButton(self.tr("Console"), line),
                QPushButton(self.tr("Copy"), line),
            )
            opening.setAccessibleName(self.tr("Open console with fewer rights"))
            copying.setAccessibleName(self.tr("Copy credentials with fewer rights"))
            opening.setEnabled(role.opens_console)
            opening.clicked.connect(lambda: self._parts.open_console(role.name, wish=wish))
            copying.clicked.connect(lambda: self._parts.copy(role.name, None, wish))
            for button in (opening, copying):
                button.setProperty("kind", "link")
                row.addWidget(button)
        return line
