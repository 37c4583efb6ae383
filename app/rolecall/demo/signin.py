"""The sign-in federation endpoint: getSigninToken, login and logout.

Source: IAM User Guide, "Enabling custom identity broker access to the AWS console". That a chained
session may not name a SessionDuration is how AWS behaves (400 "Invalid credentials parameter").
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final
from urllib.parse import parse_qs, urlsplit

from rolecall.demo import signin_page
from rolecall.demo.callers import Caller, Callers, Kind
from rolecall.demo.catalogue import Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Call, Calls, Fault, refused_by
from rolecall.demo.wire import Answer, Request, page_answer, text_answer

TOKEN_LIFE: Final = 900
"""Seconds a sign-in token can be used."""

CONSOLES: Final = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
    "aws-eusc": "console.amazonaws-eusc.eu",
}

_LINK: Final = re.compile(r"[\x21-\x7e]+", re.ASCII)
_INVALID: Final = "Invalid credentials parameter"


@dataclass(frozen=True, slots=True)
class _Admission:
    """What a sign-in token stands for. ends_at: end of the console session, epoch seconds."""

    caller: Caller
    ends_at: float
    valid_until: float
    token: str = field(repr=False)


class _RefusedError(Exception):
    """A request that is answered with HTTP 400 and this text."""


class SignIn:
    """The endpoint. Tokens are kept in memory until they end."""

    def __init__(
        self, catalogue: Catalogue, callers: Callers, clock: DemoClock, calls: Calls
    ) -> None:
        self._catalogue, self._callers, self._clock, self._calls = catalogue, callers, clock, calls
        self._admitted: dict[str, _Admission] = {}
        self._lock = threading.Lock()

    def federation(self, request: Request, fault: Fault | None = None) -> Answer:
        """`/federation`, GET or POST form. A fault that is an error of AWS's takes the answer's place."""
        values = request.values() if request.body else request.asked()
        action = values.get("Action", "")
        try:
            error = refused_by(fault, "") if fault else None
            if error:
                answer = text_answer(error.status, error.message, error.code)
            elif action == "getSigninToken":
                answer = self._signin_token(values)
            elif action == "login":
                answer = self._login(values)
            else:
                raise _RefusedError("Invalid Action parameter")
        except _RefusedError as refused:
            answer = self._refusal(action, str(refused))
        shown = action if action in {"getSigninToken", "login"} else "federation"
        self._calls.add(Call(shown, self._clock.now(), answer.code))
        return answer

    def oauth(self, request: Request, own: str) -> Answer:
        """`/oauth?Action=logout`: to redirect_uri if that is a login on `own` (this server), else a page."""
        asked = request.asked()
        if asked.get("Action") != "logout":
            return self._refusal("logout", "Invalid Action parameter")
        onward = asked.get("redirect_uri", "")
        allowed = onward.startswith(f"{own}/federation?") and _LINK.fullmatch(onward)
        if onward and not allowed:
            return self._refusal("logout", "Invalid redirect_uri parameter")
        if onward:
            return Answer(302, b"", "text/plain", (("Location", onward),))
        return page_answer(200, signin_page.signed_out())

    def _signin_token(self, values: dict[str, str]) -> Answer:
        caller, now = self._holder(values.get("Session", "")), self._clock.now()
        ends_at = caller.expires_at or now
        if "SessionDuration" in values:
            ends_at = now + _duration(values["SessionDuration"], caller)
        admission = _Admission(caller, ends_at, now + TOKEN_LIFE, secrets.token_urlsafe(420))
        with self._lock:
            self._admitted = {k: a for k, a in self._admitted.items() if a.valid_until > now}
            self._admitted[admission.token] = admission
        body = json.dumps({"SigninToken": admission.token}).encode()
        return Answer(200, body, "application/json", (("Cache-Control", "no-store"),))

    def _holder(self, session: str) -> Caller:
        """The role or federated session of three values. Raises _RefusedError."""
        try:
            given = json.loads(session)
            key, secret, token = (given[n] for n in ("sessionId", "sessionKey", "sessionToken"))
            caller = self._callers.find(key)
            good = (
                caller is not None
                and compare_digest(caller.secret.encode(), secret.encode())
                and compare_digest(caller.token.encode(), token.encode())
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            raise _RefusedError(_INVALID) from None
        if caller is None or not good or caller.kind not in {Kind.ROLE, Kind.FEDERATED}:
            raise _RefusedError(_INVALID)
        if caller.expires_at is None or caller.expires_at <= self._clock.now():
            raise _RefusedError(_INVALID)
        return caller

    def _login(self, values: dict[str, str]) -> Answer:
        """Issuer may be empty but not absent; Destination is a page of the session's own partition."""
        missing = [name for name in ("Issuer", "Destination", "SigninToken") if name not in values]
        if missing:
            raise _RefusedError(f"Missing {missing[0]} parameter")
        now = self._clock.now()
        with self._lock:
            admission = self._admitted.get(values["SigninToken"])
        if admission is None or admission.valid_until <= now:
            raise _RefusedError("Invalid SigninToken parameter")
        region = _destination(values["Destination"], admission.caller.partition)
        account = self._catalogue.account(admission.caller.account)
        shown = signin_page.Shown(
            account.name, account.account_id, admission.caller.role, admission.caller.session_name,
            values["Destination"], region, max(0, int(admission.ends_at - now)),
        )  # fmt: skip
        return page_answer(200, signin_page.signed_in(shown))

    def _refusal(self, action: str, text: str) -> Answer:
        if action == "getSigninToken":
            return text_answer(400, text, "BadRequest")
        return page_answer(400, signin_page.refused(text), "BadRequest")


def _duration(text: str, caller: Caller) -> int:
    """SessionDuration in seconds, where it may be given at all. Raises _RefusedError."""
    if caller.chained or caller.kind is Kind.FEDERATED:
        raise _RefusedError(_INVALID)
    if not (text.isascii() and text.isdigit() and len(text) < 7 and 900 <= int(text) <= 43200):
        raise _RefusedError("Invalid SessionDuration parameter")
    return int(text)


def _destination(url: str, partition: str) -> str:
    """The region a console URL names, or an empty text. Raises _RefusedError for any other URL."""
    console = CONSOLES.get(partition)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _RefusedError("Invalid Destination parameter") from None
    ours = console is not None and (host == console or host.endswith(f".{console}"))
    if parts.scheme != "https" or not ours or port or parts.username is not None:
        raise _RefusedError("Invalid Destination parameter")
    named = parse_qs(parts.query).get("region") or [host.removesuffix(console or "").strip(".")]
    return named[0]
