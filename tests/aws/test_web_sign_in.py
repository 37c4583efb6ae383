"""A person signs in at an OIDC provider, Amazon or Facebook: the browser, and the tokens after that without one."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aws.talking import Heard, no_thread_left
from rolecall.demo.faults import Fault
from rolecall.demo.identity_provider import Style
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.problem import ProblemError
from rolecall.domain.proof import Proof, StepKind
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.proving import page
from rolecall.proving.means import Means
from rolecall.proving.oidc import Callback
from rolecall.proving.prove import prove, start_of
from rolecall.storage import client_secret
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import MemorySecretStore

BROWSER = Path(__file__).with_name("approving_browser.py")
ROLE = "arn:aws:iam::333333333333:role/WebReader"


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


def source(aws: EmbeddedAws, kind: SourceKind = SourceKind.OIDC, **other: str) -> Source:
    plain = {
        "oidc_issuer": f"{aws.url}/idp",
        "oidc_client_id": "rolecall",
        "role_arn": ROLE,
    }
    settings = {key: value for key, value in {**plain, **other}.items() if value}
    return Source(kind, "web-reader", tuple(sorted(settings.items())))


def means(aws: EmbeddedAws, answer: str = "allow") -> Means:
    """What a Job works with. answer: what the person does in the browser; without it there is none."""
    environ = {"HOME": os.environ["HOME"], "PATH": os.environ["PATH"]}
    if answer:
        environ["BROWSER"] = f"{sys.executable} {BROWSER} {answer} %s"
    else:
        environ["PATH"] = "/nonexistent"
    return Means(
        Paths.of(os.environ), AwsFiles.of(os.environ), MemorySecretStore(), environ, aws.clock.now
    )


def refused(aws: EmbeddedAws, from_: Source, with_: Means, heard: Heard | None = None) -> str:
    with no_thread_left(), pytest.raises(ProblemError) as caught:
        prove(from_, heard or Heard(), with_)
    return caught.value.problem.code


def role(from_: Source) -> Role:
    return Role("web-reader", from_)


def test_by_browser(aws: EmbeddedAws) -> None:
    heard, one = Heard(), source(aws)
    proof = prove(one, heard, means(aws))
    kinds = [step.kind for step in heard.steps]
    assert kinds == [StepKind.WAITING, StepKind.BROWSER, StepKind.WAITING]
    assert heard.steps[1].url.startswith("http://127.0.0.1:")  # a one-time address without a state
    assert "state" not in heard.steps[1].url
    assert proof.key == one.proof_key
    assert dict(proof.details)["subject"] == "alex"
    assert proof.refresh
    assert proof.token not in repr(proof)


def test_the_next_token_needs_no_person(aws: EmbeddedAws) -> None:
    one, with_ = source(aws), means(aws)
    first = prove(one, Heard(), with_)
    assert start_of(role(one), first, with_) is first
    aws.clock.advance(3550)
    second = start_of(role(one), first, with_)
    assert isinstance(second, Proof)
    assert second.expires_at > first.expires_at
    assert dict(second.details)["subject"] == "alex"


def test_two_jobs_with_one_refresh_token_use_it_once(aws: EmbeddedAws) -> None:
    one, with_ = source(aws), means(aws)
    first = prove(one, Heard(), with_)
    aws.clock.advance(4000)
    found: list[object] = []
    jobs = [
        threading.Thread(target=lambda: found.append(start_of(role(one), first, with_)))
        for _ in range(4)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(10)
    assert len(found) == 4
    assert len({id(proof) for proof in found}) == 1
    aws.clock.advance(4000)
    assert start_of(role(one), first, with_) not in (first, found[0]), "the old one is known still"


def test_what_was_dropped_is_forgotten_here_too(aws: EmbeddedAws) -> None:
    one, with_ = source(aws), means(aws)
    first = prove(one, Heard(), with_)
    aws.clock.advance(4000)
    start_of(role(one), first, with_)
    with_.renewals.keep_only(())
    with pytest.raises(ProblemError) as caught:  # the token was used, and nobody remembers what for
        start_of(role(one), first, with_)
    assert caught.value.problem.code == "sign_in_over"


def test_a_sign_in_that_is_over(aws: EmbeddedAws) -> None:
    one, with_ = source(aws), means(aws)
    first = prove(one, Heard(), with_)
    aws.clock.advance(4000)
    aws.web.providers[Style.OIDC].grants.revoke()
    for proof in (first, replace(first, refresh=""), None):
        with pytest.raises(ProblemError) as caught:
            start_of(role(one), proof, with_)
        assert caught.value.problem.code == "sign_in_over"
        assert caught.value.__context__ is None


def test_a_network_that_is_gone_ends_no_sign_in(aws: EmbeddedAws) -> None:
    one, with_ = source(aws), means(aws)
    first = prove(one, Heard(), with_)
    aws.clock.advance(4000)
    aws.faults.add(Fault("500", 1, "/idp/.well-known/openid-configuration"))
    with pytest.raises(ProblemError) as caught:
        start_of(role(one), first, with_)
    assert caught.value.problem.code != "sign_in_over"
    assert isinstance(start_of(role(one), first, with_), Proof)


@pytest.mark.parametrize(
    ("preset", "client"),
    [("amazon", "amzn1.application-oa2-client.demo"), ("facebook", "4711471147114711")],
)
def test_amazon_and_facebook(aws: EmbeddedAws, preset: str, client: str) -> None:
    one = source(aws, oidc_preset=preset, oidc_client_id=client, oidc_issuer=f"{aws.url}/{preset}")
    proof = prove(one, Heard(), means(aws))
    opened = aws.web.providers[Style(preset)].opened(proof.token)
    assert opened is not None
    assert opened.app_id == client


def test_google_wants_its_secret_and_it_comes_out_of_the_keyring(aws: EmbeddedAws) -> None:
    one = source(aws, oidc_preset="google", oidc_client_id="rolecall-with-secret")
    with_ = means(aws)
    assert refused(aws, one, with_) == "client_secret_missing"
    prove(one, Heard(), with_, given="acme-demo-client-secret\n")
    assert client_secret.of(with_.secrets, "rolecall-with-secret", needed=True) == (
        "acme-demo-client-secret"
    )
    assert prove(one, Heard(), with_).token
    client_secret.keep(with_.secrets, "rolecall-with-secret", "another")
    assert refused(aws, one, with_) == "client_refused"


def test_a_secret_that_is_none(aws: EmbeddedAws) -> None:
    for given in (" \n", "a\x00b", "x" * 600):
        with pytest.raises(ProblemError) as caught:
            prove(source(aws), Heard(), means(aws), given=given)
        assert caught.value.problem.code == "client_secret_bad"


def test_a_fixed_port_and_one_that_is_taken(aws: EmbeddedAws) -> None:
    with socket.create_server(("127.0.0.1", 0)) as theirs:
        one = source(aws, oidc_redirect_port=str(theirs.getsockname()[1]))
        assert refused(aws, one, means(aws)) == "callback_port_taken"
    assert prove(one, Heard(), means(aws)).token


def test_a_person_who_declines(aws: EmbeddedAws) -> None:
    assert refused(aws, source(aws), means(aws, "deny")) == "sign_in_refused"


def test_a_stranger_does_not_disturb(aws: EmbeddedAws) -> None:
    assert prove(source(aws), Heard(), means(aws, "forge")).token


def test_a_browser_that_is_closed_half_way(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = Callback.wait
    monkeypatch.setattr(Callback, "wait", lambda self, gone: patient(self, gone, patience=0.5))
    assert refused(aws, source(aws), means(aws, "close")) == "browser_did_not_return"


def test_a_browser_that_never_comes(aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch) -> None:
    serve = page.OneTimeRedirect.serve
    monkeypatch.setattr(
        page.OneTimeRedirect, "serve", lambda self, cancelled: serve(self, 0.3, cancelled)
    )
    assert refused(aws, source(aws), means(aws, "none")) == "page_not_opened"


def test_no_browser_at_all(aws: EmbeddedAws) -> None:
    assert refused(aws, source(aws), means(aws, "")) == "no_browser"


@pytest.mark.parametrize(
    ("step", "place"),
    [(StepKind.WAITING, "/idp/.well-known/openid-configuration"), (StepKind.BROWSER, "")],
)
def test_a_sign_in_nobody_wants_any_more_ends_within_a_second(
    aws: EmbeddedAws, step: StepKind, place: str
) -> None:
    ended = [0.0]

    def at(told: object) -> None:
        if getattr(told, "kind", None) is step and not ended[0]:
            ended[0] = time.monotonic()
            heard.cancelled = True

    heard = Heard(at)
    if place:
        aws.faults.add(Fault("slow", 1, place, 8.0))
    code = refused(aws, source(aws), means(aws, "close"), heard)
    assert (code, time.monotonic() - ended[0] < 6) == ("sign_in_cancelled", True)


def test_a_pool_behind_a_sign_in_shares_it(aws: EmbeddedAws) -> None:
    pool = {"cognito_identity_pool_id": "eu-central-1:x"}
    assert source(aws, SourceKind.COGNITO, **pool).proof_key == source(aws).proof_key
    assert prove(source(aws, SourceKind.COGNITO, **pool), Heard(), means(aws)).token
