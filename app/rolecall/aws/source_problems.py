"""Source problems: what went wrong when a source was to hand over credentials, as a Problem.

Takes nothing from an exception but its class: botocore's texts quote what a helper printed and what a
metadata service answered. Here are those of a program, and those that any source can have; the others are
in machine_problems.py and login.py. The table of AWS's own answers is problems.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from rolecall.aws import helper_process as helper
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text
from rolecall.domain.terminal import visible


@dataclass(frozen=True, slots=True)
class Place:
    """Which source it was. program: of a helper, without its arguments. off: the person switched it off."""

    profile: str
    program: str = ""
    off: bool = False


def nothing(place: Place, mapped: Callable[[Exception, Place], Problem]) -> Problem:
    """The Problem of a source that is not there at all: botocore then answers with no credentials."""
    return mapped(LookupError(), place)


def problem(code: str, title: str, remedy: str, exit_code: Exit, place: Place) -> Problem:
    """A Problem whose marked texts may name the {profile}, its {program} and the {seconds} it had."""
    values = {
        "profile": place.profile,
        "program": visible(place.program).replace("\n", "\\n")[:120] or "?",
        "seconds": f"{helper.SECONDS:.0f}",
    }
    return Problem(code, text(title, **values), remedy=text(remedy, **values), exit=exit_code)


# --- a program ---------------------------------------------------------------------------


def of_process(error: Exception, place: Place) -> Problem:
    """The Problem of a credential_process line."""
    match error:
        case helper.FailedError():
            return _failed(error.status, place)
        case helper.TooSlowError():
            return _too_slow(place)
        case helper.NotStartedError():
            return _not_started(error.found, place)
        case helper.EndlessChainError():
            return _endless(place)
        case ValueError() if not place.program and not isinstance(error, json.JSONDecodeError):
            return _unreadable(place)
        case _:
            return garbage(place)


def _failed(status: int, place: Place) -> Problem:
    title = (
        QT_TRANSLATE_NOOP(
            "Problem", "{program}, the helper of {profile}, ended with exit code {status}"
        )
        if status > 0
        else QT_TRANSLATE_NOOP(
            "Problem", "{program}, the helper of {profile}, was ended by signal {status}"
        )
    )
    return Problem(
        "helper_failed",
        text(
            title,
            program=visible(place.program).replace("\n", "\\n")[:120],
            profile=place.profile,
            status=abs(status),
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "What it said is not shown or kept: such programs print passwords and tokens.",
            )
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Run the line yourself in a terminal to see what it says; it stands after "
                "credential_process in the profile.",
            )
        ),
        exit=Exit.LOCAL,
    )


def _too_slow(place: Place) -> Problem:
    return problem(
        "helper_too_slow",
        QT_TRANSLATE_NOOP(
            "Problem", "{program}, the helper of {profile}, gave no answer in {seconds} seconds"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It was ended. A helper gets no terminal: if it asks something there, let it ask in a window.",
        ),
        Exit.NETWORK,
        place,
    )


def _not_started(found: bool, place: Place) -> Problem:
    return problem(
        "helper_not_started",
        QT_TRANSLATE_NOOP("Problem", "{program}, the helper of {profile}, could not be started")
        if found
        else QT_TRANSLATE_NOOP("Problem", "{program}, the helper of {profile}, is not there"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Give its whole path in credential_process, in double quotes if it has blanks. No shell "
            "runs the line: “~” and “$NAME” stay as they are.",
        ),
        Exit.LOCAL,
        place,
    )


def _endless(place: Place) -> Problem:
    return problem(
        "helper_endless",
        QT_TRANSLATE_NOOP("Problem", "The helper of {profile} asks for {profile} again"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Its credential_process leads back to Rolecall. Name the profile it should start from "
            "in source_profile instead.",
        ),
        Exit.LOCAL,
        place,
    )


def _unreadable(place: Place) -> Problem:
    return problem(
        "helper_line",
        QT_TRANSLATE_NOOP("Problem", "The credential_process line of {profile} cannot be read"),
        QT_TRANSLATE_NOOP("Problem", "A quotation mark in it has no partner. Add it."),
        Exit.LOCAL,
        place,
    )


# --- any of them ---------------------------------------------------------------------------


def garbage(place: Place) -> Problem:
    """The Problem of an answer that is not credentials."""
    return problem(
        "source_garbage",
        QT_TRANSLATE_NOOP(
            "Problem", "What {profile} starts from gave no credentials that could be read"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It has to be JSON with Version 1, AccessKeyId and SecretAccessKey, and SessionToken if "
            "they are temporary.",
        )
        if place.program
        else QT_TRANSLATE_NOOP(
            "Problem", "The answer was damaged on the way, or came from something else."
        ),
        Exit.NETWORK,
        place,
    )


def expired(place: Place) -> Problem:
    """The Problem of credentials that were over when they were handed over."""
    return problem(
        "source_expired",
        QT_TRANSLATE_NOOP("Problem", "What {profile} starts from gave credentials that are over"),
        QT_TRANSLATE_NOOP("Problem", "Renew them there, and check the clock of this computer."),
        Exit.LOCAL,
        place,
    )


def no_time_zone(place: Place) -> Problem:
    """The Problem of an end without a time zone, which botocore cannot use either."""
    return problem(
        "source_time_zone",
        QT_TRANSLATE_NOOP(
            "Problem", "What {profile} starts from does not say in which time zone it ends"
        ),
        QT_TRANSLATE_NOOP("Problem", "Its Expiration has to end in Z, as 2026-01-31T12:00:00Z."),
        Exit.LOCAL,
        place,
    )
