"""Which language is spoken, and domain Texts in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from rolecall.domain.problem import Text
from rolecall.ui import wording
from rolecall.ui.resources import resources
from rolecall.ui.translation import Translation, said
from rolecall.ui.wording import minutes_left, purpose


class Spoken(QTranslator):
    """Two domain texts in a language of its own, one in each context."""

    KNOWN: ClassVar = {
        ("Problem", "No role {name}"): "{name}: unbekannt",
        ("Route", "One code for {source}"): "Ein Code für {source}",
    }

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, *_more: object) -> str:
        return self.KNOWN.get((context, source), "")


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[None]:
    translator = Spoken()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.mark.usefixtures("spoken")
def test_the_template_is_translated_first_and_filled_afterwards() -> None:
    assert said(Text("No role {name}", (("name", "{x}"),))) == "{x}: unbekannt"
    assert said(Text("One code for {source}", (("source", "alex"),))) == "Ein Code für alex"


def test_a_text_nobody_translated_stays_as_it_is(qapp: QApplication) -> None:
    assert said(Text("Nobody knows {this}", (("this", "one"),))) == "Nobody knows one"
    assert said(Text("100 % {plain} braces")) == "100 % {plain} braces"
    assert said(Text("")) == ""


def test_the_setting_wins_and_an_unknown_one_follows_the_desktop(translation: Translation) -> None:
    assert translation.speak("ko")
    assert not translation.speak("ko"), "nothing changed, so nobody has to be told"
    assert QLocale().language() is QLocale.Language.Korean
    assert translation.speak("")
    assert translation.language == "en"
    assert not translation.speak("tlh")


def test_standard_buttons_speak_korean_too_and_stop_again(translation: Translation) -> None:
    translation.speak("ko")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
    translation.speak("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_who_waits_and_who_asked_is_one_sentence_in_each_language(translation: Translation) -> None:
    translation.speak("en")
    assert purpose(["a"]) == "For a."
    assert purpose(["a", "b"], "aws (pid 7)") == "For a and 1 more, asked by aws (pid 7)."
    assert minutes_left(1) == "1 minute left"
    assert minutes_left(10) == "10 minutes left"
    translation.speak("ko")
    assert purpose(["a"]) == "a용"
    assert purpose(["a", "b", "c"], "aws (pid 7)") == "a 외 2개용 · aws (pid 7) 요청"
    assert minutes_left(10) == "10분 남음"


def test_no_dialog_that_others_are_made_of_says_a_plural_itself() -> None:
    """`tr` looks for it in the subclass, finds nothing there and looks no further."""
    classes = [
        node
        for file in sorted(Path(wording.__file__).parent.glob("*.py"))
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    bases = {base.id for one in classes for base in one.bases if isinstance(base, ast.Name)}
    wrong = [
        f"{one.name}: {ast.unparse(call)}"
        for one in classes
        if one.name in bases
        for call in ast.walk(one)
        if isinstance(call, ast.Call) and len(call.args) == 3
        if isinstance(call.func, ast.Attribute) and call.func.attr == "tr"
    ]
    assert "SignInDialog" in bases
    assert not wrong


def test_korean_has_one_word_for_one_thing() -> None:
    """AWS's own words for its things; and “X이(가) 시작하는 Y” says that X starts Y, the wrong way round."""
    tree = ET.parse(resources() / "translations" / "rolecall_ko.ts")
    said = [
        "".join(translation.itertext())
        for translation in tree.iter("translation")
        if "IAM, ID 제공업체" not in "".join(translation.itertext())  # so that menu is called
    ]
    for wrong in (
        "장치",
        "프로파일",
        "제공업체",
        "자격 증명 공급자",
        "당신",
        "이(가) 시작하는",
        "번째 줄",
    ):
        assert not [words for words in said if wrong in words], wrong
