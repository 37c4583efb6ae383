"""A QR picture as a PNG, as CreateVirtualMFADevice answers one.

Source of the file's form: PNG specification (third edition), "Concepts" and "Chunk specifications".
"""

from __future__ import annotations

import struct
import zlib
from typing import Any, Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_SCALE: Final = 4
"""Pixels per module."""


def qr_png(text: str) -> bytes:
    """A grey PNG of 8 bits whose QR code says `text`."""
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L")
    picture: Any = code.to_image(scale=_SCALE, add_quiet_zones=True)
    pixels = memoryview(picture)
    height, width = pixels.shape or (0, 0)
    raw = pixels.tobytes()
    rows = b"".join(b"\0" + raw[at * width : (at + 1) * width] for at in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
