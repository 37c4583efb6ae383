"""Wire: reads HTTP answers within a time and a size, whatever the other side does.

Owns the limits of one call. Must not know what is asked or answered; standard library only.
A socket's own time-out starts anew with each byte, so a server that sends one byte a second could
hold a call for ever; here every wait ends at the call's deadline.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0
CALL_SECONDS: Final = 15.0
"""Longest wait for a connection, for a piece of an answer, and for a whole call with its retries."""

LARGEST_ANSWER: Final = 1 << 20
"""Bytes of an answer, headers included. STS's largest answer is below 16 KiB."""


class TooLargeError(OSError):
    """The answer is longer than any answer of AWS."""


@dataclass(slots=True)
class CallLimits:
    """What one call may still spend. deadline: on the monotonic clock, in seconds."""

    deadline: float
    timed_out: bool = False
    too_large: bool = False

    @classmethod
    def start(cls) -> CallLimits:
        """The limits of a call that begins now."""
        return cls(time.monotonic() + CALL_SECONDS)

    @property
    def left(self) -> float:
        """Seconds until the deadline; may be negative."""
        return self.deadline - time.monotonic()


current: ContextVar[CallLimits | None] = ContextVar("current", default=None)
"""The limits of the call this thread is in. Set them, call, reset them."""


class LimitedResponse(http.client.HTTPResponse):
    """An HTTP answer that keeps to the limits of the current call from its first byte on."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        limits = current.get()
        if limits is not None:
            self.fp: Any = io.BufferedReader(_LimitedReader(sock, self.fp.detach(), limits))


class _LimitedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, raw: io.RawIOBase, limits: CallLimits) -> None:
        self._sock = sock
        self._raw = raw
        self._limits = limits
        self._seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._limits.left
        if left <= 0:
            self._limits.timed_out = True
            raise TimeoutError("the answer did not arrive in time")
        self._sock.settimeout(min(READ_SECONDS, left))
        try:
            count = self._raw.readinto(buffer)
        except TimeoutError:
            self._limits.timed_out = True
            raise
        self._seen += count or 0
        if self._seen > LARGEST_ANSWER:
            self._limits.too_large = True
            raise TooLargeError("the answer is too long")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
