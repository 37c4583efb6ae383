"""What a client of this user may put into any field of a request: an answer or an end, never a fault of the app."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rolecall.domain.problem import Exit
from rolecall.ui.agent_server import AgentServer
from ui.test_app import NEEDS_CODE, READY, Desk

ODD = ["\0", "\udcff", "\ud800", "../../x", "a\nb", "\u202e", "{0}%s", "x" * 100_000]
"""Texts that no command line of ours sends."""


class Odd:
    """A whole App behind its socket."""

    def __init__(self, desk: Desk, folder: Path, qtbot: QtBot) -> None:
        self.desk, self._qtbot = desk, qtbot
        self._path = folder / "agent.sock"
        self.context = {"HOME": str(folder), "PWD": "/"}
        heart = desk.heart
        self.server = AgentServer(
            self._path, desk.app.answer, self.context, heart.after, heart.cancel
        )
        self.server.start()

    def said(self, raw: bytes) -> bytes:
        """What comes back for these bytes, until the app hangs up."""
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(self._path))
            client.sendall(raw)
            client.setblocking(False)
            found = b""

            def over() -> bool:
                nonlocal found
                try:
                    part = client.recv(65536)
                except BlockingIOError:
                    return False
                found += part
                return not part

            self._qtbot.waitUntil(over, timeout=10_000)
            return found

    def asked(self, **values: Any) -> dict[str, Any]:
        """The reply to a request of these values; nothing where the app hung up."""
        said = self.said(json.dumps({"v": 1, "context": self.context} | values).encode() + b"\n")
        return json.loads(said) if said else {}


@pytest.fixture
def odd(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Odd]:
    desk = Desk(tmp_path / "desk", qapp)
    found = Odd(desk, tmp_path, qtbot)
    yield found
    found.server.stop()
    desk.close()
    assert desk.faults == []


UNKNOWN: list[dict[str, Any]] = [
    {"format": "bogus"},
    {"preset": "bogus"},
    {"preset": "bogus", "read_only": True},
    {"wish": {"duration_seconds": -1}},
    {"wish": {"duration_seconds": 10**4000}},
]


def test_what_we_do_not_know_is_refused_with_a_reason_and_nobody_is_asked(odd: Odd) -> None:
    odd.desk.app.do(("take", READY))
    for verb in ("login", "export", "console", "explain", "hold"):
        for role, values in product((READY, NEEDS_CODE), UNKNOWN):
            reply = odd.asked(verb=verb, role=role, **values)
            assert (reply["exit"], reply["out"]) == (Exit.USAGE, ""), (verb, values)
            assert len(reply["err"].splitlines()) == 2
            assert len(reply["err"]) < 250
    assert not odd.desk.app.programs.waiting
    assert not odd.desk.scene.store.state.queues


def test_any_text_gets_an_answer(odd: Odd) -> None:
    for field in ("role", "service", "destination", "region", "line", "verb"):
        for text, verb in product(ODD, ("export", "console", "explain", "trust", "forget")):
            reply = odd.asked(**{"verb": verb, "role": READY, field: text})
            assert reply["not_here"] or reply["exit"] != Exit.FAULT, (field, text)


def test_any_code_is_a_code_or_is_refused(odd: Odd) -> None:
    for text in [*ODD, "", "000000x"]:
        assert odd.asked(verb="login", role=NEEDS_CODE, code=text)["exit"] == Exit.USAGE


def test_any_saml_response_is_read_or_refused(odd: Odd) -> None:
    har = '{"log":{"entries":[5]}}'
    for text in [*ODD[:-1], "{", "[" * 9999, har, "1e999", "PHNhbWxwPg==", "/////w=="]:
        reply = odd.asked(verb="login", role="acme-sso", saml_response=text)
        assert reply["exit"] in {Exit.USAGE, Exit.REFUSED, Exit.LOCAL}, text


def test_any_narrowing_is_one_of_aws_or_refused(odd: Odd) -> None:
    for text in ODD:
        for wish in ({"policy": text}, {"policy_arns": [text]}):
            assert odd.asked(verb="login", role=READY, wish=wish)["exit"] == Exit.USAGE


def test_any_reason_becomes_a_session_name(odd: Odd) -> None:
    for text in ODD:
        wish = {"reason": text, "fresh": True}
        assert odd.asked(verb="login", role=READY, wish=wish)["exit"] == Exit.DONE


def test_a_value_of_the_wrong_kind_ends_the_call(odd: Odd) -> None:
    fields = ("role", "format", "preset", "code", "saml_response", "context", "wish")
    for field, value in product(fields, (0, False, [], None, 5, 1.5, [1], {"a": 1}, True)):
        if field != "code" or value is not None:
            reply = odd.asked(**{"verb": "login", "role": READY, field: value})
            assert not reply or reply["not_here"], (field, value)


def test_any_context_is_another_one_or_none(odd: Odd) -> None:
    places = ("\0", "a\0b", "\ud800", "x" * 100_000, "a/" * 50_000, "../" * 30_000)
    for name, place in product(("HOME", "PWD", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL"), places):
        reply = odd.asked(verb="list", context={**odd.context, name: place})
        assert not reply or reply["not_here"], (name, place[:9])


def test_any_bytes_end_the_call(odd: Odd) -> None:
    for raw in (
        b"1 list \nHOME=\0\n\n",
        b"1 credential-process \xff\nHOME=/\xff\n\n",
        b"{}\n",
        b'{"v":1,"verb":"list","wish":{"duration_seconds":' + b"9" * 5000 + b"}}\n",
        b'{"a":' * 9999 + b"\n",
    ):
        assert odd.said(raw) in (b"", b"\xff")
