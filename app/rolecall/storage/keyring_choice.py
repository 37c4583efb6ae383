"""Keyring choice: which of the keyring library's backends keep a secret well enough; the others are refused."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from rolecall.domain.problem import ProblemError
from rolecall.storage import secret_item

SERVICE: Final = "rolecall"
"""The service name of every item; the user name is the identity's name."""

SAFE_BACKENDS: Final = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
"""The keyring library's backends that keep a secret in the system's own store."""


def refuse_unsafe_choice() -> None:
    """Refuse where a person chose another keyring for Python programs: theirs to choose, not ours to use.

    Raises ProblemError. Source: keyring documentation, "Configuring".
    """
    chosen = os.environ.get("PYTHON_KEYRING_BACKEND", "") or _configured_backend()
    if chosen and chosen not in SAFE_BACKENDS:
        raise ProblemError(secret_item.keyring_refused(chosen))


def _configured_backend() -> str:
    from configparser import Error, RawConfigParser

    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111
    parser = RawConfigParser()
    try:
        parser.read(Path(home) / "python_keyring" / "keyringrc.cfg", encoding="utf-8")
        return parser.get("backend", "default-keyring", fallback="").strip()
    except (Error, UnicodeDecodeError, OSError):
        return ""
