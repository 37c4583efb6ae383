"""Our IAM calls over the embedded AWS: what they bring, each refusal's Problem, and what is sent only once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from aws.scripted_server import error, scripted
from rolecall.aws.iam import Iam
from rolecall.demo import company
from rolecall.demo.faults import Fault
from rolecall.demo.server import EmbeddedAws
from rolecall.domain import totp
from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.session import Credentials


def identity(name: str, url: str) -> Role:
    source = Source(SourceKind.KEYS_IN_FILE, name)
    config = (("endpoint_url", url),)
    return Role(name, source, region="eu-central-1", client_config=config)


def keys(aws: EmbeddedAws, name: str) -> Credentials:
    held = aws.catalogue.users[name]
    return Credentials(held.access_key_id, held.secret)


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


@pytest.fixture
def alex(aws: EmbeddedAws) -> Iam:
    return Iam(keys(aws, "alex"), identity("alex", aws.url), aws.clock.now)


def refused(call: Callable[[], object]) -> tuple[str, Exit]:
    with pytest.raises(ProblemError) as caught:
        call()
    assert caught.value.__context__ is None
    return caught.value.problem.code, caught.value.problem.exit


def test_a_device_from_its_making_to_its_end(aws: EmbeddedAws, alex: Iam) -> None:
    user = alex.user()
    assert (user.name, user.arn) == ("alex", company.ALEX)
    made = alex.create_device("alex-laptop")
    assert "seed" not in repr(made)
    assert alex.unassigned_devices() == [made.serial]
    assert refused(lambda: alex.create_device("alex-laptop"))[0] == "device_exists"
    now = aws.clock.now()
    first, second = totp.code(made.seed, now - 30), totp.code(made.seed, now)
    assert refused(lambda: alex.enable_device(made.serial, "alex", second, first)) == (
        "mfa_codes_refused",
        Exit.REFUSED,
    )
    alex.enable_device(made.serial, "alex", first, second)
    assert alex.devices() == [company.PHONE, made.serial]
    assert refused(lambda: alex.delete_device(made.serial))[0] == "device_in_use"
    alex.deactivate_device(made.serial, "alex")
    alex.delete_device(made.serial)
    assert refused(lambda: alex.delete_device(made.serial))[0] == "no_such_entity"


def test_a_key_from_its_making_to_its_end(aws: EmbeddedAws, alex: Iam) -> None:
    (old,) = alex.access_keys()
    assert old.active
    made = alex.create_key()
    assert made.credentials.secret_access_key not in repr(made)
    assert [key.key_id for key in alex.access_keys()] == [
        old.key_id,
        made.credentials.access_key_id,
    ]
    assert refused(alex.create_key)[0] == "limit_exceeded"
    assert alex.last_used(made.credentials.access_key_id) == (None, "N/A", "N/A")
    assert alex.last_used(old.key_id)[1] == "iam"
    alex.switch_key(made.credentials.access_key_id, on=False)
    assert [key.active for key in alex.access_keys()] == [True, False]
    new = Iam(made.credentials, identity("alex", aws.url), aws.clock.now)
    assert refused(new.access_keys)[0] == "keys_invalid"
    alex.delete_key(made.credentials.access_key_id)
    assert len(alex.access_keys()) == 1


def test_what_policies_deny_says_which_permission_is_missing(aws: EmbeddedAws) -> None:
    for name in ("build", "sam"):
        one = Iam(keys(aws, name), identity(name, aws.url), aws.clock.now)
        with pytest.raises(ProblemError) as caught:
            one.create_key()
        problem = caught.value.problem
        assert problem.code == "iam_denied"
        assert "iam:CreateAccessKey" in str(problem.explanation)


def test_what_makes_something_is_sent_once_and_a_listing_again(aws: EmbeddedAws, alex: Iam) -> None:
    aws.faults.add(Fault("cut", 1, "CreateAccessKey"))
    assert refused(alex.create_key)[1] is Exit.NETWORK
    assert len(alex.access_keys()) == 2  # it was made; a second try would have met the limit
    aws.faults.add(Fault("500", 1, "ListMFADevices"))
    assert alex.devices() == [company.PHONE]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EntityTemporarilyUnmodifiable", "entity_busy"),
        ("ServiceFailure", "unknown"),
        ("Throttling", "throttled"),
    ],
)
def test_other_refusals(code: str, expected: str) -> None:
    with scripted(error(code, "no", 400)) as script:
        one = Iam(
            Credentials("AKIACANARY00000000A", "canary"), identity("x", script.url), lambda: 1e9
        )
        assert refused(lambda: one.delete_key("AKIACANARY00000000A"))[0] == expected
        assert len(script.requests) == 1


def test_an_answer_without_a_seed_is_no_answer_of_aws(aws: EmbeddedAws, alex: Iam) -> None:
    aws.faults.add(Fault("garbage", 1, "CreateVirtualMFADevice"))
    assert refused(lambda: alex.create_device("alex-laptop"))[0] == "garbage"
