"""Answers to commands that need no session: what is live, what is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.agent import Reply, Request
from rolecall.answers import answer
from rolecall.domain.problem import Exit
from rolecall.domain.route import Wish
from unit.builders import USUAL, catalogue
from unit.test_actions import House

NARROW = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def told(house: House, request: Request) -> Reply:
    got: list[Reply] = []
    answer(house.actions, request, got.append)
    (reply,) = got
    return reply


def test_a_narrowed_session_is_in_the_status_and_in_nobodys_row(house: House) -> None:
    house.sign_in("plain", NARROW)
    (row,) = json.loads(told(house, Request("status", json=True)).out)
    assert (row["name"], row["narrowed"]) == ("plain", True)
    assert "plain (read-only)" in told(house, Request("status")).out
    rows = json.loads(told(house, Request("list", json=True)).out)
    assert {each["state"] for each in rows if each["name"] == "plain"} == {"ready"}
    assert told(house, Request("forget", "plain")).exit is Exit.DONE
    assert json.loads(told(house, Request("status", json=True)).out) == []


def test_a_session_can_be_forgotten_after_its_profile_is_gone(house: House) -> None:
    house.sign_in("plain")
    profiles = {name: value for name, value in USUAL.items() if name != "plain"}
    house.store.set(replace(house.store.state, catalogue=catalogue(profiles)))
    (row,) = json.loads(told(house, Request("status", json=True)).out)
    assert row["name"] == "plain"
    assert told(house, Request("forget", "plain")).exit is Exit.DONE
    assert json.loads(told(house, Request("status", json=True)).out) == []
    assert told(house, Request("forget", "plain")).exit is Exit.NO_SUCH_ROLE


def test_read_only_never_means_a_full_session_of_a_key(house: House) -> None:
    reply = told(house, Request("export", "build", read_only=True))
    assert reply.exit is Exit.USAGE
    assert reply.out == ""
    assert house.sts.calls == []


def test_what_leads_to_no_roles_arn_is_named_by_its_way(house: House) -> None:
    ways = {
        "sso": {"saml_login_url": "https://idp.example/aws"},
        "pool": {"cognito_identity_pool_id": f"eu-central-1:{'0' * 8}-0000-0000-0000-{'0' * 12}"},
        "console": {"federation_name": "alex", "source_profile": "alex"},
    }
    known = replace(catalogue({**USUAL, **ways}), entries=frozenset(ways))
    house.store.set(replace(house.store.state, catalogue=known))
    listed = told(house, Request("list")).out
    for name, way in (
        ("alex", "(access key)"),
        ("sso", "(SAML)"),
        ("pool", "(identity pool)"),
        ("console", "(GetFederationToken)"),
    ):
        (line,) = (line for line in listed.splitlines() if line.split()[0] == name)
        assert way in line


def test_a_preset_that_cannot_be_had_is_no_full_session(house: House) -> None:
    reply = told(house, Request("export", "plain", preset="one-region"))
    assert (reply.exit, reply.out, reply.problem) == (Exit.USAGE, "", "preset_needs_region")
    assert told(house, Request("explain", "plain", preset="one-region")).exit is Exit.USAGE
    assert house.sts.calls == []


def test_an_export_with_a_life_of_its_own_ends_no_longer_session(house: House) -> None:
    told(house, Request("login", "plain"))
    given = Request("export", "plain", format="json", wish=Wish(duration_seconds=900))
    assert told(house, given).exit is Exit.DONE
    (row,) = json.loads(told(house, Request("status", json=True)).out)
    assert row["seconds_left"] == 7200
    told(house, replace(given, verb="login"))
    (row,) = json.loads(told(house, Request("status", json=True)).out)
    assert row["seconds_left"] == 900


@pytest.mark.parametrize("verb", ["credential-process", "export", "explain", "forget", "console"])
def test_a_role_that_a_broken_file_may_hold_is_told_with_that_file(
    house: House, tmp_path: Path, verb: str
) -> None:
    (tmp_path / "config").write_bytes(b"[profile kept]\n\x80\xff not text\n")
    house.actions.load()
    reply = told(house, Request(verb, "prod"))
    assert reply.exit is Exit.LOCAL
    assert "There is no role called" in reply.err
    assert f"Line 2 of {tmp_path / 'config'} is not UTF-8 text" in reply.err
    assert told(house, Request(verb, "")).exit is Exit.LOCAL
    (tmp_path / "config").unlink()
    house.actions.load()
    assert told(house, Request(verb, "prod")).exit is Exit.NO_SUCH_ROLE


def test_several_roles_are_no_matter_of_a_broken_file(house: House, tmp_path: Path) -> None:
    keys = "aws_access_key_id=A\naws_secret_access_key=B\n"
    (tmp_path / "credentials").write_text(f"[ab]\n{keys}[ac]\n{keys}[b]\nnonsense\n")
    house.actions.load()
    assert house.store.state.catalogue.problems
    assert told(house, Request("export", "A")).exit is Exit.NO_SUCH_ROLE


@pytest.mark.parametrize("verb", ["export", "console"])
def test_who_waits_for_a_code_while_the_file_breaks_is_told_of_the_file(
    house: House, tmp_path: Path, verb: str
) -> None:
    got: list[Reply] = []
    answer(house.actions, Request(verb, "prod"), got.append)
    assert got == []
    (tmp_path / "config").write_bytes(b"[profile prod]\n\x80\xff not text\n")
    house.actions.reload()
    (reply,) = got
    assert reply.exit is Exit.LOCAL
    assert f"Line 2 of {tmp_path / 'config'} is not UTF-8 text" in reply.err
