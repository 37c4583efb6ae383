"""Text for a terminal: nothing a name holds may move the cursor or hide what is there."""

from __future__ import annotations

from collections.abc import Sequence


def visible(text: str) -> str:
    """`text` with control, bidirectional and other invisible characters shown as escapes.

    New lines stay. Source: Unicode Technical Report 36, bidirectional text spoofing.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(c if c == "\n" or _harmless(c) else _escaped(c) for c in text)


def _harmless(char: str) -> bool:
    import unicodedata  # an idle app does without its tables

    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def width(text: str) -> int:
    """Columns that `text` takes in a terminal: wide East Asian characters take two."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under a head, padded to their widest cell, every cell made visible."""
    cells = [[visible(cell).replace("\n", "\\n") for cell in row] for row in (head, *rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(head))]
    lines = (
        "  ".join(cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True))
        for row in cells
    )
    return "".join(line.rstrip() + "\n" for line in lines)
