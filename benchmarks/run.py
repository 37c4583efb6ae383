"""`make bench`: every number of the speed table, each a ratio to something measured in the same run.

Never asserted as a test: a busy machine makes noise, and noise must not fail a build. Names given on the
command line choose parts: `benchmarks/run.py load click`.
"""

from __future__ import annotations

import importlib
import platform
import sys
from collections.abc import Sequence

from measure import HEAD

PARTS = ("tray", "process", "click", "gui", "load", "search")


def main(wanted: Sequence[str]) -> int:
    """Print the table; returns the number of ratios over their target."""
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(HEAD)
    over = 0
    for part in wanted or PARTS:
        for row in importlib.import_module(f"bench_{part}").rows():
            print(row.line(), flush=True)
            over += row.target is not None and row.ratio > row.target
    print(f"{over} over target")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
