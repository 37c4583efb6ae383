"""Finding the role a person means by a name, an ARN or a part of a name. Pure; asks nobody."""

from __future__ import annotations

from typing import Final

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text

_MOST_NAMED: Final = 20


def find(catalogue: Catalogue, wanted: str, *, exact: bool = False) -> str | Problem:
    """The profile name meant by `wanted`: exact name, else exact ARN, else a unique part of a name.

    exact: for programs (credential-process, wire, write), which never mean a part of a name.
    """
    if wanted in catalogue:
        return wanted
    names = list(catalogue.names())
    by_arn = [name for name in names if catalogue.role_arn_text(name) == wanted]
    if wanted and by_arn:
        return by_arn[0] if len(by_arn) == 1 else _several(wanted, by_arn)
    folded = wanted.casefold()
    parts = [] if exact or not folded else [name for name in names if folded in name.casefold()]
    if len(parts) == 1:
        return parts[0]
    return _several(wanted, parts) if parts else no_such_role(wanted)


def no_such_role(name: str) -> Problem:
    """The Problem for a name that no profile has."""
    return Problem(
        "no_such_role",
        text(QT_TRANSLATE_NOOP("Problem", "There is no role called “{name}”"), name=name[:128]),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "“rolecall list” shows every name. Upper and lower case count."
            )
        ),
        exit=Exit.NO_SUCH_ROLE,
    )


def _several(wanted: str, names: list[str]) -> Problem:
    shown = "\n".join(f"  {name}" for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    if more > 0:
        shown += f"\n  … +{more}"
    return Problem(
        "several_roles",
        text(QT_TRANSLATE_NOOP("Problem", "“{name}” fits several roles"), name=wanted[:128]),
        text("{names}", names=shown),
        Text(QT_TRANSLATE_NOOP("Problem", "Name one of them in full.")),
        exit=Exit.NO_SUCH_ROLE,
    )
