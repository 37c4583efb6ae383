"""Seed store: seeds of MFA devices in the system's keyring, one item per device, where the person chose so.

Whoever can read the keyring of an unlocked computer can then give the second factor too; the guide and the
dialog that adds a seed say so. Nothing here logs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.storage import secret_item
from rolecall.storage.secret_store import LONGEST, system_keyring

if TYPE_CHECKING:
    from rolecall.domain.totp import Seed


class SeedStore(Protocol):
    """Keeps the seed of each device. Every method raises ProblemError (exit code 7)."""

    def get(self, serial: str) -> Seed:
        """The seed of a device."""
        ...

    def put(self, serial: str, seed: Seed) -> None:
        """Keep a seed, in place of a former one of the same device; read back before it returns."""
        ...

    def remove(self, serial: str) -> None:
        """Remove a seed; one that is not there is no error."""
        ...


class MemorySeeds:
    """Seeds in memory, for the demo: gone with the process."""

    def __init__(self) -> None:
        self._items: dict[str, Seed] = {}

    def get(self, serial: str) -> Seed:
        """The seed of a device. Raises ProblemError (seed_missing)."""
        if serial not in self._items:
            raise ProblemError(_missing(serial))
        return self._items[serial]

    def put(self, serial: str, seed: Seed) -> None:
        """Keep a seed."""
        self._items[serial] = seed

    def remove(self, serial: str) -> None:
        """Remove a seed."""
        self._items.pop(serial, None)


class KeyringSeeds:
    """Seeds in this computer's keyring. interactive: a locked one may ask the person to unlock it."""

    def __init__(self, *, interactive: bool = True) -> None:
        self._keyring = system_keyring(interactive=interactive, seconds=LONGEST)

    def get(self, serial: str) -> Seed:
        """The seed of a device. Raises ProblemError."""
        value = self._keyring.read(_item(serial))
        if value is None:
            raise ProblemError(_missing(serial))
        return _unpacked(serial, value)

    def put(self, serial: str, seed: Seed) -> None:
        """Keep a seed and read it back. Raises ProblemError."""
        value = _packed(seed)
        self._keyring.write(_item(serial), value)
        if self._keyring.read(_item(serial)) != value:
            raise ProblemError(secret_item.keyring_failed("it did not keep the seed"))

    def remove(self, serial: str) -> None:
        """Remove a seed. Raises ProblemError."""
        self._keyring.delete(_item(serial))


def seed_store(environ: Mapping[str, str], *, interactive: bool = True) -> SeedStore:
    """The store for this environment: memory for a demo's own instance, else the computer's keyring."""
    if environ.get("ROLECALL_DEMO_URL"):
        return MemorySeeds()
    return KeyringSeeds(interactive=interactive)


def _item(serial: str) -> str:
    """User name of the item. No identity can have it: their names hold no space."""
    return f"MFA seed of {serial}"


def _packed(seed: Seed) -> str:
    import json
    from base64 import b64encode

    secret = b64encode(seed.secret).decode()
    return json.dumps({"version": 1, "totp": secret, "algorithm": seed.algorithm})


def _unpacked(serial: str, value: str) -> Seed:
    import json
    from base64 import b64decode

    from rolecall.domain.totp import Seed

    try:
        item = json.loads(value)
        secret = b64decode(item["totp"], validate=True)
        algorithm = item["algorithm"]
        whole = (
            item["version"] == 1 and algorithm in {"sha1", "sha256", "sha512"} and len(secret) > 0
        )
    except (ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise ProblemError(_bad(serial)) from None
    return Seed(secret, algorithm)


def _missing(serial: str) -> Problem:
    return Problem(
        "seed_missing",
        text(QT_TRANSLATE_NOOP("Problem", "The keyring has no seed of {serial}"), serial=serial),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "Add it again in the settings, under “Keys”, or type the code."
            )
        ),
        exit=Exit.KEYRING,
    )


def _bad(serial: str) -> Problem:
    return Problem(
        "seed_bad",
        text(
            QT_TRANSLATE_NOOP("Problem", "The keyring’s item for {serial} does not hold a seed"),
            serial=serial,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "It was changed by another program or a newer version, and was left alone. Add the seed "
                "again to replace it, or type the code.",
            )
        ),
        exit=Exit.KEYRING,
    )
