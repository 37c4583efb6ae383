"""The settings file: what is kept, what is mended by defaults, what is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.domain.problem import ProblemError
from rolecall.domain.role import Identity
from rolecall.domain.settings import COPY_FORMATS, Settings
from rolecall.storage.settings_file import load_settings, save_settings

_WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=12).filter(
    str.isprintable
)
_NAMES = st.lists(_WORDS, max_size=3, unique=True).map(tuple)
_SETTINGS = st.builds(
    Settings,
    copy_format=st.sampled_from(COPY_FORMATS),
    notices=st.sets(st.integers(1, 720), max_size=3).map(lambda n: tuple(sorted(n, reverse=True))),
    clipboard_seconds=st.integers(0, 600),
    hide_to_tray=st.booleans(),
    renew=st.booleans(),
    theme=st.sampled_from(["", "light", "dark"]),
    language=st.sampled_from(["", "ko"]),
    console_service=_WORDS,
    favourites=_NAMES,
    recents=_NAMES,
    accounts=st.dictionaries(_WORDS, _WORDS, max_size=3),
    identities=st.lists(
        st.builds(Identity, _WORDS, mfa_serial=_WORDS, region=_WORDS), max_size=3
    ).map(lambda all_: {each.name: each for each in all_}),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=_SETTINGS, second=_SETTINGS)
def test_what_is_saved_is_loaded_over_what_was_saved_before(
    first: Settings, second: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.unlink(missing_ok=True)
    for each in (first, second, Settings()):
        save_settings(path, each)
        assert load_settings(path) == (each, None)


def test_no_file_is_the_defaults_and_defaults_are_no_file(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    assert load_settings(path) == (Settings(), None)
    save_settings(path, Settings())
    assert not path.exists()


def test_comments_and_unknown_keys_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        '# mine\ncopy_format = "fish"  # I like it\nlater = 5\n\n[accounts]\n# the shop\n'
        '"111122223333" = "Shop"\n\n[identities.me]\nregion = "eu-west-1"\nnew_in_2030 = true\n'
    )
    loaded, problem = load_settings(path)
    assert problem is None
    changed = replace(loaded, renew=False, accounts={**loaded.accounts, "444455556666": "Bank"})
    save_settings(path, changed)
    text = path.read_text()
    for kept in ("# mine", "# I like it", "later = 5", "# the shop", "new_in_2030 = true"):
        assert kept in text
    assert load_settings(path) == (changed, None)


def test_wrong_value_is_its_default_and_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        'copy_format = "cobol"\nclipboard_seconds = true\nnotices = [5, 10]\nrenew = false\n'
    )
    loaded, problem = load_settings(path)
    assert loaded == Settings(notices=(10, 5), renew=False)
    assert problem is not None
    assert problem.code == "settings_value"
    assert "copy_format, clipboard_seconds" in str(problem.explanation)


@pytest.mark.parametrize("bad", [b"a = 1\nb = = 2\n", b"a = '\xff'\n", b"a = 1\na = 2\n"])
def test_broken_file_is_told_and_kept_aside(bad: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(bad)
    loaded, problem = load_settings(path)
    assert loaded == Settings()
    assert problem is not None
    assert problem.code == "settings_unreadable"
    assert path.read_bytes() == bad
    for _ in range(2):
        save_settings(path, Settings(renew=False))
        path.write_bytes(bad)
    save_settings(path, Settings(renew=False))
    assert load_settings(path) == (Settings(renew=False), None)
    aside = sorted(each.name for each in tmp_path.glob("settings.toml.*"))
    assert aside == ["settings.toml.unreadable-1"]
    assert (tmp_path / aside[0]).read_bytes() == bad


def test_second_broken_file_does_not_overwrite_the_first(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for bad in (b"= 1", b"= 2"):
        path.write_bytes(bad)
        save_settings(path, Settings(renew=False))
    kept = {each.read_bytes() for each in tmp_path.glob("settings.toml.unreadable-*")}
    assert kept == {b"= 1", b"= 2"}


def test_place_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemError) as caught:
        save_settings(tmp_path / "file" / "settings.toml", Settings(renew=False))
    assert caught.value.problem.code == "file_not_written"


def test_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    loaded, problem = load_settings(tmp_path)
    assert loaded == Settings()
    assert problem is not None
    assert problem.code == "file_not_ordinary"
