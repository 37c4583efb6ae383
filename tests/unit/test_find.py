"""Which role a person means."""

from __future__ import annotations

from rolecall.domain.find import find
from rolecall.domain.problem import Exit, Problem
from unit.builders import USUAL, arn, catalogue

KNOWN = catalogue(USUAL)


def test_an_exact_name_wins_over_parts() -> None:
    assert find(KNOWN, "prod") == "prod"
    assert find(KNOWN, "long") == "long"


def test_an_exact_arn_is_found() -> None:
    assert find(KNOWN, arn("Admin")) == "prod"


def test_a_unique_part_is_found_in_any_case_but_not_for_programs() -> None:
    assert find(KNOWN, "OD-RO") == "prod-ro"
    answer = find(KNOWN, "od-ro", exact=True)
    assert isinstance(answer, Problem)


def test_several_hits_name_the_candidates() -> None:
    answer = find(KNOWN, "o")
    assert isinstance(answer, Problem)
    assert answer.exit is Exit.NO_SUCH_ROLE
    text = "\n".join(answer.lines())
    assert "prod-ro" in text
    assert "long-too" in text


def test_nothing_found_and_nothing_named() -> None:
    for wanted in ("nobody", "", arn("Nobody")):
        answer = find(KNOWN, wanted)
        assert isinstance(answer, Problem)
        assert answer.code == "no_such_role"
