"""One contract for seeds, held by memory and by a real keyring; what is no seed of ours is left alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rolecall.domain.problem import Exit, ProblemError
from rolecall.domain.session import Credentials
from rolecall.domain.totp import Seed
from rolecall.storage.secret_store import SystemSecretStore, system_keyring
from rolecall.storage.seed_store import KeyringSeeds, MemorySeeds, SeedStore, seed_store
from storage.keyring_bus import gnome_keyring, needs_keyring, session_bus

PHONE = "arn:aws:iam::111111111111:mfa/alex-phone"
TABLET = "arn:aws:iam::111111111111:mfa/alex-tablet"
SEED = Seed(b"canary seed of a phone")
OTHER = Seed(b"canary seed of a tablet", "sha256")

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux's"),
    needs_keyring,
]


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringSeeds]:
    with session_bus(tmp_path) as environ, gnome_keyring(environ):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", environ["DBUS_SESSION_BUS_ADDRESS"])
        yield KeyringSeeds(interactive=False)


@pytest.fixture(params=["memory", "keyring"])
def seeds(request: pytest.FixtureRequest) -> SeedStore:
    if request.param == "memory":
        return MemorySeeds()
    found: SeedStore = request.getfixturevalue("keyring")
    return found


def code(seeds: SeedStore, serial: str) -> str:
    with pytest.raises(ProblemError) as caught:
        seeds.get(serial)
    assert caught.value.problem.exit is Exit.KEYRING
    return caught.value.problem.code


def test_each_device_has_its_own_seed(seeds: SeedStore) -> None:
    seeds.put(PHONE, SEED)
    seeds.put(TABLET, OTHER)
    assert seeds.get(PHONE) == SEED
    assert seeds.get(TABLET) == OTHER
    seeds.put(PHONE, OTHER)
    assert seeds.get(PHONE) == OTHER
    seeds.remove(PHONE)
    assert code(seeds, PHONE) == "seed_missing"
    seeds.remove(PHONE)
    assert seeds.get(TABLET) == OTHER


@pytest.mark.parametrize(
    "value",
    [
        "",
        "not JSON",
        "[]",
        "{}",
        json.dumps({"version": 2, "totp": "AAAA", "algorithm": "sha1"}),
        json.dumps({"version": 1, "totp": "", "algorithm": "sha1"}),
        json.dumps({"version": 1, "totp": "AAAA", "algorithm": "md5"}),
        json.dumps({"version": 1, "totp": "canary!", "algorithm": "sha1"}),
    ],
)
def test_an_item_that_is_none_of_ours_is_told_and_left_alone(
    keyring: KeyringSeeds, value: str
) -> None:
    raw = system_keyring(interactive=False, seconds=5)
    raw.write(f"MFA seed of {PHONE}", value)
    assert code(keyring, PHONE) == "seed_bad"
    assert raw.read(f"MFA seed of {PHONE}") == value


def test_seeds_and_keys_of_one_name_do_not_meet(keyring: KeyringSeeds) -> None:
    keys = SystemSecretStore()
    keys.put("alex", Credentials("AKIAEXAMPLE000000001", "secret"))
    keyring.put("alex", SEED)
    keys.remove("alex")
    assert keyring.get("alex") == SEED


def test_the_demo_keeps_seeds_in_memory_only() -> None:
    assert isinstance(seed_store({"ROLECALL_DEMO_URL": "http://127.0.0.1:1/demo"}), MemorySeeds)
