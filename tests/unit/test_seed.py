"""Seeds and their codes: RFC 6238's own table, the forms a seed comes in, and what is no seed."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain.totp import Seed, code, parse, uri

SECRET = b"12345678901234567890"
LETTERS = base64.b32encode(SECRET).decode()


@pytest.mark.parametrize(
    ("now", "algorithm", "secret", "expected"),
    [
        # RFC 6238, appendix B; eight digits there, of which AWS's devices show the last six.
        (59, "sha1", SECRET, "287082"),
        (1111111109, "sha1", SECRET, "081804"),
        (1111111111, "sha1", SECRET, "050471"),
        (1234567890, "sha1", SECRET, "005924"),
        (2000000000, "sha1", SECRET, "279037"),
        (20000000000, "sha1", SECRET, "353130"),
        (59, "sha256", b"12345678901234567890123456789012", "119246"),
        (59, "sha512", (b"1234567890" * 7)[:64], "693936"),
    ],
)
def test_the_codes_are_those_of_the_rfc(
    now: float, algorithm: str, secret: bytes, expected: str
) -> None:
    assert code(Seed(secret, algorithm), now) == expected


def test_a_uri_as_aws_shows_it_names_its_device() -> None:
    seed = parse(
        f"otpauth://totp/Amazon%20Web%20Services:alex-phone@111111111111?secret={LETTERS}"
        "&issuer=Amazon%20Web%20Services"
    )
    assert seed == Seed(SECRET, label="alex-phone@111111111111")
    assert seed.serial_hint == "arn:aws:iam::111111111111:mfa/alex-phone"


@pytest.mark.parametrize(
    "typed",
    [
        LETTERS,
        LETTERS.lower(),
        f"  {LETTERS[:8]} {LETTERS[8:16]}-{LETTERS[16:]}\n",
        f"otpauth://totp/?secret={LETTERS}",
        f"OTPAUTH://TOTP/x?SECRET={LETTERS}&digits=6&period=30&algorithm=sha1",
    ],
)
def test_the_forms_a_seed_comes_in(typed: str) -> None:
    assert parse(typed).secret == SECRET


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123456",
        "otpauth://hotp/x?secret=" + LETTERS,
        "otpauth-migration://offline?data=CjEKCkhlbGxv",
        "otpauth://totp/x",
        "otpauth://totp/x?secret=ABC",
        "otpauth://totp/x?secret=" + LETTERS + "&digits=8",
        "otpauth://totp/x?secret=" + LETTERS + "&period=60",
        "otpauth://totp/x?secret=" + LETTERS + "&algorithm=MD5",
        "otpauth://[totp/x?secret=" + LETTERS,
        "not base32 at all!",
        LETTERS * 100,
    ],
)
def test_what_is_no_seed_is_refused_without_being_repeated(typed: str) -> None:
    with pytest.raises(ValueError) as error:
        parse(typed)
    assert LETTERS not in str(error.value)
    assert error.value.__cause__ is None


def test_a_seed_hides_its_secret() -> None:
    shown = repr(Seed(SECRET))
    assert LETTERS not in shown
    assert "1234567890" not in shown


@given(st.binary(min_size=10, max_size=64), st.text(min_size=1, max_size=40))
def test_what_a_phone_is_shown_reads_back_the_same(secret: bytes, name: str) -> None:
    assert parse(uri(Seed(secret), name)).secret == secret
