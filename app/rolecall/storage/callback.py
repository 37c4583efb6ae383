"""Callback: the loopback address an identity provider sends the browser back to. Owns what it accepts.

One path of one exact host, one answer, then it closes. What does not carry the expected state is a
stranger's and changes nothing. Source of the form: RFC 8252, section 7.3 (loopback redirection), RFC 6749,
section 4.1.2 (code, state, error); for the POST form, SAML bindings 2.0, section 3.5.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from rolecall.domain.problem import (
    QT_TRANSLATE_NOOP,
    Exit,
    Problem,
    ProblemError,
    Text,
    text,
)
from rolecall.domain.proof import sign_in_cancelled
from rolecall.storage import callback_page
from rolecall.storage.loopback import ADDRESS, NOT_FOUND, Head, Loopback, Verdict, head_of

PATIENCE: Final = 600.0
"""Seconds a person has for the sign-in page, as the AWS CLI gives them."""

LONGEST_FORM: Final = 256 * 1024
"""Bytes of a posted form: STS takes 100,000 of assertion, which percent-encoding makes longer."""

_MOST_FIELDS: Final = 20


@dataclass(frozen=True, slots=True)
class Expected:
    """What the browser has to bring.

    path: of the address. state: the secret that came along to the provider, and the name it comes back
    under; empty where none can be expected, as of a SAML sign-in that the provider starts itself.
    wanted: fields of which one at least is there. form: a POST of a form instead of a GET.
    host: the name of this computer that the provider has registered, 127.0.0.1 or localhost.
    """

    state: str = field(default="", repr=False)
    state_name: str = "state"
    path: str = "/callback"
    wanted: tuple[str, ...] = ("code", "error")
    form: bool = False
    host: str = ADDRESS


class Callback:
    """Listens from the beginning, so that `address` can be told to the provider; `wait` blocks: for Jobs."""

    def __init__(self, expected: Expected, port: int = 0, say: Callable[[Text], str] = str) -> None:
        """port: 0 for any free one, or the one the provider has registered. say: translates the page.

        Raises ProblemError where the port is taken.
        """
        self._expected, self._say = expected, say
        self._got: dict[str, str] = {}
        try:
            self._loopback = Loopback(port, LONGEST_FORM if expected.form else 16 * 1024)
        except (OSError, OverflowError):
            raise ProblemError(port_taken(port)) from None
        self._host = f"{expected.host}:{self._loopback.port}"

    @property
    def address(self) -> str:
        """The redirect URI."""
        return f"http://{self._host}{self._expected.path}"

    def wait(
        self, cancelled: Callable[[], bool] = lambda: False, patience: float = PATIENCE
    ) -> Mapping[str, str]:
        """The fields the browser brought. Ends within a second of `cancelled()`; the port is given up.

        Raises ProblemError when it was cancelled or nobody came within `patience` seconds.
        """
        if self._loopback.serve(self._judge, patience, cancelled):
            return self._got
        raise ProblemError(sign_in_cancelled() if cancelled() else nobody_returned())

    def close(self) -> None:
        """Give the address up without having waited."""
        self._loopback.close()

    def _judge(self, request: bytes) -> Verdict | None:
        if b"\r\n\r\n" not in request:
            return None
        head = head_of(request)
        if head is None or head.headers.get("host") != self._host or not self._is_here(head):
            return Verdict(NOT_FOUND)
        fields = self._posted(head, request) if self._expected.form else self._asked(head)
        if fields is _MORE:
            return None
        if not self._brought(fields):
            return Verdict(callback_page.stranger(self._say))
        self._got = fields
        page = callback_page.refused if "error" in fields else callback_page.done
        return Verdict(page(self._say), awaited=True, unheard=True)

    def _is_here(self, head: Head) -> bool:
        path, _, query = head.target.partition("?")
        method = "POST" if self._expected.form else "GET"
        return path == self._expected.path and head.method == method and "#" not in query

    def _asked(self, head: Head) -> dict[str, str]:
        return _fields(head.target.partition("?")[2])

    def _posted(self, head: Head, request: bytes) -> dict[str, str]:
        kind = head.headers.get("content-type", "").partition(";")[0].strip().lower()
        length = head.headers.get("content-length", "")
        countable = length.isascii() and length.isdigit() and len(length) < 8
        if kind != "application/x-www-form-urlencoded" or not countable:
            return {}
        if "transfer-encoding" in head.headers or int(length) > LONGEST_FORM:
            return {}
        body = request.partition(b"\r\n\r\n")[2]
        if len(body) < int(length):
            return _MORE
        return _fields(body[: int(length)].decode("latin-1"))

    def _brought(self, fields: Mapping[str, str]) -> bool:
        """Whether it is the awaited answer. The state is compared in constant time."""
        state = fields.get(self._expected.state_name, "").encode()
        known = not self._expected.state or hmac.compare_digest(
            state, self._expected.state.encode()
        )
        return known and any(fields.get(name) for name in self._expected.wanted)


_MORE: Final[dict[str, str]] = {"": "more has to come"}


def _fields(query: str) -> dict[str, str]:
    """Fields by name; none at all where one comes twice (RFC 6749, section 3.1) or there are too many."""
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict"
        )
    except ValueError:
        return {}
    found = dict(pairs)
    return found if len(found) == len(pairs) and "" not in found else {}


def port_taken(port: int) -> Problem:
    """Another program listens where the provider will send the browser."""
    return Problem(
        "callback_port_taken",
        text(
            QT_TRANSLATE_NOOP("Problem", "Port {port} of this computer is taken"), port=port or "?"
        ),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "The sign-in page sends the browser back there, and another program has it.",
            )
        ),
        Text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "End that program, or register another port with the provider and enter it here.",
            )
        ),
        Exit.LOCAL,
    )


def nobody_returned() -> Problem:
    """The sign-in page was closed, or left alone."""
    return Problem(
        "browser_did_not_return",
        Text(QT_TRANSLATE_NOOP("Problem", "The browser did not come back from the sign-in page")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Try again and finish the sign-in there.")),
        exit=Exit.NOBODY_TO_ASK,
    )
