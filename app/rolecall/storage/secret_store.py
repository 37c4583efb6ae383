"""Secret store: long-lived keys in the system's keyring, one item per identity.

Never writes a key anywhere else: without a keyring it says so. What speaks to the keyring is imported
when first needed, and nothing here logs.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final, Protocol, TypeVar

from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Credentials
from rolecall.domain.state import KeyringState
from rolecall.storage import secret_item
from rolecall.storage.secret_item import item_missing, packed, unpacked

T = TypeVar("T")

LONGEST: Final = 30.0
"""Seconds any call may take, a question to the person included."""


class SecretStore(Protocol):
    """Keeps the long-lived key of each identity. All calls end within the store's time limit.

    Each raises ProblemError (exit code 7) with one of the codes keyring_absent, keyring_locked,
    keyring_refused, keyring_item_missing, keyring_item_bad, keyring_failed.
    """

    def state(self) -> KeyringState:
        """What is known of the keyring now, without asking a person anything."""
        ...

    def get(self, identity: str) -> Credentials:
        """The key of `identity`."""
        ...

    def put(self, identity: str, credentials: Credentials) -> None:
        """Keep a key, in place of a former one of the same name; read back before it returns."""
        ...

    def remove(self, identity: str) -> None:
        """Remove the key of `identity`; one that is not there is no error."""
        ...


class MemorySecretStore:
    """A keyring in memory, for the demo: gone with the process."""

    def __init__(self) -> None:
        self._items: dict[str, Credentials] = {}

    def state(self) -> KeyringState:
        """Always open."""
        return KeyringState.OPEN

    def get(self, identity: str) -> Credentials:
        """The key of `identity`. Raises ProblemError (keyring_item_missing)."""
        if identity not in self._items:
            raise ProblemError(item_missing(identity))
        return self._items[identity]

    def put(self, identity: str, credentials: Credentials) -> None:
        """Keep a key."""
        self._items[identity] = unpacked(identity, packed(credentials))

    def remove(self, identity: str) -> None:
        """Remove a key."""
        self._items.pop(identity, None)


class SystemSecretStore:
    """The keyring of this computer: the Secret Service on Linux, else what the keyring library finds.

    interactive: whether a locked keyring may ask the person to unlock it. seconds: limit of each call.
    """

    def __init__(self, *, interactive: bool = False, seconds: float = LONGEST) -> None:
        self._keyring = system_keyring(interactive=interactive, seconds=seconds)

    def state(self) -> KeyringState:
        """What is known of the keyring now; nobody is asked."""
        try:
            return self._keyring.state()
        except ProblemError as error:
            return _STATES.get(error.problem.code, KeyringState.ABSENT)

    def get(self, identity: str) -> Credentials:
        """The key of `identity`. Raises ProblemError."""
        value = self._keyring.read(identity)
        if value is None:
            raise ProblemError(item_missing(identity))
        return unpacked(identity, value)

    def put(self, identity: str, credentials: Credentials) -> None:
        """Keep a key and read it back. Raises ProblemError; a former key is then still there or gone."""
        value = packed(credentials)
        self._keyring.write(identity, value)
        if self._keyring.read(identity) != value:
            raise ProblemError(secret_item.keyring_failed("it did not keep the key"))

    def remove(self, identity: str) -> None:
        """Remove a key. Raises ProblemError."""
        self._keyring.delete(identity)


def system_store(environ: Mapping[str, str], *, interactive: bool = True) -> SecretStore:
    """The store for this environment: memory for a demo's own instance, else the computer's keyring."""
    if environ.get("ROLECALL_DEMO_URL"):
        return MemorySecretStore()
    return SystemSecretStore(interactive=interactive)


def system_keyring(*, interactive: bool, seconds: float) -> Keyring:
    """This computer's keyring. interactive: a locked one may ask the person; seconds: limit of each call."""
    linux = sys.platform.startswith("linux")
    if linux:
        from rolecall.storage.secret_service import SecretService

        return SecretService(interactive=interactive, seconds=seconds)
    from rolecall.storage.keyring_library import KeyringLibrary

    return KeyringLibrary()


_STATES: Final = {
    "keyring_locked": KeyringState.LOCKED,
    "keyring_refused": KeyringState.REFUSED,
}


class Keyring(Protocol):
    """Texts by the name of their item; every method raises ProblemError."""

    def state(self) -> KeyringState: ...
    def read(self, identity: str) -> str | None: ...
    def write(self, identity: str, value: str) -> None: ...
    def delete(self, identity: str) -> None: ...
