"""The embedded STS over HTTP with boto3: what it gives, and each thing it refuses, in AWS's words."""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from aws.embedded import (
    ANALYTICS,
    PAYMENTS,
    SANDBOX,
    assume,
    call,
    client_of,
    refused,
    session,
    with_code,
    wrong_code,
)
from rolecall.demo import company
from rolecall.demo.server import EmbeddedAws

ADMIN, OPEN, BILLING = f"{PAYMENTS}/Admin", f"{PAYMENTS}/ReadOnly", f"{PAYMENTS}/finance/Billing"
NAMED = {"RoleSessionName": "alex-laptop"}
POLICY = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]})

INVALID_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code."
UNABLE = (
    "MultiFactorAuthentication failed, unable to validate MFA code. Please verify your MFA serial "
    "number is valid and associated with this user."
)
BOTH = (
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
)
OVER_ROLE = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
OVER_HOUR = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def denied(role: str, who: str = company.ALEX, action: str = "sts:AssumeRole") -> str:
    return f"User: {who} is not authorized to perform: {action} on resource: {role}"


def constraint(value: str, member: str, rule: str) -> str:
    return (
        f"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: "
        f"Member must {rule}"
    )


Refusal = tuple[str, Callable[[EmbeddedAws], Any], str, int, str]

REFUSALS: list[Refusal] = [
    ("no code where the trust wants one",
     lambda aws: assume(aws, "alex", ADMIN), "AccessDenied", 403, denied(ADMIN)),
    ("wrong code",
     lambda aws: assume(aws, "alex", ADMIN, SerialNumber=company.PHONE, TokenCode=wrong_code(aws)),
     "AccessDenied", 403, INVALID_CODE),
    ("wrong code for a session",
     lambda aws: call(aws, "alex", "get_session_token", SerialNumber=company.PHONE, TokenCode=wrong_code(aws)),
     "AccessDenied", 403, INVALID_CODE),
    ("a serial that is not",
     lambda aws: assume(aws, "alex", ADMIN, **with_code(aws) | {"SerialNumber": company.PHONE + "x"}),
     "AccessDenied", 403, UNABLE),
    ("the user's ARN for the device's",
     lambda aws: assume(aws, "alex", ADMIN, **with_code(aws) | {"SerialNumber": company.ALEX}),
     "AccessDenied", 403, UNABLE),
    ("somebody else's device",
     lambda aws: session(aws, **with_code(aws, company.TABLET), mfa=False),
     "AccessDenied", 403, UNABLE),
    ("a device for a user without one",
     lambda aws: session(aws, "build"), "AccessDenied", 403, UNABLE),
    ("a serial without a code",
     lambda aws: assume(aws, "alex", ADMIN, SerialNumber=company.PHONE), "AccessDenied", 403, BOTH),
    ("a role session proves no MFA",
     lambda aws: assume(aws, assume(aws, "alex", OPEN), OPEN, **with_code(aws)),
     "AccessDenied", 403, UNABLE),
    ("external id missing",
     lambda aws: assume(aws, "alex", f"{PAYMENTS}/VendorAudit"),
     "AccessDenied", 403, denied(f"{PAYMENTS}/VendorAudit")),
    ("external id wrong",
     lambda aws: assume(aws, "alex", f"{PAYMENTS}/VendorAudit", ExternalId="acme-audit-2025"),
     "AccessDenied", 403, denied(f"{PAYMENTS}/VendorAudit")),
    ("trust names somebody else",
     lambda aws: assume(aws, "build", f"{PAYMENTS}/VendorAudit", ExternalId=company.EXTERNAL_ID),
     "AccessDenied", 403, denied(f"{PAYMENTS}/VendorAudit", company.BUILD)),
    ("the role that refuses everybody",
     lambda aws: assume(aws, "alex", f"{SANDBOX}/Sealed"), "AccessDenied", 403, denied(f"{SANDBOX}/Sealed")),
    ("a role that is not",
     lambda aws: assume(aws, "alex", f"{SANDBOX}/Ghost"), "AccessDenied", 403, denied(f"{SANDBOX}/Ghost")),
    ("role names are case sensitive",
     lambda aws: assume(aws, "alex", f"{SANDBOX}/admin"), "AccessDenied", 403, denied(f"{SANDBOX}/admin")),
    ("the path belongs to the ARN",
     lambda aws: assume(aws, "alex", f"{PAYMENTS}/Billing"), "AccessDenied", 403, denied(f"{PAYMENTS}/Billing")),
    ("a target of a chain, straight",
     lambda aws: assume(aws, "alex", f"{ANALYTICS}/deploy/ProdDeploy"),
     "AccessDenied", 403, denied(f"{ANALYTICS}/deploy/ProdDeploy")),
    ("over the role's maximum",
     lambda aws: assume(aws, "alex", ADMIN, DurationSeconds=14401, **with_code(aws)),
     "ValidationError", 400, OVER_ROLE),
    ("over the hour of a chain",
     lambda aws: assume(aws, assume(aws, "alex", f"{ANALYTICS}/DataJump", **with_code(aws)),
                        f"{ANALYTICS}/deploy/ProdDeploy", DurationSeconds=3601),
     "ValidationError", 400, OVER_HOUR),
    ("over the hour of GetSessionToken credentials",
     lambda aws: assume(aws, session(aws), ADMIN, DurationSeconds=3601), "ValidationError", 400, OVER_HOUR),
    ("over twelve hours",
     lambda aws: assume(aws, "alex", OPEN, DurationSeconds=43201), "ValidationError", 400,
     constraint("43201", "durationSeconds", "have value less than or equal to 43200")),
    ("over a day and a half",
     lambda aws: session(aws, DurationSeconds=129601, mfa=False), "ValidationError", 400,
     constraint("129601", "durationSeconds", "have value less than or equal to 129600")),
    ("a session name with a space",
     lambda aws: assume(aws, "alex", OPEN, RoleSessionName="alex laptop"), "ValidationError", 400,
     constraint("alex laptop", "roleSessionName", r"satisfy regular expression pattern: [\w+=,.@-]*")),
    ("a session name too long",
     lambda aws: assume(aws, "alex", OPEN, RoleSessionName="a" * 65), "ValidationError", 400,
     constraint("a" * 65, "roleSessionName", "have length less than or equal to 64")),
    ("letters for a code",
     lambda aws: assume(aws, "alex", ADMIN, SerialNumber=company.PHONE, TokenCode="abcdef"), "ValidationError",
     400, constraint("abcdef", "tokenCode", r"satisfy regular expression pattern: [\d]*")),
    ("seven digits for a code",
     lambda aws: assume(aws, "alex", ADMIN, SerialNumber=company.PHONE, TokenCode="1234567"), "ValidationError",
     400, constraint("1234567", "tokenCode", "have length less than or equal to 6")),
    ("an external id with a space",
     lambda aws: assume(aws, "alex", OPEN, ExternalId="acme audit"), "ValidationError", 400,
     constraint("acme audit", "externalId", r"satisfy regular expression pattern: [\w+=,.@:\/-]*")),
    ("not a role's ARN",
     lambda aws: assume(aws, "alex", "arn:aws:iam::222222222222:user/Admin"), "ValidationError", 400,
     "arn:aws:iam::222222222222:user/Admin is invalid"),
    ("a policy too long",
     lambda aws: assume(aws, "alex", OPEN, Policy=POLICY + " " * 2048), "ValidationError", 400,
     constraint(POLICY + " " * 2048, "policy", "have length less than or equal to 2048")),
    ("eleven managed policies",
     lambda aws: assume(aws, "alex", OPEN, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/P"}] * 11),
     "ValidationError", 400, "The number of PolicyArns must not exceed 10."),
    ("a policy that is no JSON",
     lambda aws: assume(aws, "alex", OPEN, Policy="{"), "MalformedPolicyDocument", 400,
     "The policy is not in the valid JSON format."),
    ("a policy without an effect",
     lambda aws: assume(aws, "alex", OPEN, Policy='{"Statement":[{"Action":"*"}]}'),
     "MalformedPolicyDocument", 400, "Syntax errors in policy."),
    ("GetSessionToken from a session",
     lambda aws: call(aws, session(aws), "get_session_token"), "AccessDenied", 403,
     "Cannot call GetSessionToken with session credentials"),
    ("GetSessionToken from a role",
     lambda aws: call(aws, assume(aws, "alex", OPEN), "get_session_token"), "AccessDenied", 403,
     "Cannot call GetSessionToken with session credentials"),
    ("GetFederationToken from a role",
     lambda aws: call(aws, assume(aws, "alex", OPEN), "get_federation_token", Name="al"), "AccessDenied", 403,
     "Cannot call GetFederationToken with session credentials"),
    ("GetFederationToken with a long name",
     lambda aws: call(aws, "alex", "get_federation_token", Name="a" * 33), "ValidationError", 400,
     constraint("a" * 33, "name", "have length less than or equal to 32")),
    ("GetAccessKeyInfo from a session",
     lambda aws: call(aws, session(aws), "get_access_key_info", AccessKeyId="A" * 20), "AccessDenied", 403,
     denied("*", action="sts:GetAccessKeyInfo")),
    ("a root user assumes nothing",
     lambda aws: assume(aws, "root", OPEN), "AccessDenied", 403, "Roles may not be assumed by root accounts."),
    ("tags the trust does not allow",
     lambda aws: assume(aws, "alex", OPEN, Tags=[{"Key": "team", "Value": "a"}]),
     "AccessDenied", 403, denied(OPEN, action="sts:TagSession")),
    ("a source identity the trust does not allow",
     lambda aws: assume(aws, "alex", OPEN, SourceIdentity="alex"),
     "AccessDenied", 403, denied(OPEN, action="sts:SetSourceIdentity")),
    ("an operation that is not here",
     lambda aws: call(aws, "alex", "decode_authorization_message", EncodedMessage="x"), "InvalidAction", 400,
     "Could not find operation DecodeAuthorizationMessage for version 2011-06-15"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("attempt", "code", "status", "text"),
    [one[1:] for one in REFUSALS],
    ids=[one[0] for one in REFUSALS],
)
def test_refusals(
    aws: EmbeddedAws, attempt: Callable[[EmbeddedAws], Any], code: str, status: int, text: str
) -> None:
    with pytest.raises(ClientError) as caught:
        attempt(aws)
    assert refused(caught.value) == (code, status, text)
    assert aws.calls.listed()[-1]["code"] == code


def test_a_code_works_once_for_whatever_call(aws: EmbeddedAws) -> None:
    code = with_code(aws)
    assume(aws, "alex", ADMIN, **code)
    for again in (
        lambda: assume(aws, "alex", ADMIN, **code),
        lambda: call(aws, "alex", "get_session_token", **code),
    ):
        with pytest.raises(ClientError) as caught:
            again()
        assert refused(caught.value)[2] == INVALID_CODE
    aws.clock.advance(30)
    assume(aws, "alex", ADMIN, **with_code(aws))


def test_a_refusal_uses_the_code_up_as_well(aws: EmbeddedAws) -> None:
    code = with_code(aws)
    with pytest.raises(ClientError) as caught:
        assume(aws, "alex", f"{SANDBOX}/Sealed", **code)
    assert refused(caught.value)[2] == denied(f"{SANDBOX}/Sealed")
    with pytest.raises(ClientError) as caught:
        assume(aws, "alex", ADMIN, **code)
    assert refused(caught.value)[2] == INVALID_CODE


def test_mfa_passes_from_a_session_to_a_role_but_not_through_a_role(aws: EmbeddedAws) -> None:
    shared = session(aws)
    assume(aws, shared, ADMIN)
    assume(aws, shared, f"{SANDBOX}/ReadOnly", DurationSeconds=900)
    jump = assume(aws, shared, f"{ANALYTICS}/DataJump")
    with pytest.raises(ClientError) as caught:
        assume(aws, jump, f"{ANALYTICS}/Notebook")
    who = "arn:aws:sts::555512340000:assumed-role/DataJump/alex-laptop"
    assert refused(caught.value)[2] == denied(f"{ANALYTICS}/Notebook", who)


def test_a_session_without_mfa_opens_no_door_that_wants_it(aws: EmbeddedAws) -> None:
    with pytest.raises(ClientError) as caught:
        assume(aws, session(aws, mfa=False), ADMIN)
    assert refused(caught.value)[2] == denied(ADMIN)


def test_a_trust_that_wants_a_fresh_code(aws: EmbeddedAws) -> None:
    shared = session(aws)
    assume(aws, shared, BILLING)
    aws.clock.advance(120)
    with pytest.raises(ClientError) as caught:
        assume(aws, shared, BILLING)
    assert refused(caught.value)[2] == denied(BILLING)
    assume(aws, "alex", BILLING, **with_code(aws))


def test_a_chain_of_two_hops(aws: EmbeddedAws) -> None:
    jump = assume(aws, "alex", f"{ANALYTICS}/DataJump", SourceIdentity="alex", **with_code(aws))
    deploy = assume(aws, jump, f"{ANALYTICS}/deploy/ProdDeploy", DurationSeconds=3600)
    last = assume(aws, deploy, f"{ANALYTICS}/Warehouse", RoleSessionName="a.b@c")
    assert call(aws, last, "get_caller_identity")["Arn"] == (
        "arn:aws:sts::555512340000:assumed-role/Warehouse/a.b@c"
    )


def test_what_an_answer_holds(aws: EmbeddedAws) -> None:
    arn = f"{SANDBOX}/Admin"
    answer = call(
        aws, "alex", "assume_role", RoleArn=arn, Policy=POLICY, SourceIdentity="alex",
        Tags=[{"Key": "team", "Value": "é"}], DurationSeconds=43200, **NAMED,
    )  # fmt: skip
    role = aws.catalogue.roles[arn]
    assert answer["AssumedRoleUser"] == {
        "AssumedRoleId": f"{role.role_id}:alex-laptop",
        "Arn": "arn:aws:sts::333333333333:assumed-role/Admin/alex-laptop",
    }
    assert 1 <= answer["PackedPolicySize"] <= 100
    assert answer["SourceIdentity"] == "alex"
    keys = answer["Credentials"]
    assert keys["AccessKeyId"].startswith("ASIA")
    assert len(keys["SecretAccessKey"]) == 40
    assert 43198 <= keys["Expiration"].timestamp() - aws.clock.now() <= 43200
    holder = aws.callers.find(keys["AccessKeyId"])
    assert holder is not None
    assert holder.policy == POLICY


def test_a_policy_that_does_not_pack(aws: EmbeddedAws) -> None:
    dice = random.Random(6238)
    noise = "".join(dice.choices(string.ascii_letters + string.digits, k=1900))
    policy = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": noise}]})
    arns = [
        {"arn": f"arn:aws:iam::222222222222:policy/{noise[at : at + 100][::-1]}"}
        for at in range(0, 1000, 100)
    ]
    with pytest.raises(ClientError) as caught:
        assume(aws, "alex", OPEN, Policy=policy, PolicyArns=arns)
    code, status, text = refused(caught.value)
    assert (code, status) == ("PackedPolicyTooLarge", 400)
    assert re.match(r"Packed size of session policy consumes 1\d\d% of allotted space", text)


def test_sessions_end_on_the_demo_clock(aws: EmbeddedAws) -> None:
    role = assume(aws, "alex", f"{SANDBOX}/ReadOnly", DurationSeconds=900, **with_code(aws))
    aws.clock.advance(890)
    call(aws, role, "get_caller_identity")
    aws.clock.advance(10)
    with pytest.raises(ClientError) as caught:
        call(aws, role, "get_caller_identity")
    expected = ("ExpiredToken", 403, "The security token included in the request is expired")
    assert refused(caught.value) == expected


def test_lengths_of_a_session(aws: EmbeddedAws) -> None:
    def seconds(keys: Any) -> int:
        return round(keys["Expiration"].timestamp() - aws.clock.now())

    assert abs(seconds(session(aws, mfa=False)) - 43200) <= 1
    assert abs(seconds(session(aws, DurationSeconds=129600, mfa=False)) - 129600) <= 1
    root = session(aws, "root", DurationSeconds=43200, mfa=False)
    assert abs(seconds(root) - 3600) <= 1


def test_who_am_i(aws: EmbeddedAws) -> None:
    def arn(keys: Any) -> str:
        return str(call(aws, keys, "get_caller_identity")["Arn"])

    assert arn("alex") == company.ALEX
    assert arn("alex-gov") == company.ALEX_GOV
    assert arn(session(aws)) == company.ALEX
    federated = call(aws, "alex", "get_federation_token", Name="alex", Policy=POLICY)
    assert federated["FederatedUser"]["FederatedUserId"] == "111111111111:alex"
    assert arn(federated["Credentials"]) == "arn:aws:sts::111111111111:federated-user/alex"
    key = aws.catalogue.users["build"].access_key_id
    info = call(aws, "alex", "get_access_key_info", AccessKeyId=key)
    assert info["Account"] == "111111111111"


def test_iam_lists_the_callers_devices_and_the_alias(aws: EmbeddedAws) -> None:
    with client_of(aws, "alex", "iam") as iam:
        assert [d["SerialNumber"] for d in iam.list_mfa_devices()["MFADevices"]] == [company.PHONE]
        with pytest.raises(ClientError, match="is not authorized to perform: iam:ListMFADevices"):
            iam.list_mfa_devices(UserName="sam")
    with client_of(aws, "build", "iam") as iam:
        assert iam.list_mfa_devices()["MFADevices"] == []
    with client_of(aws, assume(aws, "alex", OPEN), "iam") as iam:
        assert iam.list_account_aliases()["AccountAliases"] == ["acme-payments"]
    with (
        client_of(aws, session(aws, mfa=False), "iam") as iam,
        pytest.raises(ClientError, match="iam:ListAccountAliases"),
    ):
        iam.list_account_aliases()


def test_twenty_at_once(aws: EmbeddedAws) -> None:
    with client_of(aws, "alex") as sts, ThreadPoolExecutor(20) as pool:
        answers = pool.map(
            lambda n: sts.assume_role(RoleArn=OPEN, RoleSessionName=f"n{n:02}"), range(20)
        )
        keys = {answer["Credentials"]["AccessKeyId"] for answer in answers}
    assert len(keys) == 20


def test_of_twenty_with_one_code_one_gets_in(aws: EmbeddedAws) -> None:
    code = with_code(aws)

    def attempt(sts: Any) -> str:
        try:
            sts.get_session_token(**code)
        except ClientError as error:
            return str(error.response["Error"]["Message"])
        return "in"

    with client_of(aws, "alex") as sts, ThreadPoolExecutor(20) as pool:
        said = list(pool.map(attempt, [sts] * 20))
    assert sorted(said) == [INVALID_CODE] * 19 + ["in"]
