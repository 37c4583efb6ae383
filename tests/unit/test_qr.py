"""QR codes: what is drawn reads back, from a picture turned and enlarged too, and junk is no code."""

from __future__ import annotations

import os

import pytest

from rolecall import qr

URI = "otpauth://totp/Amazon%20Web%20Services:alex@111111111111?secret=" + "ABCDEFGH" * 8


def _picture(text: str, scale: int = 3, quiet: int = 4) -> tuple[bytes, int]:
    rows = qr.modules(text)
    side = (len(rows) + 2 * quiet) * scale
    pixels = bytearray(b"\xff" * side * side)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            for line in range(scale if dark else 0):
                at = ((y + quiet) * scale + line) * side + (x + quiet) * scale
                pixels[at : at + scale] = b"\0" * scale
    return bytes(pixels), side


@pytest.mark.parametrize("scale", [2, 3, 8])
def test_what_is_drawn_reads_back(scale: int) -> None:
    pixels, side = _picture(URI, scale)
    assert qr.read(pixels, side, side) == [URI]


def test_a_picture_upside_down_reads_too() -> None:
    pixels, side = _picture(URI)
    assert qr.read(pixels[::-1], side, side) == [URI]


def test_junk_holds_no_code() -> None:
    assert qr.read(os.urandom(10_000), 100, 100) == []
    assert qr.read(b"\0", 1, 1) == []


@pytest.mark.parametrize(("width", "height"), [(0, 0), (10, 11), (-1, -100)])
def test_a_picture_of_another_size_than_said_is_refused(width: int, height: int) -> None:
    with pytest.raises(ValueError, match="pixels"):
        qr.read(b"\0" * 100, width, height)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr.modules("x" * 5000)
