"""A command without the app: the same Actions, walked in this process, codes asked on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from rolecall.agent import Reply, Request
from rolecall.cli.display import has_display
from rolecall.cli.prompt import Ask, ask_on_terminal
from rolecall.cli.sign_in import sign_in_here
from rolecall.cli.trust import ask_here
from rolecall.domain.problem import Exit, Problem, ProblemError

if TYPE_CHECKING:
    from rolecall.actions import Actions
    from rolecall.keeping import Keeping

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


def _yes() -> bool:
    return True


def actions_alone(
    environ: Mapping[str, str],
    ask: Ask = ask_on_terminal,
    now: Callable[[], float] | None = None,
    may_sign_in: Callable[[], bool] = _yes,
) -> Actions:
    """Actions that live in this process, files and kept sessions read.

    ask: has a person asked for a code. now: UTC epoch seconds; None for the clock that `environ` names.
    may_sign_in: whether a browser may be opened for a sign-in, or a line be asked about.
    Raises ProblemError for a broken environment.
    """
    return _composed(environ, ask, now, may_sign_in)[0]


def _composed(
    environ: Mapping[str, str],
    ask: Ask,
    now: Callable[[], float] | None,
    may_sign_in: Callable[[], bool],
) -> tuple[Actions, Keeping | None]:
    from rolecall.actions import Actions, Services
    from rolecall.agent import context_digest
    from rolecall.keeping import kept_by
    from rolecall.sign_in import Sts, signin_base_of
    from rolecall.storage.clock import clock_of
    from rolecall.storage.core_dumps import refuse_core_dumps
    from rolecall.storage.log import set_up
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.secret_store import system_store
    from rolecall.storage.seed_store import seed_store
    from rolecall.store import Store

    refuse_core_dumps()
    paths = Paths.of(environ)
    set_up(environ, paths.log_path)
    secrets = system_store(environ, interactive=has_display(environ))
    services = Services(
        paths,
        AwsFiles.of(environ),
        secrets,
        Sts,
        signin_base_of(environ),
        environ=environ,
        seeds=seed_store(environ, interactive=has_display(environ)),
        program_asked=_say_program,
    )

    def ask_code(serial: str) -> None:
        ask(
            actions.state.queues[serial],
            partial(actions.give_code, serial),
            partial(actions.cancel_code, serial),
        )

    def ask_sign_in(key: str) -> None:
        sign_in_here(actions, store, key, environ, may_ask=may_sign_in())

    def ask_line(digest: str) -> None:
        ask_here(
            actions.state.consents[digest],
            partial(actions.consents.accept, digest),
            partial(actions.consents.refuse, digest),
            may_ask=may_sign_in(),
        )

    store, context = Store(), partial(context_digest, environ)
    clock = now or clock_of(environ)
    actions = Actions(
        store, services, run_here, ask_code, clock, ask_sign_in=ask_sign_in, ask_line=ask_line
    )
    actions.load()
    folder = paths.state_dir
    # A file is the app's to begin; where there is one, the command reads it and adds to it.
    return actions, kept_by(actions, store, run_here, folder, environ, context, _say, make=False)


def _say(problem: Problem) -> None:
    """What only concerns the keeping of sessions: the answer itself goes on."""
    from rolecall.answers import refusal

    sys.stderr.write(refusal(problem).err)


def _say_program(profile: str) -> None:
    """The program's own words are not shown: what it may want is said here."""
    from rolecall.domain.terminal import visible

    said = visible(f"Asking the program of {profile} for a code (a key may want to be touched) …")
    sys.stderr.write(said.replace("\n", " ") + "\n")


def alone(request: Request, environ: Mapping[str, str]) -> Reply:
    """The Reply to `request`, worked out here. Raises ProblemError for a broken environment."""
    # AWS's tools wait for credential-process: a browser that opens by itself would be nobody's wish.
    opens = request.verb != "credential-process"
    actions, keeping = _composed(environ, ask_on_terminal, None, lambda: opens)
    reply = answered(actions, request)
    if request.verb == "login" and reply.exit == Exit.DONE and _kept(actions, keeping, request):
        return replace(reply, err=reply.err.removesuffix(_KEEPS_NOTHING))
    if request.verb == "forget" and not request.everything and reply.exit == Exit.DONE:
        return _UNTOLD if keeping is not None and keeping.unread else reply
    return reply


_UNTOLD: Final = Reply(
    exit=Exit.KEYRING,
    err="Nobody can tell which sessions are kept. “rolecall forget --all” removes every one.\n",
)
"""What `forget ROLE` says where the file could not be read: the session would come back."""


def _kept(actions: Actions, keeping: Keeping | None, request: Request) -> bool:
    """Whether the session that was asked for is in the file of kept sessions."""
    from rolecall.domain.find import find

    name, state = find(actions.state.catalogue, request.role), actions.state
    sessions = (*state.sessions.values(), *state.shared.values())
    return keeping is not None and any(keeping.holds(s) for s in sessions if s.name == name)


def answered(actions: Actions, request: Request) -> Reply:
    """The Reply that `actions` of this process have to `request`."""
    from rolecall.answers import answer

    found: list[Reply] = []
    answer(actions, request, found.append)
    return _finished(request, found)


def _finished(request: Request, found: list[Reply]) -> Reply:
    if not found:
        return Reply(exit=Exit.FAULT, err="Nothing came of it. Please report this.\n")
    reply = found[0]
    if request.verb == "login" and reply.exit == Exit.DONE:
        return replace(reply, err=reply.err + _KEEPS_NOTHING)
    return reply
