"""What a person pasted: a text, or the name of a file that is then read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rolecall.domain.problem import ProblemError
from rolecall.storage.pasted_file import LARGEST, named_file, pasted_text


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "saved page.html"
    found.write_text("<form>é</form>")
    return found


def test_every_way_to_name_a_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(file.parent))
    for name in (
        str(file),
        f"{file}\n",
        f'"{file}"',
        f"'{file}'",
        file.as_uri(),
        f"file://{file}",
        "~/saved page.html",
    ):
        assert pasted_text(name) == "<form>é</form>", name


def test_a_text_is_a_text() -> None:
    for text in (
        "PHNhbWxw",
        "",
        "/not/a/file/here",
        "a\n/tmp",
        "SAMLResponse=abc",
        "/" * 5000,
        "/tmp\0",
    ):
        assert pasted_text(text) == text


def test_a_relative_name_counts_where_somebody_says_from_which_folder(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    assert named_file(file.name) is None
    for name in (
        file.name,
        f"./{file.name}",
        f"'{file.name}'",
        f"../{file.parent.name}/{file.name}",
    ):
        found = named_file(f"{name}\n", file.parent)
        assert found is not None, name
        assert found.samefile(file)
    for name in ("", "missing.html", "a" * 300, "a/" * 2000, "PHNhbWxw"):
        assert named_file(name, file.parent) is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "x"
    file.write_text("SAMLResponse=abc", encoding=encoding)
    assert pasted_text(str(file)).lstrip("\ufeff") == "SAMLResponse=abc"


def test_no_more_than_enough_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large"
    with file.open("wb") as large:
        os.truncate(large.fileno(), LARGEST + 1000)
    assert len(pasted_text(str(file))) == LARGEST


@pytest.mark.parametrize("name", ["", "missing"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProblemError) as caught:
        pasted_text((tmp_path / name).as_uri())
    assert caught.value.problem.code == "pasted_file_unreadable"
    assert str(tmp_path.parent) not in "\n".join(caught.value.problem.lines())
