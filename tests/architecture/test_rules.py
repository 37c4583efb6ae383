"""The house as it stands follows its rules."""

from __future__ import annotations

import pytest

from architecture.imports import imports, modules
from architecture.rules import ARROWS, PACKAGE, RULES, Rule, telling_names


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_follows_the_rule(rule: Rule) -> None:
    assert list(rule(PACKAGE)) == []


def test_every_file_is_named_after_what_it_owns() -> None:
    assert list(telling_names()) == []


def test_every_module_belongs_to_a_known_part() -> None:
    strangers = [
        path for path, _ in modules(PACKAGE) if path.split("/")[0].removesuffix(".py") not in ARROWS
    ]
    assert strangers == []


def test_the_reader_sees_the_house() -> None:
    seen = {one.target for one in imports(PACKAGE)}
    assert "rolecall.domain.state" in seen
    assert "dataclasses" in seen
