"""The demo's Identity Center, walked with real boto3 and a browser's own requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from aws import center
from aws.embedded import assume, call, client_of, fetch, fetch_json, refused
from rolecall.demo.clock import DemoClock
from rolecall.demo.directory import START_URL
from rolecall.demo.server import EmbeddedAws
from rolecall.demo.sso_oidc import DEVICE_GRANT

CALLBACK = "http://127.0.0.1:4711/oauth/callback"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws(DemoClock()) as embedded:
        yield embedded


@pytest.fixture
def oidc(aws: EmbeddedAws) -> Iterator[Any]:
    with center.unsigned(aws, "sso-oidc") as client:
        yield client


@pytest.fixture
def portal(aws: EmbeddedAws) -> Iterator[Any]:
    with center.unsigned(aws, "sso") as client:
        yield client


def code_for(aws: EmbeddedAws, client: dict[str, str]) -> str:
    return center.said(center.answer_page(center.authorize_url(aws, client["clientId"])))["code"]


def redeem(oidc: Any, client: dict[str, str], code: str, **values: str) -> Any:
    wanted = {"redirectUri": CALLBACK, "codeVerifier": center.VERIFIER}
    return oidc.create_token(
        **client, grantType="authorization_code", code=code, **(wanted | values)
    )


def test_a_browser_sign_in_gives_a_token_that_lists_accounts(aws: EmbeddedAws, portal: Any) -> None:
    token = center.token_of(aws)
    assert token["expiresIn"] == 3600
    assert token["refreshToken"]
    listed = portal.list_accounts(accessToken=token["accessToken"])["accountList"]
    assert [one["accountName"] for one in listed] == [
        "Identity",
        "Payments",
        "Sandbox",
        "Analytics",
    ]
    roles = portal.list_account_roles(accessToken=token["accessToken"], accountId="222222222222")
    assert [one["roleName"] for one in roles["roleList"]] == ["PowerUser", "ReadOnly"]


def test_a_code_serves_once(aws: EmbeddedAws, oidc: Any) -> None:
    client = center.registered(oidc)
    code = code_for(aws, client)
    redeem(oidc, client, code)
    with pytest.raises(ClientError) as caught:
        redeem(oidc, client, code)
    assert refused(caught.value)[:2] == ("InvalidGrantException", 400)


@pytest.mark.parametrize(
    "wrong",
    [
        {"codeVerifier": "w" * 43},
        {"codeVerifier": "short"},
        {"redirectUri": "http://127.0.0.1:4712/oauth/callback"},
    ],
)
def test_a_code_is_bound_to_its_verifier_and_address(
    aws: EmbeddedAws, oidc: Any, wrong: dict[str, str]
) -> None:
    client = center.registered(oidc)
    code = code_for(aws, client)
    with pytest.raises(ClientError) as caught:
        redeem(oidc, client, code, **wrong)
    assert refused(caught.value)[0] == "InvalidGrantException"
    with pytest.raises(ClientError):  # used up all the same
        redeem(oidc, client, code)


def test_a_code_is_bound_to_its_client(aws: EmbeddedAws, oidc: Any) -> None:
    code = code_for(aws, center.registered(oidc))
    with pytest.raises(ClientError) as caught:
        redeem(oidc, center.registered(oidc), code)
    assert refused(caught.value)[0] == "InvalidGrantException"


def test_a_code_grows_old(aws: EmbeddedAws, oidc: Any) -> None:
    client = center.registered(oidc)
    code = code_for(aws, client)
    aws.clock.advance(601)
    with pytest.raises(ClientError) as caught:
        redeem(oidc, client, code)
    assert refused(caught.value)[0] == "ExpiredTokenException"


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"scopes": ""}, "invalid_scope"),
        ({"scopes": "sso:account:access more"}, "invalid_scope"),
    ],
)
def test_the_authorize_page_sends_back_what_is_wrong(
    aws: EmbeddedAws, oidc: Any, wrong: dict[str, str], word: str
) -> None:
    client = center.registered(oidc)
    location = center.answer_page(center.authorize_url(aws, client["clientId"], **wrong))
    assert center.said(location) == {"error": word, "state": "the-state"}


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://127.0.0.1/oauth/callback",  # without a port nobody listens
        "http://127.0.0.1:4711/other",
        "http://localhost:4711/oauth/callback",
        "https://evil.example/oauth/callback",
        "http://127.0.0.1:port/oauth/callback",
    ],
)
def test_the_authorize_page_never_sends_a_code_elsewhere(
    aws: EmbeddedAws, oidc: Any, elsewhere: str
) -> None:
    client = center.registered(oidc)
    url = center.authorize_url(aws, client["clientId"], redirect_uri=elsewhere)
    status, _, location = center.visit(url)
    assert (status, location) == (400, "")
    assert center.visit(center.authorize_url(aws, "nobody"))[0] == 400


def test_a_person_may_say_no_and_a_form_serves_once(aws: EmbeddedAws, oidc: Any) -> None:
    client = center.registered(oidc)
    url = center.authorize_url(aws, client["clientId"])
    assert center.said(center.answer_page(url, "deny"))["error"] == "access_denied"
    page = center.visit(url)[1]
    form = {"form": center.hidden(page), "answer": "allow"}
    assert center.visit(url.partition("?")[0], form)[0] == 302
    assert center.visit(url.partition("?")[0], form)[0] == 400


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"clientType": "confidential"}, "InvalidClientMetadataException"),
        ({"issuerUrl": "https://other.awsapps.com/start"}, "InvalidClientMetadataException"),
        ({"redirectUris": ["http://127.0.0.1:80/oauth/callback"]}, "InvalidRedirectUriException"),
        ({"redirectUris": ["https://example.com/"]}, "InvalidRedirectUriException"),
        ({"grantTypes": ["password"]}, "UnsupportedGrantTypeException"),
    ],
)
def test_registration_is_looked_at(oidc: Any, values: dict[str, Any], code: str) -> None:
    with pytest.raises(ClientError) as caught:
        center.registered(oidc, **values)
    assert refused(caught.value)[:2] == (code, 400)


def test_a_wrong_client_secret_is_refused(aws: EmbeddedAws, oidc: Any) -> None:
    client = center.registered(oidc)
    code = code_for(aws, client)
    with pytest.raises(ClientError) as caught:
        redeem(oidc, client | {"clientSecret": "guess"}, code)
    assert refused(caught.value)[:2] == ("InvalidClientException", 401)


def device(oidc: Any, **values: Any) -> tuple[dict[str, str], Any]:
    client = oidc.register_client(clientName="tests", clientType="public", **values)
    named = {"clientId": client["clientId"], "clientSecret": client["clientSecret"]}
    return named, oidc.start_device_authorization(**named, startUrl=START_URL)


def poll(oidc: Any, client: dict[str, str], started: Any) -> Any:
    return oidc.create_token(**client, grantType=DEVICE_GRANT, deviceCode=started["deviceCode"])


def poll_error(oidc: Any, client: dict[str, str], started: Any) -> str:
    with pytest.raises(ClientError) as caught:
        poll(oidc, client, started)
    return refused(caught.value)[0]


def test_a_device_waits_for_the_person(aws: EmbeddedAws, oidc: Any) -> None:
    client, started = device(oidc)
    assert started["interval"] == 5
    assert started["verificationUriComplete"].endswith(f"?user_code={started['userCode']}")
    assert poll_error(oidc, client, started) == "AuthorizationPendingException"
    status, page, _ = center.visit(started["verificationUriComplete"])
    assert status == 200
    assert started["userCode"] in page
    assert center.approve_device(aws, started["userCode"].lower())[0] == 200
    token = poll(oidc, client, started)
    assert token["expiresIn"] == 8 * 3600
    assert "refreshToken" not in token  # registered without scopes
    assert poll_error(oidc, client, started) == "InvalidGrantException"


def test_a_device_with_scopes_may_refresh(aws: EmbeddedAws, oidc: Any) -> None:
    client, started = device(oidc, scopes=["sso:account:access"])
    center.approve_device(aws, started["userCode"])
    assert poll(oidc, client, started)["refreshToken"]


def test_a_device_that_polls_too_fast_is_told_so(aws: EmbeddedAws, oidc: Any) -> None:
    client, started = device(oidc)
    found = [poll_error(oidc, client, started) for _ in range(3)]
    assert found == ["AuthorizationPendingException"] * 2 + ["SlowDownException"]
    aws.clock.advance(5)
    assert poll_error(oidc, client, started) == "AuthorizationPendingException"


def test_a_device_code_grows_old_and_can_be_denied(aws: EmbeddedAws, oidc: Any) -> None:
    client, started = device(oidc)
    center.approve_device(aws, started["userCode"], "deny")
    assert poll_error(oidc, client, started) == "AccessDeniedException"
    client, started = device(oidc)
    aws.clock.advance(601)
    assert poll_error(oidc, client, started) == "ExpiredTokenException"
    assert center.approve_device(aws, started["userCode"])[0] == 400


def test_an_unknown_start_url_is_refused(oidc: Any) -> None:
    client = center.registered(oidc)
    with pytest.raises(ClientError) as caught:
        oidc.start_device_authorization(**client, startUrl="https://other.awsapps.com/start")
    assert refused(caught.value)[0] == "InvalidRequestException"


def refresh(oidc: Any, token: dict[str, Any], refresh_token: str) -> Any:
    return oidc.create_token(
        clientId=token["clientId"],
        clientSecret=token["clientSecret"],
        grantType="refresh_token",
        refreshToken=refresh_token,
    )


def test_a_token_is_refreshed_until_the_sign_in_ends(
    aws: EmbeddedAws, oidc: Any, portal: Any
) -> None:
    token = center.token_of(aws)
    aws.clock.advance(3601)
    with pytest.raises(ClientError) as caught:
        portal.list_accounts(accessToken=token["accessToken"])
    assert refused(caught.value) == (
        "UnauthorizedException", 401, "Session token not found or invalid",
    )  # fmt: skip
    fresh = refresh(oidc, token, token["refreshToken"])
    portal.list_accounts(accessToken=fresh["accessToken"])
    with pytest.raises(ClientError):  # used up
        refresh(oidc, token, token["refreshToken"])
    aws.clock.advance(7 * 3600)
    with pytest.raises(ClientError) as caught:
        refresh(oidc, token, fresh["refreshToken"])
    assert refused(caught.value)[0] == "InvalidGrantException"


def test_a_signed_out_token_is_dead(aws: EmbeddedAws, oidc: Any, portal: Any) -> None:
    token = center.token_of(aws)
    portal.logout(accessToken=token["accessToken"])
    with pytest.raises(ClientError) as caught:
        portal.list_accounts(accessToken=token["accessToken"])
    assert refused(caught.value)[1] == 401
    with pytest.raises(ClientError):
        refresh(oidc, token, token["refreshToken"])


def role_credentials(portal: Any, token: dict[str, Any], account: str, role: str) -> dict[str, Any]:
    answer = portal.get_role_credentials(
        accessToken=token["accessToken"], accountId=account, roleName=role
    )["roleCredentials"]
    return {
        "AccessKeyId": answer["accessKeyId"],
        "SecretAccessKey": answer["secretAccessKey"],
        "SessionToken": answer["sessionToken"],
        "expiration": answer["expiration"],
    }


def test_role_credentials_are_a_role_session(aws: EmbeddedAws, portal: Any) -> None:
    token = center.token_of(aws)
    keys = role_credentials(portal, token, "222222222222", "PowerUser")
    assert abs(keys["expiration"] / 1000 - aws.clock.now() - 14400) < 5
    arn = call(aws, keys, "get_caller_identity")["Arn"]
    assert arn.startswith("arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_PowerUser_")
    assert arn.endswith("/alex")
    with client_of(aws, keys, "s3") as s3:
        assert s3.list_objects_v2(Bucket="acme-payments-reports")["KeyCount"]
    with pytest.raises(ClientError) as caught:
        call(aws, keys, "get_session_token")
    assert refused(caught.value)[0] == "AccessDenied"
    aws.clock.advance(14401)
    with pytest.raises(ClientError) as caught:
        call(aws, keys, "get_caller_identity")
    assert refused(caught.value)[0] == "ExpiredToken"


def test_the_console_may_be_given_a_duration(aws: EmbeddedAws, portal: Any) -> None:
    keys = role_credentials(portal, center.token_of(aws), "222222222222", "PowerUser")
    names = {
        "sessionId": "AccessKeyId",
        "sessionKey": "SecretAccessKey",
        "sessionToken": "SessionToken",
    }
    session = json.dumps({name: keys[key] for name, key in names.items()})
    asked = {"Action": "getSigninToken", "Session": session, "SessionDuration": "43200"}
    assert fetch(f"{aws.signin_url}/federation", asked)[0] == 200


def test_a_role_behind_it_is_chained(aws: EmbeddedAws, portal: Any) -> None:
    keys = role_credentials(portal, center.token_of(aws), "222222222222", "PowerUser")
    arn = "arn:aws:iam::333333333333:role/ReleaseDeploy"
    assert assume(aws, keys, arn, DurationSeconds=3600)
    with pytest.raises(ClientError) as caught:
        assume(aws, keys, arn, DurationSeconds=3601)
    assert "role chaining" in refused(caught.value)[2]
    other = role_credentials(portal, center.token_of(aws), "222222222222", "ReadOnly")
    with pytest.raises(ClientError) as caught:
        assume(aws, other, arn)
    assert refused(caught.value)[0] == "AccessDenied"


@pytest.mark.parametrize(
    ("account", "role"),
    [("222222222222", "Administrator"), ("444444444444", "ReadOnly"), ("900000000000", "ReadOnly")],
)
def test_no_assignment_no_access(aws: EmbeddedAws, portal: Any, account: str, role: str) -> None:
    with pytest.raises(ClientError) as caught:
        role_credentials(portal, center.token_of(aws), account, role)
    assert refused(caught.value) == ("ForbiddenException", 403, "No access")


def test_six_hundred_accounts_come_in_pages(aws: EmbeddedAws, portal: Any) -> None:
    assert fetch(f"{aws.demo_url}/identity-center", {"accounts": "596"})[0] == 200
    token = center.token_of(aws)["accessToken"]
    pages = list(portal.get_paginator("list_accounts").paginate(accessToken=token))
    listed = [one["accountId"] for page in pages for one in page["accountList"]]
    assert len(pages) == 12
    assert len(set(listed)) == 600
    last = portal.list_account_roles(accessToken=token, accountId=listed[-1], maxResults=1)
    assert last["nextToken"]
    keys = role_credentials(portal, {"accessToken": token}, listed[-1], "Developer")
    assert call(aws, keys, "get_caller_identity")["Account"] == listed[-1]
    for wrong in ({"maxResults": 101}, {"nextToken": "made up"}):
        with pytest.raises(ClientError) as caught:
            portal.list_accounts(accessToken=token, **wrong)
        assert refused(caught.value)[0] == "InvalidRequestException"


def test_429_for_a_minute_of_the_demo_s_clock(aws: EmbeddedAws, portal: Any) -> None:
    token = center.token_of(aws)["accessToken"]
    asked = {"kind": "throttle", "action": "ListAccounts", "count": "100000", "for": "60"}
    assert fetch(f"{aws.demo_url}/fault", asked)[0] == 200
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            portal.list_accounts(accessToken=token)
        assert refused(caught.value)[:2] == ("TooManyRequestsException", 429)
    portal.list_account_roles(accessToken=token, accountId="222222222222")
    aws.clock.advance(60)
    portal.list_accounts(accessToken=token)


def test_the_controls_change_and_refuse(aws: EmbeddedAws, portal: Any) -> None:
    token = center.token_of(aws)["accessToken"]
    changed = {"interval": "1", "token_seconds": "900", "end_sign_ins": "1"}
    assert fetch(f"{aws.demo_url}/identity-center", changed)[0] == 200
    shown = fetch_json(f"{aws.demo_url}/identity-center")
    assert shown == {"accounts": 4, "interval": 1, "token_seconds": 900}
    with pytest.raises(ClientError):
        portal.list_accounts(accessToken=token)
    assert center.token_of(aws)["expiresIn"] == 900
    for wrong in ({"accounts": "6000"}, {"interval": "0"}, {"accounts": "many"}):
        assert fetch(f"{aws.demo_url}/identity-center", wrong)[0] == 400


def test_nothing_secret_is_listed_and_unknown_paths_are_not_there(
    aws: EmbeddedAws, portal: Any
) -> None:
    token = center.token_of(aws)
    portal.list_accounts(accessToken=token["accessToken"])
    listed = str(fetch_json(f"{aws.demo_url}/calls"))
    assert "ListAccounts" in listed
    assert not any(token[key] in listed for key in ("accessToken", "refreshToken", "clientSecret"))
    assert center.visit(f"{aws.identity_center_url}/token")[0] == 404
    with pytest.raises(ClientError) as caught:
        portal.list_accounts(accessToken="x")
    assert refused(caught.value)[1] == 401
