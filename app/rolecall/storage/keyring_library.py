"""Keyring library: the system's keyring as Python's `keyring` finds it, on macOS and Windows.

It is imported when first needed, and nothing here logs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from rolecall.domain.problem import ProblemError
from rolecall.domain.state import KeyringState
from rolecall.storage import secret_item
from rolecall.storage.keyring_choice import SAFE_BACKENDS, SERVICE

T = TypeVar("T")


class KeyringLibrary:
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
