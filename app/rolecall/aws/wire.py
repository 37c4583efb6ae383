"""Wire: reads HTTP answers within a time and a size, whatever the other side does.

Keeps to `limits.py`. Must not know what is asked or answered; standard library only.
A socket's own time-out starts anew with each byte, so a server that sends one byte a second could
hold a call for ever; here every wait ends at the call's deadline.
"""

from __future__ import annotations

import http.client
import io
import selectors
import socket
import ssl
from collections.abc import Callable
from typing import Any

from rolecall.aws import limits
from rolecall.aws.limits import CallLimits, CancelledError, TooLargeError


class _AsTheyCame(http.client.HTTPMessage):
    """Header lines without a search of each, at each look, for letters that a header cannot have here."""

    def items(self) -> list[tuple[str, Any]]:
        return list(self.raw_items())


class LimitedResponse(http.client.HTTPResponse):
    """An HTTP answer that keeps to the limits of the current call from its first byte on."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        own = limits.current.get()
        if own is not None:
            self.fp: Any = io.BufferedReader(_LimitedReader(sock, self.fp.detach(), own))

    def begin(self) -> None:
        super().begin()
        self.msg.__class__ = _AsTheyCame


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
        if self._limits.cancelled is not None:
            self._await(self._limits.cancelled, min(limits.READ_SECONDS, left))
        self._sock.settimeout(min(limits.READ_SECONDS, left))
        try:
            count = self._raw.readinto(buffer)
        except TimeoutError:
            self._limits.timed_out = True
            raise
        self._seen += count or 0
        if self._seen > limits.LARGEST_ANSWER:
            self._limits.too_large = True
            raise TooLargeError("the answer is too long")
        return count

    def _await(self, cancelled: Callable[[], bool], patience: float) -> None:
        """Return when there is something to read, or `patience` is over. Raises CancelledError."""
        if isinstance(self._sock, ssl.SSLSocket) and self._sock.pending():
            return
        waited = 0.0
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, selectors.EVENT_READ)
            while waited < patience:
                if cancelled():
                    raise CancelledError("nobody waits for the answer")
                if selector.select(limits.CANCEL_SECONDS):
                    return
                waited += limits.CANCEL_SECONDS

    def close(self) -> None:
        self._raw.close()
        super().close()
