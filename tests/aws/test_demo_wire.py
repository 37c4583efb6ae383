"""The embedded AWS at the level of HTTP: signatures, clocks, faults, connections, limits."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
)
from botocore.parsers import ResponseParserError

from aws.embedded import (
    PAYMENTS,
    assume,
    call,
    client_of,
    fetch,
    fetch_json,
    refused,
    triple,
    with_code,
)
from rolecall.demo import code_programs, company
from rolecall.demo.callers import Caller
from rolecall.demo.faults import Fault
from rolecall.demo.server import EmbeddedAws

OPEN = f"{PAYMENTS}/ReadOnly"
INVALID = ("InvalidClientTokenId", 403, "The security token included in the request is invalid.")
WHO = "Action=GetCallerIdentity&Version=2011-06-15"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def like(caller: Caller, **changed: str) -> dict[str, str]:
    """The keys of a caller, some of them changed, in the form of an answer's Credentials."""
    return {
        "AccessKeyId": caller.access_key_id,
        "SecretAccessKey": caller.secret,
        "SessionToken": caller.token,
        **changed,
    }


def probe(aws: EmbeddedAws, keys: Any, region: str = "eu-central-1") -> tuple[str, int, str]:
    with client_of(aws, keys, region=region) as sts, pytest.raises(ClientError) as caught:
        sts.get_caller_identity()
    return refused(caught.value)


def test_a_key_nobody_has(aws: EmbeddedAws) -> None:
    assert probe(aws, like(aws.catalogue.users["alex"], AccessKeyId="AKIA" + "A" * 16)) == INVALID


def test_a_key_that_was_deleted(aws: EmbeddedAws) -> None:
    alex = aws.catalogue.users["alex"]
    aws.callers.remove(alex.access_key_id)
    assert probe(aws, alex) == INVALID


def test_a_token_that_is_not_the_keys(aws: EmbeddedAws) -> None:
    role = assume(aws, "alex", OPEN)
    assert probe(aws, role | {"SessionToken": "x" + role["SessionToken"]}) == INVALID
    assert probe(aws, role | {"SessionToken": ""}) == INVALID


def test_keys_of_another_partition(aws: EmbeddedAws) -> None:
    assert probe(aws, "alex", "us-gov-west-1") == INVALID
    assert probe(aws, "alex-gov", "eu-central-1") == INVALID


def test_a_wrong_secret(aws: EmbeddedAws) -> None:
    code, status, text = probe(aws, like(aws.catalogue.users["alex"], SecretAccessKey="s" * 40))
    assert (code, status) == ("SignatureDoesNotMatch", 403)
    assert text.startswith("The request signature we calculated does not match the signature")


@pytest.mark.parametrize(
    ("skew", "text"), [(901.5, "Signature expired: "), (-901.5, "Signature not yet current: ")]
)
def test_a_clock_that_is_off(aws: EmbeddedAws, skew: float, text: str) -> None:
    assert fetch(f"{aws.demo_url}/skew", {"seconds": str(skew)})[0] == 200
    with client_of(aws, "alex") as sts, pytest.raises(ClientError) as caught:
        sts.get_caller_identity()
    assert refused(caught.value)[:2] == ("SignatureDoesNotMatch", 403)
    assert refused(caught.value)[2].startswith(text)
    date = caught.value.response["ResponseMetadata"]["HTTPHeaders"]["date"]
    ahead = (parsedate_to_datetime(date) - datetime.now(UTC)).total_seconds()
    assert abs(ahead - skew) < 3


def test_the_demo_clock_moves_sessions_and_not_signatures(aws: EmbeddedAws) -> None:
    before = fetch_json(f"{aws.demo_url}/clock")
    status, body = fetch(f"{aws.demo_url}/clock?advance=86400", {})
    assert status == 200
    assert json.loads(body)["offset"] == 86400
    assert 86400 <= json.loads(body)["now"] - before["now"] < 86410
    keys = assume(aws, "alex", OPEN)
    assert abs(keys["Expiration"].timestamp() - aws.clock.now() - 3600) < 3


def signed(aws: EmbeddedAws, method: str, query: str, body: str, **auth: str) -> AWSRequest:
    access_key_id, secret, _ = triple(aws, "alex")
    request = AWSRequest(
        method, f"{aws.url}/?{query}" if query else f"{aws.url}/", data=body.encode()
    )
    request.headers["Content-Type"] = "application/x-www-form-urlencoded"
    SigV4Auth(
        Credentials(access_key_id, secret), auth.get("service", "sts"), "eu-central-1"
    ).add_auth(request)
    return request


def send(
    aws: EmbeddedAws, request: AWSRequest, body: str | None = None, **headers: str
) -> tuple[int, str]:
    with closing(http.client.HTTPConnection(aws.url.removeprefix("http://"), timeout=5)) as link:
        path = request.url.removeprefix(aws.url)
        data = request.data if body is None else body.encode()
        link.request(request.method, path, data, dict(request.headers.items()) | headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode()


def test_get_is_signed_over_its_query(aws: EmbeddedAws) -> None:
    status, body = send(aws, signed(aws, "GET", WHO, ""))
    assert status == 200
    assert company.ALEX in body
    tampered = signed(aws, "GET", WHO, "")
    tampered.url += "&X=1"
    assert "SignatureDoesNotMatch" in send(aws, tampered)[1]


def test_post_is_signed_over_its_body(aws: EmbeddedAws) -> None:
    assert send(aws, signed(aws, "POST", "", WHO))[0] == 200
    status, body = send(aws, signed(aws, "POST", "", WHO), WHO + "&X=1")
    assert status == 403
    assert "SignatureDoesNotMatch" in body


@pytest.mark.parametrize(
    ("authorization", "status", "code"),
    [
        ("", 403, "MissingAuthenticationToken"),
        ("Basic YTpi", 400, "IncompleteSignature"),
        ("AWS4-HMAC-SHA256 Credential=a/b", 400, "IncompleteSignature"),
        (
            "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0",
            400,
            "IncompleteSignature",
        ),
    ],
)
def test_headers_that_are_no_signature(
    aws: EmbeddedAws, authorization: str, status: int, code: str
) -> None:
    answered, body = send(aws, signed(aws, "POST", "", WHO), Authorization=authorization)
    assert (answered, f"<Code>{code}</Code>" in body) == (status, True)


def test_signed_for_another_service(aws: EmbeddedAws) -> None:
    status, body = send(aws, signed(aws, "POST", "", WHO, service="iam"))
    assert status == 403
    assert "Credential should be scoped to correct service: &apos;sts&apos;." in body.replace(
        "'", "&apos;"
    )


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        ("throttle", "Throttling", 400),
        ("500", "InternalFailure", 500),
        ("region-disabled", "RegionDisabledException", 403),
    ],
)
def test_faults_that_are_errors(aws: EmbeddedAws, kind: str, code: str, status: int) -> None:
    query = {"kind": kind, "count": "2", "action": "AssumeRole"}
    assert fetch(f"{aws.demo_url}/fault", query)[0] == 200
    call(aws, "alex", "get_caller_identity")
    for _ in range(2):
        with pytest.raises(ClientError) as caught:
            assume(aws, "alex", OPEN)
        assert refused(caught.value)[:2] == (code, status)
    assume(aws, "alex", OPEN)


def test_garbage_an_empty_answer_and_a_line_that_is_cut(aws: EmbeddedAws) -> None:
    aws.faults.add(Fault("garbage"))
    with pytest.raises(ResponseParserError):
        assume(aws, "alex", OPEN)
    aws.faults.add(Fault("empty"))
    assert fetch(aws.url + "/", {"Action": "GetCallerIdentity"}) == (200, "")
    code = with_code(aws)
    aws.faults.add(Fault("cut"))
    with pytest.raises(ResponseParserError):  # botocore does not compare Content-Length
        assume(aws, "alex", f"{PAYMENTS}/Admin", **code)
    with pytest.raises(ClientError, match="invalid MFA one time pass code"):
        assume(aws, "alex", f"{PAYMENTS}/Admin", **code)


def test_stop_ends_a_call_that_hangs(aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch) -> None:
    struck = threading.Event()
    monkeypatch.setattr(aws.calls, "add", lambda _call: struck.set())
    aws.faults.add(Fault("hang", seconds=3600))
    said: list[str] = []

    def ask() -> None:
        try:
            call(aws, "alex", "get_caller_identity")
        except (ReadTimeoutError, ConnectionClosedError, OSError) as error:
            said.append(type(error).__name__)

    asking = threading.Thread(target=ask)
    asking.start()
    assert struck.wait(timeout=5)
    aws.stop()
    asking.join(timeout=3)
    assert said == ["ConnectionClosedError"]


def test_no_more_faults_than_asked(aws: EmbeddedAws) -> None:
    aws.faults.add(Fault("throttle", count=1000))
    assert fetch(f"{aws.demo_url}/fault", {"kind": "none"})[0] == 200
    assume(aws, "alex", OPEN)
    for wrong in (
        {"kind": "rain"},
        {"kind": "slow", "seconds": "nan"},
        {"kind": "slow", "count": "0"},
    ):
        assert fetch(f"{aws.demo_url}/fault", wrong)[0] == 400


def test_the_list_of_calls_holds_no_secret(aws: EmbeddedAws) -> None:
    code = with_code(aws)
    keys = assume(aws, "alex", f"{PAYMENTS}/Admin", **code)
    status, body = fetch(f"{aws.demo_url}/calls")
    assert status == 200
    (made,) = json.loads(body)
    assert (made["action"], made["code"], made["role"]) == ("AssumeRole", "Ok", f"{PAYMENTS}/Admin")
    for secret in (f'"{code["TokenCode"]}"', keys["SecretAccessKey"], keys["SessionToken"]):
        assert secret not in body
    fetch(f"{aws.demo_url}/calls/reset", {})
    assert fetch_json(f"{aws.demo_url}/calls") == []


def test_the_authenticator(aws: EmbeddedAws) -> None:
    assert fetch_json(f"{aws.demo_url}/devices") == [
        company.PHONE,
        company.TABLET,
        company.GOV_PHONE,
        code_programs.KEY,
        code_programs.SPARE,
    ]
    status, code = fetch(f"{aws.demo_url}/code", serial=company.PHONE)
    assert (status, len(code), code.isdigit()) == (200, 6, True)
    assert aws.code(company.PHONE)[1] <= 30
    assert fetch(f"{aws.demo_url}/code", serial="nobody")[0] == 404
    assert fetch(f"{aws.demo_url}/nothing")[0] == 404
    assert fetch(f"{aws.demo_url}/fault")[0] == 405
    assert fetch(f"{aws.demo_url}/clock", {"advance": "-1"})[0] == 400


def test_one_connection_serves_many_calls(aws: EmbeddedAws) -> None:
    with closing(http.client.HTTPConnection(aws.url.removeprefix("http://"), timeout=5)) as link:
        link.connect()
        own = link.sock.getsockname()
        for _ in range(5):
            link.request("GET", "/demo/clock")
            with link.getresponse() as answer:
                answer.read()
                assert answer.status == 200
            assert link.sock is not None
            assert link.sock.getsockname() == own


def raw(aws: EmbeddedAws, text: str) -> str:
    with socket.create_connection(("127.0.0.1", int(aws.url.rsplit(":", 1)[1])), timeout=5) as link:
        link.sendall(text.encode())
        link.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: link.recv(65536), b"")).decode()


@pytest.mark.parametrize(
    ("request_text", "status"),
    [
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 262145\r\n\r\n", 413),
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n", 400),
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nshort", 400),
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        ("GET /demo/clock HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        ("GET /elsewhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
        ("NONSENSE\r\n\r\n", 400),
    ],
)
def test_requests_that_are_not_taken(aws: EmbeddedAws, request_text: str, status: int) -> None:
    assert str(status) in raw(aws, request_text)
    call(aws, "alex", "get_caller_identity")
