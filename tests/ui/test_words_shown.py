"""The words of every window that is drawn: none is one that only Qt's tools should see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import count, takewhile
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from rolecall.ui.translation import Translation
from ui import shots

RAW = re.compile(r"\(s\)|%n|\{[a-z_]+\}")
"""A plural nobody resolved, a number or a name nobody put in."""

PLACEHOLDERS = re.compile(r"\{(user|host|role|date)\}")
"""What a person may write into a session's name: samples show it."""


@pytest.fixture(params=("en", "ko"))
def language(request: pytest.FixtureRequest, translation: Translation) -> str:
    translation.speak(request.param)
    return str(request.param)


def words_of(window: QWidget) -> Iterator[str]:
    """Everything that is shown, or said to a screen reader, in a window."""
    for widget in (window, *window.findChildren(QWidget)):
        yield from (widget.windowTitle(), widget.toolTip())
        yield from (widget.accessibleName(), widget.accessibleDescription())
        match widget:
            case QLabel() | QAbstractButton():
                yield widget.text()
            case QLineEdit():
                yield widget.placeholderText()
            case QComboBox():
                yield from (widget.itemText(at) for at in range(widget.count()))
            case QMenu():
                yield from (action.text() for action in widget.actions())
            case QAbstractItemView():
                yield from cells(widget)


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(min(model.rowCount(), 40)):
        # the columns of a list are nobody's to count
        for index in takewhile(QModelIndex.isValid, (model.index(row, at) for at in count())):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(index.data(role) or "")


@pytest.mark.parametrize("scene_of", shots.SCENES, ids=lambda one: one.__name__)
def test_no_window_shows_what_qts_tools_should_have_resolved(
    scene_of: Callable[[Path], shots.Shots], language: str, tmp_path: Path
) -> None:
    raw = []
    for name, window in scene_of(tmp_path):
        assert isinstance(window, QWidget)
        seen = (PLACEHOLDERS.sub("", words) for words in words_of(window))
        raw += [f"{language} {name}: {words}" for words in seen if RAW.search(words)]
        window.hide()
    assert not raw, raw
