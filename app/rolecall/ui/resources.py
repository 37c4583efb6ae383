"""Resources: where icons and translations lie, in a checkout, a wheel and a frozen program alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder that holds `icons/` and `translations/`."""
    package = Path(__file__).parents[1]
    inside = package / "resources"
    return inside if inside.is_dir() else package.parents[1] / "resources"
