"""Identity Center roles in Actions: another program's sign-in serves; a person is asked only where none does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.aws import identity_center as calls
from rolecall.aws.messages import Answer
from rolecall.domain.catalogue import Catalogue
from rolecall.domain.problem import Exit, Problem, ProblemError, Text
from rolecall.domain.proof import Proof, Talk
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.session import Credentials, Origin
from rolecall.domain.state import RoleState, role_state
from rolecall.proving import identity_center, kept_tokens
from rolecall.proving import prove as proving
from rolecall.proving.means import Means
from unit.builders import arn
from unit.test_actions import House

START = "https://acme.awsapps.com/start"
CENTER = {"sso_start_url": START, "sso_region": "eu-west-1"}
PROFILES = {
    "one": {"sso_session": "acme", "sso_account_id": "1" * 12, "sso_role_name": "Admin"},
    "two": {"sso_session": "acme", "sso_account_id": "2" * 12, "sso_role_name": "ReadOnly"},
    "behind": {"role_arn": arn("Behind", "3" * 12), "source_profile": "one"},
    "gov": {
        "sso_start_url": "https://g.awsapps.com/start",
        "sso_region": "us-gov-west-1",
        "sso_account_id": "4" * 12,
        "sso_role_name": "Audit",
    },
}
KEY = "identity_center acme"
OVER = Problem("sign_in_over", Text("over"), exit=Exit.NOBODY_TO_ASK)
OFFLINE = Problem("no_network", Text("offline"), exit=Exit.NETWORK)


class CenterHouse(House):
    """A House at an Identity Center. kept: what the shared cache holds, tried: what AWS says of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.wanted: list[str] = []
        self.tried: Proof | Problem | None = None
        self.kept: Proof | None = None
        self.dead: set[str] = set()
        self.used: list[str] = []
        catalogue = Catalogue(profiles=PROFILES, sso_sessions={"acme": CENTER})
        self.store.set(replace(self.store.state, catalogue=catalogue))
        self.actions.sign_ins._ask = self.wanted.append
        self.sts.unsigned = None  # type: ignore[attr-defined]

    def recall(self, _source: Source, _means: Means) -> Proof | None:
        if isinstance(self.tried, Problem):
            raise ProblemError(self.tried)
        return self.tried

    def renewed(self, _source: Source, proof: Proof | None, _means: Means) -> Proof | None:
        return self.kept or proof

    def role_credentials(self, _source: Source, access: str, _role: Role) -> Answer:
        self.used.append(access)
        if access in self.dead:
            raise ProblemError(OVER)
        return Answer(Credentials("ASIACENTER", "s", "t"), self.time, self.time + 3600)

    def prove(self, _source: Source, _talk: Talk, _means: Means, _given: str) -> Proof:
        return self.proof("by a person")

    def proof(self, token: str = "shared", life: float = 3600, refresh: str = "") -> Proof:
        return Proof(KEY, token, self.time + life, self.time, refresh)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CenterHouse:
    made = CenterHouse(tmp_path)
    monkeypatch.setattr(proving, "_provers", lambda: {SourceKind.IDENTITY_CENTER: made.prove})
    monkeypatch.setattr(proving, "recall", made.recall)
    monkeypatch.setattr(identity_center, "renewed", made.renewed)
    monkeypatch.setattr(kept_tokens, "kept_proofs", lambda *_any: {})
    monkeypatch.setattr(calls, "IdentityCenter", _center_of(made))
    return made


def _center_of(house: CenterHouse) -> Callable[..., CenterHouse]:
    return lambda *_any: house


def test_another_program_s_sign_in_serves_and_nobody_is_asked(house: CenterHouse) -> None:
    house.tried = house.proof()
    house.sign_in("one")
    assert house.wanted == []
    assert house.session("one").origin is Origin.IDENTITY_CENTER
    assert role_state(house.store.state, house.role("two"), house.time) is RoleState.READY
    house.sign_in("behind")
    assert house.session("behind").origin is Origin.CHAINED
    assert house.used == ["shared"]  # the chain starts from the session that is there


def test_all_who_come_meanwhile_wait_for_one_look(house: CenterHouse) -> None:
    house.held = True
    house.sign_in("one")
    house.sign_in("two")
    assert len(house.jobs) == 1
    house.finish()
    assert house.wanted == [KEY]
    house.actions.sign_ins.begin(KEY)
    house.finish()
    assert house.session("one")
    assert house.session("two")


def test_offline_it_says_so_and_asks_nobody(house: CenterHouse) -> None:
    house.tried = OFFLINE
    house.sign_in("one")
    assert house.wanted == []
    assert house.answers["one"] == [OFFLINE]
    assert house.store.state.sign_ins == {}


def test_a_dead_token_is_dropped_and_a_person_is_asked(house: CenterHouse) -> None:
    house.tried = house.proof()
    house.sign_in("one")
    house.dead = {"shared"}
    house.tried = None
    house.sign_in("two")
    assert house.wanted == [KEY]
    house.actions.sign_ins.begin(KEY)
    assert house.used == ["shared", "shared", "by a person"]
    assert house.session("two")


def test_what_is_found_after_a_lock_is_thrown_away(house: CenterHouse) -> None:
    house.held = True
    house.tried = house.proof()
    house.sign_in("one")
    house.actions.lock()
    house.finish()
    assert house.store.state.proofs == {}
    assert house.wanted == []


def test_a_token_that_is_renewed_on_the_way_is_remembered(house: CenterHouse) -> None:
    house.tried = house.proof()
    house.kept = house.proof("refreshed")
    house.sign_in("one")
    assert house.store.state.proofs[KEY].token == "refreshed"


def test_partitions_follow_the_portal_s_region(house: CenterHouse) -> None:
    assert house.role("gov").partition == "aws-us-gov"
    assert house.role("one").partition == "aws"
    assert house.role("behind").partition == "aws"
