"""The file of kept sessions: merged, bound to its context, set aside when bad; its key in a real keyring."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import secretstorage

from rolecall.domain.kept import NOTHING, Change, Kept, change
from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Session
from rolecall.storage import atomic_file
from rolecall.storage.kept_sessions import KeptSessions, Saved
from rolecall.storage.secret_item import keyring_locked
from rolecall.storage.session_key import ITEM, KeyringSessionKey
from storage.keyring_bus import gnome_keyring, needs_keyring, session_bus
from unit.builders import DEVICE, NOW, session, shared


@dataclass
class Ring:
    """A key as the keyring would hold it, counted; `locked` refuses it."""

    key: bytes | None = None
    locked: bool = False
    asked: list[bool] = field(default_factory=list)

    def get(self, *, make: bool, interactive: bool) -> bytes | None:
        self.asked.append(interactive)
        if self.locked:
            raise ProblemError(keyring_locked())
        if self.key is None and make:
            self.key = bytes(range(32))
        return self.key


PROD, ALEX = ("prod", ""), ("alex", DEVICE)
BOTH = Kept({PROD: session()}, {ALEX: shared()})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "sessions"


def put(*sessions: Session) -> Change:
    return change(NOTHING, Kept({(s.name, ""): s for s in sessions}, {}))


def gone(name: str) -> Change:
    return Change(gone_sessions=frozenset({(name, "")}))


def test_what_was_saved_comes_back_in_another_process(path: Path) -> None:
    ring = Ring()
    assert KeptSessions(path, "c", ring).save(change(NOTHING, BOTH), NOW) == Saved(written=True)
    loaded = KeptSessions(path, "c", ring).load(NOW)
    assert (loaded.kept, loaded.problem) == (BOTH, None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"token/of" not in path.read_bytes()


def test_without_a_file_or_with_nothing_live_the_keyring_is_left_alone(path: Path) -> None:
    ring = Ring()
    kept = KeptSessions(path, "c", ring)
    assert kept.load(NOW).kept == NOTHING
    kept.save(gone("prod"), NOW)
    assert not path.exists()
    assert ring.asked == []
    kept.save(put(session(lifetime=60)), NOW)
    later = Ring(locked=True)
    assert KeptSessions(path, "c", later).load(NOW + 60).kept == NOTHING
    assert later.asked == []


def test_the_key_is_read_once_until_it_is_forgotten(path: Path) -> None:
    ring = Ring()
    kept = KeptSessions(path, "c", ring)
    kept.save(put(session()), NOW)
    kept.save(put(session("b")), NOW)
    kept.load(NOW)
    assert ring.asked == [False]
    kept.forget_key()
    kept.load(NOW, interactive=True)
    assert ring.asked == [False, True]


def test_writers_merge_and_the_expired_leave(path: Path) -> None:
    ring = Ring()
    app, command = KeptSessions(path, "c", ring), KeptSessions(path, "c", ring)
    app.save(put(session("a"), session("short", lifetime=60)), NOW)
    command.save(put(session("b")), NOW)
    app.save(gone("a"), NOW + 61)
    assert set(command.load(NOW).kept.sessions) == {("b", "")}


def test_each_context_sees_its_own_only(path: Path) -> None:
    ring = Ring()
    one, other = KeptSessions(path, "one", ring), KeptSessions(path, "other", ring)
    one.save(put(session("a")), NOW)
    other.save(put(session("b", lifetime=60)), NOW)
    assert set(one.load(NOW).kept.sessions) == {("a", "")}
    assert set(other.load(NOW).kept.sessions) == {("b", "")}
    one.save(put(session("c")), NOW + 60)
    assert set(json.loads(path.read_bytes())["boxes"]) == {"one"}


def test_a_box_put_into_another_contexts_place_is_set_aside(path: Path) -> None:
    ring = Ring()
    KeptSessions(path, "one", ring).save(put(session()), NOW)
    path.write_bytes(path.read_bytes().replace(b'"one"', b'"two"'))
    loaded = KeptSessions(path, "two", ring).load(NOW)
    assert loaded.kept == NOTHING
    assert loaded.problem is not None
    assert loaded.problem.code == "sessions_unreadable"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"garbage",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw.replace(b'"version": 1', b'"version": 0'),
        lambda raw: raw.replace(b'"version": 1', b'"version": 99'),
    ],
)
@pytest.mark.parametrize("first", ["load", "save"])
def test_a_bad_file_is_set_aside_told_once_and_begun_anew(path: Path, spoil, first: str) -> None:  # type: ignore[no-untyped-def]
    ring = Ring()
    KeptSessions(path, "c", ring).save(put(session()), NOW)
    bad = spoil(path.read_bytes())
    path.write_bytes(bad)
    kept = KeptSessions(path, "c", ring)
    if first == "load":
        problem = kept.load(NOW).problem
        assert kept.save(put(session("b")), NOW) == Saved(written=True)
    else:
        problem = kept.save(put(session("b")), NOW).problem
    assert problem is not None
    assert problem.code == "sessions_unreadable"
    assert "{" not in "".join(problem.lines())
    assert path.with_name("sessions.unreadable-1").read_bytes() == bad
    loaded = KeptSessions(path, "c", ring).load(NOW)
    assert (set(loaded.kept.sessions), loaded.problem) == ({("b", "")}, None)


def test_a_file_whose_key_is_gone_is_set_aside(path: Path) -> None:
    KeptSessions(path, "c", Ring()).save(put(session()), NOW)
    for ring in (Ring(), Ring(key=bytes(32))):
        raw = path.read_bytes()
        loaded = KeptSessions(path, "c", ring).load(NOW)
        assert loaded.problem is not None
        assert not path.exists()
        path.write_bytes(raw)
    assert path.with_name("sessions.unreadable-2").exists()


def test_a_locked_keyring_leaves_the_file_as_it_was(path: Path) -> None:
    KeptSessions(path, "c", Ring()).save(put(session()), NOW)
    raw = path.read_bytes()
    kept = KeptSessions(path, "c", Ring(locked=True))
    for work in (lambda: kept.load(NOW), lambda: kept.save(put(session("b")), NOW)):
        with pytest.raises(ProblemError) as caught:
            work()
        assert caught.value.problem.code == "keyring_locked"
    assert path.read_bytes() == raw
    fresh = KeptSessions(path.with_name("other"), "c", Ring(locked=True))
    with pytest.raises(ProblemError):
        fresh.save(put(session()), NOW)
    assert not path.with_name("other").exists()


def test_what_is_forgotten_is_gone_even_with_a_locked_keyring(path: Path) -> None:
    ring = Ring()
    KeptSessions(path, "c", ring).save(put(session("a"), session("b")), NOW)
    with pytest.raises(ProblemError):
        KeptSessions(path, "c", Ring(locked=True)).save(gone("a"), NOW)
    assert KeptSessions(path, "c", ring).load(NOW).kept == NOTHING
    KeptSessions(path, "c", ring).save(put(session("a")), NOW)
    KeptSessions(path, "c", Ring(locked=True)).clear()
    assert KeptSessions(path, "c", ring).load(NOW).kept == NOTHING
    assert path.exists()


def test_a_command_begins_no_file(path: Path) -> None:
    ring = Ring()
    assert not KeptSessions(path, "c", ring).save(put(session()), NOW, make=False).written
    assert not path.exists()
    assert ring.asked == []


def test_removed_it_is_gone_for_all(path: Path) -> None:
    ring = Ring()
    kept = KeptSessions(path, "c", ring)
    kept.remove()
    kept.save(put(session()), NOW)
    kept.remove()
    assert not path.exists()


def test_a_file_that_cannot_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    ring = Ring()
    kept = KeptSessions(path, "c", ring)
    kept.save(put(session()), NOW)
    raw = path.read_bytes()
    monkeypatch.setattr(atomic_file, "_write_all", full)
    with pytest.raises(ProblemError) as caught:
        kept.save(put(session("b")), NOW)
    assert caught.value.problem.code == "file_not_written"
    assert path.read_bytes() == raw


# --- the key in a real keyring ----------------------------------------------------------


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[secretstorage.Collection]:
    if sys.platform != "linux":
        pytest.skip("the Secret Service is Linux's")
    with session_bus(tmp_path) as environ, gnome_keyring(environ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environ["DBUS_SESSION_BUS_ADDRESS"])
        with closing(secretstorage.dbus_init()) as connection:
            yield secretstorage.get_default_collection(connection)


@needs_keyring
def test_the_key_is_one_random_item_made_once(
    keyring: secretstorage.Collection, path: Path
) -> None:
    source = KeyringSessionKey()
    assert source.get(make=False, interactive=False) is None
    key = source.get(make=True, interactive=False)
    assert key is not None
    assert len(key) == 32
    assert KeyringSessionKey().get(make=True, interactive=False) == key
    (item,) = keyring.search_items({"service": "rolecall"})
    assert item.get_attributes()["username"] == ITEM
    KeptSessions(path, "c", source).save(put(session()), NOW)
    assert KeptSessions(path, "c", KeyringSessionKey()).load(NOW).kept.sessions == {PROD: session()}
    assert key.hex().encode() not in path.read_bytes()
    assert len(list(keyring.search_items({"service": "rolecall"}))) == 1


@needs_keyring
def test_a_locked_keyring_gives_no_key_and_is_not_asked_about(
    keyring: secretstorage.Collection, path: Path
) -> None:
    KeptSessions(path, "c", KeyringSessionKey()).save(put(session()), NOW)
    keyring.lock()
    with pytest.raises(ProblemError) as caught:
        KeptSessions(path, "c", KeyringSessionKey()).load(NOW)
    assert caught.value.problem.code == "keyring_locked"


@needs_keyring
def test_an_item_that_is_no_key_of_ours_is_left_alone(keyring: secretstorage.Collection) -> None:
    attributes = {"service": "rolecall", "username": ITEM}
    for value in ("", "[]", "CANARY", '{"version": 2, "key": "AAAA"}', '{"version": 1, "key": "A*"}',
                  '{"version": 1, "key": "AAAA"}'):  # fmt: skip
        keyring.create_item("x", attributes, value.encode(), replace=True)
        with pytest.raises(ProblemError) as caught:
            KeyringSessionKey().get(make=True, interactive=False)
        assert caught.value.problem.code == "session_key_bad"
        assert "CANARY" not in repr(caught.value.problem)
        (item,) = keyring.search_items(attributes)
        assert item.get_secret() == value.encode()


def test_no_keyring_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with pytest.raises(ProblemError) as caught:
        KeyringSessionKey().get(make=True, interactive=False)
    assert caught.value.problem.code == "keyring_absent"
