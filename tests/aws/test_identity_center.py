"""Rolecall's own calls to Identity Center, over HTTP against the embedded AWS."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import botocore.session
import pytest

from aws import center as tests_center
from aws.embedded import fetch, fetch_json
from aws.scripted_server import answer, scripted
from aws.talking import Heard
from rolecall.aws import center_refusals
from rolecall.aws.access_denied import Circumstances
from rolecall.aws.identity_center import BROWSER_GRANTS, IdentityCenter
from rolecall.aws.pkce import fresh
from rolecall.aws.portal_listing import Pace, list_roles
from rolecall.demo.clock import DemoClock
from rolecall.demo.directory import REGION, START_URL
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.identity_center import (
    DeviceCode,
    PartlyListedError,
    Portal,
    Registration,
    Token,
)
from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.proof import Step, StepKind
from rolecall.domain.role import Role, Source, SourceKind

PORTAL = Portal(START_URL, REGION, "acme")
REDIRECT = "http://127.0.0.1:4711/oauth/callback"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedAws]:
    with EmbeddedAws(DemoClock()) as embedded:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", embedded.identity_center_url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", embedded.identity_center_url)
        yield embedded


@pytest.fixture
def idc(aws: EmbeddedAws) -> IdentityCenter:
    return IdentityCenter(aws.clock.now)


def signed_in(idc: IdentityCenter) -> Token:
    own = fresh()
    registration = idc.register(PORTAL, BROWSER_GRANTS)
    url = idc.authorize_url(PORTAL, registration, REDIRECT, own)
    answer = tests_center.said(tests_center.answer_page(url))
    assert answer["state"] == own.state
    return idc.redeem(PORTAL, registration, answer["code"], REDIRECT, own.verifier)


def problem_of(call: object, *args: object) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        call(*args)  # type: ignore[operator]
    return caught.value


def test_a_browser_sign_in(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    token = signed_in(idc)
    assert token.expires_at == pytest.approx(aws.clock.now() + 3600, abs=3)
    assert token.refreshable(aws.clock.now())
    assert token.registration
    assert token.registration.expires_at > aws.clock.now() + 80 * 86400
    shown = f"{token!r} {fresh()!r}"
    assert token.access not in shown
    assert token.refresh not in shown
    assert token.registration.client_secret not in shown


def test_the_page_s_address_is_derived_from_the_endpoint(
    monkeypatch: pytest.MonkeyPatch, idc: IdentityCenter
) -> None:
    registration = idc.register(PORTAL, BROWSER_GRANTS)
    url = idc.authorize_url(PORTAL, registration, REDIRECT, fresh())
    assert url.startswith(os.environ["AWS_ENDPOINT_URL_SSO_OIDC"] + "/authorize?")
    asked = tests_center.said(url)
    assert asked["scopes"] == "sso:account:access"
    assert asked["redirect_uri"] == REDIRECT
    assert len(asked["code_challenge"]) == 43
    monkeypatch.delenv("AWS_ENDPOINT_URL_SSO_OIDC")
    hosts = {}
    for region in ("eu-central-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"):
        there = replace(PORTAL, region=region)
        page = IdentityCenter().authorize_url(there, registration, REDIRECT, fresh())
        hosts[region] = urlsplit(page).netloc
    assert hosts == {
        "eu-central-1": "oidc.eu-central-1.amazonaws.com",
        "cn-north-1": "oidc.cn-north-1.amazonaws.com.cn",
        "us-gov-west-1": "oidc.us-gov-west-1.amazonaws.com",
        "eusc-de-east-1": "oidc.eusc-de-east-1.amazonaws.eu",
    }


def test_a_profile_s_own_certificates_are_trusted_at_the_sign_in(idc: IdentityCenter) -> None:
    own = Portal.of(
        Source(POWER_USER.kind, "x", (*POWER_USER.settings, ("ca_bundle", "/etc/company.pem")))
    )
    idc.register(own, BROWSER_GRANTS)
    transports = idc._unsigned._transports
    assert transports
    assert [bundle for bundle, _ in transports._made] == ["/etc/company.pem"]


def test_a_code_used_twice_is_a_problem(idc: IdentityCenter) -> None:
    own = fresh()
    registration = idc.register(PORTAL, BROWSER_GRANTS)
    url = idc.authorize_url(PORTAL, registration, REDIRECT, own)
    code = tests_center.said(tests_center.answer_page(url))["code"]
    idc.redeem(PORTAL, registration, code, REDIRECT, own.verifier)
    again = problem_of(idc.redeem, PORTAL, registration, code, REDIRECT, own.verifier)
    assert again.problem.code == "sign_in_refused"
    assert again.__context__ is None
    assert code not in repr(again.problem)


def test_a_wrong_start_url_or_region_is_named(idc: IdentityCenter) -> None:
    other = replace(PORTAL, start_url="https://other.awsapps.com/start", session="")
    refused = problem_of(idc.register, other, BROWSER_GRANTS).problem
    assert refused.code == "unknown_identity_center"
    assert "other.awsapps.com" in str(refused.title)
    registration = idc.register(other, ())
    assert problem_of(idc.start_device, other, registration).problem.code == refused.code


def test_a_device_sign_in(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    registration = idc.register(PORTAL, ())
    started = idc.start_device(PORTAL, registration)
    assert started.code not in repr(started)
    assert idc.poll(PORTAL, registration, started) == started
    idc.poll(PORTAL, registration, started)
    slower = idc.poll(PORTAL, registration, started)
    assert isinstance(slower, DeviceCode)
    assert slower.interval == started.interval + 5
    tests_center.approve_device(aws, started.shown)
    token = idc.poll(PORTAL, registration, slower)
    assert isinstance(token, Token)
    assert token.refresh


def test_a_device_that_is_denied_or_too_old(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    registration = idc.register(PORTAL, ())
    started = idc.start_device(PORTAL, registration)
    tests_center.approve_device(aws, started.shown, "deny")
    assert problem_of(idc.poll, PORTAL, registration, started).problem.code == "sign_in_denied"
    started = idc.start_device(PORTAL, registration)
    aws.clock.advance(601)
    over = problem_of(idc.poll, PORTAL, registration, started).problem
    assert (over.code, over.exit) == ("device_code_over", Exit.NOBODY_TO_ASK)
    late = replace(started, expires_at=aws.clock.now() + 60)  # and by the service's own clock
    assert problem_of(idc.poll, PORTAL, registration, late).problem.code == "device_code_over"


def test_a_token_is_refreshed_and_then_is_not(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    token = signed_in(idc)
    fresh = idc.refresh(PORTAL, token)
    assert fresh.access != token.access
    assert problem_of(idc.refresh, PORTAL, token).problem.code == "sign_in_refused"
    aws.clock.advance(8 * 3600)
    assert problem_of(idc.refresh, PORTAL, fresh).problem.code == "sign_in_refused"


def test_signing_out_kills_the_token_and_may_be_done_twice(idc: IdentityCenter) -> None:
    token = signed_in(idc)
    idc.sign_out(PORTAL, token)
    idc.sign_out(PORTAL, token)
    dead = problem_of(list_roles, idc, PORTAL, token, Heard()).problem
    assert dead.code == "sign_in_over"


ROLE = Role("payments", Source(SourceKind.OTHER, "payments"), region="us-west-2")


def source(account: str, role: str) -> Source:
    settings = {
        "sso_account_id": account,
        "sso_region": REGION,
        "sso_role_name": role,
        "sso_session": "acme",
        "sso_start_url": START_URL,
    }
    return Source(SourceKind.IDENTITY_CENTER, "payments", tuple(settings.items()))


POWER_USER = source("222222222222", "PowerUser")


def test_role_credentials(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    token = signed_in(idc)
    answer = idc.role_credentials(POWER_USER, token.access, ROLE)
    assert answer.expires_at == pytest.approx(aws.clock.now() + 14400, abs=3)
    assert answer.credentials.secret_access_key not in repr(answer)
    assert fetch_json(f"{aws.demo_url}/calls")[-1]["action"] == "GetRoleCredentials"


@pytest.mark.parametrize(
    ("account", "role", "code"),
    [
        ("222222222222", "Administrator", "not_assigned"),
        ("123412341234", "ReadOnly", "not_assigned"),
    ],
)
def test_role_credentials_refused(idc: IdentityCenter, account: str, role: str, code: str) -> None:
    token = signed_in(idc)
    refused = problem_of(idc.role_credentials, source(account, role), token.access, ROLE).problem
    assert (refused.code, refused.exit) == (code, Exit.REFUSED)
    assert "payments" in str(refused.title)


def test_a_dead_token_wants_a_new_sign_in(idc: IdentityCenter) -> None:
    token = signed_in(idc)
    idc.sign_out(PORTAL, token)
    dead = problem_of(idc.role_credentials, POWER_USER, token.access, ROLE).problem
    assert (dead.code, dead.exit) == ("sign_in_over", Exit.NOBODY_TO_ASK)


# --- listing -----------------------------------------------------------------------------


class Waits:
    """Waits that cost nothing: the demo's clock moves on instead."""

    def __init__(self, aws: EmbeddedAws) -> None:
        self.total = 0.0
        self._aws = aws

    def pause(self, seconds: float) -> None:
        self.total += seconds
        self._aws.clock.advance(seconds)

    def pace(self) -> Pace:
        return Pace(self.pause, lambda most: most)


def test_six_hundred_accounts_with_progress(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    fetch(f"{aws.demo_url}/identity-center", {"accounts": "596"})
    heard = Heard()
    found = list_roles(idc, PORTAL, signed_in(idc), heard)
    assert (found.done, found.total) == (600, 600)
    assert len({one.account.account_id for one in found.roles}) == 600
    assert [step.done for step in heard.steps] == list(range(601))
    assert {step.total for step in heard.steps} == {600}
    calls = fetch_json(f"{aws.demo_url}/calls")
    assert sum(call["action"] == "ListAccounts" for call in calls) == 6


def test_a_minute_of_429_is_waited_out(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    token, waits = signed_in(idc), Waits(aws)
    asked = {"kind": "throttle", "count": "100000", "action": "ListAccountRoles", "for": "60"}
    fetch(f"{aws.demo_url}/fault", asked)
    found = list_roles(idc, PORTAL, token, Heard(), waits.pace())
    assert found.done == 4
    assert 55 < waits.total < 75
    refusals = [call["code"] for call in fetch_json(f"{aws.demo_url}/calls")]
    assert refusals.count("TooManyRequestsException") < 15


def test_429_for_ever_ends_and_keeps_what_was_seen(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    token, waits = signed_in(idc), Waits(aws)

    def throttle(step: Step) -> None:
        if step.done == 2:
            fetch(f"{aws.demo_url}/fault", {"kind": "throttle", "count": "100000"})

    with pytest.raises(PartlyListedError) as caught:
        list_roles(idc, PORTAL, token, Heard(throttle), waits.pace())
    assert (caught.value.problem.code, caught.value.problem.exit) == ("throttled", Exit.REFUSED)
    assert caught.value.found.done == 2
    assert [one.role for one in caught.value.found.roles] == ["Billing", "PowerUser", "ReadOnly"]
    assert waits.total > 170


def test_a_token_that_dies_half_way_keeps_what_was_seen(
    idc: IdentityCenter, aws: EmbeddedAws
) -> None:
    def die(step: Step) -> None:
        if step.done == 2:
            aws.identity_center.tokens.end_all()

    with pytest.raises(PartlyListedError) as caught:
        list_roles(idc, PORTAL, signed_in(idc), Heard(die))
    assert caught.value.problem.code == "sign_in_over"
    assert len(caught.value.found.roles) == 3


def test_cancelled_while_it_backs_off(idc: IdentityCenter, aws: EmbeddedAws) -> None:
    token = signed_in(idc)
    fetch(f"{aws.demo_url}/fault", {"kind": "throttle", "count": "100000"})
    heard, slices = Heard(), []

    def pause(seconds: float) -> None:
        slices.append(seconds)
        heard.cancelled = len(slices) == 3

    with pytest.raises(PartlyListedError) as caught:
        list_roles(idc, PORTAL, token, heard, Pace(pause))
    assert caught.value.problem.code == "sign_in_cancelled"
    assert len(slices) == 3
    assert max(slices) <= 0.2


def test_cancelled_while_aws_is_silent_ends_within_a_second(
    idc: IdentityCenter, aws: EmbeddedAws
) -> None:
    token = signed_in(idc)
    fetch(f"{aws.demo_url}/fault", {"kind": "hang", "seconds": "30", "action": "ListAccounts"})
    heard, ended = Heard(), threading.Event()
    took = []

    def job() -> None:
        with pytest.raises(PartlyListedError) as caught:
            list_roles(idc, PORTAL, token, heard)
        took.append((time.monotonic(), caught.value.problem.code))
        ended.set()

    thread = threading.Thread(target=job)
    thread.start()
    while not any(call["action"] == "ListAccounts" for call in fetch_json(f"{aws.demo_url}/calls")):
        pass
    asked_at = time.monotonic()
    heard.cancelled = True
    assert ended.wait(5)
    thread.join()
    assert took[0][1] == "sign_in_cancelled"
    assert took[0][0] - asked_at < 1.0


@pytest.mark.parametrize("kind", ["garbage", "empty", "500"])
def test_other_answers_are_problems_of_the_network(
    idc: IdentityCenter, aws: EmbeddedAws, kind: str
) -> None:
    token = signed_in(idc)
    fetch(f"{aws.demo_url}/fault", {"kind": kind, "action": "ListAccounts"})
    with pytest.raises(PartlyListedError) as caught:
        list_roles(idc, PORTAL, token, Heard())
    assert caught.value.problem.exit is Exit.NETWORK


@pytest.mark.parametrize(
    "body",
    [
        "", "<html>hotel</html>", "[]", "{}",
        '{"clientId": "", "clientSecret": "", "clientSecretExpiresAt": 9999999999}',
        '{"deviceCode": "", "userCode": "", "verificationUri": "", "expiresIn": 600}',
        '{"accessToken": "", "expiresIn": 3600}',
    ],
)  # fmt: skip
def test_a_sign_in_does_not_go_on_with_what_is_not_of_aws(
    monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    known, center = Registration("id", "secret", 9e9), IdentityCenter()
    with scripted(answer(body)) as script:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", script.url)
        for call, asked in (
            (center.register, (PORTAL, BROWSER_GRANTS)),
            (center.start_device, (PORTAL, known)),
            (center.redeem, (PORTAL, known, "code", REDIRECT, "verifier")),
        ):
            assert problem_of(call, *asked).problem.code == "garbage"


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", f"http://127.0.0.1:{port}")
    refused = problem_of(IdentityCenter().register, PORTAL, BROWSER_GRANTS).problem
    assert refused.code == "no_network"


# --- the table ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "table", "reading"),
    [
        ("sso-oidc", center_refusals.OIDC, center_refusals.of_oidc),
        ("sso", center_refusals.PORTAL, center_refusals.of_portal),
    ],
)
def test_every_error_shape_has_its_problem(service: str, table: dict, reading: object) -> None:  # type: ignore[type-arg]
    from rolecall.aws import problems

    shapes = botocore.session.Session().get_service_model(service).error_shapes
    names = {shape.name for shape in shapes}
    assert len(names) > 3
    for name in sorted(names):
        made = reading(PORTAL)(name, Circumstances("dev")) or problems.from_wire(  # type: ignore[operator]
            name, "", 400, Circumstances("dev")
        )
        assert made.code != "unknown", name
        assert str(made.remedy)
        assert "{" not in "".join(made.lines())
    assert names & table.keys()


def test_steps_are_of_one_kind(idc: IdentityCenter) -> None:
    heard = Heard()
    list_roles(idc, PORTAL, signed_in(idc), heard)
    assert {step.kind for step in heard.steps} == {StepKind.PROGRESS}
