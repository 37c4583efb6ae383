"""`rolecall journal`: who asked for which role, when, and what came of it. Reads the file, app or not."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime

from rolecall.domain.journal import Entry, How, matching
from rolecall.domain.problem import Exit
from rolecall.domain.terminal import table


def journal(options: argparse.Namespace) -> int:
    """Print what fits the command line, oldest first; returns the exit code. Raises ProblemError."""
    entries = chosen(_read(), options, _now())
    if options.json or options.csv:
        from rolecall.domain.journal_text import as_csv, as_json

        sys.stdout.write(as_json(entries) if options.json else as_csv(entries))
    elif entries:
        sys.stdout.write(as_table(entries))
    else:
        sys.stderr.write("Nothing of that is in the journal.\n")
    sys.stdout.flush()
    return int(Exit.DONE)


def _read() -> list[Entry]:
    from rolecall.storage.journal import NAME, read
    from rolecall.storage.paths import Paths

    return read(Paths.of(os.environ).state_dir / NAME)


def _now() -> float:
    from rolecall.storage.clock import clock_of

    return clock_of(os.environ)()


def chosen(entries: list[Entry], options: argparse.Namespace, now: float) -> list[Entry]:
    """The entries asked for. --role: an exact name, else a part of names in any case."""
    since = options.since(now) if options.since else 0.0
    found = matching(entries, search=options.search, since=since)
    if not options.role or any(entry.role == options.role for entry in entries):
        return matching(found, role=options.role)
    part = options.role.casefold()
    return [entry for entry in found if part in entry.role.casefold()]


def as_table(entries: list[Entry]) -> str:
    """One line for each, in local time."""
    head = ("WHEN", "ROLE", "PROGRAM", "WANTED", "OUTCOME", "MIN")
    return table(head, [_row(entry) for entry in entries])


def _row(entry: Entry) -> tuple[str, ...]:
    by_itself = "Rolecall" if entry.how is How.RENEWAL else "—"
    ended = entry.how is How.END
    return (
        time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(entry.at)),
        entry.role,
        str(entry.asker) or by_itself,
        "" if ended else entry.how.value,
        "ended" if ended else " ".join(word for word in (entry.outcome, entry.problem) if word),
        str(entry.seconds // 60) if entry.seconds else "",
    )


_UNITS = {"m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}


class Since:
    """``7d``, ``12h``, ``90m``, ``2w``, or a day as ``2026-11-23`` (local time). Raises ArgumentTypeError."""

    def __init__(self, typed: str) -> None:
        self._seconds: float | None = None
        self._day = 0.0
        number, unit = typed[:-1], typed[-1:]
        try:
            if unit in _UNITS and number.isascii() and number.isdigit() and len(number) < 6:
                self._seconds = float(int(number) * _UNITS[unit])
            else:
                self._day = datetime.strptime(typed, "%Y-%m-%d").astimezone().timestamp()
        except (ValueError, OverflowError, OSError):
            raise argparse.ArgumentTypeError("as 7d, 12h, 90m, 2w or 2026-11-23") from None

    def __call__(self, now: float) -> float:
        """The moment meant, UTC epoch seconds."""
        return self._day if self._seconds is None else now - self._seconds
