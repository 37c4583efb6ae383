"""What is kept, what changed of it, and what of it is taken over again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rolecall.domain.kept import (
    NOTHING,
    Kept,
    adopted,
    change,
    common,
    kept_of,
    without_strangers,
)
from rolecall.domain.role import made_for
from rolecall.domain.session import Origin
from rolecall.domain.state import State
from unit.builders import DEVICE, NOW, USUAL, arn, catalogue, session, shared, state

PROD = ("prod", "")
ALEX = ("alex", DEVICE)


def prod(lifetime: float = 3600, issued: float = NOW, name: str = "Admin") -> object:
    return session("prod", Origin.SHARED, issued, lifetime, role_arn=arn(name))


def test_no_secret_shows_in_its_repr() -> None:
    kept = Kept({PROD: session()}, {ALEX: shared()})
    assert "secret/of+test=" not in repr(kept)
    assert "token/of+test==" not in repr(change(NOTHING, kept))


def test_expired_ones_are_left_out_and_the_end_is_the_last_ones() -> None:
    kept = Kept({PROD: session(lifetime=60)}, {ALEX: shared(lifetime=7200)})
    assert kept.until == NOW + 7200
    assert kept.live(NOW + 59) == kept
    assert kept.live(NOW + 60) == Kept({}, {ALEX: shared(lifetime=7200)})
    assert not kept.live(NOW + 7200)
    assert NOTHING.until == 0.0


def test_a_change_leads_from_one_to_the_other() -> None:
    before = Kept({PROD: session(), ("gone", ""): session("gone")}, {ALEX: shared()})
    after = Kept({PROD: session(issued=NOW + 5), ("new", ""): session("new")}, {})
    difference = change(before, after)
    assert difference.applied(before) == after
    assert set(difference.put.sessions) == {PROD, ("new", "")}
    assert difference.gone_sessions == {("gone", "")}
    assert difference.gone_shared == {ALEX}
    assert not change(before, before)


def test_a_change_leaves_what_another_process_put() -> None:
    other = Kept({("theirs", ""): session("theirs")}, {})
    mine = change(NOTHING, Kept({PROD: session()}, {}))
    assert set(mine.applied(other).sessions) == {PROD, ("theirs", "")}


def test_common_is_what_both_hold_unchanged() -> None:
    one = Kept({PROD: session(), ("a", ""): session("a")}, {ALEX: shared()})
    other = Kept({PROD: session(), ("a", ""): session("a", issued=NOW + 1)}, {})
    assert common(one, other) == Kept({PROD: session()}, {})


def test_live_ones_that_fit_the_files_are_taken_over() -> None:
    kept = Kept({PROD: prod()}, {ALEX: shared()})
    found = adopted(state(), kept, NOW)
    assert kept_of(found) == kept
    assert found.session("prod", NOW) == prod()
    assert adopted(state(), kept, NOW + 3600).sessions == {}


def test_a_profile_that_means_another_role_by_now_gets_nothing() -> None:
    former = catalogue({**USUAL, "prod": {**USUAL["prod"], "role_arn": arn("Former")}})
    stranger = replace(prod(name="Former"), made_for=former.role("prod").made_for)  # type: ignore[type-var]
    assert adopted(state(), Kept({PROD: stranger}, {}), NOW).sessions == {}
    unknown = Kept({("nobody", ""): prod()}, {("nobody", DEVICE): shared()})  # type: ignore[dict-item]
    assert adopted(state(), unknown, NOW) == state()


def test_what_is_there_already_wins_unless_the_kept_one_lives_longer() -> None:
    now = state(sessions={PROD: prod(lifetime=600)})
    assert adopted(now, Kept({PROD: prod(lifetime=600)}, {}), NOW).sessions == now.sessions
    longer = Kept({PROD: prod(lifetime=900)}, {})  # type: ignore[dict-item]
    assert adopted(now, longer, NOW).sessions == longer.sessions
    shorter = Kept({PROD: prod(lifetime=60)}, {})  # type: ignore[dict-item]
    assert adopted(now, shorter, NOW).sessions == now.sessions


def changed(name: str, **keys: str) -> State:
    """A State with a live session of `prod` and the shared one of `alex`, after a profile was edited."""
    live = state(sessions={PROD: prod()}, shared={ALEX: shared()})
    profiles = {**USUAL, name: {**USUAL[name], **keys}}
    edited = replace(live, catalogue=replace(catalogue(profiles), entries=frozenset({"prod"})))
    return without_strangers(edited)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("prod", {"role_arn": arn("Other")}),
        ("prod", {"source_profile": "build"}),
        ("prod", {"session_policy_arns": "arn:aws:iam::aws:policy/SecurityAudit"}),
        ("prod", {"session_policy": "{}"}),
        ("prod", {"session_tags": "team=blue"}),
        ("prod", {"source_identity": "somebody"}),
        ("alex", {"aws_access_key_id": "AKIAOFSOMEBODYELSE"}),
    ],
)
def test_a_profile_that_makes_other_sessions_by_now_hands_out_none_of_the_former(
    name: str, keys: dict[str, str]
) -> None:
    """Whose it is and what it may do: of the live ones, and of those that a restart would bring back."""
    after = changed(name, **keys)
    assert after.session("prod", NOW) is None
    assert (ALEX in after.shared) is (name != "alex")
    kept = Kept({PROD: prod()}, {})  # type: ignore[dict-item]
    assert adopted(replace(after, sessions={}), kept, NOW).sessions == {}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("prod", {"duration_seconds": "1800"}),
        ("prod", {"mfa_serial": "arn:aws:iam::111111111111:mfa/other"}),
        ("prod", {"external_id": "agreed"}),
        ("prod", {"role_session_name": "someone"}),
        ("alex", {"mfa_serial": "arn:aws:iam::111111111111:mfa/other"}),
        ("build", {"aws_access_key_id": "AKIAOFSOMEBODYELSE"}),
        ("prod", {"source_profile": "not-there-just-now"}),
    ],
)
def test_an_edit_that_changes_neither_loses_no_session(name: str, keys: dict[str, str]) -> None:
    after = changed(name, **keys)
    assert after.session("prod", NOW) is not None
    assert ALEX in after.shared


def test_a_region_that_changed_is_the_region_from_now_on() -> None:
    after = changed("prod", region="ap-northeast-2")
    found = after.session("prod", NOW)
    assert found is not None
    assert found.region == "ap-northeast-2"
    kept = adopted(replace(after, sessions={}), Kept({PROD: prod()}, {}), NOW)  # type: ignore[dict-item]
    assert kept.sessions[PROD].region == "ap-northeast-2"


def test_a_role_whose_keys_others_start_from_keeps_their_shared_session() -> None:
    """`alex` has keys and is a role as well: the session of its keys is not one of its role."""
    both = {**USUAL["alex"], "role_arn": arn("OfAlex"), "source_profile": "build"}
    profiles = {**USUAL, "alex": both}
    keys = catalogue(profiles).own_source("alex")
    assert keys is not None
    made = replace(shared(), made_for=made_for(keys))
    live = replace(state(shared={ALEX: made}), catalogue=catalogue(profiles))
    assert ALEX in without_strangers(live).shared
    other = {**profiles, "alex": {**both, "aws_access_key_id": "AKIAOFSOMEBODYELSE"}}
    assert without_strangers(replace(live, catalogue=catalogue(other))).shared == {}
