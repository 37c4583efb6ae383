"""The menu follows its items with as few changes as possible, and shows every name as it is."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from rolecall.ui.tray_icon import Mark, Picture
from rolecall.ui.tray_items import Command, Item
from rolecall.ui.tray_menu import TrayMenu, escaped


class Shown:
    """A menu, what was clicked in it, and how often it was changed."""

    def __init__(self) -> None:
        self.menu = QMenu()
        self.done: list[Command] = []
        self.tray = TrayMenu(self.menu, self.done.append)

    def show(self, *items: Item, on_bus: bool = False) -> None:
        self.tray.show(items, on_bus=on_bus)

    def texts(self) -> list[str]:
        return _texts(self.menu)


def _texts(menu: QMenu) -> list[str]:
    return ["-" if action.isSeparator() else action.text() for action in menu.actions()]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    one = Shown()
    yield one
    one.menu.deleteLater()


def _line(key: str, label: str = "") -> Item:
    return Item(key, label or key, ("take", key))


def test_lines_headers_separators_and_menus_below(shown: Shown) -> None:
    below = Item("account", "Pay", children=(_line("a"), _line("b")))
    shown.show(Item("title", "Recent"), _line("x"), Item("line"), below)
    assert shown.texts() == ["Recent", "x", "-", "Pay"]
    title, line, _, account = shown.menu.actions()
    assert not title.isEnabled()
    assert line.isEnabled()
    assert _texts(account.menu()) == ["a", "b"]


def test_a_click_says_what_is_wanted_now(shown: Shown) -> None:
    shown.show(Item("x", "x", ("take", "first")))
    shown.show(Item("x", "x", ("take", "second")))
    shown.menu.actions()[0].trigger()
    assert shown.done == [("take", "second")]


def test_a_text_changes_in_place(shown: Shown) -> None:
    shown.show(_line("a", "a — 42 min"), _line("b"))
    before = shown.menu.actions()
    changed: list[str] = []
    for action in before:
        action.changed.connect(lambda action=action: changed.append(action.text()))
    shown.show(_line("a", "a — 41 min"), _line("b"))
    assert shown.menu.actions() == before
    assert changed == ["a — 41 min"]
    shown.show(_line("a", "a — 41 min"), _line("b"))
    assert changed == ["a — 41 min"]


def test_lines_come_and_go_one_by_one(shown: Shown) -> None:
    shown.show(_line("a"), _line("c"), _line("d"))
    kept: list[QAction] = [shown.menu.actions()[1], shown.menu.actions()[2]]
    shown.show(_line("b"), _line("c"), _line("c2"), _line("d"), _line("e"))
    assert shown.texts() == ["b", "c", "c2", "d", "e"]
    assert [shown.menu.actions()[1], shown.menu.actions()[3]] == kept


def test_any_change_of_any_menu_ends_as_wanted(shown: Shown) -> None:
    chosen = random.Random(7)
    names = [f"n{number}" for number in range(12)]
    for _ in range(200):
        wanted = chosen.sample(names, chosen.randint(0, len(names)))
        items = [
            Item(f"m {name}", name, children=tuple(_line(n) for n in chosen.sample(names, 3)))
            if chosen.random() < 0.3
            else _line(name)
            for name in wanted
        ]
        shown.show(*items)
        assert shown.texts() == wanted
        for action, item in zip(shown.menu.actions(), items, strict=True):
            below = action.menu()
            if item.children:
                assert _texts(below) == [child.label for child in item.children]
            else:
                assert below is None


def test_a_picture_comes_and_goes(shown: Shown) -> None:
    shown.show(Item("a", "a", ("x",), picture=Picture(Mark.LIVE, 0.5)))
    assert not shown.menu.actions()[0].icon().isNull()
    shown.show(Item("a", "a", ("x",)))
    assert shown.menu.actions()[0].icon().isNull()


@pytest.mark.parametrize(
    ("label", "plain", "on_bus"),
    [
        ("dev_admin", "dev_admin", "dev__admin"),
        ("a & b", "a && b", "a && b"),
        ("&_&", "&&_&&", "&&__&&"),
        ("관리자", "관리자", "관리자"),
        ("tab\there\nand", "tab here and", "tab here and"),
    ],
)
def test_every_name_is_shown_as_it_is(shown: Shown, label: str, plain: str, on_bus: str) -> None:
    assert escaped(label, on_bus=False) == plain
    assert escaped(label, on_bus=True) == on_bus
    shown.show(_line("x", label))
    assert shown.texts() == [plain]
    shown.show(_line("x", label), on_bus=True)
    assert shown.texts() == [on_bus]
