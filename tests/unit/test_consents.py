"""Lines that start a program: nothing runs before a person said so, one answer serves all, a change asks again."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.acting.callers import Caller
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.kept import kept_of
from rolecall.domain.problem import Exit, Problem
from rolecall.domain.process_line import process_line
from rolecall.domain.route import Call, Route, Wish
from rolecall.domain.session import Origin
from rolecall.domain.state import RoleState, role_state
from rolecall.domain.trust import CREDENTIALS, Line, accept, accepted, revoke
from rolecall.storage.settings_file import load_settings
from unit.builders import DEVICE, NOW, arn
from unit.test_actions import House

USER = "arn:aws:iam::111111111111:user/robin"


class Vault(House):
    """A House whose roles stand on a program that counts its runs. wanted: digests a person was asked about."""

    def __init__(self, folder: Path, token: str = "") -> None:
        super().__init__(folder)
        self.count = folder / "count"
        script = folder / "vault.py"
        printed = {"Version": 1, "AccessKeyId": "AKIAVAULT", "SecretAccessKey": "s"}
        if token:
            printed["SessionToken"] = token
        script.write_text(
            f"open({str(self.count)!r}, 'a').write('x'); print({json.dumps(printed)!r})"
        )
        self.text = process_line([sys.executable, "-S", "-E", str(script)])
        self.wanted: list[str] = []
        self.actions.consents._ask = self.wanted.append
        self.whose: list[str] = []
        self.sts.caller_identity = self.who  # type: ignore[attr-defined]
        self.write(self.text)

    def who(self, credentials: object, _role: object, _now: object) -> str:
        self.whose.append(repr(credentials))
        return USER

    def write(self, text: str) -> None:
        """The AWS files as they are with this line."""
        profiles = {
            "vault": {"credential_process": text},
            "reader": {"role_arn": arn("Reader"), "source_profile": "vault"},
            "long": {
                "role_arn": arn("Long"),
                "source_profile": "vault",
                "duration_seconds": "14400",
            },
            "coded": {
                "role_arn": arn("Coded"),
                "source_profile": "vault",
                "mfa_serial": DEVICE,
            },
            "behind": {"role_arn": arn("Behind"), "source_profile": "long"},
        }
        self.store.set(replace(self.store.state, catalogue=Catalogue(profiles=profiles)))

    @property
    def line(self) -> Line:
        return Line("vault", CREDENTIALS, self.text)

    @property
    def runs(self) -> int:
        return len(self.count.read_text()) if self.count.exists() else 0

    def trust(self) -> None:
        self.actions.change_settings(accept(self.store.state.settings, self.line))

    def plan(self, name: str, wish: Wish = Wish()) -> Route:
        found = self.actions.explain(name, wish)
        assert isinstance(found, Route)
        return found

    def refusal(self, name: str) -> Problem:
        (*_, answer) = self.answers[name]
        assert isinstance(answer, Problem)
        return answer


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path)


def state_of(vault: Vault, name: str) -> RoleState:
    return role_state(vault.store.state, vault.role(name), NOW)


def test_nothing_runs_before_a_person_said_so(vault: Vault) -> None:
    for name in ("vault", "reader", "behind"):
        vault.sign_in(name)
        assert state_of(vault, name) is RoleState.NEEDS_CONSENT
    assert vault.wanted == [vault.line.digest] * 3
    assert len(vault.store.state.consents) == 1
    assert (vault.runs, vault.answers["vault"]) == (0, [])


def test_one_answer_serves_all_who_wait_and_is_kept(vault: Vault, tmp_path: Path) -> None:
    vault.sign_in("reader")
    vault.sign_in("long")
    vault.actions.consents.accept(vault.line.digest)
    assert vault.session("reader").role_arn == arn("Reader")
    assert vault.session("long").role_arn == arn("Long")
    assert vault.store.state.consents == {}
    kept, _ = load_settings(tmp_path / "home" / "config" / "settings.toml")
    assert accepted(kept, vault.line)


def test_not_now_tells_all_who_wait_and_asks_again(vault: Vault) -> None:
    vault.sign_in("vault")
    vault.sign_in("reader")
    vault.actions.consents.refuse(vault.line.digest)
    for name in ("vault", "reader"):
        problem = vault.refusal(name)
        assert (problem.code, problem.exit) == ("line_refused", Exit.NOBODY_TO_ASK)
    assert vault.runs == 0
    assert vault.store.state.settings.trusted == {}
    vault.sign_in("vault")
    assert len(vault.wanted) == 3


def test_a_line_that_changes_is_asked_about_again(vault: Vault) -> None:
    vault.trust()
    vault.sign_in("reader")
    assert vault.runs == 1
    vault.text += " --more"
    vault.write(vault.text)
    vault.actions.forget("reader")
    vault.store.set(replace(vault.store.state, shared={}))
    vault.sign_in("reader")
    assert vault.wanted == [vault.line.digest]
    assert vault.runs == 1


def test_what_an_earlier_line_gave_starts_nothing_any_more(vault: Vault) -> None:
    vault.trust()
    vault.sign_in("vault")
    vault.write(vault.text + " --other")
    vault.sign_in("reader")
    assert len(vault.wanted) == 1


def test_nobody_is_asked_because_of_a_renewal(vault: Vault) -> None:
    vault.trust()
    vault.sign_in("vault")
    vault.actions.change_settings(revoke(vault.store.state.settings, "vault", CREDENTIALS))
    answers: list[object] = []
    vault.actions._join("vault", Wish(fresh=True), Caller(answers.append, patient=False))
    assert vault.wanted == []
    (problem,) = answers
    assert isinstance(problem, Problem)
    assert problem.code == "line_not_accepted"


def test_a_question_that_serves_nobody_is_gone(vault: Vault) -> None:
    def done(_answer: object) -> None:
        raise AssertionError("told although it gave up")

    vault.actions.sign_in("vault", Wish(), done)
    vault.actions.give_up("vault", Wish(), done)
    assert vault.store.state.consents == {}
    vault.actions.consents.accept(vault.line.digest)
    assert (vault.runs, vault.store.state.settings.trusted) == (0, {})


def test_keys_without_an_end_are_read_again_after_an_hour_by_themselves(vault: Vault) -> None:
    vault.trust()
    vault.sign_in("vault")
    session = vault.session("vault")
    assert (session.lifetime, session.origin, session.arn) == (3600, Origin.RESOLVED, USER)
    assert not session.opens_console
    assert state_of(vault, "vault") is RoleState.LIVE
    vault.time += 3590
    vault.actions.beat()
    assert vault.runs == 2
    assert vault.wanted == []


def test_the_first_role_lives_an_hour_until_the_keys_are_known_to_be_a_users(vault: Vault) -> None:
    vault.trust()
    assert vault.plan("long").hops[-1].duration_seconds == 3600
    assert vault.plan("long").origin is Origin.CHAINED
    vault.sign_in("vault")
    route = vault.plan("long")
    assert [hop.duration_seconds for hop in route.hops] == [14400]
    assert route.origin is Origin.KEYS
    assert [hop.duration_seconds for hop in vault.plan("behind").hops] == [14400, 3600]
    assert vault.plan("behind").origin is Origin.CHAINED


def test_a_session_of_a_program_never_lives_longer_than_an_hour(tmp_path: Path) -> None:
    vault = Vault(tmp_path, token="t")
    vault.trust()
    vault.sign_in("vault")
    assert vault.plan("long").hops[-1].duration_seconds == 3600


def test_a_code_goes_along_with_the_first_role_as_botocore_has_it(vault: Vault) -> None:
    assert state_of(vault, "coded") is RoleState.NEEDS_CONSENT
    vault.sign_in("coded")
    assert vault.asked == []
    vault.actions.consents.accept(vault.line.digest)
    assert vault.asked == [DEVICE]
    assert vault.runs == 0
    vault.actions.give_code(DEVICE, "111111")
    assert vault.sts.calls == [(Call.ASSUME_ROLE, "Coded", "111111")]
    assert vault.session("coded").origin is Origin.CHAINED
    assert not vault.plan("coded").renews_itself


def test_the_line_is_nowhere_in_what_may_be_logged(vault: Vault) -> None:
    vault.write("/opt/vault --password cAnArY")
    vault.sign_in("reader")
    known = vault.store.state
    assert "cAnArY" not in repr(known.consents)
    assert "cAnArY" not in repr(vault.plan("reader"))
    assert "cAnArY" not in repr(vault.role("reader"))


@pytest.mark.parametrize("text", ["", "   ", "\n  a = b"])
def test_a_line_that_is_none_is_a_problem_of_its_profile(vault: Vault, text: str) -> None:
    vault.write(text)
    vault.sign_in("reader")
    assert (vault.refusal("reader").exit, vault.wanted) == (Exit.LOCAL, [])


def test_a_users_own_keys_are_never_kept_in_a_file(vault: Vault) -> None:
    vault.trust()
    vault.sign_in("vault")
    vault.sign_in("reader")
    kept = kept_of(vault.store.state)
    assert set(kept.sessions) == {("reader", "")}
    assert kept.shared == {}


def test_what_comes_from_one_environment_is_kept_for_nobody(vault: Vault) -> None:
    profiles = {"ci": {"role_arn": arn("Ci"), "credential_source": "Environment"}}
    profiles["on"] = {"role_arn": arn("On"), "source_profile": "ci"}
    vault.store.set(replace(vault.store.state, catalogue=Catalogue(profiles=profiles)))
    keys = {"AWS_ACCESS_KEY_ID": "AKIACI", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"}
    services = replace(vault.actions._services, environ=keys)
    vault.actions._services = services
    vault.sign_in("ci")
    vault.sign_in("on")
    assert vault.session("on").role_arn == arn("On")
    assert not kept_of(vault.store.state)
