"""Which lines may start a program: the very line, of the very profile, until it is changed or taken back."""

from __future__ import annotations

import pytest

from rolecall.domain.problem import Exit
from rolecall.domain.settings import Settings
from rolecall.domain.trust import (
    CODE,
    CREDENTIALS,
    Line,
    accept,
    accepted,
    all_trusted,
    not_accepted,
    revoke,
)

LINE = Line("work", CREDENTIALS, "/opt/helper --token cAnArY")


def test_nothing_is_accepted_until_a_person_accepts_it() -> None:
    assert not accepted(Settings(), LINE)
    assert accepted(accept(Settings(), LINE), LINE)


@pytest.mark.parametrize(
    "other",
    [
        Line("work", CREDENTIALS, "/opt/helper --token cAnArY "),
        Line("work", CREDENTIALS, "/opt/helper  --token cAnArY"),
        Line("work", CREDENTIALS, "/opt/helper --token cAnArY\n# said"),
        Line("Work", CREDENTIALS, "/opt/helper --token cAnArY"),
        Line("work", CODE, "/opt/helper --token cAnArY"),
    ],
)
def test_a_line_that_differs_in_anything_is_another_line(other: Line) -> None:
    assert not accepted(accept(Settings(), LINE), other)


def test_a_changed_line_asks_again_and_so_does_the_way_back() -> None:
    changed = Line("work", CREDENTIALS, "/opt/helper --other")
    settings = accept(accept(Settings(), LINE), changed)
    assert accepted(settings, changed)
    assert not accepted(settings, LINE)


def test_two_lines_of_one_profile_are_accepted_and_taken_back_each_for_itself() -> None:
    code = Line("work", CODE, "ykman oath accounts code -s aws")
    settings = accept(accept(Settings(), LINE), code)
    assert all_trusted(settings.trusted) == [("work", CREDENTIALS), ("work", CODE)]
    fewer = revoke(settings, "work", CREDENTIALS)
    assert not accepted(fewer, LINE)
    assert accepted(fewer, code)
    assert revoke(fewer, "work", CODE).trusted == {}
    assert revoke(Settings(), "nobody", CODE) == Settings()


def test_fields_cannot_run_into_each_other() -> None:
    assert Line("a", CREDENTIALS, 'b","c').digest != Line('a","b', CREDENTIALS, "c").digest


def test_the_line_is_nowhere_but_where_it_is_shown() -> None:
    settings, problem = accept(Settings(), LINE), not_accepted(LINE)
    for told in (repr(LINE), repr(settings), "\n".join(problem.lines())):
        assert "cAnArY" not in told
    assert LINE.shown == LINE.text
    assert problem.exit is Exit.NOBODY_TO_ASK
    assert "rolecall trust work" in "\n".join(problem.lines())


def test_nothing_invisible_hides_in_a_shown_line() -> None:
    line = Line("work", CREDENTIALS, "helper\x1b[2K\r\nrm \u202etxt\u200b")
    assert line.shown == "helper\\u001b[2K\\u000d\\nrm \\u202etxt\\u200b"
