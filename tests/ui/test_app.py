"""The program around the windows, with a real tray object, real Actions and the embedded AWS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from rolecall.actions import Notice
from rolecall.agent import Reply, Request
from rolecall.domain.problem import Problem, Text
from rolecall.domain.route import Wish
from rolecall.ui.app import App
from rolecall.ui.background import Background
from rolecall.ui.heartbeat import Heartbeat
from rolecall.ui.notifications import Notification
from rolecall.ui.translation import Translation
from rolecall.ui.tray import Tray
from rolecall.ui.tray_icon import Mark
from ui.scene import PHONE, Scene

READY = "sandbox-admin"
NEEDS_CODE = "prod-admin"


class Desk:
    """An App over a Scene, its notifications written down in place of sent."""

    def __init__(self, folder: Path, application: QApplication, *, clicked: bool = False) -> None:
        """clicked: somebody clicks the icon as soon as it is there, before the program is."""
        self.scene = Scene(folder)
        self.heart = Heartbeat(application)
        self.tray = Tray(application)
        self._application, self._translation = application, Translation(application)
        if clicked:
            self.tray._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
        self.faults: list[BaseException] = []
        self.background = Background(self.faults.append)
        self.app = App(
            application,
            self.scene.store,
            self.scene.actions,
            self.background,
            self.tray,
            self._translation,
            self.heart,
        )
        self.scene.ask = self.app.attention.ask_code
        self.sent: list[Notification] = []
        self.app.attention._notifications.show = self.sent.append  # type: ignore[method-assign]
        self.app.start(minimized=True)

    @property
    def copied(self) -> str:
        return QGuiApplication.clipboard().text()

    def close(self) -> None:
        for widget in QApplication.topLevelWidgets():
            widget.hide()
        self.app._end()
        self.scene.close()
        for translator in self._translation._installed:  # other tests read the sources' own words
            self._application.removeTranslator(translator)
        self.app.deleteLater()
        self.tray.deleteLater()
        self.heart.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    QGuiApplication.clipboard().clear()  # another test may have left something there
    one = Desk(tmp_path, qapp)
    yield one
    one.close()
    assert one.faults == []


def _picture(desk: Desk) -> Mark:
    return desk.tray._picture.mark


def test_the_tray_fills_and_follows(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: bool(desk.tray._qt_menu.actions()))
    assert desk.tray._icon.toolTip() == "Rolecall\nNo session is live"
    desk.app.do(("take", READY))
    qtbot.waitUntil(lambda: _picture(desk) is Mark.LIVE)
    assert READY in desk.tray._icon.toolTip()
    assert desk.app._window is None, "nobody asked for a window, so none was built"


def test_a_click_on_the_icon_before_the_program_stands_is_not_lost(
    qapp: QApplication, tmp_path: Path
) -> None:
    """The icon comes first; the click opens the window once there is one to open, and only then."""
    one = Desk(tmp_path, qapp, clicked=True)
    window = one.app._window
    assert window is not None
    assert window.isVisible()
    one.close()
    other = Desk(tmp_path / "other", qapp)
    assert other.app._window is None
    other.close()


def test_a_role_that_lives_is_copied(desk: Desk) -> None:
    desk.app.do(("take", READY))
    assert desk.copied == ""
    desk.app.do(("take", READY))
    assert "AWS_SESSION_TOKEN" in desk.copied
    assert desk.app.clipboard_deadline() is not None
    desk.app.do(("copy", READY, "", "json"))
    assert desk.copied.startswith("{")
    desk.app.clear_clipboard()
    assert desk.copied == ""


def test_the_end_takes_the_copy_along(desk: Desk) -> None:
    ended: list[str] = []
    desk.app.before_end.append(lambda: ended.append("once"))
    desk.app.copy(READY)
    desk.app.quit()
    desk.app.quit()
    assert desk.copied == ""
    assert ended == ["once"]


def test_a_person_is_asked_in_the_dialog(desk: Desk) -> None:
    desk.app.do(("take", NEEDS_CODE))
    assert desk.sent == []
    dialog = desk.app.dialogs.code
    assert dialog is not None
    assert dialog.isVisible()  # type: ignore[attr-defined]
    desk.app.away()
    assert not desk.scene.store.state.queues[PHONE].waiters
    assert not dialog.isVisible()  # type: ignore[attr-defined]


@pytest.fixture
def in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program has the keyboard (the offscreen platform never takes it from a window)."""
    monkeypatch.setattr("rolecall.ui.attention.in_front", lambda: False)


@pytest.mark.usefixtures("in_the_background")
def test_a_tool_is_notified_first(qtbot: QtBot, desk: Desk) -> None:
    answers: list[Any] = []
    desk.scene.actions.sign_in(NEEDS_CODE, Wish(), answers.append, asker="terraform (pid 7)")
    [notification] = desk.sent
    assert notification.title == "terraform (pid 7) needs an MFA code"
    assert desk.app.dialogs.code is None
    qtbot.waitUntil(lambda: _picture(desk) is Mark.ATTENTION)
    desk.app.attention._chosen(notification.key, "code")
    assert desk.app.dialogs.code is not None
    desk.scene.actions.give_code(PHONE, desk.scene.code())
    assert answers[0].name == NEEDS_CODE


@pytest.mark.usefixtures("in_the_background")
def test_a_person_may_prefer_to_be_asked_at_once(qtbot: QtBot, desk: Desk) -> None:
    settings = replace(desk.scene.store.state.settings, ask_at_once=True)
    desk.scene.actions.change_settings(settings)
    desk.scene.actions.sign_in(NEEDS_CODE, Wish(), lambda _answer: None, asker="terraform (pid 7)")
    qtbot.waitUntil(lambda: desk.app.dialogs.code is not None)
    assert desk.sent == []


@pytest.mark.usefixtures("in_the_background")
def test_without_a_daemon_a_tool_gets_the_dialog_too(desk: Desk) -> None:
    desk.scene.actions.sign_in(NEEDS_CODE, Wish(), lambda _answer: None, asker="aws")
    desk.app.attention._undelivered(desk.sent[0])
    assert desk.app.dialogs.code is not None


def test_a_refusal_is_told_and_stands_in_the_icon_until_seen(qtbot: QtBot, desk: Desk) -> None:
    desk.app.sign_in("sealed")
    assert [one.key for one in desk.sent] == ["problem access_denied"]
    qtbot.waitUntil(lambda: _picture(desk) is Mark.ATTENTION)
    desk.app.raise_window()
    qtbot.waitUntil(lambda: _picture(desk) is Mark.IDLE)
    assert desk.app.last_problem() is not None
    desk.app.sign_in("sealed")
    assert len(desk.sent) == 1, "an open window says it itself"


def test_whoever_cancels_a_code_is_not_told_that_they_did(desk: Desk) -> None:
    desk.app.sign_in(NEEDS_CODE)
    desk.scene.actions.cancel_code(PHONE)
    assert desk.sent == []


def test_a_notice_offers_to_renew(desk: Desk) -> None:
    desk.app.attention.notice(Notice(READY, 2))
    desk.app.attention.notice(Notice(READY, 0))
    first, last = desk.sent
    assert first.title == f"{READY} ends in 2 minute(s)"
    assert last.title == f"{READY} ends in less than a minute"
    assert ("renew", "Renew") in first.actions
    desk.app.attention._chosen(first.key, "renew")
    assert desk.scene.store.state.session(READY, desk.app.now())


def test_a_second_start_raises_the_window(desk: Desk) -> None:
    replies: list[Reply] = []
    desk.app.answer(Request("raise"), replies.append, "")
    assert replies == [Reply()]
    assert desk.app._window is not None
    assert desk.app._window.isVisible()


def test_nobody_is_left_with_an_invisible_program(qtbot: QtBot, desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr("rolecall.ui.app.HOST_PATIENCE", 0.02)
    desk.app.start(minimized=True)
    qtbot.waitUntil(lambda: desk.app._window is not None and desk.app._window.isVisible())


def test_with_a_host_a_minimized_start_stays_in_the_tray(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.tray, "present", lambda: True)
    monkeypatch.setattr("rolecall.ui.app.HOST_PATIENCE", 0.02)
    desk.app._tray_came_or_went(True)
    desk.app.start(minimized=True)
    waited: list[bool] = []
    desk.heart.after("test", 0.1, lambda: waited.append(True))
    qtbot.waitUntil(lambda: bool(waited))
    assert desk.app._window is None


def test_seconds_are_looked_at_only_while_somebody_sees_them(qtbot: QtBot, desk: Desk) -> None:
    beats: list[float] = []
    desk.app.on_beat(beats.append)
    desk.app.set_seconds_shown(True, "dialog")
    qtbot.waitUntil(lambda: len(beats) >= 3, timeout=4000)
    desk.app.set_seconds_shown(False, "dialog")
    assert desk.app._beat() is None


def test_dialogs_are_opened_once_and_go_when_closed(qtbot: QtBot, desk: Desk) -> None:
    desk.app.show_settings()
    first = desk.app.dialogs.open["settings"]
    desk.app.show_settings()
    assert desk.app.dialogs.open["settings"] is first
    first.reject()
    qtbot.waitUntil(lambda: "settings" not in desk.app.dialogs.open)
    for show in (desk.app.show_about, desk.app.show_add_key, desk.app.show_settings):
        show()
    for dialog in list(desk.app.dialogs.open.values()):
        dialog.reject()
    qtbot.waitUntil(lambda: not desk.app.dialogs.open)


def test_an_unknown_role_is_a_problem_and_no_fault(desk: Desk) -> None:
    for ask in (desk.app.sign_in, desk.app.copy, desk.app.open_console, desk.app.renew):
        ask("nobody")
    desk.app.forget("nobody")
    assert {one.key for one in desk.sent} == {"problem no_such_role"}


def test_the_language_changes_at_once(qtbot: QtBot, desk: Desk) -> None:
    before = desk.app._items._made_of
    desk.scene.settings(language="ko")
    assert desk.app._translation.language == "ko"
    qtbot.waitUntil(lambda: desk.app._items._made_of is not before)
    desk.scene.settings(language="en")
    assert desk.app._translation.language == "en"


def test_a_problem_without_a_place_is_kept_for_the_window(desk: Desk) -> None:
    problem = Problem("x", Text("Title {a}", (("a", "1"),)), remedy=Text("Do"))
    desk.app.problem(problem)
    assert desk.app.last_problem() == problem
    assert (desk.sent[0].title, desk.sent[0].body) == ("Title 1", "Do")


def test_its_windows_carry_the_mark(desk: Desk) -> None:
    desk.app.show_window()
    sizes = {size.width() for size in QApplication.windowIcon().availableSizes()}
    assert {16, 32, 48} <= sizes


def test_a_page_and_a_code_go_where_a_window_wants_them(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("rolecall.storage.browser.open_browser", opened.append)
    desk.app.open_page("https://device.example/")
    qtbot.waitUntil(lambda: opened == ["https://device.example/"])
    desk.app.copy_text("ABCD-EFGH")
    assert desk.copied == "ABCD-EFGH"
    assert desk.app.clipboard_deadline() is not None
