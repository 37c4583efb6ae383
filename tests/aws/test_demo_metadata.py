"""The demo's machine and container: real botocore gets in, whoever has no token does not."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from aws.embedded import call
from rolecall.aws import resolver
from rolecall.demo.clock import DemoClock
from rolecall.demo.metadata import CONTAINER_PATH, MACHINE_ROLE, TASK_ROLE
from rolecall.demo.server import EmbeddedAws

ROLES = "/latest/meta-data/iam/security-credentials/"
TTL = "X-aws-ec2-metadata-token-ttl-seconds"
TOKEN = "X-aws-ec2-metadata-token"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws(DemoClock()) as running:
        yield running


def ask(aws: EmbeddedAws, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(aws.url + path, method=method, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def token(aws: EmbeddedAws, ttl: str = "60") -> str:
    status, said = ask(aws, "/latest/api/token", "PUT", **{TTL: ttl})
    assert status == 200
    return said


def credentials(aws: EmbeddedAws) -> Any:
    name = MACHINE_ROLE.rsplit("/", 1)[1]
    return json.loads(ask(aws, ROLES + name, **{TOKEN: token(aws)})[1])


def test_a_machine_hands_out_its_role(aws: EmbeddedAws) -> None:
    settings = (("ec2_metadata_service_endpoint", aws.url + "/"),)
    found = resolver.from_instance("machine", settings, {}, aws.clock.now())
    keys = {
        "AccessKeyId": found.credentials.access_key_id,
        "SecretAccessKey": found.credentials.secret_access_key,
        "SessionToken": found.credentials.session_token,
    }
    assert ":assumed-role/BuildMachine/i-" in call(aws, keys, "get_caller_identity")["Arn"]
    assert found.expires_at is not None
    assert 21000 < found.expires_at - aws.clock.now() <= 21600


def test_a_container_hands_out_its_role(aws: EmbeddedAws) -> None:
    environ = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": aws.url + CONTAINER_PATH,
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": aws.metadata.container_token,
    }
    found = resolver.from_container("task", environ, aws.clock.now())
    status, said = ask(aws, CONTAINER_PATH, Authorization=aws.metadata.container_token)
    assert (status, json.loads(said)["RoleArn"]) == (200, TASK_ROLE)
    assert json.loads(said)["AccessKeyId"] == found.credentials.access_key_id


def test_without_a_token_nothing_is_told(aws: EmbeddedAws) -> None:
    assert ask(aws, ROLES)[0] == 401
    assert ask(aws, ROLES, **{TOKEN: "made-up"})[0] == 401
    assert ask(aws, CONTAINER_PATH)[0] == 403
    assert ask(aws, CONTAINER_PATH, Authorization="made-up")[0] == 403


def test_a_token_is_asked_for_properly_and_ends(aws: EmbeddedAws) -> None:
    assert ask(aws, "/latest/api/token")[0] == 405
    for ttl in ("", "0", "21601", "1e3", "-1"):
        assert ask(aws, "/latest/api/token", "PUT", **{TTL: ttl})[0] == 400
    assert ask(aws, "/latest/api/token", "PUT", X_Forwarded_For="10.0.0.1", **{TTL: "60"})[0] == 403
    short = token(aws, "60")
    assert ask(aws, ROLES, **{TOKEN: short}) == (200, "BuildMachine")
    assert ask(aws, ROLES + "Other", **{TOKEN: short})[0] == 404
    aws.clock.advance(61)
    assert ask(aws, ROLES, **{TOKEN: short})[0] == 401


def test_the_same_credentials_until_five_minutes_before_their_end(aws: EmbeddedAws) -> None:
    first = credentials(aws)
    assert credentials(aws) == first
    aws.clock.advance(6 * 3600 - 299)
    assert credentials(aws)["AccessKeyId"] != first["AccessKeyId"]


def test_the_calls_are_listed_without_a_secret(aws: EmbeddedAws) -> None:
    credentials(aws)
    listed = json.dumps(aws.calls.listed())
    assert "MetadataToken" in listed
    assert credentials(aws)["Token"] not in listed
