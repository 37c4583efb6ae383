"""Own record of how long each long-lived key has been seen here, for users who may not ask IAM.

A small file in the state folder: the name of each key, a mark of its ID and the day it was first seen. A key
is at least as old as that. Holds no key and no key ID.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rolecall.storage import atomic_file

NAME: Final = "keys.json"


def first_seen(path: Path, marks: Mapping[str, str], now: float) -> dict[str, float]:
    """Since when each key of `marks` (name to mark) is known, UTC epoch seconds; new ones are noted.

    Raises ProblemError where the file cannot be written. A file that is not ours begins anew.
    """
    found: dict[str, float] = {}

    def edit(raw: bytes) -> bytes:
        known = _parsed(raw)
        for name, mark in marks.items():
            was, since = known.get(name, ("", now))
            found[name] = since if was == mark else now
            known[name] = (mark, found[name])
        return json.dumps({"version": 1, "keys": known}, indent=1).encode() if known else raw

    atomic_file.change(path, edit)
    return found


def _parsed(raw: bytes) -> dict[str, tuple[str, float]]:
    try:
        held = json.loads(raw)
        if held["version"] == 1:
            return {str(n): (str(mark), float(at)) for n, (mark, at) in held["keys"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return {}
