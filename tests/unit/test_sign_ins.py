"""Sign-ins at identity providers: one for all who wait, asked once, given up, repeated, over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.aws.messages import Answer
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import Exit, Problem, ProblemError, Text
from rolecall.domain.proof import Proof, Step, StepKind, Talk
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.route import Call, Hop, Route, Wish
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.state import RoleState, role_state
from rolecall.proving import prove as proving
from rolecall.proving.means import Means
from unit.builders import NOW, arn
from unit.test_actions import House

SAML = {
    "saml_login_url": "https://idp.example/aws",
    "saml_provider_arn": "arn:x",
    "role_arn": arn("Staff"),
}
PROFILES = {
    "staff": SAML,
    "staff-too": {**SAML, "role_arn": arn("Other")},
    "behind": {"role_arn": arn("Behind", "333333333333"), "source_profile": "staff"},
}


class SamlHouse(House):
    """A House whose roles stand on one SAML sign-in. `people`: what the next sign-ins come to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.wanted: list[str] = []
        self.talks: list[Talk] = []
        self.given: list[str] = []
        self.people: list[Proof | Problem] = []
        catalogue = Catalogue(profiles=PROFILES, entries=frozenset({"staff", "staff-too"}))
        self.store.set(replace(self.store.state, catalogue=catalogue))
        self.actions.sign_ins._ask = self.wanted.append
        self.tokens: list[str] = []
        self.sts.call_with_token = self.with_token  # type: ignore[attr-defined]

    def prove(self, source: Source, talk: Talk, _means: Means, given: str) -> Proof:
        self.talks.append(talk)
        self.given.append(given)
        talk.show(Step(StepKind.BROWSER, url="https://idp.example"))
        found = self.people.pop(0)
        if isinstance(found, Problem):
            raise ProblemError(found)
        return found

    def with_token(self, hop: Hop, token: str, _role: Role, _now: object) -> Answer:
        self.tokens.append(token)
        refusal = self.sts.refuse.get(hop.label)
        if refusal is not None:
            raise ProblemError(refusal)
        return Answer(
            Credentials("ASIASAML", "s", "t"), self.time, self.time + hop.duration_seconds
        )

    @property
    def key(self) -> str:
        return "saml https://idp.example/aws"

    def proof(self, life: float = 300, refresh: str = "") -> Proof:
        return Proof(self.key, "assertion", self.time + life, self.time, refresh)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SamlHouse:
    made = SamlHouse(tmp_path)
    monkeypatch.setattr(proving, "_provers", lambda: {SourceKind.SAML: made.prove})
    return made


def test_one_sign_in_serves_all_who_wait(house: SamlHouse) -> None:
    house.held = True
    for name in ("staff", "staff-too", "behind"):
        house.sign_in(name)
    assert house.wanted == [house.key] * 3
    assert role_state(house.store.state, house.role("staff"), NOW) is RoleState.NEEDS_SIGN_IN
    house.people = [house.proof()]
    house.actions.sign_ins.begin(house.key)
    house.actions.sign_ins.begin(house.key)  # the second click of an impatient person
    assert len(house.jobs) == 1
    house.finish()
    assert house.session("staff").origin is Origin.SAML
    assert house.session("behind").origin is Origin.CHAINED
    assert house.session("staff-too").role_arn == arn("Other")
    assert house.store.state.sign_ins == {}
    assert set(house.tokens) == {"assertion"}


def test_a_chain_starts_from_the_live_session_when_the_assertion_is_over(house: SamlHouse) -> None:
    house.people = [house.proof()]
    house.sign_in("staff")
    house.actions.sign_ins.begin(house.key)
    house.time += 1000
    house.sign_in("behind")
    assert house.session("behind").origin is Origin.CHAINED
    assert len(house.tokens) == 1, "the source's own session was there to start from"
    route = house.actions.explain("staff-too", Wish())
    assert isinstance(route, Route)
    assert route.proof_key == house.key


def test_a_source_session_made_on_the_way_is_kept_for_others(house: SamlHouse) -> None:
    house.people = [house.proof()]
    house.sign_in("behind")
    house.actions.sign_ins.begin(house.key)
    made = house.store.state.session("staff", NOW)
    assert made is not None
    assert made.origin is Origin.SAML
    assert made.role_arn == arn("Staff")
    assert made.made_for == house.role("staff").made_for


def test_giving_up_tells_everybody_and_the_job(house: SamlHouse) -> None:
    house.held = True
    house.sign_in("staff")
    house.people = [house.proof()]
    house.actions.sign_ins.begin(house.key)
    job, house.jobs = house.jobs, []
    house.actions.sign_ins.cancel(house.key)
    assert house.refusal("staff").code == "sign_in_cancelled"
    for each in job:
        each()
    assert house.talks[0].cancelled
    assert house.store.state.proofs == {}, "what comes after a cancel is thrown away"


def test_a_failed_sign_in_can_be_tried_again(house: SamlHouse) -> None:
    house.people = [Problem("browser_silent", Text("x")), house.proof()]
    house.sign_in("staff")
    house.actions.sign_ins.begin(house.key)
    waiting = house.store.state.sign_ins[house.key]
    assert (waiting.problem and waiting.problem.code, waiting.running) == ("browser_silent", False)
    house.actions.sign_ins.begin(house.key)
    assert house.session("staff").live(NOW)


def test_a_paste_that_is_no_good_leaves_the_listener_alone(house: SamlHouse) -> None:
    house.held = True
    house.sign_in("staff")
    house.people = [Problem("not_saml", Text("x")), house.proof()]
    house.actions.sign_ins.begin(house.key)
    listener = house.jobs.pop(0)
    house.actions.sign_ins.give(house.key, "junk")
    house.finish()
    waiting = house.store.state.sign_ins[house.key]
    assert waiting.running
    assert waiting.problem is not None
    house.actions.sign_ins.give(house.key, "good")
    house.finish()
    assert house.given == ["junk", "good"]
    assert house.session("staff").live(NOW)
    house.people = [house.proof()]
    listener()
    assert house.talks[-1].cancelled, "the listener is told that nobody wants it any more"


def test_a_caller_that_leaves_frees_its_place(house: SamlHouse) -> None:
    answers: list[Session | Problem] = []
    done: Callable[[Session | Problem], None] = answers.append
    house.actions.sign_in("staff", Wish(), done, asker="terraform")
    assert house.store.state.sign_ins[house.key].asker == "terraform"
    house.actions.give_up("staff", Wish(), done)
    assert house.store.state.sign_ins == {}
    assert answers == []


def test_nobody_is_asked_because_of_a_renewal(house: SamlHouse) -> None:
    house.people = [house.proof()]
    house.sign_in("staff")
    house.actions.sign_ins.begin(house.key)
    house.wanted.clear()
    house.time += 3590
    house.actions.beat()
    assert house.wanted == []


@pytest.mark.parametrize("code", ["identity_token_refused", "session_expired"])
def test_a_proof_that_aws_does_not_take_is_dropped_and_told(house: SamlHouse, code: str) -> None:
    house.people = [house.proof()]
    house.sts.refuse["Staff"] = Problem(code, Text(code), exit=Exit.REFUSED)
    house.sign_in("staff")
    house.actions.sign_ins.begin(house.key)
    assert house.refusal("staff").code == code
    assert house.store.state.proofs == {}


def test_a_refusal_of_the_role_keeps_the_proof(house: SamlHouse) -> None:
    house.people = [house.proof()]
    house.sts.refuse["Staff"] = Problem("access_denied", Text("x"), exit=Exit.REFUSED)
    house.sign_in("staff")
    house.actions.sign_ins.begin(house.key)
    assert house.refusal("staff").code == "access_denied"
    assert house.key in house.store.state.proofs


def test_locking_takes_proofs_and_sign_ins_out_of_memory(house: SamlHouse) -> None:
    house.people = [house.proof()]
    house.sign_in("staff")
    house.actions.sign_ins.begin(house.key)
    house.held = True
    house.time += 400
    house.sign_in("staff-too")
    assert house.store.state.sign_ins
    house.actions.lock()
    assert house.refusal("staff-too").code == "locked"
    assert (house.store.state.proofs, house.store.state.sign_ins) == ({}, {})


def test_a_token_file_needs_nobody(house: SamlHouse, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("abcdef\n")
    profile = {"role_arn": arn("Pod"), "web_identity_token_file": str(token)}
    catalogue = Catalogue(profiles={"pod": profile})
    house.store.set(replace(house.store.state, catalogue=catalogue))
    house.sign_in("pod")
    assert house.session("pod").origin is Origin.WEB_IDENTITY
    token.write_text("\n")
    house.sign_in("pod", Wish(fresh=True))
    assert house.refusal("pod").code == "no_token_in_file"
    assert house.tokens == ["abcdef"]


def test_calls_of_the_road_are_drawn_before_any_is_made(house: SamlHouse) -> None:
    route = house.actions.explain("behind", Wish())
    assert isinstance(route, Route)
    assert [hop.call for hop in route.drawn] == [Call.ASSUME_ROLE_WITH_SAML, Call.ASSUME_ROLE]
    assert house.tokens == []
