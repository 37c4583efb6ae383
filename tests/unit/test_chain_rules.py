"""Chains that AWS would refuse whatever the trust says: found in the plan, before any call."""

from __future__ import annotations

import pytest

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.plan import plan
from rolecall.domain.problem import Problem
from rolecall.domain.route import Route, Wish
from rolecall.domain.settings import Settings
from rolecall.domain.state import State

ARN = "arn:aws:iam::111122223333:role/"
KEYS = {"aws_access_key_id": "AKIA", "aws_secret_access_key": "•"}


def planned(
    first: dict[str, str], second: dict[str, str], settings: Settings | None = None
) -> Route | Problem:
    profiles = {
        "key": KEYS,
        "first": {"role_arn": f"{ARN}A", "source_profile": "key", **first},
        "second": {"role_arn": f"{ARN}B", "source_profile": "first", **second},
    }
    state = State(catalogue=Catalogue(profiles), settings=settings or Settings())
    return plan(state, state.catalogue.role("second"), Wish(), 0.0)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (
            {"session_tags": "Team=a", "transitive_session_tags": "Team"},
            {"session_tags": "stage=b,TEAM=c"},
            "tag_inherited",
        ),
        ({"source_identity": "kim"}, {"source_identity": "sam"}, "source_identity_changed"),
    ],
)
def test_what_aws_refuses_in_every_chain_is_planned(
    first: dict[str, str], second: dict[str, str], code: str
) -> None:
    found = planned(first, second)
    assert isinstance(found, Problem)
    assert found.code == code
    assert "first" in str(found.explanation)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"session_tags": "team=a"}, {"session_tags": "team=b"}),
        (
            {"session_tags": "team=a", "transitive_session_tags": "team"},
            {"session_tags": "stage=b"},
        ),
        ({"source_identity": "kim"}, {"source_identity": "kim"}),
        ({"source_identity": "kim"}, {}),
        ({}, {"source_identity": "kim"}),
    ],
)
def test_what_aws_takes_is_planned_as_it_is(first: dict[str, str], second: dict[str, str]) -> None:
    found = planned(first, second)
    assert isinstance(found, Route)
    assert [hop.duration_seconds for hop in found.hops] == [3600, 3600]


def test_a_template_of_the_settings_names_what_no_profile_names() -> None:
    found = planned({"role_session_name": "mine"}, {}, Settings(session_name="{user}-{role}"))
    assert isinstance(found, Route)
    assert [hop.session_name for hop in found.hops] == ["mine", "{user}-{role}"]


def test_a_role_that_assumes_itself_is_a_chain_of_an_hour() -> None:
    found = planned(
        {"duration_seconds": "14400"}, {"role_arn": f"{ARN}A", "duration_seconds": "14400"}
    )
    assert isinstance(found, Route)
    assert [(hop.role_arn, hop.duration_seconds) for hop in found.hops] == [
        (f"{ARN}A", 14400),
        (f"{ARN}A", 3600),
    ]
