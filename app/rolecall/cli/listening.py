"""Whether an app of this user and environment listens. A file of its own: every start of the window asks."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping


def is_listening(environ: Mapping[str, str]) -> bool:
    """Whether somebody has the socket that `environ` means; nothing is said to them."""
    if sys.platform == "win32":
        return False
    from rolecall import fast_client

    raw = {os.fsencode(name): os.fsencode(value) for name, value in environ.items()}
    client = fast_client.connect(fast_client.socket_path(raw))
    if client is None:
        return fast_client.found_silent()
    client.close()
    return True
