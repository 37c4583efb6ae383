"""The paste on a terminal: what ends it, what of it is shown, and how the terminal is left."""

from __future__ import annotations

import io
import os
import pty
import termios
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rolecall.cli import saml_prompt
from rolecall.domain.proof import Proof
from rolecall.domain.saml import RolePair
from rolecall.domain.saml_problems import choose_one
from rolecall.domain.saml_proof import accounts_of
from unit import saml_documents as docs

VALUE = docs.encoded(docs.document(attributes=docs.attribute("RoleSessionName", "alex") * 60))


class Pty:
    """A terminal and the hands at it."""

    def __init__(self) -> None:
        self.hands, self.inner = pty.openpty()
        self.tty = io.TextIOWrapper(io.FileIO(os.dup(self.inner), "w+"), write_through=True)

    def paste(self, text: bytes) -> str:
        """What is read when `text` is pasted once the prompt shows."""

        def type_it() -> None:
            shown = b""
            while b"> " not in shown:
                shown += os.read(self.hands, 1000)
            left = text
            while left:
                left = left[os.write(self.hands, left[:1000]) :]

        typing = threading.Thread(target=type_it)
        typing.start()
        found = saml_prompt._pasted(self.tty)
        typing.join()
        return found

    def close(self) -> None:
        self.tty.close()
        os.close(self.hands)
        os.close(self.inner)


@pytest.fixture
def terminal() -> Iterator[Pty]:
    made = Pty()
    yield made
    made.close()


@pytest.mark.parametrize(
    "text",
    [
        VALUE + "\n",
        VALUE[:5000] + "\n" + VALUE[5000:] + "\n",
        f"SAMLResponse={VALUE}\nRelayState=\n\n",
        "junk\n\n",
        "junk\x04",
        "\n",
    ],
    ids=[
        "one long line",
        "two lines",
        "a form",
        "an empty line ends it",
        "Ctrl+D ends it",
        "nothing",
    ],
)
def test_it_is_read_whole_whatever_its_length(terminal: Pty, text: str) -> None:
    assert len(VALUE) > 8192, "twice what a terminal that edits lines would hand over"
    found = terminal.paste(text.encode())
    assert found.strip() == text.replace("\x04", "").strip()[: len(found.strip())]
    assert found.strip() in text


@pytest.mark.parametrize("name", ["page.html", "./page.html", "~/page.html", "'page.html'"])
def test_a_file_s_name_ends_it(
    terminal: Pty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "page.html").write_text("<form>")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert terminal.paste(f"{name}\n".encode()).strip() == name


@pytest.mark.parametrize("name", ["pgae.html", "/nowhere/page.html", "good morning"])
def test_a_line_that_nothing_can_come_of_ends_it(terminal: Pty, name: str) -> None:
    assert terminal.paste(f"{name}\n".encode()).strip() == name


def test_what_may_go_on_is_waited_for(terminal: Pty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saml_prompt, "_PASTE_PAUSE", 0.0)
    for text in (
        "<!DOCTYPE html>\n<html>\n\n",
        '{\n"log": 1}\n\n',
        "curl 'https://signin.aws.amazon.com/saml' \\\n -X POST\n\n",
        "await fetch('https://signin.aws.amazon.com/saml', {\n});\n\n",
        f"{VALUE[:76]}\n{VALUE[76:152]}\n\n",
    ):
        assert terminal.paste(text.encode()) == text


@pytest.mark.parametrize(
    ("own", "shown"),
    [({}, "Acme Payments"), ({"222222222222": "Payments, mine"}, "Payments, mine")],
)
def test_the_roles_are_listed_with_the_accounts_names(own: dict[str, str], shown: str) -> None:
    pairs = (
        RolePair(
            "arn:aws:iam::222222222222:role/Finance", "arn:aws:iam::222222222222:saml-provider/a"
        ),
        RolePair("arn:aws:iam::333333333333:role/Dev", "arn:aws:iam::333333333333:saml-provider/a"),
    )
    proof = Proof("key", "x", 9e9, 0.0, details=(("account", "222222222222 Acme Payments"),))
    accounts = accounts_of(proof, own)
    listed = saml_prompt._listed(pairs, accounts).splitlines()
    assert listed[0].endswith(f"222222222222 {shown}")
    assert listed[1].endswith("333333333333")
    refused = choose_one(pairs, accounts).lines()
    assert f"{pairs[0].role_arn}  {shown}" in "\n".join(refused)
    assert str(choose_one(pairs).explanation).splitlines() == [pair.role_arn for pair in pairs]


def test_nothing_of_it_is_shown_and_the_terminal_is_as_it_was(terminal: Pty) -> None:
    before = termios.tcgetattr(terminal.inner)
    terminal.paste(VALUE.encode() + b"\n")
    assert termios.tcgetattr(terminal.inner) == before
    os.set_blocking(terminal.hands, False)
    assert VALUE[:20].encode() not in os.read(terminal.hands, 100_000)
