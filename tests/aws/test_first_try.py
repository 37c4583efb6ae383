"""The second call of an operation goes a short way: the same request, and botocore's own way where it fails."""

from __future__ import annotations

from socket import SO_LINGER, SOL_SOCKET, socket
from struct import pack

import pytest

from aws.roles import CODE, DEVICE, KEYS, NOON, TEMPORARY, assume, role, session_token
from aws.scripted_server import answer, assumed, error, scripted
from rolecall.aws import first_try
from rolecall.aws.messages import Answer
from rolecall.aws.sts import Sts
from rolecall.domain.problem import ProblemError

OTHER_EACH_TIME = {"x-amz-date", "authorization", "amz-sdk-invocation-id"}
SHORT_LIVED = error("ExpiredToken", "The security token included in the request is expired")


@pytest.fixture
def short_ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the operations that were begun the short way."""
    begun: list[str] = []
    signed = first_try._Tries._signed

    def noted(self: first_try._Tries, settled: first_try._Settled, parameters: dict) -> object:
        begun.append(settled.model.name)
        return signed(self, settled, parameters)

    monkeypatch.setattr(first_try._Tries, "_signed", noted)
    return begun


def call(sts: Sts, url: str) -> Answer:
    return sts.call(assume(), KEYS, None, role(url), lambda: NOON)


def test_the_short_way_sends_what_botocore_sends_and_reads_what_it_reads(
    short_ways: list[str],
) -> None:
    with scripted(assumed("2099-01-01T00:00:00Z", date=NOON)) as script:
        sts = Sts()
        first, second = call(sts, script.url), call(sts, script.url)
        before, after = script.requests
    assert short_ways == ["AssumeRole"]
    assert first == second
    assert (before.line, before.body) == (after.line, after.body)
    fixed = [
        {name: value for name, value in request.headers.items() if name not in OTHER_EACH_TIME}
        for request in (before, after)
    ]
    assert fixed[0] == fixed[1]
    assert set(before.headers) == set(after.headers)
    signed_of = [r.headers["authorization"].split("Signature=")[0] for r in (before, after)]
    assert signed_of[0] == signed_of[1]


def test_each_call_is_signed_with_its_own_credentials(short_ways: list[str]) -> None:
    with scripted(assumed()) as script:
        sts = Sts()
        call(sts, script.url)
        sts.call(assume(), TEMPORARY, None, role(script.url), lambda: NOON)
        call(sts, script.url)
        tokens = [request.headers.get("x-amz-security-token") for request in script.requests]
    assert tokens == [None, TEMPORARY.session_token, None]
    assert len(short_ways) == 2


def test_each_operation_has_a_first_call_of_its_own(short_ways: list[str]) -> None:
    with scripted(assumed()) as script:
        sts = Sts()
        call(sts, script.url)
        for _ in range(2):
            with pytest.raises(ProblemError):  # the script answers another operation
                sts.call(session_token(serial=""), KEYS, None, role(script.url), lambda: NOON)
    assert short_ways == ["GetSessionToken"]


def test_a_refusal_is_botocores_to_read_and_is_not_asked_for_twice(short_ways: list[str]) -> None:
    with scripted(assumed(), SHORT_LIVED) as script:
        sts = Sts()
        call(sts, script.url)
        with pytest.raises(ProblemError) as caught:
            call(sts, script.url)
        assert len(script.requests) == 2
    assert short_ways == ["AssumeRole"]
    assert caught.value.problem.code == "session_expired"
    assert caught.value.__context__ is None


def test_botocore_tries_again_after_a_server_error_and_counts_it_as_one(
    short_ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    unwell = error("InternalFailure", "try again", 500)
    with scripted(assumed(), unwell, assumed()) as script:
        sts = Sts()
        call(sts, script.url)
        assert call(sts, script.url).credentials.access_key_id == "ASIAGIVEN"
        attempts = [request.headers["amz-sdk-request"] for request in script.requests]
    assert [attempt.rpartition("attempt=")[2][0] for attempt in attempts] == ["1", "1", "2"]
    assert short_ways == ["AssumeRole"]


def test_a_code_is_sent_once_even_where_the_server_is_unwell(short_ways: list[str]) -> None:
    hop = assume(serial=DEVICE)
    with scripted(assumed(), error("InternalFailure", "try again", 500)) as script:
        sts = Sts()
        sts.call(hop, KEYS, CODE, role(script.url), lambda: NOON)
        with pytest.raises(ProblemError):
            sts.call(hop, KEYS, CODE, role(script.url), lambda: NOON)
        assert len(script.requests) == 2
    assert short_ways == ["AssumeRole"]


def test_garbage_is_the_same_problem_on_either_way(short_ways: list[str]) -> None:
    codes = []
    for steps in ((answer("<html>"),), (assumed(), answer("<html>"))):
        with scripted(*steps) as script:
            sts = Sts()
            for _ in steps[1:]:
                call(sts, script.url)
            with pytest.raises(ProblemError) as caught:
                call(sts, script.url)
            codes.append(caught.value.problem.code)
    assert len(short_ways) == 1
    assert codes[0] == codes[1]


def test_a_connection_that_ends_is_the_same_problem_on_either_way(short_ways: list[str]) -> None:
    def reset(connection: socket) -> None:
        connection.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
        connection.close()

    codes = []
    for steps in ((reset,), (assumed(), reset)):
        with scripted(*steps) as script:
            sts = Sts()
            for _ in steps[1:]:
                sts.call(assume(serial=DEVICE), KEYS, CODE, role(script.url), lambda: NOON)
            with pytest.raises(ProblemError) as caught:
                sts.call(assume(serial=DEVICE), KEYS, CODE, role(script.url), lambda: NOON)
            codes.append(caught.value.problem.code)
    assert codes[0] == codes[1]


def test_adaptive_retries_count_each_sending_so_nothing_is_sent_beside_them(
    short_ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", "adaptive")
    with scripted(assumed()) as script:
        sts = Sts()
        call(sts, script.url)
        call(sts, script.url)
    assert short_ways == []
