"""Setting a device up over the embedded AWS: ended anywhere, no seed is lost unsaid, no device left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import rolecall.mfa_setup as under_test
from aws.rotating import Ended
from rolecall.aws.iam import Iam
from rolecall.demo import company
from rolecall.demo.server import EmbeddedAws
from rolecall.domain import totp
from rolecall.domain.problem import Exit, Problem, ProblemError, Text
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.session import Credentials
from rolecall.mfa_setup import Begun, Setup
from rolecall.storage.seed_store import MemorySeeds
from rolecall.storage.setup_notes import read_setups

SERIAL = "arn:aws:iam::111111111111:mfa/alex-laptop"
DEVICES = ("create_device", "enable_device", "delete_device")
SEEDS = ("put", "remove")


class _Killed(BaseException):
    """Ends the set-up as a kill does: nothing of ours catches it."""


def _kill() -> None:
    raise _Killed


class _NoKeyring(MemorySeeds):
    """A computer without a keyring."""

    def put(self, serial: str, seed: totp.Seed) -> None:
        raise ProblemError(Problem("keyring_absent", Text("none"), exit=Exit.KEYRING))

    def remove(self, serial: str) -> None:
        raise ProblemError(Problem("keyring_absent", Text("none"), exit=Exit.KEYRING))


class World:
    """An AWS, a keyring, and set-ups of alex's that can be ended at each effect."""

    def __init__(self, aws: EmbeddedAws, folder: Path) -> None:
        self.aws, self.notes, self.seeds = aws, folder / "devices.json", MemorySeeds()

    def setup(self, ended: Ended | None = None, user: str = "alex") -> Setup:
        held = self.aws.catalogue.users[user]
        role = Role(
            user,
            Source(SourceKind.KEYS_IN_FILE, user),
            region="eu-central-1",
            client_config=(("endpoint_url", self.aws.url),),
        )
        calls: Any = Iam(Credentials(held.access_key_id, held.secret), role, self.aws.clock.now)
        if ended is not None:
            for name in DEVICES:
                setattr(calls, name, ended.around(name, getattr(calls, name)))
        return Setup(user, calls, self.seeds, self.notes)

    def codes(self, begun: Begun) -> tuple[str, str]:
        now = self.aws.clock.now()
        seed = begun.device.seed
        return totp.code(seed, now - 30), totp.code(seed, now)

    def ours(self) -> list[str]:
        return [serial for serial, owner in self.aws.devices() if owner == company.ALEX]

    def check_over(self, *serials: str) -> None:
        """These are alex's devices; none is half made, no note and no seed is left."""
        assert self.ours() == [company.PHONE, *serials]
        assert [serial for serial, owner in self.aws.devices() if not owner] == []
        assert read_setups(self.notes) == {}
        assert self.seeds._items == {}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with EmbeddedAws() as aws:
        yield World(aws, tmp_path)


def test_a_device_is_made_and_enabled(world: World) -> None:
    setup = world.setup()
    begun = setup.begin("alex-laptop")
    assert (begun.device.serial, begun.resumed, begun.discarded) == (SERIAL, False, False)
    setup.enable(begun, *world.codes(begun), keep=False)
    world.check_over(SERIAL)


def test_a_seed_is_kept_if_that_was_chosen_and_only_of_a_device_that_works(world: World) -> None:
    setup = world.setup()
    begun = setup.begin("alex-laptop")
    with pytest.raises(ProblemError):
        setup.enable(begun, "000000", "000000", keep=True)
    with pytest.raises(ProblemError):
        world.seeds.get(SERIAL)
    setup.enable(begun, *world.codes(begun), keep=True)
    assert world.seeds.get(SERIAL) == begun.device.seed


def _ended_setup(world: World, at: int, when: str, monkeypatch: pytest.MonkeyPatch) -> int:
    ended = Ended(at, when, _kill)
    real = under_test.note_setup
    monkeypatch.setattr(under_test, "note_setup", ended.around("note", real))
    for name in SEEDS:
        effect: Callable[..., Any] = getattr(MemorySeeds, name)
        monkeypatch.setattr(MemorySeeds, name, ended.around(name, effect))
    try:
        setup = world.setup(ended)
        begun = setup.begin("alex-laptop")
        setup.enable(begun, *world.codes(begun), keep=False)
    finally:
        monkeypatch.undo()
    return ended.count


EFFECTS = 7


def test_a_whole_set_up_has_as_many_effects_as_are_tried_here(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _ended_setup(world, 0, "", monkeypatch) == EFFECTS


@pytest.mark.parametrize("when", ["before", pytest.param("after", marks=pytest.mark.gate)])
@pytest.mark.parametrize("at", range(1, EFFECTS + 1))
def test_ended_anywhere_the_next_try_ends_with_one_device(
    world: World, at: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(_Killed):
        _ended_setup(world, at, when, monkeypatch)
    world.aws.clock.advance(60)
    setup = world.setup()
    try:
        begun = setup.begin("alex-laptop")
    except ProblemError as error:
        told = error.problem.code
    else:
        told = ""
        setup.enable(begun, *world.codes(begun), keep=False)
    # It may have been enabled already: then it is said, and the name is taken.
    assert told in {"", "device_enabled", "device_exists"}
    world.check_over(SERIAL)


def test_without_a_keyring_an_ended_set_up_begins_with_a_new_seed(world: World) -> None:
    world.seeds = _NoKeyring()
    begun = world.setup().begin("alex-laptop")
    again = world.setup().begin("alex-laptop")
    assert again.discarded
    assert again.device.seed != begun.device.seed
    setup = world.setup()
    setup.enable(again, *world.codes(again), keep=False)
    world.check_over(SERIAL)


def test_a_device_can_be_given_up(world: World) -> None:
    world.setup().begin("alex-laptop")
    assert world.setup().give_up() == SERIAL
    assert world.setup().give_up() == ""
    world.check_over()


def test_a_device_of_somebody_else_with_that_name_is_never_deleted(world: World) -> None:
    """sam's half-made device; alex's set-up of the same name is refused and leaves no note."""
    Setup("sam", world.setup(user="sam").calls, MemorySeeds(), world.notes).begin("alex-laptop")
    with pytest.raises(ProblemError) as caught:
        world.setup().begin("alex-laptop")
    assert caught.value.problem.code == "device_exists"
    assert "alex" not in read_setups(world.notes)
    assert world.setup().give_up() == ""
    assert SERIAL in [serial for serial, _ in world.aws.devices()]


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "a/b", "näme"])
def test_a_name_that_iam_does_not_take_is_refused_before_any_call(world: World, name: str) -> None:
    before = len(world.aws.calls.listed())
    with pytest.raises(ProblemError) as caught:
        world.setup().begin(name)
    assert caught.value.problem.code == "bad_device_name"
    assert len(world.aws.calls.listed()) == before


def test_no_seed_is_in_the_notes(world: World) -> None:
    begun = world.setup().begin("alex-laptop")
    text = world.notes.read_text()
    assert SERIAL in text
    assert begun.device.seed.base32 not in text
