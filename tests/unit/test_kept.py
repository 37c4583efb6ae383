"""What is kept, what changed of it, and what of it is taken over again."""

from __future__ import annotations

from dataclasses import replace

from rolecall.domain.kept import NOTHING, Kept, adopted, change, common, kept_of
from rolecall.domain.session import Origin
from unit.builders import DEVICE, NOW, arn, session, shared, state

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
    for stranger in (
        prod(name="Former"),
        replace(prod(), role_arn=""),  # type: ignore[type-var]
    ):
        assert adopted(state(), Kept({PROD: stranger}, {}), NOW).sessions == {}  # type: ignore[dict-item]
    unknown = Kept({("nobody", ""): prod()}, {("nobody", DEVICE): shared()})  # type: ignore[dict-item]
    assert adopted(state(), unknown, NOW) == state()


def test_what_is_there_already_wins_unless_the_kept_one_lives_longer() -> None:
    now = state(sessions={PROD: prod(lifetime=600)})
    assert adopted(now, Kept({PROD: prod(lifetime=600)}, {}), NOW).sessions == now.sessions
    longer = Kept({PROD: prod(lifetime=900)}, {})  # type: ignore[dict-item]
    assert adopted(now, longer, NOW).sessions == longer.sessions
    shorter = Kept({PROD: prod(lifetime=60)}, {})  # type: ignore[dict-item]
    assert adopted(now, shorter, NOW).sessions == now.sessions
