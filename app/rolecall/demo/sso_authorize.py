"""Where the person says yes: the authorize page of the browser flow and the page for device codes.

Source: RFC 6749 §4.1, RFC 7636 and RFC 8628 §3.3; the parameter is called `scopes`, as Identity Center has it.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from rolecall.demo import sso_pages
from rolecall.demo.clock import DemoClock
from rolecall.demo.sso_oidc import WAITING_SECONDS, SsoOidc
from rolecall.demo.wire import Answer, Request, page_answer

CHALLENGE: Final = 43
"""Characters of an S256 challenge, unpadded."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page that waits for the person's answer."""

    client_id: str
    redirect_uri: str
    state: str
    challenge: str
    expires_at: float


class SsoAuthorize:
    """The pages. A form is good once; its name is a random one, so that no other page can send it."""

    def __init__(self, oidc: SsoOidc, clock: DemoClock) -> None:
        self._oidc, self._clock = oidc, clock
        self._asked: dict[str, _Asked] = {}
        self._lock = threading.Lock()

    def authorize(self, request: Request) -> Answer:
        """`/authorize`: the page, or the way back to the program once the form is sent."""
        if request.method == "POST":
            return self._decided(request.values())
        asked = request.asked()
        client = self._oidc.client(asked.get("client_id", ""))
        redirect = asked.get("redirect_uri", "")
        if client is None or not _registered(redirect, client.redirects):
            return page_answer(
                400, sso_pages.refused("Invalid client or redirect URI"), "InvalidRequest"
            )
        wrong = _wrong(asked, client.scopes)
        if wrong:
            return _back(redirect, {"error": wrong, "state": asked.get("state", "")})
        form = secrets.token_urlsafe(24)
        with self._lock:
            self._asked[form] = _Asked(
                client.client_id, redirect, asked["state"], asked["code_challenge"],
                self._clock.now() + WAITING_SECONDS,
            )  # fmt: skip
        return page_answer(200, sso_pages.allow("authorize", form, client.name))

    def device(self, request: Request) -> Answer:
        """`/device`: asks for the code, shows it, takes the answer."""
        values = request.values() if request.method == "POST" else request.asked()
        shown = values.get("user_code", "")
        device = self._oidc.device(shown) if shown else None
        if device is None:
            said = "This code is not known, or it is too old" if shown else ""
            return page_answer(200 if not shown else 400, sso_pages.ask_code(said))
        if request.method != "POST" or "answer" not in values:
            client = self._oidc.client(device.client_id)
            name = client.name if client else ""
            return page_answer(
                200, sso_pages.allow("device", device.user_code, name, device.user_code)
            )
        device.allowed = values["answer"] == "allow"
        return page_answer(200, sso_pages.decided(allowed=device.allowed))

    def _decided(self, values: dict[str, str]) -> Answer:
        with self._lock:
            asked = self._asked.pop(values.get("form", ""), None)
        if asked is None or asked.expires_at <= self._clock.now():
            return page_answer(400, sso_pages.refused("This page was used before, or is too old"))
        if values.get("answer") != "allow":
            said = {"error": "access_denied", "error_description": "The person said no"}
            return _back(asked.redirect_uri, {**said, "state": asked.state})
        code = self._oidc.new_code(asked.client_id, asked.redirect_uri, asked.challenge)
        return _back(asked.redirect_uri, {"code": code, "state": asked.state})


def _registered(redirect: str, known: tuple[str, ...]) -> bool:
    """A loopback address may have any port, all else is as it was registered (RFC 8252 §7.3)."""
    try:
        parts = urlsplit(redirect)
        port = parts.port
    except ValueError:
        return False
    host_only = parts._replace(netloc=parts.hostname or "").geturl()
    return port is not None and host_only in known


def _wrong(asked: dict[str, str], scopes: tuple[str, ...]) -> str:
    """OAuth's word for what is missing or not allowed, empty if all is right."""
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if asked.get("code_challenge_method") != "S256" or not asked.get("state"):
        return "invalid_request"
    if len(asked.get("code_challenge", "")) != CHALLENGE:
        return "invalid_request"
    wanted = asked.get("scopes", "").split()
    return "" if wanted and set(wanted) <= set(scopes) else "invalid_scope"


def _back(redirect: str, said: dict[str, str]) -> Answer:
    code = "Ok" if "code" in said else "access_denied"
    headers = (("Location", f"{redirect}?{urlencode(said)}"), ("Cache-Control", "no-store"))
    return Answer(302, b"", "text/plain", headers, code)
