"""The small table of partitions agrees with botocore's large one, and a region never becomes a host."""

from __future__ import annotations

import botocore.session
import pytest

from rolecall.aws import partitions


def regions() -> list[tuple[str, str]]:
    session = botocore.session.Session()
    found = []
    for partition in session.get_available_partitions():
        names = session.get_available_regions("sts", partition)
        found += [(partition, name) for name in names if not name.endswith("-global")]
    return found


def test_every_region_botocore_knows_is_a_region_of_the_same_partition() -> None:
    known = regions()
    assert len(known) > 30
    assert [one for one in known if not partitions.is_region(one[1])] == []
    assert [one for one in known if partitions.of_region(one[1]).name != one[0]] == []


def test_every_partition_botocore_knows_is_in_the_table_with_a_region_of_its_own() -> None:
    names = set(botocore.session.Session().get_available_partitions())
    assert names <= {one.name for one in partitions.ALL}
    for one in partitions.ALL:
        assert partitions.of_region(one.default_region) is one


def test_sign_in_hosts_are_below_the_hosts_botocore_resolves() -> None:
    session = botocore.session.Session()
    for one in partitions.ALL:
        client = session.create_client("signin", region_name=one.default_region)
        model = client.meta.service_model
        asked = model.operation_model("CreateOAuth2Token")  # it sits at the sign-in host
        resolved = client._resolve_endpoint_ruleset(asked, {}, {})[0].removeprefix("https://")
        assert resolved in (one.sign_in_host, f"{one.default_region}.{one.sign_in_host}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x.evil.test/#",
        "eu-west-1.evil.test",
        "eu-west-1@evil.test",
        "eu-west-1/",
        "eu-west-1\n",
        "EU-WEST-1",
        "eu-west",
        "eu-west-1-",
        "eu_west_1",
        "aws-global",
        "eu-west-１",
        "e" * 300 + "-west-1",
    ],
)
def test_what_is_no_region(text: str) -> None:
    assert not partitions.is_region(text)


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        ("arn:aws-cn:iam::1:role/x", "aws-cn"),
        ("arn:aws:sts::1:assumed-role/x/y", "aws"),
        ("arn:elsewhere:iam::1:role/x", None),
        ("", None),
        ("aws-cn", None),
    ],
)
def test_the_partition_of_an_arn(arn: str, name: str | None) -> None:
    found = partitions.of_arn(arn)
    assert (found.name if found else None) == name
