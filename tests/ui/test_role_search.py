"""The search: what fits, in which order, and that narrowing finds what a search from scratch finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain.catalogue import Catalogue
from rolecall.ui.role_search import RoleIndex, emphasis

NAMES = (
    "data-prod-deploy",
    "prod-admin",
    "prod_readonly",
    "proto-readonly",
    "payments-audit",
    "shop.prod.oncall",
    "Üwe-Straße",
)


def index(*names: str, accounts: dict[str, str] | None = None) -> RoleIndex:
    profiles = {
        name: {
            "role_arn": f"arn:aws:iam::{111111111111 * (number % 9 + 1)}:role/R",
            "source_profile": "x",
            "region": "eu-central-1",
        }
        for number, name in enumerate(names)
    }
    return RoleIndex(Catalogue(profiles=profiles), accounts or {})


def found(of: RoleIndex, typed: str, most: int = 50) -> list[str]:
    return [of.entries[row].name for row in of.ranked(of.find(typed), most)]


def test_nothing_typed_shows_everything_in_the_order_of_the_files() -> None:
    assert found(index(*NAMES), "") == list(NAMES)
    assert found(index(*NAMES), "   ") == list(NAMES)


def test_names_that_begin_with_it_come_first_then_words_then_loose_letters() -> None:
    names = ("a-xprodx", "data-prod-deploy", "prod-admin", "p-r-o-d")
    assert found(index(*names), "prod") == ["prod-admin", "data-prod-deploy", "a-xprodx", "p-r-o-d"]


def test_letters_may_be_left_out_from_the_start_of_a_word_on() -> None:
    assert found(index(*NAMES), "spoc") == ["shop.prod.oncall"]
    assert found(index(*NAMES), "rdny") == ["prod_readonly", "proto-readonly"]
    assert found(index(*NAMES), "eadonly")  # a piece as it stands may begin anywhere
    assert not found(index(*NAMES), "edonly")  # loose letters may not


@pytest.mark.parametrize(
    "typed", ["prod readonly", "readonly prod", "PROD_READONLY", "prod.readonly"]
)
def test_words_in_any_order_and_any_separator(typed: str) -> None:
    assert found(index(*NAMES), typed)[0] == "prod_readonly"


def test_account_name_id_and_region_are_searched_too() -> None:
    of = index(*NAMES, accounts={"333333333333": "Sandbox"})
    assert found(of, "sandbox") == ["prod_readonly"]
    assert found(of, "222222222222") == ["prod-admin"]
    assert len(found(of, "eu-central")) == len(NAMES)


def test_what_has_no_answer_finds_nothing_and_deleting_finds_it_again() -> None:
    of = index(*NAMES)
    assert found(of, "prodzzz") == []
    assert of.count(of.find("prodzzz")) == 0
    assert found(of, "prod-a")[0] == "prod-admin"
    assert found(of, "") == list(NAMES)


def test_no_more_rows_than_asked_for_but_all_are_counted() -> None:
    of = index(*(f"role-{n}" for n in range(500)))
    assert len(found(of, "role", 50)) == 50
    assert of.count(of.find("role")) == 500


WORD = st.text("abp-", min_size=1, max_size=7)


@given(
    st.lists(WORD, min_size=1, max_size=12, unique=True),
    st.lists(st.text("abp -", max_size=5), max_size=6),
)
def test_narrowing_finds_what_a_search_from_scratch_finds(
    names: list[str], typed: list[str]
) -> None:
    of = index(*names)
    for text in typed:
        for end in range(len(text) + 1):
            step = text[:end]
            fresh = index(*names)
            assert found(of, step) == found(fresh, step)
            assert of.count(of.find(step)) == fresh.count(fresh.find(step))


@given(st.lists(WORD, min_size=1, max_size=12, unique=True), st.text("abp -", max_size=5))
def test_every_row_that_is_shown_fits_and_every_row_that_fits_is_counted(
    names: list[str], typed: str
) -> None:
    of = index(*names)
    step = of.find(typed)
    shown = of.ranked(step, 100)
    assert len(shown) == len(set(shown)) == of.count(step)
    assert all(of.fits(step, row) for row in shown)


def test_emphasis_is_on_the_piece_or_on_the_letters() -> None:
    assert emphasis("data-prod-deploy", "prod") == [(5, 4)]
    assert emphasis("prod_readonly", "PROD-read") == [(0, 9)]
    assert emphasis("prod-admin", "admin prod") == [(0, 4), (5, 5)]
    assert emphasis("shop.prod.oncall", "spoc") == [(0, 1), (3, 1), (7, 1), (12, 1)]
    assert emphasis("prod-admin", "zzz") == []
    assert emphasis("prod-admin", "") == []


@given(st.text(max_size=12), st.text(max_size=6))
def test_emphasis_never_leaves_the_text(text: str, typed: str) -> None:
    at = 0
    for start, length in emphasis(text, typed):
        assert start >= at
        assert length > 0
        at = start + length
    assert at <= len(text)
