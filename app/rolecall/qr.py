"""QR codes, drawn and read. The only place of the app that knows the library; it is imported when needed.

What a code says may be a seed: nothing here keeps it, logs it or puts it into an exception.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Modules = Sequence[Sequence[bool]]
"""Rows of a QR code's modules, True for dark, without the quiet zone around it."""


def modules(text: str) -> Modules:
    """The QR code that says `text` (error correction M). Raises ValueError for a text too long for one."""
    import zxingcpp

    try:
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
        picture: Any = code.to_image(scale=1, add_quiet_zones=False)
        pixels = memoryview(picture)
    except (ValueError, RuntimeError):
        raise ValueError("too long for a QR code") from None
    height, width = pixels.shape or (0, 0)
    raw = pixels.tobytes()
    return [[raw[row * width + at] < 128 for at in range(width)] for row in range(height)]


def read(pixels: bytes, width: int, height: int) -> list[str]:
    """What the QR codes in a picture say. pixels: one grey byte each, row by row, nothing between rows."""
    import zxingcpp

    if width < 1 or height < 1 or len(pixels) != width * height:
        raise ValueError("not as many pixels as said")
    picture = memoryview(pixels).cast("B", (height, width))
    wanted: Any = zxingcpp.BarcodeFormat.QRCode
    found = zxingcpp.read_barcodes(picture, formats=wanted)
    return [str(code.text) for code in found]
