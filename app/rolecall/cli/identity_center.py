"""`rolecall identity-center`: what a person may use at an Identity Center, and own roles made of it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rolecall.cli.sign_in import somebody_there
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.proof import BY_CODE, Step, StepKind
from rolecall.domain.terminal import table, visible

if TYPE_CHECKING:
    from rolecall.domain.catalogue import Catalogue
    from rolecall.domain.identity_center import Found, Portal, PortalRole
    from rolecall.proving.means import Means

Offers = tuple["PortalRole", ...]


def identity_center(options: argparse.Namespace) -> int:
    """Sign in, look around, list, add or sign out; returns the exit code. Raises ProblemError."""
    means = _means()
    catalogue = _catalogue(means)
    portal = _portal(options, catalogue)
    if options.sign_out:
        return _sign_out(portal, means)
    found, problem = _looked(portal, means, options.device_code)
    offers = _wanted(found.roles, options.add)
    if options.add and problem is None:
        _add(offers, portal, catalogue, means, options.write_config)
    _print(offers, portal, catalogue, means, as_json=options.json)
    if problem is not None:
        raise ProblemError(problem)
    if options.add and not offers:
        raise ProblemError(_nothing_fits())
    return int(Exit.DONE)


def _means() -> Means:
    from rolecall.proving.means import Means
    from rolecall.storage.clock import clock_of
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.secret_store import MemorySecretStore

    files, paths = AwsFiles.of(os.environ), Paths.of(os.environ)
    return Means(paths, files, MemorySecretStore(), os.environ, clock_of(os.environ))


def _catalogue(means: Means) -> Catalogue:
    from rolecall.storage.aws_config import read_catalogue

    return read_catalogue(means.files, {}, means.paths.entries_file)


def _portal(options: argparse.Namespace, catalogue: Catalogue) -> Portal:
    from rolecall.domain.portal_entries import portal_wanted

    try:
        return portal_wanted(options.portal, options.region, catalogue)
    except ValueError as wrong:
        raise ProblemError(_no_region() if str(wrong) == "region" else _no_url()) from None


def _looked(portal: Portal, means: Means, by_code: bool) -> tuple[Found, Problem | None]:
    """What is there, and why it is not all of it."""
    from rolecall.domain.identity_center import PartlyListedError
    from rolecall.proving.identity_center import discover, recall_at

    if recall_at(portal, means) is None and not somebody_there(os.environ):
        raise ProblemError(_nobody())
    try:
        return discover(portal, _Told(), means, BY_CODE if by_code else ""), None
    except PartlyListedError as partly:
        return partly.found, partly.problem


def _wanted(offers: Iterable[PortalRole], patterns: list[str]) -> Offers:
    from rolecall.domain.portal_entries import fitting

    return tuple(offer for offer in offers if not patterns or fitting(offer, patterns))


def _add(
    offers: Offers, portal: Portal, catalogue: Catalogue, means: Means, write_config: bool
) -> None:
    """Those that are not listed yet become own roles, and on request profiles of the AWS config file."""
    from rolecall.domain.entry import exportable
    from rolecall.domain.portal_entries import new_entries, present
    from rolecall.storage.entries_file import put_entries
    from rolecall.storage.owned_files import export

    there = present(catalogue, portal)
    fresh = [o for o in offers if (o.account.account_id, o.role) not in there]
    entries = new_entries(fresh, portal, catalogue.profiles)
    if entries:
        put_entries(means.paths.entries_file, entries)
        _tell(f"{len(entries)} added to {means.paths.entries_file}.")
    if len(fresh) < len(offers):
        _tell(f"{len(offers) - len(fresh)} were there already.")
    for name, entry in entries.items() if write_config else ():
        written = export(means.files, name, exportable(name, entry))
        _tell(f"Profile {name} is in {written.path}.")


def _print(
    offers: Offers, portal: Portal, catalogue: Catalogue, means: Means, *, as_json: bool
) -> None:
    from rolecall.domain.portal_entries import present

    del catalogue  # as it was before anything was added
    there = present(_catalogue(means), portal)
    rows = [
        {
            "account_id": offer.account.account_id,
            "account_name": offer.account.name or None,
            "permission_set": offer.role,
            "name": there.get((offer.account.account_id, offer.role)),
        }
        for offer in offers
    ]
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif rows:
        heads = ("ACCOUNT", "ACCOUNT NAME", "PERMISSION SET", "ROLE HERE")
        lines = [tuple(str(value or "") for value in row.values()) for row in rows]
        sys.stdout.write(table(heads, lines))
    sys.stdout.flush()


def _sign_out(portal: Portal, means: Means) -> int:
    from rolecall.proving.identity_center import sign_out

    over = sign_out(portal, means)
    _tell(f"Signed out of {portal.name}." if over else f"Nobody is signed in at {portal.name}.")
    return int(Exit.DONE)


class _Told:
    """The Talk of a terminal: what is to be done, and how far it is."""

    cancelled = False

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._slowed = self._open = False

    def show(self, step: Step) -> None:
        if step.kind is StepKind.BROWSER:
            _tell("Finish signing in in your browser.")
        elif step.kind is StepKind.DEVICE:
            _tell(f"Open {step.url} on any device. The code is {step.user_code}.")
        elif step.kind is StepKind.PROGRESS:
            self._progress(step)

    def _progress(self, step: Step) -> None:
        line = f"{step.done} of {step.total} accounts"
        if step.slowed != self._slowed:
            self._slowed = step.slowed
            if step.slowed:
                self._end_line()
                _tell("AWS wants to be asked less often; it goes on by itself.")
        if self._live:
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
            self._open = True
            if step.done == step.total:
                self._end_line()
        elif step.done and (step.done == step.total or step.done % 100 == 0):
            _tell(line)

    def _end_line(self) -> None:
        if self._open:
            sys.stderr.write("\n")
        self._open = False


def _tell(line: str) -> None:
    sys.stderr.write(visible(line) + "\n")


def _usage(code: str, title: str, remedy: str, exit_code: Exit = Exit.USAGE) -> Problem:
    return Problem(code, Text(title), remedy=text(remedy), exit=exit_code)


def _no_url() -> Problem:
    return _usage(
        "bad_start_url",
        QT_TRANSLATE_NOOP("Problem", "That is not the start URL of an Identity Center"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It looks like https://d-1234567890.awsapps.com/start; the access portal's address is it.",
        ),
    )


def _no_region() -> Problem:
    return _usage(
        "bad_center_region",
        QT_TRANSLATE_NOOP("Problem", "In which region was this Identity Center set up?"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Give it as eu-west-1. Whoever manages Identity Center finds it on its settings page.",
        ),
    )


def _nobody() -> Problem:
    return _usage(
        "nobody_to_sign_in",
        QT_TRANSLATE_NOOP("Problem", "A sign-in is needed, and there is nobody to ask"),
        QT_TRANSLATE_NOOP("Problem", "Run it in a terminal, or where a browser can be opened."),
        Exit.NOBODY_TO_ASK,
    )


def _nothing_fits() -> Problem:
    return _usage(
        "no_such_offer",
        QT_TRANSLATE_NOOP("Problem", "Nothing that you may use there fits the pattern"),
        QT_TRANSLATE_NOOP(
            "Problem", "Look with --list; * and ? stand for letters, as in “payments*/ReadOnly”."
        ),
        Exit.NO_SUCH_ROLE,
    )
