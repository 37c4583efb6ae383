"""Client: a botocore client of one service for the settings of one profile; botocore reads no file for it.

botocore decides endpoint, region, FIPS, dual-stack, CA bundle, proxies and retries, from the environment
and from the settings handed in; it never sees a profile file, so ten thousand profiles or a file that it
refuses cost nothing. Imports botocore at its top: import this module inside functions only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, cast

import botocore.session
from botocore import UNSIGNED
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import Credentials as BotoCredentials
from botocore.credentials import ReadOnlyCredentials
from botocore.loaders import Loader, create_loader
from botocore.utils import parse_timestamp

from rolecall import __version__
from rolecall.aws import first_try, partitions
from rolecall.aws import limits as call_limits
from rolecall.aws.transport import MOST_CONNECTIONS, LimitedHttp, Transports, keep_quiet
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


def build(settings: ClientSettings, transports: Transports | None = None) -> BaseClient:
    """A client that signs with whatever `signing` holds. Raises botocore's errors for bad settings."""
    keep_quiet()
    session = _Session(settings)
    region = _region(session, settings)
    client = _create(session, region, settings)
    if not client.meta.region_name:
        # A custom endpoint without a region: botocore could not sign (NoRegionError at the first call).
        client = _create(session, partitions.of(settings.partition).default_region, settings)
    http = _connect(client, session, transports)
    parsers = session.get_component("response_parser_factory")
    parser = parsers.create_parser(client.meta.service_model.resolved_protocol)
    first_try.remember(client, parser, _CallCredentials().get_frozen_credentials, http.answer)
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


def _connect(client: BaseClient, session: _Session, transports: Transports | None) -> LimitedHttp:
    bundle: str | None = session.get_config_variable("ca_bundle")
    http = (transports or Transports()).get(client.meta.endpoint_url, bundle or "")
    answer: Any = http.answer
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register_last(f"before-send.{service}", answer)
    return http


def _new(session: _Session) -> Any:
    """`create_client` of any service; its stubs know each service by its literal name."""
    return session.create_client


def _create(session: _Session, region: str | None, settings: ClientSettings) -> BaseClient:
    return session.create_client(settings.service, region_name=region, config=config_of(settings))


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
        max_pool_connections=MOST_CONNECTIONS,
        retries=cast("Any", retries or None),
        # What follows is a third of a warm call's own time; `checks` looks at the parameters.
        parameter_validation=False,
        user_agent=f"rolecall/{__version__} botocore/{botocore.__version__}",
    )


def settings_of(
    profile: Mapping[str, str],
    services: tuple[tuple[str, str], ...],
    partition: str,
    single_try: bool,
    service: str = "sts",
) -> ClientSettings:
    """`ClientSettings` in one order, so that equal settings share a client."""
    return ClientSettings(tuple(sorted(profile.items())), services, partition, single_try, service)
