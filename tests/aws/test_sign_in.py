"""Routes that `plan` draws, walked with real calls against the embedded AWS, which refuses what AWS refuses."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

import boto3
import pytest

from aws.roles import CANARIES, assume, role
from rolecall.aws.destination import Destination
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Fault
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.plan import plan
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.role import Role
from rolecall.domain.route import Route, Wish
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.state import State
from rolecall.sign_in import SignedIn, SignInError, Sts, console_url, sign_in

PHONE = "arn:aws:iam::111111111111:mfa/alex-phone"


class Person:
    """Somebody with the demo's profiles, their keys, and the phone in their hand."""

    def __init__(self, aws: EmbeddedAws, clock: DemoClock) -> None:
        self.aws, self.clock, self.sts = aws, clock, Sts()
        self.catalogue = Catalogue(
            {one.name: self._profile(one.name) for one in aws.catalogue.profiles}
        )
        self.state = State(catalogue=self.catalogue)

    def _profile(self, name: str) -> dict[str, str]:
        one = next(p for p in self.aws.catalogue.profiles if p.name == name)
        keys = ("role_arn", "source_profile", "mfa_serial", "external_id", "role_session_name")
        found = {key: getattr(one, key) for key in keys if getattr(one, key)}
        found |= {"region": one.region, "endpoint_url": self.aws.url}
        if one.duration_seconds:
            found["duration_seconds"] = str(one.duration_seconds)
        if one.keys:
            found |= {"aws_access_key_id": "known", "aws_secret_access_key": "known"}
        return found

    def role(self, name: str) -> Role:
        return self.catalogue.role(name)

    def keys(self, name: str) -> Credentials:
        held = self.aws.catalogue.users[self.role(name).source.name]
        return Credentials(held.access_key_id, held.secret)

    def route(self, name: str, wish: Wish | None = None) -> Route:
        found = plan(self.state, self.role(name), wish or Wish(), self.clock.now())
        assert isinstance(found, Route)
        return found

    def take(self, name: str, wish: Wish | None = None, code: str | None = None) -> SignedIn:
        return self.walk(self.route(name, wish), code)

    def walk(self, route: Route, code: str | None = None) -> SignedIn:
        if route.needs_code and code is None:
            code = self.aws.code(route.code_serial)[0]
        asked = self.role(route.role)
        return sign_in(route, asked, lambda: self.keys(route.role), self.sts, code, self.clock.now)

    def refused(self, name: str, code: str | None = None, wish: Wish | None = None) -> SignInError:
        with pytest.raises(SignInError) as caught:
            self.take(name, wish, code)
        assert caught.value.__cause__ is None
        return caught.value

    def actions(self) -> list[object]:
        return [call["action"] for call in self.aws.calls.listed()]


@pytest.fixture
def person() -> Iterator[Person]:
    clock = DemoClock()
    with EmbeddedAws(clock) as aws:
        yield Person(aws, clock)


def caller(person: Person, session: Session) -> str:
    """Who boto3, given the session, is told to be."""
    held = session.credentials
    client = boto3.client(
        "sts",
        endpoint_url=person.aws.url,
        region_name=session.region or "eu-west-1",
        aws_access_key_id=held.access_key_id,
        aws_secret_access_key=held.secret_access_key,
        aws_session_token=held.session_token,
    )
    return str(client.get_caller_identity()["Arn"])


def test_a_role_without_a_code(person: Person) -> None:
    found = person.take("prod-readonly")
    made = found.session
    assert (made.name, made.origin, made.region) == ("prod-readonly", Origin.KEYS, "eu-central-1")
    assert made.lifetime == pytest.approx(3600, abs=2)
    assert (found.skew, found.shared) == (0.0, None)
    assert made.arn.startswith("arn:aws:sts::222222222222:assumed-role/ReadOnly/")
    assert made.user_id.startswith("AROA")
    assert caller(person, made) == made.arn


def test_one_code_makes_the_shared_session_and_the_role_and_both_come_back(person: Person) -> None:
    found = person.take("prod-admin")
    assert found.session.origin is Origin.SHARED
    assert found.shared is not None
    assert (found.shared.name, found.shared.origin) == ("alex", Origin.SESSION_TOKEN_MFA)
    assert found.shared.lifetime == pytest.approx(43200, abs=2)
    assert caller(person, found.session) == found.session.arn
    assert caller(person, found.shared) == "arn:aws:iam::111111111111:user/alex"


def test_a_live_shared_session_serves_the_next_role_without_keys_or_code(person: Person) -> None:
    shared = person.take("prod-admin").shared
    assert shared is not None
    person.state = replace(person.state, shared={("alex", PHONE): shared})
    route = person.route("proto-readonly")
    assert not route.needs_code

    def no_keys() -> Credentials:
        raise AssertionError("the keys are not needed")

    found = sign_in(
        route, person.role("proto-readonly"), no_keys, person.sts, None, person.clock.now
    )
    assert found.session.lifetime == pytest.approx(900, abs=2)
    assert found.shared is None


def test_a_code_of_its_own_gives_the_roles_full_life(person: Person) -> None:
    found = person.take("data-notebook")
    assert found.session.origin is Origin.OWN_CODE
    assert found.session.lifetime == pytest.approx(28800, abs=2)
    assert person.actions() == ["AssumeRole"]


def test_a_chain_is_walked_to_its_end_and_only_its_end_is_kept(person: Person) -> None:
    found = person.take("data-warehouse")
    assert found.session.origin is Origin.CHAINED
    assert found.session.arn.startswith("arn:aws:sts::555512340000:assumed-role/Warehouse/")
    assert found.session.lifetime == pytest.approx(3600, abs=2)
    assert person.actions() == ["GetSessionToken", "AssumeRole", "AssumeRole", "AssumeRole"]


def test_a_role_in_another_partition(person: Person) -> None:
    found = person.take("gov-auditor")
    assert found.session.arn.startswith("arn:aws-us-gov:sts::444444444444:assumed-role/Auditor/")
    assert caller(person, found.session) == found.session.arn


def test_a_key_identity_takes_its_own_session(person: Person) -> None:
    found = person.take("alex")
    assert found.session.origin is Origin.SESSION_TOKEN_MFA
    assert (found.session.name, found.session.role_arn, found.shared) == ("alex", "", None)
    plain = person.take("build")
    assert plain.session.origin is Origin.SESSION_TOKEN


def test_a_session_policy_gets_a_scope_of_its_own(person: Person) -> None:
    statement = '{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}'
    wish = Wish(policy=f'{{"Version":"2012-10-17","Statement":[{statement}]}}')
    assert person.take("prod-readonly", wish).session.scope == wish.scope != ""


def test_a_used_code_is_told_from_a_wrong_device(person: Person) -> None:
    code = person.aws.code(PHONE)[0]
    person.take("prod-admin", code=code)
    used = person.refused("prod-admin", code)
    assert used.problem.code == "mfa_code_refused"
    assert (used.hop_index, used.shared) == (0, None)
    assert used.problem.retry_at is not None
    assert 0 < used.problem.retry_at - person.clock.now() <= 30
    foreign = replace(
        person.route("prod-admin"),
        hops=(
            replace(
                person.route("prod-admin").hops[0],
                serial="arn:aws:iam::111111111111:mfa/sam-tablet",
            ),
        ),
    )
    with pytest.raises(SignInError) as caught:
        person.walk(foreign, code)
    assert caught.value.problem.code == "mfa_device_wrong"


def test_the_shared_session_outlives_a_refusal_after_it(person: Person) -> None:
    shared_way = person.route("prod-admin")
    sealed = replace(shared_way.hops[1], role_arn="arn:aws:iam::333333333333:role/Sealed")
    with pytest.raises(SignInError) as caught:
        person.walk(replace(shared_way, hops=(shared_way.hops[0], sealed)))
    assert caught.value.problem.code == "access_denied"
    assert caught.value.hop_index == 1
    assert caught.value.shared is not None
    assert caller(person, caught.value.shared).endswith(":user/alex")


@pytest.mark.parametrize(
    ("name", "first"),
    [("sealed", "MFA"), ("forgotten-mfa", "MFA"), ("ci-deploy", "")],
)
def test_plain_refusals_come_with_ranked_causes(person: Person, name: str, first: str) -> None:
    if name == "ci-deploy":
        assert person.take(name).session.name == name
        return
    problem = person.refused(name).problem
    assert (problem.code, problem.exit) == ("access_denied", Exit.REFUSED)
    assert first in str(problem.causes[0].title)
    assert len(problem.causes) >= 4


def test_the_external_id_is_sent_and_its_lack_is_among_the_causes(person: Person) -> None:
    assert person.take("vendor-audit").session.name == "vendor-audit"
    route = person.route("vendor-audit")
    without = replace(route, hops=(replace(route.hops[0], external_id=""),))
    with pytest.raises(SignInError) as caught:
        person.walk(without)
    assert any("external id" in str(cause.title) for cause in caught.value.problem.causes)


def test_durations_over_the_role_and_over_the_chain_are_told_apart(person: Person) -> None:
    route = person.route("prod-admin", Wish(duration_seconds=14400, own_code=True))
    longer = replace(route, hops=(replace(route.hops[0], duration_seconds=14401),))
    with pytest.raises(SignInError) as over_role:
        person.walk(longer)
    assert over_role.value.problem.code == "duration_over_role_max"
    person.clock.advance(60)
    chained = person.route("data-prod-deploy")
    hops = (*chained.hops[:-1], replace(chained.hops[-1], duration_seconds=3601))
    with pytest.raises(SignInError) as over_chain:
        person.walk(replace(chained, hops=hops))
    assert over_chain.value.problem.code == "duration_over_chain_cap"


def test_a_dead_shared_session_is_called_expired(person: Person) -> None:
    shared = person.take("prod-admin").shared
    assert shared is not None
    person.state = replace(person.state, shared={("alex", PHONE): shared})
    route = person.route("prod-admin")
    person.clock.advance(43300)
    with pytest.raises(SignInError) as caught:
        person.walk(route)
    assert caught.value.problem.code == "session_expired"


def test_wrong_keys_are_told_from_a_wrong_secret(person: Person) -> None:
    route, asked = person.route("prod-readonly"), person.role("prod-readonly")
    right = person.keys("prod-readonly")
    for keys, code in [
        (Credentials("AKIACANARY00000000A", "canary-secret"), "keys_invalid"),
        (Credentials(right.access_key_id, "canary-secret"), "signature_refused"),
    ]:
        with pytest.raises(SignInError) as caught:
            sign_in(route, asked, lambda keys=keys: keys, person.sts, None, person.clock.now)
        assert caught.value.problem.code == code
        assert not [c for c in CANARIES if c in "".join(caught.value.problem.lines())]


@pytest.mark.parametrize("skew", [1200.0, -1200.0])
def test_a_wrong_clock_is_named_in_minutes(person: Person, skew: float) -> None:
    person.clock.set_skew(skew)
    problem = person.refused("prod-readonly").problem
    assert problem.code == "clock_skew"
    assert "20 min" in str(problem.title)


def test_a_small_skew_is_measured_and_told(person: Person) -> None:
    person.clock.set_skew(90)
    assert person.take("prod-readonly").skew == pytest.approx(90, abs=1)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("region-disabled", "region_disabled"),
        ("garbage", "garbage"),
        ("empty", "garbage"),
        ("cut", "garbage"),
        ("500", "aws_unavailable"),
        ("throttle", "throttled"),
    ],
)
def test_bad_weather_while_a_code_is_on_its_way_makes_one_call(
    person: Person, kind: str, code: str
) -> None:
    person.aws.faults.add(Fault(kind, 9))
    assert person.refused("prod-admin").problem.code == code
    assert len(person.aws.calls.listed()) == 1


def test_without_a_code_a_bad_moment_is_bridged(person: Person) -> None:
    person.aws.faults.add(Fault("500", 1))
    assert person.take("prod-readonly").session.name == "prod-readonly"


def test_a_problem_with_the_keys_passes_through(person: Person) -> None:
    locked = ProblemError(Problem("keyring_locked", person.refused("sealed").problem.title))

    def keys() -> Credentials:
        raise locked

    route, asked = person.route("prod-readonly"), person.role("prod-readonly")
    with pytest.raises(ProblemError) as caught:
        sign_in(route, asked, keys, person.sts, None, person.clock.now)
    assert caught.value is locked


@pytest.mark.parametrize("name", ["prod-readonly", "prod-admin", "data-warehouse", "data-notebook"])
def test_the_console_url_signs_in(person: Person, name: str) -> None:
    made = person.take(name).session
    url = console_url(made, Destination("s3"), person.aws.signin_url)
    with urllib.request.urlopen(url, timeout=5) as page:
        text = page.read().decode()
    assert page.status == 200
    assert made.arn.split("/")[1] in text


def test_one_client_serves_all_roles_of_a_region(person: Person) -> None:
    for name in ("prod-readonly", "vendor-audit", "sandbox-admin"):
        person.take(name)
    assert len(person.sts._clients) == 1


def test_signing_in_again_is_quick_once_warm(person: Person) -> None:
    person.take("prod-readonly")
    times = []
    for _ in range(5):
        started = time.perf_counter()
        person.take("prod-readonly")
        times.append(time.perf_counter() - started)
    assert min(times) < 0.25, "a new client would cost more each time"


def test_moto_is_content_with_the_calls_too() -> None:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        asked = role(f"http://{host}:{port}")
        keys = Credentials("AKIAIOSFODNN7EXAMPLE", "secret")
        answer = Sts().call(assume(session_name="me"), keys, None, asked, time.time)
        assert answer.arn == "arn:aws:sts::123456789012:assumed-role/dev/me"
        assert Sts().caller_identity(answer.credentials, asked) == answer.arn
    finally:
        server.stop()
