"""When sessions are kept, taken over, forgotten and locked away: Actions over a file, Jobs done by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from rolecall.domain.kept import Kept, kept_of
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.session import Session
from rolecall.keeping import Keeping, kept_by
from rolecall.storage.kept_sessions import KeptSessions
from rolecall.storage.secret_item import keyring_locked
from unit.builders import DEVICE, NOW, arn, session, shared
from unit.test_actions import House


@dataclass
class Ring:
    """A key as the keyring would hold it; `locked` refuses it, unless the person may be asked."""

    locked: bool = False
    opens: bool = False
    asked: list[bool] = field(default_factory=list)

    def get(self, *, make: bool, interactive: bool) -> bytes:
        self.asked.append(interactive)
        if self.locked and not (interactive and self.opens):
            raise ProblemError(keyring_locked())
        return bytes(32)


class Life:
    """One life of the program over a folder that outlives it."""

    def __init__(
        self, folder: Path, ring: Ring, now: float = NOW, *, make: bool = True, keep: bool = True
    ) -> None:
        """keep: what the settings say of keeping sessions when it begins."""
        folder.mkdir(exist_ok=True)
        self.house = House(folder, now)
        state = self.house.store.state
        settings = replace(state.settings, keep_sessions=keep)
        self.house.store.set(replace(state, settings=settings))
        self.said: list[Problem] = []
        self.path = folder / "sessions"
        self.ring = ring
        self.file = KeptSessions(self.path, "c", ring)
        self.keeping = Keeping(
            self.house.actions,
            self.house.store,
            self.house.run,
            lambda: self.file,
            self.said.append,
            make=make,
        )

    @property
    def actions(self):  # type: ignore[no-untyped-def]
        return self.house.actions

    def begin(self) -> Life:
        self.keeping.begin(empty=not self.path.exists())
        return self

    def kept(self) -> Kept:
        """What another process would find."""
        return KeptSessions(self.path, "c", Ring()).load(self.house.time).kept


@pytest.fixture
def life(tmp_path: Path) -> Callable[..., Life]:
    def make(ring: Ring | None = None, now: float = NOW, **more: bool) -> Life:
        return Life(tmp_path / "home", ring or Ring(), now, **more).begin()

    return make


def _codes(life: Life) -> list[str]:
    return [problem.code for problem in life.said]


def test_sessions_are_back_after_a_restart_without_a_code(life: Callable[..., Life]) -> None:
    first = life()
    first.house.sign_in("prod", code="111111")
    first.house.sign_in("plain")
    before = kept_of(first.actions.state)
    assert set(before.sessions) == {("prod", ""), ("plain", "")}
    assert set(before.shared) == {("alex", DEVICE)}
    assert first.keeping.holds(first.house.session("prod"))
    second = life()
    assert kept_of(second.actions.state) == before
    second.house.sign_in("prod-ro")
    assert second.house.asked == []
    assert [call for call, _, _ in second.house.sts.calls] == ["AssumeRole"]
    assert second.said == []


def test_the_expired_do_not_come_back(life: Callable[..., Life]) -> None:
    life().house.sign_in("prod", code="111111")
    later = life(now=NOW + 3600)
    assert later.actions.state.sessions == {}
    assert set(later.actions.state.shared) == {("alex", DEVICE)}
    ring = Ring()
    much_later = life(ring, now=NOW + 43200)
    assert kept_of(much_later.actions.state) == Kept()
    assert ring.asked == []


def test_who_asks_while_they_are_read_waits_and_needs_no_code(life: Callable[..., Life]) -> None:
    life().house.sign_in("prod", code="111111")
    second = Life(life().path.parent, Ring())
    second.house.held = True
    second.begin()
    assert second.actions.state.restoring
    second.house.sign_in("prod")
    assert second.house.answers["prod"] == []
    second.house.finish()
    assert isinstance(second.house.session("prod"), Session)
    assert second.house.asked == []
    assert second.house.sts.calls == []
    assert not second.actions.state.restoring


def test_a_burst_of_changes_makes_few_writes(life: Callable[..., Life]) -> None:
    one = life()
    one.house.held = True
    for at in range(10):
        state = one.house.store.state
        more = {**state.sessions, (f"r{at}", ""): session(f"r{at}")}
        one.house.store.set(replace(state, sessions=more))
    jobs = 0
    while one.house.jobs:
        jobs += 1
        one.house.jobs.pop(0)()
    assert jobs == 2
    assert len(one.kept().sessions) == 10


def test_what_no_job_has_written_is_written_at_the_end(life: Callable[..., Life]) -> None:
    one = life()
    one.house.held = True
    state = one.house.store.state
    one.house.store.set(replace(state, sessions={("a", ""): session("a")}))
    one.keeping.finish()
    assert set(one.kept().sessions) == {("a", "")}
    one.house.finish()
    assert set(one.kept().sessions) == {("a", "")}
    one.path.write_bytes(b"")
    one.keeping.finish()
    assert one.path.read_bytes() == b"", "nothing new, nothing written"
    locked = life(Ring(locked=True))
    locked.house.held = True
    locked.house.store.set(replace(state, sessions={("b", ""): session("b")}))
    locked.keeping.finish()
    assert locked.kept() == Kept()


@pytest.mark.parametrize("how", ["forget", "switch off"])
def test_what_was_to_go_is_gone_at_the_end(life: Callable[..., Life], how: str) -> None:
    one = life()
    one.house.sign_in("plain")
    assert one.kept()
    one.house.held = True
    if how == "forget":
        one.actions.forget_all()
    else:
        settings = replace(one.actions.state.settings, keep_sessions=False)
        one.actions.change_settings(settings)
    assert one.kept()
    one.keeping.finish()
    assert one.kept() == Kept()


def test_forgotten_is_forgotten_on_the_disk_too(life: Callable[..., Life]) -> None:
    one = life()
    one.house.sign_in("plain")
    one.house.sign_in("prod", code="111111")
    one.actions.forget("plain")
    assert set(one.kept().sessions) == {("prod", "")}
    one.actions.forget_all()
    assert one.kept() == Kept()
    assert one.path.exists()


def test_forget_all_reaches_what_this_process_never_saw(life: Callable[..., Life]) -> None:
    life().house.sign_in("plain")
    blind = life(Ring(locked=True))
    assert kept_of(blind.actions.state) == Kept()
    blind.actions.forget_all()
    assert blind.kept() == Kept()


def test_what_does_not_fit_the_files_stays_in_the_file(life: Callable[..., Life]) -> None:
    first = life()
    stranger = session("prod", role_arn=arn("Former"), made_for="of another role")
    first.house.store.set(replace(first.actions.state, sessions={("prod", ""): stranger}))
    second = life()
    assert second.actions.state.sessions == {}
    second.house.sign_in("plain")
    assert set(second.kept().sessions) == {("prod", ""), ("plain", "")}


def test_a_locked_keyring_means_memory_only_and_is_said_once(life: Callable[..., Life]) -> None:
    ring = Ring(locked=True)
    one = life(ring)
    assert one.said == []
    one.house.sign_in("plain")
    one.house.sign_in("prod", code="111111")
    assert _codes(one) == ["sessions_in_memory"]
    (problem,) = one.said
    assert problem.exit is Exit.KEYRING
    assert "locked" in str(problem.explanation)
    assert isinstance(one.house.session("prod"), Session)
    assert not one.path.exists()
    ring.locked = False
    one.house.sign_in("prod-ro")
    assert set(one.kept().sessions) == {("plain", ""), ("prod", ""), ("prod-ro", "")}


def test_a_keyring_locked_at_the_start_is_said_once_and_the_file_waits(
    life: Callable[..., Life],
) -> None:
    life().house.sign_in("prod", code="111111")
    one = life(Ring(locked=True))
    assert _codes(one) == ["sessions_in_memory"]
    one.house.sign_in("plain")
    one.house.sign_in("prod", code="111111")
    assert isinstance(one.house.session("prod"), Session)
    assert _codes(one) == ["sessions_in_memory"]
    assert set(one.kept().sessions) == {("prod", "")}


def test_a_keyring_unlocked_later_brings_the_kept_ones_back(life: Callable[..., Life]) -> None:
    life().house.sign_in("prod", code="111111")
    ring = Ring(locked=True)
    one = life(ring)
    assert _codes(one) == ["sessions_in_memory"]
    ring.locked = False
    one.house.sign_in("plain")
    assert set(one.actions.state.sessions) == {("prod", ""), ("plain", "")}
    assert set(one.kept().sessions) == {("prod", ""), ("plain", "")}


def test_switched_off_the_file_goes_and_on_again_it_comes_back(life: Callable[..., Life]) -> None:
    one = life()
    one.house.sign_in("plain")
    settings = one.actions.state.settings
    one.actions.change_settings(replace(settings, keep_sessions=False))
    assert not one.path.exists()
    one.house.sign_in("prod", code="111111")
    assert not one.path.exists()
    one.actions.change_settings(settings)
    assert set(one.kept().sessions) == {("plain", ""), ("prod", "")}


@pytest.mark.parametrize("make", [True, False], ids=["the app", "a command"])
def test_switched_off_between_two_lives_the_file_goes_at_the_next_start(
    life: Callable[..., Life], make: bool
) -> None:
    life().house.sign_in("prod", code="111111")
    second = Life(life().path.parent, Ring(locked=True), make=make, keep=False)
    assert second.path.exists()
    second.begin()
    assert not second.path.exists()
    assert second.ring.asked == [], "the keyring has no part in it"
    assert kept_of(life().actions.state) == Kept()


def test_what_a_start_was_to_remove_is_gone_at_the_end(life: Callable[..., Life]) -> None:
    life().house.sign_in("plain")
    second = Life(life().path.parent, Ring(), keep=False)
    second.house.held = True
    second.begin()
    assert second.path.exists()
    second.keeping.finish()
    assert not second.path.exists()


def test_a_bad_file_is_told_once_and_the_work_goes_on(life: Callable[..., Life]) -> None:
    one = life()
    one.house.sign_in("plain")
    one.path.write_bytes(b"garbage")
    second = life()
    assert _codes(second) == ["sessions_unreadable"]
    second.house.sign_in("prod", code="111111")
    assert _codes(second) == ["sessions_unreadable"]
    assert ("prod", "") in second.kept().sessions


def test_a_command_adds_to_a_file_and_never_begins_one(life: Callable[..., Life]) -> None:
    command = life(make=False)
    command.house.sign_in("plain")
    assert not command.path.exists()
    assert not command.keeping.holds(command.house.session("plain"))
    life().house.sign_in("prod", code="111111")
    command = life(make=False)
    command.house.sign_in("plain")
    assert command.keeping.holds(command.house.session("plain"))
    assert set(command.kept().sessions) == {("prod", ""), ("plain", "")}


def test_a_demo_keeps_nothing(tmp_path: Path) -> None:
    house = House(tmp_path)
    for environ, make in (({"ROLECALL_DEMO_URL": "http://127.0.0.1:1"}, True), ({}, False)):
        found = kept_by(
            house.actions, house.store, house.run, tmp_path, environ, str, print, make=make
        )
        assert found is None


# --- lock -------------------------------------------------------------------------------


def test_locked_nothing_is_in_memory_and_a_click_brings_it_back(life: Callable[..., Life]) -> None:
    one = life()
    one.house.sign_in("prod", code="111111")
    before = kept_of(one.actions.state)
    one.actions.lock()
    assert kept_of(one.actions.state) == Kept()
    assert one.file._key is None
    assert (one.keeping._on_file, one.keeping._wanted) == (Kept(), Kept())
    assert one.kept() == before
    one.actions.unlock()
    assert kept_of(one.actions.state) == before
    assert one.ring.asked[-1] is True


def test_what_was_not_yet_written_is_written_before_it_goes(life: Callable[..., Life]) -> None:
    one = life()
    one.house.held = True
    store = one.house.store
    store.set(replace(store.state, sessions={("a", ""): session("a")}))
    store.set(replace(store.state, sessions={("b", ""): session("b")}))
    one.actions.lock()
    one.actions.unlock()
    one.house.finish()
    assert set(one.kept().sessions) == {("b", "")}
    assert not one.actions.state.restoring


def test_programs_are_refused_while_locked_and_all_who_wait_are_told(
    life: Callable[..., Life],
) -> None:
    one = life()
    one.house.sign_in("prod")
    assert one.house.asked == [DEVICE]
    one.actions.lock()
    assert one.house.refusal("prod").code == "locked"
    assert not one.actions.state.queues[DEVICE].waiters
    one.house.sign_in("plain")
    assert one.house.refusal("plain").exit is Exit.NOBODY_TO_ASK
    assert one.house.sts.calls == []


@pytest.mark.parametrize("code", [None, "111111", "999999"])
def test_a_call_that_ends_after_the_lock_leaves_nothing(
    life: Callable[..., Life], code: str | None
) -> None:
    one = life()
    one.house.held = True
    one.house.sign_in("prod" if code else "plain", code=code)
    one.actions.lock()
    one.house.finish()
    assert kept_of(one.actions.state) == Kept()
    assert one.actions.state.busy == frozenset()
    assert one.kept() == Kept()
    one.actions.unlock()
    one.house.held = False
    one.house.finish()
    one.house.sign_in("plain")
    assert isinstance(one.house.session("plain"), Session)


def test_forget_all_while_locked_empties_the_file(life: Callable[..., Life]) -> None:
    one = life()
    one.house.sign_in("plain")
    one.actions.lock()
    one.actions.forget_all()
    assert one.kept() == Kept()
    one.actions.unlock()
    assert kept_of(one.actions.state) == Kept()


def test_a_lock_while_they_are_read_takes_nothing_over(life: Callable[..., Life]) -> None:
    life().house.sign_in("plain")
    one = Life(life().path.parent, Ring())
    one.house.held = True
    one.begin()
    one.house.sign_in("plain")
    one.actions.lock()
    one.house.finish()
    assert kept_of(one.actions.state) == Kept()
    assert one.house.refusal("plain").code == "locked"


def test_shared_sessions_of_an_unknown_device_are_kept_for_their_files(
    life: Callable[..., Life],
) -> None:
    one = life()
    other = ("alex", "arn:aws:iam::111111111111:mfa/other")
    one.house.store.set(replace(one.actions.state, shared={other: shared()}))
    assert set(life().actions.state.shared) == {other}
