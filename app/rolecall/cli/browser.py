"""`rolecall console`: hand the browser a one-time loopback address and wait until it was answered."""

from __future__ import annotations

import os
import sys

from rolecall.cli.display import has_display
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text


def check_browser() -> None:
    """Raise ProblemError where no browser can be opened."""
    if not has_display(os.environ) and not os.environ.get("BROWSER"):
        raise ProblemError(_no_browser())


def show(url: str) -> int:
    """Open the console whose sign-in URL (a secret) is `url`; returns the exit code.

    Raises ProblemError if there is no browser, or it did not come within a minute.
    """
    from rolecall.storage.browser import OneTimeRedirect, open_browser

    check_browser()
    redirect = OneTimeRedirect(url)
    open_browser(redirect.address)
    sys.stderr.write("The console opens in your browser.\n")
    if not redirect.serve():
        raise ProblemError(_nobody_came())
    return int(Exit.DONE)


def _no_browser() -> Problem:
    return Problem(
        "no_browser",
        Text(QT_TRANSLATE_NOOP("Problem", "There is no display to open a browser on")),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "“rolecall console ROLE --print” prints the sign-in URL.")
        ),
        exit=Exit.NOBODY_TO_ASK,
    )


def _nobody_came() -> Problem:
    return Problem(
        "browser_silent",
        Text(
            QT_TRANSLATE_NOOP("Problem", "The browser did not come for the console within a minute")
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "“rolecall console ROLE --print” prints the sign-in URL.")
        ),
        exit=Exit.LOCAL,
    )
