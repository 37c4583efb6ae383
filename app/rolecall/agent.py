"""The local socket's protocol and its client: what a command asks the running app, and how.

Two forms, both version 1, both answered once and then closed. The fast client sends `1 VERB ROLE` and
its context as lines up to an empty one; it gets one status byte and the bytes to print. Everything else
is one line of JSON each way. Holds no session and makes no decision.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final

from rolecall import fast_client
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text
from rolecall.domain.route import Wish

if TYPE_CHECKING:
    from socket import socket

VERSION: Final = 1
LONGEST_REQUEST: Final = 192 * 1024
"""Bytes a request may have; whoever sends more is not one of ours."""

_LONGEST_PLACE: Final = 4096
"""Bytes of one value of a context: no system opens a longer path (PATH_MAX)."""

_WAITS: Final = frozenset({"login", "export", "credential-process", "console"})
"""Verbs for which a person may have to do something first."""

_LINE_VERBS: Final[Mapping[str, dict[str, Any]]] = {
    "list": {"verb": "list"},
    "list-json": {"verb": "list", "json": True},
    "status": {"verb": "status"},
    "status-json": {"verb": "status", "json": True},
    "credential-process": {"verb": "credential-process"},
}


@dataclass(frozen=True, slots=True)
class Request:
    """One thing a command wants. context: the caller's NAME=value that decide files and endpoints.

    line: digest of a line that a person accepted (`trust`), empty to take back what they did.
    code: an MFA code the caller brought along, hidden from repr. saml_response: the SAML response that it
    brought, base64. fast: came as the one-line form. preset: the name of a narrowing (`domain/presets.py`).
    """

    verb: str
    role: str = ""
    json: bool = False
    format: str = ""
    wish: Wish = field(default_factory=Wish)
    read_only: bool = False
    preset: str = ""
    code: str | None = field(default=None, repr=False)
    saml_response: str = field(default="", repr=False)
    everything: bool = False
    service: str = ""
    destination: str = ""
    region: str = ""
    context: Mapping[str, str] = field(default_factory=dict)
    fast: bool = False
    line: str = ""


_NAMES: Final = frozenset(each.name for each in fields(Request))
_WISH_NAMES: Final = frozenset(each.name for each in fields(Wish))


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer as the command prints it. out may hold credentials, so it is hidden from repr.

    problem: the code of the Problem behind a refusal, for the journal; it is not sent.
    """

    exit: Exit = Exit.DONE
    out: str = field(default="", repr=False)
    err: str = ""
    not_here: bool = False
    problem: str = field(default="", compare=False)


class MalformedRequestError(Exception):
    """What came over the socket is not a request of ours. Never carries any of it."""


def complete(received: bytes) -> bool:
    """Whether a whole request has arrived. Raises MalformedRequestError for one that is too long."""
    if len(received) > LONGEST_REQUEST:
        raise MalformedRequestError
    if received[:1] == b"{":
        return received.endswith(b"\n")
    return b"\n\n" in received


def parse(received: bytes) -> Request:
    """The request in `received`. Raises MalformedRequestError."""
    try:
        if received[:1] == b"{":
            return _parse_json(received)
        return _parse_lines(received)
    except MalformedRequestError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise MalformedRequestError from None


def _parse_lines(received: bytes) -> Request:
    first, *rest = received.split(b"\n\n", 1)[0].decode("utf-8", "surrogateescape").split("\n")
    version, verb, *role = first.split(" ", 2)
    if version != str(VERSION) or verb not in _LINE_VERBS:
        return Request("unknown", fast=True)
    context = dict(line.split("=", 1) for line in rest)
    return _checked(
        Request(role=role[0] if role else "", context=context, fast=True, **_LINE_VERBS[verb])
    )


def _parse_json(received: bytes) -> Request:
    import json

    values = json.loads(received)
    if values.pop("v") != VERSION:
        return Request("unknown")
    wish = values.pop("wish", {})
    if not (set(values) <= _NAMES and set(wish) <= _WISH_NAMES):
        return Request("unknown")  # of a newer version, which meant something by it
    if not isinstance(wish.get("policy_arns", []), list):
        raise MalformedRequestError
    wish["policy_arns"] = tuple(wish.get("policy_arns", ()))
    request = Request(wish=Wish(**wish), **values)
    return _checked(request)


def _checked(request: Request) -> Request:
    """`request` if every value is of its kind, so that nothing behind the socket has to wonder."""
    wish = request.wish
    texts: list[object] = [request.verb, request.role, request.format, request.service]
    texts.append(request.preset)
    texts += [request.region, request.destination, request.line, wish.policy, *wish.policy_arns]
    texts += ["" if request.code is None else request.code, request.saml_response, wish.reason]
    places = (*request.context, *request.context.values())
    flags = (request.json, request.read_only, request.everything, request.fast, wish.fresh)
    seconds = wish.duration_seconds
    if not (
        all(isinstance(value, str) for value in (*texts, *places))
        and all(_may_be_a_place(value) for value in places)
        and all(isinstance(value, bool) for value in (*flags, wish.own_code))
        and (seconds is None or type(seconds) is int)
    ):
        raise MalformedRequestError
    return request


def _may_be_a_place(value: str) -> bool:
    """Whether an environment can hold `value`, so that it can be looked at as a path."""
    return "\0" not in value and len(os.fsencode(value)) <= _LONGEST_PLACE


def encoded(request: Request) -> bytes:
    """`request` in its JSON form."""
    import json

    return json.dumps({"v": VERSION} | asdict(request)).encode() + b"\n"


def encoded_reply(reply: Reply, *, fast: bool) -> bytes:
    """`reply` as the form of the request wants it."""
    if fast:
        if reply.not_here or (reply.out and reply.err):
            return bytes([fast_client.NOT_HERE])
        return bytes([reply.exit]) + (reply.out if reply.exit == 0 else reply.err).encode()
    import json

    values = asdict(reply)
    del values["problem"]  # a client of another version would not know it
    return json.dumps({"v": VERSION} | values).encode() + b"\n"


def caller_context(environ: Mapping[str, str]) -> dict[str, str]:
    """The context of this process, as the fast client would send it."""
    raw = {os.fsencode(name): os.fsencode(value) for name, value in environ.items()}
    lines = fast_client.context_lines(raw).decode("utf-8", "surrogateescape").strip("\n")
    return dict(line.split("=", 1) for line in lines.split("\n"))


def same_context(theirs: Mapping[str, str], ours: Mapping[str, str]) -> bool:
    """Whether a caller means the AWS files and endpoints that the app serves."""
    return _meaning(theirs) == _meaning(ours)


def context_digest(environ: Mapping[str, str]) -> str:
    """What sessions kept for the AWS files and endpoints of `environ` are bound to: a short digest."""
    import hashlib
    import json

    config, credentials, others = _meaning(caller_context(environ))
    meant = json.dumps([config, credentials, others], sort_keys=True)
    return hashlib.sha256(meant.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _meaning(context: Mapping[str, str]) -> tuple[object, ...]:
    home, folder = context.get("HOME", ""), context.get("PWD", "/")

    def place(name: str, default: str) -> str:
        path = (
            context.get(name, default) or os.devnull
        )  # an empty name is no file (storage/paths.py)
        if path.startswith("~/"):
            path = home + path[1:]
        return os.path.realpath(os.path.join(folder, path))  # noqa: PTH118  text in, text out

    others = {
        name: value
        for name, value in context.items()
        if name.startswith(("AWS_ENDPOINT_URL", "AWS_IGNORE_", "ROLECALL_SIGNIN_URL"))
    }
    config = place("AWS_CONFIG_FILE", "~/.aws/config")
    return config, place("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"), others


class AppSilentError(ProblemError):
    """An app is there and does not answer: it was stopped, or hangs."""


_TOLD: Final = frozenset({"raise", "reread"})
"""Verbs that only tell the app something: nobody waits for what it says."""


def ask(request: Request, environ: Mapping[str, str]) -> Reply | None:
    """The running app's reply, or None if no app of this user serves this caller's files.

    Blocks as long as a person needs to answer and the app lives; closing the connection frees the place in
    the queue. Raises ProblemError for an answer that makes no sense, and where the app ends while it is waited
    for; AppSilentError for an app that hangs.
    """
    import json

    try:
        received = _received(request, environ)
    except AppSilentError:
        if request.verb in _TOLD:
            return None
        raise
    if received is None:
        return None
    if not received:
        if request.verb in _WAITS:
            raise ProblemError(app_ended())
        return None
    try:
        values = json.loads(received)
        version = values.pop("v")
        reply = Reply(**values | {"exit": Exit(values["exit"])})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ProblemError(_bad_answer()) from None
    if version != VERSION or reply.not_here:
        return None
    return reply


def _received(request: Request, environ: Mapping[str, str]) -> bytes | None:
    """What the app answers, nothing if it ends over it; None where there is no app. Raises AppSilentError."""
    raw = {os.fsencode(name): os.fsencode(value) for name, value in environ.items()}
    path = fast_client.socket_path(raw)
    client = None if fast_client.found_silent() else fast_client.connect(path)
    if client is None:
        if fast_client.found_silent():
            raise AppSilentError(_silent())
        return None
    try:
        asked_again = b"" if request.verb in _TOLD else path
        return fast_client.exchanged(client, encoded(request), asked_again)
    except TimeoutError:
        raise AppSilentError(_silent()) from None
    except OSError:
        return b""
    finally:
        client.close()


class Hold:
    """An open question to the app: it is answered once a session that it handed out is taken back.

    Lost when the app answers (the session was forgotten, or everything locked) or ends. An app of an
    earlier version answers at once that it does not know the question; then nothing is ever lost.
    """

    def __init__(self, connection: socket | None) -> None:
        """connection: where the answer comes from; None: the app has gone already."""
        self._connection = connection
        self._answered = self._lost = connection is None

    def fileno(self) -> int:
        """What to wait for; -1 once there is nothing to come."""
        return self._connection.fileno() if self._connection and not self._answered else -1

    def lost(self) -> bool:
        """Whether it is taken back. Never blocks."""
        if self._connection is not None and not self._answered:
            try:
                received = self._connection.recv(4096)
            except BlockingIOError:
                return False
            except OSError:
                received = b""
            self._answered = True
            self._lost = b'"not_here": true' not in received
        return self._lost

    def close(self) -> None:
        """Ask no longer."""
        if self._connection is not None:
            self._connection.close()


def hold(request: Request, environ: Mapping[str, str]) -> Hold:
    """Ask the running app to tell when the session that `request` got is taken back."""
    import socket

    raw = {os.fsencode(name): os.fsencode(value) for name, value in environ.items()}
    raw_socket = fast_client.connect(fast_client.socket_path(raw))
    if raw_socket is None:
        return Hold(None)
    connection = socket.socket(fileno=raw_socket.detach())
    try:
        connection.sendall(encoded(replace(request, verb="hold", code=None)))
    except OSError:
        connection.close()
        return Hold(None)
    connection.setblocking(False)
    return Hold(connection)


def app_ended() -> Problem:
    """The Problem of a command whose app ended while it waited: it was quit, and is not to come back."""
    return Problem(
        "app_ended",
        Text(QT_TRANSLATE_NOOP("Problem", "Rolecall ended before it answered")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Ask again: the next call starts it anew, or does without it."
            )
        ),
        exit=Exit.NOBODY_TO_ASK,
    )


def _silent() -> Problem:
    return Problem(
        "app_silent",
        Text(QT_TRANSLATE_NOOP("Problem", "The running Rolecall does not answer")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "It may be stopped or hang. End it and start it again, or wait for it."
            )
        ),
        exit=Exit.NETWORK,
    )


def _bad_answer() -> Problem:
    return Problem(
        "agent_garbage",
        Text(
            QT_TRANSLATE_NOOP("Problem", "The running Rolecall gave an answer nobody understands")
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "It may be of another version. Quit it in its menu and start it again."
            )
        ),
        exit=Exit.FAULT,
    )
