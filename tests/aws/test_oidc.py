"""The program's side of OpenID Connect, over HTTP against the demo's providers: each test a token has to stand."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import jwt
import pytest

from aws.web_person import RETURN, answered
from rolecall.aws import oidc
from rolecall.aws.oidc import Tokens
from rolecall.demo.faults import Fault
from rolecall.demo.identity_provider import IdentityProvider, Style
from rolecall.demo.jws import SigningKey
from rolecall.demo.server import EmbeddedAws
from rolecall.demo.wire import Answer
from rolecall.domain.oidc import Endpoints, authorization_url, provider_of
from rolecall.domain.pkce import Secrets
from rolecall.domain.problem import Problem, ProblemError

SECRETS = Secrets("state-CANARY", "verifier-CANARY-" + "v" * 43, "nonce-CANARY")


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


class SignIn:
    """One sign-in, step by step, as the program does it."""

    def __init__(self, aws: EmbeddedAws, secret: str = "", **settings: str) -> None:
        self.aws, self.secret = aws, secret
        defaults = {"oidc_issuer": f"{aws.url}/idp", "oidc_client_id": "rolecall"}
        self.provider = provider_of("web", defaults | settings)

    @property
    def endpoints(self) -> Endpoints:
        return oidc.discover(self.provider)

    def answer(self, button: str = "allow") -> dict[str, str]:
        return answered(authorization_url(self.provider, self.endpoints, RETURN, SECRETS), button)

    def tokens(self, **changed: Any) -> Tokens:
        code = oidc.code_in(self.answer(), self.provider, self.endpoints)
        values: dict[str, Any] = {"code": code, "secrets": SECRETS, "redirect": RETURN} | changed
        return oidc.redeem(
            self.provider, self.endpoints, values["code"], values["redirect"], values["secrets"],
            self.secret, self.aws.clock.now,
        )  # fmt: skip

    def refreshed(self, held: Tokens) -> Tokens:
        return oidc.refresh(self.provider, self.endpoints, held, self.secret, self.aws.clock.now)


def problem(work: Callable[[], object]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        work()
    assert caught.value.__context__ is None
    said = " ".join(caught.value.problem.lines())
    assert "CANARY" not in said
    return caught.value.problem


def test_a_sign_in_gives_a_token_for_aws(aws: EmbeddedAws) -> None:
    tokens = SignIn(aws).tokens()
    assert tokens.subject == "alex"
    assert tokens.token.count(".") == 2
    assert tokens.refresh
    assert tokens.expires_at == pytest.approx(aws.clock.now() + 3600, abs=2)
    assert tokens.token not in repr(tokens)
    assert tokens.refresh not in repr(tokens)


def test_the_next_token_needs_no_person(aws: EmbeddedAws) -> None:
    sign_in = SignIn(aws)
    first = sign_in.tokens()
    aws.clock.advance(7000)
    second = sign_in.refreshed(first)
    assert second.expires_at > first.expires_at
    assert (second.subject, second.refresh != first.refresh) == ("alex", True)
    assert problem(lambda: sign_in.refreshed(first)).code == "sign_in_ended"
    aws.web.providers[Style.OIDC].grants.revoke()
    assert problem(lambda: sign_in.refreshed(second)).code == "sign_in_ended"


def test_the_scopes_of_the_entry_are_the_ones_asked_for(aws: EmbeddedAws) -> None:
    assert SignIn(aws, oidc_scopes="profile").tokens().refresh == ""


def test_a_client_secret(aws: EmbeddedAws) -> None:
    name = {"oidc_client_id": "rolecall-with-secret"}
    assert SignIn(aws, "acme-demo-client-secret", **name).tokens().subject == "alex"
    assert problem(SignIn(aws, "wrong-CANARY", **name).tokens).code == "client_refused"
    assert problem(SignIn(aws, **name).tokens).code == "client_refused"


@pytest.mark.parametrize(
    ("preset", "client"),
    [("amazon", "amzn1.application-oa2-client.demo"), ("facebook", "4711471147114711")],
)
def test_the_two_without_discovery(aws: EmbeddedAws, preset: str, client: str) -> None:
    sign_in = SignIn(
        aws, oidc_preset=preset, oidc_client_id=client, oidc_issuer=f"{aws.url}/{preset}"
    )
    tokens = sign_in.tokens()
    opened = aws.web.providers[Style(preset)].opened(tokens.token)
    assert opened is not None
    assert opened.app_id == client
    assert tokens.expires_at == pytest.approx(aws.clock.now() + 3600, abs=2)
    if preset == "amazon":
        assert sign_in.refreshed(tokens).token != tokens.token


def test_a_no_in_the_browser(aws: EmbeddedAws) -> None:
    sign_in = SignIn(aws)
    answer = sign_in.answer("deny")
    found = problem(lambda: oidc.code_in(answer, sign_in.provider, sign_in.endpoints))
    assert found.code == "sign_in_refused"


@pytest.mark.parametrize("issuer", ["https://evil.example", None])
def test_an_answer_in_another_name(aws: EmbeddedAws, issuer: str | None) -> None:
    sign_in = SignIn(aws)
    answer = {**sign_in.answer(), "iss": issuer or ""}
    if issuer is None:
        del answer["iss"]
    found = problem(lambda: oidc.code_in(answer, sign_in.provider, sign_in.endpoints))
    assert found.code == "other_issuer"


def test_a_code_that_is_too_old_or_anothers(aws: EmbeddedAws) -> None:
    sign_in = SignIn(aws)
    assert problem(lambda: sign_in.tokens(code="CANARY")).code == "code_not_taken"
    other = Secrets("s", "x" * 43, "n")
    assert problem(lambda: sign_in.tokens(secrets=other)).code == "code_not_taken"


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({"aud": "other-program"}, "aud"),
        ({"aud": ["rolecall", "other"]}, "azp"),
        ({"aud": None}, "aud"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"sub": None}, "sub"),
        ({"exp": None}, "exp"),
        ({"exp": time.time() + 99.5}, "exp"),
        ({"iat": None}, "iat"),
        ({"iat": time.time() + 0.5}, "iat"),
        ({"exp": True}, "exp"),
        ({"sub": 7}, "sub"),
    ],
)
def test_each_claim_that_does_not_fit(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], failed: str
) -> None:
    _claim(aws, monkeypatch, changed)
    found = problem(SignIn(aws).tokens)
    assert (found.code, str(found.explanation)) == (
        "id_token_refused",
        f"What does not fit: {failed}. It was not used.",
    )


def test_several_audiences_are_fine_where_it_was_made_for_us(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    _claim(aws, monkeypatch, {"aud": ["rolecall", "other"], "azp": "rolecall"})
    assert SignIn(aws).tokens().subject == "alex"


def test_a_token_that_was_over_when_it_came(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    _claim(aws, monkeypatch, {"exp": int(aws.clock.now()) - 61})
    assert problem(SignIn(aws).tokens).code == "id_token_expired"


def test_a_token_signed_by_somebody_else(aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = SigningKey()
    theirs.kid = aws.web.providers[Style.OIDC].key.kid
    monkeypatch.setattr(aws.web.providers[Style.OIDC].key, "sign", theirs.sign)
    found = problem(SignIn(aws).tokens)
    assert (found.code, "signature" in str(found.explanation)) == ("id_token_refused", True)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS256"])
def test_a_token_that_is_not_signed_as_it_should_be(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, algorithm: str
) -> None:
    """`none`, a signature by the public key as a shared secret, and a cut one."""
    key = aws.web.providers[Style.OIDC].key
    good = key.sign

    def signed(claims: dict[str, Any]) -> str:
        if algorithm == "RS256":
            return good(claims)[:-4]
        secret = str(key.jwks()["keys"]) if algorithm == "HS256" else None  # type: ignore[index]
        return jwt.encode(claims, secret, algorithm, headers={"kid": key.kid})

    monkeypatch.setattr(key, "sign", signed)
    found = problem(SignIn(aws).tokens)
    assert (found.code, "signature" in str(found.explanation)) == ("id_token_refused", True)


def test_another_person_after_a_refresh(aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in = SignIn(aws)
    first = sign_in.tokens()
    _claim(aws, monkeypatch, {"sub": "sam"})
    assert problem(lambda: sign_in.refreshed(first)).code == "id_token_refused"


@pytest.mark.parametrize(
    "place", ["/idp/.well-known/openid-configuration", "/idp/token", "/idp/jwks"]
)
@pytest.mark.parametrize(
    ("kind", "code"), [("garbage", "garbage"), ("empty", "garbage"), ("hang", "connection_closed")]
)
def test_a_provider_that_answers_nonsense(
    aws: EmbeddedAws, place: str, kind: str, code: str
) -> None:
    sign_in = SignIn(aws)
    answer, endpoints = sign_in.answer(), sign_in.endpoints
    aws.faults.add(Fault(kind, 3, place, 0.0))
    if "openid" in place:
        found = problem(lambda: oidc.discover(sign_in.provider))
    else:
        found = problem(
            lambda: oidc.redeem(
                sign_in.provider, endpoints, answer["code"], RETURN, SECRETS, "", aws.clock.now
            )
        )
    assert found.code == code
    assert "127.0.0.1" in str(found.title)


def test_a_provider_that_is_not_there() -> None:
    with EmbeddedAws() as gone:
        provider = SignIn(gone).provider
    assert problem(lambda: oidc.discover(provider)).code == "no_network"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"issuer": "https://evil.example"}, "other_issuer"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "garbage"),
        ({"token_endpoint": "http://evil.example/token"}, "garbage"),
        ({"jwks_uri": None}, "garbage"),
        ({"token_endpoint": 5}, "garbage"),
    ],
)
def test_a_discovery_document_that_is_not_to_be_trusted(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], code: str
) -> None:
    provider = aws.web.providers[Style.OIDC]
    said = {**provider._configuration(), **changed}
    monkeypatch.setattr(provider, "_configuration", lambda: said)
    assert problem(lambda: oidc.discover(SignIn(aws).provider)).code == code


def test_basic_where_the_provider_takes_nothing_else(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = aws.web.providers[Style.OIDC]
    basic = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    said = {**provider._configuration(), **basic}
    monkeypatch.setattr(provider, "_configuration", lambda: said)
    sign_in = SignIn(aws, "acme-demo-client-secret", oidc_client_id="rolecall-with-secret")
    assert sign_in.endpoints.basic
    assert sign_in.tokens().subject == "alex"


def _claim(aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]) -> None:
    provider = aws.web.providers[Style.OIDC]
    plain = provider.claims

    def claims(granted: Any) -> dict[str, Any]:
        said = {**plain(granted), **changed}
        return {name: value for name, value in said.items() if value is not None}

    monkeypatch.setattr(provider, "claims", claims)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            {"error": {"message": "CANARY", "type": "OAuthException", "code": 100}},
            "request_refused",
        ),
        ({"error": 7}, "request_refused"),
        ({"error": "invalid_client"}, "client_refused"),
        ({"error": None}, "garbage"),
        ([], "garbage"),
    ],
)
def test_errors_in_whatever_form(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, body: Any, code: str
) -> None:
    """Facebook's are objects."""
    said = Answer(400, json.dumps(body).encode(), "application/json")
    monkeypatch.setattr(IdentityProvider, "_token", lambda _self, _asked: said)
    assert problem(SignIn(aws).tokens).code == code
