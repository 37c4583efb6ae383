"""The queue of one device: who the next code serves, and that no code is sent twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain.code_queue import CodeQueue, Waiter, clean_code, next_code_at, used_code
from rolecall.domain.route import Wish
from unit.builders import DEVICE, NOW

SALT = b"salt"


def queue(*waiters: Waiter) -> CodeQueue:
    found = CodeQueue(DEVICE)
    for waiter in waiters:
        found = found.joined(waiter)
    return found


def test_all_who_share_are_served_by_one_code_and_the_others_one_by_one() -> None:
    waiting = queue(
        Waiter("long"), Waiter("prod", "alex"), Waiter("long-too"), Waiter("ro", "alex")
    )
    assert waiting.codes_needed == 3
    assert waiting.next_served == {"prod", "ro"}
    waiting = waiting.without("prod", Wish()).without("ro", Wish())
    assert waiting.codes_needed == 2
    assert waiting.next_served == {"long"}
    assert waiting.without("long", Wish()).next_served == {"long-too"}


def test_two_identities_of_one_device_need_a_code_each() -> None:
    waiting = queue(Waiter("a", "alex"), Waiter("b", "alex-too"))
    assert waiting.codes_needed == 2
    assert waiting.next_served == {"a"}


def test_a_role_waits_once() -> None:
    assert len(queue(Waiter("prod", "alex"), Waiter("prod", "alex")).waiters) == 1


def test_a_sent_code_is_known_again_until_aws_has_forgotten_it() -> None:
    sent = queue(Waiter("prod", "alex")).sending("123456", NOW, SALT)
    assert sent.in_flight
    assert sent.was_sent("123456", NOW + 60, SALT)
    assert not sent.was_sent("123457", NOW, SALT)
    assert not sent.was_sent("123456", NOW + 121, SALT)
    assert not sent.unsent().was_sent("123456", NOW, SALT)


def test_no_code_stands_in_the_queue_itself() -> None:
    assert "123456" not in repr(queue(Waiter("prod", "alex")).sending("123456", NOW, SALT))


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123\u200b456", "1 2 3 4 5 6\n"])
def test_spaces_in_a_code_are_dropped(typed: str) -> None:
    assert clean_code(typed) == "123456"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345",
        "1234567",
        "12345a",
        "-12345",
        "+12345",
        "１２３４５６",
        "١٢٣٤٥٦",
        "123456\0",
        "9" * 10_000,
    ],
)
def test_anything_but_six_ascii_digits_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="six digits"):
        clean_code(typed)


@given(st.floats(min_value=0, max_value=4e9))
def test_the_next_code_comes_within_half_a_minute(now: float) -> None:
    assert 0 < next_code_at(now) - now <= 30
    assert used_code(now).retry_at == next_code_at(now)
