"""The one-time codes, against the vectors of the RFCs themselves."""

from __future__ import annotations

import base64

import pytest

from rolecall.demo.totp import Device, hotp, seconds_left, totp

RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_totp_agrees_with_rfc_6238_appendix_b(now: int, code: str) -> None:
    assert totp(RFC_SECRET, now, digits=8) == code
    assert totp(RFC_SECRET, now) == code[2:]


def test_hotp_agrees_with_rfc_4226_appendix_d() -> None:
    codes = [
        "755224",
        "287082",
        "359152",
        "969429",
        "338314",
        "254676",
        "287922",
        "162583",
        "399871",
        "520489",
    ]
    assert [hotp(RFC_SECRET, counter) for counter in range(10)] == codes


def test_seconds_left_counts_down_to_the_next_step() -> None:
    assert [seconds_left(now) for now in (0, 29, 30, 59.5)] == [30, 1, 30, 0.5]


def device() -> Device:
    return Device("arn:aws:iam::111111111111:mfa/x", "owner", base64.b32encode(RFC_SECRET).decode())


def test_each_code_works_once() -> None:
    phone, now = device(), 1_700_000_000.0
    assert phone.redeem(phone.code(now), now)
    assert not phone.redeem(phone.code(now), now)
    assert not phone.redeem(phone.code(now), now + 30)
    assert phone.redeem(phone.code(now + 30), now + 30)


@pytest.mark.parametrize(("drift", "good"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_one_step_off_is_accepted_and_no_more(drift: int, good: bool) -> None:
    phone, now = device(), 1_700_000_000.0
    assert phone.redeem(phone.code(now + drift), now) is good


@pytest.mark.parametrize("junk", ["", "12345", "abcdef", "０１２３４５"])
def test_junk_is_no_code(junk: str) -> None:
    assert not device().redeem(junk, 1_700_000_000.0)


def test_the_seed_is_not_shown() -> None:
    assert base64.b32encode(RFC_SECRET).decode() not in repr(device())
