"""Console opener: from a role to its console in the browser. Owns no URL longer than it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rolecall.actions import Actions, Run
from rolecall.domain.problem import Problem
from rolecall.domain.route import Wish
from rolecall.sign_in import Destination


def open_console(
    actions: Actions,
    run: Run,
    role_name: str,
    service: str,
    region: str,
    failed: Callable[[Problem], None],
    noted: Callable[[str], None] = lambda _problem: None,
    wish: Wish | None = None,
) -> None:
    """Sign in if need be, then hand the browser a one-time address. What goes wrong goes to `failed`.

    noted: gets the code of the Problem, or nothing, once it is known whether there is a sign-in URL.
    """

    def found(answer: str | Problem) -> None:
        noted(answer.code if isinstance(answer, Problem) else "")
        if isinstance(answer, Problem):
            failed(answer)
        else:
            run(partial(_show, answer), lambda _none: None, failed)

    service = service or actions.state.settings.console_service
    actions.console(role_name, Destination(service, region), found, wish)


def _show(url: str) -> None:
    from rolecall.storage.browser import show_in_browser

    show_in_browser(url)
