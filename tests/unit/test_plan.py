"""plan(): which way to a role, for how long, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rolecall.domain.plan import plan, reusable
from rolecall.domain.presets import presets
from rolecall.domain.problem import Exit, Problem
from rolecall.domain.route import Call, Route, Wish
from rolecall.domain.session import Origin
from rolecall.domain.state import RoleState, State, role_state
from unit.builders import DEVICE, KEYS, NOW, USUAL, arn, catalogue, shared, state


def routed(name: str, wish: Wish = Wish(), at: State | None = None, now: float = NOW) -> Route:
    at = at or state()
    found = plan(at, at.catalogue.role(name), wish, now)
    assert isinstance(found, Route), found
    return found


def refused(name: str, wish: Wish = Wish(), at: State | None = None) -> Problem:
    at = at or state()
    found = plan(at, at.catalogue.role(name), wish, NOW)
    assert isinstance(found, Problem), found
    return found


def test_a_role_without_mfa_is_assumed_with_the_long_lived_keys_for_its_own_duration() -> None:
    route = routed("plain")
    assert [hop.call for hop in route.hops] == [Call.ASSUME_ROLE]
    assert (route.hops[0].duration_seconds, route.needs_code, route.origin) == (
        7200,
        False,
        Origin.KEYS,
    )
    assert route.renews_itself


def test_an_mfa_role_shares_one_session_of_one_hour_roles() -> None:
    route = routed("prod")
    assert [hop.call for hop in route.hops] == [Call.GET_SESSION_TOKEN, Call.ASSUME_ROLE]
    assert route.hops[0].serial == DEVICE
    assert route.hops[1].serial == ""
    assert route.hops[1].duration_seconds == 3600
    assert (route.code_serial, route.shares_code, route.origin) == (DEVICE, True, Origin.SHARED)
    assert route.reasons


def test_a_live_shared_session_needs_no_code_and_is_started_from() -> None:
    kept = shared()
    route = routed("prod", at=state(shared={("alex", DEVICE): kept}), now=NOW + 100)
    assert route.start is kept
    assert [hop.call for hop in route.hops] == [Call.ASSUME_ROLE]
    assert not route.needs_code
    assert len(route.drawn) == 2


def test_a_shared_session_in_its_last_minute_is_not_started_from() -> None:
    kept = shared(lifetime=43200)
    route = routed("prod", at=state(shared={("alex", DEVICE): kept}), now=NOW + 43200 - 30)
    assert route.start is None
    assert route.needs_code


def test_over_an_hour_takes_a_code_of_its_own() -> None:
    route = routed("long")
    assert [hop.call for hop in route.hops] == [Call.ASSUME_ROLE]
    assert (route.hops[0].serial, route.hops[0].duration_seconds) == (DEVICE, 14400)
    assert (route.origin, route.shares_code, route.renews_itself) == (Origin.OWN_CODE, False, False)


def test_a_wish_for_longer_takes_a_code_of_its_own_too() -> None:
    assert routed("prod", Wish(duration_seconds=7200)).origin is Origin.OWN_CODE
    assert routed("prod", Wish(duration_seconds=1800)).hops[-1].duration_seconds == 1800


def test_a_role_that_refused_the_shared_session_gets_a_code_of_its_own() -> None:
    at = state(shared={("alex", DEVICE): shared()}, fresh_code=frozenset({"prod"}))
    route = routed("prod", at=at)
    assert route.code_serial == DEVICE
    assert route.origin is Origin.OWN_CODE
    assert "refused" in str(route.reasons[0])


def test_a_chain_is_capped_at_an_hour_beforehand_and_says_so() -> None:
    profiles = {**USUAL, "target": {**USUAL["target"], "duration_seconds": "14400"}}
    at = replace(state(), catalogue=catalogue(profiles))
    route = routed("target", at=at)
    assert [hop.duration_seconds for hop in route.hops] == [43200, 3600, 3600]
    assert route.origin is Origin.CHAINED
    assert any("4 hours were asked for" in str(reason) for reason in route.reasons)


@pytest.mark.parametrize(
    ("seconds", "said"), [("7200", "2 hours"), ("5400", "1.5 hours"), ("3700", "62 minutes")]
)
def test_a_length_is_said_with_its_unit_in_a_round_number(seconds: str, said: str) -> None:
    profiles = {**USUAL, "target": {**USUAL["target"], "duration_seconds": seconds}}
    route = routed("target", at=replace(state(), catalogue=catalogue(profiles)))
    [reason] = [reason for reason in route.reasons if "asked for" in str(reason)]
    assert str(reason).startswith(f"{said} were asked for")
    assert dict(reason.values).keys() & {"hours", "minutes"}


def test_a_long_first_hop_of_a_chain_does_not_take_a_code_of_its_own() -> None:
    profiles = {**USUAL, "far": {"role_arn": arn("Far"), "source_profile": "long"}}
    at = replace(state(), catalogue=catalogue(profiles))
    route = routed("far", at=at)
    assert route.hops[0].call is Call.GET_SESSION_TOKEN
    assert all(hop.duration_seconds == 3600 for hop in route.hops[1:])


def test_mfa_named_on_the_last_hop_is_proved_with_the_identitys_keys() -> None:
    profiles = {
        "alex": KEYS,
        "jump": {"role_arn": arn("Jump"), "source_profile": "alex"},
        "far": {"role_arn": arn("Far"), "source_profile": "jump", "mfa_serial": DEVICE},
    }
    route = routed("far", at=replace(state(), catalogue=catalogue(profiles)))
    assert route.hops[0].call is Call.GET_SESSION_TOKEN
    assert route.hops[0].serial == DEVICE
    assert all(not hop.serial for hop in route.hops[1:])


def test_a_key_identity_has_a_session_of_its_own_that_opens_no_console() -> None:
    route = routed("alex")
    assert (route.origin, route.code_serial) == (Origin.SESSION_TOKEN_MFA, DEVICE)
    plain = routed("build")
    assert (plain.origin, plain.needs_code) == (Origin.SESSION_TOKEN, False)


@pytest.mark.parametrize(
    ("name", "seconds", "legal"),
    [
        ("prod", 899, False),
        ("prod", 900, True),
        ("prod", 43200, True),
        ("prod", 43201, False),
        ("alex", 129600, True),
        ("alex", 129601, False),
    ],
)
def test_a_duration_outside_of_awss_limits_is_refused_before_any_call(
    name: str, seconds: int, legal: bool
) -> None:
    if legal:
        routed(name, Wish(duration_seconds=seconds))
    else:
        problem = refused(name, Wish(duration_seconds=seconds))
        assert (problem.code, problem.exit) == ("duration_out_of_range", Exit.USAGE)


def test_temporary_keys_in_a_file_start_roles_but_make_no_session() -> None:
    profiles = {
        "pasted": {**KEYS, "aws_session_token": "•"},
        "role": {"role_arn": arn("R"), "source_profile": "pasted", "duration_seconds": "7200"},
    }
    at = replace(state(), catalogue=catalogue(profiles))
    assert refused("pasted", at=at).code == "already_temporary"
    assert routed("role", at=at).hops[0].duration_seconds == 3600


def test_the_problem_of_a_role_is_its_plan() -> None:
    profiles = {"a": {"role_arn": arn("A"), "source_profile": "b"}, "b": {"role_arn": arn("B")}}
    at = replace(state(), catalogue=catalogue(profiles))
    assert refused("a", at=at).code == "no_source"
    assert role_state(at, at.catalogue.role("a"), NOW) is RoleState.PROBLEM


def test_a_policy_narrows_the_last_hop_only_and_has_its_own_scope() -> None:
    wish = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))
    route = routed("target", wish)
    assert [bool(hop.policy_arns) for hop in route.hops] == [False, False, True]
    assert route.scope == wish.scope != ""


def test_a_live_session_answers_only_a_wish_it_fits() -> None:
    kept = shared(lifetime=3600)
    assert reusable(kept, Wish(), NOW)
    assert reusable(kept, Wish(duration_seconds=3600), NOW)
    assert not reusable(kept, Wish(duration_seconds=7200), NOW)
    assert not reusable(kept, Wish(fresh=True), NOW)
    assert not reusable(kept, Wish(), NOW + 3600)


def test_the_word_for_a_role_follows_what_lives() -> None:
    at = state(shared={("alex", DEVICE): shared()})
    word = {name: role_state(at, at.catalogue.role(name), NOW) for name in at.catalogue.names()}
    assert word["alex"] is RoleState.LIVE
    assert word["prod"] is RoleState.READY
    assert word["long"] is RoleState.NEEDS_CODE
    assert word["plain"] is RoleState.READY
    assert role_state(state(), at.catalogue.role("prod"), NOW) is RoleState.NEEDS_CODE


def test_a_keys_own_session_is_never_full_where_a_narrowed_one_was_asked_for() -> None:
    wish = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))
    found = plan(state(), state().catalogue.role("alex"), wish, NOW)
    assert isinstance(found, Problem)
    assert (found.code, found.exit) == ("not_narrowable", Exit.USAGE)


def test_temporary_keys_in_a_file_need_no_code_in_the_list_either() -> None:
    profiles = {
        "kept": {**KEYS, "aws_session_token": "•"},
        "role": {"role_arn": arn("R"), "source_profile": "kept", "mfa_serial": DEVICE},
    }
    known = State(catalogue=catalogue(profiles))
    role = known.catalogue.role("role")
    route = plan(known, role, Wish(), NOW)
    assert isinstance(route, Route)
    assert not route.needs_code
    assert role_state(known, role, NOW) is RoleState.READY


# --- rights ----------------------------------------------------------------------------


def own(**entry: str) -> State:
    """A State with an own entry `it`, made of a key, a role and a token file at hand."""
    profiles = {**USUAL, "it": entry}
    return replace(state(), catalogue=replace(catalogue(profiles), entries=frozenset({"it"})))


NARROW = {"session_policy_arns": "arn:aws:iam::aws:policy/SecurityAudit"}
ROLE = {"role_arn": arn("R"), "source_profile": "build"}
CENTER = {
    "sso_start_url": "https://acme.awsapps.com/start",
    "sso_region": "eu-central-1",
    "sso_account_id": "222222222222",
    "sso_role_name": "Reader",
}


@pytest.mark.parametrize(
    ("entry", "taken"),
    [
        (ROLE, {"session_policy", "session_tags", "source_identity", "external_id"}),
        ({"federation_name": "alex", "source_profile": "build"}, {"session_policy"}),
        (
            {
                "root_account": "111122223333",
                "root_task_policy": "SQSUnlockQueuePolicy",
                "source_profile": "build",
            },
            set(),
        ),
        ({"role_arn": arn("R"), "web_identity_token_file": "/t"}, {"session_policy"}),
        ({"role_arn": arn("R"), "saml_login_url": "https://idp.example/"}, {"session_policy"}),
        (CENTER, set()),
        ({"login_session": arn("R")}, set()),
        ({"credential_process": "/bin/keys"}, set()),
        ({"cognito_identity_pool_id": f"eu-central-1:{'0' * 8}-0000-0000-0000-{'0' * 12}"}, set()),
    ],
)
def test_what_narrows_or_names_a_session_is_taken_or_refused_never_passed_over(
    entry: dict[str, str], taken: set[str]
) -> None:
    values = {
        "session_policy": '{"Version": "2012-10-17", "Statement": []}',
        "session_tags": "team=blue",
        "source_identity": "somebody",
        "external_id": "agreed",
    }
    for key, value in values.items():
        at = own(**entry, **{key: value})
        if key not in taken:
            assert refused("it", at=at).code == "key_not_taken", key
            continue
        last = routed("it", at=at).drawn[-1]
        sent = (last.policy, last.tags, last.source_identity, last.external_id)
        assert any(sent), key


@pytest.mark.parametrize(
    "entry",
    [
        {**ROLE, **NARROW},
        {**ROLE, "session_policy": '{"Statement": [{"Effect": "Allow", "Action": "s3:*"}]}'},
        {"federation_name": "alex", "source_profile": "build", **NARROW},
        {"role_arn": arn("R"), "web_identity_token_file": "/t", **NARROW},
    ],
)
def test_another_policy_never_takes_the_place_of_an_entrys_own(entry: dict[str, str]) -> None:
    """AWS adds session policies up, so neither beside it nor instead of it."""
    at = own(**entry)
    for each in presets(at.catalogue.role("it")):
        problem = refused("it", each.wish, at=at)
        assert (problem.code, problem.exit) == ("policy_would_widen", Exit.USAGE)
    assert not isinstance(plan(at, at.catalogue.role("it"), Wish(), NOW), Problem)


def test_a_policy_that_allows_everything_and_none_can_be_narrowed() -> None:
    everything = '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'
    wish = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))
    for entry in (ROLE, {**ROLE, "session_policy": everything}):
        last = routed("it", wish, at=own(**entry)).hops[-1]
        assert (last.policy, last.policy_arns) == ("", wish.policy_arns)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("session_tags", ",".join(f"k{n}=v" for n in range(51)), "bad_session_tags"),
        ("session_policy", '{"a": "' + "x" * 2048 + '"}', "bad_policy"),
        ("session_policy_arns", "arn:aws:iam::aws:nonsense", "bad_policy_arns"),
        ("source_identity", "aws:x", "bad_source_identity"),
        ("external_id", "x", "bad_external_id"),
        ("role_session_name", "a b", "bad_session_name"),
    ],
)
def test_a_value_that_aws_would_refuse_is_told_before_any_call(
    key: str, value: str, code: str
) -> None:
    assert refused("it", at=own(**ROLE, **{key: value})).code == code


def test_less_than_an_hour_of_a_long_role_needs_no_code_of_its_own() -> None:
    at = state(shared={("alex", DEVICE): shared()})
    assert routed("long", at=at).needs_code
    short = routed("long", Wish(duration_seconds=900), at=at)
    assert (short.needs_code, short.hops[-1].duration_seconds) == (False, 900)


def test_the_root_users_own_session_is_planned_with_its_hour() -> None:
    device = "arn:aws:iam::111111111111:mfa/root-account-mfa-device"
    profiles = {"root": {**KEYS, "mfa_serial": device}}
    at = replace(state(), catalogue=catalogue(profiles))
    assert routed("root", Wish(duration_seconds=129600), at=at).hops[0].duration_seconds == 3600
