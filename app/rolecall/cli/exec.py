"""`rolecall exec`: run a command as a role, in an environment that holds no other identity.

Plain, it becomes the command: exit code, signals and terminal are the command's own. With
--container-endpoint it stays beside it and serves it credentials that renew themselves.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NoReturn

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text

if TYPE_CHECKING:
    from rolecall.cli.handing import Asking
    from rolecall.domain.handed import Handed

NEVER_STARTED: Final = 125
"""Exit code when the command never started, whatever the reason, as of env(1) and timeout(1)."""


def main(arguments: list[str]) -> int:
    """Run the command line `exec ROLE … -- COMMAND …`; returns the exit code, or never returns."""
    from rolecall.cli.command import fault, say

    try:
        return _run(*_split(arguments))
    except SystemExit as end:  # argparse has said what is wrong, or printed its help
        return NEVER_STARTED if end.code else int(Exit.DONE)
    except ProblemError as error:
        say(error.problem)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    except Exception as error:  # noqa: BLE001  a person gets one line; a text could carry a secret
        fault(error)
    return NEVER_STARTED


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Our own words and the command's. What follows the first `--` is the command's, `--` included."""
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def _run(ours: list[str], command: list[str]) -> int:
    from rolecall.cli.command import request_of
    from rolecall.cli.handing import Asking, one_line_of_stdin
    from rolecall.cli.parser import parser
    from rolecall.storage.core_dumps import refuse_core_dumps

    options = parser().parse_args(ours)
    if not command:
        raise ProblemError(_no_command())
    if options.mfa_stdin:
        options.mfa_code, options.mfa_stdin = one_line_of_stdin(), False
    asking = Asking(request_of(options), os.environ)
    core = resource.getrlimit(resource.RLIMIT_CORE)
    refuse_core_dumps()
    if not options.container_endpoint:
        _become(asking.first(), command, core)
    return _beside(asking, command, core)


def _become(handed: Handed, command: list[str], core: tuple[int, int]) -> NoReturn:
    from rolecall.cli.child import replaced_by

    replaced_by(command, child_environment(os.environ, handed.variables()), core)


def _beside(asking: Asking, command: list[str], core: tuple[int, int]) -> int:
    from rolecall.cli.child import hold_signals, run
    from rolecall.container_endpoint import ContainerEndpoint

    handed = asking.first()
    hidden = hidden_files(os.environ)
    if hidden:
        sys.stderr.write(
            "Keys of your default profile would win over the endpoint: the command does not see "
            f"{' and '.join(_FILE_NAMES[name] for name in hidden)}.\n"
        )
    mask = hold_signals()
    endpoint = ContainerEndpoint(handed, asking.renewed, asking.now, asking.hold)
    endpoint.start()
    try:
        more = handed.about() | endpoint.variables() | hidden
        return run(command, child_environment(os.environ, more), mask, core)
    finally:
        endpoint.close()


def child_environment(environ: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The environment of the command: ours, without anybody's credentials, and `new`."""
    from rolecall.domain.handed import clean_environment
    from rolecall.storage.browser import child_environment as unfrozen

    return clean_environment(unfrozen(environ), new)


def hidden_files(environ: Mapping[str, str]) -> dict[str, str]:
    """Variables that keep an AWS tool from a file whose `default` profile would win over the endpoint.

    Source: AWS SDKs and Tools Reference Guide, "Standardized credential providers": the shared files
    come before the container endpoint, and without AWS_PROFILE the profile is `default`.
    """
    from pathlib import Path

    from rolecall.storage.aws_config import read_catalogue
    from rolecall.storage.paths import AwsFiles

    files, nothing = AwsFiles.of(environ), Path(os.devnull)
    alone = {
        "AWS_CONFIG_FILE": AwsFiles(files.config, nothing),
        "AWS_SHARED_CREDENTIALS_FILE": AwsFiles(nothing, files.credentials),
    }
    return {name: os.devnull for name, one in alone.items() if "default" in read_catalogue(one, {})}


_FILE_NAMES: Final = {
    "AWS_CONFIG_FILE": "~/.aws/config",
    "AWS_SHARED_CREDENTIALS_FILE": "~/.aws/credentials",
}


def _no_command() -> Problem:
    return Problem(
        "no_command",
        text(QT_TRANSLATE_NOOP("Problem", "Which command? It follows two dashes")),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "For example: rolecall exec prod-admin -- aws s3 ls")
        ),
        exit=Exit.USAGE,
    )
