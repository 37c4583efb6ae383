"""Chains that AWS would refuse whatever the trust says: found in the plan, before any call."""

from __future__ import annotations

import pytest

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.plan import plan
from rolecall.domain.problem import Problem
from rolecall.domain.route import Call, Route, Wish
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


@pytest.mark.parametrize(
    "entry",
    [
        {"federation_name": "alex"},
        {"root_account": "111122223333", "root_task_policy": "SQSUnlockQueuePolicy"},
    ],
)
def test_what_takes_no_code_asks_for_none(entry: dict[str, str]) -> None:
    """A GetSessionToken session with a code would be refused at the next call (1.5 of the comparison table)."""
    own = {"source_profile": "key", "mfa_serial": "arn:aws:iam::111122223333:mfa/kim", **entry}
    catalogue = Catalogue({"key": KEYS, "it": own}, entries=frozenset({"it"}))
    found = plan(State(catalogue=catalogue), catalogue.role("it"), Wish(), 0.0)
    assert isinstance(found, Route)
    assert [hop.call for hop in found.hops] in ([Call.GET_FEDERATION_TOKEN], [Call.ASSUME_ROOT])
    assert not found.needs_code
    assert "no MFA code" in str(found.reasons[0])


def test_roots_task_over_a_role_shares_the_code_of_that_role() -> None:
    profiles = {
        "key": KEYS,
        "first": {
            "role_arn": f"{ARN}A",
            "source_profile": "key",
            "mfa_serial": "arn:aws:iam::111122223333:mfa/kim",
        },
        "it": {
            "root_account": "111122223333",
            "root_task_policy": "SQSUnlockQueuePolicy",
            "source_profile": "first",
        },
    }
    catalogue = Catalogue(profiles, entries=frozenset({"it"}))
    found = plan(State(catalogue=catalogue), catalogue.role("it"), Wish(), 0.0)
    assert isinstance(found, Route)
    assert [hop.call for hop in found.hops] == [
        Call.GET_SESSION_TOKEN,
        Call.ASSUME_ROLE,
        Call.ASSUME_ROOT,
    ]
    assert found.hops[-1].duration_seconds == 900


def test_a_very_long_chain_is_listed_in_good_time() -> None:
    """Each link is made once, not once for each role that goes over it."""
    length = 600
    profiles = {"key": KEYS} | {
        f"p{number}": {
            "role_arn": f"{ARN}R{number}",
            "source_profile": f"p{number + 1}" if number < length - 1 else "key",
        }
        for number in range(length)
    }
    catalogue = Catalogue(profiles)
    roles = [catalogue.role(name) for name in catalogue.names() if name != "key"]
    assert [len(role.hops) for role in roles] == list(range(length, 0, -1))
    assert roles[0].hops[0] is roles[-1].hops[0]
    assert [hop.profile for hop in roles[-2].hops] == [f"p{length - 1}", f"p{length - 2}"]
