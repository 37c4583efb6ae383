"""Where one long-lived key lies, and how a new one comes into its place: the keyring, or AWS's files.

A new key waits in an item of its own in the keyring until it has proved itself. Where there is no keyring, a
key of the AWS files waits in memory alone: a crash then costs the new key, never the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.role import SourceKind
from rolecall.domain.session import Credentials
from rolecall.storage.aws_credentials import read_keys, replace_keys
from rolecall.storage.paths import AwsFiles
from rolecall.storage.secret_store import SecretStore

_SUFFIX: Final = " (next key)"
"""No identity can be called so: their names hold neither space nor bracket."""


class KeyPlace(Protocol):
    """The place of one key. Every method raises ProblemError."""

    def current(self) -> Credentials:
        """The key in use."""
        ...

    def hold(self, new: Credentials) -> None:
        """Keep a new key beside the one in use."""
        ...

    def held(self) -> Credentials | None:
        """The new key, or None where there is none."""
        ...

    def switch(self, is_old: Callable[[str], bool], new: Credentials) -> None:
        """Put the new key into the old one's place, wherever that stands. Harmless when done before.

        is_old: tells the old key by its ID.
        """
        ...

    def drop(self) -> None:
        """Forget the new key beside the one in use."""
        ...


class _Waiting:
    """The item in which a new key waits."""

    def __init__(self, name: str, store: SecretStore) -> None:
        self._item, self._store = name + _SUFFIX, store
        self._memory: Credentials | None = None

    def put(self, new: Credentials, *, may_fail: bool) -> None:
        self._memory = new
        try:
            self._store.put(self._item, new)
        except ProblemError as error:
            if not may_fail or error.problem.exit is not Exit.KEYRING:
                raise

    def get(self, *, may_fail: bool) -> Credentials | None:
        if self._memory is not None:
            return self._memory
        try:
            return self._store.get(self._item)
        except ProblemError as error:
            if error.problem.code == "keyring_item_missing":
                return None
            if may_fail and error.problem.exit is Exit.KEYRING:
                return None
            raise

    def drop(self, *, may_fail: bool) -> None:
        self._memory = None
        try:
            self._store.remove(self._item)
        except ProblemError as error:
            if not may_fail or error.problem.exit is not Exit.KEYRING:
                raise


class KeyringPlace:
    """A key in the keyring. A copy of it in AWS's files is replaced with it, lest that one dies unseen."""

    def __init__(self, name: str, store: SecretStore, files: AwsFiles) -> None:
        self._name, self._store, self._files = name, store, files
        self._waiting = _Waiting(name, store)

    def current(self) -> Credentials:
        return self._store.get(self._name)

    def hold(self, new: Credentials) -> None:
        self._waiting.put(new, may_fail=False)

    def held(self) -> Credentials | None:
        return self._waiting.get(may_fail=False)

    def switch(self, is_old: Callable[[str], bool], new: Credentials) -> None:
        replace_keys(self._files, is_old, new)  # first: the keyring tells what is still to be done
        if self._store.get(self._name) != new:
            self._store.put(self._name, new)

    def drop(self) -> None:
        self._waiting.drop(may_fail=False)


class FilePlace:
    """A key in AWS's files, in every profile that holds it."""

    def __init__(self, profile: str, store: SecretStore, files: AwsFiles) -> None:
        self._profile, self._files = profile, files
        self._waiting = _Waiting(profile, store)

    def current(self) -> Credentials:
        return read_keys(self._files, self._profile)

    def hold(self, new: Credentials) -> None:
        self._waiting.put(new, may_fail=True)

    def held(self) -> Credentials | None:
        return self._waiting.get(may_fail=True)

    def switch(self, is_old: Callable[[str], bool], new: Credentials) -> None:
        replace_keys(self._files, is_old, new)

    def drop(self) -> None:
        self._waiting.drop(may_fail=True)


def place_of(
    kind: SourceKind, name: str, store: SecretStore, files: AwsFiles
) -> KeyringPlace | FilePlace:
    """The place of the key called `name`. kind: KEYS_IN_KEYRING or KEYS_IN_FILE."""
    made: Callable[[str, SecretStore, AwsFiles], KeyringPlace | FilePlace]
    made = KeyringPlace if kind is SourceKind.KEYS_IN_KEYRING else FilePlace
    return made(name, store, files)
