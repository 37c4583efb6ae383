"""packaging/translations.py, the part that judges: what it must not let through."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from architecture.rules import ROOT


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    """The script as a module; it is not part of any package."""
    spec = importlib.util.spec_from_file_location(
        "translations", ROOT / "packaging" / "translations.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ts(folder: Path, message: str) -> Path:
    """A .ts file with one message."""
    file = folder / "rolecall_ko.ts"
    file.write_text(f"<TS><context><name>C</name>{message}</context></TS>", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("message", "complaint"),
    [
        ('<message><source>a</source><translation type="unfinished"/></message>', "not translated"),
        ("<message><source>a</source></message>", "not translated"),
        (
            "<message><source>a</source><translation> </translation></message>",
            "an empty translation",
        ),
        (
            "<message><source>{a}</source><translation>{b}</translation></message>",
            "other placeholders",
        ),
        (
            "<message><source>{a}</source><translation>b</translation></message>",
            "other placeholders",
        ),
        (
            (
                '<message numerus="yes"><source>%n h</source><translation><numerusform>%n h</numerusform>'
                "<numerusform>hours</numerusform></translation></message>"
            ),
            "other placeholders",
        ),
    ],
)
def test_an_unfinished_entry_is_caught(
    translations: ModuleType, tmp_path: Path, message: str, complaint: str
) -> None:
    (found,) = translations.faults(ts(tmp_path, message))
    assert complaint in found


def test_a_finished_entry_passes(translations: ModuleType, tmp_path: Path) -> None:
    message = "<message><source>{a} in {b}</source><translation>{b} {a}</translation></message>"
    assert list(translations.faults(ts(tmp_path, message))) == []


def test_marked_strings_are_found(translations: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(
        'X = QT_TRANSLATE_NOOP("C", "one " "two")\nQ.translate("D", "x", None, 4 // 2)\n'
    )
    assert set(translations.marked(file)) == {("C", "one two"), ("D", "x")}
