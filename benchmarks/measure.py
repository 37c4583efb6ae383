"""How things are measured: cases in turn within one run, medians, and the median of per-round ratios.

A ratio to something measured in the same interleaved run does not change because a machine is slow.
"""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. value and base in `unit`; target: what the ratio should not exceed."""

    what: str
    value: float
    base: float
    unit: str
    ratio: float
    target: float | None = None
    base_name: str = ""

    def line(self) -> str:
        """The row as text."""
        verdict = "" if self.target is None else ("ok" if self.ratio <= self.target else "OVER")
        wanted = "" if self.target is None else f"≤ {self.target:g}"
        return (
            f"{self.what:58} {self.value:9.2f} {self.base:9.2f} {self.unit:4} "
            f"{self.ratio:6.2f} {wanted:>7} {verdict:4}  {self.base_name}"
        )


HEAD = f"{'':58} {'ours':>9} {'base':>9} {'':4} {'ratio':>6} {'target':>7}"


def interleaved(
    cases: Mapping[str, Callable[[], float]], rounds: int, warm_up: int = 1
) -> dict[str, list[float]]:
    """Run every case once per round, in turn; returns the values of each, warm-up rounds dropped."""
    found: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + warm_up):
        for name, case in cases.items():
            value = case()
            if number >= warm_up:
                found[name].append(value)
    return found


def row(
    what: str,
    found: Mapping[str, Sequence[float]],
    ours: str,
    base: str,
    unit: str,
    target: float | None = None,
) -> Row:
    """The Row of one case against its base: medians, and the median of the per-round ratios."""
    ratio = statistics.median(a / b for a, b in zip(found[ours], found[base], strict=True))
    return Row(
        what,
        statistics.median(found[ours]),
        statistics.median(found[base]),
        unit,
        ratio,
        target,
        base,
    )


def wall(command: Sequence[str], environ: Mapping[str, str]) -> float:
    """Milliseconds from exec to exit of a command that has to succeed."""
    start = time.perf_counter()
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000
