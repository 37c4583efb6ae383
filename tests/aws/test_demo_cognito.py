"""The embedded Cognito over HTTP with boto3: both flows, guests, and each refusal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from aws.embedded import SANDBOX, client_of, refused
from aws.test_demo_web_identity import forged, take
from aws.web_person import Attempt
from rolecall.demo.faults import Fault
from rolecall.demo.jws import SigningKey, claims_of
from rolecall.demo.server import EmbeddedAws
from rolecall.demo.web_company import CLOSED_POOL, POOL


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


@pytest.fixture
def cognito(aws: EmbeddedAws) -> Iterator[Any]:
    config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
    with closing(
        boto3.client(
            "cognito-identity", region_name="eu-central-1", endpoint_url=aws.url, config=config
        )
    ) as client:
        yield client


def logins(aws: EmbeddedAws, token: str = "") -> dict[str, str]:
    return {aws.url.removeprefix("http://") + "/idp": token or Attempt(aws).redeemed()["id_token"]}


def refusal(call: Any, **values: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**values)
    code, _, text = refused(caught.value)
    return code, text


def identity(cognito: Any, pool: str = POOL.pool_id, **values: Any) -> str:
    return str(cognito.get_id(IdentityPoolId=pool, **values)["IdentityId"])


def arn_of(aws: EmbeddedAws, held: dict[str, Any]) -> str:
    keys = {**held, "SecretAccessKey": held["SecretKey"]}
    with client_of(aws, keys, "s3") as s3:
        assert s3.list_buckets()["Buckets"]
    with client_of(aws, keys) as sts:
        return str(sts.get_caller_identity()["Arn"])


def test_the_enhanced_flow(aws: EmbeddedAws, cognito: Any) -> None:
    known = logins(aws)
    name = identity(cognito, Logins=known)
    assert identity(cognito, Logins=logins(aws)) == name
    answer = cognito.get_credentials_for_identity(IdentityId=name, Logins=known)
    held = answer["Credentials"]
    assert arn_of(aws, held) == (
        "arn:aws:sts::333333333333:assumed-role/CognitoUser/CognitoIdentityCredentials"
    )
    assert 3595 < held["Expiration"].timestamp() - aws.clock.now() <= 3600


def test_a_role_of_those_the_pool_offers(aws: EmbeddedAws, cognito: Any) -> None:
    values = {"Logins": logins(aws)}
    values["IdentityId"] = identity(cognito, **values)  # type: ignore[assignment]
    power = cognito.get_credentials_for_identity(**values, CustomRoleArn=f"{SANDBOX}/CognitoPower")
    assert "/CognitoPower/" in arn_of(aws, power["Credentials"])
    call = cognito.get_credentials_for_identity
    assert refusal(call, **values, CustomRoleArn=f"{SANDBOX}/Admin")[0] == "NotAuthorizedException"


def test_guests(aws: EmbeddedAws, cognito: Any) -> None:
    one, other = identity(cognito), identity(cognito)
    assert one != other
    held = cognito.get_credentials_for_identity(IdentityId=one)["Credentials"]
    assert "/CognitoGuest/" in arn_of(aws, held)
    said = refusal(cognito.get_id, IdentityPoolId=CLOSED_POOL.pool_id)
    assert said == (
        "NotAuthorizedException",
        "Unauthenticated access is not supported for this identity pool.",
    )


def test_the_basic_flow(aws: EmbeddedAws, cognito: Any) -> None:
    known = logins(aws)
    name = identity(cognito, Logins=known)
    token = cognito.get_open_id_token(IdentityId=name, Logins=known)["Token"]
    claims = claims_of(token)
    assert (claims["aud"], claims["sub"], claims["amr"]) == (POOL.pool_id, name, ["authenticated"])
    assert claims["exp"] == claims["iat"] + 600  # type: ignore[operator]
    answer = take(aws, token, f"{SANDBOX}/CognitoUser")
    assert answer["Provider"] == "cognito-identity.amazonaws.com"
    with pytest.raises(ClientError, match="Not authorized"):
        take(aws, token, f"{SANDBOX}/CognitoGuest")
    aws.clock.advance(600)
    with pytest.raises(ClientError, match="Token expired"):
        take(aws, token, f"{SANDBOX}/CognitoUser")


def test_the_basic_flow_may_be_off(aws: EmbeddedAws, cognito: Any) -> None:
    known = logins(aws)
    name = identity(cognito, CLOSED_POOL.pool_id, Logins=known)
    said = refusal(cognito.get_open_id_token, IdentityId=name, Logins=known)
    assert said == (
        "InvalidParameterException",
        "Basic (classic) flow is not enabled, please use enhanced flow.",
    )


def test_each_login_that_is_refused(aws: EmbeddedAws, cognito: Any) -> None:
    cases = [
        ("nonsense", "Not a valid OpenId Connect identity token."),
        (forged(aws, SigningKey()), "Couldn't verify signed token."),
        (forged(aws, iss="https://evil.example"), "Issuer doesn't match providerName"),
        (forged(aws, aud="other-program"), "Incorrect token audience."),
    ]
    for token, text in cases:
        said = refusal(cognito.get_id, IdentityPoolId=POOL.pool_id, Logins=logins(aws, token))
        assert said == ("NotAuthorizedException", f"Invalid login token. {text}")
    other = {"accounts.google.com": Attempt(aws).redeemed()["id_token"]}
    code, text = refusal(cognito.get_id, IdentityPoolId=POOL.pool_id, Logins=other)
    assert "not from a supported provider" in text
    old = logins(aws)
    aws.clock.advance(3600)
    code, text = refusal(cognito.get_id, IdentityPoolId=POOL.pool_id, Logins=old)
    assert code == "NotAuthorizedException"
    assert "Token expired" in text


def test_what_is_not_there(aws: EmbeddedAws, cognito: Any) -> None:
    pool = "eu-central-1:00000000-0000-0000-0000-000000000000"
    code, text = refusal(cognito.get_id, IdentityPoolId=pool)
    assert (code, text) == ("ResourceNotFoundException", f"IdentityPool '{pool}' not found.")
    code, text = refusal(cognito.get_credentials_for_identity, IdentityId=pool)
    assert (code, text) == ("ResourceNotFoundException", f"Identity '{pool}' not found.")


def test_a_persons_identity_is_not_for_a_guest(aws: EmbeddedAws, cognito: Any) -> None:
    name = identity(cognito, Logins=logins(aws))
    code, text = refusal(cognito.get_credentials_for_identity, IdentityId=name)
    assert code == "NotAuthorizedException"
    assert text.startswith("Logins don't match.")


def test_too_many_requests(aws: EmbeddedAws, cognito: Any) -> None:
    aws.faults.add(Fault("throttle", action="GetId"))
    assert refusal(cognito.get_id, IdentityPoolId=POOL.pool_id)[0] == "TooManyRequestsException"
    assert identity(cognito)
    assert [call["code"] for call in aws.calls.listed()] == ["TooManyRequestsException", "Ok"]
