"""The journal as text for other programs: JSON and CSV. Field names are a contract; they are only added to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from rolecall.domain.export_format import utc
from rolecall.domain.journal import Entry

FIELDS = (
    "at", "role", "account_id", "outcome", "problem", "how", "origin", "road", "seconds", "pid", "program",
    "executable", "script", "user",
)  # fmt: skip

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection)."""


def as_json(entries: Sequence[Entry]) -> str:
    """A list of objects, oldest first; what is not known is null."""
    return json.dumps([_object(entry) for entry in entries], indent=2) + "\n"


def as_csv(entries: Sequence[Entry]) -> str:
    """RFC 4180 with a head; what a spreadsheet would take for a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for entry in entries:
        values = _object(entry)
        values["road"] = " > ".join(entry.road)
        writer.writerow([_cell(values[name]) for name in FIELDS])
    return out.getvalue()


def _object(entry: Entry) -> dict[str, Any]:
    asker = entry.asker
    return {
        "at": utc(entry.at),
        "role": entry.role,
        "account_id": entry.account or None,
        "outcome": entry.outcome.value,
        "problem": entry.problem or None,
        "how": entry.how.value,
        "origin": entry.origin or None,
        "road": list(entry.road),
        "seconds": entry.seconds or None,
        "pid": asker.pid or None,
        "program": asker.name or None,
        "executable": asker.executable or None,
        "script": asker.script or None,
        "user": asker.user or None,
    }


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
