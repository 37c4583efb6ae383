"""How long a program waits for a person: told once, its place freed, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rolecall.agent import Reply, Request
from rolecall.domain.approval import PATIENCE
from rolecall.domain.journal import Asker, Entry, Outcome
from rolecall.domain.problem import Exit
from ui.scene import PHONE
from ui.test_app import NEEDS_CODE, READY, Desk

TERRAFORM = Asker(4121, "/usr/bin/terraform", "", "terraform", "alex")
NEEDS_SIGN_IN = "acme-sso"
NEEDS_CONSENT = "vault"


class Waits:
    """A Desk whose heartbeat keeps what it was asked for, and programs that wait."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self.state = desk.scene.store
        self.late: dict[str, tuple[float, Callable[[], None]]] = {}
        monkeypatch.setattr(desk.heart, "after", self._after)
        monkeypatch.setattr(desk.heart, "cancel", lambda name: self.late.pop(name, None))
        self.replies: list[Reply] = []
        self.withdrawn: list[str] = []
        monkeypatch.setattr(desk.app.attention, "withdraw", self.withdrawn.append)

    def _after(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        self.late[name] = (seconds, call)

    def request(self, role: str, verb: str = "credential-process") -> Callable[[], None]:
        return self.desk.app.answer(Request(verb, role), self.replies.append, TERRAFORM)

    def limits(self) -> list[str]:
        return [name for name in self.late if name.startswith("program ")]

    def pass_by(self) -> float:
        """The one limit is reached; returns the seconds it stood at."""
        [name] = self.limits()
        seconds, call = self.late.pop(name)
        call()
        return seconds


@pytest.fixture
def waits(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Waits]:
    for place in ("attention", "programs"):
        monkeypatch.setattr(f"rolecall.ui.{place}.in_front", lambda: False)
    desk = Desk(tmp_path, qapp)
    desk.scene.ask_sign_in = desk.app.attention.ask_sign_in
    desk.scene.ask_line = desk.app.attention.ask_line
    yield Waits(desk, monkeypatch)
    desk.close()
    assert desk.faults == []


@pytest.mark.parametrize(
    ("role", "kind"),
    [(NEEDS_CODE, "code"), (NEEDS_SIGN_IN, "sign-in"), (NEEDS_CONSENT, "line")],
)
def test_a_program_is_told_after_two_minutes_and_its_place_is_free(
    waits: Waits, role: str, kind: str
) -> None:
    noted: list[Entry] = []
    waits.desk.app.programs.journal.subscribe(noted.append)
    waits.request(role)
    assert waits.replies == []
    assert waits.pass_by() == PATIENCE == 120
    [reply] = waits.replies
    assert reply.exit is Exit.NOBODY_TO_ASK
    assert f"“{role}”" in reply.err
    assert "120 seconds" in reply.err
    state = waits.state.state
    assert not any(queue.waiters for queue in state.queues.values())
    assert (state.sign_ins, state.consents, waits.limits()) == ({}, {}, [])
    assert [key.split(" ")[0] for key in waits.withdrawn] == [kind]
    assert [entry.outcome for entry in noted] == [Outcome.CANCELLED]


def test_a_person_who_clicked_goes_on_waiting(waits: Waits) -> None:
    waits.desk.app.do(("take", NEEDS_CODE))
    assert waits.limits() == []
    waits.request(NEEDS_CODE)
    waits.pass_by()
    assert len(waits.replies) == 1
    assert [waiter.role for waiter in waits.state.state.queues[PHONE].waiters] == [NEEDS_CODE]
    assert waits.withdrawn == []


def test_who_is_answered_or_leaves_has_no_limit_any_more(waits: Waits) -> None:
    waits.request(READY)
    assert waits.replies[0].exit is Exit.DONE
    leave = waits.request(NEEDS_CODE)
    assert len(waits.limits()) == 1
    leave()
    assert waits.limits() == []
    waits.request(NEEDS_CODE)
    waits.desk.scene.actions.give_code(PHONE, waits.desk.scene.code())
    assert waits.replies[-1].exit is Exit.DONE
    assert waits.limits() == []
    assert len(waits.replies) == 2


def test_a_code_on_its_way_is_waited_for(waits: Waits) -> None:
    waits.request(NEEDS_CODE)
    queue = waits.state.state.queues[PHONE]
    on_its_way = {PHONE: replace(queue, in_flight=True)}
    waits.state.set(replace(waits.state.state, queues=on_its_way))
    assert waits.pass_by() == PATIENCE
    assert waits.replies == []
    waits.state.set(replace(waits.state.state, queues={PHONE: queue}))
    assert waits.pass_by() < PATIENCE
    assert waits.replies[0].exit is Exit.NOBODY_TO_ASK
