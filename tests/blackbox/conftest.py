"""The desktop that the tests of one file share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blackbox.accessible import Accessibility
from blackbox.desktop import Desktop


@pytest.fixture(scope="module")
def desktop() -> Iterator[Desktop]:
    """A desktop with a real tray host and an unlocked keyring."""
    with Desktop() as made:
        yield made


@pytest.fixture(scope="module")
def accessibility(desktop: Desktop) -> Iterator[Accessibility]:
    """The accessibility tree of `desktop`."""
    tree = Accessibility(desktop.accessibility_bus)
    yield tree
    tree.close()
