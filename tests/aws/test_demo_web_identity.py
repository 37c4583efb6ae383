"""AssumeRoleWithWebIdentity of the embedded STS over HTTP with boto3, unsigned, and each refusal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from aws.embedded import SANDBOX, client_of, refused
from aws.web_person import Attempt
from rolecall.demo.identity_provider import Style
from rolecall.demo.jws import SigningKey, claims_of
from rolecall.demo.server import EmbeddedAws

READER = f"{SANDBOX}/WebReader"
NO_KEY = (
    "Couldn't retrieve verification key from your identity provider,  please reference "
    "AssumeRoleWithWebIdentity documentation for requirements"
)
DENIED = ("AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithWebIdentity")
POLICY = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]})


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def take(aws: EmbeddedAws, token: str, arn: str = READER, **values: Any) -> Any:
    """The call as boto3 makes it without any credentials."""
    sts = boto3.client(
        "sts", region_name="eu-central-1", endpoint_url=aws.url,
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )  # fmt: skip
    try:
        return sts.assume_role_with_web_identity(
            **{"RoleArn": arn, "RoleSessionName": "alex", "WebIdentityToken": token} | values
        )
    finally:
        sts.close()


def refusal(aws: EmbeddedAws, token: str, arn: str = READER, **values: Any) -> tuple[str, int, str]:
    with pytest.raises(ClientError) as caught:
        take(aws, token, arn, **values)
    return refused(caught.value)


def forged(aws: EmbeddedAws, key: SigningKey | None = None, **changed: Any) -> str:
    """A token as the provider would sign it, with some of its words changed (None: left out)."""
    said = {**claims_of(Attempt(aws).redeemed()["id_token"]), **changed}
    kept = {name: value for name, value in said.items() if value is not None}
    return (key or aws.web.providers[Style.OIDC].key).sign(kept)


def test_a_token_is_worth_a_session_that_works(aws: EmbeddedAws) -> None:
    answer = take(aws, Attempt(aws).redeemed()["id_token"], DurationSeconds=43200)
    assert answer["SubjectFromWebIdentityToken"] == "alex"
    assert answer["Audience"] == "rolecall"
    assert answer["Provider"] == f"{aws.url}/idp"
    assert answer["AssumedRoleUser"]["Arn"] == (
        "arn:aws:sts::333333333333:assumed-role/WebReader/alex"
    )
    with client_of(aws, answer["Credentials"]) as sts:
        assert sts.get_caller_identity()["Account"] == "333333333333"
    with client_of(aws, answer["Credentials"], "s3") as s3:
        assert s3.list_buckets()["Buckets"]


def test_a_session_policy_goes_with_it(aws: EmbeddedAws) -> None:
    answer = take(aws, Attempt(aws).redeemed()["id_token"], Policy=POLICY)
    assert 0 < answer["PackedPolicySize"] < 100


def test_it_may_assume_the_next_role_for_an_hour_only(aws: EmbeddedAws) -> None:
    first = take(aws, Attempt(aws).redeemed()["id_token"], DurationSeconds=43200)["Credentials"]
    onward = {"RoleArn": f"{SANDBOX}/Onward", "RoleSessionName": "alex"}
    with client_of(aws, first) as sts:
        assert sts.assume_role(**onward)["Credentials"]
        with pytest.raises(ClientError, match="1 hour session limit"):
            sts.assume_role(**onward, DurationSeconds=3601)


def test_a_token_that_is_over(aws: EmbeddedAws) -> None:
    token = Attempt(aws).redeemed()["id_token"]
    aws.clock.advance(3600)
    code, status, text = refusal(aws, token)
    assert (code, status) == ("ExpiredTokenException", 400)
    assert text.startswith("Token expired: current date/time ")


def test_each_thing_that_is_wrong_with_a_token(aws: EmbeddedAws) -> None:
    issuer = f"{aws.url}/idp"
    no_provider = "No OpenIDConnect provider found in your account for "
    no_jwt = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
    cases = [
        ("not.a.token", no_jwt),
        (Attempt(aws).redeemed()["access_token"], no_jwt),
        (forged(aws, SigningKey()), NO_KEY),
        (forged(aws)[:-8] + "AAAAAAAA", NO_KEY),
        (forged(aws, aud="other-program"), "Incorrect token audience"),
        (forged(aws, iss="https://evil.example"), f"{no_provider}https://evil.example"),
        (forged(aws, iss=f"{issuer}/"), f"{no_provider}{issuer}/"),
        (forged(aws, aud=None), "Missing a required claim: aud"),
        (forged(aws, exp=None), "Missing a required claim: exp"),
        (forged(aws, exp=aws.clock.now() + 99.5), no_jwt),
        (
            forged(aws, **{"https://aws.amazon.com/roles": [f"{SANDBOX}/WebOthers"]}),
            "The target role ARN is not present in the roles claim of the identity token",
        ),
    ]
    for token, text in cases:
        assert refusal(aws, token) == ("InvalidIdentityToken", 400, text)


def test_an_account_has_to_know_the_provider_itself(aws: EmbeddedAws) -> None:
    arn = "arn:aws:iam::222222222222:role/WebReader"
    code, _, text = refusal(aws, Attempt(aws).redeemed()["id_token"], arn)
    assert code == "InvalidIdentityToken"
    assert text == f"No OpenIDConnect provider found in your account for {aws.url}/idp"


@pytest.mark.parametrize("role", ["WebOthers", "Nowhere", "Admin", "CognitoUser", "AmazonUser"])
def test_the_trust_policy_decides(aws: EmbeddedAws, role: str) -> None:
    assert refusal(aws, Attempt(aws).redeemed()["id_token"], f"{SANDBOX}/{role}") == DENIED


def test_values_are_looked_at_first_and_the_token_not_repeated(aws: EmbeddedAws) -> None:
    token = Attempt(aws).redeemed()["id_token"]
    assert refusal(aws, token, RoleSessionName="a b")[0] == "ValidationError"
    assert refusal(aws, token, DurationSeconds=43201)[0] == "ValidationError"
    code, _, text = refusal(aws, "CANARY" * 4000)
    assert code == "ValidationError"
    assert "CANARY" not in text


@pytest.mark.parametrize(
    ("style", "client", "provider", "role"),
    [
        (Style.AMAZON, "amzn1.application-oa2-client.demo", "www.amazon.com", "AmazonUser"),
        (Style.FACEBOOK, "4711471147114711", "graph.facebook.com", "FacebookUser"),
    ],
)
def test_access_tokens_of_the_two_that_need_a_provider_id(
    aws: EmbeddedAws, style: Style, client: str, provider: str, role: str
) -> None:
    token = Attempt(aws, client, style, scope="profile").redeemed()["access_token"]
    arn = f"{SANDBOX}/{role}"
    answer = take(aws, token, arn, ProviderId=provider)
    assert (
        "MaxSessionDuration"
        in refusal(aws, token, arn, ProviderId=provider, DurationSeconds=3601)[2]
    )
    assert (answer["Provider"], answer["Audience"]) == (provider, client)
    assert refusal(aws, token, arn)[0] == "InvalidIdentityToken"
    assert refusal(aws, token, READER, ProviderId=provider) == DENIED
    assert refusal(aws, "Atza|made-up", arn, ProviderId=provider)[0] == "InvalidIdentityToken"
    assert refusal(aws, token, arn, ProviderId="idp.example")[0] == "InvalidIdentityToken"
    aws.clock.advance(3600)
    assert refusal(aws, token, arn, ProviderId=provider)[0] == "ExpiredTokenException"
