"""Secret store: long-lived keys in the system's keyring, one item per identity. The only home of keyring code.

Never writes a key anywhere else: without a keyring it says so. keyring, secretstorage and jeepney are
imported when first needed, and nothing here logs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Credentials
from rolecall.domain.state import KeyringState
from rolecall.storage import secret_item
from rolecall.storage.secret_item import item_missing, packed, unpacked

if TYPE_CHECKING:
    from secretstorage import Collection, Item

T = TypeVar("T")

SERVICE: Final = "rolecall"
"""The service name of every item; the user name is the identity's name."""

LONGEST: Final = 30.0
"""Seconds any call may take, a question to the person included."""

SAFE_BACKENDS: Final = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
"""The keyring library's backends that keep a secret in the system's own store."""


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
    return _SecretService(interactive=interactive, seconds=seconds) if linux else _Library()


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


class _SecretService:
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


class _Library:
    """What the keyring library finds, if that is on the list of safe backends."""

    def state(self) -> KeyringState:
        self._call(lambda backend: backend)
        return KeyringState.OPEN

    def read(self, identity: str) -> str | None:
        found: str | None = self._call(lambda backend: backend.get_password(SERVICE, identity))
        return found

    def write(self, identity: str, value: str) -> None:
        self._call(lambda backend: backend.set_password(SERVICE, identity, value))

    def delete(self, identity: str) -> None:
        if self.read(identity) is not None:
            self._call(lambda backend: backend.delete_password(SERVICE, identity))

    def _call(self, work: Callable[[Any], T]) -> T:
        import keyring
        from keyring import errors

        try:
            return work(_safe(keyring.get_keyring()))
        except (errors.KeyringLocked, errors.InitError):
            raise ProblemError(secret_item.keyring_locked()) from None
        except errors.NoKeyringError:
            raise ProblemError(secret_item.keyring_absent("no backend")) from None
        except errors.KeyringError as error:
            raise ProblemError(secret_item.keyring_failed(type(error).__name__)) from None


def _safe(backend: Any) -> Any:
    """The backend, or the first of a chain if every one of the chain is safe. Raises ProblemError."""
    name = _backend_name(backend)
    if name == "keyring.backends.chainer.ChainerBackend" and backend.backends:
        safe = [_safe(each) for each in backend.backends]
        return safe[0]
    if name == "keyring.backends.fail.Keyring":
        raise ProblemError(secret_item.keyring_absent("no backend"))
    if name not in SAFE_BACKENDS:
        raise ProblemError(secret_item.keyring_refused(name))
    return backend


def _backend_name(backend: Any) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"
