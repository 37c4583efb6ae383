"""The settings of an identity provider, and the address the browser is sent to."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from rolecall.domain.oidc import (
    Endpoints,
    authorization_url,
    discovery_url,
    fixed_endpoints,
    may_be_asked,
    provider_of,
)
from rolecall.domain.pkce import Secrets
from rolecall.domain.problem import ProblemError

ISSUER = "https://idp.example/tenant"
PLAIN = {"oidc_issuer": ISSUER, "oidc_client_id": "abc"}
SECRETS = Secrets("STATE", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "NONCE")


def asked(settings: dict[str, str], endpoints: Endpoints) -> dict[str, list[str]]:
    url = authorization_url(
        provider_of("web", settings), endpoints, "http://127.0.0.1:1/callback", SECRETS
    )
    return parse_qs(urlsplit(url).query)


def test_what_the_browser_is_sent_with() -> None:
    said = asked(PLAIN, Endpoints("https://idp.example/auth", "", scopes=("openid",)))
    assert said == {
        "response_type": ["code"],
        "client_id": ["abc"],
        "redirect_uri": ["http://127.0.0.1:1/callback"],
        "scope": ["openid email"],
        "state": ["STATE"],
        "nonce": ["NONCE"],
        "code_challenge_method": ["S256"],
        # RFC 7636, appendix B
        "code_challenge": ["E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
    }


def test_a_refresh_token_is_asked_for_where_it_is_offered() -> None:
    endpoints = Endpoints("https://idp.example/auth", "", scopes=("openid", "offline_access"))
    assert asked(PLAIN, endpoints)["scope"] == ["openid email offline_access"]
    own = PLAIN | {"oidc_scopes": "profile, groups"}
    assert asked(own, endpoints)["scope"] == ["openid profile groups"]


def test_google_is_asked_for_it_in_its_own_way() -> None:
    settings = {"oidc_preset": "google", "oidc_client_id": "abc"}
    provider = provider_of("web", settings)
    assert (provider.issuer, provider.preset.secret) == ("https://accounts.google.com", True)
    assert asked(settings, Endpoints("https://x/y?a=b", ""))["access_type"] == ["offline"]
    assert asked(settings, Endpoints("https://x/y?a=b", ""))["a"] == ["b"]


@pytest.mark.parametrize(
    ("preset", "provider_id", "host"),
    [
        ("amazon", "www.amazon.com", "www.amazon.com"),
        ("facebook", "graph.facebook.com", "www.facebook.com"),
    ],
)
def test_those_without_an_id_token(preset: str, provider_id: str, host: str) -> None:
    settings = {"oidc_preset": preset, "oidc_client_id": "abc"}
    provider = provider_of("web", settings)
    assert (provider.preset.provider_id, provider.by_id_token) == (provider_id, False)
    assert urlsplit(fixed_endpoints(provider).authorize).hostname == host
    assert "nonce" not in asked(settings, fixed_endpoints(provider))
    local = provider_of("web", settings | {"oidc_issuer": "http://127.0.0.1:1/x"})
    assert fixed_endpoints(local).token.startswith("http://127.0.0.1:1/x/")


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"oidc_preset": "yahoo"}, "oidc_preset"),
        ({"oidc_issuer": ""}, "oidc_issuer"),
        ({"oidc_issuer": "http://idp.example"}, "oidc_issuer"),
        ({"oidc_issuer": "http://localhost:1"}, "oidc_issuer"),
        ({"oidc_issuer": "https://idp.example/?a=b"}, "oidc_issuer"),
        ({"oidc_issuer": "https://user@idp.example"}, "oidc_issuer"),
        ({"oidc_issuer": "https://idp.example:x"}, "oidc_issuer"),
        ({"oidc_issuer": "https://"}, "oidc_issuer"),
        ({"oidc_issuer": "idp.example"}, "oidc_issuer"),
        ({"oidc_preset": "amazon"}, "oidc_issuer"),
        ({"oidc_client_id": ""}, "oidc_client_id"),
        ({"oidc_client_id": "a\nb"}, "oidc_client_id"),
        ({"oidc_redirect_host": "0.0.0.0"}, "oidc_redirect_host"),
        ({"oidc_redirect_port": "-1"}, "oidc_redirect_port"),
        ({"oidc_redirect_port": "65536"}, "oidc_redirect_port"),
        ({"oidc_redirect_port": "9" * 5000}, "oidc_redirect_port"),
        ({"oidc_redirect_port": "x"}, "oidc_redirect_port"),
    ],
)
def test_settings_that_do_not_fit(changed: dict[str, str], key: str) -> None:
    with pytest.raises(ProblemError) as caught:
        provider_of("web", PLAIN | changed)
    assert caught.value.problem.code == "oidc_settings"
    assert key in str(caught.value.problem.title)


@pytest.mark.parametrize(
    ("url", "local", "may"),
    [
        ("https://idp.example/token", False, True),
        ("https://other.example/token", False, True),
        ("http://idp.example/token", False, False),
        ("http://127.0.0.1:1/token", False, False),
        ("http://127.0.0.1:1/token", True, True),
        ("http://127.0.0.1.evil.example/token", True, False),
        ("https://user@idp.example/", False, False),
        ("https://idp.example/#x", False, False),
        ("https://idp.example/ x", False, False),
        ("https://idp.example:0/", False, False),
        ("https://idp.example:99999/", False, False),
        ("file:///etc/passwd", True, False),
        ("", True, False),
    ],
)
def test_which_endpoints_may_be_asked(url: str, local: bool, may: bool) -> None:
    issuer = "http://127.0.0.1:1/idp" if local else ISSUER
    assert may_be_asked(url, provider_of("web", PLAIN | {"oidc_issuer": issuer})) is may


def test_where_an_issuer_describes_itself() -> None:
    assert discovery_url("https://a/b/") == "https://a/b/.well-known/openid-configuration"
    assert discovery_url("https://a") == "https://a/.well-known/openid-configuration"


def test_what_is_secret_is_not_shown() -> None:
    assert "STATE" not in repr(SECRETS)
    assert "dBjft" not in repr(SECRETS)
