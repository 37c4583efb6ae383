"""Secrets as canaries: every form in which one could have flown somewhere, and the search for them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

PIECE = 12
"""Characters of a secret that are already a leak; shorter pieces may be chance."""

_PROBE = 8
_STRIDE = PIECE - _PROBE + 1
"""Any PIECE characters in a row hold one of the probes of _PROBE, taken every _STRIDE characters."""


@dataclass(frozen=True)
class Canary:
    """One secret. name: what it is, for the report; a short one (a code) is only searched as a whole."""

    name: str
    value: str = field(repr=False)

    def probes(self) -> Iterator[tuple[str, bytes]]:
        """(form, bytes) that must be nowhere."""
        for form, text, scale in self._forms():
            size, stride = _PROBE * scale, _STRIDE * scale
            for at in range(0, max(len(text) - size, 0) + 1, stride):
                yield form, text[at : at + size]

    def _forms(self) -> Iterator[tuple[str, bytes, int]]:
        raw = self.value.encode()
        yield "raw", raw, 1
        for form, text in (
            ("URL-quoted", quote(self.value, safe="")),
            ("JSON", json.dumps(self.value)[1:-1].replace("/", "\\/")),
        ):
            if text != self.value:
                yield form, text.encode(), 1
        for shift in range(3):
            # what does not share its first and last letters with the neighbours
            code = base64.b64encode(b"\0" * shift + raw)[4:]
            yield "base64", code[: len(code) // 4 * 4 - 4], 1
        yield "UTF-16", self.value.encode("utf-16-le"), 2

    def found_in(self, text: bytes) -> str:
        """The form in which it is there, or empty."""
        if len(self.value) < PIECE:
            whole = rb"(?<![0-9A-Za-z])" + re.escape(self.value.encode()) + rb"(?![0-9A-Za-z])"
            return "raw" if re.search(whole, text) else ""
        return next((form for form, probe in self.probes() if probe in text), "")


def leaks(canaries: Iterable[Canary], places: Mapping[str, bytes]) -> list[str]:
    """`NAME in PLACE (FORM)` for each canary that is somewhere."""
    return [
        f"{canary.name} in {place} ({form})"
        for canary in canaries
        for place, text in places.items()
        if (form := canary.found_in(text))
    ]


def files_below(folders: Iterable[Path], without: Iterable[Path] = ()) -> dict[str, bytes]:
    """Name and content of every file below `folders`; the names themselves count as content."""
    left_out = {path.resolve() for path in without}
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            places = {path.resolve(), *path.resolve().parents}
            if path.is_file() and not places & left_out:
                found[str(path)] = str(path).encode() + b"\n" + path.read_bytes()
    return found
