"""Which roles count as production, and what that changes: only what a person said, by hand or by pattern."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rolecall.domain.approval import asking, asks_first
from rolecall.domain.plan import plan
from rolecall.domain.production import is_production, marking, patterns_of, shortened
from rolecall.domain.role import Role
from rolecall.domain.route import Route, Wish
from rolecall.domain.settings import Settings
from rolecall.domain.state import State
from unit.builders import NOW, USUAL, catalogue

ROLES = catalogue(USUAL)
PROD, READONLY, TARGET = (ROLES.role(name) for name in ("prod", "prod-ro", "target"))


def test_no_role_counts_as_production_until_the_person_marks_it() -> None:
    assert not any(is_production(Settings(), ROLES.role(name)) for name in ROLES.names())


def test_a_mark_by_hand_is_of_one_role() -> None:
    marked = marking(Settings(), PROD, marked=True)
    assert is_production(marked, PROD)
    assert not is_production(marked, READONLY)
    assert marking(marked, PROD, marked=True).production == ("prod",)
    assert marking(marked, PROD, marked=False) == Settings()


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("prod", {"prod"}),
        ("prod*", {"prod", "prod-ro"}),
        ("PROD-??", {"prod-ro"}),
        ("admin", {"prod"}),  # the name in AWS
        ("222222222222", {"plain", "prod", "prod-ro", "long", "long-too"}),
        ("arn:aws:iam::333333333333:role/*", {"target"}),
        ("pay*", {"target"}),  # the account's name
        ("[pt]*", {"prod", "prod-ro", "target", "plain"}),
        ("x|prod", set()),
        ("", set()),
    ],
)
def test_a_pattern_fits_names_arns_and_accounts(pattern: str, fits: set[str]) -> None:
    settings = Settings(production_patterns=(pattern,), accounts={"333333333333": "Payments"})
    assert {name for name in ROLES.names() if is_production(settings, ROLES.role(name))} == fits


def test_what_was_said_by_hand_outranks_the_patterns() -> None:
    settings = Settings(production_patterns=("prod*",))
    spared = marking(settings, READONLY, marked=False)
    assert (is_production(spared, PROD), is_production(spared, READONLY)) == (True, False)
    assert marking(spared, READONLY, marked=True) == settings
    by_hand = marking(settings, TARGET, marked=True)
    assert is_production(replace(by_hand, production_patterns=()), TARGET)
    assert not is_production(replace(by_hand, production_patterns=()), PROD)


def test_a_role_marked_twice_over_is_unmarked_by_one_word() -> None:
    both = replace(marking(Settings(), PROD, marked=True), production_patterns=("prod",))
    assert not is_production(marking(both, PROD, marked=False), PROD)


def test_marked_roles_ask_first_unless_one_is_told_not_to() -> None:
    marked = marking(Settings(), PROD, marked=True)
    assert asks_first(marked, PROD)
    assert not asks_first(marked, READONLY)
    quiet = asking(marked, PROD, first=False)
    assert not asks_first(quiet, PROD)
    assert asks_first(asking(quiet, PROD, first=True), PROD)
    again = marking(marking(quiet, PROD, marked=False), PROD, marked=True)
    assert asks_first(again, PROD), "a new mark begins anew"


def test_a_role_that_was_told_not_to_ask_before_it_was_marked_asks() -> None:
    plain = asking(asking(Settings(), PROD, first=True), PROD, first=False)
    assert plain == Settings()
    assert asks_first(marking(plain, PROD, marked=True), PROD)


def planned(settings: Settings, role: Role, wish: Wish) -> Route:
    found = plan(State(catalogue=ROLES, settings=settings), role, wish, NOW)
    assert isinstance(found, Route)
    return found


@pytest.mark.parametrize(
    ("name", "wish", "seconds"),
    [
        ("prod", Wish(), 1800),
        ("plain", Wish(), 1800),  # its profile says two hours
        ("plain", Wish(duration_seconds=5400), 1800),
        ("plain", Wish(duration_seconds=900), 900),
        ("target", Wish(), 1800),  # of a chain the last role alone
        ("build", Wish(), 43200),  # a key identity is no role
    ],
)
def test_sessions_of_marked_roles_live_shorter_where_the_person_wants_it(
    name: str, wish: Wish, seconds: int
) -> None:
    settings = Settings(production_patterns=("*",), production_minutes=30)
    assert planned(settings, ROLES.role(name), wish).hops[-1].duration_seconds == seconds


def test_a_shortened_role_needs_no_code_of_its_own_any_more() -> None:
    """It wanted one for its four hours only."""
    long = ROLES.role("long")
    assert not planned(Settings(), long, Wish()).shares_code
    settings = replace(marking(Settings(), long, marked=True), production_minutes=30)
    assert planned(settings, long, Wish()).shares_code


def test_roles_that_are_not_marked_live_as_long_as_before() -> None:
    settings = Settings(production=("prod",), production_minutes=15)
    assert shortened(settings, ROLES.role("plain"), Wish()) == Wish()
    assert shortened(settings, PROD, Wish(fresh=True)) == Wish(duration_seconds=900, fresh=True)


def test_a_reason_is_the_sessions_name_unless_the_profile_has_one() -> None:
    """A trust policy may want the profile's."""
    route = planned(Settings(), ROLES.role("plain"), Wish(reason="fix {user} & disk"))
    assert route.hops[-1].session_name == "{user}-fix-user-disk"
    assert planned(Settings(), ROLES.role("plain"), Wish(reason="?!")).hops[-1].session_name == ""
    named = catalogue({**USUAL, "plain": {**USUAL["plain"], "role_session_name": "mine"}})
    state = State(catalogue=named)
    found = plan(state, named.role("plain"), Wish(reason="disk"), NOW)
    assert isinstance(found, Route)
    assert found.hops[-1].session_name == "mine"


def test_patterns_are_written_one_a_line() -> None:
    assert patterns_of(" prod*\n\n  123456789012\t\nprod*\n") == ("prod*", "123456789012")
    assert patterns_of("") == ()
