"""CRT: keeps AWS's C library (awscrt) out of the program until a profile of `aws login` needs it.

botocore loads it wherever it is installed, for signatures and checksums that we never ask for; that takes
0.1 s of every command and makes the same program behave in two ways. What botocore's login provider needs
of it is one class, looked up when it signs.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any, Final

_NAME: Final = "awscrt"


def keep_out() -> None:
    """From now on an import of awscrt fails, as where it is not installed. Before botocore is imported."""
    modules: dict[str, Any] = sys.modules
    modules.setdefault(_NAME, None)


def let_in() -> None:
    """Give botocore's login provider the class it signs with, if awscrt is installed."""
    import botocore.credentials

    modules: dict[str, Any] = sys.modules
    if modules.get(_NAME, ...) is None:
        del modules[_NAME]
    try:
        found: Any = importlib.import_module(f"{_NAME}.crypto").EC
    except (ImportError, AttributeError):
        found = None
    provider: Any = botocore.credentials
    provider.EC = found
