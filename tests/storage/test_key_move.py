"""A key on its way from the file into the keyring: a crash anywhere loses nothing, and a retry finishes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.role import Identity, SourceKind
from rolecall.domain.session import Credentials
from rolecall.storage import key_move
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.aws_credentials import read_keys
from rolecall.storage.first_copy import keep_first_copy, place
from rolecall.storage.key_move import move_keys_to_keyring
from rolecall.storage.paths import AwsFiles
from rolecall.storage.secret_store import MemorySecretStore
from rolecall.storage.settings_file import load_settings

KEYS = Credentials("AKIA1", "CANARY")
CONFIG = "[profile a]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n"
CREDENTIALS = (
    "# mine\n[a]\naws_access_key_id = AKIA1\naws_secret_access_key = CANARY\n[b]\nregion = r\n"
)
LEFT = "# mine\n[a]\n[b]\nregion = r\n"


class Killed(BaseException):
    """Stands for the process dying: nobody catches it."""


@pytest.fixture
def files(tmp_path: Path) -> AwsFiles:
    found = AwsFiles(tmp_path / "config", tmp_path / "credentials")
    found.config.write_text(CONFIG)
    found.credentials.write_text(CREDENTIALS)
    return found


def _usable(files: AwsFiles, store: MemorySecretStore, settings_file: Path) -> Credentials:
    """The key as a sign-in would find it now."""
    settings, problem = load_settings(settings_file)
    assert problem is None
    source = read_catalogue(files, settings.identities).role("a").source
    if source.kind is SourceKind.KEYS_IN_KEYRING:
        return store.get(source.name)
    return read_keys(files, source.name)


def test_move_takes_the_key_out_of_the_first_copy_too(files: AwsFiles, tmp_path: Path) -> None:
    for path in (files.config, files.credentials):
        assert keep_first_copy(path, path.read_bytes())
    assert b"CANARY" in place(files.credentials).read_bytes()
    move_keys_to_keyring(files, "a", MemorySecretStore(), tmp_path / "settings.toml")
    assert not place(files.credentials).exists()
    assert place(files.config).read_text() == CONFIG


def test_move_leaves_the_key_in_the_keyring_alone(files: AwsFiles, tmp_path: Path) -> None:
    store, path = MemorySecretStore(), tmp_path / "settings.toml"
    settings = move_keys_to_keyring(files, "a", store, path)
    assert store.get("a") == KEYS
    assert files.credentials.read_text() == LEFT
    assert (settings, None) == load_settings(path)
    identity = Identity("a", mfa_serial="arn:aws:iam::111122223333:mfa/me", region="eu-west-1")
    assert settings.identities == {"a": identity}
    assert "CANARY" not in path.read_text()


STEPS = ["put", "get", "save_settings", "remove_keys"]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_death_at_any_step_loses_nothing_and_a_retry_finishes(
    step: str, after: bool, files: AwsFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = MemorySecretStore(), tmp_path / "settings.toml"
    home: Any = store if step in {"put", "get"} else key_move
    real: Callable[..., Any] = getattr(home, step)

    def dies(*given: Any) -> Any:
        if after:
            real(*given)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(home, step, dies)
        with pytest.raises((Killed, ProblemError)):
            move_keys_to_keyring(files, "a", store, path)
    assert _usable(files, store, path) == KEYS
    assert files.credentials.read_text() in {CREDENTIALS, LEFT}
    if (step, after) != ("remove_keys", True):
        assert files.credentials.read_text() == CREDENTIALS
        move_keys_to_keyring(files, "a", store, path)
    assert files.credentials.read_text() == LEFT
    assert _usable(files, store, path) == KEYS


def _refusal(files: AwsFiles, store: MemorySecretStore, path: Path) -> Problem:
    with pytest.raises(ProblemError) as caught:
        move_keys_to_keyring(files, "a", store, path)
    assert "CANARY" not in repr(caught.value.problem)
    return caught.value.problem


def test_keyring_that_lies_keeps_the_file(
    files: AwsFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = MemorySecretStore()
    monkeypatch.setattr(
        store, "put", lambda name, keys: store._items.update({name: Credentials("A", "B")})
    )
    assert _refusal(files, store, tmp_path / "settings.toml").code == "keyring_failed"
    assert files.credentials.read_text() == CREDENTIALS
    assert not (tmp_path / "settings.toml").exists()


def test_another_key_of_the_name_in_the_keyring_is_kept(files: AwsFiles, tmp_path: Path) -> None:
    store = MemorySecretStore()
    store.put("a", Credentials("AKIA9", "older"))
    assert _refusal(files, store, tmp_path / "settings.toml").code == "keyring_has_another"
    assert store.get("a") == Credentials("AKIA9", "older")
    assert files.credentials.read_text() == CREDENTIALS


def test_temporary_keys_are_not_moved(files: AwsFiles, tmp_path: Path) -> None:
    with_token = CREDENTIALS.replace("[b]", "aws_session_token = CANARY2\n[b]")
    files.credentials.write_text(with_token)
    assert _refusal(files, MemorySecretStore(), tmp_path / "settings.toml").code == "keys_temporary"
    assert files.credentials.read_text() == with_token


def test_broken_settings_stop_the_move_before_it_begins(files: AwsFiles, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("= broken")
    store = MemorySecretStore()
    assert _refusal(files, store, path).code == "settings_unreadable"
    assert store._items == {}
    assert path.read_text() == "= broken"


def test_key_changed_during_the_move_stays_in_the_file(
    files: AwsFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = key_move.save_settings

    def rotated_meanwhile(*given: Any) -> None:
        real(*given)
        files.credentials.write_text(CREDENTIALS.replace("CANARY", "rotated"))

    monkeypatch.setattr(key_move, "save_settings", rotated_meanwhile)
    assert _refusal(files, MemorySecretStore(), tmp_path / "settings.toml").code == "keys_changed"
    assert read_keys(files, "a").secret_access_key == "rotated"
