"""`rolecall shell-init`: the `rc` function of a shell, and the lines that it runs to switch roles.

Everything that comes from a name, a file or AWS is quoted here; the functions themselves hold nothing
that varies.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from rolecall.domain.export_format import VARIABLES, quote_fish, quote_posix
from rolecall.domain.handed import ROLE_VARIABLE, foreign
from rolecall.domain.problem import Exit

_SET: Final[Mapping[str, Callable[[str, str], str]]] = {
    "bash": lambda name, value: f"export {name}={quote_posix(value)}",
    "zsh": lambda name, value: f"export {name}={quote_posix(value)}",
    "fish": lambda name, value: f"set -gx {name} {quote_fish(value)}",
}

_UNSET: Final[Mapping[str, Callable[[str], str]]] = {
    "bash": lambda name: f"unset {name}",
    "zsh": lambda name: f"unset {name}",
    "fish": lambda name: f"set -e {name}",
}


def shell_init(options: argparse.Namespace) -> int:
    """Print the functions, or the lines that switch to a role or leave it. Raises ProblemError."""
    if options.unset:
        lines = left(options.shell)
    elif options.role:
        lines = _switched(options)
    else:
        from rolecall.cli.shell_functions import FUNCTIONS

        lines = FUNCTIONS[options.shell]
    sys.stdout.write(lines)
    sys.stdout.flush()
    return int(Exit.DONE)


def _switched(options: argparse.Namespace) -> str:
    from rolecall.cli.command import request_of
    from rolecall.cli.handing import Asking

    handed = Asking(request_of(options), os.environ).first()
    return switched(options.shell, foreign(os.environ), handed.variables())


def switched(shell: str, gone: Iterable[str], new: Mapping[str, str]) -> str:
    """Lines for `shell` that drop the variables `gone` and set `new`.

    Names of variables that no shell could have set are left alone: they could hold anything.
    """
    drop, put = _UNSET[shell], _SET[shell]
    lines = [drop(name) for name in gone if name not in new and _is_name(name)]
    return "".join(f"{line}\n" for line in (*lines, *(put(*one) for one in new.items())))


def left(shell: str) -> str:
    """Lines for `shell` that take everything back that a switch has set."""
    drop = _UNSET[shell]
    return "".join(f"{drop(name)}\n" for name in (*VARIABLES, ROLE_VARIABLE))


def _is_name(name: str) -> bool:
    return name.isascii() and name.isidentifier()
