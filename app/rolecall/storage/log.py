"""The log: off unless ROLECALL_LOG asks for it, a private file of bounded size. Owns where, not what.

Nothing secret is ever handed to a logger; the loggers of botocore and urllib3, which would write whole
requests, are held at INFO by aws/sts.py and do not reach this file at all.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from io import FileIO, TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

LARGEST: Final = 5 * 1024 * 1024
"""Bytes of one log file; one former file is kept beside it."""

_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def set_up(environ: Mapping[str, str], path: Path) -> bool:
    """Write the program's log to `path` if ROLECALL_LOG names a level. Returns whether it does."""
    level = _LEVELS.get(environ.get("ROLECALL_LOG", "").lower())
    logger = logging.getLogger("rolecall")
    logger.propagate = False
    if level is None:
        return False
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _PrivateFile(path, maxBytes=LARGEST, backupCount=1, encoding="utf-8")
    except OSError:
        return False  # a log that cannot be written must not keep anybody from working
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)
    return True


class _PrivateFile(RotatingFileHandler):
    """0600 from the first byte, also after it was rotated. What cannot be written (a full disk) is dropped."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(FileIO(descriptor, "a"), encoding="utf-8", line_buffering=True)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's name
        """Say nothing: logging would print a traceback, with the record, on a person's stderr."""
