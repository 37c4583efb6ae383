"""Cognito from the program's side, over HTTP against the embedded one: both flows, guests, each refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from aws.embedded import client_of, fetch_json
from aws.scripted_server import answer, scripted
from aws.web_person import Attempt
from rolecall.aws.cognito import Cognito
from rolecall.aws.messages import Answer
from rolecall.aws.sts import Sts
from rolecall.aws.unsigned import Unsigned
from rolecall.demo.faults import Fault
from rolecall.demo.server import EmbeddedAws
from rolecall.demo.web_company import CLOSED_POOL, POOL
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.plan import plan
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.proof import Proof
from rolecall.domain.role import Role
from rolecall.domain.route import Call, Route, Wish
from rolecall.domain.state import State
from rolecall.sign_in import first_answer

SANDBOX = "arn:aws:iam::333333333333:role"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY", running.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_STS", running.url)
        monkeypatch.setattr("rolecall.sign_in._cognito", Cognito)
        yield running


def entry(aws: EmbeddedAws, *, guest: bool = False, **other: str) -> Role:
    """A role of roles.toml as the catalogue reads it."""
    login = {"oidc_issuer": f"{aws.url}/idp", "oidc_client_id": "rolecall"}
    profile = {"cognito_identity_pool_id": POOL.pool_id, **({} if guest else login), **other}
    return Catalogue(profiles={"pool": profile}, entries=frozenset({"pool"})).role("pool")


def route(role: Role, wish: Wish = Wish(), proof: Proof | None = None) -> Route | Problem:
    state = State(proofs={proof.key: proof} if proof else {})
    return plan(state, role, wish, 0.0)


def taken(aws: EmbeddedAws, role: Role, token: str = "", wish: Wish = Wish()) -> Answer:
    """The first call of the entry's route."""
    found = route(role, wish, Proof(role.source.proof_key, token, 9e9, 0.0) if token else None)
    assert isinstance(found, Route)
    given = Proof("", token, 9e9, 0.0) if token else None
    return first_answer(found.hops[0], role.source, role, given, Sts(), aws.clock.now)


def problem(work: Callable[[], object]) -> str:
    with pytest.raises(ProblemError) as caught:
        work()
    assert caught.value.__context__ is None
    return caught.value.problem.code


def arn(aws: EmbeddedAws, answer: Answer) -> str:
    held = answer.credentials
    keys = {
        "AccessKeyId": held.access_key_id, "SecretAccessKey": held.secret_access_key,
        "SessionToken": held.session_token,
    }  # fmt: skip
    with client_of(aws, keys) as sts:
        return str(sts.get_caller_identity()["Arn"])


def token(aws: EmbeddedAws, client: str = "rolecall") -> str:
    return str(Attempt(aws, client).redeemed()["id_token"])


def test_the_pool_chooses_the_role(aws: EmbeddedAws) -> None:
    answer = taken(aws, entry(aws), token(aws))
    assert "/CognitoUser/" in arn(aws, answer)
    assert answer.expires_at == pytest.approx(aws.clock.now() + 3600, abs=3)


def test_a_role_of_those_it_offers(aws: EmbeddedAws) -> None:
    power = entry(aws, role_arn=f"{SANDBOX}/CognitoPower")
    assert "/CognitoPower/" in arn(aws, taken(aws, power, token(aws)))
    other = entry(aws, role_arn=f"{SANDBOX}/Admin")
    assert problem(lambda: taken(aws, other, token(aws))) == "pool_refused_login"


def test_the_basic_flow(aws: EmbeddedAws) -> None:
    role = entry(
        aws, cognito_flow="basic", role_arn=f"{SANDBOX}/CognitoUser", duration_seconds="1800"
    )
    answer = taken(aws, role, token(aws))
    assert answer.arn == arn(aws, answer)
    assert "/CognitoUser/" in answer.arn
    assert answer.expires_at == pytest.approx(aws.clock.now() + 1800, abs=3)
    narrow = Wish(policy='{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}')
    assert taken(aws, role, token(aws), narrow).packed_policy_size


def test_a_guest_stays_the_same_guest(aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Cognito(Unsigned())
    monkeypatch.setattr("rolecall.sign_in._cognito", lambda _unsigned: kept)
    role = entry(aws, guest=True)
    assert "/CognitoGuest/" in arn(aws, taken(aws, role))
    taken(aws, role)
    assert _calls(aws).count("GetId") == 1
    aws.web.cognito._identities.clear()  # the pool was emptied meanwhile
    taken(aws, role)
    assert _calls(aws).count("GetId") == 2


def test_a_guest_by_the_basic_flow(aws: EmbeddedAws) -> None:
    role = entry(aws, guest=True, cognito_flow="basic", role_arn=f"{SANDBOX}/CognitoGuest")
    assert "/CognitoGuest/" in arn(aws, taken(aws, role))


def test_each_refusal(aws: EmbeddedAws) -> None:
    closed = {"cognito_identity_pool_id": CLOSED_POOL.pool_id}
    nowhere = {"cognito_identity_pool_id": "eu-central-1:00000000-0000-0000-0000-000000000000"}
    basic = {"cognito_flow": "basic", "role_arn": f"{SANDBOX}/CognitoUser"}
    assert problem(lambda: taken(aws, entry(aws, guest=True, **closed))) == "pool_takes_no_guests"
    assert problem(lambda: taken(aws, entry(aws, guest=True, **nowhere))) == "no_such_pool"
    other = token(aws, "other-program")
    assert problem(lambda: taken(aws, entry(aws), other)) == "pool_refused_login"
    known = entry(aws, **closed, **basic)
    assert problem(lambda: taken(aws, known, token(aws))) == "pool_refused_flow"
    elsewhere = entry(aws, cognito_login="accounts.google.com")
    assert problem(lambda: taken(aws, elsewhere, token(aws))) == "pool_refused_login"
    wrong = entry(aws, **{**basic, "role_arn": f"{SANDBOX}/CognitoGuest"})
    assert problem(lambda: taken(aws, wrong, token(aws))) == "access_denied"


def test_a_pool_without_a_role_for_its_own(aws: EmbeddedAws) -> None:
    del aws.catalogue.roles[f"{SANDBOX}/CognitoGuest"]
    assert problem(lambda: taken(aws, entry(aws, guest=True))) == "pool_without_role"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("throttle", "throttled"),
        ("garbage", "garbage"),
        ("empty", "garbage"),
        ("cut", "garbage"),
        ("500", "aws_unavailable"),
    ],
)
@pytest.mark.parametrize("call", ["GetId", "GetOpenIdToken", "GetCredentialsForIdentity"])
def test_bad_weather(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, call: str, kind: str, code: str
) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    basic = {"cognito_flow": "basic", "role_arn": f"{SANDBOX}/CognitoGuest"}
    role = entry(aws, guest=True, **(basic if call == "GetOpenIdToken" else {}))
    aws.faults.add(Fault(kind, 9, call))
    assert problem(lambda: taken(aws, role)) == code
    aws.faults.clear()
    assert "/CognitoGuest/" in arn(aws, taken(aws, role))


@pytest.mark.parametrize("body", ["", "{", "[]", "{}", '{"IdentityId": ""}', "<html>hotel</html>"])
def test_an_answer_to_get_id_that_is_not_of_aws(
    aws: EmbeddedAws, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    with scripted(answer(body)) as script:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY", script.url)
        assert problem(lambda: taken(aws, entry(aws, guest=True))) == "garbage"
    assert len(script.requests) == 1


def test_a_moment_of_it_is_sat_out(aws: EmbeddedAws) -> None:
    aws.faults.add(Fault("throttle", 1, "GetId"))
    assert "/CognitoGuest/" in arn(aws, taken(aws, entry(aws, guest=True)))


def test_the_route_is_drawn_before_any_call(aws: EmbeddedAws) -> None:
    role = entry(aws)
    found = route(role)
    assert isinstance(found, Route)
    assert found.proof_key == role.source.proof_key
    assert [(hop.call, hop.duration_seconds) for hop in found.drawn] == [
        (Call.GET_CREDENTIALS_FOR_IDENTITY, 0)
    ]
    guest = route(entry(aws, guest=True))
    assert isinstance(guest, Route)
    assert (guest.proof_key, guest.renews_itself) == ("", True)
    assert "guest" in str(guest.reasons[0])


def test_the_enhanced_flow_takes_no_session_policy(aws: EmbeddedAws) -> None:
    found = route(entry(aws), Wish(policy="{}"))
    assert isinstance(found, Problem)
    assert found.code == "not_narrowable"


def test_a_chain_from_a_pool(aws: EmbeddedAws) -> None:
    profiles = {
        "pool": {"cognito_identity_pool_id": POOL.pool_id},
        "on": {"role_arn": f"{SANDBOX}/Onward", "source_profile": "pool"},
    }
    role = Catalogue(profiles=profiles, entries=frozenset({"pool"})).role("on")
    found = plan(State(), role, Wish(duration_seconds=7200), 0.0)
    assert isinstance(found, Route)
    assert [(hop.call, hop.duration_seconds) for hop in found.hops] == [
        (Call.GET_CREDENTIALS_FOR_IDENTITY, 0),
        (Call.ASSUME_ROLE, 3600),
    ]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"cognito_identity_pool_id": "here"}, "cognito_identity_pool_id"),
        ({"cognito_identity_pool_id": "eu-central-1:" + "a" * 60}, "cognito_identity_pool_id"),
        ({"cognito_flow": "new"}, "cognito_flow"),
        ({"cognito_flow": "basic"}, "role_arn"),
        ({"oidc_issuer": "http://idp.example"}, "oidc_issuer"),
        ({"oidc_client_id": ""}, "oidc_client_id"),
    ],
)
def test_settings_that_do_not_fit_are_told_before_anybody_signs_in(
    aws: EmbeddedAws, changed: dict[str, str], key: str
) -> None:
    found = entry(aws, **changed).problem
    assert found is not None
    assert key in str(found.title)
    assert found.exit is Exit.LOCAL


def _calls(aws: EmbeddedAws) -> list[str]:
    return [call["action"] for call in fetch_json(f"{aws.demo_url}/calls")]
