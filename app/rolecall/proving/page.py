"""Page: shows a sign-in page in the person's browser. Its address ties the answer to us, so no command line may."""

from __future__ import annotations

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text
from rolecall.domain.proof import Step, StepKind, Talk, sign_in_cancelled
from rolecall.proving.means import Means
from rolecall.storage.browser import OneTimeRedirect, open_browser
from rolecall.storage.callback import PATIENCE


def show_page(url: str, talk: Talk, means: Means) -> None:
    """Open `url` by way of a one-time address, and wait a minute until a browser came for it.

    Raises ProblemError: no_browser, page_not_opened, sign_in_cancelled.
    """
    redirect = OneTimeRedirect(url)
    try:
        open_browser(redirect.address, means.environ)
    except ProblemError:
        redirect.close()
        raise
    talk.show(Step(StepKind.BROWSER, url=redirect.address, until=means.now() + PATIENCE))
    if not redirect.serve(cancelled=lambda: talk.cancelled):
        raise ProblemError(sign_in_cancelled() if talk.cancelled else _not_opened())


def _not_opened() -> Problem:
    return Problem(
        "page_not_opened",
        Text(QT_TRANSLATE_NOOP("Problem", "No browser opened the sign-in page within a minute")),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Look for a browser window that waits for an answer.")
        ),
        exit=Exit.LOCAL,
    )
