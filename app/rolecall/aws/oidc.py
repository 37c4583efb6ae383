"""Oidc: asks an identity provider: its discovery document, tokens for a code, the next tokens. No AWS call.

HTTP is botocore's with our limits (`transport.limited_http`): its proxies and certificates, no redirects, an
answer of a megabyte and fifteen seconds at most. Tokens are checked by `id_token.py`. Whatever goes
wrong leaves as a ProblemError without the exception behind it, which may carry what was sent.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from rolecall.aws import id_token, oidc_problems
from rolecall.aws import limits as call_limits
from rolecall.domain.oidc import (
    Endpoints,
    Provider,
    discovery_url,
    fixed_endpoints,
    may_be_asked,
)
from rolecall.domain.pkce import Secrets
from rolecall.domain.problem import Problem, ProblemError

LONGEST_TOKEN: Final = 20_000
"""Characters of a token STS takes (API Reference, AssumeRoleWithWebIdentity)."""

Cancelled = Callable[[], bool]

_LONGEST_LIFE: Final = 90 * 86400


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in or a refresh gave. Times are UTC epoch seconds.

    token: for AWS: the ID token, or the access token of Amazon and Facebook. refresh: empty where there
    is none. subject: whom the provider says it is, empty where it does not say.
    """

    token: str = field(repr=False)
    expires_at: float
    refresh: str = field(default="", repr=False)
    subject: str = ""


def discover(provider: Provider, cancelled: Cancelled | None = None) -> Endpoints:
    """Where `provider` is asked. cancelled: ends it within a second. Raises ProblemError."""
    if not provider.issuer or provider.preset.provider_id:
        return fixed_endpoints(provider)
    found = _asked(provider, discovery_url(provider.issuer), cancelled=cancelled)
    if found.get("issuer") != provider.issuer:
        raise ProblemError(oidc_problems.other_issuer(provider))
    named = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    urls = [found.get(name) for name in named]
    if not all(isinstance(url, str) and may_be_asked(url, provider) for url in urls):
        raise ProblemError(oidc_problems.garbage(provider))
    authorize, token, jwks = (str(url) for url in urls)
    methods = _words(found.get("token_endpoint_auth_methods_supported"))
    return Endpoints(
        authorize, token, jwks,
        scopes=_words(found.get("scopes_supported")),
        basic="client_secret_basic" in methods and "client_secret_post" not in methods,
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )  # fmt: skip


def code_in(answer: Mapping[str, str], provider: Provider, endpoints: Endpoints) -> str:
    """The code the browser brought. Raises ProblemError where it brought a no, or another's answer."""
    issuer = answer.get("iss")
    strange = (
        issuer != provider.issuer
        if endpoints.names_itself
        else issuer not in {None, provider.issuer}
    )
    if provider.by_id_token and strange:
        raise ProblemError(oidc_problems.other_issuer(provider))
    if "error" in answer:
        raise ProblemError(oidc_problems.refused_in_browser(provider, answer["error"]))
    return answer["code"]


def redeem(
    provider: Provider,
    endpoints: Endpoints,
    code: str,
    redirect: str,
    secrets: Secrets,
    client_secret: str,
    now: Callable[[], float],
    cancelled: Cancelled | None = None,
) -> Tokens:
    """The tokens for a code. Raises ProblemError, also for an ID token that does not stand every test."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect,
        "code_verifier": secrets.verifier,
    }
    given = _granted(provider, endpoints, form, client_secret, cancelled)
    return _tokens(provider, endpoints, given, now(), nonce=secrets.nonce)


def refresh(
    provider: Provider,
    endpoints: Endpoints,
    held: Tokens,
    client_secret: str,
    now: Callable[[], float],
) -> Tokens:
    """The next tokens, without a person. Raises ProblemError `sign_in_ended` where one is needed again.

    Source: OpenID Connect Core 1.0, section 12: the same issuer and subject, no new nonce.
    """
    form = {"grant_type": "refresh_token", "refresh_token": held.refresh}
    given = _granted(provider, endpoints, form, client_secret)
    if provider.by_id_token and not given.get("id_token"):
        raise ProblemError(oidc_problems.sign_in_ended(provider))
    tokens = _tokens(provider, endpoints, given, now(), subject=held.subject)
    return Tokens(tokens.token, tokens.expires_at, tokens.refresh or held.refresh, tokens.subject)


def _granted(
    provider: Provider,
    endpoints: Endpoints,
    form: dict[str, str],
    client_secret: str,
    cancelled: Cancelled | None = None,
) -> dict[str, Any]:
    headers: dict[str, str] = {}
    form = {**form, "client_id": provider.client_id}
    if client_secret and endpoints.basic:
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(client_secret)}"  # RFC 6749, 2.3.1
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    elif client_secret:
        form["client_secret"] = client_secret
    return _asked(provider, endpoints.token, form, headers, cancelled)


def _tokens(
    provider: Provider,
    endpoints: Endpoints,
    given: Mapping[str, Any],
    now: float,
    nonce: str = "",
    subject: str = "",
) -> Tokens:
    refreshed = given.get("refresh_token")
    kept = refreshed if isinstance(refreshed, str) else ""
    token = given.get("id_token" if provider.by_id_token else "access_token")
    if not isinstance(token, str) or not 4 <= len(token) <= LONGEST_TOKEN or not token.isascii():
        raise ProblemError(oidc_problems.garbage(provider))
    if not provider.by_id_token:
        return Tokens(token, now + _life(given.get("expires_in")), kept)
    keys = _asked(provider, endpoints.jwks)
    said = id_token.checked(token, keys, provider, now, nonce=nonce, subject=subject)
    return Tokens(token, said.expires_at, kept, said.subject)


def _life(seconds: object) -> float:
    """Seconds an access token lives: an hour where the provider does not say (RFC 6749, section 5.1)."""
    known = isinstance(seconds, int | float) and not isinstance(seconds, bool)
    return min(float(seconds), _LONGEST_LIFE) if known and seconds > 0 else 3600.0  # type: ignore[arg-type,operator]


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _asked(
    provider: Provider,
    url: str,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    cancelled: Cancelled | None = None,
) -> dict[str, Any]:
    """The JSON object at `url`, by GET, or by POST of a form. Raises ProblemError."""
    limits = call_limits.CallLimits.start(cancelled)
    entered = call_limits.current.set(limits)
    problem: Problem | None = None
    try:
        status, body = _sent(url, form, headers or {}, provider.local)
        found = _object(body)
        if status == 200 and found is not None:
            return found
        problem = oidc_problems.of_answer(provider, status, found, refreshing=_refreshing(form))
    except Exception as error:  # noqa: BLE001  it may carry the request: codes, secrets
        problem = oidc_problems.of_exception(provider, error, limits)
    finally:
        call_limits.current.reset(entered)
    raise ProblemError(problem)  # out here, so that it has no context


def _refreshing(form: Mapping[str, str] | None) -> bool:
    return bool(form) and (form or {}).get("grant_type") == "refresh_token"


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _sent(
    url: str, form: Mapping[str, str] | None, headers: Mapping[str, str], local: bool
) -> tuple[int, bytes]:
    from botocore.awsrequest import AWSRequest

    from rolecall.aws.transport import limited_http

    http = limited_http(url, os.environ.get("AWS_CA_BUNDLE", ""), proxied=not local)
    sent = {**headers, "Accept": "application/json"}
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    request = AWSRequest(
        method="GET" if form is None else "POST",
        url=url,
        data=None if form is None else urlencode(form).encode(),
        headers=sent,
    )
    try:
        answer = http.answer(request.prepare())
        return int(answer.status_code), bytes(answer.content)
    finally:
        http.close()
