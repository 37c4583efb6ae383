"""Whoever waits is told exactly once, whatever happens meanwhile; and nobody gets what another asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.actions import Notice
from rolecall.domain.problem import Exit, Problem
from rolecall.domain.route import Call, Wish, again
from rolecall.domain.session import Origin, Session
from rolecall.sign_in import Destination
from unit.builders import DEVICE, USUAL, arn, catalogue
from unit.test_actions import House, problem

NARROW = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def ask(house: House, name: str, wish: Wish = Wish(), code: str | None = None, asker: str = ""):  # type: ignore[no-untyped-def]
    got: list[Session | Problem] = []
    house.actions.sign_in(name, wish, got.append, code, asker)
    return got


def code_of(got: list[Session | Problem]) -> str:
    (answer,) = got
    assert isinstance(answer, Problem), answer
    return answer.code


def live(got: list[Session | Problem]) -> Session:
    (answer,) = got
    assert isinstance(answer, Session), answer
    return answer


def waiters(house: House) -> list[str]:
    return [waiter.role for waiter in house.store.state.queues[DEVICE].waiters]


# --- two wishes for one role -----------------------------------------------------------


def test_two_scopes_of_one_role_at_once_are_both_answered(house: House) -> None:
    house.held = True
    narrow, full = ask(house, "plain", NARROW), ask(house, "plain")
    house.finish()
    assert live(narrow).scope == NARROW.scope
    assert live(full).scope == ""
    assert house.store.state.busy == frozenset()


def test_a_role_stays_busy_until_its_last_call_is_back(house: House) -> None:
    house.held = True
    ask(house, "plain", NARROW)
    ask(house, "plain")
    house.jobs.pop(0)()
    assert house.store.state.busy == {"plain"}


def test_a_full_session_is_never_handed_out_for_a_narrowed_one(house: House) -> None:
    full, narrow = ask(house, "long"), ask(house, "long", NARROW)
    house.actions.give_code(DEVICE, "111111")
    assert live(full).scope == ""
    assert narrow == []
    house.actions.give_code(DEVICE, "222222")
    assert live(narrow).scope == NARROW.scope
    assert sum(call[2] is not None for call in house.sts.calls) == 2


def test_who_asks_for_another_duration_gets_it(house: House) -> None:
    house.held = True
    short, usual = ask(house, "plain", Wish(duration_seconds=900)), ask(house, "plain")
    house.finish()
    assert live(short).lifetime == 900
    assert live(usual).lifetime == 7200


def test_a_key_identitys_own_session_bears_its_own_name(house: House) -> None:
    ask(house, "prod")
    own = ask(house, "alex")
    house.actions.give_code(DEVICE, "111111")
    assert live(own).name == "alex"
    assert [s.name for s in house.store.state.live(house.time)].count("alex") == 1


# --- while a code is on its way --------------------------------------------------------


def test_who_joins_while_the_code_is_on_its_way_needs_no_further_one(house: House) -> None:
    house.held = True
    first = ask(house, "prod")
    house.actions.give_code(DEVICE, "111111")
    second, own = ask(house, "prod-ro"), ask(house, "alex")
    house.asked.clear()
    house.finish()
    assert live(first)
    assert live(second)
    assert live(own)
    assert house.asked == []
    assert waiters(house) == []


def test_a_code_brought_while_another_is_on_its_way_is_sent_after_it(house: House) -> None:
    house.held = True
    first = ask(house, "prod")
    house.actions.give_code(DEVICE, "111111")
    second = ask(house, "long", code="222222")
    house.asked.clear()
    house.finish()
    assert live(first)
    assert live(second).origin is Origin.OWN_CODE
    assert house.asked == []


def test_a_brought_code_that_is_not_needed_is_not_sent(house: House) -> None:
    house.held = True
    ask(house, "prod")
    house.actions.give_code(DEVICE, "111111")
    second = ask(house, "prod-ro", code="222222")
    house.finish()
    assert live(second)
    assert "222222" not in house.sts.used


def test_a_brought_code_serves_who_brought_it(house: House) -> None:
    waits = ask(house, "prod")
    brought = ask(house, "long", code="222222")
    assert live(brought).origin is Origin.OWN_CODE
    assert waits == []


def test_a_bad_code_that_a_program_brought_ends_nobody_elses_wait(house: House) -> None:
    waits = ask(house, "prod")
    brought = ask(house, "prod", code="999999")
    assert code_of(brought) == "mfa_code_refused"
    assert waits == []
    house.actions.give_code(DEVICE, "111111")
    assert live(waits)


def test_cancelling_ends_the_wait_even_while_a_code_is_on_its_way(house: House) -> None:
    house.held = True
    waits = ask(house, "prod")
    house.actions.give_code(DEVICE, "111111")
    house.actions.cancel_code(DEVICE)
    assert code_of(waits) == "code_cancelled"
    again = ask(house, "prod")
    house.finish()
    assert live(again)
    assert len(waits) == 1


def test_who_gave_up_is_told_nothing_and_asks_nobody_again(house: House) -> None:
    house.held = True
    got: list[Session | Problem] = []
    done = got.append
    house.actions.sign_in("prod", Wish(), done)
    house.actions.give_code(DEVICE, "999999")
    house.actions.give_up("prod", Wish(), done)
    house.asked.clear()
    house.finish()
    assert got == []
    assert house.asked == []
    assert waiters(house) == []


def test_giving_up_before_any_code_tells_nothing(house: House) -> None:
    got: list[Session | Problem] = []
    done = got.append
    house.actions.sign_in("prod", Wish(), done)
    house.actions.give_up("prod", Wish(), done)
    assert got == []
    assert waiters(house) == []


def test_a_code_typed_for_a_locked_keyring_can_be_typed_again(house: House) -> None:
    waits = ask(house, "prod")
    house.sts.refuse[Call.GET_SESSION_TOKEN] = problem("keyring_locked", Exit.KEYRING)
    house.actions.give_code(DEVICE, "111111")
    assert code_of(waits) == "keyring_locked"
    house.sts.refuse.clear()
    again = ask(house, "prod")
    house.actions.give_code(DEVICE, "111111")
    assert live(again)


def test_one_listener_that_fails_costs_the_others_nothing(house: House) -> None:
    def breaks(_answer: Session | Problem) -> None:
        raise RuntimeError("a widget that is gone")

    house.held = True
    house.actions.sign_in("plain", Wish(), breaks)
    other = ask(house, "plain")
    with pytest.raises(RuntimeError):
        house.finish()
    assert live(other)
    assert house.store.state.busy == frozenset()


def test_a_fault_in_a_job_reaches_everyone_once(house: House) -> None:
    house.sts.refuse[Call.GET_SESSION_TOKEN] = problem("fault", Exit.FAULT)
    both = ask(house, "prod"), ask(house, "prod-ro")
    house.actions.give_code(DEVICE, "111111")
    assert [code_of(got) for got in both] == ["fault", "fault"]
    assert waiters(house) == []
    assert not house.store.state.queues[DEVICE].in_flight


# --- files that change meanwhile -------------------------------------------------------


def without(house: House, *names: str) -> None:
    """The AWS files without these profiles, read again."""
    profiles = {name: value for name, value in USUAL.items() if name not in names}
    house.actions._reloaded(house.actions._reads, catalogue(profiles))


def test_a_role_that_vanishes_during_its_call_is_still_answered(house: House) -> None:
    ask(house, "alex", code="111111")
    house.time += 600
    house.held = True
    house.sts.refuse["Admin"] = problem("access_denied")
    waits = ask(house, "prod")
    without(house, "prod", "target")
    house.finish()
    assert code_of(waits) == "access_denied"
    assert house.store.state.busy == frozenset()


def test_a_role_that_vanishes_while_it_waits_for_a_code_is_told(house: House) -> None:
    waits, other = ask(house, "prod"), ask(house, "prod-ro")
    without(house, "prod", "target")
    assert code_of(waits) == "no_such_role"
    house.actions.give_code(DEVICE, "111111")
    assert live(other)


def test_a_role_that_needs_no_code_any_more_goes_on_without(house: House) -> None:
    waits = ask(house, "prod")
    profiles = {**USUAL, "prod": {**USUAL["prod"], "source_profile": "build"}}
    profiles["prod"] = {k: v for k, v in profiles["prod"].items() if k != "mfa_serial"}
    house.actions._reloaded(house.actions._reads, catalogue(profiles))
    assert live(waits).origin is Origin.KEYS
    assert waiters(house) == []


def test_a_profile_that_names_another_role_is_not_given_the_former_ones_session(
    house: House,
) -> None:
    ask(house, "plain")
    ask(house, "prod", code="111111")
    profiles = {**USUAL, "plain": {**USUAL["plain"], "role_arn": arn("Other")}}
    house.actions._reloaded(house.actions._reads, catalogue(profiles))
    assert house.store.state.session("plain", house.time) is None
    assert house.store.state.session("prod", house.time) is not None
    assert house.store.state.session("alex", house.time) is not None


def test_a_session_outlives_the_lines_of_its_profile(house: House) -> None:
    ask(house, "plain")
    without(house, "plain")
    assert house.store.state.session("plain", house.time) is not None


def test_files_read_earlier_never_replace_what_was_read_later(house: House) -> None:
    house.held = True
    house.actions.reload()
    first = house.jobs.pop()
    house.actions.reload()
    house.finish()
    latest = house.store.state.catalogue
    (house.actions._services.files.config).write_text("[profile late]\nrole_arn = x\n")
    first()
    assert house.store.state.catalogue is latest


# --- renewals --------------------------------------------------------------------------


def test_a_renewal_never_asks_a_person(house: House) -> None:
    ask(house, "prod", code="111111")
    house.asked.clear()
    house.time += 3600 - 899
    house.sts.refuse["Admin"] = problem("access_denied")
    house.actions.beat()
    assert house.asked == []
    assert waiters(house) == []
    calls = len(house.sts.calls)
    house.actions.beat()
    assert len(house.sts.calls) == calls


def test_the_session_of_a_key_without_a_device_renews_itself(house: House) -> None:
    first = live(ask(house, "build"))
    house.time = first.expires_at - 899
    house.actions.beat()
    found = house.store.state.session("build", house.time)
    assert found is not None
    assert found.expires_at > first.expires_at
    assert house.notices == []


def test_no_notice_of_what_is_being_renewed(house: House) -> None:
    first = live(ask(house, "plain"))
    house.time = first.expires_at - 500
    house.held = True
    house.actions.beat()
    house.actions.beat()
    assert house.notices == []


def test_a_notice_where_renewing_failed_or_is_switched_off(house: House) -> None:
    first = live(ask(house, "plain"))
    house.time = first.expires_at - 700
    house.sts.refuse["Plain"] = problem("access_denied")
    house.actions.beat()
    house.time = first.expires_at - 500
    house.actions.beat()
    assert house.notices == [Notice("plain", 8)]


def test_a_notice_where_renewals_are_switched_off(house: House) -> None:
    first = live(ask(house, "plain"))
    settings = replace(house.store.state.settings, renew=False)
    house.store.set(replace(house.store.state, settings=settings))
    house.time = first.expires_at - 500
    house.actions.beat()
    assert house.notices == [Notice("plain", 8)]


# --- forgetting ------------------------------------------------------------------------


def test_what_is_forgotten_during_a_renewal_stays_forgotten(house: House) -> None:
    ask(house, "plain")
    house.time += 7200 - 899
    house.held = True
    house.actions.beat()
    assert house.jobs
    house.actions.forget("plain")
    house.finish()
    assert house.store.state.session("plain", house.time) is None
    assert house.store.state.busy == frozenset()


def test_forgetting_everything_includes_what_is_on_its_way(house: House) -> None:
    house.held = True
    plain, shared = ask(house, "plain"), ask(house, "prod")
    house.actions.give_code(DEVICE, "111111")
    house.actions.forget_all()
    assert code_of(plain) == code_of(shared) == "forgotten"
    again = ask(house, "plain")
    house.finish()
    assert live(again)
    assert house.store.state.shared == {}
    assert list(house.store.state.sessions) == [("plain", "")]


# --- who is asked ----------------------------------------------------------------------


def test_a_persons_own_click_is_not_taken_for_the_tools_request(house: House) -> None:
    ask(house, "prod", asker="terraform (pid 7)")
    assert house.store.state.queues[DEVICE].asker == "terraform (pid 7)"
    ask(house, "prod-ro")
    assert house.store.state.queues[DEVICE].asker == ""


def test_a_tools_request_stays_one_on_another_road(house: House) -> None:
    ask(house, "alex", code="111111")
    house.time += 60
    house.sts.refuse["Admin"] = problem("session_expired")
    ask(house, "prod", asker="terraform (pid 7)")
    assert house.asked == [DEVICE]
    assert house.store.state.queues[DEVICE].asker == "terraform (pid 7)"


# --- settings --------------------------------------------------------------------------


def test_renewals_do_not_reorder_what_was_used_last(house: House) -> None:
    ask(house, "plain")
    ask(house, "build")
    house.time += 7200 - 899
    house.actions.beat()
    assert house.store.state.settings.recents == ("build", "plain")


def test_what_was_used_last_is_kept_and_an_older_save_never_comes_last(house: House) -> None:
    ask(house, "plain")
    house.held = True
    house.actions.keep_recents()
    house.actions.pin("prod")
    house.actions.pin("long")
    assert len(house.jobs) == 1, "one at a time"
    house.finish()
    house.held = False
    house.actions.load()
    assert house.store.state.settings.recents == ("plain",)
    assert house.store.state.settings.favourites == ("prod", "long")
    house.held = True
    house.actions.keep_recents()
    assert house.jobs == []


# --- console ---------------------------------------------------------------------------


def test_no_code_is_spent_where_aws_opens_no_console(house: House) -> None:

    got: list[str | Problem] = []
    house.actions.console("alex", Destination(), got.append)
    (answer,) = got
    assert isinstance(answer, Problem)
    assert answer.code == "console_not_possible"
    assert house.asked == []


NARROW = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))


def test_a_narrowed_session_renews_itself_as_narrow_as_it_was(house: House) -> None:
    house.sign_in("plain", NARROW)
    first = house.session("plain")
    house.time = first.expires_at - 600
    house.actions.beat()
    renewed = house.store.state.session("plain", house.time, NARROW.scope)
    assert renewed is not None
    assert renewed.expires_at > first.expires_at
    assert again(renewed) == NARROW
    assert house.store.state.session("plain", house.time) is None
    assert house.notices == []


def test_a_narrowed_session_that_needs_a_code_is_noticed_and_renewed_as_narrow(
    house: House,
) -> None:
    house.sign_in("long", NARROW, code="111111")
    first = house.session("long")
    house.time = first.expires_at - 540
    house.actions.beat()
    assert house.notices == [Notice("long", 9, NARROW.scope)]
    house.actions.renew("long", scope=NARROW.scope)
    house.actions.give_code(DEVICE, "222222")
    assert [(key, again(s)) for key, s in house.store.state.sessions.items()] == [
        (("long", NARROW.scope), NARROW)
    ]


def test_what_was_asked_to_be_short_for_one_program_leaves_the_long_session(house: House) -> None:
    house.sign_in("plain")
    long = house.session("plain")
    house.sign_in("plain", Wish(duration_seconds=900, beside=True))
    assert house.session("plain").lifetime == 900
    assert house.store.state.session("plain", house.time) == long
    house.sign_in("plain", Wish(duration_seconds=900))
    found = house.store.state.session("plain", house.time)
    assert found is not None
    assert found.lifetime == 900
