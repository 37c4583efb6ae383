"""Rotation of a key over the embedded AWS: ended at every effect, and with every effect failing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aws import rotating
from aws.rotating import NAME, Ended, FileStore, files_in
from rolecall.aws.sts import Sts
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.problem import Exit, Problem, ProblemError, Text
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.rotation import GRACE, Step
from rolecall.domain.session import Credentials
from rolecall.storage.aws_credentials import read_keys
from rolecall.storage.rotation_notes import read_notes

PLACES = (SourceKind.KEYS_IN_KEYRING, SourceKind.KEYS_IN_FILE)
EFFECTS = {SourceKind.KEYS_IN_KEYRING: 16, SourceKind.KEYS_IN_FILE: 15}


class _Killed(BaseException):
    """Ends the run as a kill does: nothing of ours catches it."""


def _kill() -> None:
    raise _Killed


def _fail() -> None:
    raise ProblemError(Problem("broken", Text("broken"), exit=Exit.KEYRING))


class World:
    """An AWS, a keyring and the AWS files, with alex's key in one of them."""

    def __init__(self, aws: EmbeddedAws, folder: Path, kind: SourceKind) -> None:
        self.aws, self.folder, self.kind = aws, folder, kind
        self.store = FileStore(folder / "keyring.json")
        held = aws.catalogue.users["alex"]
        self.old = Credentials(held.access_key_id, held.secret)
        if kind is SourceKind.KEYS_IN_KEYRING:
            self.store.put(NAME, self.old)
        key_id, secret = self.old.access_key_id, self.old.secret_access_key
        lines = f"aws_access_key_id = {key_id}\naws_secret_access_key={secret}\n"
        own = lines if kind is SourceKind.KEYS_IN_FILE else ""
        files_in(folder).credentials.write_text(
            f"# mine\n[{NAME}]\n{own}[other]\nregion = x\n[copy]\n{lines}"
        )

    def current(self) -> Credentials:
        if self.kind is SourceKind.KEYS_IN_KEYRING:
            return self.store.get(NAME)
        return read_keys(files_in(self.folder), NAME)

    def works(self) -> bool:
        """Whether the key that is stored as the one in use signs a call."""
        role = Role(
            NAME,
            Source(self.kind, NAME),
            region="eu-central-1",
            client_config=(("endpoint_url", self.aws.url),),
        )
        return Sts().caller_identity(self.current(), role, self.aws.clock.now).endswith("user/alex")

    def at_aws(self) -> dict[str, bool]:
        callers = self.aws.callers
        held = callers.keys_of(self.aws.catalogue.users["alex"].principal)
        return {one.access_key_id: callers.is_active(one.access_key_id) for one in held}

    def run(self, ended: Ended | None = None, *, finish: bool = True) -> rotating.Outcome:
        ended = ended or Ended(0, "", _kill)
        now = self.aws.clock.now
        return rotating.run(self.kind, self.aws.url, self.folder, ended, now, finish=finish)

    def check_over(self) -> None:
        """One key at AWS, the new one, in use everywhere the old one was; nothing left behind."""
        current = self.current()
        assert self.at_aws() == {current.access_key_id: True}
        assert current != self.old
        assert read_keys(files_in(self.folder), "copy") == current
        assert files_in(self.folder).credentials.read_text().startswith("# mine\n")
        assert set(self.store._items()) <= {NAME}
        assert read_notes(self.folder / "rotations.json") == {}


@pytest.fixture(params=PLACES, ids=lambda kind: str(kind.value))
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with EmbeddedAws() as aws:
        yield World(aws, tmp_path, request.param)


def test_a_whole_rotation_has_as_many_effects_as_are_tried_here(world: World) -> None:
    ended = Ended(0, "", _kill)
    assert world.run(ended).step is None
    world.check_over()
    assert ended.count == EFFECTS[world.kind]


def test_the_old_key_stays_for_a_day_switched_off(world: World) -> None:
    outcome = world.run(finish=False)
    assert outcome.step is Step.OFF
    assert outcome.delete_at == pytest.approx(world.aws.clock.now() + GRACE, abs=5)
    assert world.at_aws() == {world.old.access_key_id: False, world.current().access_key_id: True}
    assert world.run(finish=False).step is Step.OFF
    world.aws.clock.advance(GRACE)
    assert world.run(finish=False).step is None
    world.check_over()


# After one effect is before the next: what lies on the disk is the same.
@pytest.mark.parametrize("when", ["before", pytest.param("after", marks=pytest.mark.gate)])
@pytest.mark.parametrize("at", range(1, max(EFFECTS.values()) + 1))
def test_ended_at_any_effect_a_key_works_and_the_next_run_finishes(
    world: World, at: int, when: str
) -> None:
    if at > EFFECTS[world.kind]:
        pytest.skip("this place has fewer effects")
    with pytest.raises(_Killed):
        world.run(Ended(at, when, _kill))
    assert world.works()
    assert len(world.at_aws()) <= 2
    world.run()
    world.check_over()


@pytest.mark.parametrize("at", range(1, max(EFFECTS.values()) + 1))
def test_whatever_effect_fails_says_so_and_the_next_run_finishes(world: World, at: int) -> None:
    if at > EFFECTS[world.kind]:
        pytest.skip("this place has fewer effects")
    told = []
    try:
        world.run(Ended(at, "before", _fail))
    except ProblemError as error:
        told.append(error.problem.code)
    # Without a keyring a key of the files only waits in memory, so that alone may fail unsaid.
    assert told == ["broken"] or world.kind is SourceKind.KEYS_IN_FILE
    assert world.works()
    world.run()
    world.check_over()


def _killed_for_real(world: World, at: int, when: str) -> None:
    command = [sys.executable, rotating.__file__, world.kind.value, str(at), when]
    ended = subprocess.run([*command, world.aws.url, str(world.folder)], check=False, timeout=60)
    assert ended.returncode == 86
    assert world.works()
    world.run()
    world.check_over()


@pytest.mark.parametrize(("at", "when"), [(3, "after"), (12, "before")])
def test_a_process_that_dies_in_the_middle(world: World, at: int, when: str) -> None:
    _killed_for_real(world, at, when)


@pytest.mark.gate
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("at", range(1, max(EFFECTS.values()) + 1))
def test_a_process_that_dies_at_any_effect(world: World, at: int, when: str) -> None:
    if at > EFFECTS[world.kind]:
        pytest.skip("this place has fewer effects")
    _killed_for_real(world, at, when)


def test_a_key_made_by_somebody_else_meanwhile_is_left_alone(world: World) -> None:
    with pytest.raises(_Killed):
        world.run(Ended(3, "before", _kill))  # noted, nothing created
    answer = rotating.OwnKeys(
        Role(NAME, Source(world.kind, NAME), client_config=(("endpoint_url", world.aws.url),)),
        Sts(),
        world.aws.clock.now,
    )
    theirs = answer.create(world.old).credentials
    answer.prove(theirs)  # they use it
    with pytest.raises(ProblemError) as caught:
        world.run()
    assert caught.value.problem.code == "stray_key_used"
    assert theirs.access_key_id in world.at_aws()
    assert world.works()


def test_two_keys_already_are_told_before_anything_is_done(world: World) -> None:
    answer = rotating.OwnKeys(
        Role(NAME, Source(world.kind, NAME), client_config=(("endpoint_url", world.aws.url),)),
        Sts(),
        world.aws.clock.now,
    )
    answer.create(world.old)
    with pytest.raises(ProblemError) as caught:
        world.run()
    assert caught.value.problem.code == "two_keys"
    assert world.current() == world.old


def test_a_key_changed_by_hand_meanwhile_ends_in_a_message(world: World) -> None:
    with pytest.raises(_Killed):
        world.run(Ended(5, "before", _kill))
    other = Credentials("AKIA" + "Z" * 16, "another")
    if world.kind is SourceKind.KEYS_IN_KEYRING:
        world.store.put(NAME, other)
    else:
        files_in(world.folder).credentials.write_text(
            f"[{NAME}]\naws_access_key_id = {other.access_key_id}\naws_secret_access_key = another\n"
        )
    with pytest.raises(ProblemError) as caught:
        world.run()
    assert caught.value.problem.code in {"keys_invalid", "rotation_overtaken"}
    assert len(world.at_aws()) == 2


def test_a_key_that_aws_does_not_know_at_once_is_proved_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = rotating.OwnKeys.prove, []

    def prove(calls: rotating.OwnKeys, key: Credentials) -> None:
        tries.append(key)
        if len(tries) < 3:
            raise ProblemError(Problem("keys_invalid", Text("unknown yet"), exit=Exit.REFUSED))
        real(calls, key)

    monkeypatch.setattr(rotating.OwnKeys, "prove", prove)
    world.run()
    world.check_over()
    assert len(tries) == 4


def test_no_key_and_no_key_id_is_in_the_notes(world: World) -> None:
    world.run(finish=False)
    text = (world.folder / "rotations.json").read_text()
    for key in (world.old, world.current()):
        assert key.access_key_id not in text
        assert key.secret_access_key not in text
