"""The client asks the very endpoint that boto3 would ask, whatever the profile and the environment say."""

from __future__ import annotations

import threading
from pathlib import Path

import boto3
import botocore.session
import pytest

from aws.roles import ARN, KEYS, assume, role
from aws.scripted_server import assumed, scripted
from rolecall.aws import client
from rolecall.aws.client import ClientSettings, settings_of
from rolecall.aws.sts import Sts
from rolecall.domain.problem import Exit, ProblemError

_URL = "http://127.0.0.1:9"
_OTHER = "http://127.0.0.1:99"

# profile, [services] section, environment
_TABLE: list[tuple[dict[str, str], dict[str, str], dict[str, str]]] = [
    ({}, {}, {}),
    ({"region": "eu-west-1"}, {}, {}),
    ({"region": "us-east-1"}, {}, {}),
    ({"region": "us-east-1", "sts_regional_endpoints": "legacy"}, {}, {}),
    ({"region": "cn-north-1"}, {}, {}),
    ({"region": "us-gov-west-1"}, {}, {}),
    ({"region": "eusc-de-east-1"}, {}, {}),
    ({"region": "us-iso-east-1"}, {}, {}),
    ({"region": "us-east-2", "use_fips_endpoint": "true"}, {}, {}),
    ({"region": "us-gov-east-1", "use_fips_endpoint": "true"}, {}, {}),
    ({"region": "eu-central-1", "use_dualstack_endpoint": "true"}, {}, {}),
    ({"region": "eu-west-1"}, {}, {"AWS_USE_FIPS_ENDPOINT": "true"}),
    ({"region": "eu-west-1"}, {}, {"AWS_USE_DUALSTACK_ENDPOINT": "true"}),
    ({"region": "eu-west-1"}, {}, {"AWS_DEFAULT_REGION": "ap-south-1"}),
    ({}, {}, {"AWS_DEFAULT_REGION": "eu-north-1"}),
    ({}, {}, {"AWS_REGION": "eu-north-1"}),
    ({"region": "eu-west-1", "endpoint_url": _URL}, {}, {}),
    ({"region": "eu-west-1", "endpoint_url": _URL}, {}, {"AWS_ENDPOINT_URL": _OTHER}),
    ({"region": "eu-west-1", "endpoint_url": _URL}, {}, {"AWS_ENDPOINT_URL_STS": _OTHER}),
    ({"region": "eu-west-1"}, {}, {"AWS_ENDPOINT_URL": _URL, "AWS_ENDPOINT_URL_STS": _OTHER}),
    ({"region": "eu-west-1"}, {}, {"AWS_ENDPOINT_URL_IAM": _OTHER}),
    ({"region": "eu-west-1", "services": "x"}, {"sts": f"\nendpoint_url = {_URL}"}, {}),
    ({"region": "eu-west-1", "services": "x"}, {"iam": f"\nendpoint_url = {_URL}"}, {}),
    (
        {"region": "eu-west-1", "services": "x", "endpoint_url": _OTHER},
        {"sts": f"\nendpoint_url = {_URL}"},
        {},
    ),
    (
        {"region": "eu-west-1", "services": "x"},
        {"sts": f"\nendpoint_url = {_URL}"},
        {"AWS_ENDPOINT_URL": _OTHER},
    ),
    (
        {"region": "eu-west-1", "endpoint_url": _URL, "ignore_configured_endpoint_urls": "true"},
        {},
        {},
    ),
    (
        {"region": "eu-west-1", "endpoint_url": _URL},
        {},
        {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
    ),
    ({"region": "eu-west-1", "max_attempts": "5", "retry_mode": "adaptive"}, {}, {}),
    ({"region": "eu-west-1"}, {}, {"AWS_MAX_ATTEMPTS": "2", "AWS_RETRY_MODE": "legacy"}),
]


@pytest.mark.parametrize(("profile", "services", "environment"), _TABLE)
def test_endpoint_region_and_retries_are_those_of_boto3(
    profile: dict[str, str],
    services: dict[str, str],
    environment: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "config"
    lines = ["[profile dev]", *(f"{key} = {value}" for key, value in profile.items())]
    lines += [
        "[services x]",
        *(f"{key} ={value.replace(chr(10), chr(10) + '  ')}" for key, value in services.items()),
    ]
    path.write_text("\n".join(lines) + "\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    theirs = boto3.Session(profile_name="dev").client("sts")
    ours = client.build(settings_of(profile, tuple(services.items()), _partition(profile), False))

    assert ours.meta.endpoint_url == theirs.meta.endpoint_url
    assert ours.meta.region_name == theirs.meta.region_name
    assert ours._request_signer.region_name == theirs._request_signer.region_name
    assert ours.meta.config.retries == theirs.meta.config.retries
    assert _resolved(ours) == _resolved(theirs)


def _partition(profile: dict[str, str]) -> str:
    region = profile.get("region", "")
    known = {"cn": "aws-cn", "us-gov": "aws-us-gov", "eusc": "aws-eusc", "us-iso": "aws-iso"}
    return next((name for start, name in known.items() if region.startswith(start)), "aws")


def _resolved(made: object) -> object:
    """The URL a call would really go to: the endpoint rules have the last word, not `meta`."""
    parts = made._resolve_endpoint_ruleset(  # type: ignore[attr-defined]
        made.meta.service_model.operation_model("AssumeRole"),
        {},
        {},  # type: ignore[attr-defined]
    )
    return parts[0]


@pytest.mark.parametrize(
    ("partition", "region"),
    [
        ("aws", "us-east-1"),
        ("aws-cn", "cn-north-1"),
        ("aws-us-gov", "us-gov-west-1"),
        ("aws-eusc", "eusc-de-east-1"),
    ],
)
def test_without_a_region_a_custom_endpoint_is_signed_for_the_partition(
    partition: str, region: str
) -> None:
    made = client.build(ClientSettings((("endpoint_url", _URL),), (), partition))
    assert (made.meta.endpoint_url, made.meta.region_name) == (_URL, region)


@pytest.mark.parametrize(
    ("profile", "environment", "host"),
    [
        ({}, {}, "sts.cn-north-1.amazonaws.com.cn"),
        ({}, {"AWS_DEFAULT_REGION": "eu-west-1"}, "sts.cn-north-1.amazonaws.com.cn"),
        ({}, {"AWS_DEFAULT_REGION": "cn-northwest-1"}, "sts.cn-northwest-1.amazonaws.com.cn"),
        ({"region": "eu-west-1"}, {}, "sts.eu-west-1.amazonaws.com"),
    ],
)
def test_a_role_of_another_partition_is_asked_for_there_unless_the_profile_says_otherwise(
    profile: dict[str, str],
    environment: dict[str, str],
    host: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    made = client.build(settings_of(profile, (), "aws-cn", False))
    assert made.meta.endpoint_url == f"https://{host}"


def test_no_profile_file_is_ever_parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "config"
    broken.write_text("[profile a]\n[profile a]\nregion\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(broken))
    with pytest.raises(botocore.exceptions.ConfigParseError):
        boto3.Session().client("sts")
    assert client.build(settings_of({"region": "eu-west-1"}, (), "aws", False)).meta.region_name


def test_equal_settings_share_a_client_and_different_ones_do_not() -> None:
    with scripted(assumed()) as one, scripted(assumed()) as other:
        sts = Sts()
        for url in (one.url, one.url, other.url, one.url):
            sts.call(assume(), KEYS, None, role(url), lambda: 0.0)
        assert (len(one.requests), len(other.requests)) == (3, 1)
        assert len(sts._clients) == 2


def test_the_number_of_clients_is_bounded() -> None:
    sts = Sts()
    for number in range(40):
        sts.warm(role(f"http://127.0.0.1:{number + 1}"))
    assert len(sts._clients) == 24


def test_many_threads_make_one_client_and_each_signs_with_its_own_credentials() -> None:
    from rolecall.domain.session import Credentials

    with scripted(assumed()) as script:
        sts = Sts()
        asked = role(script.url)
        threads = [
            threading.Thread(
                target=sts.call,
                args=(assume(), Credentials(f"AKIA{n:016}", "s"), None, asked, lambda: 0.0),
            )
            for n in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        used = {r.headers["authorization"].split("Credential=")[1][:20] for r in script.requests}
        assert used == {f"AKIA{n:016}" for n in range(20)}
        assert len(sts._clients) == 1


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"region": "evil.example.com/#"}, "client_settings"),
        ({"region": "-"}, "client_settings"),
        ({"region": "eu-west-1", "endpoint_url": "not a url"}, "client_settings"),
        ({"region": "eu-west-1", "services": "missing"}, "client_settings"),
        ({"region": "eu-west-1", "retry_mode": "often"}, "client_settings"),
        ({"region": "eu-west-1", "max_attempts": "many"}, "client_settings"),
        ({"region": "eu-west-1", "sts_regional_endpoints": "moon"}, "client_settings"),
        ({"region": "eu-west-1", "defaults_mode": "moon"}, "client_settings"),
    ],
)
def test_settings_that_make_no_client_are_a_problem_of_the_profile(
    settings: dict[str, str], code: str
) -> None:
    with pytest.raises(ProblemError) as refused:
        Sts().call(assume(ARN), KEYS, None, role("", **settings), lambda: 0.0)
    assert (refused.value.problem.code, refused.value.problem.exit) == (code, Exit.LOCAL)
    assert "dev" in str(refused.value.problem.title)
