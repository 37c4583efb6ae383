"""`rolecall trust`: shows the exact line that starts a program, asks on the terminal, and takes it back.

There is no flag that answers in the person's place: it would stand in the same set-up script that writes
the line, and nobody would ever have seen it. What is accepted is kept by the app, or here where none runs.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable

from rolecall.agent import Reply, Request
from rolecall.domain.line_queue import LineQuestion
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.terminal import visible
from rolecall.domain.trust import Line, accepted, lines_of, not_accepted


def trust(request: Request, ask: Callable[[Request], Reply], *, take_back: bool) -> list[Reply]:
    """Have the person look at every line of a role that is not accepted yet. Raises ProblemError.

    ask: has a request answered, by the app or here; one request for each line.
    """
    name, lines = _lines(request)
    if take_back:
        return [ask(_about(request, name, ""))]
    if not lines:
        return [
            Reply(err=visible(f"No program runs for {name}: there is nothing to accept.") + "\n")
        ]
    replies = []
    for line, known in lines:
        if known:
            said = f"{line.profile}: {line.key} is accepted already."
            replies.append(Reply(out=visible(said) + "\n"))
        elif asked_on_terminal(line):
            replies.append(ask(_about(request, name, line.digest)))
        else:
            raise ProblemError(not_accepted(line))
    return replies


def _about(request: Request, name: str, digest: str) -> Request:
    return Request("trust", role=name, line=digest, context=request.context)


def _lines(request: Request) -> tuple[str, list[tuple[Line, bool]]]:
    """The role meant, and its lines with whether each is accepted. Raises ProblemError."""
    from rolecall.domain.find import find
    from rolecall.storage.aws_config import read_catalogue
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.settings_file import load_settings

    paths = Paths.of(os.environ)
    settings, _ = load_settings(paths.settings_file)
    catalogue = read_catalogue(AwsFiles.of(os.environ), settings.identities, paths.entries_file)
    name = find(catalogue, request.role)
    if isinstance(name, Problem):
        raise ProblemError(name)
    lines = lines_of(catalogue.profiles, catalogue.role(name))
    return name, [(line, accepted(settings, line)) for line in lines]


def asked_on_terminal(line: Line) -> bool:
    """Show the line on /dev/tty and hear whether it may run. Raises ProblemError where nobody is there."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        raise ProblemError(_nobody(line)) from None
    raw = io.FileIO(terminal, "w+")
    with io.TextIOWrapper(raw, errors="backslashreplace", write_through=True) as tty:
        profile = visible(line.profile).replace("\n", " ")
        tty.write(f"Profile {profile} wants to run this program, by its {line.key} line:\n\n")
        tty.write(f"    {line.shown}\n\nRun it from now on? [y/N] ")
        tty.flush()
        return tty.readline(16).strip().lower() in {"y", "yes"}


def ask_here(
    question: LineQuestion,
    accept: Callable[[], None],
    refuse: Callable[[Problem], None],
    *,
    may_ask: bool,
) -> None:
    """Ask about a line that a command needs now. Whoever is not there has not accepted it."""
    try:
        said = may_ask and asked_on_terminal(question.line)
    except ProblemError as nobody:
        refuse(nobody.problem)
        return
    if said:
        accept()
    else:
        refuse(not_accepted(question.line))


def _nobody(line: Line) -> Problem:
    return Problem(
        "line_nobody_to_ask",
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Profile {profile} runs a program that you have not accepted yet, and there is "
                "nobody to ask",
            ),
            profile=line.profile,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Run {command} in a terminal once, or start Rolecall."),
            command=f"rolecall trust {line.profile}",
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
