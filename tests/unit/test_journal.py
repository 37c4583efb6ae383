"""The journal as values: what fits a search, what the exports say, the bars of the timeline."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain.journal import Asker, Entry, How, Outcome, matching
from rolecall.domain.journal_text import FIELDS, as_csv, as_json
from rolecall.domain.timeline import Span, held, rows

TERRAFORM = Asker(4121, "/usr/bin/terraform", "", "terraform", "alex")
NOW = 1_795_000_000.0


def entry(at: float = NOW, role: str = "prod", seconds: int = 3600, **more: object) -> Entry:
    values: dict[str, object] = {"outcome": Outcome.SERVED} | more
    return Entry(at, role, seconds=seconds, **values)  # type: ignore[arg-type]


def test_an_asker_says_its_name_and_number_or_nothing() -> None:
    assert str(TERRAFORM) == "terraform (pid 4121)"
    assert str(Asker()) == ""
    assert str(Asker(name="rolecall")) == "rolecall"


def test_an_interpreter_and_its_script_are_another_program_than_the_bare_interpreter() -> None:
    bare = Asker(1, "/usr/bin/python3")
    script = Asker(1, "/usr/bin/python3", "/usr/bin/aws")
    assert bare.program == "/usr/bin/python3"
    assert script.program == "/usr/bin/python3 /usr/bin/aws"
    assert Asker(1, "", "/usr/bin/aws").program == "", "without its file nothing is remembered"


def test_every_word_of_a_search_has_to_fit_somewhere() -> None:
    found = [
        entry(asker=TERRAFORM),
        entry(role="dev", outcome=Outcome.REFUSED, problem="access_denied"),
    ]
    assert matching(found, search="TERRA prod") == found[:1]
    assert matching(found, search="refused access_den") == found[1:]
    assert matching(found, search="terra dev") == []
    assert matching(found, role="dev") == found[1:]
    assert matching(found, since=NOW + 1) == []
    assert matching(found, search="verweigert", shown=lambda each: "Verweigert") == found
    assert matching(found) == found


def test_json_names_every_field_and_says_null_for_the_unknown() -> None:
    first, second = json.loads(as_json([entry(asker=TERRAFORM, road=("alex", "prod")), entry()]))
    assert set(first) == set(FIELDS)
    assert first["at"] == "2026-11-18T11:06:40Z"
    assert (first["program"], first["pid"], first["road"]) == ("terraform", 4121, ["alex", "prod"])
    assert second["executable"] is None


def test_csv_can_be_read_back_and_starts_no_formula() -> None:
    odd = Asker(7, "/bin/x", "", '=cmd|"/c calc"!A1', "alex")
    text = as_csv([entry(role='a,"b"\nc', asker=odd, road=("alex", "prod"))])
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["role"] == 'a,"b"\nc'
    assert row["program"] == "'" + odd.name
    assert row["road"] == "alex > prod"
    assert row["problem"] == ""


def test_answers_that_overlap_make_one_bar() -> None:
    found = [entry(NOW, seconds=3600), entry(NOW + 600, seconds=3000), entry(NOW + 3000)]
    assert held(found) == [Span(NOW, NOW + 6600)]
    assert held([entry(NOW, seconds=60), entry(NOW + 120, seconds=60)]) == [
        Span(NOW, NOW + 60),
        Span(NOW + 120, NOW + 180),
    ]


def test_a_session_that_was_forgotten_ends_its_bar() -> None:
    found = [entry(NOW), entry(NOW + 600, seconds=0, how=How.END), entry(NOW + 1200, seconds=60)]
    assert held(found) == [Span(NOW, NOW + 600), Span(NOW + 1200, NOW + 1260)]


def test_rows_show_what_falls_into_the_time_shown() -> None:
    found = [
        entry(NOW - 1800, "old", account="1"),
        entry(NOW + 60, "new", seconds=7200),
        entry(NOW + 5, "sealed", 0, outcome=Outcome.REFUSED),
        entry(NOW - 9000, "gone", seconds=900),
        entry(NOW - 90, "sealed", 0, outcome=Outcome.DENIED),
    ]
    shown = rows(found, NOW, NOW + 3600)
    assert [row.role for row in shown] == ["old", "sealed", "new"]
    assert shown[0].spans == (Span(NOW, NOW + 1800),)
    assert shown[0].account == "1"
    assert (shown[1].spans, shown[1].refused) == ((), (NOW + 5,))
    assert shown[2].spans == (Span(NOW + 60, NOW + 3600),)


def test_what_was_cancelled_is_no_refusal() -> None:
    outcomes = (Outcome.CANCELLED, Outcome.DENIED, Outcome.REFUSED)
    found = [entry(NOW + at, "one", 0, outcome=outcome) for at, outcome in enumerate(outcomes)]
    [row] = rows(found, NOW, NOW + 3600)
    assert (row.cancelled, row.denied, row.refused) == ((NOW,), (NOW + 1,), (NOW + 2,))
    [alone] = rows(found[:1], NOW, NOW + 3600)
    assert alone.moments == [NOW], "a role that was only cancelled has its row too"


moments = st.integers(0, 10_000)


@given(
    st.lists(st.tuples(moments, st.integers(0, 5000), st.sampled_from([How.SESSION, How.END]))),
    moments,
    moments,
)
def test_bars_never_overlap_nor_leave_the_time_shown(
    made: list[tuple[int, int, How]], one: int, other: int
) -> None:
    begin, end = sorted((one, other))
    found = [
        entry(at, seconds=long if how is How.SESSION else 0, how=how) for at, long, how in made
    ]
    for row in rows(found, begin, end):
        edges = [moment for span in row.spans for moment in (span.begin, span.end)]
        assert edges == sorted(edges)
        assert all(begin <= edge <= end for edge in edges)
        assert all(span.begin < span.end for span in row.spans)
