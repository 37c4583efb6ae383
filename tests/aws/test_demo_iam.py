"""The embedded IAM as a real client meets it: devices, keys, and what it refuses as AWS does."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, ParamValidationError

from aws.embedded import call, client_of, refused, session, with_code, wrong_code
from rolecall.demo import company
from rolecall.demo.server import EmbeddedAws
from rolecall.demo.totp import totp

NAME = "alex-laptop"
SERIAL = f"arn:aws:iam::111111111111:mfa/{NAME}"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


@pytest.fixture
def iam(aws: EmbeddedAws) -> Iterator[Any]:
    with client_of(aws, "alex", "iam") as client:
        yield client


def _code(error: pytest.ExceptionInfo[ClientError]) -> tuple[str, int]:
    code, status, _ = refused(error.value)
    return code, status


def _two_codes(aws: EmbeddedAws, seed: bytes) -> tuple[str, str]:
    secret, now = base64.b32decode(seed), aws.clock.now()
    return totp(secret, now - 30), totp(secret, now)


def _enabled(aws: EmbeddedAws, iam: Any, name: str = NAME) -> tuple[str, bytes]:
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
    first, second = _two_codes(aws, made["Base32StringSeed"])
    iam.enable_mfa_device(
        UserName="alex",
        SerialNumber=made["SerialNumber"],
        AuthenticationCode1=first,
        AuthenticationCode2=second,
    )
    return made["SerialNumber"], made["Base32StringSeed"]


def test_a_new_device_is_nobodys_until_two_codes_in_a_row_prove_it(
    aws: EmbeddedAws, iam: Any
) -> None:
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=NAME)["VirtualMFADevice"]
    assert made["SerialNumber"] == SERIAL
    assert made["QRCodePNG"].startswith(b"\x89PNG")
    unassigned = iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")["VirtualMFADevices"]
    assert [device["SerialNumber"] for device in unassigned] == [SERIAL]
    assert [d["SerialNumber"] for d in iam.list_mfa_devices()["MFADevices"]] == [company.PHONE]
    first, second = _two_codes(aws, made["Base32StringSeed"])
    for wrong in ((second, first), (first, first), (wrong_code(aws, SERIAL), second)):
        with pytest.raises(ClientError) as error:
            iam.enable_mfa_device(
                UserName="alex",
                SerialNumber=SERIAL,
                AuthenticationCode1=wrong[0],
                AuthenticationCode2=wrong[1],
            )
        assert _code(error) == ("InvalidAuthenticationCode", 403)
    iam.enable_mfa_device(
        UserName="alex",
        SerialNumber=SERIAL,
        AuthenticationCode1=first,
        AuthenticationCode2=second,
    )
    assert {d["SerialNumber"] for d in iam.list_mfa_devices()["MFADevices"]} == {
        company.PHONE,
        SERIAL,
    }


def test_the_codes_that_enabled_a_device_are_used_up(aws: EmbeddedAws, iam: Any) -> None:
    serial, _ = _enabled(aws, iam)
    with pytest.raises(ClientError, match="invalid MFA one time pass code"):
        call(aws, "alex", "get_session_token", **with_code(aws, serial))
    aws.clock.advance(30)
    assert call(aws, "alex", "get_session_token", **with_code(aws, serial))["Credentials"]


def test_a_device_in_use_cannot_be_deleted_nor_made_or_enabled_again(
    aws: EmbeddedAws, iam: Any
) -> None:
    serial, seed = _enabled(aws, iam)
    with pytest.raises(ClientError) as error:
        iam.delete_virtual_mfa_device(SerialNumber=serial)
    assert _code(error) == ("DeleteConflict", 409)
    with pytest.raises(ClientError) as error:
        iam.create_virtual_mfa_device(VirtualMFADeviceName=NAME)
    assert _code(error) == ("EntityAlreadyExists", 409)
    first, second = _two_codes(aws, seed)
    with pytest.raises(ClientError) as error:
        iam.enable_mfa_device(
            UserName="alex",
            SerialNumber=serial,
            AuthenticationCode1=first,
            AuthenticationCode2=second,
        )
    assert _code(error) == ("EntityAlreadyExists", 409)
    iam.deactivate_mfa_device(UserName="alex", SerialNumber=serial)
    with pytest.raises(ClientError, match="unable to validate MFA code"):
        call(aws, "alex", "get_session_token", **with_code(aws, serial))
    iam.delete_virtual_mfa_device(SerialNumber=serial)
    with pytest.raises(ClientError) as error:
        iam.delete_virtual_mfa_device(SerialNumber=serial)
    assert _code(error) == ("NoSuchEntity", 404)


def test_a_user_has_eight_devices_at_most(aws: EmbeddedAws, iam: Any) -> None:
    for number in range(7):
        _enabled(aws, iam, f"spare-{number}")
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=NAME)["VirtualMFADevice"]
    first, second = _two_codes(aws, made["Base32StringSeed"])
    with pytest.raises(ClientError) as error:
        iam.enable_mfa_device(
            UserName="alex",
            SerialNumber=SERIAL,
            AuthenticationCode1=first,
            AuthenticationCode2=second,
        )
    assert _code(error) == ("LimitExceeded", 409)


def test_the_authenticator_shows_devices_that_were_added(aws: EmbeddedAws, iam: Any) -> None:
    iam.create_virtual_mfa_device(VirtualMFADeviceName=NAME)
    assert SERIAL in [serial for serial, _ in aws.devices()]
    assert len(aws.code(SERIAL)[0]) == 6


def test_two_keys_at_most_and_each_can_be_switched_off_and_deleted(
    aws: EmbeddedAws, iam: Any
) -> None:
    made = iam.create_access_key()["AccessKey"]
    new = {**made, "SessionToken": ""}
    assert call(aws, new, "get_caller_identity")["Arn"] == company.ALEX
    with pytest.raises(ClientError) as error:
        iam.create_access_key()
    assert _code(error) == ("LimitExceeded", 409)
    iam.update_access_key(AccessKeyId=made["AccessKeyId"], Status="Inactive")
    states = {k["AccessKeyId"]: k["Status"] for k in iam.list_access_keys()["AccessKeyMetadata"]}
    assert states[made["AccessKeyId"]] == "Inactive"
    with pytest.raises(ClientError) as error:
        call(aws, new, "get_caller_identity")
    assert _code(error) == ("InvalidClientTokenId", 403)
    iam.update_access_key(AccessKeyId=made["AccessKeyId"], Status="Active")
    assert call(aws, new, "get_caller_identity")
    iam.delete_access_key(AccessKeyId=made["AccessKeyId"])
    with pytest.raises(ClientError) as error:
        call(aws, new, "get_caller_identity")
    assert _code(error) == ("InvalidClientTokenId", 403)
    with pytest.raises(ClientError) as error:
        iam.delete_access_key(AccessKeyId=made["AccessKeyId"])
    assert _code(error) == ("NoSuchEntity", 404)


def test_a_key_knows_when_it_was_last_used(aws: EmbeddedAws, iam: Any) -> None:
    made = iam.create_access_key()["AccessKey"]
    last = iam.get_access_key_last_used(AccessKeyId=made["AccessKeyId"])["AccessKeyLastUsed"]
    assert (last["ServiceName"], "LastUsedDate" in last) == ("N/A", False)
    call(aws, {**made, "SessionToken": ""}, "get_caller_identity")
    last = iam.get_access_key_last_used(AccessKeyId=made["AccessKeyId"])["AccessKeyLastUsed"]
    assert (last["ServiceName"], last["Region"]) == ("sts", "eu-central-1")
    assert abs(last["LastUsedDate"].timestamp() - aws.clock.now()) < 5


def test_what_policies_deny(aws: EmbeddedAws) -> None:
    with client_of(aws, "build", "iam") as build:
        assert build.list_mfa_devices()["MFADevices"] == []
        with pytest.raises(ClientError, match="no identity-based policy allows the iam:CreateAc"):
            build.create_access_key()
    with client_of(aws, "sam", "iam") as sam:
        assert sam.get_user()["User"]["Arn"] == company.SAM
        with pytest.raises(ClientError, match="explicit deny in an identity-based policy"):
            sam.list_access_keys()
    proved = session(aws, "sam", mfa=False, **with_code(aws, company.TABLET))
    with client_of(aws, proved, "iam") as sam:
        assert len(sam.list_access_keys()["AccessKeyMetadata"]) == 1


@pytest.mark.parametrize(
    ("operation", "values"),
    [
        ("create_virtual_mfa_device", {"VirtualMFADeviceName": "a b"}),
        ("create_virtual_mfa_device", {"VirtualMFADeviceName": NAME, "Path": "no-slash"}),
        ("delete_virtual_mfa_device", {"SerialNumber": "a device"}),
        ("update_access_key", {"AccessKeyId": "AKIA", "Status": "Active"}),
        ("list_virtual_mfa_devices", {"AssignmentStatus": "Lost"}),
    ],
)
def test_a_malformed_value_is_refused(iam: Any, operation: str, values: dict[str, str]) -> None:
    with pytest.raises((ClientError, ParamValidationError)) as error:
        getattr(iam, operation)(**values)
    code = getattr(error.value, "response", {}).get("Error", {}).get("Code", "")
    assert code == "ValidationError" or type(error.value).__name__ == "ParamValidationError"
