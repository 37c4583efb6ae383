"""A person with a browser, over HTTP: goes to a sign-in page, allows or denies, and says where it led."""

from __future__ import annotations

import http.client
import json
import re
import secrets
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from aws.embedded import fetch, fetch_json
from rolecall.demo.identity_provider import Style
from rolecall.demo.jws import encoded
from rolecall.demo.server import EmbeddedAws

RETURN = "http://127.0.0.1:49152/callback"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in at one of the demo's providers, as a program would begin it."""

    aws: EmbeddedAws
    client_id: str = "rolecall"
    style: Style = Style.OIDC
    scope: str = "openid email offline_access"
    secret: str = ""
    nonce: str = "n-0S6_WzA2Mj"
    state: str = "af0ifjsldkj"
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def issuer(self) -> str:
        return self.aws.web.providers[self.style].issuer

    def url(self, **other: str) -> str:
        asked = {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": RETURN,
            "scope": self.scope, "state": self.state, "nonce": self.nonce,
            "code_challenge": encoded(sha256(self.verifier.encode()).digest()),
            "code_challenge_method": "S256", **other,
        }  # fmt: skip
        place = {Style.AMAZON: "/ap/oa", Style.FACEBOOK: "/dialog/oauth"}
        kept = {name: value for name, value in asked.items() if value}
        return f"{self.issuer}{place.get(self.style, '/authorize')}?{urlencode(kept)}"

    def code(self) -> str:
        return answered(self.url())["code"]

    def token(self, **values: str) -> tuple[int, dict[str, Any]]:
        """What the token endpoint says to a form."""
        place = {Style.AMAZON: "/auth/o2/token", Style.FACEBOOK: "/oauth/access_token"}
        form = {"client_id": self.client_id, **values}
        if self.secret:
            form.setdefault("client_secret", self.secret)
        status, body = fetch(f"{self.issuer}{place.get(self.style, '/token')}", form)
        return status, json.loads(body)

    def redeemed(self, **other: str) -> dict[str, Any]:
        """The tokens of a sign-in that went well."""
        values = {
            "grant_type": "authorization_code", "code": self.code(), "redirect_uri": RETURN,
            "code_verifier": self.verifier, **other,
        }  # fmt: skip
        status, body = self.token(**values)
        assert status == 200, body
        return body


def answered(url: str, answer: str = "allow") -> dict[str, str]:
    """Open the sign-in page and press a button: what the provider sends the browser back with."""
    return dict(parse_qsl(urlsplit(led_to(url, answer)).query))


def led_to(url: str, answer: str = "allow") -> str:
    """Where the browser is sent after the button; it is not followed."""
    status, page = fetch(url)
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert status == 200, page
    assert found, page
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=5)
    with closing(connection):
        form = urlencode({"form": found[1], "answer": answer})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", parts.path, form, headers)
        response = connection.getresponse()
        response.read()
    assert response.status == 303
    return str(response.getheader("Location"))


def configuration(aws: EmbeddedAws) -> Any:
    return fetch_json(f"{aws.url}/idp/.well-known/openid-configuration")
