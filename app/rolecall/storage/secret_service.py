"""Secret Service: the keyring of a Linux desktop, spoken to over D-Bus; every call ends in time.

secretstorage and jeepney are imported when first needed, and nothing here logs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rolecall.domain.problem import ProblemError
from rolecall.domain.state import KeyringState
from rolecall.storage import secret_item
from rolecall.storage.keyring_choice import SERVICE, refuse_unsafe_choice

if TYPE_CHECKING:
    from secretstorage import Collection, Item


class SecretService:
    """The Secret Service over D-Bus, spoken directly: the keyring library waits for ever at a prompt.

    Items have the attributes that library gives its own, so that either can read the other's.
    Source: Secret Service API Draft 0.2; keyring/backends/SecretService.py.
    """

    def __init__(self, *, interactive: bool, seconds: float) -> None:
        self._interactive = interactive
        self._seconds = seconds

    def state(self) -> KeyringState:
        with self._default(interactive=False):
            return KeyringState.OPEN

    def read(self, identity: str) -> str | None:
        with self._default(interactive=self._interactive) as collection:
            for item in self._items(collection, identity):
                return item.get_secret().decode(errors="replace")
        return None

    def write(self, identity: str, value: str) -> None:
        attributes = {**_attributes(identity), "application": "Python keyring library"}
        label = f"Password for '{identity}' on '{SERVICE}'"
        with self._default(interactive=self._interactive) as collection:
            collection.create_item(label, attributes, value.encode(), replace=True)

    def delete(self, identity: str) -> None:
        with self._default(interactive=self._interactive) as collection:
            for item in self._items(collection, identity):
                item.delete()

    def _items(self, collection: Collection, identity: str) -> list[Item]:
        return list(collection.search_items(_attributes(identity)))

    @contextmanager
    def _default(self, *, interactive: bool) -> Iterator[Collection]:
        """The unlocked default collection, over a connection of its own; closed afterwards."""
        refuse_unsafe_choice()
        with _translated(), _connected(self._seconds) as connection:
            collection = _default_collection(connection, interactive=interactive)
            if collection.is_locked():
                if not interactive:
                    raise ProblemError(secret_item.keyring_locked())
                _unlock(collection, connection.left())
            yield collection


def _unlock(collection: Collection, seconds: float) -> None:
    """Have the keyring ask the person. Raises ProblemError if nobody answers, or says no."""
    try:
        dismissed = collection.unlock(timeout=seconds)
    except TimeoutError:
        raise ProblemError(secret_item.keyring_locked()) from None
    if dismissed:
        raise ProblemError(secret_item.keyring_dismissed())


def _attributes(identity: str) -> dict[str, str]:
    return {"service": SERVICE, "username": identity}


class _Bounded:
    """A bus connection on which nothing waits beyond one deadline."""

    def __init__(self, connection: Any, seconds: float) -> None:
        self._connection = connection
        self._deadline = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, never less than a moment."""
        return max(self._deadline - time.monotonic(), 0.001)

    def send_and_get_reply(self, message: Any, *, timeout: float | None = None) -> Any:
        return self._connection.send_and_get_reply(message, timeout=self._within(timeout))

    def filter(self, rule: Any) -> Any:
        return self._connection.filter(rule)

    def recv_until_filtered(self, queue: Any, *, timeout: float | None = None) -> Any:
        return self._connection.recv_until_filtered(queue, timeout=self._within(timeout))

    def _within(self, timeout: float | None) -> float:
        return self.left() if timeout is None else min(timeout, self.left())


@contextmanager
def _connected(seconds: float) -> Iterator[_Bounded]:
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]
    from secretstorage import check_service_availability
    from secretstorage.util import add_match_rules

    try:
        connection = open_dbus_connection(bus="SESSION", auth_timeout=min(seconds, 5.0))
    except (KeyError, OSError, ValueError, RuntimeError):  # the last: an address that is no socket
        raise ProblemError(secret_item.keyring_absent("no session bus")) from None
    try:
        bounded: Any = _Bounded(connection, seconds)
        add_match_rules(bounded)
        if not check_service_availability(bounded):
            raise ProblemError(secret_item.keyring_absent("no Secret Service on the session bus"))
        yield bounded
    finally:
        connection.close()


def _default_collection(connection: Any, *, interactive: bool) -> Collection:
    from secretstorage import Collection, ItemNotFoundException, create_collection

    try:
        return Collection(connection)
    except ItemNotFoundException:
        if not interactive:
            raise ProblemError(secret_item.keyring_absent("no keyring was made yet")) from None
        return create_collection(connection, "Default", "default")


@contextmanager
def _translated() -> Iterator[None]:
    """Errors of the libraries as Problems; their texts never hold a secret, but are kept short."""
    from jeepney import DBusErrorResponse  # type: ignore[import-untyped]
    from secretstorage import exceptions

    try:
        yield
    except exceptions.LockedException:
        raise ProblemError(secret_item.keyring_locked()) from None
    except exceptions.PromptDismissedException:
        raise ProblemError(secret_item.keyring_dismissed()) from None
    except exceptions.SecretServiceNotAvailableException:
        raise ProblemError(secret_item.keyring_absent("the Secret Service went away")) from None
    except TimeoutError:
        raise ProblemError(secret_item.keyring_failed("no answer in time")) from None
    except DBusErrorResponse as error:
        raise ProblemError(secret_item.keyring_failed(str(error.name))) from None
    except (exceptions.SecretStorageException, OSError) as error:
        raise ProblemError(secret_item.keyring_failed(type(error).__name__)) from None
