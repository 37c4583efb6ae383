"""One kept client: what is sent, what is taken from the answer, and what never leaves the computer."""

from __future__ import annotations

import getpass
import subprocess
import sys
import time
from socket import socket

import pytest

from aws.roles import CANARIES, CODE, DEVICE, KEYS, NOON, TEMPORARY, assume, role, session_token
from aws.scripted_server import answer, assumed, error, listening, scripted
from rolecall.aws import checks
from rolecall.aws import limits as call_limits
from rolecall.aws.messages import Answer
from rolecall.aws.sts import Sts
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.route import Hop


def refusal(hop: Hop, code: str | None = None, url: str = "http://127.0.0.1:9") -> Problem:
    with pytest.raises(ProblemError) as caught:
        Sts().call(hop, KEYS, code, role(url), lambda: NOON)
    assert caught.value.__context__ is None
    return caught.value.problem


def test_everything_the_hop_says_is_sent_and_nothing_else() -> None:
    hop = assume(
        serial=DEVICE,
        external_id="partner-7",
        session_name="me@example.com",
        duration_seconds=7200,
        policy='{"Statement":[]}',
        policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
    )
    with scripted(assumed()) as script:
        Sts().call(hop, KEYS, CODE, role(script.url), lambda: NOON)
        assert script.requests[0].form == {
            "Action": "AssumeRole",
            "Version": "2011-06-15",
            "RoleArn": hop.role_arn,
            "RoleSessionName": "me@example.com",
            "DurationSeconds": "7200",
            "ExternalId": "partner-7",
            "SerialNumber": DEVICE,
            "TokenCode": CODE,
            "Policy": '{"Statement":[]}',
            "PolicyArns.member.1.arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
        }


def test_a_code_is_not_sent_where_the_hop_names_no_device() -> None:
    with scripted(assumed()) as script:
        Sts().call(assume(), KEYS, CODE, role(script.url), lambda: NOON)
        assert "TokenCode" not in script.requests[0].form


def test_the_session_token_goes_with_temporary_credentials_only() -> None:
    with scripted(assumed()) as script:
        sts = Sts()
        sts.call(assume(), TEMPORARY, None, role(script.url), lambda: NOON)
        sts.call(assume(), KEYS, None, role(script.url), lambda: NOON)
        first, second = (request.headers for request in script.requests)
        assert first["x-amz-security-token"] == TEMPORARY.session_token
        assert "x-amz-security-token" not in second


def test_the_answer_is_taken_apart() -> None:
    with scripted(assumed("2099-01-01T00:00:00Z", date=NOON)) as script:
        found = Sts().call(assume(), KEYS, None, role(script.url), lambda: NOON)
    assert found.credentials.access_key_id == "ASIAGIVEN"
    assert found.credentials.session_token == "given-token"
    assert found.arn == "arn:aws:sts::123456789012:assumed-role/dev/me"
    assert found.user_id == "AROAEXAMPLE:me"
    assert found.packed_policy_size == 6
    assert (found.issued_at, found.expires_at, found.skew) == (NOON, 4070908800.0, 0.0)
    assert "given" not in repr(found)


@pytest.mark.parametrize("ahead", [1.0, -1.0])
def test_a_second_of_difference_is_no_skew(ahead: float) -> None:
    with scripted(assumed(date=NOON + ahead)) as script:
        assert Sts().call(assume(), KEYS, None, role(script.url), lambda: NOON).skew == 0.0


@pytest.mark.parametrize("ahead", [600.0, -600.0, 3.0])
def test_skew_is_measured_and_times_are_by_the_clock_of_aws(ahead: float) -> None:
    with scripted(assumed(date=NOON + ahead)) as script:
        found = Sts().call(assume(), KEYS, None, role(script.url), lambda: NOON)
    assert found.skew == pytest.approx(ahead, abs=1)
    assert found.issued_at == pytest.approx(NOON + ahead, abs=1)


def test_the_session_name_is_the_login_user_made_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    for user, expected in [
        ("anna", "anna"),
        ("CORP\\Anna Müller", "CORP-Anna-M-ller"),
        ("x" * 90, "x" * 64),
        ("é", "rolecall"),
        ("", "rolecall"),
    ]:
        monkeypatch.setattr(getpass, "getuser", lambda user=user: user)
        assert checks.session_name(assume(), NOON) == expected
    assert checks.session_name(assume(session_name="given"), NOON) == "given"


def test_a_user_without_a_name_still_gets_a_session_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert checks.session_name(assume(), NOON) == "rolecall"


@pytest.mark.parametrize(
    ("hop", "code", "expected"),
    [
        (assume(duration_seconds=899), None, "duration_out_of_range"),
        (assume(duration_seconds=43201), None, "duration_out_of_range"),
        (session_token(duration_seconds=129601), CODE, "duration_out_of_range"),
        (assume(session_name="a"), None, "bad_session_name"),
        (assume(session_name="a" * 65), None, "bad_session_name"),
        (assume(session_name="two words"), None, "bad_session_name"),
        (assume(session_name="two\nlines"), None, "bad_session_name"),
        (assume(session_name="mü"), None, "bad_session_name"),
        (assume(external_id="x"), None, "bad_external_id"),
        (assume(external_id="y" * 1225), None, "bad_external_id"),
        (assume(external_id="a b"), None, "bad_external_id"),
        (assume(serial="short"), CODE, "bad_mfa_serial"),
        (assume(serial="x" * 257), CODE, "bad_mfa_serial"),
        (assume(serial="arn:aws:iam::123456789012:mfa/a b"), CODE, "bad_mfa_serial"),
        (assume(serial=DEVICE), "31415", "mfa_code_malformed"),
        (assume(serial=DEVICE), "31415x", "mfa_code_malformed"),
        (assume(serial=DEVICE), "３１４１５９", "mfa_code_malformed"),
        (assume(serial=DEVICE), "314159\n", "mfa_code_malformed"),
        (session_token(), "-31415", "mfa_code_malformed"),
        (session_token(), None, "mfa_code_malformed"),
        (assume(policy="{"), None, "bad_policy"),
        (assume(policy="[]"), None, "bad_policy"),
        (assume(policy='{"a":"' + "b" * 2048 + '"}'), None, "bad_policy"),
        (assume(policy='{"a":"☃"}'), None, "bad_policy"),
        (assume(policy="[" * 2000), None, "bad_policy"),
        (assume(policy_arns=("arn:aws:iam::aws:policy/A",) * 11), None, "bad_policy_arns"),
        (assume(policy_arns=("ReadOnlyAccess",)), None, "bad_policy_arns"),
        (assume("arn:aws:iam::123456789012:user/me"), None, "bad_role_arn"),
        (assume("arn:aws:iam::12345:role/me"), None, "bad_role_arn"),
    ],
)
def test_a_value_aws_would_refuse_for_its_form_is_never_sent(
    hop: Hop, code: str | None, expected: str
) -> None:
    with scripted(assumed()) as script:
        made = refusal(hop, code, script.url)
        assert script.requests == []
    assert made.code == expected
    assert made.exit in (Exit.LOCAL, Exit.USAGE)
    assert "31415" not in "".join(made.lines())


@pytest.mark.parametrize("seconds", [900, 43200])
def test_the_limits_themselves_are_allowed(seconds: int) -> None:
    hop = assume(duration_seconds=seconds, policy='{"a":"' + "b" * 2040 + '"}')
    with scripted(assumed()) as script:
        assert isinstance(Sts().call(hop, KEYS, None, role(script.url), lambda: NOON), Answer)


def test_caller_identity() -> None:
    body = (
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        "<GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>A</UserId>"
        "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    )
    with scripted(answer(body)) as script:
        arn = Sts().caller_identity(KEYS, role(script.url), lambda: NOON)
    assert arn == "arn:aws:iam::123456789012:user/me"
    with scripted(error("InvalidClientTokenId", "no")) as script, pytest.raises(ProblemError):
        Sts().caller_identity(KEYS, role(script.url), lambda: NOON)


def _reset(connection: socket) -> None:
    connection.close()


def _cut(connection: socket) -> None:
    connection.sendall(assumed()[:400])
    connection.close()


def _cut_inside_the_head(connection: socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")
    connection.close()


_NO_CREDENTIALS = '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"/>'


@pytest.mark.parametrize(
    "step",
    [
        answer("<html><body>Please sign in to the hotel network</body></html>"),
        answer("<html>unclosed"),
        answer(""),
        answer("\0\1\2"),
        answer('{"message": "json"}'),
        answer(_NO_CREDENTIALS),
        answer(assumed(secret="")[assumed().index(b"<Assume") :]),
        answer(assumed("2001-01-01T00:00:00Z")[assumed().index(b"<Assume") :]),
        answer(b"x" * (call_limits.LARGEST_ANSWER + 1)),
        answer("<html>forbidden</html>", 403),
        answer("", 404),
        _cut,
    ],
    ids=range(12),
)
def test_what_is_no_answer_of_aws_is_called_so(step: object) -> None:
    with scripted(step) as script:  # type: ignore[arg-type]
        made = refusal(assume(serial=DEVICE), CODE, script.url)
        assert (made.code, made.exit) == ("garbage", Exit.NETWORK)
        assert len(script.requests) == 1
        assert not [canary for canary in CANARIES if canary in "".join(made.lines())]


@pytest.mark.parametrize("step", [_reset, _cut_inside_the_head])
def test_a_connection_that_is_closed_early(step: object) -> None:
    with scripted(step) as script:  # type: ignore[arg-type]
        made = refusal(assume(serial=DEVICE), CODE, script.url)
        assert made.exit is Exit.NETWORK
        assert made.code in ("connection_closed", "garbage")
        assert len(script.requests) == 1


def test_nobody_listens_or_the_name_is_unknown() -> None:
    with socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        made = refusal(assume(serial=DEVICE), CODE, f"http://127.0.0.1:{port}")
    assert (made.code, made.exit) == ("no_network", Exit.NETWORK)


def test_plain_http_where_tls_is_expected() -> None:
    with scripted(assumed()) as script:
        made = refusal(assume(serial=DEVICE), CODE, script.url.replace("http:", "https:"))
    assert (made.code, made.exit) == ("tls", Exit.NETWORK)


def test_a_proxy_is_used_and_one_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with scripted(assumed()) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        Sts().call(assume(), KEYS, None, role("http://sts.example.test"), lambda: NOON)
        assert proxy.requests[0].line == "POST http://sts.example.test/ HTTP/1.1"
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    made = refusal(assume(serial=DEVICE), CODE, "http://sts.example.test")
    assert (made.code, made.exit) == ("proxy", Exit.NETWORK)


@pytest.mark.parametrize(
    "whole", [b"", assumed()[:40], assumed()[:-200]], ids=["silent", "head", "body"]
)
def test_an_answer_that_trickles_or_never_comes_ends_the_call_in_time(
    whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_limits, "CONNECT_SECONDS", 0.1)
    monkeypatch.setattr(call_limits, "CALL_SECONDS", 0.4)

    def trickle(connection: socket) -> None:
        connection.sendall(whole)
        while not script.stopped.wait(0.05):
            try:
                connection.sendall(b"x" if whole else b"")
            except OSError:
                return

    with scripted(trickle) as script:
        started = time.monotonic()
        made = refusal(assume(), None, script.url)
        spent = time.monotonic() - started
    assert (made.code, made.exit) == ("timeout", Exit.NETWORK)
    assert spent < 1.5


def test_retries_end_with_the_time_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_limits, "CALL_SECONDS", call_limits.CONNECT_SECONDS)
    with scripted(error("InternalFailure", "", 500)) as script:
        made = refusal(assume(), None, script.url)
        assert script.requests == []
    assert made.code == "timeout"


def test_calls_with_and_without_a_code_go_over_one_kept_connection() -> None:
    with scripted(assumed()) as script:
        sts, asked = Sts(), role(script.url)
        sts.call(assume(serial=DEVICE), KEYS, CODE, asked, lambda: NOON)
        sts.call(assume(), KEYS, None, asked, lambda: NOON)
        sts.call(assume(), TEMPORARY, None, role(script.url, region="eu-west-1"), lambda: NOON)
        assert len(script.requests) == 3
        assert script.connections == 1


def test_a_request_is_sent_in_one_piece() -> None:
    pieces: list[bytes] = []

    def first_piece(connection: socket) -> None:
        pieces.append(connection.recv(65536))
        connection.sendall(assumed())

    with listening(first_piece) as url:
        Sts().call(assume(), KEYS, None, role(url), lambda: NOON)
    head, _, body = pieces[0].partition(b"\r\n\r\n")
    assert f"Content-Length: {len(body)}".encode() in head
    assert b"User-Agent: rolecall/" in head


def test_warming_builds_both_clients_and_makes_no_call() -> None:
    with scripted(assumed()) as script:
        sts = Sts()
        sts.warm(role(script.url))
        assert len(sts._clients) == 2
        sts.call(assume(serial=DEVICE), KEYS, CODE, role(script.url), lambda: NOON)
        assert len(sts._clients) == 2
        assert len(script.requests) == 1


def test_importing_the_calls_does_not_import_botocore() -> None:
    program = "import sys, rolecall.sign_in; print('botocore' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout.strip() == b"False"
