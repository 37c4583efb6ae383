"""`rolecall doctor`: what is wrong, and what to do about it. Exits with the code of the first fault."""

from __future__ import annotations

import argparse
import json
import sys

from rolecall.cli.keys import patient_of
from rolecall.cli.own import Own
from rolecall.domain.terminal import visible

_MARKS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}


def doctor(options: argparse.Namespace) -> int:
    """Print every finding; returns the exit code. Raises ProblemError for a broken environment."""
    from rolecall.doctor import Finding, examined, exit_of

    found: list[Finding] = []
    for one in examined(patient_of(Own(options))):
        found.append(one)
        if not options.json:
            sys.stdout.write(_lines(_MARKS[one.grade.value], one.check, one.title, one.remedy))
            sys.stdout.flush()
    if options.json:
        rows = [
            {
                "check": one.check,
                "subject": one.subject or None,
                "state": one.grade.value,
                "title": one.title,
                "remedy": one.remedy or None,
            }
            for one in found
        ]
        sys.stdout.write(json.dumps(rows, indent=2) + "\n")
    return int(exit_of(found))


def _lines(mark: str, check: str, title: str, remedy: str) -> str:
    first = visible(f"{mark}  {check:8} {title}".replace("\n", " "))
    more = visible(f"{'':16}{remedy}".replace("\n", " "))
    return f"{first}\n{more}\n" if remedy else f"{first}\n"
