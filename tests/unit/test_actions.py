"""Actions over a scripted STS: who is asked, how often, and that nothing live is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from rolecall.actions import Actions, Notice, Services
from rolecall.aws.messages import Answer
from rolecall.domain.problem import Exit, Problem, ProblemError, Text
from rolecall.domain.role import Role
from rolecall.domain.route import Call, Hop, Wish
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.state import State
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import MemorySecretStore
from rolecall.store import Store
from unit.builders import DEVICE, NOW, USUAL, arn, catalogue


def problem(code: str, exit_code: Exit = Exit.REFUSED) -> Problem:
    return Problem(code, Text(code), exit=exit_code)


@dataclass
class ScriptedSts:
    """Answers like AWS: codes work once, whatever `refuse` holds is refused."""

    clock: Callable[[], float]
    good: set[str] = field(default_factory=lambda: {"111111", "222222", "333333"})
    used: set[str] = field(default_factory=set)
    calls: list[tuple[Call, str, str | None]] = field(default_factory=list)
    refuse: dict[str, Problem] = field(default_factory=dict)

    def call(
        self, hop: Hop, credentials: Credentials, code: str | None, _role: Role, _now: object
    ) -> Answer:
        sent = code if hop.serial else None
        self.calls.append((hop.call, hop.role_arn.rpartition("/")[2], sent))
        refusal = self.refuse.get(hop.label) or self.refuse.get(hop.call)
        if refusal is not None:
            raise ProblemError(refusal)
        if sent is not None:
            if sent not in self.good or sent in self.used:
                raise ProblemError(problem("mfa_code_refused"))
            self.used.add(sent)
        made = Credentials("ASIA" + credentials.access_key_id[-4:], "s", "t")
        return Answer(made, self.clock(), self.clock() + hop.duration_seconds)


class House:
    """Actions with a clock to move, Jobs to finish by hand or at once, and a record of everything."""

    def __init__(self, folder: Path, now: float = NOW) -> None:
        self.time = now
        self.jobs: list[Callable[[], None]] = []
        self.held = False
        self.asked: list[str] = []
        self.answers: dict[str, list[Session | Problem]] = {}
        self.notices: list[Notice] = []
        self.sts = ScriptedSts(lambda: self.time)
        credentials = folder / "credentials"
        credentials.write_text(
            "".join(
                f"[{name}]\naws_access_key_id = AKIA{name}\naws_secret_access_key = secret\n"
                for name in ("alex", "build")
            )
        )
        files = AwsFiles(folder / "config", credentials)
        paths = Paths.of({"ROLECALL_HOME": str(folder / "home")})
        paths.ensure()
        services = Services(paths, files, MemorySecretStore(), lambda: self.sts)  # type: ignore[arg-type,return-value]
        self.store = Store(State(catalogue=catalogue(USUAL)))
        self.actions = Actions(
            self.store,
            services,
            self.run,
            self.asked.append,
            lambda: self.time,
            self.notices.append,
        )

    def run(self, job, done, failed) -> None:  # type: ignore[no-untyped-def]
        def work() -> None:
            try:
                result = job()
            except ProblemError as error:
                failed(error.problem)
            else:
                done(result)

        self.jobs.append(work)
        if not self.held:
            self.finish()

    def finish(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()

    def sign_in(self, name: str, wish: Wish = Wish(), code: str | None = None) -> None:
        self.actions.sign_in(name, wish, self.answers.setdefault(name, []).append, code)

    def role(self, name: str) -> Role:
        return self.store.state.catalogue.role(name)

    def session(self, name: str) -> Session:
        (*_, answer) = self.answers[name]
        assert isinstance(answer, Session), answer
        return answer

    def refusal(self, name: str) -> Problem:
        (*_, answer) = self.answers[name]
        assert isinstance(answer, Problem), answer
        return answer


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_role_without_a_code_is_signed_in_to_at_once(house: House) -> None:
    house.sign_in("plain")
    assert house.session("plain").origin is Origin.KEYS
    assert house.asked == []
    house.sign_in("plain")
    assert len(house.sts.calls) == 1, "a live session is handed out again"


def test_one_code_serves_every_role_on_the_shared_session(house: House) -> None:
    for name in ("prod", "prod-ro", "target", "alex"):
        house.sign_in(name)
    assert house.store.state.queues[DEVICE].codes_needed == 1
    house.actions.give_code(DEVICE, "111 111")
    assert {house.session(name).name for name in ("prod", "prod-ro", "target", "alex")}
    assert [call for call in house.sts.calls if call[2]] == [(Call.GET_SESSION_TOKEN, "", "111111")]
    house.sign_in("prod-ro", Wish(fresh=True))
    assert sum(call[2] is not None for call in house.sts.calls) == 1


def test_roles_with_a_code_of_their_own_take_turns(house: House) -> None:
    for name in ("prod", "long", "long-too"):
        house.sign_in(name)
    assert house.store.state.queues[DEVICE].codes_needed == 3
    house.actions.give_code(DEVICE, "111111")
    house.session("prod")
    assert house.store.state.queues[DEVICE].codes_needed == 2
    house.actions.give_code(DEVICE, "111111")
    found = house.store.state.queues[DEVICE].problem
    assert found is not None
    assert found.code == "mfa_code_used"
    assert len(house.sts.calls) == 2, "a code that was sent is not sent again"
    house.actions.give_code(DEVICE, "222222")
    assert house.session("long").lifetime == 14400
    assert house.answers["long-too"] == []
    house.actions.give_code(DEVICE, "333333")
    house.session("long-too")


def test_a_wrong_code_keeps_everyone_waiting_and_the_dialog_open(house: House) -> None:
    house.sign_in("prod")
    house.actions.give_code(DEVICE, "999999")
    found = house.store.state.queues[DEVICE].problem
    assert found is not None
    assert found.code == "mfa_code_refused"
    assert house.answers["prod"] == []
    assert house.asked == [DEVICE, DEVICE]
    house.actions.give_code(DEVICE, "111111")
    house.session("prod")


def test_a_malformed_code_never_leaves(house: House) -> None:
    house.sign_in("prod")
    house.actions.give_code(DEVICE, "12345")
    assert house.sts.calls == []
    found = house.store.state.queues[DEVICE].problem
    assert found is not None
    assert found.code == "mfa_code_malformed"


def test_twenty_who_wait_for_one_role_make_one_prompt_and_one_call(house: House) -> None:
    house.held = True
    for _ in range(20):
        house.sign_in("prod")
    house.actions.give_code(DEVICE, "111111")
    house.actions.give_code(DEVICE, "222222")
    house.finish()
    assert len(house.answers["prod"]) == 20
    assert len(house.sts.calls) == 2
    assert "222222" not in house.sts.used


def test_cancelling_tells_everyone_and_a_code_that_came_along_is_nobodys_prompt(
    house: House,
) -> None:
    house.sign_in("prod")
    house.sign_in("long")
    house.actions.cancel_code(DEVICE)
    assert house.refusal("prod").code == house.refusal("long").code == "code_cancelled"
    house.asked.clear()
    house.sign_in("prod", code="999999")
    assert house.refusal("prod").code == "mfa_code_refused"
    assert house.asked == []
    house.sign_in("prod", code="111111")
    house.session("prod")


def test_a_caller_who_gives_up_frees_the_place(house: House) -> None:
    got: list[Session | Problem] = []
    house.actions.sign_in("prod", Wish(), got.append)
    house.actions.give_up("prod", Wish(), got.append)
    done = got.append
    house.actions.sign_in("prod", Wish(), done)
    house.actions.give_up("prod", Wish(), done)
    assert not house.store.state.queues[DEVICE].waiters


def test_a_network_failure_before_the_answer_does_not_use_up_the_code(house: House) -> None:
    house.sign_in("prod")
    house.sts.refuse[Call.GET_SESSION_TOKEN] = problem("no_network", Exit.NETWORK)
    house.actions.give_code(DEVICE, "111111")
    assert house.answers["prod"] == []
    house.sts.refuse.clear()
    house.actions.give_code(DEVICE, "111111")
    house.session("prod")


def test_a_refused_role_says_so_and_the_others_go_on(house: House) -> None:
    house.sts.refuse["Admin"] = problem("access_denied")
    house.sign_in("prod")
    house.sign_in("prod-ro")
    house.actions.give_code(DEVICE, "111111")
    assert house.refusal("prod").code == "access_denied"
    house.session("prod-ro")
    assert "prod" in house.store.state.refusals


def test_a_role_that_refuses_an_older_shared_session_gets_a_code_of_its_own(house: House) -> None:
    house.sign_in("alex", code="111111")
    house.time += 600
    house.sts.refuse["Admin"] = problem("access_denied")
    house.sign_in("prod")
    assert house.asked[-1] == DEVICE
    assert house.store.state.queues[DEVICE].waiters[0].shares == ""
    house.sts.refuse.clear()
    house.actions.give_code(DEVICE, "222222")
    assert house.session("prod").origin is Origin.OWN_CODE


def test_it_asks_for_a_fresher_code_once_only(house: House) -> None:
    house.sign_in("alex", code="111111")
    house.time += 600
    house.sts.refuse["Admin"] = problem("access_denied")
    house.sign_in("prod")
    house.actions.give_code(DEVICE, "222222")
    assert house.refusal("prod").code == "access_denied"
    assert not house.store.state.queues[DEVICE].waiters


def test_a_dead_shared_session_is_dropped_and_asked_for_anew(house: House) -> None:
    house.sign_in("alex", code="111111")
    house.time += 60
    house.sts.refuse["Admin"] = problem("session_expired")
    house.sign_in("prod")
    assert house.store.state.shared == {}
    assert house.asked[-1] == DEVICE


def test_renewal_by_itself_leaves_no_gap_and_survives_failure(house: House) -> None:
    house.sign_in("prod-ro", code="111111")
    first = house.session("prod-ro")
    house.time += 3600 - 900 + 1
    house.sts.refuse["ReadOnly"] = problem("no_network", Exit.NETWORK)
    house.actions.beat()
    assert house.store.state.session("prod-ro", house.time) is first
    calls = len(house.sts.calls)
    house.actions.beat()
    assert len(house.sts.calls) == calls, "a failed renewal waits before it is tried again"
    house.time += 61
    house.sts.refuse.clear()
    house.actions.beat()
    renewed = house.store.state.session("prod-ro", house.time)
    assert renewed is not None
    assert renewed.expires_at > first.expires_at
    assert house.notices == []


def test_at_most_ten_renewals_at_once(house: House) -> None:
    many = {f"r{n}": {"role_arn": arn(f"R{n}"), "source_profile": "build"} for n in range(50)}
    house.store.set(replace(house.store.state, catalogue=catalogue({**USUAL, **many})))
    for name in many:
        house.sign_in(name)
    house.time += 3000
    house.held = True
    house.actions.beat()
    assert len(house.jobs) == 10


def test_notices_come_once_a_step_and_only_where_a_person_is_needed(house: House) -> None:
    house.sign_in("long", code="111111")
    house.sign_in("plain")
    house.time += 14400 - 599
    house.actions.beat()
    house.actions.beat()
    assert house.notices == [Notice("long", 9)]
    house.time += 500
    house.actions.beat()
    assert house.notices == [Notice("long", 9), Notice("long", 1)]
    house.time += 100
    assert house.actions.beat() is not None or not house.store.state.sessions
    assert house.store.state.session("long", house.time) is None


def test_after_sleep_nothing_expired_is_handed_out_and_nothing_is_called(house: House) -> None:
    house.sign_in("prod", code="111111")
    house.sign_in("plain")
    calls = len(house.sts.calls)
    house.time += 8 * 3600
    house.actions.beat()
    assert house.store.state.sessions == {}
    assert len(house.sts.calls) == calls
    assert house.store.state.session("alex", house.time) is not None


def test_a_measured_skew_moves_the_one_clock(house: House) -> None:
    house.store.set(replace(house.store.state, skew=120.0))
    assert house.actions.now() == house.time + 120


def test_forget_drops_what_it_names(house: House) -> None:
    house.sign_in("prod", code="111111")
    house.sign_in("plain")
    assert house.actions.forget("prod")
    assert not house.actions.forget("prod")
    assert house.store.state.session("plain", house.time) is not None
    house.actions.forget_all()
    assert not house.store.state.sessions
    assert not house.store.state.shared


def test_files_that_change_keep_live_sessions(house: House, tmp_path: Path) -> None:
    house.sign_in("plain")
    (tmp_path / "config").write_text("[profile new]\nregion = eu-west-1\n")
    house.actions.reload()
    assert house.store.state.session("plain", house.time) is not None
    assert "plain" not in house.store.state.catalogue


def test_an_unknown_role_is_a_problem(house: House) -> None:
    house.sign_in("nobody")
    assert house.refusal("nobody").exit is Exit.NO_SUCH_ROLE


def test_narrowed_sessions_are_apart_from_the_full_one(house: House) -> None:
    narrow = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))
    house.sign_in("plain", narrow)
    house.sign_in("plain")
    assert len(house.sts.calls) == 2
    assert house.session("plain").scope == ""


def test_a_clock_that_was_set_is_measured_anew(house: House) -> None:
    house.store.set(replace(house.store.state, skew=3600.0))
    house.actions.forget_skew()
    assert house.actions.now() == house.time
