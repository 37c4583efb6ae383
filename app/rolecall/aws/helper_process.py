"""Helper process: runs the program of an accepted credential_process line, within a time and a size.

Stands in for subprocess.Popen in botocore's ProcessProvider: no shell, no standard input, no terminal, its
standard error thrown away (helpers print tokens there, and botocore puts it into an exception's text). What
is still running when the time is up is killed together with everything it started.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

SECONDS: Final = 60.0
"""Longest a helper may take: most ask a keyring or a network; a person is asked by ourselves."""

LARGEST_OUTPUT: Final = 1 << 16
"""Bytes a helper may print. The answer of a real one is below 8 KiB."""

CHAIN: Final = "ROLECALL_CHAIN"
"""Variable that names the profiles whose helpers this one was started for, one a line."""

LONGEST_CHAIN: Final = 4
"""Helpers that may stand inside each other; the AWS CLI's export-credentials has the same limit."""


class EndlessChainError(Exception):
    """A helper was about to be started that (or too many of which) this one was started for."""


class NotStartedError(Exception):
    """There is no such program, or it may not be run. found: whether it is there."""

    def __init__(self, found: bool) -> None:
        super().__init__(found)
        self.found = found


class TooSlowError(Exception):
    """The helper did not end in time and was killed."""


class TooMuchError(Exception):
    """The helper printed more than any answer can have and was killed."""


class FailedError(Exception):
    """The helper ended with an exit code that is not 0; below 0, the signal that ended it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def inner_environment(environ: Mapping[str, str], profile: str) -> dict[str, str]:
    """The environment of the helper of `profile`. Raises EndlessChainError where it would call itself.

    A helper may well be `rolecall credential-process`: of another role that is a longer way, of this one
    it is a way without an end. The variable travels through whatever stands between.
    """
    chain = [name for name in environ.get(CHAIN, "").split("\n") if name]
    if profile in chain or len(chain) >= LONGEST_CHAIN:
        raise EndlessChainError
    return {**environ, CHAIN: "\n".join([*chain, profile])}


class Helper:
    """One run; called by botocore as `popen(words, stdout=…, stderr=…)`."""

    def __init__(self, environ: Mapping[str, str], seconds: float = SECONDS) -> None:
        """environ: all the helper gets. Nothing runs yet."""
        self._environ = dict(environ)
        self._seconds = seconds
        self.returncode = 0

    def __call__(self, words: Sequence[str], **_pipes: Any) -> Helper:
        """Start the program. Raises NotStartedError."""
        if not words:
            raise NotStartedError(found=False)
        try:
            self._process = subprocess.Popen(  # noqa: S603  a list, never a shell; accepted word for word
                list(words),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environ,
                start_new_session=True,
            )
        except FileNotFoundError:
            raise NotStartedError(found=False) from None
        except (OSError, ValueError):
            raise NotStartedError(found=True) from None
        return self

    def communicate(self) -> tuple[bytes, bytes]:
        """All that the program printed. Raises FailedError, TooSlowError, TooMuchError."""
        try:
            printed = self._waited() if sys.platform == "win32" else self._read()
        except BaseException:
            self._kill()
            raise
        finally:
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
        if self._process.returncode:
            raise FailedError(self._process.returncode)
        return printed, b""

    def _waited(self) -> bytes:
        try:
            return self._process.communicate(timeout=self._seconds)[0]
        except subprocess.TimeoutExpired:
            raise TooSlowError from None

    def _read(self) -> bytes:
        """What is printed until the program ends. A child it leaves behind may hold the pipe open."""
        deadline = time.monotonic() + self._seconds
        pipe = self._process.stdout
        if pipe is None:
            return b""
        parts: list[bytes] = []
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_READ)
            while (left := deadline - time.monotonic()) > 0:
                if not waiting.select(left):
                    break
                part = os.read(pipe.fileno(), 65536)
                if not part:
                    return self._ended(deadline, b"".join(parts))
                parts.append(part)
                if sum(map(len, parts)) > LARGEST_OUTPUT:
                    raise TooMuchError
        raise TooSlowError

    def _ended(self, deadline: float, printed: bytes) -> bytes:
        try:
            self._process.wait(max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            raise TooSlowError from None
        return printed

    def _kill(self) -> None:
        """End the program and all it started, one that left while its child holds the pipe included.

        It was not waited for yet, so its number is still its own.
        """
        if sys.platform == "win32":
            self._process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
