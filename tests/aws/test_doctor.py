"""The doctor over the embedded AWS: what each thing that is wrong is called, and with what code it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rolecall.aws.clock_check import measured_skew
from rolecall.aws.iam import Iam
from rolecall.demo import company
from rolecall.demo.server import EmbeddedAws
from rolecall.doctor import Finding, Grade, Patient, examined, exit_of
from rolecall.domain.problem import Exit, Problem, ProblemError, Text
from rolecall.domain.role import Identity
from rolecall.domain.rotation import Rotation, Step
from rolecall.domain.state import KeyringState
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.rotation_notes import NAME as ROTATIONS
from rolecall.storage.rotation_notes import note
from rolecall.storage.secret_store import MemorySecretStore
from rolecall.storage.setup_notes import NAME as SETUPS
from rolecall.storage.setup_notes import note_setup

CONFIG = f"""[profile alex]
region = eu-central-1
mfa_serial = {company.PHONE}
[profile lost]
role_arn = arn:aws:iam::222222222222:role/Lost
source_profile = gone
"""


class Locked(MemorySecretStore):
    """A keyring that is locked."""

    def state(self) -> KeyringState:
        return KeyringState.LOCKED


class Ward:
    """A person's computer, as healthy as can be, in front of the embedded AWS."""

    def __init__(self, aws: EmbeddedAws, folder: Path) -> None:
        self.aws = aws
        self.files = AwsFiles(folder / "config", folder / "credentials")
        self.paths = Paths.of({"ROLECALL_HOME": str(folder / "home")})
        self.paths.ensure()
        self.write(CONFIG.partition("[profile lost]")[0])
        self.give("alex")

    def write(self, text: str) -> None:
        self.files.config.write_text(text)

    def give(self, user: str) -> None:
        held = self.aws.catalogue.users[user]
        self.files.credentials.write_text(
            f"[alex]\naws_access_key_id = {held.access_key_id}\n"
            f"aws_secret_access_key = {held.secret}\n"
        )
        self.files.credentials.chmod(0o600)

    def patient(self) -> Patient:
        catalogue = read_catalogue(self.files, {})
        return Patient(
            catalogue,
            self.paths,
            self.files,
            MemorySecretStore(),
            self.aws.clock.now,
            lambda keys, role: Iam(
                keys,
                replace(role, client_config=(("endpoint_url", self.aws.url),)),
                self.aws.clock.now,
            ),
            lambda: 0.0,
            lambda: True,
        )

    def look(self, **changes: object) -> list[Finding]:
        return list(examined(replace(self.patient(), **changes)))  # type: ignore[arg-type]


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Ward]:
    with EmbeddedAws() as aws:
        made = Ward(aws, tmp_path)
        young = replace(aws.catalogue.users["alex"], created_at=aws.clock.now() - 5 * 86_400)
        aws.callers.add(young)
        yield made


def wrong(found: list[Finding]) -> dict[str, Exit]:
    return {one.check: one.exit for one in found if one.grade is Grade.WRONG}


def titles(found: list[Finding], check: str) -> str:
    return "\n".join(f"{one.title} {one.remedy}" for one in found if one.check == check)


def test_where_nothing_is_wrong_nothing_is_called_so(ward: Ward) -> None:
    found = ward.look()
    assert wrong(found) == {}
    assert exit_of(found) is Exit.DONE
    assert {one.check for one in found} == {"files", "keyring", "tray", "clock", "keys", "devices"}
    assert "5 days old" in titles(found, "keys")


def test_an_old_key_is_wrong_and_so_is_a_role_that_leads_nowhere(ward: Ward) -> None:
    ward.aws.clock.advance(100 * 86_400)
    ward.write(CONFIG)
    found = ward.look()
    assert wrong(found) == {"roles": Exit.LOCAL, "keys": Exit.LOCAL}
    assert "rolecall key rotate alex" in titles(found, "keys")


def test_a_value_that_aws_refuses_in_any_case_is_wrong(ward: Ward) -> None:
    whole = ward.files.config.read_text()
    odd = "[profile odd]\nrole_arn = arn:aws:iam::222222222222:role/Admin\nsource_profile = alex\n"
    ward.write(f"{whole}\n{odd}external_id = x\n")
    found = ward.look()
    assert wrong(found) == {"roles": Exit.LOCAL}
    assert "odd" in titles(found, "roles")
    assert "external_id has 2 to 1224" in titles(found, "roles")


def test_a_user_who_may_not_ask_iam_is_told_the_age_from_our_own_record(ward: Ward) -> None:
    ward.give("build")
    assert "at least 0 days" in titles(ward.look(), "keys")
    ward.aws.clock.advance(91 * 86_400)
    found = ward.look()
    assert "at least 91 days" in titles(found, "keys")
    ward.give("sam")
    assert "at least 0 days" in titles(ward.look(), "keys")


def test_a_device_that_is_not_the_users_is_wrong(ward: Ward) -> None:
    ward.write(ward.files.config.read_text().replace("alex-phone", "alex"))
    found = ward.look()
    assert wrong(found) == {"devices": Exit.LOCAL}
    assert company.PHONE in titles(found, "devices")


def test_the_key_of_a_profile_that_names_a_role_has_its_age_too(ward: Ward) -> None:
    """Its own source, and one that a chain comes through, whose device is that of the key before it."""
    role = "role_arn = arn:aws:iam::222222222222:role/ReadOnly\n"
    ward.write(
        ward.files.config.read_text()
        + f"[profile selfkeys]\n{role}source_profile = selfkeys\nregion = eu-central-1\n"
        f"[profile mid]\n{role}source_profile = alex\nregion = eu-central-1\n"
        f"mfa_serial = arn:aws:iam::111111111111:mfa/someone\n"
    )
    keys = ward.files.credentials.read_text().partition("\n")[2]
    with ward.files.credentials.open("a") as file:
        file.write(f"[selfkeys]\n{keys}[mid]\n{keys}")
    found = ward.look()
    assert {one.subject for one in found if one.check == "keys"} == {"alex", "selfkeys", "mid"}
    assert wrong(found) == {}


def test_a_key_that_aws_does_not_know_is_wrong(ward: Ward) -> None:
    ward.aws.callers.switch(ward.aws.catalogue.users["alex"].access_key_id, on=False)
    assert wrong(ward.look()) == {"keys": Exit.REFUSED}


@pytest.mark.parametrize(
    ("skew", "grade"),
    [(0.0, Grade.OK), (20.0, Grade.OK), (-45.0, Grade.NOTE), (900.0, Grade.WRONG)],
)
def test_a_clock_that_is_off(ward: Ward, skew: float, grade: Grade) -> None:
    found = ward.look(skew=lambda: skew)
    assert [one.grade for one in found if one.check == "clock"] == [grade]
    if skew > 100:
        assert "15.0 min behind" in titles(found, "clock")


def test_the_skew_is_measured_without_a_signature(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", ward.aws.url)
    assert measured_skew(ward.aws.clock.now) == 0.0
    assert measured_skew(lambda: ward.aws.clock.now() - 600) == pytest.approx(600, abs=2)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:9")
    with pytest.raises(ProblemError) as caught:
        measured_skew(ward.aws.clock.now)
    assert caught.value.problem.exit is Exit.NETWORK


def test_no_network_is_one_finding_and_the_rest_is_looked_at(ward: Ward) -> None:
    def unreachable() -> float:
        raise ProblemError(Problem("no_network", Text("AWS cannot be reached"), exit=Exit.NETWORK))

    found = ward.look(skew=unreachable)
    assert wrong(found) == {"clock": Exit.NETWORK}
    assert {"keyring", "keys"} <= {one.check for one in found}


def test_a_locked_keyring_matters_where_a_key_lies_in_it(ward: Ward) -> None:
    found = ward.look(secrets=Locked())
    assert wrong(found) == {}
    catalogue = read_catalogue(ward.files, {"vault": Identity("vault")})
    found = ward.look(secrets=Locked(), catalogue=catalogue)
    assert wrong(found)["keyring"] is Exit.KEYRING


@pytest.mark.parametrize(("present", "expected"), [(False, Grade.NOTE), (None, None)])
def test_a_desktop_without_a_tray(ward: Ward, present: bool | None, expected: Grade | None) -> None:
    found = [one.grade for one in ward.look(tray=lambda: present) if one.check == "tray"]
    assert found == ([expected] if expected else [])


def test_what_was_begun_and_not_finished_is_told(ward: Ward) -> None:
    state = ward.paths.state_dir
    note(state / ROTATIONS, Rotation("alex", Step.PROVED, "a", ("a",), "b"))
    note_setup(state / SETUPS, "alex", company.PHONE)
    found = ward.look()
    assert "rolecall key rotate alex" in titles(found, "keys")
    assert "--give-up" in titles(found, "devices")


def test_a_file_others_may_read_and_a_line_nobody_accepted(ward: Ward) -> None:
    ward.files.credentials.chmod(0o640)
    ward.write(ward.files.config.read_text() + "mfa_process = /usr/bin/ykman\n")
    found = ward.look(trusted=lambda _profile, _key, _line: False)
    assert wrong(found) == {"files": Exit.LOCAL}
    assert "rolecall trust alex" in titles(found, "roles")


def test_nothing_the_doctor_says_or_keeps_is_a_secret_or_a_whole_key_id(ward: Ward) -> None:
    held = ward.aws.catalogue.users["alex"]
    said = repr(ward.look())
    kept = "".join(p.read_text() for p in ward.paths.state_dir.rglob("*") if p.is_file())
    for secret in (held.secret, held.access_key_id):
        assert secret not in said
        assert secret not in kept
