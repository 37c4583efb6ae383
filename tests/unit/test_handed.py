"""Credentials on their way out: what a child's environment holds, and what it no longer holds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from botocore.credentials import AssumeRoleWithWebIdentityProvider, EnvProvider

from rolecall.domain.export_format import VARIABLES, export, utc
from rolecall.domain.handed import INHERITED, Handed, clean_environment, foreign, mixed
from rolecall.domain.session import Credentials
from unit.builders import NOW, arn, session

SESSION = session(role_arn=arn("Admin"), region="eu-central-1")
HANDED = Handed.parse(export(SESSION, "json"), "typed")


def test_the_json_export_comes_back_whole() -> None:
    assert HANDED.credentials == SESSION.credentials
    assert HANDED.expires_at == int(SESSION.expires_at)
    assert (HANDED.name, HANDED.region, HANDED.account_id, HANDED.role_arn) == (
        SESSION.name,
        "eu-central-1",
        "222222222222",
        arn("Admin"),
    )


def test_an_app_that_does_not_name_the_role_leaves_what_was_typed() -> None:
    values = json.loads(export(SESSION, "json"))
    del values["name"]
    assert Handed.parse(json.dumps(values), "typed").name == "typed"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"Expiration": 7}', '{"Expiration": "soon"}'])
def test_anything_else_is_refused_without_being_quoted(content: str) -> None:
    with pytest.raises(ValueError, match="not the JSON form") as caught:
        Handed.parse(content, "x")
    assert caught.value.__cause__ is None


def test_no_secret_in_its_text() -> None:
    assert SESSION.credentials.secret_access_key not in repr(HANDED)
    assert SESSION.credentials.session_token not in repr(HANDED)


def test_the_environment_is_that_of_the_export() -> None:
    assert set(HANDED.variables()) == {*VARIABLES, "ROLECALL_ROLE"}
    assert HANDED.variables()["AWS_CREDENTIAL_EXPIRATION"] == utc(SESSION.expires_at)


def test_a_role_without_a_region_sets_none() -> None:
    assert "AWS_REGION" not in replace(HANDED, region="").variables()


def test_a_hostile_name_is_safe_to_print() -> None:
    shown = replace(HANDED, name="a\x1b[31m\u202eb\nc\0").about()["ROLECALL_ROLE"]
    assert shown == "a\\u001b[31m\\u202eb c\\u0000"


def test_nobody_elses_identity_is_left() -> None:
    mine = {"PATH": "/bin", "AWS_REGION": "us-west-2", "AWS_CONFIG_FILE": "/c", "AWS_PAGER": ""}
    others = dict.fromkeys(INHERITED, "x") | {
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/x",
    }
    others |= {"AWS_BEARER_TOKEN_BEDROCK": "x", "AMAZON_SESSION_TOKEN": "x", "AWS_ACCOUNT_ID": "9"}
    del others["ROLECALL_ROLE"]
    assert clean_environment(mine | others, {"NEW": "1"}) == mine | {"NEW": "1"}


def test_every_variable_by_which_botocore_finds_an_identity_is_known() -> None:
    """A new version of it may read more."""
    keys = {EnvProvider.ACCESS_KEY, EnvProvider.SECRET_KEY, *EnvProvider.TOKENS}
    more = {EnvProvider.EXPIRY_TIME, EnvProvider.ACCOUNT_ID}
    roles = set(AssumeRoleWithWebIdentityProvider._CONFIG_TO_ENV_VAR.values())
    assert keys | more | roles <= set(INHERITED)


def test_settings_stay() -> None:
    kept = dict.fromkeys(
        (
            "AWS_ACCOUNT_ID_ENDPOINT_MODE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL_STS",
            "AWS_SHARED_CREDENTIALS_FILE", "AWS_EC2_METADATA_DISABLED", "AWS_RETRY_MODE",
        ),
        "x",
    )  # fmt: skip
    assert clean_environment(kept, {}) == kept


def test_an_export_drops_what_would_win_over_its_keys_or_be_mixed_with_them() -> None:
    """JavaScript takes a profile first, Python the older name of the token; a container comes after keys."""
    environ = dict.fromkeys(("AWS_PROFILE", "AWS_SECURITY_TOKEN", "AWS_ACCOUNT_ID"), "x")
    keys = dict.fromkeys((*VARIABLES, "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CA_BUNDLE"), "x")
    assert set(mixed(environ | keys)) == set(environ)
    assert set(mixed(keys | {"ROLECALL_ROLE": "old"})) == {
        *("ROLECALL_ROLE", "AWS_REGION", "AWS_DEFAULT_REGION")
    }


def test_the_region_of_an_earlier_role_goes_with_it() -> None:
    environ = {"ROLECALL_ROLE": "old", "AWS_REGION": "r", "AWS_DEFAULT_REGION": "r"}
    assert set(foreign(environ)) == set(environ)
    assert foreign({"AWS_REGION": "r"}) == []


def test_times_of_a_session() -> None:
    """Due six minutes before the end, not handed out in the last."""
    end = HANDED.expires_at
    assert not HANDED.due(end - 361)
    assert HANDED.due(end - 360)
    assert HANDED.usable(end - 61)
    assert not HANDED.usable(end - 60)
    assert not HANDED.due(NOW)


def test_the_container_answer_is_what_sdks_read() -> None:
    found = json.loads(HANDED.container_answer())
    assert found == {
        "AccessKeyId": SESSION.credentials.access_key_id,
        "SecretAccessKey": SESSION.credentials.secret_access_key,
        "Token": SESSION.credentials.session_token,
        "Expiration": utc(SESSION.expires_at),
        "RoleArn": arn("Admin"),
        "AccountId": "222222222222",
    }
    bare = Handed("x", Credentials("A", "S", "T"), NOW)
    assert set(json.loads(bare.container_answer())) == {
        *("AccessKeyId", "SecretAccessKey", "Token", "Expiration"),
    }
