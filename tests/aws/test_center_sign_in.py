"""A person signs in at Identity Center: browser, device code, and other programs' sign-ins."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aws import center as tests_center
from aws.embedded import fetch, fetch_json
from aws.talking import Heard, no_thread_left
from rolecall.demo.clock import DemoClock
from rolecall.demo.directory import REGION, START_URL
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.identity_center import Portal
from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.proof import BY_CODE, Proof, Step, StepKind
from rolecall.domain.role import Source, SourceKind
from rolecall.proving import identity_center as proving
from rolecall.proving import page
from rolecall.proving.means import Means
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import MemorySecretStore
from rolecall.storage.sso_cache import SsoCache, token_key

BROWSER = Path(__file__).with_name("approving_browser.py")
SOURCE = Source(
    SourceKind.IDENTITY_CENTER,
    "payments",
    (
        ("sso_account_id", "222222222222"),
        ("sso_region", REGION),
        ("sso_role_name", "PowerUser"),
        ("sso_session", "acme"),
        ("sso_start_url", START_URL),
    ),
)
LEGACY = replace(
    SOURCE, settings=tuple(pair for pair in SOURCE.settings if pair[0] != "sso_session")
)
"""The same without an `[sso-session]`: a profile that names the start URL itself."""

PORTAL = Portal(START_URL, REGION, "acme")


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedAws]:
    with EmbeddedAws(DemoClock()) as embedded:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", embedded.identity_center_url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", embedded.identity_center_url)
        embedded.identity_center.oidc.interval = 1
        yield embedded


def means(aws: EmbeddedAws, answer: str = "") -> Means:
    """What a Job works with. answer: what the person does in the browser; without it there is none."""
    environ = {"HOME": os.environ["HOME"], "PATH": os.environ["PATH"]}
    if answer:
        environ["BROWSER"] = f"{sys.executable} {BROWSER} {answer} %s"
    return Means(
        Paths.of(os.environ), AwsFiles.of(os.environ), MemorySecretStore(), environ, aws.clock.now
    )


def cache(home: Path) -> SsoCache:
    return SsoCache(home / ".aws" / "sso" / "cache")


def typing(aws: EmbeddedAws, answer: str = "allow") -> Heard:
    """A person who types each code that is shown."""

    def at(step: Step) -> None:
        if step.kind is StepKind.DEVICE:
            tests_center.approve_device(aws, step.user_code, answer)

    return Heard(at)


def refused(aws: EmbeddedAws, heard: Heard, answer: str = "", given: str = "") -> str:
    with no_thread_left(), pytest.raises(ProblemError) as caught:
        proving.prove(SOURCE, heard, means(aws, answer), given)
    return caught.value.problem.code


def calls(aws: EmbeddedAws) -> list[str]:
    return [call["action"] for call in fetch_json(f"{aws.demo_url}/calls")]


def test_by_browser(aws: EmbeddedAws, home: Path) -> None:
    heard = Heard()
    proof = proving.prove(SOURCE, heard, means(aws, "allow"))
    kinds = [step.kind for step in heard.steps]
    assert kinds == [StepKind.WAITING, StepKind.BROWSER, StepKind.WAITING]
    shown = heard.steps[1]
    assert shown.url.startswith("http://127.0.0.1:")  # a one-time address, and no state in it
    assert "state" not in shown.url
    assert shown.until == pytest.approx(aws.clock.now() + 600, abs=5)
    assert proof.key == SOURCE.proof_key
    assert proof.refresh
    kept = cache(home).token(PORTAL)
    assert kept
    assert kept.access == proof.token
    assert proof.token not in repr(proof)


def test_the_second_sign_in_is_none(aws: EmbeddedAws) -> None:
    first = proving.prove(SOURCE, Heard(), means(aws, "allow"))
    heard = Heard()
    again = proving.prove(SOURCE, heard, means(aws))
    assert again.token == first.token
    assert [step.kind for step in heard.steps] == [StepKind.WAITING]
    assert calls(aws).count("CreateToken") == 1


def test_a_registration_is_used_again(aws: EmbeddedAws, home: Path) -> None:
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    cache(home).forget_token(PORTAL)
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    assert calls(aws).count("RegisterClient") == 1
    cache(home).forget_token(PORTAL)
    aws.clock.advance(90 * 86400 - 600)
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    assert calls(aws).count("RegisterClient") == 2


def test_by_code_where_there_is_no_browser(aws: EmbeddedAws, home: Path) -> None:
    heard = typing(aws)
    proof = proving.prove(SOURCE, heard, means(aws))
    assert [step.kind for step in heard.steps] == [
        StepKind.WAITING, StepKind.DEVICE,
    ]  # fmt: skip
    assert heard.steps[1].url == f"{aws.identity_center_url}/device"
    assert cache(home).token(PORTAL).access == proof.token  # type: ignore[union-attr]


def test_by_code_on_request_and_where_the_browser_does_not_start(aws: EmbeddedAws) -> None:
    heard = typing(aws)
    proving.prove(SOURCE, heard, means(aws, "allow"), BY_CODE)
    assert StepKind.BROWSER not in [step.kind for step in heard.steps]
    broken = replace(
        means(aws), environ={**means(aws).environ, "BROWSER": "/no/such/browser", "PATH": "/none"}
    )
    heard = typing(aws)
    aws.identity_center.tokens.end_all()
    proving.prove(SOURCE, heard, broken)
    assert heard.steps[-1].kind is StepKind.DEVICE


def test_denied_in_the_browser(aws: EmbeddedAws, home: Path) -> None:
    assert refused(aws, Heard(), "deny") == "sign_in_denied"
    assert cache(home).token(PORTAL) is None


def test_denied_at_the_device_page(aws: EmbeddedAws) -> None:
    assert refused(aws, typing(aws, "deny")) == "sign_in_denied"


def test_a_stranger_s_state_changes_nothing(aws: EmbeddedAws) -> None:
    proof = proving.prove(SOURCE, Heard(), means(aws, "forge"))
    assert proof.live(aws.clock.now())


def cancelling(kind: StepKind) -> Heard:
    heard = Heard(lambda step: setattr(heard, "cancelled", step.kind is kind))
    return heard


@pytest.mark.parametrize(
    ("answer", "at"),
    [("close", StepKind.BROWSER), ("none", StepKind.BROWSER), ("", StepKind.DEVICE)],
)
def test_cancelled_within_a_second(aws: EmbeddedAws, home: Path, answer: str, at: StepKind) -> None:
    started = time.monotonic()
    assert refused(aws, cancelling(at), answer) == "sign_in_cancelled"
    assert time.monotonic() - started < 8  # the calls before it, and a second; minutes if not
    assert cache(home).token(PORTAL) is None


def test_a_browser_closed_half_way_is_waited_for_and_told(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = proving.Callback.wait
    monkeypatch.setattr(
        proving.Callback, "wait", lambda self, cancelled: patient(self, cancelled, patience=0.5)
    )
    assert refused(aws, Heard(), "close") == "browser_did_not_return"


def test_a_browser_that_never_comes_ends_in_a_code(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve = page.OneTimeRedirect.serve
    monkeypatch.setattr(
        page.OneTimeRedirect, "serve", lambda self, cancelled: serve(self, 0.3, cancelled)
    )
    heard = typing(aws)
    proving.prove(SOURCE, heard, means(aws, "none"))
    kinds = [step.kind for step in heard.steps]
    assert kinds.index(StepKind.BROWSER) < kinds.index(StepKind.DEVICE)


def test_no_port_to_come_back_to_is_told(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def taken(*_any: object) -> None:
        raise OSError("address in use")

    monkeypatch.setattr("rolecall.storage.callback.Loopback", taken)
    assert refused(aws, Heard(), "allow") == "callback_port_taken"
    assert cache(home).token(PORTAL) is None
    proof = proving.prove(
        SOURCE, typing(aws), means(aws, "allow"), BY_CODE
    )  # the other way is open
    assert proof.live(aws.clock.now())


def test_a_code_nobody_types_grows_old(aws: EmbeddedAws) -> None:
    heard = Heard(lambda step: aws.clock.advance(601) if step.kind is StepKind.DEVICE else None)
    assert refused(aws, heard) == "device_code_over"


def test_polling_survives_a_bad_minute_of_the_network(aws: EmbeddedAws) -> None:
    def at(step: Step) -> None:
        if step.kind is StepKind.DEVICE:
            fetch(f"{aws.demo_url}/fault", {"kind": "500", "action": "CreateToken", "count": "2"})
            tests_center.approve_device(aws, step.user_code)

    waits: list[float] = []
    sign_in = proving.SignInAt(PORTAL, means(aws), waits.append)
    assert sign_in.run(Heard(at)).refresh
    assert sum(waits) == pytest.approx(3.0)
    fetch(f"{aws.demo_url}/fault", {"kind": "500", "action": "CreateToken", "count": "9"})
    with pytest.raises(ProblemError) as caught:
        proving.SignInAt(PORTAL, means(aws), waits.append).run(Heard(), BY_CODE)
    assert caught.value.problem.exit is Exit.NETWORK


# --- the shared token ----------------------------------------------------------------------


def test_a_due_token_is_refreshed_without_a_person(aws: EmbeddedAws, home: Path) -> None:
    first = proving.prove(SOURCE, Heard(), means(aws, "allow"))
    aws.clock.advance(3600 - 800)
    fresh = proving.recall(SOURCE, means(aws))
    assert fresh
    assert fresh.token != first.token
    assert cache(home).token(PORTAL).access == fresh.token  # type: ignore[union-attr]
    aws.clock.advance(3600 * 8)
    assert proving.recall(SOURCE, means(aws)) is None


def test_a_token_that_cannot_be_refreshed_serves_to_its_end(aws: EmbeddedAws) -> None:
    bare = Source(
        SOURCE.kind,
        SOURCE.name,
        tuple(s for s in SOURCE.settings if s[0] != "sso_session"),
    )
    sign_in = proving.SignInAt(Portal(START_URL, REGION, "", ()), means(aws))
    token = sign_in.run(typing(aws))
    assert not token.refresh
    aws.clock.advance(8 * 3600 - 30)
    proof = proving.recall(bare, means(aws))
    assert proof
    assert proof.token == token.access
    aws.clock.advance(40)
    assert proving.recall(bare, means(aws)) is None


def test_a_refused_refresh_leaves_the_token_to_its_end(aws: EmbeddedAws) -> None:
    first = proving.prove(SOURCE, Heard(), means(aws, "allow"))
    aws.clock.advance(3600 - 800)
    fetch(f"{aws.demo_url}/fault", {"kind": "500", "action": "CreateToken"})
    kept = proving.recall(SOURCE, means(aws))
    assert kept
    assert kept.token == first.token


def test_without_a_network_nobody_is_asked_in_vain(aws: EmbeddedAws) -> None:
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    aws.clock.advance(3700)  # over, and only the network stands between it and the next one
    fetch(f"{aws.demo_url}/fault", {"kind": "garbage", "action": "CreateToken", "count": "2"})
    for ask in (proving.recall, lambda source, of: proving.renewed(source, None, of)):
        with pytest.raises(ProblemError) as caught:
            ask(SOURCE, means(aws))
        assert caught.value.problem.exit is Exit.NETWORK
    assert proving.recall(SOURCE, means(aws))


@pytest.mark.parametrize("kind", ["garbage", "empty", "cut"])
def test_a_token_is_not_good_because_a_hotel_says_so(aws: EmbeddedAws, kind: str) -> None:
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    fetch(f"{aws.demo_url}/fault", {"kind": kind, "action": "ListAccounts"})
    with pytest.raises(ProblemError) as caught:
        proving.recall(SOURCE, means(aws))
    assert caught.value.problem.code == "garbage"
    assert proving.recall(SOURCE, means(aws))


def test_ten_refresh_at_once_and_one_call_is_made(aws: EmbeddedAws) -> None:
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    aws.clock.advance(3600 - 800)
    before = calls(aws).count("CreateToken")
    found: list[Proof | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(proving.recall(SOURCE, means(aws))))
        for _ in range(10)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.token for one in found if one}) == 1
    assert len(found) == 10
    assert calls(aws).count("CreateToken") == before + 1


def test_a_token_ended_by_an_administrator_is_not_taken(aws: EmbeddedAws) -> None:
    first = proving.prove(SOURCE, Heard(), means(aws, "allow"))
    aws.identity_center.tokens.end_all()
    again = proving.prove(SOURCE, Heard(), means(aws, "allow"))
    assert again.token != first.token


@pytest.mark.parametrize("named", ["acme", ""])
def test_a_sign_out_ends_every_sign_in_of_that_identity_center(
    aws: EmbeddedAws, home: Path, named: str
) -> None:
    for source in (SOURCE, LEGACY):
        proving.prove(source, Heard(), means(aws, "allow"))
    portals = [PORTAL, Portal.of(LEGACY)]
    tokens = [cache(home).token(each) for each in portals]
    assert proving.sign_out(replace(PORTAL, session=named), means(aws))
    assert calls(aws).count("Logout") == 2
    assert [cache(home).token(each) for each in portals] == [None, None]
    for portal, token in zip(portals, tokens, strict=True):
        assert token
        with pytest.raises(ProblemError):
            proving.IdentityCenter(aws.clock.now).check(portal, token)
    assert not proving.sign_out(replace(PORTAL, session=named), means(aws))


def test_a_sign_out_finds_the_only_sign_in_by_its_start_url(aws: EmbeddedAws) -> None:
    proving.prove(LEGACY, Heard(), means(aws, "allow"))
    assert proving.sign_out(PORTAL, means(aws))


def test_a_registration_that_is_forgotten_there_heals(aws: EmbeddedAws, home: Path) -> None:
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    cache(home).forget_token(PORTAL)
    aws.identity_center.oidc._clients.clear()
    heard = Heard()

    def gives_up(step: Step) -> None:
        heard.cancelled = step.kind is StepKind.BROWSER

    heard._at_step = gives_up
    assert refused(aws, heard, "close") == "sign_in_cancelled"
    proving.prove(SOURCE, Heard(), means(aws, "allow"))


def test_a_folder_that_cannot_be_written_does_not_lose_the_sign_in(
    aws: EmbeddedAws, home: Path
) -> None:
    (home / ".aws").write_text("in the way")
    proof = proving.prove(SOURCE, Heard(), means(aws, "allow"))
    assert proof.live(aws.clock.now())


CONFIG = f"""
[sso-session acme]
sso_start_url = {START_URL}
sso_region = {REGION}
sso_registration_scopes = sso:account:access
[profile payments]
sso_session = acme
sso_account_id = 222222222222
sso_role_name = PowerUser
region = eu-central-1
"""


def boto3_says(aws: EmbeddedAws, home: Path, code: str) -> str:
    """Run some lines with boto3 in a process of its own: its cache folder is fixed when it is imported."""
    (home / ".aws" / "config").write_text(CONFIG)
    environ = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "AWS_PROFILE": "payments",
        "AWS_ENDPOINT_URL_SSO": aws.identity_center_url,
        "AWS_ENDPOINT_URL_SSO_OIDC": aws.identity_center_url,
        "AWS_ENDPOINT_URL_STS": aws.url,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=environ, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_boto3_uses_the_token_we_wrote(aws: EmbeddedAws, home: Path) -> None:
    proving.prove(SOURCE, Heard(), means(aws, "allow"))
    arn = boto3_says(
        aws, home, "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])"
    )
    assert "assumed-role/AWSReservedSSO_PowerUser_" in arn


def test_boto3_refreshes_it_and_we_go_on_with_that(aws: EmbeddedAws, home: Path) -> None:
    aws.identity_center.tokens.access_seconds = 600  # due from its first moment on
    first = proving.prove(SOURCE, Heard(), means(aws, "allow"))
    boto3_says(aws, home, "import boto3; boto3.client('sts').get_caller_identity()")
    kept = cache(home).token(PORTAL)
    assert kept
    assert kept.access != first.token
    aws.identity_center.tokens.access_seconds = 3600
    ours = proving.recall(SOURCE, means(aws))
    assert ours
    assert ours.live(aws.clock.now() + 3000)


CLI_2_SIGNS_IN = f"""
import sys
import awscli.botocore.session
from awscli.customizations.sso.utils import do_sso_login
session = awscli.botocore.session.Session()
class Pointed:
    def create_client(self, service, config=None):
        return session.create_client(service, config=config, endpoint_url=sys.argv[1])
def pending(userCode, **_more):
    print(userCode, flush=True)
do_sso_login(Pointed(), {REGION!r}, {START_URL!r}, on_pending_authorization=pending,
             registration_scopes=["sso:account:access"], session_name="acme")
"""
"""`aws sso login` of the AWS CLI 2 that Debian has: its own code, which knows no AWS_ENDPOINT_URL yet."""


def test_the_aws_cli_2_signs_in_and_we_use_its_token(aws: EmbeddedAws, home: Path) -> None:
    if not Path("/usr/lib/python3/dist-packages/awscli/botocore").is_dir():
        pytest.skip("no AWS CLI 2 here")
    child = subprocess.Popen(
        ["/usr/bin/python3", "-c", CLI_2_SIGNS_IN, aws.identity_center_url],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with child:
        assert child.stdout
        tests_center.approve_device(aws, child.stdout.readline().strip())
    assert child.returncode == 0
    heard = Heard()
    proof = proving.prove(SOURCE, heard, means(aws))
    assert [step.kind for step in heard.steps] == [StepKind.WAITING]
    written = json.loads((home / ".aws/sso/cache" / f"{token_key(PORTAL)}.json").read_text())
    assert proof.token == written["accessToken"]
    assert proof.refresh
