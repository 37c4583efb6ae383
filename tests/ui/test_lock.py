"""Locked by hand, with the screen, before sleep: what goes from memory and screen, and what a click brings back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rolecall.agent import Reply, Request
from rolecall.domain.kept import Kept, kept_of
from rolecall.keeping import Keeping
from rolecall.storage.kept_sessions import KeptSessions
from rolecall.ui.sleep_watch import SleepWatch
from ui.test_app import NEEDS_CODE, READY, Desk


class Ring:
    """An open keyring."""

    def get(self, *, make: bool, interactive: bool) -> bytes:
        return bytes(32)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path, qapp)
    scene = one.scene
    file = KeptSessions(tmp_path / "kept" / "sessions", "c", Ring())
    keeping = Keeping(scene.actions, scene.store, scene.run, lambda: file, one.app.problem)
    keeping.begin(empty=True)
    yield one
    one.close()
    assert one.faults == []


def kept(desk: Desk) -> Kept:
    return kept_of(desk.scene.store.state)


def test_locked_nothing_is_left_and_a_click_on_a_role_brings_it_back(desk: Desk) -> None:
    desk.app.do(("take", READY))
    desk.app.do(("copy", READY, "", "json"))
    before = kept(desk)
    assert before
    assert desk.copied
    desk.app.do(("lock",))
    assert kept(desk) == Kept()
    assert desk.copied == ""
    desk.app.do(("copy", READY, "", "json"))
    assert before.sessions[READY, ""].credentials.access_key_id in desk.copied
    assert kept(desk) == before


def test_the_code_dialog_closes_and_the_menu_offers_the_way_back(qtbot: QtBot, desk: Desk) -> None:
    desk.app.do(("take", NEEDS_CODE))
    dialog = desk.app.dialogs.code
    assert dialog is not None
    assert dialog.isVisible()  # type: ignore[attr-defined]
    desk.app.do(("lock",))
    assert not dialog.isVisible()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: desk.tray._icon.toolTip() == "Rolecall\nLocked")
    desk.app.show_window()
    window = desk.app._window
    assert isinstance(window, QWidget)
    facts = window.findChild(QLabel, "facts")
    assert facts is not None
    assert facts.text().startswith("Locked")
    labels = [action.text() for action in desk.tray._qt_menu.actions()]
    assert "Unlock" in labels
    assert "Lock" not in labels
    desk.app.do(("unlock",))
    qtbot.waitUntil(lambda: "Locked" not in desk.tray._icon.toolTip())


def test_a_program_is_refused_while_locked(desk: Desk) -> None:
    desk.app.do(("take", READY))
    desk.app.lock()
    replies: list[Reply] = []
    for verb in ("export", "status", "forget"):
        desk.app.answer(Request(verb, role=READY), replies.append, "terraform (pid 1)")
    assert [int(reply.exit) for reply in replies] == [4, 0, 4]
    assert all(reply.out == "" for reply in replies)
    assert kept(desk) == Kept()


@pytest.mark.parametrize("chosen", [False, True])
@pytest.mark.parametrize(
    ("setting", "tell"),
    [
        ("lock_on_sleep", lambda watch: watch.sleeps(True)),
        ("lock_on_screen_lock", lambda watch: watch.locked()),
        ("lock_on_screen_lock", lambda watch: watch.saver(True)),
    ],
)
def test_sleep_and_screen_lock_only_where_chosen(desk: Desk, setting: str, tell, chosen) -> None:  # type: ignore[no-untyped-def]
    actions = desk.scene.actions
    actions.change_settings(replace(actions.state.settings, **{setting: chosen}))
    desk.app.do(("take", READY))
    parent = QObject()
    watch = SleepWatch(parent)
    watch.asleep.connect(desk.app.fell_asleep)
    watch.screen_locked.connect(desk.app.screen_locked)
    tell(watch)
    assert actions.state.locked is chosen
    assert bool(kept(desk)) is not chosen
    watch.sleeps(False)
    watch.saver(False)
    assert actions.state.locked is chosen, "only a person's click unlocks"
