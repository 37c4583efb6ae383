"""`wire`, `unwire`, `write`, `unwrite`: our sections of AWS's two files, written by the command itself.

stdout gets the profile's name, so that `AWS_PROFILE=$(rolecall wire ROLE)` works; the rest goes to stderr.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolecall import fast_client
from rolecall.agent import Reply, Request
from rolecall.domain.find import find
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.process_line import process_line, windows_process_line
from rolecall.domain.role import Role
from rolecall.domain.session import Credentials
from rolecall.domain.terminal import visible

if TYPE_CHECKING:
    from rolecall.storage.owned_files import Written
    from rolecall.storage.paths import AwsFiles

ASK: Final = "ask.py"
"""The script beside fast_client.py that a line of ours runs."""

_SHORT: Final = ("-S", "-E")
_SYSTEM_PYTHON: Final = "/usr/bin/python3"

SUFFIX: Final = "-rolecall"
"""What a profile of ours is called after its role, where the person names none."""


def run(options: argparse.Namespace, ask: Callable[[], tuple[Request, Reply]]) -> int:
    """Do one of the four; returns the exit code. Raises ProblemError.

    ask: gets the credentials as JSON for the role that `options` name, from the app or by itself.
    """
    from rolecall.storage.paths import AwsFiles

    files = AwsFiles.of(os.environ)
    if options.command == "unwire":
        return _unwired(files, options.profile)
    if options.command == "unwrite":
        return _unwritten(files, options.profile)
    role = _role(files, options.role)
    name = options.profile or role.name + SUFFIX
    if options.command == "wire":
        return _wired(files, role, name)
    options.role = role.name
    return _written(files, name, ask)


def _role(files: AwsFiles, wanted: str) -> Role:
    """The role called exactly so. Raises ProblemError, and says what is wrong with the files if anything is."""
    from rolecall.storage.aws_config import read_catalogue
    from rolecall.storage.paths import Paths
    from rolecall.storage.settings_file import load_settings

    paths = Paths.of(os.environ)
    settings, problem = load_settings(paths.settings_file)
    catalogue = read_catalogue(files, settings.identities, paths.entries_file)
    name = find(catalogue, wanted, exact=True)
    if isinstance(name, str):
        return catalogue.role(name)
    for wrong in (*catalogue.problems, *([problem] if problem else [])):
        _tell("\n".join(wrong.lines()))
    raise ProblemError(name)


# --- wire --------------------------------------------------------------------------------------------


def _wired(files: AwsFiles, role: Role, name: str) -> int:
    from rolecall.storage.owned_files import refuse_wire, unwrite, wire

    refuse_wire(files, name)
    shadow = unwrite(files, name, _now())
    written = wire(files, name, _line(role.name), role.region)
    _tell(f"Profile {name} in {written.path} asks Rolecall for {role.name}.")
    if role.problem is not None:
        _tell(f"It will be refused for now. {role.problem.title}")
    if shadow.changed:
        _tell(f"Its written credentials left {shadow.path}: AWS tools would have taken those.")
    _tell_more(written)
    return _say(name)


def _unwired(files: AwsFiles, name: str) -> int:
    from rolecall.storage.owned_files import unwire

    gone = unwire(files, name)
    _tell(f"Profile {name} left {gone.path}." if gone.changed else _not_there(name, gone))
    return int(Exit.DONE)


def _line(role: str) -> str:
    words = [*helper(), "credential-process"]
    words += ["--", role] if role.startswith("-") else [role]
    if os.name != "nt":
        return process_line(words)
    try:
        return windows_process_line(words)
    except ValueError:
        raise ProblemError(_no_interpreter()) from None


def helper() -> list[str]:
    """What starts the fast client from anywhere: absolute paths, no search, no shell, no start-up files."""
    if getattr(sys, "frozen", False):
        return _packaged()
    if os.name == "nt":
        return [_interpreter(), "-P", "-m", "rolecall"]
    beside = os.path.dirname(os.path.abspath(fast_client.__file__))  # noqa: PTH100, PTH120  links stay
    return [_interpreter(), *_SHORT, os.path.join(beside, ASK)]  # noqa: PTH118


def _packaged() -> list[str]:
    """A frozen program takes long to start: the system's Python asks for it, where there is one."""
    ask = Path(sys.executable).with_name(ASK)
    if ask.is_file() and os.access(_SYSTEM_PYTHON, os.X_OK):
        return [_SYSTEM_PYTHON, *_SHORT, str(ask)]
    return [sys.executable]


def _interpreter() -> str:
    """This Python. A version manager's shim, a script that picks one by the folder it stands in, is none.

    Links are kept as they are: through the link in its `bin` a virtual environment is known as one.
    """
    for candidate in (sys.executable, os.path.realpath("/proc/self/exe")):
        if os.path.isabs(candidate) and _is_program(Path(candidate)):  # noqa: PTH117
            return candidate
    raise ProblemError(_no_interpreter())


def _is_program(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) != b"#!"
    except OSError:
        return False


# --- write -------------------------------------------------------------------------------------------


def _written(files: AwsFiles, name: str, ask: Callable[[], tuple[Request, Reply]]) -> int:
    from rolecall.storage.owned_files import refuse_write, write

    refuse_write(files, name)  # before a code is spent on it
    request, reply = ask()
    if reply.exit:
        sys.stderr.write(reply.err)
        return int(reply.exit)
    try:
        credentials, expires_at, region = _parsed(json.loads(reply.out))
    except (ValueError, KeyError, TypeError):
        raise ProblemError(_garbage()) from None
    if not credentials.session_token:
        raise ProblemError(_never_copied(request.role))
    written = write(files, name, credentials, expires_at, region, _now())
    until = datetime.fromtimestamp(expires_at).astimezone().strftime("%H:%M")
    _tell(f"Profile {name} in {written.path} is {request.role} until {until}.")
    _tell_more(written)
    return _say(name)


def as_json(request: Request) -> Request:
    """`request` as `export` in the form that `write` reads."""
    return replace(request, verb="export", format="json")


def _parsed(answer: Mapping[str, object]) -> tuple[Credentials, float, str]:
    parts = ("AccessKeyId", "SecretAccessKey", "Expiration")
    key, secret, end = (answer[part] for part in parts)
    token = answer.get("SessionToken") or ""
    region = answer.get("region") or ""
    if not (isinstance(key, str) and isinstance(secret, str) and isinstance(token, str)):
        raise TypeError
    expires_at = datetime.fromisoformat(str(end)).timestamp()
    return Credentials(key, secret, token), expires_at, str(region)


def _unwritten(files: AwsFiles, name: str) -> int:
    from rolecall.storage.owned_files import unwrite

    gone = unwrite(files, name, _now())
    _tell(f"Profile {name} left {gone.path}." if gone.changed else _not_there(name, gone))
    _tell_more(gone)
    return int(Exit.DONE)


def _now() -> float:
    from rolecall.storage.clock import clock_of

    return clock_of(os.environ)()


# --- what is said ------------------------------------------------------------------------------------


def _say(name: str) -> int:
    sys.stdout.write(name + "\n")
    sys.stdout.flush()
    return int(Exit.DONE)


def _tell(line: str) -> None:
    sys.stderr.write(visible(line) + "\n")


def _tell_more(written: Written) -> None:
    if written.expired:
        _tell(f"Expired and taken out: {', '.join(written.expired)}.")
    if written.narrowed:
        _tell(f"Others could read {written.path}; now only you can.")
    if written.copy:
        _tell(f"The file as it was before is kept in {written.copy}.")


def _not_there(name: str, written: Written) -> str:
    return f"Rolecall has no profile {name} in {written.path}."


def _no_interpreter() -> Problem:
    return Problem(
        "no_interpreter",
        text(QT_TRANSLATE_NOOP("Problem", "The Python that runs Rolecall has no lasting place")),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Install Rolecall (uv, pipx or a package) and try again.")
        ),
        exit=Exit.LOCAL,
    )


def _never_copied(role: str) -> Problem:
    return Problem(
        "keys_never_copied",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "{role} gives a user’s own keys; they are copied into no file"
            ),
            role=role,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Use {command}, or write a role that starts from it."),
            command=f"rolecall wire {role}",
        ),
        exit=Exit.LOCAL,
    )


def _garbage() -> Problem:
    return Problem(
        "agent_garbage",
        text(
            QT_TRANSLATE_NOOP("Problem", "The running Rolecall gave an answer nobody understands")
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "It may be of another version. Quit it in its menu and start it again."
            )
        ),
    )
