"""The form of an own role: every road, what is needed, what is wrong, and that the entry is recognised again."""

from __future__ import annotations

import pytest

from rolecall.domain.entry import ENTRY_KEYS
from rolecall.domain.entry_form import (
    ALLOW_ALL,
    ROADS,
    TASK_WORDS,
    by_label,
    editable,
    faults,
    name_fault,
    road_of,
)
from rolecall.domain.hops import allows_everything
from rolecall.domain.limits import TASKS, root_account

GOOD = {
    "role_arn": "arn:aws:iam::111122223333:role/Admin",
    "source_profile": "work",
    "sso_start_url": "https://acme.awsapps.com/start",
    "sso_region": "eu-central-1",
    "sso_account_id": "111122223333",
    "sso_role_name": "ReadOnly",
    "saml_login_url": "https://idp.example/aws",
    "oidc_issuer": "https://idp.example",
    "oidc_client_id": "rolecall",
    "oidc_preset": "google",
    "cognito_identity_pool_id": "eu-central-1:12345678-1234-1234-1234-123456789012",
    "web_identity_token_file": "/var/run/secrets/token",
    "federation_name": "alex",
    "session_policy": ALLOW_ALL,
    "root_account": "111122223333",
    "root_task_policy": "IAMAuditRootUserCredentials",
}
BAD = {
    "role_arn": "arn:aws:iam::1:role/Admin",
    "source_profile": "gone",
    "region": "somewhere",
    "mfa_serial": "me",
    "external_id": "a b",
    "duration_seconds": "899",
    "role_session_name": "{nobody}",
    "source_identity": "aws:me",
    "session_tags": "a;b=c",
    "transitive_session_tags": "gone",
    "session_policy": "{",
    "session_policy_arns": "ReadOnly",
    "sso_start_url": "acme",
    "sso_region": "x",
    "sso_account_id": "12",
    "saml_login_url": "http://idp.example",
    "oidc_issuer": "idp.example",
    "oidc_preset": "yahoo",
    "oidc_redirect_port": "65536",
    "oidc_redirect_host": "example.com",
    "cognito_identity_pool_id": "here:1",
    "cognito_flow": "new",
    "federation_name": "a",
    "root_account": "x",
    "root_task_policy": "Anything",
}


@pytest.mark.parametrize("road", ROADS, ids=[road.name for road in ROADS])
def test_a_road_needs_its_required_fields_and_no_more(road: object) -> None:
    assert road in ROADS
    for each in (one for one in ROADS if one is road):
        needed = {field.key for field in each.fields if field.required}
        assert set(faults(each, {}, {"work"})) == needed
        entry = {key: GOOD[key] for key in needed}
        assert faults(each, entry, {"work"}) == {}
        assert road_of(entry) is each
        assert {field.key for field in each.fields} <= ENTRY_KEYS


@pytest.mark.parametrize("key", sorted(BAD))
def test_every_fault_is_told_at_its_field(key: str) -> None:
    for road in ROADS:
        if road.field(key) is not None:
            assert key in faults(road, {key: BAD[key]}, {"work"})


@pytest.mark.parametrize("key", sorted(BAD))
def test_a_fault_names_what_stands_in_the_form_and_never_a_key(key: str) -> None:
    for road in ROADS:
        labels = {field.key: f"“{field.label}”" for field in road.fields}
        for fault in faults(road, {key: BAD[key]}, {"work"}).values():
            said = str(by_label(fault, labels))
            assert not [each for each in ENTRY_KEYS if "_" in each and each in said], said


def test_in_a_file_the_key_stays() -> None:
    assert str(root_account("x")).startswith("root_account is")
    assert str(by_label(root_account("x"), {"root_account": "“Account”"})).startswith(
        "“Account” is"
    )


def test_the_basic_flow_of_a_pool_needs_its_role_at_once() -> None:
    road = next(road for road in ROADS if road.name == "cognito")
    entry = {"cognito_identity_pool_id": GOOD["cognito_identity_pool_id"], "cognito_flow": "basic"}
    assert set(faults(road, entry, ())) == {"role_arn"}


@pytest.mark.parametrize(("tags", "wrong"), [("a", True), ("a=b,c", True), ("a=", False)])
def test_a_tag_without_its_mark_is_no_tag_with_an_empty_value(tags: str, *, wrong: bool) -> None:
    found = faults(ROADS[0], {**GOOD, "session_tags": tags}, {"work"})
    assert ("session_tags" in found) is wrong


def test_a_name_is_free_and_fit() -> None:
    assert name_fault("mine", {"other"}) is None
    for wrong in ("", " mine", "-mine", "mi\tne", "other", "x" * 129):
        assert name_fault(wrong, {"other"}) is not None


def test_every_task_of_aws_is_offered() -> None:
    assert set(TASK_WORDS) == set(TASKS)


@pytest.mark.parametrize(
    ("policy", "all_of_it"),
    [
        (ALLOW_ALL, True),
        ('{"Statement": {"Effect": "Allow", "Action": ["*"], "Resource": "*"}}', True),
        ('{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}', False),
        (
            '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {}}]}',
            False,
        ),
        (
            (
                '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"},'
                ' {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]}'
            ),
            False,
        ),
        ("", False),
        ("{", False),
        ("[]", False),
    ],
)
def test_a_policy_that_takes_nothing_away_is_seen(policy: str, *, all_of_it: bool) -> None:
    assert allows_everything(policy) is all_of_it


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        (
            {"saml_provider_arn": "arn:aws:iam::1:saml-provider/a", "role_arn": GOOD["role_arn"]},
            "saml",
        ),
        (
            {"sso_session": "acme", "sso_account_id": "111122223333", "sso_role_name": "Reader"},
            "center",
        ),
        ({"role_arn": GOOD["role_arn"], "credential_source": "Environment"}, "role"),
    ],
)
def test_what_stands_in_for_a_needed_key_by_hand_can_be_edited(
    entry: dict[str, str], name: str
) -> None:
    road = road_of(entry)
    assert road.name == name
    assert faults(road, entry, set()) == {}
    assert editable(entry)


def test_a_program_is_written_by_hand_only() -> None:
    assert not editable({"credential_process": "/bin/tool"})
