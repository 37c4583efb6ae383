"""What a request may name: every word of ours and no other."""

from __future__ import annotations

import pytest

from rolecall.domain.export_format import FORMATS
from rolecall.domain.named import unknown
from rolecall.domain.presets import NAMES
from rolecall.domain.problem import Exit


def test_what_we_know_passes() -> None:
    for name in ("", *FORMATS):
        for preset in ("", *NAMES):
            assert unknown(name, preset, None) is None
    assert unknown("", "", 900) is None
    assert unknown("", "", 129600) is None


@pytest.mark.parametrize(
    ("values", "code", "told"),
    [
        (("yaml", "", None), "unknown_format", "Name one of: env, fish,"),
        (("", "all", None), "unknown_preset", "Name one of: read-only,"),
        (("", "", 899), "duration_out_of_range", "900 to 129600"),
        (("", "", 10**4000), "duration_out_of_range", "900 to 129600"),
    ],
)
def test_what_we_do_not_know_is_said_with_what_there_is(
    values: tuple[str, str, int | None], code: str, told: str
) -> None:
    problem = unknown(*values)
    assert problem is not None
    assert (problem.code, problem.exit) == (code, Exit.USAGE)
    assert told in str(problem.remedy)
    assert unknown("x" * 9999, "", None) is not None
    assert len("".join(problem.lines())) < 250
