"""Notes of rotations under way, one file in the state folder: which step each has reached. No key, no key ID."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.rotation import Rotation, Step
from rolecall.storage import atomic_file

NAME: Final = "rotations.json"


def read_notes(path: Path) -> dict[str, Rotation]:
    """Every rotation under way by its name. Raises ProblemError for a file that is not ours any more."""
    _, raw = atomic_file.read(path)
    return _parsed(path, raw)


def note(path: Path, rotation: Rotation) -> None:
    """Write how far a rotation is; on the disk before this returns. Raises ProblemError."""
    _change(path, rotation.name, asdict(rotation))


def forget(path: Path, name: str) -> None:
    """A rotation is over. Raises ProblemError."""
    _change(path, name, None)


def _change(path: Path, name: str, value: dict[str, Any] | None) -> None:
    def edit(raw: bytes) -> bytes:
        kept = {key: asdict(one) for key, one in _parsed(path, raw).items() if key != name}
        if value is not None:
            kept[name] = value
        return (
            json.dumps({"version": 1, "rotations": kept}, indent=1).encode() if kept or raw else b""
        )

    atomic_file.change(path, edit)


def _parsed(path: Path, raw: bytes) -> dict[str, Rotation]:
    if not raw:
        return {}
    try:
        held = json.loads(raw)
        if held["version"] != 1:
            raise ValueError
        return {name: _rotation(one) for name, one in held["rotations"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ProblemError(_unreadable(path)) from None


def _rotation(held: dict[str, Any]) -> Rotation:
    words = [held[key] for key in ("name", "old", "new")]
    before = tuple(held["before"])
    if not all(isinstance(word, str) for word in (*words, *before)):
        raise TypeError
    return Rotation(words[0], Step(held["step"]), words[1], before, words[2], float(held["at"]))


def _unreadable(path: Path) -> Problem:
    return Problem(
        "rotation_notes_bad",
        text(
            QT_TRANSLATE_NOOP("Problem", "The notes of key rotations in {file} cannot be read"),
            file=path,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "They were left alone. Look in IAM for a key that nobody uses, then remove the file.",
            )
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )
