"""Session key: the random key that encrypts kept sessions. One item of the keyring, made when first needed.

Sessions themselves are too large for some keyrings (Windows takes 2,560 bytes); a key of 32 bytes fits each.
"""

from __future__ import annotations

import binascii
import json
import os
from base64 import b64decode, b64encode
from typing import Final, Protocol

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.storage.kept_box import KEY_BYTES
from rolecall.storage.secret_store import system_keyring

ITEM: Final = "sessions (encryption key)"
"""User name of the item. No identity can have it: their names hold neither space nor bracket."""

PATIENCE: Final = 3.0
"""Seconds the keyring gets while nobody is asked: commands and the first answers wait for it."""

LONGEST_QUESTION: Final = 30.0
"""Seconds a person gets to unlock the keyring."""


class SessionKey(Protocol):
    """Where the key comes from. Raises ProblemError with one of the keyring's codes."""

    def get(self, *, make: bool, interactive: bool) -> bytes | None:
        """The key; None where there is none and `make` is not set. interactive: the person may be asked."""
        ...


class KeyringSessionKey:
    """The key in this computer's keyring."""

    def get(self, *, make: bool, interactive: bool) -> bytes | None:
        """See `SessionKey`. An item that holds no key of ours is left alone and told."""
        seconds = LONGEST_QUESTION if interactive else PATIENCE
        keyring = system_keyring(interactive=interactive, seconds=seconds)
        value = keyring.read(ITEM)
        if value is None and make:
            keyring.write(ITEM, _packed(os.urandom(KEY_BYTES)))
            value = keyring.read(ITEM)  # another instance may have written at the same moment
        return None if value is None else _unpacked(value)


def _packed(key: bytes) -> str:
    return json.dumps({"version": 1, "key": b64encode(key).decode()})


def _unpacked(value: str) -> bytes:
    try:
        item = json.loads(value)
        key = b64decode(item["key"], validate=True)
        if item["version"] == 1 and len(key) == KEY_BYTES:
            return key
    except (ValueError, KeyError, TypeError, binascii.Error):
        pass  # told below, without the exception that holds the value
    raise ProblemError(_bad_item())


def _bad_item() -> Problem:
    return Problem(
        "session_key_bad",
        text(
            QT_TRANSLATE_NOOP("Problem", "The keyring's item {name} does not hold a key of ours"),
            name=ITEM,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "It was changed by another program or a newer version, and was left alone. "
                "Remove it in your keyring's own program to begin anew.",
            )
        ),
        exit=Exit.KEYRING,
    )
