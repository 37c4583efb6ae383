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

from rolecall.domain.export_format import drop, quote_fish, quote_posix, unset
from rolecall.domain.handed import ROLE_VARIABLE, foreign
from rolecall.domain.problem import Exit

_SET: Final[Mapping[str, Callable[[str, str], str]]] = {
    "bash": lambda name, value: f"export {name}={quote_posix(value)}",
    "zsh": lambda name, value: f"export {name}={quote_posix(value)}",
    "fish": lambda name, value: f"set -gx {name} {quote_fish(value)}",
}

_FORMAT: Final = {"bash": "env", "zsh": "env", "fish": "fish"}
"""The export format whose lines each shell understands."""


def shell_init(options: argparse.Namespace) -> int:
    """Print the functions, or the lines that switch to a role or leave it. Raises ProblemError."""
    if options.unset:
        lines = left(options.shell)
    elif options.role is not None:
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
    """Lines for `shell` that drop the variables `gone` and set `new`, the role's name among them."""
    put = _SET[shell]
    lines = drop(
        _FORMAT[shell], (name for name in gone if name not in new), new.get(ROLE_VARIABLE, "")
    )
    return lines + "".join(f"{put(*one)}\n" for one in new.items())


def left(shell: str) -> str:
    """Lines for `shell` that take everything back that a switch has set."""
    return unset(_FORMAT[shell], [ROLE_VARIABLE])
