"""The embedded STS: session tags in a chain, a role assuming itself, AssumeRoot, GetFederationToken's limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from aws.embedded import SANDBOX, assume, call
from rolecall.demo import company
from rolecall.demo.assume_root import TASKS
from rolecall.demo.server import EmbeddedAws

AUDITED, REPORT, AGAIN = f"{SANDBOX}/Audited", f"{SANDBOX}/AuditedReport", f"{SANDBOX}/Again"
TEAM = {"Key": "team", "Value": "net"}
AUDIT = {"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}
PAYMENTS = company.PAYMENTS.account_id


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def root(aws: EmbeddedAws, keys: Any = "alex", **values: Any) -> Any:
    return call(
        aws, keys, "assume_root", **{"TargetPrincipal": PAYMENTS, "TaskPolicyArn": AUDIT} | values
    )


def refused(work: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        work()
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_transitive_tag_goes_on_and_cannot_be_passed_again(aws: EmbeddedAws) -> None:
    first = assume(aws, "alex", AUDITED, Tags=[TEAM], TransitiveTagKeys=["Team"])
    second = assume(aws, first, REPORT)
    held = aws.callers.find(second["AccessKeyId"])
    assert held is not None
    assert (held.tags, held.transitive) == ((("team", "net"),), {"team"})
    assert refused(lambda: assume(aws, first, REPORT, Tags=[{"Key": "TEAM", "Value": "x"}]))[0] == (
        "InvalidParameterValue"
    )


def test_a_tag_that_is_not_transitive_ends_with_its_session(aws: EmbeddedAws) -> None:
    first = assume(aws, "alex", AUDITED, Tags=[TEAM])
    second = assume(aws, first, REPORT, Tags=[{"Key": "team", "Value": "other"}])
    held = aws.callers.find(second["AccessKeyId"])
    assert held is not None
    assert held.tags == (("team", "other"),)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"Tags": [{"Key": f"k{n}", "Value": ""} for n in range(51)]}, "ValidationError"),
        ({"Tags": [{"Key": "k" * 129, "Value": ""}]}, "ValidationError"),
        ({"Tags": [{"Key": "k", "Value": "v" * 257}]}, "ValidationError"),
        ({"Tags": [{"Key": "a;b", "Value": ""}]}, "ValidationError"),
        ({"Tags": [TEAM, {"Key": "TEAM", "Value": ""}]}, "InvalidParameterValue"),
        ({"Tags": [TEAM], "TransitiveTagKeys": ["stage"]}, "InvalidParameterValue"),
        ({"TransitiveTagKeys": ["team"]}, "InvalidParameterValue"),
    ],
)
def test_tags_that_aws_refuses(aws: EmbeddedAws, values: dict[str, Any], code: str) -> None:
    assert refused(lambda: assume(aws, "alex", AUDITED, **values))[0] == code


def test_fifty_tags_are_taken(aws: EmbeddedAws) -> None:
    tags = [{"Key": f"k{n}", "Value": ""} for n in range(50)]
    assert assume(aws, "alex", AUDITED, Tags=tags)["AccessKeyId"].startswith("ASIA")


def test_a_source_identity_stays_for_the_whole_chain(aws: EmbeddedAws) -> None:
    first = assume(aws, "alex", AUDITED, SourceIdentity="alex")
    answer = call(aws, first, "assume_role", RoleArn=REPORT, RoleSessionName="again")
    assert answer["SourceIdentity"] == "alex"
    code, text = refused(lambda: assume(aws, first, REPORT, SourceIdentity="sam"))
    assert (code, "sts:SetSourceIdentity" in text) == ("AccessDenied", True)


def test_a_role_that_lists_itself_assumes_itself_for_an_hour(aws: EmbeddedAws) -> None:
    first = assume(aws, "alex", AGAIN, DurationSeconds=14400)
    assert assume(aws, first, AGAIN)["AccessKeyId"].startswith("ASIA")
    assert refused(lambda: assume(aws, first, AGAIN, DurationSeconds=3601))[0] == "ValidationError"
    other = assume(aws, "alex", AUDITED)
    assert refused(lambda: assume(aws, other, AUDITED))[0] == "AccessDenied"


@pytest.mark.parametrize("task", sorted(TASKS))
def test_each_task_opens_a_quarter_of_an_hour(aws: EmbeddedAws, task: str) -> None:
    given = root(aws, TaskPolicyArn={"arn": f"arn:aws:iam::aws:policy/root-task/{task}"})
    assert given["SourceIdentity"] == "alex"
    left = given["Credentials"]["Expiration"].timestamp() - aws.clock.now()
    assert 898 <= left <= 900
    assert call(aws, given["Credentials"], "get_caller_identity")["Account"] == PAYMENTS


@pytest.mark.parametrize(
    ("keys", "values", "code"),
    [
        ("build", {}, "AccessDenied"),
        ("root", {}, "AccessDenied"),
        ("alex-gov", {}, "AccessDenied"),
        ("alex", {"TargetPrincipal": company.IDENTITY.account_id}, "AccessDenied"),
        ("alex", {"TargetPrincipal": "999999999999"}, "AccessDenied"),
        ("alex", {"TargetPrincipal": "payments-acc"}, "ValidationError"),
        ("alex", {"DurationSeconds": 901}, "ValidationError"),
        (
            "alex",
            {"TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}},
            "ValidationError",
        ),
        ("alex", {"TaskPolicyArn": {"arn": AUDIT["arn"] + "Twice"}}, "ValidationError"),
    ],
)
def test_what_assume_root_refuses(
    aws: EmbeddedAws, keys: str, values: dict[str, Any], code: str
) -> None:
    assert refused(lambda: root(aws, keys, **values))[0] == code


def test_a_task_session_may_assume_nothing(aws: EmbeddedAws) -> None:
    given = root(aws)["Credentials"]
    assert refused(lambda: assume(aws, given, AUDITED))[0] == "AccessDenied"
    assert refused(lambda: root(aws, given))[0] == "AccessDenied"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"Name": "a" * 33}, "ValidationError"),
        ({"Name": "a b"}, "ValidationError"),
        ({"Name": "alex", "DurationSeconds": 129601}, "ValidationError"),
        ({"Name": "alex", "Policy": "{}"}, "MalformedPolicyDocument"),
        ({"Name": "alex", "Policy": "x" * 2049}, "ValidationError"),
        ({"Name": "alex", "PolicyArns": [AUDIT] * 11}, "ValidationError"),
    ],
)
def test_what_get_federation_token_refuses(
    aws: EmbeddedAws, values: dict[str, Any], code: str
) -> None:
    assert refused(lambda: call(aws, "alex", "get_federation_token", **values))[0] == code


def test_a_session_gets_no_federation_token(aws: EmbeddedAws) -> None:
    first = assume(aws, "alex", AUDITED)
    code, text = refused(lambda: call(aws, first, "get_federation_token", Name="alex"))
    assert (code, text) == (
        "AccessDenied",
        "Cannot call GetFederationToken with session credentials",
    )
