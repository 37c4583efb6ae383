"""Transport: botocore's HTTP with limits on every answer, its connections kept and shared.

Proxies, certificates and the time-outs of a connection are botocore's own. Owns no call and no client.
Imports botocore at its top: import this module inside functions only.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from queue import Empty, Full
from typing import Any, Final

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
    AWSPreparedRequest,
    AWSResponse,
)
from botocore.exceptions import ReadTimeoutError
from botocore.httpsession import URLLib3Session
from botocore.utils import get_environ_proxies

from rolecall.aws import first_try, wire
from rolecall.aws import limits as call_limits

MOST_CONNECTIONS: Final = 16
"""Connections kept to one endpoint: enough for ten roles signed in to at once."""


_SOCKET_OPTIONS: Final = [
    # Else a request waits 40 ms for the acknowledgement of the piece before it (Nagle's algorithm).
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
]


class Transports:
    """Connections shared by clients that trust the same certificates and use the same proxies.

    The call with a code and the one after it have different clients; so they need one handshake only.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, tuple[tuple[str, str], ...]], LimitedHttp] = {}

    def get(self, url: str, ca_bundle: str) -> LimitedHttp:
        """The HTTP for `url`; made at its first use. Not for two threads at once."""
        key = (ca_bundle, tuple(sorted(get_environ_proxies(url).items())))
        if key not in self._made:
            self._made[key] = limited_http(url, ca_bundle)
        return self._made[key]


_LOUD: Final = ("botocore", "boto3", "urllib3")


def keep_quiet() -> None:
    """Hold the loggers of botocore and urllib3 at INFO: at DEBUG they write whole requests."""
    first, others = _loud(len(logging.root.manager.loggerDict))
    for logger in first:
        if logger.level < _INFO:
            logger.setLevel(_INFO)
    for logger in others:  # sixty of them, at every call
        if 0 < logger.level < _INFO:
            logger.setLevel(_INFO)


_Loggers = tuple[logging.Logger, ...]
_INFO: Final = logging.INFO


@lru_cache(maxsize=1)
def _loud(_count: int) -> tuple[_Loggers, _Loggers]:
    """Their first loggers, and those below. _count: of all loggers; one more may be one of these."""
    first = tuple(logging.getLogger(name) for name in _LOUD)
    known = list(logging.root.manager.loggerDict.items())
    below = (b for a, b in known if a.startswith(_LOUD) and isinstance(b, logging.Logger))
    return first, tuple(logger for logger in below if logger not in first)


def limited_http(url: str, ca_bundle: str = "", proxied: bool = True) -> LimitedHttp:
    """botocore's HTTP for `url`: its proxies, and its order of where certificates come from.

    Source: botocore session.py and endpoint.py (ca_bundle, then REQUESTS_CA_BUNDLE, then its own).
    """
    keep_quiet()
    return LimitedHttp(
        verify=ca_bundle or os.environ.get("REQUESTS_CA_BUNDLE") or True,
        proxies=get_environ_proxies(url) if proxied else {},
        timeout=(call_limits.CONNECT_SECONDS, call_limits.READ_SECONDS),
        max_pool_connections=MOST_CONNECTIONS,
        socket_options=_SOCKET_OPTIONS,
    )


_Http: Any = object  # mixed in before botocore's connections, as botocore mixes in its own


class _InOnePiece(_Http):  # type: ignore[misc]
    """Sends head and body of a request together: urllib3 would wake the other side twice."""

    response_class: Any = wire.LimitedResponse
    _held: list[bytes] | None = None

    def request(self, *args: Any, **kwargs: Any) -> None:
        held: list[bytes] = []
        self._held = held
        try:
            super().request(*args, **kwargs)
        finally:
            self._held = None
        if held:
            self.send(b"".join(held))

    def send(self, data: Any) -> None:
        if self._held is None or not isinstance(data, bytes):
            super().send(data)
        else:
            self._held.append(data)


class _LimitedConnection(_InOnePiece, AWSHTTPConnection):  # type: ignore[misc]
    """Over plain HTTP."""


class _LimitedTlsConnection(_InOnePiece, AWSHTTPSConnection):  # type: ignore[misc]
    """Over TLS."""


class _Stack:
    """Connections that wait for use, the latest first. urllib3's own queue is made for waiting in it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: deque[object] = deque()  # its ends are safe for many threads

    def get(self, block: bool = False, timeout: float | None = None) -> object:  # noqa: ARG002
        """The latest, or queue.Empty: then one more is made."""
        try:
            return self._held.pop()
        except IndexError:
            raise Empty from None

    def put(self, item: object, block: bool = False) -> None:  # noqa: ARG002
        """Keep one more, or queue.Full: then it is closed."""
        if len(self._held) >= self._most:
            raise Full
        self._held.append(item)

    def qsize(self) -> int:
        """How many wait."""
        return len(self._held)


class _LimitedPool(AWSHTTPConnectionPool):
    ConnectionCls = _LimitedConnection
    QueueCls: Any = _Stack


class _LimitedTlsPool(AWSHTTPSConnectionPool):
    ConnectionCls = _LimitedTlsConnection
    QueueCls: Any = _Stack


class _Latest:
    """urllib3's way from an address to its connections, without a search where it is the one of before."""

    def __init__(self, find: Callable[..., AWSHTTPConnectionPool]) -> None:
        self._find = find
        self._latest: tuple[str, AWSHTTPConnectionPool] | None = None

    def __call__(self, url: str, *rest: Any) -> AWSHTTPConnectionPool:
        latest = self._latest
        if latest is not None and latest[0] == url and latest[1].pool is not None:
            return latest[1]
        found = self._find(url, *rest)
        self._latest = (url, found)
        return found


class LimitedHttp(URLLib3Session):
    """botocore's HTTP with the limits of `wire` on every answer. It follows no redirect."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # botocore hands this very mapping to each manager it makes, those for proxies included.
        pools: dict[str, Any] = vars(self)["_pool_classes_by_scheme"]
        pools.update(http=_LimitedPool, https=_LimitedTlsPool)
        find = vars(self)["_manager"].connection_from_url
        vars(self)["_manager"].connection_from_url = _Latest(find)

    def answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        """Send `request`; called by botocore's before-send event, in place of its own sending."""
        came = first_try.taken()
        if came is not None:
            return came
        limits = call_limits.current.get()
        if limits is not None and limits.left < call_limits.CONNECT_SECONDS:
            limits.timed_out = True
            raise ReadTimeoutError(endpoint_url=request.url, error="no time left")
        response: AWSResponse = self.send(request)
        return response
