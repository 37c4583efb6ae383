"""`rolecall role export`: own roles as profiles of the AWS config file, for other tools, and out of it again."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from rolecall.cli.roles import tell, usage
from rolecall.domain.entry import chain, exportable, taken_back
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError

if TYPE_CHECKING:
    from rolecall.storage.paths import AwsFiles

Entries = Mapping[str, Mapping[str, str]]
Problems = dict[str, Problem]


def export_roles(options: argparse.Namespace, entries: Entries) -> int:
    """Write one role, or all that other tools can read, each with what it starts from; or take them out.

    Returns the exit code: done where anything was. Raises ProblemError for the one role that was named.
    """
    from rolecall.storage.paths import AwsFiles

    files, every = AwsFiles.of(os.environ), options.everything
    wanted = list(entries) if every else [options.name]
    problems: Problems = {}
    if options.undo:
        _take_back(files, wanted, problems)
    else:
        _write(files, entries, wanted, problems, all_or_none=not every)
    if problems and not every:
        raise ProblemError(next(iter(problems.values())))
    for problem in problems.values():
        tell("\n".join(problem.lines()))
    left = problems and problems.keys() >= set(wanted)
    return int(next(iter(problems.values())).exit if left else Exit.DONE)


def _write(
    files: AwsFiles, entries: Entries, wanted: list[str], problems: Problems, *, all_or_none: bool
) -> None:
    """Write `wanted` and what they start from, that first: no profile leads to one that is not there."""
    plain: dict[str, dict[str, str]] = {}
    ways = [list(chain(entries, name))[::-1] for name in wanted]
    names = list(dict.fromkeys(name for way in ways for name in way))

    def read(name: str) -> None:
        plain[name] = exportable(name, entries[name])

    _each(names, entries, problems, read)
    if not (problems and all_or_none):
        _each(names, entries, problems, lambda name: _put(files, name, plain[name]))
        sys.stdout.write("".join(f"{name}\n" for name in wanted if name not in problems))


def _each(
    names: Iterable[str], entries: Entries, problems: Problems, step: Callable[[str], None]
) -> None:
    """Do `step` for each name that has no problem yet, and that starts from none that has one."""
    for name in names:
        start = entries[name].get("source_profile", "")
        try:
            if start in problems and start != name:
                raise ProblemError(_starts_from(name, start))
            if name not in problems:
                step(name)
        except ProblemError as error:
            problems.setdefault(name, error.problem)


def _put(files: AwsFiles, name: str, entry: Mapping[str, str]) -> None:
    from rolecall.storage.owned_files import export

    written = export(files, name, entry)
    tell(f"Profile {name} is in {written.path}.")
    if written.copy:
        tell(f"The file as it was before is kept in {written.copy}.")


def _take_back(files: AwsFiles, wanted: list[str], problems: Problems) -> None:
    """Take out what exports of `wanted` put in, but for what another exported role still starts from."""
    from rolecall.storage.owned_files import exported, unexport

    for name in taken_back(exported(files), wanted):
        try:
            gone = unexport(files, name)
        except ProblemError as error:
            problems[name] = error.problem
            continue
        tell(f"{name} left {gone.path}." if gone.changed else f"{name} is not in {gone.path}.")


def _starts_from(name: str, start: str) -> Problem:
    return usage(
        "entry_not_exportable",
        QT_TRANSLATE_NOOP("Problem", "{name} cannot be exported: it starts from {start}"),
        QT_TRANSLATE_NOOP(
            "Problem", "“rolecall wire {name}” writes a profile that asks Rolecall instead."
        ),
        name=name,
        start=start,
    )
