"""Resolver: credentials that a program, the environment or the machine hands over.

By botocore's own providers. One is built for one source, so that botocore looks at nothing else: no file,
no other profile, no line that nobody accepted. Whoever calls sees to it that a credential_process line was
accepted. Imports botocore at its top: import this module inside functions only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import botocore.credentials as providers
from botocore.compat import compat_shell_split
from botocore.session import Session as BotoSession
from botocore.utils import (
    ContainerMetadataFetcher,
    InstanceMetadataFetcher,
    get_environ_proxies,
    resolve_imds_endpoint_mode,
)

from rolecall.aws import helper_process, machine_problems, source_problems
from rolecall.aws import limits as call_limits
from rolecall.aws.client import ClientSettings, local_session
from rolecall.aws.transport import LimitedHttp, keep_quiet
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.session import Credentials

_METADATA_SECONDS: Final = 5.0
_METADATA_ATTEMPTS: Final = 3
"""Most that a profile may make us wait for the metadata service; botocore's own defaults are 1 and 1."""

_CONTAINER_SECONDS: Final = 2.0
"""botocore's own wait for a container's credentials (ContainerMetadataFetcher)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source handed over. expires_at: UTC epoch seconds, None where it named no end.

    Without an end botocore takes them for permanent; they may still be a user's own keys or a session.
    """

    credentials: Credentials
    expires_at: float | None = None
    account_id: str = ""


def from_process(
    profile: str,
    line: str,
    environ: Mapping[str, str],
    now: float,
    seconds: float = helper_process.SECONDS,
) -> Found:
    """What the program of an accepted line prints. Raises ProblemError, which holds nothing of its output.

    environ: the helper's; seconds: after these it is killed. now: UTC epoch seconds.
    """
    known = source_problems.Place(profile, _program(line))

    def work() -> Any:
        helper = helper_process.Helper(helper_process.inner_environment(environ, profile), seconds)
        config = {"profiles": {profile: {"credential_process": line}}}
        popen: Any = helper
        return providers.ProcessProvider(profile, lambda: config, popen=popen).load()

    return found_in(attempt(known, source_problems.of_process, work), known, now)


def _program(line: str) -> str:
    """The program a line names, without its arguments: those may hold a secret."""
    try:
        words = compat_shell_split(line)
    except ValueError:
        return ""
    return words[0] if words else ""


def from_environment(profile: str, environ: Mapping[str, str], now: float) -> Found:
    """The keys that `environ` holds. Raises ProblemError."""
    known = source_problems.Place(profile)

    def work() -> Any:
        return providers.EnvProvider(environ=dict(environ)).load()

    return found_in(attempt(known, machine_problems.of_environment, work), known, now)


def from_container(profile: str, environ: Mapping[str, str], now: float) -> Found:
    """What the credentials endpoint that `environ` names gives a container. Raises ProblemError."""
    known = source_problems.Place(profile)

    def work() -> Any:
        http: Any = LimitedHttp(timeout=_CONTAINER_SECONDS, proxies={})
        fetcher: Any = ContainerMetadataFetcher(session=http)
        with closing(http):
            return providers.ContainerProvider(environ=dict(environ), fetcher=fetcher).load()

    return found_in(attempt(known, machine_problems.of_container, work), known, now)


class _InstanceFetcher(InstanceMetadataFetcher):
    """botocore's, with our limits, and the end of the credentials as the service names it.

    botocore moves an end that is near into the future, so that it is not asked again at once; a countdown
    has to show the real one.
    """

    def __init__(self, environ: Mapping[str, str], session: BotoSession) -> None:
        wanted = session.get_config_variable
        seconds: Any = min(float(wanted("metadata_service_timeout")), _METADATA_SECONDS)
        super().__init__(
            timeout=seconds,
            num_attempts=min(int(wanted("metadata_service_num_attempts")), _METADATA_ATTEMPTS),
            env=dict(environ),
            user_agent=session.user_agent(),
            config={
                "ec2_metadata_service_endpoint": wanted("ec2_metadata_service_endpoint"),
                "ec2_metadata_service_endpoint_mode": resolve_imds_endpoint_mode(session),
                "ec2_metadata_v1_disabled": wanted("ec2_metadata_v1_disabled"),
            },
        )
        proxies = get_environ_proxies(self.get_base_url())
        self.http = LimitedHttp(timeout=seconds, proxies=proxies)
        self._session: Any = self.http

    def _evaluate_expiration(self, credentials: dict[str, Any]) -> None:
        del credentials


def from_instance(
    profile: str, settings: tuple[tuple[str, str], ...], environ: Mapping[str, str], now: float
) -> Found:
    """What the machine's metadata service gives its role. Raises ProblemError.

    settings: the profile's, as in `Role.client_config`; those of the environment win, as in botocore.
    """
    known = source_problems.Place(profile, off=_metadata_off(environ))

    def work() -> Any:
        session = local_session(ClientSettings(settings, (), "aws"))
        fetcher: Any = _InstanceFetcher(environ, session)
        with closing(fetcher.http):
            return providers.InstanceMetadataProvider(iam_role_fetcher=fetcher).load()

    return found_in(attempt(known, machine_problems.of_instance, work), known, now)


def _metadata_off(environ: Mapping[str, str]) -> bool:
    return environ.get("AWS_EC2_METADATA_DISABLED", "false").lower() == "true"


Mapped = Callable[[Exception, source_problems.Place], Problem]


def attempt(known: source_problems.Place, mapped: Mapped, work: Callable[[], Any]) -> Any:
    """What `work` returns, or the Problem of a source that has nothing. Keeps no exception: they quote."""
    keep_quiet()
    limits = call_limits.current.set(call_limits.CallLimits.start())
    try:
        found = work()
        problem = source_problems.nothing(known, mapped)
    except Exception as error:  # noqa: BLE001  anything may carry what the source said
        found, problem = None, mapped(error, known)
    finally:
        call_limits.current.reset(limits)
    if found is None:
        raise ProblemError(problem)  # out here, so that it has no context
    return found


_WORDS: Final = ("access_key", "secret_key", "token")


def found_in(given: Any, known: source_problems.Place, now: float) -> Found:
    """botocore's credentials as ours. The end of refreshable ones stands in a private member only.

    Their public members would start the source once more where the end is near.
    """
    held = vars(given)
    values = [held.get(f"_{word}", held.get(word)) for word in _WORDS]
    key_id, secret, token = ("" if value is None else value for value in values)
    if not all(isinstance(value, str) for value in (key_id, secret, token)) or not (
        key_id and secret
    ):
        raise ProblemError(source_problems.garbage(known))
    expires_at = _moment(held.get("_expiry_time"), known)
    if expires_at is not None and expires_at <= now:
        raise ProblemError(source_problems.expired(known))
    account = held.get("_account_id", held.get("account_id"))
    return Found(
        Credentials(key_id, secret, token),
        expires_at,
        account if isinstance(account, str) else "",
    )


def _moment(end: object, known: source_problems.Place) -> float | None:
    if end is None:
        return None
    if not isinstance(end, datetime) or end.tzinfo is None:
        raise ProblemError(source_problems.no_time_zone(known))
    return end.timestamp()
