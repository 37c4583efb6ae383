"""Who may have a role: questions, their dialog, and who hears of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rolecall.agent import Reply, Request
from rolecall.domain.approval import Consent
from rolecall.domain.journal import Asker, How, Outcome
from rolecall.domain.problem import Exit
from rolecall.storage.journal import read
from rolecall.storage.settings_file import load_settings
from ui.test_app import NEEDS_CODE, READY, Desk

TERRAFORM = Asker(4121, "/usr/bin/terraform", "", "terraform", "alex")
UNKNOWN = Asker(77, "", "", "<b>odd\u202e</b>\nname", "")


class Asked:
    """A Desk whose role READY asks first; other programs have the keyboard."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.path = folder / "journal.jsonl"
        desk.app.journal_path = self.path
        desk.scene.settings(ask_first=(READY,))
        self.replies: list[Reply] = []

    def request(self, asker: Asker = TERRAFORM, role: str = READY) -> Callable[[], None]:
        request = Request("credential-process", role)
        return self.desk.app.answer(request, self.replies.append, asker)

    @property
    def dialog(self):
        return self.desk.app.programs._dialog

    def click_notification(self) -> None:
        self.desk.app.attention._chosen(self.desk.sent[-1].key, "default")

    def settings(self):
        return self.desk.scene.store.state.settings


@pytest.fixture
def asked(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Asked]:
    for place in ("attention", "programs"):
        monkeypatch.setattr(f"rolecall.ui.{place}.in_front", lambda: False)
    one = Desk(tmp_path, qapp)
    yield Asked(one, tmp_path)
    one.close()
    assert one.faults == []


def press(asked: Asked, name: str) -> None:
    from PySide6.QtWidgets import QPushButton

    button = asked.dialog.findChild(QPushButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def served(reply: Reply) -> bool:
    return reply.exit == 0 and '"SecretAccessKey"' in reply.out


def test_a_role_that_does_not_ask_is_given_at_once(asked: Asked) -> None:
    asked.desk.scene.settings(ask_first=())
    asked.request()
    assert served(asked.replies[0])
    assert asked.desk.sent == []


def test_a_person_is_notified_first_and_allows_it_once(asked: Asked) -> None:
    asked.request()
    [notification] = asked.desk.sent
    assert notification.title == f"terraform (pid 4121) wants {READY}"
    assert asked.dialog is None, "nothing is raised over what a person types elsewhere"
    asked.click_notification()
    assert asked.dialog.isVisible()
    assert asked.dialog._title.text() == f"terraform wants {READY}"
    assert asked.dialog._program.text() == "pid 4121 · /usr/bin/terraform · alex"
    press(asked, "onceButton")
    assert served(asked.replies[0])
    assert not asked.dialog.isVisible()
    asked.request()
    assert len(asked.desk.sent) == 2, "once is once"
    assert len(asked.replies) == 1


def test_the_dialog_comes_at_once_where_the_app_is_in_front(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rolecall.ui.programs.in_front", lambda: True)
    asked.request()
    assert asked.desk.sent == []
    assert asked.dialog.isVisible()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_A):
        QTest.keyClick(asked.dialog, key)
    assert asked.replies == [], "a key meant for elsewhere answers nothing"
    QTest.keyClick(asked.dialog, Qt.Key.Key_Escape)
    assert asked.replies[0].exit == Exit.NOBODY_TO_ASK


def test_many_callers_of_one_program_share_a_question(asked: Asked) -> None:
    for pid in range(50):
        asked.request(Asker(pid + 5000, "/usr/bin/terraform", "", "terraform", "alex"))
    assert len(asked.desk.sent) == 1
    asked.click_notification()
    press(asked, "onceButton")
    assert len(asked.replies) == 50
    assert all(served(reply) for reply in asked.replies)


def test_always_and_never_are_kept_and_hold(asked: Asked) -> None:
    asked.request()
    asked.click_notification()
    press(asked, "alwaysButton")
    asked.request()
    assert [served(reply) for reply in asked.replies] == [True, True]
    path = asked.desk.scene.actions._services.paths.settings_file
    assert load_settings(path)[0].approvals == {READY: {"/usr/bin/terraform": "always"}}
    other = Asker(5, "/usr/bin/evil", "", "evil", "alex")
    asked.request(other)
    asked.click_notification()
    press(asked, "neverButton")
    asked.request(other)
    assert [reply.exit for reply in asked.replies[2:]] == [Exit.NOBODY_TO_ASK] * 2
    assert "said no" in asked.replies[3].err


def test_until_the_app_ends_is_not_written_anywhere(asked: Asked) -> None:
    asked.request()
    asked.click_notification()
    press(asked, "runningButton")
    asked.request()
    assert len(asked.replies) == 2
    assert asked.settings().approvals == {}


def test_an_unanswered_question_is_refused_in_time(asked: Asked) -> None:
    asked.request()
    asked.click_notification()
    [(_name, (moment, call))] = [
        item for item in asked.desk.heart._after.items() if item[0].startswith("approval")
    ]
    import time

    assert moment - time.monotonic() == pytest.approx(120, abs=5)
    call()
    [reply] = asked.replies
    assert reply.exit == Exit.NOBODY_TO_ASK
    assert "nobody answered in 120 seconds" in reply.err
    assert not asked.dialog.isVisible()


def test_a_tool_that_retries_after_a_no_asks_nobody_for_a_while(asked: Asked) -> None:
    asked.request()
    asked.click_notification()
    press(asked, "denyButton")
    for _ in range(5):
        asked.request()
    assert [reply.exit for reply in asked.replies] == [Exit.NOBODY_TO_ASK] * 6
    assert len(asked.desk.sent) == 1
    asked.request(UNKNOWN)
    assert len(asked.desk.sent) == 2, "another program is asked about"
    asked.desk.scene.clock.advance(11)
    asked.request()
    assert len(asked.desk.sent) == 3


def test_a_caller_that_goes_takes_its_question_along(asked: Asked) -> None:
    first, second = asked.request(), asked.request()
    asked.click_notification()
    first()
    assert asked.dialog.isVisible()
    second()
    assert not asked.dialog.isVisible()
    assert asked.desk.app.programs.approvals.questions == {}
    assert asked.replies == []


def test_questions_come_one_after_the_other(asked: Asked) -> None:
    asked.request()
    asked.request(UNKNOWN)
    asked.click_notification()
    press(asked, "denyButton")
    assert asked.dialog.isVisible()
    title = asked.dialog._title.text()
    assert title == f"<b>odd\\u202e</b> name wants {READY}", "nothing hides, nothing is markup"
    assert asked.dialog._title.textFormat() == Qt.TextFormat.PlainText
    names = ("runningButton", "alwaysButton", "neverButton")
    from PySide6.QtWidgets import QPushButton

    assert not any(asked.dialog.findChild(QPushButton, name).isEnabled() for name in names)
    press(asked, "onceButton")
    assert [reply.exit for reply in asked.replies] == [Exit.NOBODY_TO_ASK, 0]


def test_a_program_whose_path_is_no_text_is_not_remembered_and_keeps_nothing_from_being_saved(
    asked: Asked,
) -> None:
    asked.request(Asker(5, "/opt/\udcff/tool", "", "tool", "alex"))
    [question] = asked.desk.app.programs.approvals.questions.values()
    assert not question.lasting
    asked.desk.app.programs.approvals.answer(question.key, Consent.ALWAYS)
    assert served(asked.replies[0])
    assert asked.settings().approvals == {}
    asked.desk.scene.actions.pin(READY)
    path = asked.desk.scene.actions._services.paths.settings_file
    assert load_settings(path)[0].favourites == (READY,)


def test_the_code_is_asked_for_after_consent(asked: Asked) -> None:
    asked.desk.scene.settings(ask_first=(NEEDS_CODE,))
    asked.request(role=NEEDS_CODE)
    assert asked.desk.app.dialogs.code is None
    asked.click_notification()
    press(asked, "onceButton")
    assert asked.desk.sent[-1].title == "terraform (pid 4121) needs an MFA code"


def test_without_a_daemon_the_dialog_comes_too(asked: Asked) -> None:
    asked.request()
    asked.desk.app.attention._undelivered(asked.desk.sent[0])
    assert asked.dialog.isVisible()


def test_a_waiting_question_stands_in_the_icon_and_comes_with_the_window(
    qtbot: QtBot, asked: Asked
) -> None:
    from rolecall.ui.tray_icon import Mark

    asked.request()
    qtbot.waitUntil(lambda: asked.desk.tray._picture.mark is Mark.ATTENTION)
    asked.desk.app.raise_window()
    assert asked.dialog.isVisible()


def test_everything_is_in_the_journal_and_no_secret(qtbot: QtBot, asked: Asked) -> None:
    asked.request()
    asked.click_notification()
    press(asked, "denyButton")
    asked.desk.scene.clock.advance(11)
    asked.request()
    asked.click_notification()
    press(asked, "onceButton")
    asked.request()()  # gave up
    app = asked.desk.app
    app.answer(Request("export", "sealed"), asked.replies.append, TERRAFORM)
    app.answer(Request("status"), asked.replies.append, TERRAFORM)
    app.answer(Request("login", "nobody"), asked.replies.append, TERRAFORM)
    app.copy(READY)
    app.renew(READY)
    app.forget(READY)
    app.programs.journal.close()
    found = [(e.role, e.how, e.outcome, e.problem) for e in read(asked.path)]
    assert found == [
        (READY, How.EXPORT, Outcome.DENIED, "approval_denied"),
        (READY, How.EXPORT, Outcome.SERVED, ""),
        (READY, How.EXPORT, Outcome.CANCELLED, "caller_left"),
        ("sealed", How.EXPORT, Outcome.REFUSED, "access_denied"),
        ("nobody", How.SESSION, Outcome.REFUSED, "no_such_role"),
        (READY, How.COPY, Outcome.SERVED, ""),
        (READY, How.SESSION, Outcome.SERVED, ""),
        (READY, How.END, Outcome.SERVED, ""),
    ]
    entry = read(asked.path)[1]
    assert entry.asker == TERRAFORM
    assert entry.account == "333333333333"
    assert entry.seconds > 800
    assert entry.road[-1] == READY
    text = asked.path.read_text()
    answer = json.loads(asked.replies[1].out)
    secrets = [answer[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")]
    assert not any(secret in text for secret in secrets)


def test_a_renewal_by_itself_is_noted_as_such(asked: Asked) -> None:
    desk = asked.desk
    desk.app.sign_in(READY)
    life = next(iter(desk.scene.store.state.sessions.values())).lifetime
    desk.scene.advance(life - 60)
    desk.app.programs.journal.close()
    assert [(e.how, e.outcome) for e in read(asked.path)] == [
        (How.SESSION, Outcome.SERVED),
        (How.RENEWAL, Outcome.SERVED),
    ]


def test_a_journal_that_cannot_be_written_stops_nobody(
    asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    asked.path.mkdir()
    asked.desk.scene.settings(ask_first=())
    asked.request()
    asked.desk.app.programs.journal.close()
    assert served(asked.replies[0])
