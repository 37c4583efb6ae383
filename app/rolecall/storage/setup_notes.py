"""Notes of MFA devices being set up, one file in the state folder: whose, and which. No seed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from rolecall.storage import atomic_file

NAME: Final = "devices.json"


def read_setups(path: Path) -> dict[str, str]:
    """Serial of the device that is being set up, by the name of the identity. Raises ProblemError.

    A file that is not ours holds none: what it told is found in IAM too.
    """
    return _parsed(atomic_file.read(path)[1])


def note_setup(path: Path, name: str, serial: str | None) -> None:
    """Note the device of an identity, or with None that there is none any more. Raises ProblemError."""

    def edit(raw: bytes) -> bytes:
        kept = {key: value for key, value in _parsed(raw).items() if key != name}
        if serial is not None:
            kept[name] = serial
        return (
            json.dumps({"version": 1, "devices": kept}, indent=1).encode() if kept or raw else b""
        )

    atomic_file.change(path, edit)


def _parsed(raw: bytes) -> dict[str, str]:
    try:
        held = json.loads(raw)
        if held["version"] == 1:
            return {str(name): str(serial) for name, serial in held["devices"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return {}
