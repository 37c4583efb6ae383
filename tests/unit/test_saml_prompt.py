"""The paste on a terminal: what ends it, what of it is shown, and how the terminal is left."""

from __future__ import annotations

import io
import os
import pty
import termios
import threading
from collections.abc import Iterator

import pytest

from rolecall.cli import saml_prompt
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


def test_nothing_of_it_is_shown_and_the_terminal_is_as_it_was(terminal: Pty) -> None:
    before = termios.tcgetattr(terminal.inner)
    terminal.paste(VALUE.encode() + b"\n")
    assert termios.tcgetattr(terminal.inner) == before
    os.set_blocking(terminal.hands, False)
    assert VALUE[:20].encode() not in os.read(terminal.hands, 100_000)
