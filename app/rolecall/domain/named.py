"""Named: what a request may name that we made up, so that no unknown word goes further than the door. Pure.

The command line's grammar refuses such words itself; over the socket anything may come.
"""

from __future__ import annotations

from collections.abc import Sequence

from rolecall.domain.export_format import FORMATS
from rolecall.domain.hop_limits import SHORTEST
from rolecall.domain.plan import LONGEST_SESSION_TOKEN
from rolecall.domain.presets import NAMES
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text


def unknown(format_name: str, preset: str, seconds: int | None) -> Problem | None:
    """What is wrong with the names and the life that a request has, or None. Empty names are none."""
    if format_name and format_name not in FORMATS:
        title = QT_TRANSLATE_NOOP("Problem", "There is no format called “{name}”")
        return _one_of("unknown_format", title, format_name, FORMATS)
    if preset and preset not in NAMES:
        title = QT_TRANSLATE_NOOP("Problem", "There is no preset called “{name}”")
        return _one_of("unknown_preset", title, preset, NAMES)
    if seconds is not None and not SHORTEST <= seconds <= LONGEST_SESSION_TOKEN:
        return _no_life()
    return None


def _one_of(code: str, title: str, name: str, known: Sequence[str]) -> Problem:
    return Problem(
        code,
        text(title, name=name[:40]),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Name one of: {names}."), names=", ".join(known)),
        exit=Exit.USAGE,
    )


def _no_life() -> Problem:
    return Problem(
        "duration_out_of_range",
        text(QT_TRANSLATE_NOOP("Problem", "AWS gives no session of such a life")),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Ask for {shortest} to {longest} seconds."),
            shortest=SHORTEST,
            longest=LONGEST_SESSION_TOKEN,
        ),
        exit=Exit.USAGE,
    )
