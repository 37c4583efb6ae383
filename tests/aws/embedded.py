"""An embedded AWS per test, and real boto3 clients for it."""

from __future__ import annotations

import contextlib
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from rolecall.demo import company
from rolecall.demo.callers import Caller
from rolecall.demo.server import EmbeddedAws

PAYMENTS = "arn:aws:iam::222222222222:role"
SANDBOX = "arn:aws:iam::333333333333:role"
ANALYTICS = "arn:aws:iam::555512340000:role"


@contextlib.contextmanager
def client_of(
    aws: EmbeddedAws, keys: Any, service: str = "sts", region: str = "eu-central-1"
) -> Iterator[Any]:
    """A client with the keys of a user of the catalogue (by name), a Caller or an answer's Credentials."""
    access_key_id, secret, token = triple(aws, keys)
    client = boto3.client(
        service,
        region_name=region,
        endpoint_url=aws.url,
        aws_access_key_id=access_key_id,
        aws_secret_access_key=secret,
        aws_session_token=token or None,
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=2, read_timeout=5),
    )
    try:
        yield client
    finally:
        client.close()


def triple(aws: EmbeddedAws, keys: Any) -> tuple[str, str, str]:
    if isinstance(keys, str):
        keys = aws.catalogue.users[keys]
    if isinstance(keys, Caller):
        return keys.access_key_id, keys.secret, keys.token
    return keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]


def call(aws: EmbeddedAws, keys: Any, operation: str, **values: Any) -> Any:
    """One STS call, values as boto3 takes them."""
    region = "us-gov-west-1" if keys == "alex-gov" else "eu-central-1"
    with client_of(aws, keys, region=region) as sts:
        return getattr(sts, operation)(**values)


def assume(aws: EmbeddedAws, keys: Any, arn: str, **values: Any) -> Any:
    """AssumeRole; the Credentials of the answer."""
    values.setdefault("RoleSessionName", "alex-laptop")
    return call(aws, keys, "assume_role", RoleArn=arn, **values)["Credentials"]


def session(aws: EmbeddedAws, keys: Any = "alex", *, mfa: bool = True, **values: Any) -> Any:
    """GetSessionToken; the Credentials of the answer."""
    if mfa:
        values |= with_code(aws)
    return call(aws, keys, "get_session_token", **values)["Credentials"]


def with_code(aws: EmbeddedAws, serial: str = company.PHONE) -> dict[str, str]:
    return {"SerialNumber": serial, "TokenCode": aws.code(serial)[0]}


def wrong_code(aws: EmbeddedAws, serial: str = company.PHONE) -> str:
    """Six digits that are none of the codes of these two minutes."""
    device = aws.catalogue.device(serial)
    assert device is not None
    near = {device.code(aws.clock.now() + step) for step in range(-60, 90, 30)}
    return next(
        code
        for code in ("000000", "111111", "222222", "333333", "444444", "555555")
        if code not in near
    )


def refused(error: ClientError) -> tuple[str, int, str]:
    """(code, HTTP status, text)."""
    said = error.response["Error"]
    return said["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"], said["Message"]


def fetch(url: str, form: dict[str, str] | None = None, **query: str) -> tuple[int, str]:
    """GET, or POST when there is a form; (status, body)."""
    whole = f"{url}?{urlencode(query)}" if query else url
    data = None if form is None else urlencode(form).encode()
    try:
        with urllib.request.urlopen(whole, data, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def fetch_json(url: str, **query: str) -> Any:
    return json.loads(fetch(url, **query)[1])
