"""From an Identity Center's offers to own entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.identity_center import Portal, PortalAccount, PortalRole
from rolecall.domain.portal_entries import (
    fitting,
    name_of,
    new_entries,
    portal_named,
    portal_wanted,
    present,
    searched,
    tidy_url,
)

START = "https://acme.awsapps.com/start"
PORTAL = Portal(START, "eu-west-1")
PAYMENTS = PortalAccount("222222222222", "Payments (EU)", "aws+pay@acme.example")


def offer(account: PortalAccount = PAYMENTS, role: str = "ReadOnly") -> PortalRole:
    return PortalRole(account, role)


def test_names_are_fit_for_a_command_line() -> None:
    assert name_of(offer()) == "payments-eu-readonly"
    assert name_of(offer(PortalAccount("1" * 12), "Admin")) == "111111111111-admin"
    assert name_of(offer(PortalAccount("1" * 12, "결제"), "Admin")) == "결제-admin"


@given(st.text(max_size=300), st.text(min_size=1, max_size=80))
def test_every_name_is_one_word_that_begins_like_no_flag(account: str, role: str) -> None:
    name = name_of(offer(PortalAccount("123456789012", account), role))
    assert name
    assert not name.startswith("-")
    assert not any(character.isspace() for character in name)
    assert len(name) <= 100


def test_namesakes_are_told_apart() -> None:
    twin = PortalAccount("333333333333", "Payments EU")
    found = new_entries([offer(), offer(twin)], PORTAL, {"other"})
    assert list(found) == ["payments-eu-readonly", "payments-eu-readonly-333333333333"]
    taken = {"payments-eu-readonly", "payments-eu-readonly-222222222222"}
    assert list(new_entries([offer()], PORTAL, taken)) == ["payments-eu-readonly-222222222222-2"]


def test_an_entry_names_the_session_where_there_is_one() -> None:
    (entry,) = new_entries([offer()], PORTAL, ()).values()
    assert entry == {
        "sso_start_url": START,
        "sso_region": "eu-west-1",
        "sso_account_id": "222222222222",
        "sso_role_name": "ReadOnly",
        "region": "eu-west-1",
    }
    (entry,) = new_entries([offer()], Portal(START, "eu-west-1", "acme"), ()).values()
    assert entry == {
        "sso_session": "acme",
        "sso_account_id": "222222222222",
        "sso_role_name": "ReadOnly",
        "region": "eu-west-1",
    }


def test_what_is_listed_already_is_known_by_portal_account_and_set() -> None:
    catalogue = Catalogue(
        {
            "one": {"sso_session": "acme", "sso_account_id": "1", "sso_role_name": "A"},
            "old": {"sso_start_url": f"{START}/#/", "sso_account_id": "2", "sso_role_name": "B"},
            "far": {
                "sso_start_url": "https://x.awsapps.com",
                "sso_account_id": "3",
                "sso_role_name": "C",
            },
            "chained": {"role_arn": "x", "sso_account_id": "4", "sso_role_name": "D"},
        },
        sso_sessions={"acme": {"sso_start_url": START, "sso_region": "eu-west-1"}},
    )
    assert present(catalogue, PORTAL) == {("1", "A"): "one", ("2", "B"): "old"}


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*", True),
        ("payments*/readonly", True),
        ("222222222222/*", True),
        ("payments-eu-*", True),
        ("Payments (EU)/ReadOnly", True),
        ("payments", False),
        ("*/Admin", False),
        ("33*", False),
    ],
)
def test_patterns(pattern: str, fits: bool) -> None:
    assert fitting(offer(), [pattern]) is fits


def test_searching_wants_every_word() -> None:
    offers = [offer(), offer(role="Admin")]
    assert searched(offers, "pay admin") == [offers[1]]
    assert searched(offers, "2222 ACME.example") == offers
    assert searched(offers, "") == offers


@pytest.mark.parametrize(
    "typed",
    [START, f"{START}/", f"{START}#/", f" {START}/#/?tab=accounts ", "acme.awsapps.com/start"],
)
def test_a_start_url_as_people_paste_it(typed: str) -> None:
    assert tidy_url(typed) == START
    assert portal_named(typed, "eu-west-1", {}) == PORTAL


def test_the_default_profile_says_whom_to_trust() -> None:
    catalogue = Catalogue({"default": {"ca_bundle": "/etc/company.pem"}})
    assert portal_wanted(START, "eu-west-1", catalogue).ca_bundle == "/etc/company.pem"
    assert portal_wanted(START, "eu-west-1", Catalogue()) == PORTAL


SESSIONS = {
    "acme": {"sso_start_url": START, "sso_region": "eu-west-1", "sso_registration_scopes": "a, b"},
    "broken": {"sso_start_url": "nowhere"},
    "no-region": {"sso_start_url": "https://r.awsapps.com/start"},
}


def test_a_session_s_name_or_its_url_is_enough() -> None:
    known = Portal(START, "eu-west-1", "acme", ("a", "b"))
    assert portal_named("acme", "", SESSIONS) == known
    assert portal_named(f"{START}/#/", "", SESSIONS) == known
    assert portal_named(START, "eu-west-1", SESSIONS) == known
    assert portal_named(START, "us-east-1", SESSIONS) == Portal(START, "us-east-1")


@pytest.mark.parametrize(
    ("typed", "region", "wrong"),
    [
        ("http://acme.awsapps.com/start", "eu-west-1", "start_url"),
        ("https://me@acme.awsapps.com/start", "eu-west-1", "start_url"),
        ("https://nodots/start", "eu-west-1", "start_url"),
        ("https://[", "eu-west-1", "start_url"),
        ("acme start", "eu-west-1", "start_url"),
        ("", "eu-west-1", "start_url"),
        ("broken", "", "start_url"),
        ("no-region", "", "region"),
        ("https://new.awsapps.com/start", "", "region"),
        ("https://new.awsapps.com/start", "Ireland", "region"),
    ],
)
def test_what_is_no_portal(typed: str, region: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        portal_named(typed, region, SESSIONS)
