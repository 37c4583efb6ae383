"""One contract for every secret store, held by real keyrings; and what happens where there is none."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.backends.SecretService
import pytest
import secretstorage
from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection

from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.session import Credentials
from rolecall.domain.state import KeyringState
from rolecall.storage.keyring_library import KeyringLibrary
from rolecall.storage.secret_item import packed, unpacked
from rolecall.storage.secret_store import (
    MemorySecretStore,
    SecretStore,
    SystemSecretStore,
    system_store,
)
from storage.keyring_bus import gnome_keyring, needs_keyring, session_bus

KEYS = Credentials("AKIAEXAMPLE000000001", "s3cr3t/CANARY+key=")
OTHER = Credentials("AKIAEXAMPLE000000002", "an0ther/CANARY+key=")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's")


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    with session_bus(tmp_path) as environ:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environ["DBUS_SESSION_BUS_ADDRESS"])
        yield environ


@pytest.fixture
def daemon(bus: dict[str, str]) -> Iterator[int]:
    with gnome_keyring(bus) as pid:
        yield pid


@pytest.fixture(params=["memory", "Secret Service", "keyring library"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> SecretStore:
    if request.param == "memory":
        return MemorySecretStore()
    request.getfixturevalue("daemon")
    if request.param == "keyring library":
        monkeypatch.setattr(sys, "platform", "darwin")
        found = SystemSecretStore()
        monkeypatch.undo()
        monkeypatch.setenv(
            "DBUS_SESSION_BUS_ADDRESS", request.getfixturevalue("bus")["DBUS_SESSION_BUS_ADDRESS"]
        )
        monkeypatch.setattr(keyring, "get_keyring", keyring.backends.SecretService.Keyring)
        return found
    return SystemSecretStore()


def _code(work: Callable[[], object]) -> str:
    with pytest.raises(ProblemError) as caught:
        work()
    problem = caught.value.problem
    assert problem.exit is Exit.KEYRING
    assert "CANARY" not in repr(problem)
    assert "{" not in "".join(problem.lines())
    return problem.code


# --- the contract -----------------------------------------------------------------------


@needs_keyring
class TestContract:
    def test_keys_come_back_as_they_went_in(self, store: SecretStore) -> None:
        store.put("me", KEYS)
        store.put("운영 'x' \"y\"", OTHER)
        assert (store.get("me"), store.get("운영 'x' \"y\"")) == (KEYS, OTHER)
        assert store.state() is KeyringState.OPEN

    def test_new_key_takes_the_place_of_the_old(self, store: SecretStore) -> None:
        store.put("me", KEYS)
        store.put("me", OTHER)
        assert store.get("me") == OTHER

    def test_removed_key_is_missing_and_its_neighbour_is_not(self, store: SecretStore) -> None:
        store.put("me", KEYS)
        store.put("me2", OTHER)
        store.remove("me")
        store.remove("me")
        assert _code(lambda: store.get("me")) == "keyring_item_missing"
        assert store.get("me2") == OTHER


# --- the Secret Service -----------------------------------------------------------------


@pytest.fixture
def collection(daemon: int) -> Iterator[secretstorage.Collection]:
    with closing(secretstorage.dbus_init()) as connection:
        yield secretstorage.get_default_collection(connection)


@needs_keyring
def test_item_is_one_the_keyring_library_reads_and_replaces(daemon: int) -> None:
    library = keyring.backends.SecretService.Keyring()
    store = SystemSecretStore()
    store.put("me", KEYS)
    assert json.loads(library.get_password("rolecall", "me") or "")["version"] == 1
    library.set_password("rolecall", "me", packed(OTHER))
    assert store.get("me") == OTHER


GARBAGE = [
    "",
    "garbage",
    "[]",
    '{"version": 2, "access_key_id": "A", "secret_access_key": "CANARY"}',
    '{"version": 1, "access_key_id": "A"}',
    '{"version": 1, "access_key_id": "", "secret_access_key": "CANARY"}',
    '{"version": 1, "access_key_id": 5, "secret_access_key": "CANARY"}',
]


@needs_keyring
def test_garbage_item_is_told_and_left(collection: secretstorage.Collection) -> None:
    attributes = {"service": "rolecall", "username": "me"}
    for value in (*(text.encode() for text in GARBAGE), b"\xff\xfe"):
        collection.create_item("x", attributes, value, replace=True)
        assert _code(lambda: SystemSecretStore().get("me")) == "keyring_item_bad"
        (item,) = collection.search_items(attributes)
        assert item.get_secret() == value


@needs_keyring
def test_locked_keyring_is_told_at_once_and_nobody_is_asked(
    collection: secretstorage.Collection,
) -> None:
    store = SystemSecretStore()
    store.put("me", KEYS)
    collection.lock()
    started = time.monotonic()
    assert _code(lambda: store.get("me")) == "keyring_locked"
    assert _code(lambda: store.put("me", OTHER)) == "keyring_locked"
    assert _code(lambda: store.remove("me")) == "keyring_locked"
    assert store.state() is KeyringState.LOCKED
    assert time.monotonic() - started < 5


@needs_keyring
def test_question_that_nobody_answers_ends_in_time(
    collection: secretstorage.Collection,
) -> None:
    collection.lock()
    with closing(open_dbus_connection()) as prompter:  # takes the question and never answers
        prompter.send_and_get_reply(message_bus.RequestName("org.gnome.keyring.SystemPrompter"))
        started = time.monotonic()
        store = SystemSecretStore(interactive=True, seconds=1)
        assert _code(lambda: store.get("me")) == "keyring_locked"
        assert 0.9 < time.monotonic() - started < 5


@needs_keyring
def test_question_that_cannot_be_asked_is_told_at_once(
    collection: secretstorage.Collection,
) -> None:
    collection.lock()
    assert _code(lambda: SystemSecretStore(interactive=True).get("me")) == "keyring_locked"


@needs_keyring
def test_stopped_keyring_ends_in_time(daemon: int) -> None:
    store = SystemSecretStore(seconds=0.5)
    store.put("me", KEYS)
    os.kill(daemon, signal.SIGSTOP)
    try:
        started = time.monotonic()
        assert _code(lambda: store.get("me")) == "keyring_failed"
        assert time.monotonic() - started < 5
    finally:
        os.kill(daemon, signal.SIGCONT)
    assert SystemSecretStore().get("me") == KEYS


# --- no keyring, or one that keeps no secret --------------------------------------------


@needs_keyring
def test_bus_without_a_keyring_is_absent(bus: dict[str, str]) -> None:
    assert SystemSecretStore().state() is KeyringState.ABSENT
    assert _code(lambda: SystemSecretStore().put("me", KEYS)) == "keyring_absent"


@pytest.mark.parametrize(
    "address", ["", "unix:path=/nonexistent/bus", "nonsense", "tcp:host=127.0.0.1,port=1"]
)
def test_no_bus_is_absent(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert SystemSecretStore().state() is KeyringState.ABSENT
    assert _code(lambda: SystemSecretStore().get("me")) == "keyring_absent"
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert _code(lambda: SystemSecretStore().get("me")) == "keyring_absent"


@needs_keyring
@pytest.mark.parametrize("way", ["environment", "keyringrc.cfg"])
@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "keyrings.alt.file.PlaintextKeyring"]
)
def test_keyring_that_keeps_no_secret_is_refused(
    backend: str, way: str, daemon: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if way == "environment":
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        (tmp_path / "python_keyring").mkdir()
        (tmp_path / "python_keyring" / "keyringrc.cfg").write_text(
            f"[backend]\ndefault-keyring={backend}\n"
        )
    store = SystemSecretStore()
    assert store.state() is KeyringState.REFUSED
    for work in (lambda: store.put("me", KEYS), lambda: store.get("me")):
        with pytest.raises(ProblemError) as caught:
            work()
        assert caught.value.problem.code == "keyring_refused"
        assert backend in str(caught.value.problem.title)


class _PlainText(keyring.backend.KeyringBackend):
    priority = 0.5

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("never asked")

    set_password = delete_password = get_password


def _chain(*backends: keyring.backend.KeyringBackend) -> keyring.backends.chainer.ChainerBackend:
    chain = keyring.backends.chainer.ChainerBackend()
    type(chain).backends = list(backends)
    return chain


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_PlainText, "keyring_refused"),
        (keyring.backends.null.Keyring, "keyring_refused"),
        (keyring.backends.fail.Keyring, "keyring_absent"),
        (lambda: _chain(keyring.backends.SecretService.Keyring(), _PlainText()), "keyring_refused"),
        (_chain, "keyring_refused"),
    ],
)
def test_library_backend_is_used_only_from_the_list(
    make: Callable[[], keyring.backend.KeyringBackend], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring.backends.chainer.ChainerBackend, "backends", [])
    backend = make()
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    library = KeyringLibrary()
    assert _code(lambda: library.write("me", "CANARY")) == code
    assert _code(library.state) == code


def test_temporary_credentials_are_never_packed() -> None:
    assert unpacked("me", packed(Credentials("A", "B", "C"))) == Credentials("A", "B")


def test_demo_keeps_keys_in_memory() -> None:
    environ = {"ROLECALL_DEMO_URL": "http://127.0.0.1:1"}
    assert isinstance(system_store(environ, interactive=True), MemorySecretStore)
    assert isinstance(system_store({}, interactive=False), SystemSecretStore)
