"""The embedded S3 against real boto3: who signed, what each may see, and the errors by S3's own names."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from aws.embedded import PAYMENTS, assume, call, client_of, fetch, refused, session, triple
from rolecall.demo.faults import Fault
from rolecall.demo.s3 import OBJECTS
from rolecall.demo.server import EmbeddedAws

BUCKET = "acme-payments-reports"
OF_ANOTHER = "acme-sandbox-reports"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


@pytest.fixture
def role(aws: EmbeddedAws) -> Any:
    return assume(aws, "alex", f"{PAYMENTS}/ReadOnly")


def s3(aws: EmbeddedAws, keys: Any, operation: str, **values: Any) -> Any:
    with client_of(aws, keys, "s3") as client:
        return getattr(client, operation)(**values)


def refusal(aws: EmbeddedAws, keys: Any, operation: str, **values: Any) -> tuple[str, int]:
    with pytest.raises(ClientError) as caught:
        s3(aws, keys, operation, **values)
    return refused(caught.value)[:2]


def send(
    aws: EmbeddedAws, method: str, path: str, headers: dict[str, str], body: bytes = b""
) -> Any:
    with closing(http.client.HTTPConnection(aws.url.removeprefix("http://"), timeout=5)) as link:
        link.request(method, path, body, headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode()


def signed(aws: EmbeddedAws, path: str, auth: type = S3SigV4Auth) -> dict[str, str]:
    request = AWSRequest("GET", f"{aws.url}{path}")
    keys = triple(aws, "alex")
    auth(Credentials(keys[0], keys[1]), "s3", "eu-central-1").add_auth(request)
    return dict(request.headers.items())


def test_a_role_sees_its_accounts_bucket(aws: EmbeddedAws, role: Any) -> None:
    found = s3(aws, role, "list_buckets")["Buckets"]
    assert [bucket["Name"] for bucket in found] == [BUCKET]
    assert s3(aws, role, "head_bucket", Bucket=BUCKET)["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert (
        s3(aws, role, "get_bucket_location", Bucket=BUCKET)["LocationConstraint"] == "eu-central-1"
    )


def test_long_lived_keys_and_sessions_see_it_too(aws: EmbeddedAws) -> None:
    for keys in ("alex", session(aws), session(aws, mfa=False)):
        assert s3(aws, keys, "list_buckets")["Buckets"][0]["Name"] == "acme-identity-reports"


@pytest.mark.parametrize("operation", ["list_objects_v2", "list_objects"])
def test_a_bucket_is_listed(aws: EmbeddedAws, role: Any, operation: str) -> None:
    found = s3(aws, role, operation, Bucket=BUCKET)
    assert {one["Key"]: one["Size"] for one in found["Contents"]} == OBJECTS
    assert found["IsTruncated"] is False
    folders = s3(aws, role, operation, Bucket=BUCKET, Delimiter="/")
    assert [one["Key"] for one in folders["Contents"]] == ["readme.txt"]
    assert [one["Prefix"] for one in folders["CommonPrefixes"]] == ["2026/"]
    below = s3(aws, role, operation, Bucket=BUCKET, Prefix="2026/j", Delimiter="/")
    assert [one["Key"] for one in below["Contents"]] == ["2026/january.csv"]


@pytest.mark.parametrize("operation", ["list_objects_v2", "list_objects"])
def test_pages_hold_each_key_once(aws: EmbeddedAws, role: Any, operation: str) -> None:
    with client_of(aws, role, "s3") as client:
        pages = client.get_paginator(operation).paginate(
            Bucket=BUCKET, PaginationConfig={"PageSize": 1}
        )
        found = [[one["Key"] for one in page["Contents"]] for page in pages]
    assert found == [[key] for key in sorted(OBJECTS)]


def test_a_session_ends_here_as_it_does_for_sts(aws: EmbeddedAws, role: Any) -> None:
    aws.clock.advance(3601)
    assert refusal(aws, role, "list_buckets") == ("ExpiredToken", 400)


def test_keys_that_are_none_by_s3s_names(aws: EmbeddedAws, role: Any) -> None:
    unknown = role | {"AccessKeyId": "ASIA" + "A" * 16}
    assert refusal(aws, unknown, "list_buckets") == ("InvalidAccessKeyId", 403)
    wrong = role | {"SecretAccessKey": "s" * 40}
    assert refusal(aws, wrong, "list_buckets") == ("SignatureDoesNotMatch", 403)
    assert refusal(aws, wrong, "list_objects_v2", Bucket=BUCKET) == ("SignatureDoesNotMatch", 403)
    aws.clock.set_skew(1000)
    assert refusal(aws, role, "list_buckets") == ("RequestTimeTooSkewed", 403)


def test_what_is_not_the_callers(aws: EmbeddedAws, role: Any) -> None:
    assert refusal(aws, role, "list_objects_v2", Bucket=OF_ANOTHER) == ("AccessDenied", 403)
    assert refusal(aws, role, "list_objects_v2", Bucket="nobodys") == ("NoSuchBucket", 404)
    assert refusal(aws, role, "head_bucket", Bucket=OF_ANOTHER) == ("403", 403)
    assert refusal(aws, role, "head_bucket", Bucket="nobodys") == ("404", 404)


def test_a_federated_session_without_a_policy_may_do_nothing(aws: EmbeddedAws) -> None:
    bare = call(aws, "alex", "get_federation_token", Name="sam")["Credentials"]
    assert refusal(aws, bare, "list_buckets") == ("AccessDenied", 403)


def test_nothing_is_changed_and_settings_are_not_told(aws: EmbeddedAws, role: Any) -> None:
    assert refusal(aws, role, "put_object", Bucket=BUCKET, Key="readme.txt", Body=b"x")[1] == 501
    assert refusal(aws, role, "delete_object", Bucket=BUCKET, Key="readme.txt")[1] == 501
    assert refusal(aws, role, "get_bucket_policy", Bucket=BUCKET)[1] == 501


def test_signed_for_sts_is_not_signed_for_s3(aws: EmbeddedAws) -> None:
    headers = signed(aws, "/")
    headers["Authorization"] = headers["Authorization"].replace("/s3/", "/sts/")
    assert "InvalidAccessKeyId" not in send(aws, "GET", "/", headers)[1]
    assert send(aws, "GET", "/", headers)[0] != 200
    assert send(aws, "GET", "/", signed(aws, "/"))[0] == 200


def test_the_path_is_signed_as_it_is_sent(aws: EmbeddedAws) -> None:
    good = signed(aws, "/acme-identity-reports?prefix=2026%2F")
    assert send(aws, "GET", "/acme-identity-reports?prefix=2026%2F", good)[0] == 200
    status, body = send(aws, "GET", "/acme-identity-reports?prefix=", good)
    assert (status, "SignatureDoesNotMatch" in body) == (403, True)
    assert send(aws, "GET", "/acme-payments-reports?prefix=2026%2F", good)[0] == 403


def test_the_hash_of_the_content_is_wanted_and_checked(aws: EmbeddedAws) -> None:
    good = signed(aws, "/")
    assert "XAmzContentSHA256Mismatch" in send(aws, "GET", "/", good, b"more")[1]
    assert "MissingSecurityHeader" in send(aws, "GET", "/", signed(aws, "/", SigV4Auth))[1]
    streamed = good | {"X-Amz-Content-SHA256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"}
    assert send(aws, "GET", "/", streamed)[0] == 501
    unsigned = good | {"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}
    assert "SignatureDoesNotMatch" in send(aws, "GET", "/", unsigned)[1]


def test_nobody_is_denied_and_head_has_no_content(aws: EmbeddedAws) -> None:
    status, body = fetch(f"{aws.url}/{BUCKET}")
    assert (status, "<Code>AccessDenied</Code>" in body) == (403, True)
    with closing(http.client.HTTPConnection(aws.url.removeprefix("http://"), timeout=5)) as link:
        for _ in range(2):
            link.request("HEAD", f"/{BUCKET}")
            answer = link.getresponse()
            assert (answer.status, answer.read()) == (403, b"")
            assert int(answer.headers["Content-Length"]) > 0


def test_a_key_count_that_is_none(aws: EmbeddedAws) -> None:
    path = "/acme-identity-reports?max-keys=x"
    assert "InvalidArgument" in send(aws, "GET", path, signed(aws, path))[1]


def test_faults_and_the_list_of_calls(aws: EmbeddedAws, role: Any) -> None:
    aws.calls.reset()
    aws.faults.add(Fault("throttle", action="ListBuckets"))
    assert refusal(aws, role, "list_buckets") == ("SlowDown", 503)
    aws.faults.add(Fault("500", action="ListBuckets"))
    assert refusal(aws, role, "list_buckets") == ("InternalError", 500)
    s3(aws, role, "list_buckets")
    assert [(one["action"], one["code"]) for one in aws.calls.listed()] == [
        ("ListBuckets", "SlowDown"),
        ("ListBuckets", "InternalError"),
        ("ListBuckets", "Ok"),
    ]


def test_an_object_is_read_whole_in_parts_and_by_its_head(aws: EmbeddedAws, role: Any) -> None:
    key, size = "2026/january.csv", OBJECTS["2026/january.csv"]
    head = s3(aws, role, "head_object", Bucket=BUCKET, Key=key)
    assert head["ContentLength"] == size
    with client_of(aws, role, "s3") as client:
        whole = client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        part = client.get_object(Bucket=BUCKET, Key=key, Range="bytes=100-199")
        assert part["ContentRange"] == f"bytes 100-199/{size}"
        assert (len(whole), part["Body"].read()) == (size, whole[100:200])
        rest = client.get_object(Bucket=BUCKET, Key=key, Range="bytes=1800-")
        assert rest["Body"].read() == whole[1800:]


@pytest.mark.parametrize(
    ("bucket", "key", "more", "error"),
    [
        (BUCKET, "none.csv", {}, ("NoSuchKey", 404)),
        (OF_ANOTHER, "readme.txt", {}, ("AccessDenied", 403)),
        (BUCKET, "readme.txt", {"Range": "bytes=96-"}, ("InvalidRange", 416)),
    ],
)
def test_what_is_not_there_or_not_yours_is_not_read(
    aws: EmbeddedAws, role: Any, bucket: str, key: str, more: dict[str, str], error: object
) -> None:
    assert refusal(aws, role, "get_object", Bucket=bucket, Key=key, **more) == error
    assert refusal(aws, role, "head_object", Bucket=bucket, Key=key, **more)[1] == error[1]  # type: ignore[index]
