"""The command's main: understand the line, ask the running app or do it alone, print, exit.

stdout carries the answer and nothing else. No traceback reaches a person.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rolecall import fast_client
from rolecall.agent import Reply, Request, caller_context
from rolecall.cli import streams
from rolecall.cli.display import has_display
from rolecall.domain.code_queue import clean_code, malformed_code
from rolecall.domain.presets import READ_ONLY
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.route import Wish
from rolecall.domain.terminal import visible

Window = Callable[[list[str]], int]


def main(arguments: list[str], window: Window) -> int:
    """Run one command line; returns the exit code. `window` starts the GUI with its own arguments."""
    streams.set_up()
    if os.environ.pop(fast_client.SILENT.decode(), None):  # said to us, and to no child
        fast_client.note_silent()
    if arguments[:1] == ["exec"]:  # what follows its `--` is another program's
        from rolecall.cli.exec import main as run_command

        return run_command(arguments)
    try:
        options = _parsed(arguments)
        streams.need_stdout(options)
        code = _run(options, window)
        sys.stdout.flush()  # what is wrong with it is said here, not by Python at its end
    except ProblemError as error:
        return say(error.problem)
    except KeyboardInterrupt:
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        streams.drop_stdout()
        return int(Exit.FAULT)
    except Exception as error:  # noqa: BLE001  a person gets one line; a text could carry a secret
        return fault(error)
    return code


def _parsed(arguments: list[str]) -> argparse.Namespace:
    from rolecall.cli.parser import parser

    try:
        return parser().parse_args(arguments)
    finally:
        sys.stdout.flush()  # a help text


def _run(options: argparse.Namespace, window: Window) -> int:
    if options.command is None:
        return window(["--minimized"]) if has_display(os.environ) else no_display()
    if options.command == "demo":
        return _demo(options, window)
    own = {
        "shell-init": _shell_init,
        "journal": _journal,
        "trust": _trust,
        "role": _roles,
        "identity-center": _identity_center,
        "key": _key,
        "mfa": _mfa,
        "client-secret": _client_secret,
        "doctor": _doctor,
        **dict.fromkeys(("wire", "unwire", "write", "unwrite"), _file_command),
    }.get(options.command)
    if own is not None:
        return own(options)
    if options.command == "export" and (options.unset or options.role is None):
        return _unset(options)
    return _asked(options)


def _asked(options: argparse.Namespace) -> int:
    """A command that the app answers, or this process as the app would."""
    request = request_of(options)
    if options.command == "console" and not options.show:
        from rolecall.cli.browser import check_browser

        check_browser()  # before a code is asked for in vain
    reply = _reply(request)
    if options.command == "console" and reply.exit == 0 and not options.show:
        from rolecall.cli.browser import show

        sys.stderr.write(reply.err)
        return show(reply.out.strip())
    return printed([_alone_in_the_shell(request, reply)])


def _alone_in_the_shell(request: Request, reply: Reply) -> Reply:
    """An `export` for a shell, with lines before it that drop what this shell has of other identities."""
    from rolecall.domain.export_format import UNSETTABLE, drop
    from rolecall.domain.handed import mixed

    if request.verb != "export" or reply.exit or request.format not in UNSETTABLE:
        return reply
    return replace(reply, out=drop(request.format, mixed(os.environ)) + reply.out)


def _shell_init(options: argparse.Namespace) -> int:
    from rolecall.cli.shell_init import shell_init

    return shell_init(options)


def _journal(options: argparse.Namespace) -> int:
    from rolecall.cli.journal import journal

    return journal(options)


def _trust(options: argparse.Namespace) -> int:
    from rolecall.cli.trust import trust

    return printed(trust(request_of(options), _reply, take_back=options.revoke))


def _roles(options: argparse.Namespace) -> int:
    from rolecall.cli.roles import roles

    return roles(options)


def _identity_center(options: argparse.Namespace) -> int:
    from rolecall.cli.identity_center import identity_center

    return identity_center(options)


def _key(options: argparse.Namespace) -> int:
    from rolecall.cli.keys import key

    return key(options)


def _mfa(options: argparse.Namespace) -> int:
    from rolecall.cli.mfa import mfa

    return mfa(options)


def _client_secret(options: argparse.Namespace) -> int:
    from rolecall.cli.client_secrets import client_secret

    return client_secret(options)


def _doctor(options: argparse.Namespace) -> int:
    from rolecall.cli.doctor import doctor

    return doctor(options)


def printed(replies: list[Reply]) -> int:
    """Print replies; returns the exit code of the first that is not 0."""
    for reply in replies:
        sys.stdout.write(reply.out)
        sys.stdout.flush()
        sys.stderr.write(reply.err)
    return next((int(reply.exit) for reply in replies if reply.exit), int(Exit.DONE))


def _demo(options: argparse.Namespace, window: Window) -> int:
    if options.headless:
        from rolecall.demo.instance import headless
        from rolecall.storage.paths import Paths

        return headless(sys.stdout, Paths.of(os.environ).runtime_dir)
    if has_display(os.environ) and not options.tour:
        return window(["--demo"])
    from rolecall.cli.tour import tour

    return tour(sys.stdout)


def _unset(options: argparse.Namespace) -> int:
    from rolecall.domain.export_format import UNSETTABLE, unset

    if not options.unset or options.format not in UNSETTABLE:
        return say(_no_role() if not options.unset else _no_unset())
    sys.stdout.write(unset(options.format))
    return int(Exit.DONE)


def _file_command(options: argparse.Namespace) -> int:
    from rolecall.cli import files

    def ask() -> tuple[Request, Reply]:
        request = files.as_json(request_of(options))
        return request, _reply(request)

    return files.run(options, ask)


def request_of(options: argparse.Namespace) -> Request:
    """What a command line asks for. Raises ProblemError for a malformed code."""
    given = vars(options)
    named = READ_ONLY if given.get("read_only") else given.get("preset")
    if named and (given.get("policy") or given.get("policy_arns")):
        raise ProblemError(_policies_add_up(named))
    wish = Wish(
        duration_seconds=given.get("duration"),
        policy=given.get("policy", ""),
        policy_arns=tuple(given.get("policy_arns", ())),
    )
    return Request(
        verb=options.command,
        role=given.get("role") or "",
        json=given.get("json", False),
        format=given.get("format", ""),
        wish=wish,
        read_only=given.get("read_only", False),
        preset=given.get("preset", ""),
        code=code_of(given),
        saml_response=_saml_response(given.get("saml_response")),
        everything=given.get("everything", False),
        service=given.get("service", ""),
        destination=given.get("destination", ""),
        region=given.get("region", ""),
        context=caller_context(os.environ),
    )


def code_of(given: dict[str, object]) -> str | None:
    """The code a command line brought along, or None. Raises ProblemError for one that is malformed."""
    typed = given.get("mfa_code")
    try:
        if given.get("mfa_stdin"):
            typed = sys.stdin.readline(128) if sys.stdin else ""
        return clean_code(typed) if isinstance(typed, str) else None
    except ValueError:
        raise ProblemError(malformed_code()) from None


def _saml_response(named: object) -> str:
    """The SAML response in a file, or on standard input. Raises ProblemError."""
    if not isinstance(named, str):
        return ""
    from rolecall.domain.saml_paste import LARGEST_TEXT, response_in

    if named == "-":
        return response_in(sys.stdin.read(LARGEST_TEXT + 1) if sys.stdin else "")
    from rolecall.storage.pasted_file import file_text

    path = os.path.expanduser(named)  # noqa: PTH111  Path.expanduser raises where there is no home
    return response_in(file_text(Path(path)))


def _reply(request: Request) -> Reply:
    reply = _reply_of_the_app(request)
    if reply is None:
        from rolecall.cli.alone import alone

        reply = alone(request, os.environ)
    return reply


def _reply_of_the_app(request: Request) -> Reply | None:
    from rolecall.agent import AppSilentError, ask
    from rolecall.cli.running import may_start, start

    try:
        reply = ask(request, os.environ)
        if reply is None and may_start(request, os.environ) and start(os.environ):
            reply = ask(request, os.environ)
    except AppSilentError as silent:
        if request.verb == "forget":  # what it holds would come back
            raise
        say(silent.problem)
        return None
    return reply


def say(problem: Problem) -> int:
    """A Problem on stderr; returns its exit code."""
    sys.stderr.write(visible("\n".join(problem.lines())) + "\n")
    return int(problem.exit)


def fault(error: Exception) -> int:
    """A fault of ours in one line on stderr, without its text; returns the exit code."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = ""
    if frame is not None:
        code = frame.tb_frame.f_code
        place = f" ({code.co_name}, line {frame.tb_lineno})"
    sys.stderr.write(f"A fault in Rolecall: {type(error).__name__}{place}. Please report it.\n")
    return int(Exit.FAULT)


def no_display() -> int:
    """Say that there is no screen for a window; returns the exit code."""
    return say(
        Problem(
            "no_display",
            Text(QT_TRANSLATE_NOOP("Problem", "There is no display to show a window on")),
            remedy=Text(
                QT_TRANSLATE_NOOP(
                    "Problem",
                    "Every command works in the terminal too: “rolecall list”, “rolecall login ROLE”.",
                )
            ),
            exit=Exit.USAGE,
        )
    )


def _policies_add_up(preset: str) -> Problem:
    # Source: IAM User Guide, "Policies and permissions", session policies.
    return Problem(
        "policies_add_up",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "Beside {preset}, another policy would let the session do more"
            ),
            preset=preset,
        ),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem", "AWS adds session policies up: what one of them allows is allowed."
            )
        ),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Use one of them alone, or put all you mean into one policy."
            )
        ),
        exit=Exit.USAGE,
    )


def _no_role() -> Problem:
    return Problem(
        "no_role_given",
        Text(QT_TRANSLATE_NOOP("Problem", "Which role? Name one, as “rolecall list” shows it.")),
        exit=Exit.USAGE,
    )


def _no_unset() -> Problem:
    return Problem(
        "no_unset",
        Text(QT_TRANSLATE_NOOP("Problem", "This format sets nothing that could be taken back.")),
        exit=Exit.USAGE,
    )
