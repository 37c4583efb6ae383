"""`rolecall role import`: another tool's roles, shown first, added when the person agrees."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolecall.cli.roles import starts, tell, usage
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError
from rolecall.domain.terminal import table

if TYPE_CHECKING:
    from rolecall.domain.imports import Import


_OPTIONS: Final = {"source": "--source PROFILE", "prefix": "--prefix TEXT"}
"""What on the command line makes a choice of an import."""


def import_roles(
    options: argparse.Namespace,
    taken: Container[str],
    sessions: Mapping[str, Mapping[str, str]],
    path: Path,
) -> None:
    """Show what comes, ask, and add it to `path`. taken: names there are. Raises ProblemError.

    sessions: this computer's `[sso-session]` sections.
    """
    from rolecall.domain.imports import Choice, settle
    from rolecall.storage.entries_file import put_entries
    from rolecall.storage.import_file import home_file, read_import

    place = options.file or home_file(options.tool, Path.home())
    if place is None:
        raise ProblemError(_which_file(options.tool))
    choice = Choice(options.source, options.mfa_serial, options.prefix)
    found = settle(read_import(options.tool, place.expanduser()), taken, choice, sessions)
    _preview(found)
    if found.entries and not options.dry_run:
        if not (options.yes or _agreed(len(found.entries))):
            raise ProblemError(_not_agreed())
        put_entries(path, found.entries)
        tell(f"{len(found.entries)} added to {path}.")


def _preview(found: Import) -> None:
    lines = [
        (name, starts(entry), entry.get("role_arn", "")) for name, entry in found.entries.items()
    ]
    if lines:
        sys.stdout.write(table(("NAME", "STARTS FROM", "ROLE"), lines))
        sys.stdout.flush()
    else:
        tell("Nothing in it can be added.")
    for each in found.skipped:
        option = _OPTIONS.get(each.choice)
        tell(f"Left out: {each.name}. {each.reason}{f' ({option})' if option else ''}")
    for name in found.keys:
        tell(f"The access key {name} stays where it is. Add it in Rolecall as “{name}”.")


def _agreed(count: int) -> bool:
    """Whether the person at the terminal says yes; nobody there: no."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return False
    raw = io.FileIO(terminal, "w+")
    with io.TextIOWrapper(raw, errors="backslashreplace", write_through=True) as tty:
        tty.write(f"Add {count} to your own roles? [y/N] ")
        return tty.readline().strip().lower() in {"y", "yes"}


def _which_file(tool: str) -> Problem:
    return usage(
        "import_which_file",
        QT_TRANSLATE_NOOP("Problem", "Which file? {tool} keeps its roles in the browser"),
        QT_TRANSLATE_NOOP(
            "Problem", "Copy its configuration into a file and name that file in the command."
        ),
        tool=tool,
    )


def _not_agreed() -> Problem:
    return usage(
        "import_not_agreed",
        QT_TRANSLATE_NOOP("Problem", "Nothing was added"),
        QT_TRANSLATE_NOOP("Problem", "Say yes in a terminal, or give --yes."),
        Exit.NOBODY_TO_ASK,
    )
