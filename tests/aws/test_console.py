"""The console URL: legal durations only, the right hosts, no foreign destination, no secret outside."""

from __future__ import annotations

import json
import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from aws.roles import CANARIES, TEMPORARY, session
from aws.scripted_server import answer, scripted
from rolecall.aws import limits as call_limits
from rolecall.aws.console import console_url, signin_base_of
from rolecall.aws.destination import Destination, destination_url
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.session import Origin, Session

TOKEN = answer(json.dumps({"SigninToken": "canary-signin token+/="}))
ANYWHERE = Destination()

CN = {"arn": "arn:aws-cn:sts::123456789012:assumed-role/dev/me", "region": "cn-north-1"}
GOV = {"arn": "arn:aws-us-gov:sts::123456789012:assumed-role/dev/me", "region": "us-gov-west-1"}
EU = {"arn": "arn:aws-eusc:sts::123456789012:assumed-role/dev/me", "region": ""}
ISO = {"arn": "arn:aws-iso:sts::123456789012:assumed-role/dev/me", "region": "us-iso-east-1"}


def refusal(made: Session, base: str, where: Destination = ANYWHERE) -> Problem:
    with pytest.raises(ProblemError) as caught:
        console_url(made, where, base)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    shown = repr(caught.value.problem) + "".join(caught.value.problem.lines())
    assert not [canary for canary in CANARIES if canary in shown]
    return caught.value.problem


def test_the_token_is_asked_for_by_post_and_the_url_carries_it() -> None:
    with scripted(TOKEN) as script:
        url = console_url(session(), Destination("s3"), script.url)
        request = script.requests[0]
    assert request.line == "POST /federation HTTP/1.1"
    assert json.loads(request.form["Session"]) == {
        "sessionId": TEMPORARY.access_key_id,
        "sessionKey": TEMPORARY.secret_access_key,
        "sessionToken": TEMPORARY.session_token,
    }
    assert url.startswith(f"{script.url}/federation?")
    assert {key: value[0] for key, value in parse_qs(urlsplit(url).query, True).items()} == {
        "Action": "login",
        "Issuer": "",
        "Destination": "https://console.aws.amazon.com/s3/home?region=eu-west-1",
        "SigninToken": "canary-signin token+/=",
    }


@pytest.mark.parametrize(
    ("origin", "sent"),
    [
        (Origin.KEYS, "43200"),
        (Origin.OWN_CODE, "43200"),
        (Origin.SHARED, None),
        (Origin.CHAINED, None),
    ],
)
def test_a_duration_is_sent_for_unchained_roles_only(origin: Origin, sent: str | None) -> None:
    with scripted(TOKEN) as script:
        console_url(session(origin), ANYWHERE, script.url)
        assert script.requests[0].form.get("SessionDuration") == sent


def test_a_refused_duration_is_left_out_once() -> None:
    with scripted(answer("Invalid credentials parameter", 400), TOKEN) as script:
        console_url(session(), ANYWHERE, script.url)
        durations = [request.form.get("SessionDuration") for request in script.requests]
        assert durations == ["43200", None]
    with scripted(answer("", 400)) as script:
        assert refusal(session(), script.url).code == "console_refused"
        assert len(script.requests) == 2
    with scripted(answer("", 400)) as script:
        assert refusal(session(Origin.CHAINED), script.url).code == "console_refused"
        assert len(script.requests) == 1


@pytest.mark.parametrize("origin", [Origin.SESSION_TOKEN, Origin.SESSION_TOKEN_MFA])
def test_get_session_token_sessions_are_never_sent_there(origin: Origin) -> None:
    with scripted(TOKEN) as script:
        made = refusal(session(origin), script.url)
        assert (made.code, made.exit) == ("console_not_possible", Exit.REFUSED)
        assert script.requests == []


@pytest.mark.parametrize(
    ("changes", "where", "expected"),
    [
        ({}, ANYWHERE, "https://console.aws.amazon.com/console/home?region=eu-west-1"),
        (
            {},
            Destination("EC2", "us-east-1"),
            "https://console.aws.amazon.com/ec2/home?region=us-east-1",
        ),
        (
            {"region": ""},
            Destination("cfn"),
            "https://console.aws.amazon.com/cloudformation/home?region=us-east-1",
        ),
        (CN, Destination("iam"), "https://console.amazonaws.cn/iam/home?region=cn-north-1"),
        (GOV, ANYWHERE, "https://console.amazonaws-us-gov.com/console/home?region=us-gov-west-1"),
        (EU, ANYWHERE, "https://console.amazonaws-eusc.eu/console/home?region=eusc-de-east-1"),
        (
            {"arn": "", "role_arn": "", "region": "cn-north-1"},
            ANYWHERE,
            "https://console.amazonaws.cn/console/home?region=cn-north-1",
        ),
        (
            {},
            Destination(url="https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#x"),
            "https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#x",
        ),
    ],
)
def test_the_destination_is_a_page_of_the_partitions_console(
    changes: dict[str, str], where: Destination, expected: str
) -> None:
    assert destination_url(session(**changes), where) == expected


@pytest.mark.parametrize(
    ("changes", "host"),
    [
        ({}, "signin.aws.amazon.com"),
        (CN, "signin.amazonaws.cn"),
        (GOV, "signin.amazonaws-us-gov.com"),
        (EU, "eusc-de-east-1.signin.amazonaws-eusc.eu"),
    ],
)
def test_the_sign_in_host_is_the_partitions(
    changes: dict[str, str], host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no_network(url: str, form: object, bundle: object) -> tuple[int, bytes]:
        asked.append(url)
        return 200, b'{"SigninToken": "t"}'

    monkeypatch.setattr("rolecall.aws.console._post", no_network)
    url = console_url(session(**changes), ANYWHERE)
    assert asked == [f"https://{host}/federation"]
    assert url.startswith(f"https://{host}/federation?Action=login&")


@pytest.mark.parametrize(
    ("changes", "where", "code"),
    [
        ({}, Destination(url="http://console.aws.amazon.com/"), "bad_destination"),
        ({}, Destination(url="https://console.aws.amazon.com.evil.test/"), "bad_destination"),
        ({}, Destination(url="https://evilconsole.aws.amazon.com/"), "bad_destination"),
        ({}, Destination(url="https://console.aws.amazon.com@evil.test/"), "bad_destination"),
        ({}, Destination(url="https://evil.test\\@console.aws.amazon.com/"), "bad_destination"),
        ({}, Destination(url="https://console.aws.amazon.com:8443/"), "bad_destination"),
        ({}, Destination(url="https://console.aws.amazon.com:x/"), "bad_destination"),
        ({}, Destination(url="https://[console.aws.amazon.com/"), "bad_destination"),
        ({}, Destination(url="https://console.aws.amazon.com/\nx"), "bad_destination"),
        ({}, Destination(url="https://console.amazonaws.cn/"), "bad_destination"),
        ({}, Destination(url="//console.aws.amazon.com/"), "bad_destination"),
        ({}, Destination(url="javascript:alert(1)//console.aws.amazon.com"), "bad_destination"),
        (CN, Destination(url="https://console.aws.amazon.com/"), "bad_destination"),
        ({}, Destination(region="x.evil.test/#"), "bad_region"),
        ({}, Destination(region="eu-west-1&x=y"), "bad_region"),
        ({}, Destination(region="eu-west-1\n"), "bad_region"),
        ({}, Destination(region="EU-WEST-1"), "bad_region"),
        ({}, Destination(region="cn-north-1"), "bad_region"),
        ({}, Destination(service="../x"), "bad_service"),
        ({}, Destination(service="s3?x"), "bad_service"),
        ({}, Destination(service="s" * 65), "bad_service"),
        (ISO, ANYWHERE, "console_unknown"),
    ],
)
def test_a_foreign_or_bad_destination_is_refused_before_any_call(
    changes: dict[str, str], where: Destination, code: str
) -> None:
    with scripted(TOKEN) as script:
        made = refusal(session(**changes), script.url, where)
        assert made.code == code
        assert made.exit in (Exit.USAGE, Exit.LOCAL)
        assert script.requests == []


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (answer("<html>sign in to the hotel</html>"), "garbage"),
        (answer("[]"), "garbage"),
        (answer("{}"), "garbage"),
        (answer('{"SigninToken": 7}'), "garbage"),
        (answer("[" * 100_000), "garbage"),
        (answer(b"\xff\xfe"), "garbage"),
        (answer(b"x" * (call_limits.LARGEST_ANSWER + 1)), "garbage"),
        (answer("", 302, extra="Location: http://127.0.0.1:9/\r\n"), "garbage"),
        (answer("", 403), "console_refused"),
        (answer("", 503), "aws_unavailable"),
        (answer("", 429), "throttled"),
    ],
    ids=range(11),
)
def test_bad_answers(step: bytes, code: str) -> None:
    with scripted(step) as script:
        assert refusal(session(), script.url).code == code
        assert len(script.requests) == 1


def test_nobody_listens() -> None:
    assert refusal(session(), "http://127.0.0.1:9").code == "no_network"


def test_the_loopback_base_is_never_asked_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(TOKEN) as proxy, scripted(TOKEN) as script:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        console_url(session(), ANYWHERE, script.url)
        assert (len(proxy.requests), len(script.requests)) == (0, 1)


def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("", "botocore", "botocore.httpsession", "urllib3.connectionpool"):
        caplog.set_level(logging.DEBUG, logger=name)
    with scripted(TOKEN) as script:
        console_url(session(), ANYWHERE, script.url)
    assert not [canary for canary in CANARIES if canary in caplog.text]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123"),
        ("http://127.9.9.9:1/", "http://127.9.9.9:1"),
        ("https://[::1]:8443/base/", "https://[::1]:8443/base"),
    ],
)
def test_the_sign_in_base_on_loopback_is_taken(value: str, expected: str) -> None:
    assert signin_base_of({"ROLECALL_SIGNIN_URL": value}) == expected


@pytest.mark.parametrize(
    "value",
    [
        "http://localhost:8123",
        "http://127.0.0.1.evil.test",
        "http://127.1:80",
        "http://0x7f000001",
        "http://2130706433",
        "http://0.0.0.0:80",
        "http://[::ffff:127.0.0.1]:80",
        "http://10.0.0.1",
        "http://evil.test#127.0.0.1",
        "http://127.0.0.1@evil.test",
        "http://me@127.0.0.1",
        "http://127.0.0.1:99999",
        "http://127.0.0.1/?x",
        "ftp://127.0.0.1",
        "127.0.0.1:80",
        "https://signin.aws.amazon.com",
        " http://127.0.0.1",
        "http://127.0.0.1\n",
    ],
)
def test_any_other_sign_in_base_is_a_usage_error(value: str) -> None:
    with pytest.raises(ProblemError) as caught:
        signin_base_of({"ROLECALL_SIGNIN_URL": value})
    assert (caught.value.problem.code, caught.value.problem.exit) == ("bad_signin_url", Exit.USAGE)
