"""`rolecall credential-process` for a live session against the floor of any Python program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench_tray import PYTHON, ROLECALL, Trays, demo_roles, end
from measure import Row, interleaved, row, wall

from blackbox.desktop import Desktop
from rolecall.cli.files import helper


def rows(rounds: int = 31) -> Iterator[Row]:
    """The entry point, the very line that `wire` writes, and what both stand on."""
    command = str(Path(sys.executable).parent / "rolecall")
    with Desktop() as desktop, demo_roles(desktop) as more:
        app, _ = Trays(desktop).start(ROLECALL, more)
        environ = {**desktop.environ, **more, "PATH": os.environ["PATH"]}
        try:
            subprocess.run(
                [command, "login", "ten-0"], env=environ, check=True, stdout=subprocess.DEVNULL
            )
            found = interleaved(
                {
                    "python -S -E -c pass": lambda: wall(
                        [PYTHON, "-S", "-E", "-c", "pass"], environ
                    ),
                    "entry point": lambda: wall([command, "credential-process", "ten-0"], environ),
                    "wired line": lambda: wall(
                        [*helper(), "credential-process", "ten-0"],
                        environ,
                    ),
                },
                rounds,
                warm_up=3,
            )
        finally:
            end(app)
    base = "python -S -E -c pass"
    yield row("rolecall credential-process, live session", found, "entry point", base, "ms", 3.0)
    yield row("the line of wire, live session", found, "wired line", base, "ms", 1.15)
