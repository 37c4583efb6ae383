"""Presets: what they narrow to, that AWS's limits hold, and that a session is known again by its scope."""

from __future__ import annotations

import json

import pytest

from rolecall.domain import limits
from rolecall.domain.presets import NAMES, name_of, preset, presets, title_of
from rolecall.domain.role import Role, RoleArn, RoleHop, Source, SourceKind


def role(region: str = "eu-central-1", partition: str = "aws") -> Role:
    arn = RoleArn.parse(f"arn:{partition}:iam::111122223333:role/Admin")
    source = Source(SourceKind.KEYS_IN_FILE, "work")
    return Role("admin", source, (RoleHop("admin", arn),), arn, region=region)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_one_aws_takes_and_is_known_again(name: str) -> None:
    found = preset(name, role())
    assert found is not None
    assert limits.policies(found.wish.policy, found.wish.policy_arns) is None
    assert bool(found.wish.policy) is (name in {"no-iam", "one-region"})
    assert name_of(found.wish.scope, role()) == name
    assert str(title_of(found.wish.scope, role())) == str(found.title)


def test_managed_policies_are_of_the_roles_own_partition() -> None:
    found = preset("read-only", role(partition="aws-us-gov"))
    assert found is not None
    assert found.wish.policy_arns == ("arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess",)


def test_one_region_needs_one_and_every_preset_allows_something() -> None:
    assert "one-region" not in [each.name for each in presets(role(""))]
    for each in presets(role()):
        if each.wish.policy:
            statements = json.loads(each.wish.policy)["Statement"]
            assert {"Effect": "Allow", "Action": "*", "Resource": "*"} in statements
            assert any(statement["Effect"] == "Deny" for statement in statements)


def test_any_other_narrowing_is_told_as_such() -> None:
    assert name_of("0123456789abcdef", role()) == "narrowed"
    assert preset("nonsense", role()) is None
