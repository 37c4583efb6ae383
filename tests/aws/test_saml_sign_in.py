"""A SAML sign-in from the paste to the session, over HTTP: Actions, the prover, STS, the listener, the browser."""

from __future__ import annotations

import base64
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aws.embedded import fetch
from aws.talking import Heard
from rolecall.agent import Reply, Request
from rolecall.answers import answer
from rolecall.demo.saml_company import ANALYST, DEVELOPER, FINANCE, PROVIDERS, REPORTS
from rolecall.demo.server import EmbeddedAws
from rolecall.domain import saml_paste
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.proof import Proof, Step, StepKind
from rolecall.domain.route import Call, Route, Wish
from rolecall.domain.saml_proof import handed
from rolecall.domain.session import Origin, Session
from rolecall.domain.state import RoleState, role_state
from rolecall.proving import saml as proving
from rolecall.storage import loopback
from ui.scene import Scene

PAYMENTS, SANDBOX, ANALYTICS = PROVIDERS


class Company:
    """A scene whose entries stand on the demo's SAML identity provider."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.aws = scene, scene.demo.aws
        login = {"saml_login_url": f"{self.aws.url}/saml-idp/sso"}
        entries = {
            "company": login,
            "finance": {**login, "role_arn": FINANCE},
            "developer": {**login, "role_arn": DEVELOPER, "saml_provider_arn": SANDBOX},
            "analyst": {**login, "role_arn": ANALYST, "duration_seconds": "7200"},
            "reports": {"role_arn": REPORTS, "source_profile": "analyst"},
            "stranger": {**login, "role_arn": REPORTS},
        }
        catalogue = Catalogue(profiles=entries, entries=frozenset(entries))
        scene.store.set(replace(scene.store.state, catalogue=catalogue))
        self.key = f"saml {login['saml_login_url']}"
        self.answers: dict[str, Session | Problem] = {}

    def want(self, name: str, wish: Wish | None = None) -> None:
        def done(answer: Session | Problem) -> None:
            self.answers[name] = answer

        self.scene.actions.sign_in(name, wish or Wish(), done)

    def give(self, given: str) -> None:
        self.scene.actions.sign_ins.give(self.key, given)

    def session(self, name: str) -> Session:
        found = self.answers[name]
        assert isinstance(found, Session), found
        return found

    def problem(self, name: str) -> str:
        found = self.answers[name]
        assert isinstance(found, Problem)
        return found.code

    def shown(self) -> str:
        """The code of the Problem in the open sign-in, or nothing."""
        known = self.scene.store.state.sign_ins[self.key]
        return known.problem.code if known.problem else ""

    def state(self, name: str) -> RoleState:
        state = self.scene.store.state
        return role_state(state, state.catalogue.role(name), self.scene.actions.now())


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    scene = Scene(tmp_path)
    yield Company(scene)
    scene.close()


def test_from_the_paste_to_the_session(company: Company) -> None:
    assert company.state("finance") is RoleState.NEEDS_SIGN_IN
    company.want("finance")
    assert company.scene.sign_ins_wanted == [company.key]
    company.give(f"SAMLResponse={company.aws.saml_idp.response().replace('+', '%2B')}&RelayState=")
    session = company.session("finance")
    assert session.origin is Origin.SAML
    assert session.arn == "arn:aws:sts::222222222222:assumed-role/Finance/alex@acme.example"
    assert session.console_duration_allowed
    assert company.state("finance") is RoleState.LIVE


def test_one_response_serves_the_others_until_it_is_over(company: Company) -> None:
    company.want("finance")
    company.give(company.aws.saml_idp.response())
    company.want("developer")
    assert company.session("developer").role_arn == DEVELOPER
    assert len(company.scene.sign_ins_wanted) == 1
    company.scene.advance(301)
    company.want("analyst")
    assert len(company.scene.sign_ins_wanted) == 2
    assert "analyst" not in company.answers


def test_a_response_leaves_memory_when_it_is_over(company: Company) -> None:
    company.want("finance")
    company.give(company.aws.saml_idp.response())
    assert company.key in company.scene.store.state.proofs
    company.scene.advance(301)
    assert company.scene.store.state.proofs == {}


def test_the_responses_own_life_is_asked_for_where_nobody_says_another(company: Company) -> None:
    company.want("finance")
    company.give(company.aws.saml_idp.response(session_seconds=10800))
    company.want("analyst")
    company.want("developer", Wish(duration_seconds=1800))
    assert round(company.session("finance").lifetime, -1) == 10800
    assert round(company.session("analyst").lifetime, -1) == 7200
    assert round(company.session("developer").lifetime, -1) == 1800


def test_a_role_that_allows_less_gives_what_it_can(company: Company) -> None:
    company.want("finance")  # four hours at most
    company.give(company.aws.saml_idp.response(session_seconds=43200))
    assert round(company.session("finance").lifetime, -1) == 3600


def test_a_chain_starts_from_it_and_lives_an_hour(company: Company) -> None:
    company.want("reports")
    company.give(company.aws.saml_idp.response())
    session = company.session("reports")
    assert session.origin is Origin.CHAINED
    assert not session.console_duration_allowed
    assert round(session.lifetime, -1) == 3600
    assert company.state("analyst") is RoleState.LIVE


def test_an_entry_without_a_role_waits_for_a_choice(company: Company) -> None:
    company.want("company")
    response = company.aws.saml_idp.response()
    company.give(response)
    assert company.answers == {}
    assert company.scene.sign_ins_wanted == [company.key] * 2
    company.give(handed(response, DEVELOPER))
    assert company.session("company").role_arn == DEVELOPER
    assert company.session("company").arn.startswith(
        "arn:aws:sts::333333333333:assumed-role/Developer/"
    )


def test_the_only_role_is_taken_without_a_question(company: Company) -> None:
    company.want("company")
    company.give(company.aws.saml_idp.response("sam"))
    assert company.session("company").role_arn == DEVELOPER


def test_explained_before_and_after_the_sign_in(company: Company) -> None:
    before = company.scene.actions.explain("developer", Wish())
    assert isinstance(before, Route)
    assert before.proof_key == company.key
    company.want("finance")
    company.give(company.aws.saml_idp.response())
    after = company.scene.actions.explain("developer", Wish())
    assert isinstance(after, Route)
    assert (after.proof_key, after.hops[0].provider, after.hops[0].duration_seconds) == (
        "",
        SANDBOX,
        14400,
    )
    assert after.hops[0].call is Call.ASSUME_ROLE_WITH_SAML


def late(company: Company) -> str:
    response = company.aws.saml_idp.response(lifetime=3600.0)
    company.scene.clock.advance(300)
    return response


BAD: dict[str, tuple[Callable[[Company], str], str]] = {
    "nothing": (lambda _: "  ", "saml_empty"),
    "junk": (lambda _: "good morning", "saml_not_found"),
    "ten million characters": (lambda _: "A" * 10_000_000, "saml_too_much"),
    "a picture": (lambda _: "\x89PNG\r\n\x1a\n\0\0\0", "saml_not_text"),
    "half of it": (lambda c: c.aws.saml_idp.response()[:3000], "saml_cut_off"),
    "late": (late, "saml_expired"),
    "of a user without the role": (lambda c: c.aws.saml_idp.response("sam"), "saml_role_missing"),
    "of a user without roles": (lambda c: c.aws.saml_idp.response("guest"), "saml_no_roles"),
    "for another audience": (lambda c: c.aws.saml_idp.response(audience="https://x.example"), "saml_audience"),
    "for another recipient": (lambda c: c.aws.saml_idp.response(recipient="https://x.example"), "saml_recipient"),
    "not signed": (lambda c: c.aws.saml_idp.response(signs="nothing"), "saml_unsigned"),
    "no session name": (lambda c: c.aws.saml_idp.response(session_name=""), "saml_no_session_name"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "code"), BAD.values(), ids=BAD)
def test_a_bad_paste_is_told_and_loses_nothing(
    company: Company, given: Callable[[Company], str], code: str
) -> None:
    company.want("finance")
    company.give(given(company))
    assert company.shown() == code
    assert company.answers == {}
    company.give(company.aws.saml_idp.response())
    assert company.session("finance").live(company.scene.actions.now())


def bent(aws: EmbeddedAws) -> str:
    """A response whose signature does not fit: it looks right until AWS verifies it."""
    document = base64.b64decode(aws.saml_idp.response()).decode()
    return base64.b64encode(document.replace("alex@acme", "eve@acme").encode()).decode()


REFUSED: dict[str, tuple[Callable[[EmbeddedAws], str], str, str]] = {
    "a broken signature": (bent, "identity_token_refused", "could not verify the signature"),
    "another issuer": (
        lambda aws: aws.saml_idp.response(issuer="https://other.example"),
        "identity_token_refused", "another sign-in page than account 222222222222 knows"),
    "another account's provider": (
        lambda aws: aws.saml_idp.response(roles=(f"{FINANCE},{PAYMENTS}2",)),
        "identity_token_refused", "Account 222222222222 has no SAML provider"),
    "a source identity AWS does not take": (
        lambda aws: aws.saml_idp.response(source_identity="aws:x"),
        "identity_token_refused", "SourceIdentity that AWS does not take"),
    "a trust that does not allow it": (
        lambda aws: aws.saml_idp.response(source_identity="alex"), "access_denied", "refused the role finance"),
}  # fmt: skip


@pytest.mark.parametrize(("response", "code", "words"), REFUSED.values(), ids=REFUSED)
def test_what_aws_refuses_is_told_in_words_of_ours(
    company: Company, response: Callable[[EmbeddedAws], str], code: str, words: str
) -> None:
    company.want("finance")
    company.give(response(company.aws))
    assert company.problem("finance") == code
    problem = company.answers["finance"]
    assert isinstance(problem, Problem)
    assert words in str(problem.title)
    assert str(problem.remedy)


def test_causes_of_a_refused_role_are_those_of_saml(company: Company) -> None:
    company.want("finance")
    company.give(company.aws.saml_idp.response(source_identity="alex"))
    problem = company.answers["finance"]
    assert isinstance(problem, Problem)
    said = " ".join(f"{cause.title} {cause.remedy}" for cause in problem.causes)
    for words in (
        "sts:AssumeRoleWithSAML",
        "SAML:aud",
        "sts:SetSourceIdentity",
        "NameID",
        "Finance",
    ):
        assert words in said
    assert "mfa_serial" not in said


def test_a_response_that_ends_on_the_way_is_told_by_aws(company: Company) -> None:
    company.want("finance")
    company.scene.hold = True
    company.give(company.aws.saml_idp.response())
    given, company.scene._held = company.scene._held, []
    for job in given:
        job()
    company.aws.clock._offset += 301  # between the plan and the call
    company.scene.actions._clock = lambda: company.aws.clock.now() - 301
    company.scene.let_go()
    assert company.problem("finance") == "session_expired"
    assert "SAML response" in str(company.answers["finance"].title)  # type: ignore[union-attr]


def test_a_refused_proof_is_dropped_so_that_the_next_try_asks_anew(company: Company) -> None:
    company.want("finance")
    company.give(company.aws.saml_idp.response(issuer="https://other.example"))
    assert company.problem("finance") == "identity_token_refused"
    assert company.state("finance") is RoleState.REFUSED
    company.want("finance")
    assert len(company.scene.sign_ins_wanted) == 2
    company.give(company.aws.saml_idp.response())
    assert company.session("finance")


def test_a_role_that_the_trust_refuses_keeps_the_proof_for_the_others(company: Company) -> None:
    company.want("finance")
    company.give(company.aws.saml_idp.response(source_identity="alex"))
    assert company.problem("finance") == "access_denied"
    company.want("developer")
    assert company.session("developer")


def test_a_role_beside_those_of_the_response_is_told_before_any_call(company: Company) -> None:
    company.want("finance")
    company.give(company.aws.saml_idp.response())
    calls = len(company.aws.calls.listed())
    company.want("stranger")
    assert company.problem("stranger") == "saml_role_missing"
    assert len(company.aws.calls.listed()) == calls


def test_no_canary_in_any_log(company: Company, caplog: pytest.LogCaptureFixture) -> None:
    response = company.aws.saml_idp.response()
    with caplog.at_level("DEBUG"):
        company.want("finance")
        company.give(response)
    assert response[100:140] not in caplog.text
    assert response[100:140] not in repr(company.scene.store.state)


# --- The browser and the listener -------------------------------------------------------------------


def means(company: Company, browser: str = "", **more: str) -> Any:
    made = company.scene.actions._means()
    return replace(made, environ={**made.environ, "BROWSER": browser, **more})


def source(company: Company, **settings: str) -> Any:
    entries = {
        "heard": {"saml_login_url": f"{company.aws.url}/saml-idp/sso", "role_arn": FINANCE}
        | settings
    }
    return Catalogue(profiles=entries, entries=frozenset(entries)).role("heard").source


POSTING = Path(__file__).with_name("posting_browser.py")
LISTENED = "?acs=http://127.0.0.1:{port}/saml&RelayState={state}"


def browser(*words: str) -> str:
    return " ".join([sys.executable, str(POSTING), *words, "%s"])


def test_the_page_opens_and_the_rest_comes_by_a_paste(company: Company, tmp_path: Path) -> None:
    talk = Heard()
    opened = tmp_path / "opened"
    script = tmp_path / "browser.sh"
    script.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    script.chmod(0o700)
    assert proving.prove(source(company), talk, means(company, str(script))) is None
    assert opened.read_text().strip() == f"{company.aws.url}/saml-idp/sso"
    assert talk.steps == [Step(StepKind.PASTE, url=f"{company.aws.url}/saml-idp/sso")]


def listened(company: Company, answer: str, **settings: str) -> Proof:
    url = f"{company.aws.url}/saml-idp/sso{LISTENED}"
    wanted = source(company, **{"saml_listen_port": "0", "saml_login_url": url} | settings)
    proof = proving.prove(wanted, Heard(), means(company, browser(answer)))
    assert proof is not None
    return proof


def test_a_listener_takes_what_the_provider_posts(company: Company) -> None:
    proof = listened(company, "alex")
    assert dict(proof.details)["subject"] == "alex@acme.example"
    assert proof.expires_at - proof.issued_at <= 300


def test_a_strangers_post_changes_nothing(company: Company) -> None:
    proof = listened(company, "forge")
    assert dict(proof.details)["subject"] == "alex@acme.example"


def test_without_a_state_the_response_alone_decides(company: Company) -> None:
    url = f"{company.aws.url}/saml-idp/sso?acs=http://127.0.0.1:{{port}}/saml"
    assert listened(company, "alex", saml_login_url=url).token
    with pytest.raises(ProblemError) as caught:
        listened(company, "sam", saml_login_url=url)
    assert caught.value.problem.code == "saml_role_missing"


def test_a_port_that_is_taken_is_told(company: Company) -> None:
    taken = loopback.Loopback(0, 1000)
    try:
        with pytest.raises(ProblemError) as caught:
            listened(company, "alex", saml_listen_port=str(taken.port))
        assert caught.value.problem.code == "callback_port_taken"
    finally:
        taken.close()


def test_giving_up_ends_the_listener_and_frees_its_port(company: Company) -> None:
    talk = Heard()
    url = f"{company.aws.url}/saml-idp/sso?acs=http://127.0.0.1:{{port}}/saml"
    wanted = source(company, saml_listen_port="0", saml_login_url=url)
    caught: list[str] = []

    def job() -> None:
        try:
            proving.prove(wanted, talk, means(company, browser("close")))
        except ProblemError as error:
            caught.append(error.problem.code)

    thread = threading.Thread(target=job)
    thread.start()
    while not talk.steps and thread.is_alive():
        thread.join(0.05)
    talk.cancelled = True
    thread.join(2)
    assert not thread.is_alive()
    assert caught == ["sign_in_cancelled"]
    port = int(
        talk.steps[0]
        .url.partition("127.0.0.1:")[2]
        .partition("acs=http://127.0.0.1:")[2]
        .split("/")[0]
    )
    loopback.Loopback(port, 1000).close()


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"saml_login_url": "ftp://idp.example/"}, "bad_saml_login_url"),
        ({"saml_login_url": "http://idp.example/"}, "bad_saml_login_url"),
        ({"saml_login_url": "javascript:alert(1)"}, "bad_saml_login_url"),
        ({"saml_listen_port": "99999"}, "bad_saml_listen_port"),
        ({"saml_listen_port": "abc"}, "bad_saml_listen_port"),
    ],
)
def test_addresses_and_ports_that_are_none(
    company: Company, settings: dict[str, str], code: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        proving.prove(source(company, **settings), Heard(), means(company, "/bin/false"))
    assert caught.value.problem.code == code


def test_the_choice_on_aws_own_page_can_be_pasted_whole(company: Company) -> None:
    _, page = fetch(f"{company.aws.url}/saml", {"SAMLResponse": company.aws.saml_idp.response()})
    company.want("finance")
    company.give(page)
    assert company.session("finance")
    assert saml_paste.account_names(page)


# --- Brought along by a command ---------------------------------------------------------------------


def answered(company: Company, role: str, response: str, verb: str = "login") -> list[Reply]:
    found: list[Reply] = []
    answer(company.scene.actions, Request(verb, role, saml_response=response), found.append)
    return found


def test_a_response_that_is_brought_asks_nobody(company: Company) -> None:
    (reply,) = answered(company, "finance", company.aws.saml_idp.response())
    assert reply.exit == Exit.DONE
    assert company.scene.sign_ins_wanted == []


def test_a_bad_one_is_told_and_asks_nobody(company: Company) -> None:
    (reply,) = answered(company, "finance", company.aws.saml_idp.response("sam"))
    assert (reply.exit, reply.problem) == (Exit.REFUSED, "saml_role_missing")
    assert company.scene.sign_ins_wanted == []


def test_it_serves_those_who_wait_already(company: Company) -> None:
    company.want("developer")
    answered(company, "finance", company.aws.saml_idp.response())
    assert company.session("developer")
    assert company.scene.store.state.sign_ins == {}


def test_where_it_leaves_a_choice_a_person_makes_it(company: Company) -> None:
    response = company.aws.saml_idp.response()
    assert answered(company, "company", response) == []
    known = company.scene.store.state.sign_ins[company.key]
    assert known.step is not None
    assert known.step.kind is StepKind.CHOOSE
    company.give(handed(response, ANALYST))
    assert company.scene.store.state.sign_ins == {}


def test_giving_up_while_it_is_read_answers_nobody(company: Company) -> None:
    company.scene.hold = True
    found: list[Reply] = []
    request = Request("login", "finance", saml_response=company.aws.saml_idp.response())
    give_up = answer(company.scene.actions, request, found.append)
    give_up()
    company.scene.let_go()
    assert found == []


def test_a_role_of_another_kind_takes_none(company: Company) -> None:
    catalogue = Catalogue(
        profiles={"keys": {"aws_access_key_id": "x", "aws_secret_access_key": "y"}}
    )
    company.scene.store.set(replace(company.scene.store.state, catalogue=catalogue))
    (reply,) = answered(company, "keys", "PHNhbWw+")
    assert (reply.exit, reply.problem) == (Exit.USAGE, "saml_not_needed")


def test_nothing_is_taken_while_the_app_is_locked(company: Company) -> None:
    company.scene.actions.lock()
    (reply,) = answered(company, "finance", company.aws.saml_idp.response())
    assert reply.problem == "locked"
    assert company.scene.store.state.proofs == {}
