"""A command without the app: the same Actions, walked in this process, codes asked on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from rolecall.agent import Reply, Request
from rolecall.cli.display import has_display
from rolecall.cli.prompt import Ask, ask_on_terminal
from rolecall.domain.problem import Exit, Problem, ProblemError

if TYPE_CHECKING:
    from rolecall.actions import Actions

T = TypeVar("T")

_KEEPS_NOTHING = "Rolecall is not running: the session was proved to work, and is not kept.\n"


def run_here(
    job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Problem], None]
) -> None:
    """`run` for Actions: the Job at once, in this thread."""
    try:
        result = job()
    except ProblemError as error:
        failed(error.problem)
    else:
        done(result)


def actions_alone(
    environ: Mapping[str, str], ask: Ask = ask_on_terminal, now: Callable[[], float] | None = None
) -> Actions:
    """Actions that live in this process, files read. Raises ProblemError for a broken environment.

    ask: has a person asked for a code. now: UTC epoch seconds; None for the clock that `environ` names.
    """
    from rolecall.actions import Actions, Services
    from rolecall.sign_in import Sts, signin_base_of
    from rolecall.storage.clock import clock_of
    from rolecall.storage.log import set_up
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.secret_store import system_store
    from rolecall.store import Store

    paths = Paths.of(environ)
    set_up(environ, paths.log_path)
    secrets = system_store(environ, interactive=has_display(environ))
    services = Services(paths, AwsFiles.of(environ), secrets, Sts, signin_base_of(environ))

    def ask_code(serial: str) -> None:
        ask(
            actions.state.queues[serial],
            partial(actions.give_code, serial),
            partial(actions.cancel_code, serial),
        )

    actions = Actions(Store(), services, run_here, ask_code, now or clock_of(environ))
    actions.load()
    return actions


def alone(request: Request, environ: Mapping[str, str]) -> Reply:
    """The Reply to `request`, worked out here. Raises ProblemError for a broken environment."""
    return answered(actions_alone(environ), request)


def answered(actions: Actions, request: Request) -> Reply:
    """The Reply that `actions` of this process have to `request`."""
    from rolecall.answers import answer

    found: list[Reply] = []
    answer(actions, request, found.append)
    return _finished(request, found, actions.state.catalogue.problems)


def _finished(request: Request, found: list[Reply], file_problems: tuple[Problem, ...]) -> Reply:
    if not found:
        return Reply(exit=Exit.FAULT, err="Nothing came of it. Please report this.\n")
    reply = found[0]
    if request.verb == "login" and reply.exit == Exit.DONE:
        return replace(reply, err=_KEEPS_NOTHING)
    if reply.exit == Exit.NO_SUCH_ROLE and file_problems:
        from rolecall.answers import refusal

        return replace(reply, err=reply.err + "".join(refusal(p).err for p in file_problems))
    return reply
