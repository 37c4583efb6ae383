"""Time left, urgency, rings, and the earliest moment at which anything changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain.countdown import (
    BEAT,
    RING_STEPS,
    Urgency,
    clock_label,
    minutes_left,
    next_change,
    remaining,
    renew_at,
    ring_step,
    urgency,
)
from unit.builders import NOW, session

lifetimes = st.floats(min_value=1, max_value=129600)
offsets = st.floats(min_value=-200_000, max_value=200_000)


@given(lifetimes, offsets)
def test_nothing_is_ever_negative_or_over_full(lifetime: float, offset: float) -> None:
    kept, now = session(lifetime=lifetime), NOW + offset
    assert remaining(kept, now) >= 0
    assert 0 <= ring_step(kept, now) <= RING_STEPS
    assert (ring_step(kept, now) == 0) == (not kept.live(now))
    assert (urgency(kept, now) is Urgency.OVER) == (not kept.live(now))


@given(lifetimes, offsets, st.booleans())
def test_the_next_change_is_never_in_the_past_nor_beyond_a_beat(
    lifetime: float, offset: float, seconds: bool
) -> None:
    kept, now = session(lifetime=lifetime), NOW + offset
    found = next_change([kept], now, seconds)
    if kept.live(now):
        assert found is not None
        assert now < found <= min(now + (1 if seconds else BEAT), kept.expires_at) + 1e-3
    else:
        assert found is None


def test_no_session_means_no_timer() -> None:
    assert next_change([], NOW, seconds_shown=True) is None
    assert next_change([], NOW, False, other=[NOW + 5]) == NOW + 5
    assert next_change([], NOW, False, other=[NOW - 5]) == NOW


@given(lifetimes)
def test_a_session_is_renewed_in_its_life_and_leaves_clients_their_margin(lifetime: float) -> None:
    kept = session(lifetime=lifetime)
    assert kept.issued_at < renew_at(kept) < kept.expires_at
    if lifetime >= 2700:
        assert kept.expires_at - renew_at(kept) == 900


def test_labels() -> None:
    assert clock_label(2467) == "41:07"
    assert clock_label(3753) == "1:02:33"
    assert clock_label(-1) == "0:00"
    assert minutes_left(session(lifetime=3600), NOW + 1) == 59
    assert urgency(session(), NOW) is Urgency.CALM
    assert urgency(session(), NOW + 3600 - 600) is Urgency.SOON
    assert urgency(session(), NOW + 3600 - 120) is Urgency.LAST
