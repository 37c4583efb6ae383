"""The demo's identity providers over HTTP: what they give, and all that they refuse."""

from __future__ import annotations

import base64
import http.client
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from aws.embedded import fetch, fetch_json
from aws.web_person import RETURN, Attempt, answered, configuration, led_to
from rolecall.demo.identity_provider import Style
from rolecall.demo.jws import claims_of
from rolecall.demo.server import EmbeddedAws


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


@pytest.fixture
def attempt(aws: EmbeddedAws) -> Attempt:
    return Attempt(aws)


def number(text: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(text + "=="), "big")


def test_discovery_names_what_is_there(aws: EmbeddedAws) -> None:
    found = configuration(aws)
    assert found["issuer"] == f"{aws.url}/idp"
    assert found["authorization_endpoint"] == f"{aws.url}/idp/authorize"
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert [key["kty"] for key in fetch_json(found["jwks_uri"])["keys"]] == ["RSA"]


def test_the_id_token_says_who_and_is_signed(aws: EmbeddedAws, attempt: Attempt) -> None:
    token = attempt.redeemed()["id_token"]
    claims = claims_of(token)
    assert claims["iss"] == f"{aws.url}/idp"
    assert (claims["sub"], claims["aud"], claims["nonce"]) == ("alex", "rolecall", attempt.nonce)
    assert claims["exp"] == claims["iat"] + 3600  # type: ignore[operator]
    key = fetch_json(f"{aws.url}/idp/jwks")["keys"][0]
    public = RSAPublicNumbers(number(key["e"]), number(key["n"])).public_key()
    signed, _, signature = token.rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    public.verify(raw, signed.encode(), PKCS1v15(), SHA256())


def test_every_instance_has_a_key_of_its_own(aws: EmbeddedAws) -> None:
    with EmbeddedAws() as other:
        mine, theirs = (fetch_json(f"{one.url}/idp/jwks")["keys"][0] for one in (aws, other))
    assert mine["n"] != theirs["n"]
    assert mine["kid"] != theirs["kid"]


def test_the_browser_is_led_back_with_code_state_and_issuer(attempt: Attempt) -> None:
    where = led_to(attempt.url())
    assert where.startswith(f"{RETURN}?")
    said = dict(parse_qsl(urlsplit(where).query))
    assert said["state"] == attempt.state
    assert said["iss"] == attempt.issuer
    assert len(said["code"]) > 40


def test_a_no_is_told_with_the_state(attempt: Attempt) -> None:
    said = answered(attempt.url(), "deny")
    assert (said["error"], said["state"]) == ("access_denied", attempt.state)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"scope": "email"}, "invalid_scope"),
    ],
)
def test_a_wrong_request_is_told_to_the_program(
    attempt: Attempt, changed: dict[str, str], error: str
) -> None:
    assert _redirected(attempt.url(**changed))["error"] == error


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"redirect_uri": "http://127.0.0.1:1/elsewhere"},
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": "http://127.0.0.1.evil.example:1/callback"},
        {"redirect_uri": "http://127.0.0.1:x/callback"},
        {"redirect_uri": "http://127.0.0.1/callback"},
    ],
)
def test_a_stranger_is_not_redirected_to(attempt: Attempt, changed: dict[str, str]) -> None:
    status, page = fetch(attempt.url(**changed))
    assert status == 400
    assert "Not signed in" in page


def test_the_page_is_answered_once(attempt: Attempt) -> None:
    _, page = fetch(attempt.url())
    name = page.split('name="form" value="')[1].split('"')[0]
    where = f"{attempt.issuer}/authorize"
    attempt.aws.clock.advance(601)
    assert fetch(where, {"form": name, "answer": "allow"})[0] == 400
    assert fetch(where, {"form": "made-up", "answer": "allow"})[0] == 400


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code": "made-up"}, "invalid_grant"),
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
        ({"redirect_uri": "http://127.0.0.1:1/callback"}, "invalid_grant"),
        ({"client_id": "other-program"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
def test_a_code_is_worth_nothing_in_other_hands(
    attempt: Attempt, changed: dict[str, str], error: str
) -> None:
    form = {
        "grant_type": "authorization_code", "code": attempt.code(), "redirect_uri": RETURN,
        "code_verifier": attempt.verifier,
    }  # fmt: skip
    assert _error(attempt.token(**(form | changed))) == (400, error)


def test_a_code_is_used_once_and_soon(attempt: Attempt) -> None:
    form = {"grant_type": "authorization_code", "redirect_uri": RETURN}
    form |= {"code": attempt.code(), "code_verifier": attempt.verifier}
    assert attempt.token(**form)[0] == 200
    assert _error(attempt.token(**form)) == (400, "invalid_grant")
    form["code"] = attempt.code()
    attempt.aws.clock.advance(61)
    assert _error(attempt.token(**form)) == (400, "invalid_grant")


def test_a_refresh_token_gives_the_next_and_is_used_once(attempt: Attempt) -> None:
    first = attempt.redeemed()
    attempt.aws.clock.advance(3000)
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    status, second = attempt.token(**form)
    assert status == 200
    assert second["refresh_token"] != first["refresh_token"]
    assert claims_of(second["id_token"])["auth_time"] == claims_of(first["id_token"])["auth_time"]
    assert _error(attempt.token(**form)) == (400, "invalid_grant")


def test_who_does_not_ask_for_it_gets_no_refresh_token(aws: EmbeddedAws) -> None:
    assert "refresh_token" not in Attempt(aws, scope="openid").redeemed()


def test_a_client_with_a_secret_has_to_say_it(aws: EmbeddedAws) -> None:
    attempt = Attempt(aws, "rolecall-with-secret", secret="wrong")
    form = {"grant_type": "authorization_code", "redirect_uri": RETURN}
    form |= {"code": attempt.code(), "code_verifier": attempt.verifier}
    assert _error(attempt.token(**form)) == (401, "invalid_client")
    good = replace(attempt, secret="acme-demo-client-secret")
    assert good.redeemed()["token_type"] == "Bearer"


@pytest.mark.parametrize(
    ("style", "client", "prefix"),
    [
        (Style.AMAZON, "amzn1.application-oa2-client.demo", "Atza|"),
        (Style.FACEBOOK, "4711471147114711", "EAA"),
    ],
)
def test_the_others_give_tokens_that_only_they_can_read(
    aws: EmbeddedAws, style: Style, client: str, prefix: str
) -> None:
    given = Attempt(aws, client, style, scope="profile").redeemed()
    assert given["access_token"].startswith(prefix)
    assert "id_token" not in given
    opened = aws.web.providers[style].opened(given["access_token"])
    assert opened is not None
    assert (opened.app_id, opened.user_id) == (client, "alex")


def _redirected(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=5)) as line:
        line.request("GET", f"{parts.path}?{parts.query}")
        answer = line.getresponse()
        answer.read()
    assert answer.status == 303
    return dict(parse_qsl(urlsplit(str(answer.getheader("Location"))).query))


def _error(answer: tuple[int, dict[str, Any]]) -> tuple[int, str]:
    return answer[0], answer[1]["error"]
