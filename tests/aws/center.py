"""The demo's Identity Center for tests: unsigned boto3 clients, and a person who sends the forms."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from rolecall.demo.directory import START_URL
from rolecall.demo.server import EmbeddedAws

REDIRECT = "http://127.0.0.1/oauth/callback"
VERIFIER = "v" * 43
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)
PKCE_GRANTS = ["authorization_code", "refresh_token"]


@contextlib.contextmanager
def unsigned(aws: EmbeddedAws, service: str) -> Iterator[Any]:
    """A client of `sso` or `sso-oidc` that never tries twice."""
    client = boto3.client(
        service,
        region_name="eu-central-1",
        endpoint_url=aws.identity_center_url,
        config=Config(
            signature_version=UNSIGNED,
            retries={"total_max_attempts": 1},
            connect_timeout=2,
            read_timeout=5,
        ),
    )
    try:
        yield client
    finally:
        client.close()


def registered(oidc: Any, **values: Any) -> dict[str, str]:
    """RegisterClient for the browser flow; clientId and clientSecret."""
    wanted = {
        "clientName": "rolecall-tests",
        "clientType": "public",
        "scopes": ["sso:account:access"],
        "grantTypes": PKCE_GRANTS,
        "redirectUris": [REDIRECT],
        "issuerUrl": START_URL,
    }
    answer = oidc.register_client(**(wanted | values))
    return {"clientId": answer["clientId"], "clientSecret": answer["clientSecret"]}


def authorize_url(aws: EmbeddedAws, client_id: str, **values: str) -> str:
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": "http://127.0.0.1:4711/oauth/callback",
        "state": "the-state",
        "code_challenge_method": "S256",
        "code_challenge": CHALLENGE,
        "scopes": "sso:account:access",
    }
    return f"{aws.identity_center_url}/authorize?{urlencode(asked | values)}"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay)


def visit(url: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """GET, or POST where there is a form; (status, body, where it leads)."""
    data = None if form is None else urlencode(form).encode()
    try:
        with _OPENER.open(url, data, timeout=5) as answer:
            return answer.status, answer.read().decode(), ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers.get("Location", "")


def hidden(page: str, name: str = "form") -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, page
    return found[1]


def answer_page(url: str, answer: str = "allow") -> str:
    """Open the authorize page as a browser does and send its form; where the browser is sent to."""
    status, page, away = visit(url)
    if away:
        return away
    assert status == 200, page
    return visit(url.partition("?")[0], {"form": hidden(page), "answer": answer})[2]


def said(location: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(location).query))


def approve_device(aws: EmbeddedAws, user_code: str, answer: str = "allow") -> tuple[int, str]:
    form = {"user_code": user_code, "answer": answer}
    return visit(f"{aws.identity_center_url}/device", form)[:2]


def token_of(aws: EmbeddedAws) -> dict[str, Any]:
    """A whole browser sign-in; CreateToken's answer with the client's values beside it."""
    with unsigned(aws, "sso-oidc") as oidc:
        client = registered(oidc)
        code = said(answer_page(authorize_url(aws, client["clientId"])))["code"]
        answer: dict[str, Any] = oidc.create_token(
            **client,
            grantType="authorization_code",
            code=code,
            redirectUri="http://127.0.0.1:4711/oauth/callback",
            codeVerifier=VERIFIER,
        )
        return answer | client
