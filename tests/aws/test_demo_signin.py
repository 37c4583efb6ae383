"""The embedded sign-in host: who gets a token, what a login shows, what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote

import pytest

from aws.embedded import (
    ANALYTICS,
    PAYMENTS,
    SANDBOX,
    assume,
    call,
    fetch,
    session,
    triple,
    with_code,
)
from rolecall.demo import company
from rolecall.demo.faults import Fault
from rolecall.demo.server import EmbeddedAws

OPEN = f"{PAYMENTS}/ReadOnly"
DESTINATION = "https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def packed(aws: EmbeddedAws, keys: Any) -> str:
    access_key_id, secret, token = triple(aws, keys)
    return json.dumps({"sessionId": access_key_id, "sessionKey": secret, "sessionToken": token})


def ask(aws: EmbeddedAws, keys: Any, *, post: bool = True, **more: str) -> tuple[int, str]:
    values = {"Action": "getSigninToken", "Session": packed(aws, keys), **more}
    url = f"{aws.signin_url}/federation"
    return fetch(url, values) if post else fetch(url, **values)


def token(aws: EmbeddedAws, keys: Any, **more: str) -> str:
    status, body = ask(aws, keys, **more)
    assert status == 200, body
    return str(json.loads(body)["SigninToken"])


def login(aws: EmbeddedAws, sign_in_token: str, **more: str) -> tuple[int, str]:
    values = {
        "Action": "login",
        "Issuer": "",
        "Destination": DESTINATION,
        "SigninToken": sign_in_token,
        **more,
    }
    return fetch(f"{aws.signin_url}/federation", **values)


def shown(page: str) -> dict[str, str]:
    return {at: unescape(text) for at, text in re.findall(r'<dd id="(\w+)">(.*?)</dd>', page)}


def test_a_login_shows_who_is_signed_in_where_and_how_long(aws: EmbeddedAws) -> None:
    keys = assume(aws, "alex", OPEN, DurationSeconds=7200)
    status, page = login(aws, token(aws, keys))
    assert status == 200
    found = shown(page)
    left = found.pop("left")
    assert left in {"2 h 00 min", "1 h 59 min"}
    assert found == {
        "account": "Payments (2222 2222 2222)",
        "role": "ReadOnly",
        "session": "alex-laptop",
        "region": "eu-central-1",
        "destination": DESTINATION,
    }


@pytest.mark.parametrize("post", [True, False])
def test_the_token_is_given_for_get_and_post(aws: EmbeddedAws, post: bool) -> None:
    status, body = ask(aws, assume(aws, "alex", OPEN), post=post, SessionDuration="43200")
    assert status == 200
    assert shown(login(aws, json.loads(body)["SigninToken"])[1])["left"] in {
        "12 h 00 min",
        "11 h 59 min",
    }


def test_a_chained_session_signs_in_without_a_duration(aws: EmbeddedAws) -> None:
    chained = assume(aws, session(aws), f"{PAYMENTS}/Admin")
    assert login(aws, token(aws, chained))[0] == 200


def test_a_federated_user_signs_in(aws: EmbeddedAws) -> None:
    keys = call(aws, "alex", "get_federation_token", Name="alex")["Credentials"]
    found = shown(login(aws, token(aws, keys))[1])
    assert (found["role"], found["account"]) == ("alex", "Identity (1111 1111 1111)")


def test_another_partition_has_its_own_console(aws: EmbeddedAws) -> None:
    arn = "arn:aws-us-gov:iam::444444444444:role/Auditor"
    code = with_code(aws, company.GOV_PHONE)
    answer = call(aws, "alex-gov", "assume_role", RoleArn=arn, RoleSessionName="alex", **code)
    gov = token(aws, answer["Credentials"])
    assert login(aws, gov)[0] == 400
    status, page = login(
        aws, gov, Destination="https://us-gov-west-1.console.amazonaws-us-gov.com/console/home"
    )
    assert (status, shown(page)["region"]) == (200, "us-gov-west-1")


def expired(aws: EmbeddedAws) -> str:
    session_text = packed(aws, assume(aws, "alex", OPEN))
    aws.clock.advance(3600)
    return session_text


def changed(aws: EmbeddedAws, name: str, value: object) -> str:
    return json.dumps({**json.loads(packed(aws, assume(aws, "alex", OPEN))), name: value})


NO_SESSION: dict[str, Callable[[EmbeddedAws], str]] = {
    "GetSessionToken credentials": lambda aws: packed(aws, session(aws)),
    "long-term keys": lambda aws: packed(aws, "alex"),
    "expired": expired,
    "wrong secret": lambda aws: changed(aws, "sessionKey", "s" * 40),
    "wrong token": lambda aws: changed(aws, "sessionToken", "t"),
    "unknown key": lambda aws: changed(aws, "sessionId", "ASIA" + "A" * 16),
    "a number for a key": lambda aws: changed(aws, "sessionKey", 7),
    "a list for an id": lambda aws: changed(aws, "sessionId", []),
    "junk": lambda _aws: "{sessionId",
    "a list": lambda _aws: "[]",
    "nothing": lambda _aws: "",
}


@pytest.mark.parametrize("given", NO_SESSION.values(), ids=NO_SESSION.keys())
def test_sessions_that_get_no_token(aws: EmbeddedAws, given: Callable[[EmbeddedAws], str]) -> None:
    values = {"Action": "getSigninToken", "Session": given(aws)}
    answer = fetch(f"{aws.signin_url}/federation", values)
    assert answer == (400, "Invalid credentials parameter")
    assert aws.calls.listed()[-1]["code"] == "BadRequest"


@pytest.mark.parametrize("seconds", ["899", "43201", "1h", "", "-900", "9" * 30, "٩٠٠"])
def test_durations_that_get_no_token(aws: EmbeddedAws, seconds: str) -> None:
    status, body = ask(aws, assume(aws, "alex", OPEN), SessionDuration=seconds)
    assert (status, body) == (400, "Invalid SessionDuration parameter")


def test_a_duration_is_refused_where_the_session_sets_it(aws: EmbeddedAws) -> None:
    jump = assume(aws, "alex", f"{ANALYTICS}/DataJump", **with_code(aws))
    sessions = (
        assume(aws, jump, f"{ANALYTICS}/deploy/ProdDeploy"),
        assume(aws, session(aws, mfa=False), OPEN),
        call(aws, "alex", "get_federation_token", Name="alex")["Credentials"],
    )
    for keys in sessions:
        assert ask(aws, keys, SessionDuration="3600") == (400, "Invalid credentials parameter")


def test_a_token_ends_after_fifteen_minutes(aws: EmbeddedAws) -> None:
    issued = token(aws, assume(aws, "alex", OPEN))
    aws.clock.advance(895)
    assert login(aws, issued)[0] == 200
    aws.clock.advance(10)
    status, page = login(aws, issued)
    assert (status, "Invalid SigninToken parameter" in page) == (400, True)


@pytest.mark.parametrize(
    "destination",
    [
        "",
        "http://console.aws.amazon.com/",
        "https://console.aws.amazon.com.evil.example/",
        "https://evilconsole.aws.amazon.com/",
        "https://me@console.aws.amazon.com/",
        "https://console.aws.amazon.com:8443/",
        "https://console.amazonaws.cn/",
        "https://[::1/",
        "javascript:alert(1)",
    ],
)
def test_destinations_that_are_not_the_console(aws: EmbeddedAws, destination: str) -> None:
    status, page = login(aws, token(aws, assume(aws, "alex", OPEN)), Destination=destination)
    assert (status, "Invalid Destination parameter" in page) == (400, True)


def test_a_login_that_lacks_something_or_is_made_up(aws: EmbeddedAws) -> None:
    url = f"{aws.signin_url}/federation"
    assert (
        "Missing Issuer" in fetch(url, Action="login", Destination=DESTINATION, SigninToken="x")[1]
    )
    assert login(aws, "made-up")[0] == 400
    assert fetch(url, Action="other")[0] == 400
    assert fetch(url)[0] == 400


def test_the_page_shows_text_as_text(aws: EmbeddedAws) -> None:
    destination = "https://console.aws.amazon.com/s3/home?region=<script>alert(1)</script>"
    _, page = login(aws, token(aws, assume(aws, "alex", OPEN)), Destination=destination)
    assert "<script" not in page
    assert shown(page)["destination"] == destination


def test_logout_goes_on_to_a_login_and_nowhere_else(aws: EmbeddedAws) -> None:
    link = HTTPConnection(aws.url.removeprefix("http://"), timeout=5)
    try:
        onward = f"{aws.signin_url}/federation?Action=login"
        link.request("GET", "/oauth?Action=logout&redirect_uri=" + quote(onward, safe=""))
        with link.getresponse() as answer:
            assert (answer.status, answer.headers["Location"]) == (302, onward)
            answer.read()
    finally:
        link.close()
    url = f"{aws.signin_url}/oauth"
    assert fetch(url, Action="logout")[0] == 200
    assert fetch(url, Action="logout", redirect_uri="https://evil.example/")[0] == 400
    assert fetch(url, Action="logout", redirect_uri=f"{onward}\r\nX-Forged: 1")[0] == 400
    assert fetch(url, Action="login")[0] == 400


def test_the_sign_in_host_has_bad_weather_too(aws: EmbeddedAws) -> None:
    keys = assume(aws, "alex", f"{SANDBOX}/Admin")
    aws.faults.add(Fault("500", action="getSigninToken"))
    assert ask(aws, keys)[0] == 500
    assert ask(aws, keys)[0] == 200
