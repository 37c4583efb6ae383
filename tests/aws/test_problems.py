"""Every error AWS can answer, and everything botocore can meet on the way, becomes a known Problem."""

from __future__ import annotations

import inspect
import logging
from typing import Any

import botocore.exceptions
import botocore.session
import pytest

from aws.roles import (
    ARN,
    CANARIES,
    CODE,
    DEVICE,
    KEYS,
    NOON,
    TEMPORARY,
    assume,
    role,
    session_token,
)
from aws.scripted_server import Script, answer, error, scripted
from rolecall.aws import problems
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.sts import Sts
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.session import Credentials

PLAIN = f"User: arn:aws:iam::123456789012:user/me is not authorized to perform: sts:AssumeRole on resource: {ARN}"


def refused(
    script: Script, keys: Credentials = KEYS, typed: str | None = None, now: float = NOON
) -> Problem:
    hop = assume(serial=DEVICE) if typed else assume()
    with pytest.raises(ProblemError) as caught:
        Sts().call(hop, keys, typed, role(script.url), lambda: now)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    shown = repr(caught.value.problem) + str(caught.value) + "".join(caught.value.problem.lines())
    assert not [canary for canary in CANARIES if canary in shown]
    return caught.value.problem


def problem_of(code: str, message: str, status: int = 403, **known: object) -> Problem:
    with scripted(error(code, message, status, NOON)) as script:
        return refused(script, **known)  # type: ignore[arg-type]


def test_every_error_shape_of_the_service_model_is_in_the_table() -> None:
    shapes = botocore.session.Session().get_service_model("sts").error_shapes
    codes = {shape.metadata.get("error", {}).get("code", shape.name) for shape in shapes}
    assert len(codes) > 8
    assert sorted(codes - problems._TABLE.keys()) == []


@pytest.mark.parametrize("code", sorted(problems._TABLE))
def test_every_entry_of_the_table_makes_a_problem_that_says_what_to_do(code: str) -> None:
    made = problems.from_wire(code, "", 400, Circumstances("dev", "dev", "123456789012"))
    assert made.code != "unknown"
    assert str(made.title)
    assert str(made.remedy)
    assert "{" not in "".join(made.lines())
    assert made.exit in (Exit.REFUSED, Exit.NETWORK)


def test_every_name_on_the_way_is_a_class_of_botocore_or_python() -> None:
    import builtins

    from botocore.parsers import ResponseParserError

    known = {*vars(botocore.exceptions), *vars(builtins), ResponseParserError.__name__}
    assert sorted(problems._ON_THE_WAY.keys() - known) == []


@pytest.mark.parametrize(
    "kind",
    [
        kind
        for _, kind in inspect.getmembers(botocore.exceptions, inspect.isclass)
        if issubclass(
            kind, (botocore.exceptions.HTTPClientError, botocore.exceptions.ConnectionError)
        )
    ],
)
def test_every_transport_exception_is_a_network_problem(kind: type[Exception]) -> None:
    made = problems.from_exception(kind.__new__(kind), Circumstances("dev"))
    assert made.code != "unknown"
    assert made.exit is Exit.NETWORK


@pytest.mark.parametrize(
    ("code", "message", "status", "expected"),
    [
        (
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
            403,
            "keys_invalid",
        ),
        (
            "ExpiredToken",
            "The security token included in the request is expired",
            403,
            "session_expired",
        ),
        ("ExpiredTokenException", "expired", 400, "session_expired"),
        ("SignatureDoesNotMatch", "The request signature we calculated", 403, "signature_refused"),
        ("MalformedPolicyDocument", "Syntax errors in policy", 400, "policy_malformed"),
        ("PackedPolicyTooLarge", "Packed policy consumes 110%", 400, "policy_too_large"),
        ("RegionDisabledException", "STS is not activated in this region", 403, "region_disabled"),
        (
            "ValidationError",
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
            400,
            "duration_over_role_max",
        ),
        (
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
            400,
            "duration_over_chain_cap",
        ),
        (
            "ValidationError",
            f"1 validation error detected: Value '{CODE}' at 'tokenCode' failed to satisfy constraint",
            400,
            "validation",
        ),
        ("AccessDenied", PLAIN, 403, "access_denied"),
        ("AccessDenied", "Roles may not be assumed by root accounts.", 403, "root_cannot_assume"),
        (
            "AccessDenied",
            "Cannot call GetSessionToken with session credentials",
            403,
            "needs_long_lived_keys",
        ),
        ("SomethingNew", "what is this", 400, "unknown"),
        ("", "", 403, "garbage"),
    ],
)
def test_what_aws_answers_becomes_its_problem(
    code: str, message: str, status: int, expected: str
) -> None:
    made = problem_of(code, message, status)
    assert made.code == expected
    assert made.exit is (Exit.NETWORK if expected == "garbage" else Exit.REFUSED)


@pytest.mark.parametrize(
    ("code", "status", "expected", "exit_code"),
    [
        ("Throttling", 400, "throttled", Exit.REFUSED),
        ("ServiceUnavailable", 503, "aws_unavailable", Exit.NETWORK),
        ("InternalFailure", 500, "aws_unavailable", Exit.NETWORK),
    ],
)
def test_what_may_pass_is_tried_three_times_and_then_told(
    code: str, status: int, expected: str, exit_code: Exit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda seconds: None)
    with scripted(error(code, "Rate exceeded", status)) as script:
        made = refused(script)
        assert (made.code, made.exit, len(script.requests)) == (expected, exit_code, 3)


@pytest.mark.parametrize(
    "code", ["Throttling", "InternalFailure", "ServiceUnavailable", "AccessDenied"]
)
def test_a_call_with_a_code_is_sent_exactly_once(code: str) -> None:
    with scripted(error(code, "", 503)) as script:
        refused(script, typed=CODE)
        assert len(script.requests) == 1
        assert script.requests[0].form["TokenCode"] == CODE


def test_a_used_code_and_a_wrong_device_are_told_apart_and_say_when_the_next_code_comes() -> None:
    used = problem_of(
        "AccessDenied",
        "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
        typed=CODE,
        now=NOON + 7,
    )
    device = problem_of(
        "AccessDenied",
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA "
        "serial number is valid and associated with this user.",
        typed=CODE,
        now=NOON + 7,
    )
    assert (used.code, device.code) == ("mfa_code_refused", "mfa_device_wrong")
    assert used.retry_at == device.retry_at == NOON + 30
    assert "23 s" in str(used.remedy)
    assert DEVICE in str(device.title)


@pytest.mark.parametrize(("ahead", "word"), [(1200.0, "behind"), (-1200.0, "ahead of")])
def test_a_refused_signature_is_put_down_to_the_clock_where_the_date_header_says_so(
    ahead: float, word: str
) -> None:
    refusal = error("SignatureDoesNotMatch", "Signature expired", 403, NOON + ahead)
    with scripted(refusal) as script:
        made = refused(script)
    assert made.code == "clock_skew"
    assert "20 min" in str(made.title)
    assert word in str(made.title)


def test_a_signature_that_aws_calls_expired_is_never_put_down_to_the_secret() -> None:
    made = problem_of("SignatureDoesNotMatch", "Signature expired: 20261123T is now earlier than")
    assert made.code == "clock_skew"


def causes(message: str, **known: object) -> list[str]:
    made = problem_of("AccessDenied", message, **known)
    assert made.code == "access_denied"
    return [str(cause.title) for cause in made.causes]


def test_causes_are_ranked_by_what_is_known_of_the_call() -> None:
    assert "no code was sent" in causes(PLAIN)[0]
    assert "trust policy" in causes(PLAIN, typed=CODE)[0]
    assert "trust policy" in causes(PLAIN, keys=TEMPORARY)[0]
    assert "explicit" not in causes(PLAIN)[0]


def test_what_aws_hints_at_comes_first() -> None:
    no_policy = f"{PLAIN} because no identity-based policy allows the sts:AssumeRole action"
    no_trust = f"{PLAIN} because no role trust policy allows the sts:AssumeRole action"
    denied = f"{PLAIN} with an explicit deny in an identity-based policy"
    tags = f"User: x is not authorized to perform: sts:TagSession on resource: {ARN}"
    source = f"User: x is not authorized to perform: sts:SetSourceIdentity on resource: {ARN}"
    assert "own policies" in causes(no_policy)[0]
    assert "trust policy" in causes(no_trust)[0]
    assert "denies" in causes(denied)[0]
    assert "tags" in causes(tags)[0]
    assert "source identity" in causes(source)[0]


def test_the_explicit_deny_names_its_kind_and_no_cause_is_said_twice() -> None:
    made = problem_of("AccessDenied", f"{PLAIN} with an explicit deny in a service control policy")
    assert "service control policy" in str(made.explanation)
    titles = [str(cause.title) for cause in made.causes]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("caller", [{"chained": True, "device": "d"}, {"chained": False}])
def test_a_role_or_federated_caller_is_told_that_mfa_can_never_be(caller: dict[str, Any]) -> None:
    known = Circumstances("dev", "dev", "123456789012", temporary=True, **caller)
    found = problems.from_wire("AccessDenied", PLAIN, 403, known).causes
    (mfa,) = [each for each in found if "MFA" in str(each.title)]
    assert found.index(mfa) == 2
    assert "never has" in str(mfa.title)
    assert "straight from a key" in str(mfa.remedy)
    assert "123456789012" in str(mfa.remedy)


@pytest.mark.parametrize(
    "said",
    [
        "",
        " because no role trust policy allows the x action",
        " with an explicit deny in a resource control policy: sts:TagSession",
    ],
)
@pytest.mark.parametrize("external_id", [True, False])
def test_nobody_is_told_of_a_dozen_causes(said: str, external_id: bool) -> None:
    known = Circumstances("dev", "AWSReservedSSO_x", "123456789012", external_id=external_id)
    made = problems.from_wire("AccessDenied", PLAIN + said, 403, known)
    assert 4 <= len(made.causes) <= 7
    assert len({str(each.title) for each in made.causes}) == len(made.causes)


def test_a_role_on_the_shared_session_is_first_suspected_of_wanting_a_fresher_code() -> None:
    from dataclasses import replace

    asked = role("")
    asked = replace(asked, hops=(replace(asked.hops[0], mfa_serial=DEVICE),))
    with scripted(error("AccessDenied", PLAIN)) as script:
        with_url = replace(asked, client_config=(("endpoint_url", script.url),))
        with pytest.raises(ProblemError) as caught:
            Sts().call(assume(), TEMPORARY, None, with_url, lambda: NOON)
    assert "fresher code" in str(caught.value.problem.causes[0].title)


def test_get_session_token_refusals_do_not_talk_of_a_role() -> None:
    with scripted(error("AccessDenied", "no")) as script, pytest.raises(ProblemError) as caught:
        Sts().call(session_token(), KEYS, CODE, role(script.url), lambda: NOON)
    assert not any("trust" in str(cause.title) for cause in caught.value.problem.causes)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with scripted(answer("")) as trap:
        moved = answer("", status, extra=f"Location: {trap.url}/\r\n")
        with scripted(moved) as script:
            assert refused(script).code == "garbage"
        assert trap.requests == []


def test_loggers_stay_quiet_when_everything_else_is_at_debug(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("", "botocore", "botocore.auth", "urllib3"):
        caplog.set_level(logging.DEBUG, logger=name)
    with scripted(error("AccessDenied", PLAIN)) as script:
        refused(script, typed=CODE)
    assert not [canary for canary in CANARIES if canary in caplog.text]


def test_what_neither_aws_nor_the_network_did_is_a_fault_of_ours() -> None:
    try:
        raise ZeroDivisionError("AKIASECRET")
    except ZeroDivisionError as error:
        made = problems.from_exception(error, Circumstances("dev"), sent=True)
    assert (made.code, made.exit) == ("fault", Exit.FAULT)
    said = "\n".join(made.lines())
    assert "ZeroDivisionError (test_what_neither" in said
    assert "AKIA" not in said
