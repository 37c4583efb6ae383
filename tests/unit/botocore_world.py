"""botocore's own answer to a profile: which source it takes, and which roles from there, with nothing really asked.

Every place where botocore would start a program, read a token or call a service answers with a mark of
itself, so that the first AssumeRole shows where the way began.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import botocore.credentials as providers
import botocore.session
from botocore.credentials import Credentials
from botocore.exceptions import BotoCoreError, CredentialRetrievalError

from rolecall.storage.paths import AwsFiles

LATER = "2099-01-01T00:00:00Z"


@dataclass(frozen=True)
class Way:
    """source: the mark of where the credentials come from; roles: the ARNs assumed, first one first."""

    source: str
    roles: tuple[str, ...] = ()


def way_of(files: AwsFiles, profile: str) -> Way | str:
    """What botocore resolves `profile` to, or the name of its refusal."""
    called: list[tuple[str, str]] = []
    session = botocore.session.Session(profile=profile)
    session.set_config_variable("config_file", str(files.config))
    session.set_config_variable("credentials_file", str(files.credentials))
    with _no_world():
        resolver = providers.create_credential_resolver(session)
        resolver.get_provider("assume-role")._client_creator = lambda *_a, **k: _Sts(called, k)
        resolver.get_provider("assume-role")._prompter = lambda _text: "123456"
        for name in ("container-role", "iam-role", "ec2-credentials-file", "boto-config"):
            resolver.remove(name)
        try:
            found = resolver.load_credentials()
            key = found.get_frozen_credentials().access_key if found else None
        except BotoCoreError as error:
            return type(error).__name__
    if key is None:
        return "nothing"
    return Way(called[0][0] if called else key, tuple(arn for _, arn in called))


class _Sts:
    """Notes who asked for which role."""

    def __init__(self, called: list[tuple[str, str]], signing: dict[str, Any]) -> None:
        self._called, self._signed_by = called, signing.get("aws_access_key_id", "")

    def assume_role(self, **asked: Any) -> dict[str, Any]:
        self._called.append((self._signed_by, asked["RoleArn"]))
        keys = {"AccessKeyId": asked["RoleArn"], "SecretAccessKey": "s", "SessionToken": "t"}
        return {
            "Credentials": keys | {"Expiration": LATER},
            "AssumedRoleUser": {"AssumedRoleId": "AROA:x", "Arn": asked["RoleArn"]},
        }

    def close(self) -> None:
        """botocore closes its clients."""


def _metadata(mark: str) -> dict[str, Any]:
    return {
        "access_key": mark,
        "secret_key": "s",
        "token": "t",
        "expiry_time": LATER,
        "account_id": None,
    }


def _of_process(_self: Any, line: str) -> dict[str, Any]:
    if not line.strip():
        raise CredentialRetrievalError(provider="custom-process", error_msg="no program")
    return _metadata(f"process {line}")


def _of_login(self: Any) -> dict[str, Any]:
    return _metadata(f"login {self._session_name}")


def _of_identity_center(self: Any) -> dict[str, Any]:
    where = self._sso_session_name or self._start_url
    return _metadata(f"sso {where} {self._account_id} {self._role_name}")


def _of_web_identity(self: Any) -> dict[str, Any]:
    return _metadata(f"web {self._role_arn}")


def _of_place(self: Any) -> Credentials:
    return Credentials(f"place {self.CANONICAL_NAME}", "s", "t")


@contextmanager
def _no_world() -> Iterator[None]:
    ways = (
        (providers.ProcessProvider, "_retrieve_credentials_using", _of_process),
        (providers.LoginCredentialFetcher, "load_cached_credentials", _of_login),
        (providers.SSOCredentialFetcher, "fetch_credentials", _of_identity_center),
        (
            providers.AssumeRoleWithWebIdentityCredentialFetcher,
            "fetch_credentials",
            _of_web_identity,
        ),
        (providers.EnvProvider, "load", _of_place),
        (providers.ContainerProvider, "load", _of_place),
        (providers.InstanceMetadataProvider, "load", _of_place),
    )
    patches: list[Any] = [patch.object(home, name, new) for home, name, new in ways]
    patches.append(patch.object(providers, "EC", object()))  # as where awscrt is installed
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()
