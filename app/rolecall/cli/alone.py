"""A command without the app: the same Actions, walked in this process, codes asked on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from rolecall.agent import Reply, Request
from rolecall.cli.prompt import ask_on_terminal
from rolecall.cli.running import has_display
from rolecall.domain.problem import Exit, Problem, ProblemError

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


def alone(request: Request, environ: Mapping[str, str]) -> Reply:
    """The Reply to `request`, worked out here. Raises ProblemError for a broken environment."""
    from rolecall.actions import Actions, Services
    from rolecall.answers import answer
    from rolecall.sign_in import Sts, signin_base_of
    from rolecall.storage.clock import clock_of
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.secret_store import MemorySecretStore, SystemSecretStore
    from rolecall.store import Store

    paths = Paths.of(environ)
    in_demo = bool(environ.get("ROLECALL_DEMO_URL"))
    secrets = (
        MemorySecretStore() if in_demo else SystemSecretStore(interactive=has_display(environ))
    )
    services = Services(paths, AwsFiles.of(environ), secrets, Sts(), signin_base_of(environ))
    store = Store()
    found: list[Reply] = []

    def ask_code(serial: str) -> None:
        ask_on_terminal(
            actions.state.queues[serial],
            partial(actions.give_code, serial),
            partial(actions.cancel_code, serial),
        )

    actions = Actions(store, services, run_here, ask_code, clock_of(environ))
    actions.load()
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
