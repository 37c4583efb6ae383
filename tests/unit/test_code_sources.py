"""Codes without asking: the seed first, then the accepted program, then the person; none is sent twice."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.code_sources import TRIES
from rolecall.domain import countdown, totp
from rolecall.domain.problem import Exit, Problem, Text
from rolecall.domain.route import Wish
from rolecall.domain.session import Origin
from rolecall.domain.state import code_is_asked
from rolecall.domain.trust import CODE, Line, accept
from unit.builders import DEVICE, NOW, USUAL, catalogue
from unit.test_actions import House

SEED = totp.Seed(b"12345678901234567890")
SPARE = "arn:aws:iam::111111111111:mfa/alex-spare"


class Codes(House):
    """A house whose AWS takes the codes of SEED, each once, and whose waits move the clock."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.waits: list[float] = []
        self.actions._sources.pause = self.wait
        self.show()

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds
        self.show()

    def show(self) -> None:
        """AWS takes the code of now and of the step before and after."""
        self.sts.good = {totp.code(SEED, self.time + step) for step in (-30, 0, 30)}

    def keep_seed(self, seed: totp.Seed = SEED) -> None:
        self.actions._sources.seeds.put(DEVICE, seed)
        self.settings(seeds=(DEVICE,))

    def settings(self, **changes: object) -> None:
        settings = replace(self.store.state.settings, **changes)  # type: ignore[arg-type]
        self.store.set(replace(self.store.state, settings=settings))

    def program(self, text: str, profile: str = "alex", *, accepted: bool = True) -> None:
        profiles = {**USUAL, profile: {**USUAL[profile], CODE: text}}
        self.store.set(replace(self.store.state, catalogue=catalogue(profiles)))
        if accepted:
            settings = accept(self.store.state.settings, Line(profile, CODE, text))
            self.store.set(replace(self.store.state, settings=settings))

    def sent(self) -> list[str]:
        return [code for _, _, code in self.sts.calls if code]


@pytest.fixture
def house(tmp_path: Path) -> Codes:
    return Codes(tmp_path)


def printing(text: str) -> str:
    return f'"{sys.executable}" -c "print({text!r})"'


def test_a_kept_seed_gives_the_code_and_nobody_is_asked(house: Codes) -> None:
    house.keep_seed()
    house.sign_in("prod")
    assert house.session("prod").origin is Origin.SHARED
    assert house.sent() == [totp.code(SEED, NOW)]
    assert house.asked == []
    assert house.store.state.busy == frozenset()


def test_roles_with_codes_of_their_own_each_get_the_next_one(house: Codes) -> None:
    house.keep_seed()
    house.sign_in("long")
    house.sign_in("long-too")
    assert house.session("long-too").lifetime == 14400
    assert len(set(house.sent())) == 2
    assert len(house.waits) == 1
    assert 0 < house.waits[0] <= 30.2


def test_an_accepted_program_gives_the_code(house: Codes) -> None:
    house.program(printing(f" {totp.code(SEED, NOW)} "))
    house.sign_in("prod")
    assert house.session("prod").origin is Origin.SHARED
    assert house.asked == []


def test_a_program_nobody_accepted_does_not_run_and_that_is_said_beside_the_question(
    house: Codes, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    house.program(
        f'"{sys.executable}" -c "open({str(ran)!r}, {"w"!r}); print(123456)"', accepted=False
    )
    house.sign_in("prod")
    assert house.asked == [DEVICE]
    problem = house.store.state.queues[DEVICE].problem
    assert problem is not None
    assert problem.code == "line_not_accepted"
    assert not ran.exists()
    house.actions.give_code(DEVICE, totp.code(SEED, NOW))
    assert house.session("prod").origin is Origin.SHARED


def test_a_line_that_changed_is_not_accepted_any_more(house: Codes) -> None:
    house.program(printing(totp.code(SEED, NOW)))
    house.program(printing(totp.code(SEED, NOW)) + " ", accepted=False)
    house.sign_in("prod")
    assert house.asked == [DEVICE]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (printing("12345"), "mfa_process_no_code"),
        (printing("alex 123456"), "mfa_process_no_code"),
        (printing("１２３４５６"), "mfa_process_no_code"),
        (
            f'"{sys.executable}" -c "import sys; print(123456, file=sys.stderr)"',
            "mfa_process_no_code",
        ),
        (f'"{sys.executable}" -c "print(123456); raise SystemExit(3)"', "mfa_process_failed"),
        (f'"{sys.executable}" -c "print(str(1) * 99999)"', "mfa_process_failed"),
        ("/no/such/program", "mfa_process_not_started"),
        ('"', "mfa_process_not_started"),
    ],
)
def test_what_is_no_code_is_told_and_the_person_is_asked(
    house: Codes, line: str, code: str
) -> None:
    house.program(line)
    house.sign_in("prod")
    assert house.asked == [DEVICE]
    problem = house.store.state.queues[DEVICE].problem
    assert problem is not None
    assert (problem.code, problem.exit) == (code, Exit.LOCAL)
    assert house.sent() == []


def test_a_program_that_takes_too_long_is_ended() -> None:
    from rolecall.aws import code_process

    line = Line("alex", CODE, f'"{sys.executable}" -c "import time; time.sleep(60)"')
    with pytest.raises(Exception, match="mfa_process_slow"):
        code_process.code_of(line, {}, seconds=0.3)


def test_a_seed_that_cannot_be_read_leaves_the_program_its_turn(house: Codes) -> None:
    house.settings(seeds=(DEVICE,))  # the keyring has none
    house.program(printing(totp.code(SEED, NOW)))
    house.sign_in("prod")
    assert house.session("prod").origin is Origin.SHARED
    assert house.asked == []


def test_a_wrong_seed_is_tried_so_often_and_then_the_person_is_asked(house: Codes) -> None:
    house.keep_seed(totp.Seed(b"another seed that AWS has not"))
    house.sign_in("prod")
    assert len(house.sent()) == TRIES
    assert house.asked == [DEVICE]
    problem = house.store.state.queues[DEVICE].problem
    assert problem is not None
    assert problem.code == "mfa_code_refused"


def test_a_code_somebody_typed_in_this_step_is_not_sent_again(house: Codes) -> None:
    house.sign_in("prod", code=totp.code(SEED, NOW))
    house.keep_seed()
    house.sign_in("long")
    assert len(set(house.sent())) == 2
    assert house.session("long").lifetime == 14400


def test_who_gives_up_while_a_code_is_fetched_is_not_signed_in(house: Codes) -> None:
    house.keep_seed()
    house.held = True
    house.sign_in("prod")
    assert house.store.state.busy == {"prod"}
    house.actions.cancel_code(DEVICE, Problem("nobody", Text("nobody")))
    house.finish()
    assert house.refusal("prod").code == "nobody"
    assert house.sent() == []
    assert house.store.state.busy == frozenset()


def test_another_device_is_used_where_the_person_chose_so(house: Codes) -> None:
    chosen = replace(catalogue(USUAL), devices={DEVICE: SPARE})
    house.store.set(replace(house.store.state, catalogue=chosen))
    house.sign_in("prod")
    house.sign_in("alex")
    assert house.asked == [SPARE, SPARE]
    house.actions.give_code(SPARE, totp.code(SEED, NOW))
    assert house.session("prod").origin is Origin.SHARED


def test_the_line_of_a_roles_own_profile_goes_before_that_of_its_source(house: Codes) -> None:
    house.program(printing("000000"))
    profiles = dict(house.store.state.catalogue.profiles)
    profiles["prod"] = {**profiles["prod"], CODE: printing(totp.code(SEED, NOW))}
    house.store.set(replace(house.store.state, catalogue=catalogue(profiles)))
    line = Line("prod", CODE, profiles["prod"][CODE])
    house.settings(trusted=accept(house.store.state.settings, line).trusted)
    house.sign_in("prod")
    assert house.session("prod").origin is Origin.SHARED


# --- renewals --------------------------------------------------------------------------


def later(house: Codes, name: str, scope: str = "") -> float:
    """Move the clock to where `name` is to be renewed; returns when its session ends."""
    session = house.store.state.session(name, house.time, scope)
    assert session is not None
    house.time = countdown.renew_at(session) + 1
    house.show()
    return session.expires_at


@pytest.mark.parametrize("name", ["alex", "long"])
def test_with_a_kept_seed_a_session_renews_itself(house: Codes, name: str) -> None:
    house.keep_seed()
    house.sign_in(name)
    assert house.actions.explain(name, Wish()).renews_itself  # type: ignore[union-attr]
    ends = later(house, name)
    house.actions.beat()
    renewed = house.store.state.session(name, house.time)
    assert renewed is not None
    assert renewed.expires_at > ends
    assert (house.asked, house.notices) == ([], [])
    assert len(set(house.sent())) == 2


def test_with_a_kept_seed_a_role_outlives_the_shared_session(house: Codes) -> None:
    """Twelve hours of one-hour sessions, then a further code that nobody has to give."""
    house.keep_seed()
    house.sign_in("prod")
    for _ in range(17):
        later(house, "prod")
        house.actions.beat()
    assert house.store.state.session("prod", house.time) is not None
    assert len(house.sent()) == 2
    assert (house.asked, house.notices) == ([], [])


def test_a_renewal_starts_no_program_that_may_want_a_touch(house: Codes, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    house.sign_in("long", code=totp.code(SEED, NOW))
    house.program(f'"{sys.executable}" -c "open({str(ran)!r}, {"w"!r}); print(123456)"')
    later(house, "long")
    house.actions.beat()
    house.time += 6 * 60  # from fifteen minutes before the end to nine
    house.actions.beat()
    assert not ran.exists()
    assert [notice.role for notice in house.notices] == ["long"]
    assert not house.actions.explain("long", Wish()).renews_itself  # type: ignore[union-attr]


def test_a_seed_that_aws_refuses_is_not_tried_again_and_again(house: Codes) -> None:
    """A person hears of it; none of them is asked, and nothing waits for ever."""
    house.sign_in("long", code=totp.code(SEED, NOW))
    house.keep_seed(totp.Seed(b"another seed that AWS has not"))
    later(house, "long")
    for _ in range(7):
        house.actions.beat()
        house.time += 61
        house.show()
    assert len(house.sent()) == 1 + TRIES
    assert [notice.role for notice in house.notices][:1] == ["long"]
    assert house.store.state.refusals["long"].code == "mfa_code_refused"
    assert (house.asked, house.store.state.queues[DEVICE].waiters) == ([], ())
    assert house.store.state.busy == frozenset()


def test_a_renewal_without_a_network_is_tried_again_later(house: Codes) -> None:
    house.keep_seed()
    house.sign_in("long")
    ends = later(house, "long")
    house.sts.refuse["AssumeRole"] = Problem("no_network", Text("none"), exit=Exit.NETWORK)
    house.actions.beat()
    assert house.store.state.queues[DEVICE].waiters == ()
    house.sts.refuse.clear()
    house.time += 61
    house.show()
    house.actions.beat()
    renewed = house.store.state.session("long", house.time)
    assert renewed is not None
    assert renewed.expires_at > ends
    assert house.asked == []


def test_who_asks_while_a_renewal_fetches_its_code_is_served_by_it(house: Codes) -> None:
    house.keep_seed()
    house.sign_in("long")
    later(house, "long")
    house.held = True
    house.actions.beat()
    house.actions.beat()
    assert house.store.state.busy == {"long"}
    house.sign_in("long", Wish(fresh=True))
    house.finish()
    assert house.session("long").issued_at > NOW
    assert len(house.sent()) == 2


def test_a_person_is_asked_who_comes_while_the_seed_of_a_renewal_fails(house: Codes) -> None:
    house.sign_in("long", code=totp.code(SEED, NOW))
    house.keep_seed(totp.Seed(b"another seed that AWS has not"))
    later(house, "long")
    house.held = True
    house.actions.beat()
    house.sign_in("long", Wish(fresh=True))
    house.finish()
    assert house.asked == [DEVICE]
    house.actions.give_code(DEVICE, totp.code(SEED, house.time))
    house.finish()
    assert house.session("long").issued_at > NOW + 3600


def test_a_code_that_is_being_fetched_asks_nobody_for_one(house: Codes) -> None:
    house.keep_seed()
    house.held = True
    house.sign_in("long")
    state = house.store.state
    assert not code_is_asked(state, state.queues[DEVICE])
    house.finish()
    house.settings(seeds=())
    house.sign_in("long-too")
    state = house.store.state
    assert code_is_asked(state, state.queues[DEVICE])
