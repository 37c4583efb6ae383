"""What STS takes of each value: every limit from both sides, and no value is ever repeated that may be a secret."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain import limits
from rolecall.domain.session_name import cleaned, filled, is_template

STATEMENT = '{"Statement": []}'
ARN = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def tag(number: int) -> list[tuple[str, str]]:
    return [(f"key{n}", "") for n in range(number)]


@pytest.mark.parametrize(
    "fine",
    [
        limits.session_name("ab"),
        limits.session_name("a" * 64),
        limits.session_name("{user}-{date}"),
        limits.source_identity("kim@example.com"),
        limits.source_identity("{user}"),
        limits.external_id("a:/b" * 306),
        limits.tags(tag(50)),
        limits.tags([("k" * 128, "v" * 256), ("Größe", "한국 _.:/=+-@")]),
        limits.transitive(["KEY1"], tag(2)),
        limits.transitive([], []),
        limits.policy(STATEMENT.ljust(2048)),
        limits.policies("", [ARN] * 10),
        limits.policies("", []),
        limits.federated_name("a" * 32),
        limits.root_account("111122223333"),
        *(limits.task_policy(task) for task in limits.TASKS),
    ],
)
def test_the_limits_themselves_are_allowed(fine: object) -> None:
    assert fine is None


@pytest.mark.parametrize(
    "fault",
    [
        limits.session_name("a"),
        limits.session_name("a" * 65),
        limits.session_name("a b"),
        limits.session_name("{name}"),
        limits.session_name("{user"),
        limits.source_identity("aws:kim"),
        limits.source_identity("AWS:kim"),
        limits.source_identity("a" * 65),
        limits.external_id("x" * 1225),
        limits.tags(tag(51)),
        limits.tags([("k" * 129, "")]),
        limits.tags([("", "")]),
        limits.tags([("k", "v" * 257)]),
        limits.tags([("k", "a;b")]),
        limits.tags([("k", "a\tb")]),
        limits.tags([("Team", ""), ("team", "")]),
        limits.transitive(["other"], tag(2)),
        limits.policy(STATEMENT.ljust(2049)),
        limits.policy('{"Statement": "한"}'),
        limits.policy(""),
        limits.policy("{"),
        limits.policies("", [ARN] * 11),
        limits.policies("", ["ReadOnlyAccess"]),
        limits.policies(STATEMENT.ljust(2000), [ARN] * 2),
        limits.federated_name("a" * 33),
        limits.federated_name("a"),
        limits.root_account("1111"),
        limits.task_policy("IAMDoAnything"),
    ],
)
def test_one_more_is_told(fault: object) -> None:
    assert str(fault).endswith(
        (".", "blanks out, or split it.", "S3UnlockBucketPolicy, SQSUnlockQueuePolicy")
    )


def test_an_external_id_is_never_repeated() -> None:
    assert "hush hush" not in str(limits.external_id("hush hush"))


def test_a_template_is_filled_and_cleaned() -> None:
    values = {"user": "kim müller", "host": "box", "role": "Admin", "date": "2026-11-25"}
    assert filled("{user}@{host}", values) == "kim-m-ller@box"
    assert filled("{role}-{date}", values) == "Admin-2026-11-25"
    assert filled("{user}", {"user": "müller"}) == "m-ller"
    assert filled("{user}", {}) == "rolecall"
    assert filled("{user}", {"user": "x" * 99}) == "x" * 64
    assert not is_template("{name}")


@given(st.text(), st.text(), st.text())
def test_whatever_comes_in_the_session_name_is_one_aws_takes(
    user: str, host: str, role: str
) -> None:
    name = filled("{user}.{host}={role}", {"user": user, "host": host, "role": role})
    assert limits.session_name(name) is None
    assert cleaned(name) == name
