"""Client: a botocore client of one service for the settings of one profile; botocore reads no file for it.

botocore decides endpoint, region, FIPS, dual-stack, CA bundle, proxies and retries, from the environment
and from the settings handed in; it never sees a profile file, so ten thousand profiles or a file that it
refuses cost nothing. Imports botocore at its top: import this module inside functions only.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, cast

import botocore.session
from botocore import UNSIGNED
from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
    AWSPreparedRequest,
    AWSResponse,
)
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import Credentials as BotoCredentials
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import ReadTimeoutError
from botocore.httpsession import URLLib3Session
from botocore.loaders import Loader, create_loader
from botocore.utils import get_environ_proxies, parse_timestamp

from rolecall import __version__
from rolecall.aws import limits as call_limits
from rolecall.aws import partitions, wire
from rolecall.domain.session import Credentials

_PROFILE: Final = "rolecall"

signing: ContextVar[Credentials] = ContextVar("signing")
"""The credentials that sign the call this thread is in. Set them, call, reset them."""


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """What tells one client from another.

    profile: the selected profile's settings; services: its `[services]` section, values as the file has
    them; partition: of the role, or of the identity; single_try: a call that carries a code is sent once.
    service: botocore's name of it.
    """

    profile: tuple[tuple[str, str], ...]
    services: tuple[tuple[str, str], ...]
    partition: str
    single_try: bool = False
    service: str = "sts"


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


def build(settings: ClientSettings, transports: Transports | None = None) -> BaseClient:
    """A client that signs with whatever `signing` holds. Raises botocore's errors for bad settings."""
    keep_quiet()
    session = _Session(settings)
    region = _region(session, settings)
    client = _create(session, region, settings)
    if not client.meta.region_name:
        # A custom endpoint without a region: botocore could not sign (NoRegionError at the first call).
        client = _create(session, partitions.of(settings.partition).default_region, settings)
    _connect(client, session, transports)
    return client


def build_unsigned(
    service: str, region: str, settings: ClientSettings, transports: Transports | None = None
) -> BaseClient:
    """A client of a service that takes unsigned calls. Raises botocore's errors for bad settings."""
    keep_quiet()
    session = _Session(settings)
    config = config_of(settings).merge(Config(signature_version=UNSIGNED))
    client: BaseClient = _new(session)(service, region_name=region, config=config)
    _connect(client, session, transports)
    return client


def endpoint_of(client: BaseClient, operation: str) -> str:
    """Where `client` would send `operation`, by the rules that botocore itself asks."""
    rules: Any = vars(client)["_ruleset_resolver"]
    model = client.meta.service_model.operation_model(operation)
    found = rules.construct_endpoint(operation_model=model, call_args={}, request_context={})
    return str(found.url).rstrip("/")


def _connect(client: BaseClient, session: _Session, transports: Transports | None) -> None:
    bundle: str | None = session.get_config_variable("ca_bundle")
    http = (transports or Transports()).get(client.meta.endpoint_url, bundle or "")
    answer: Any = http.answer
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register_last(f"before-send.{service}", answer)


def _new(session: _Session) -> Any:
    """`create_client` of any service; its stubs know each service by its literal name."""
    return session.create_client


def _create(session: _Session, region: str | None, settings: ClientSettings) -> BaseClient:
    return session.create_client(settings.service, region_name=region, config=config_of(settings))


_POOL: Final = 16
"""Connections kept to one endpoint: enough for ten roles signed in to at once."""


_SOCKET_OPTIONS: Final = [
    # Else a request waits 40 ms for the acknowledgement of the piece before it (Nagle's algorithm).
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
]


class _CallCredentials(BotoCredentials):
    """Answers with the credentials of the call this thread is in, so that one client serves all."""

    def __init__(self) -> None:
        super().__init__("unused", "unused")

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        held = signing.get()
        return ReadOnlyCredentials(
            held.access_key_id, held.secret_access_key, held.session_token or None
        )


class _Session(botocore.session.Session):
    def __init__(self, settings: ClientSettings) -> None:
        super().__init__(profile=_PROFILE)
        profile = {key: _nested(value) for key, value in settings.profile}
        services = {key: _nested(value) for key, value in settings.services}
        named = profile.get("services")
        self._given: dict[str, Any] = {"profiles": {_PROFILE: profile}, "services": {}}
        if services and isinstance(named, str):
            self._given["services"] = {named: services}
        parsers = self.get_component("response_parser_factory")
        parsers.set_parser_defaults(timestamp_parser=_timestamp)
        self.register_component("data_loader", _loader(self.get_config_variable("data_path")))

    @property
    def full_config(self) -> dict[str, Any]:
        return self._given

    def get_credentials(self) -> BotoCredentials:
        return _CallCredentials()


def local_session(settings: ClientSettings) -> botocore.session.Session:
    """A botocore session of these settings that reads no file and resolves no credentials."""
    return _Session(settings)


@cache
def _loader(data_path: str | None) -> Loader:
    """One loader of service models for all clients: each further client costs 5 ms, not 30."""
    return create_loader(data_path)


def _timestamp(value: Any) -> datetime:
    """botocore's own parser tries every form of date there is; STS writes only one, JSON services a number."""
    if isinstance(value, str) and "T" in value:
        return datetime.fromisoformat(value)
    return parse_timestamp(value)


def _nested(value: str) -> str | dict[str, str]:
    """`value` as botocore's configloader reads it: an indented block is a mapping of its own."""
    if not value.startswith("\n"):
        return value
    pairs = (line.split("=", 1) for line in value.splitlines() if line.strip())
    return {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}


def _region(session: _Session, settings: ClientSettings) -> str | None:
    """The region to ask, or None where botocore's own choice (the global endpoint) is right."""
    found: str | None = session.get_config_variable("region")
    own = dict(settings.profile).get("region")
    if found is None and settings.partition == "aws":
        return None
    if found is None or (not own and partitions.of_region(found).name != settings.partition):
        return partitions.of(settings.partition).default_region
    return found


def config_of(settings: ClientSettings) -> Config:
    """Time-outs, retries and name of every client of ours."""
    retries: dict[str, Any] = {}
    if not os.environ.get("AWS_RETRY_MODE") and "retry_mode" not in dict(settings.profile):
        retries["mode"] = "standard"
    if settings.single_try:
        retries["total_max_attempts"] = 1
    return Config(
        connect_timeout=call_limits.CONNECT_SECONDS,
        read_timeout=call_limits.READ_SECONDS,
        max_pool_connections=_POOL,
        retries=cast("Any", retries or None),
        # What follows is a third of a warm call's own time; `checks` looks at the parameters.
        parameter_validation=False,
        user_agent=f"rolecall/{__version__} botocore/{botocore.__version__}",
    )


_LOUD: Final = ("botocore", "boto3", "urllib3")


def keep_quiet() -> None:
    """Hold the loggers of botocore and urllib3 at INFO: at DEBUG they write whole requests."""
    for name in _LOUD:
        if logging.getLogger(name).level < logging.INFO:
            logging.getLogger(name).setLevel(logging.INFO)
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if not name.startswith(_LOUD) or not isinstance(logger, logging.Logger):
            continue
        if logging.NOTSET < logger.level < logging.INFO:
            logger.setLevel(logging.INFO)


def limited_http(url: str, ca_bundle: str = "", proxied: bool = True) -> LimitedHttp:
    """botocore's HTTP for `url`: its proxies, and its order of where certificates come from.

    Source: botocore session.py and endpoint.py (ca_bundle, then REQUESTS_CA_BUNDLE, then its own).
    """
    keep_quiet()
    return LimitedHttp(
        verify=ca_bundle or os.environ.get("REQUESTS_CA_BUNDLE") or True,
        proxies=get_environ_proxies(url) if proxied else {},
        timeout=(call_limits.CONNECT_SECONDS, call_limits.READ_SECONDS),
        max_pool_connections=_POOL,
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


class _LimitedPool(AWSHTTPConnectionPool):
    ConnectionCls = _LimitedConnection


class _LimitedTlsPool(AWSHTTPSConnectionPool):
    ConnectionCls = _LimitedTlsConnection


class LimitedHttp(URLLib3Session):
    """botocore's HTTP with the limits of `wire` on every answer. It follows no redirect."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # botocore hands this very mapping to each manager it makes, those for proxies included.
        pools: dict[str, Any] = vars(self)["_pool_classes_by_scheme"]
        pools.update(http=_LimitedPool, https=_LimitedTlsPool)

    def answer(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        """Send `request`; called by botocore's before-send event, in place of its own sending."""
        limits = call_limits.current.get()
        if limits is not None and limits.left < call_limits.CONNECT_SECONDS:
            limits.timed_out = True
            raise ReadTimeoutError(endpoint_url=request.url, error="no time left")
        response: AWSResponse = self.send(request)
        return response


def settings_of(
    profile: Mapping[str, str],
    services: tuple[tuple[str, str], ...],
    partition: str,
    single_try: bool,
    service: str = "sts",
) -> ClientSettings:
    """`ClientSettings` in one order, so that equal settings share a client."""
    return ClientSettings(tuple(sorted(profile.items())), services, partition, single_try, service)
