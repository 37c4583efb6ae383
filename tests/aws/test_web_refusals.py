"""Each refusal of AssumeRoleWithWebIdentity over HTTP, and its Problem: nothing of the token is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from aws.test_demo_web_identity import forged
from aws.web_person import Attempt
from rolecall.aws.sts import Sts
from rolecall.demo.faults import Fault
from rolecall.demo.jws import SigningKey
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.role import Role
from rolecall.domain.route import Call, Hop

SANDBOX = "arn:aws:iam::333333333333:role"
Token = Callable[[EmbeddedAws], str]


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", running.url)
        yield running


def refused(aws: EmbeddedAws, token: str, arn: str = f"{SANDBOX}/WebReader", **hop: Any) -> Problem:
    role: Role = Catalogue(
        profiles={"web": {"web_identity_token_file": "/t", "role_arn": arn}}
    ).role("web")
    asked = Hop(Call.ASSUME_ROLE_WITH_WEB_IDENTITY, "web", 3600, role_arn=arn, **hop)
    with pytest.raises(ProblemError) as caught:
        Sts().call_with_token(asked, token, role, aws.clock.now)
    problem = caught.value.problem
    assert caught.value.__context__ is None
    assert token.split(".", maxsplit=1)[0][:40] not in " ".join(problem.lines())
    return problem


def good(aws: EmbeddedAws) -> str:
    return str(Attempt(aws).redeemed()["id_token"])


@pytest.mark.parametrize(
    ("token", "code", "said"),
    [
        (lambda aws: forged(aws, SigningKey()), "identity_token_refused", "provider's keys"),
        (lambda aws: forged(aws, exp=None), "identity_token_refused", "did not accept the token"),
        (lambda _aws: "opaque-access-token", "identity_token_refused", "no identity token"),
        (lambda aws: forged(aws, exp=1.5e9 + 0.5), "identity_token_refused", "no identity token"),
        (lambda aws: forged(aws, aud="other"), "audience_unknown_to_account", "another program"),
        (
            lambda aws: forged(aws, iss="https://x.example"),
            "provider_unknown_to_account",
            "333333333333",
        ),
        (lambda aws: forged(aws, exp=1_500_000_000), "session_expired", "is over"),
        (
            lambda aws: forged(aws, **{"https://aws.amazon.com/roles": "other"}),
            "role_not_in_token",
            "does not let its bearer take",
        ),
    ],
)
def test_a_token_that_is_refused(aws: EmbeddedAws, token: Token, code: str, said: str) -> None:
    problem = refused(aws, token(aws))
    assert (problem.code, said in str(problem.title)) == (code, True)
    assert str(problem.remedy)


def test_a_trust_policy_that_does_not_fit_has_ranked_causes(aws: EmbeddedAws) -> None:
    problem = refused(aws, good(aws), f"{SANDBOX}/WebOthers")
    assert problem.code == "access_denied"
    assert ["trust policy" in str(problem.causes[0].title), len(problem.causes)] == [True, 3]
    assert not any("MFA" in line for line in problem.lines())


def test_an_account_that_does_not_know_the_provider(aws: EmbeddedAws) -> None:
    problem = refused(aws, good(aws), "arn:aws:iam::222222222222:role/WebReader")
    assert problem.code == "provider_unknown_to_account"
    assert "222222222222" in str(problem.title)


def test_longer_than_the_role_may_live(aws: EmbeddedAws) -> None:
    token = Attempt(aws, "rolecall-with-secret", secret="acme-demo-client-secret").redeemed()
    role = Catalogue(
        profiles={"web": {"web_identity_token_file": "/t", "role_arn": f"{SANDBOX}/WebSecret"}}
    ).role("web")
    hop = Hop(Call.ASSUME_ROLE_WITH_WEB_IDENTITY, "web", 7200, role_arn=f"{SANDBOX}/WebSecret")
    with pytest.raises(ProblemError) as caught:
        Sts().call_with_token(hop, token["id_token"], role, aws.clock.now)
    assert caught.value.problem.code == "duration_over_role_max"


@pytest.mark.parametrize(
    ("kind", "code"),
    [("throttle", "throttled"), ("region-disabled", "region_disabled"), ("garbage", "garbage")],
)
def test_bad_weather(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, kind: str, code: str
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    token = good(aws)
    aws.faults.add(Fault(kind, 5, "AssumeRoleWithWebIdentity"))
    assert refused(aws, token).code == code


def test_the_call_is_not_signed(aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    respond = aws._loopback.respond

    def noted(request: Any) -> Any:
        seen.append(dict(request.headers))
        return respond(request)

    token = good(aws)
    monkeypatch.setattr(aws._loopback, "respond", noted)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "never-used")
    role = Catalogue(
        profiles={"web": {"web_identity_token_file": "/t", "role_arn": f"{SANDBOX}/WebReader"}}
    ).role("web")
    hop = Hop(Call.ASSUME_ROLE_WITH_WEB_IDENTITY, "web", 900, role_arn=f"{SANDBOX}/WebReader")
    answer = Sts().call_with_token(hop, token, role, aws.clock.now)
    assert answer.arn.endswith("/WebReader/" + answer.arn.rpartition("/")[2])
    assert seen
    assert not any("authorization" in headers for headers in seen)
