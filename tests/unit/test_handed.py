"""Credentials on their way out: what a child's environment holds, and what it no longer holds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from rolecall.domain.export_format import VARIABLES, export, utc
from rolecall.domain.handed import INHERITED, Handed, clean_environment, foreign
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
    del others["ROLECALL_ROLE"]
    assert clean_environment(mine | others, {"NEW": "1"}) == mine | {"NEW": "1"}


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
