"""The socket's protocol: both forms, their limits, and whose files a caller means."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall import agent, fast_client
from rolecall.agent import MalformedRequestError, Reply, Request
from rolecall.domain.problem import Exit
from rolecall.domain.route import Wish


def test_the_json_form_survives_the_way() -> None:
    wish = Wish(duration_seconds=900, policy_arns=("a", "b"))
    request = Request("login", "prod admin", wish=wish, code="123456", context={"HOME": "/h"})
    assert agent.parse(agent.encoded(request)) == request
    assert "123456" not in repr(request)


def test_the_line_form_names_verb_role_and_context() -> None:
    lines = fast_client.context_lines(
        {b"HOME": b"/h", b"AWS_ENDPOINT_URL_STS": b"http://x", b"PATH": b"/bin"}
    )
    found = agent.parse(b"1 credential-process prod admin\n" + lines)
    assert (found.verb, found.role, found.fast) == ("credential-process", "prod admin", True)
    assert found.context["AWS_ENDPOINT_URL_STS"] == "http://x"
    assert "PATH" not in found.context
    assert agent.parse(b"1 list-json \nHOME=/h\n\n").json


@pytest.mark.parametrize(
    "raw",
    [b"\n\n", b"1\n\n", b"{}\n", b'{"v":1}\n', b'{"v":1,"verb":3}\n', b'{"v":1,"verb":"x","wish":[]}\n',
     b"[" * 9999 + b"\n\n", b"1 list \nHOME=/a\0b\n\n", b"1 list \nHOME=/" + b"a" * 5000 + b"\n\n",
     b"1 list \nnonsense\n\n", b"\xff\xfe\n\n", b'{"a":' * 9999 + b"\n"],
)  # fmt: skip
def test_what_is_no_request_is_refused(raw: bytes) -> None:
    with pytest.raises(MalformedRequestError):
        agent.parse(raw)


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(raw: bytes) -> None:
    try:
        agent.parse(raw)
    except MalformedRequestError:
        return


@pytest.mark.parametrize(
    "raw", [b"2 list \nHOME=/h\n\n", b'{"v":2,"verb":"list"}\n', b'{"v":1,"verb":"list","y":1}\n',
            b'{"v":1,"verb":"list","wish":{"y":1}}\n'],
)  # fmt: skip
def test_another_version_is_not_served(raw: bytes) -> None:
    assert agent.parse(raw).verb == "unknown"


def test_too_much_is_refused_before_it_is_whole() -> None:
    with pytest.raises(MalformedRequestError):
        agent.complete(b"x" * (agent.LONGEST_REQUEST + 1))
    assert not agent.complete(b"1 list ")
    assert not agent.complete(b'{"v":1')


def test_the_fast_reply_is_a_status_byte_and_the_bytes_to_print() -> None:
    assert agent.encoded_reply(Reply(out="x\n"), fast=True) == b"\0x\n"
    assert agent.encoded_reply(Reply(Exit.REFUSED, err="no\n"), fast=True) == b"\x05no\n"
    not_here = bytes([fast_client.NOT_HERE])
    assert agent.encoded_reply(Reply(not_here=True), fast=True) == not_here
    assert agent.encoded_reply(Reply(Exit.LOCAL, "rows", "problem"), fast=True) == not_here


def test_a_reply_hides_what_it_carries() -> None:
    assert "topsecret" not in repr(Reply(out="topsecret"))
    assert json.loads(agent.encoded_reply(Reply(out="x"), fast=False))["out"] == "x"


OURS = {"HOME": "/home/alex", "PWD": "/"}


@pytest.mark.parametrize(
    ("theirs", "same"),
    [
        ({"HOME": "/home/alex", "PWD": "/tmp"}, True),
        ({"HOME": "/home/alex", "PWD": "/home/alex", "AWS_CONFIG_FILE": ".aws/config"}, True),
        ({"HOME": "/home/alex", "PWD": "/", "AWS_CONFIG_FILE": "~/.aws/config"}, True),
        ({"HOME": "/home/alex", "PWD": "/", "AWS_CONFIG_FILE": "/other"}, False),
        ({"HOME": "/home/other", "PWD": "/"}, False),
        ({"HOME": "/home/alex", "PWD": "/", "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1"}, False),
        ({"HOME": "/home/alex", "PWD": "/", "AWS_SHARED_CREDENTIALS_FILE": "x"}, False),
    ],
)
def test_the_app_serves_only_callers_who_mean_its_files(theirs: dict[str, str], same: bool) -> None:
    assert agent.same_context(theirs, OURS) is same


@pytest.mark.parametrize(
    "values",
    [
        '"context":[]', '"context":{"HOME":1}', '"code":123456', '"json":1', '"destination":{}',
        '"wish":{"duration_seconds":"900"}', '"wish":{"duration_seconds":true}',
        '"wish":{"policy_arns":[1]}', '"wish":{"policy_arns":"abc"}', '"wish":{"reason":5}',
        '"wish":{"reason":null}', '"code":0', '"code":false', '"context":{"HOME":"/a\\u0000b"}',
        '"context":{"HOME":"\\ud800"}', '"context":{"a\\u0000":""}',
        '"wish":{"policy":null}', '"wish":{"fresh":"no"}',
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_goes_no_further(values: str) -> None:
    with pytest.raises(MalformedRequestError):
        agent.parse(f'{{"v":1,"verb":"login","role":"x",{values}}}\n'.encode())


def test_an_empty_file_name_is_not_the_usual_file() -> None:
    usual = {"HOME": "/h", "PWD": "/"}
    assert not agent.same_context({**usual, "AWS_CONFIG_FILE": ""}, usual)
    assert agent.same_context({**usual, "AWS_CONFIG_FILE": "~/.aws/config"}, usual)
