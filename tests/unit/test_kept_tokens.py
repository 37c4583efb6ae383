"""What is known of Identity Center sign-ins from this computer alone."""

from __future__ import annotations

from pathlib import Path

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.identity_center import Portal, Registration, Token
from rolecall.proving.kept_tokens import kept_proofs, token_files
from rolecall.storage.sso_cache import SsoCache

START = "https://acme.awsapps.com/start"
NOW = 1_800_000_000.0
PROFILES = {
    "one": {"sso_session": "acme", "sso_account_id": "1" * 12, "sso_role_name": "A"},
    "two": {"sso_session": "acme", "sso_account_id": "2" * 12, "sso_role_name": "B"},
    "old": {
        "sso_start_url": START,
        "sso_region": "eu-west-1",
        "sso_account_id": "1" * 12,
        "sso_role_name": "A",
    },
    "broken": {"sso_session": "gone", "sso_account_id": "1" * 12, "sso_role_name": "A"},
}
CATALOGUE = Catalogue(
    PROFILES, sso_sessions={"acme": {"sso_start_url": START, "sso_region": "eu-west-1"}}
)
SESSION = Portal(START, "eu-west-1", "acme")
LEGACY = Portal(START, "eu-west-1")
REGISTRATION = Registration("id", "secret", NOW + 1000, SESSION.scopes)


def cache(home: Path) -> SsoCache:
    return SsoCache(home / ".aws" / "sso" / "cache")


def proofs(home: Path, now: float = NOW) -> set[str]:
    return set(kept_proofs(CATALOGUE, {"HOME": str(home)}, now))


def test_live_and_refreshable_tokens_are_proofs(home: Path) -> None:
    assert proofs(home) == set()
    cache(home).keep_token(SESSION, Token("t", NOW + 60))
    assert proofs(home) == {"identity_center acme"}
    assert proofs(home, NOW + 60) == set()
    cache(home).keep_token(SESSION, Token("t", NOW - 60, REGISTRATION, "r"))
    assert proofs(home) == {"identity_center acme"}
    assert proofs(home, NOW + 1000) == set()  # the registration is over, and nothing refreshes it
    cache(home).keep_token(LEGACY, Token("t", NOW + 60))
    assert proofs(home) == {"identity_center acme", f"identity_center {START}"}


def test_the_demo_keeps_its_own(home: Path) -> None:
    own = {"HOME": str(home), "ROLECALL_HOME": str(home / "demo"), "ROLECALL_DEMO_URL": "http://x"}
    cache(home).keep_token(SESSION, Token("t", NOW + 60))
    assert kept_proofs(CATALOGUE, own, NOW) == {}
    cache(home / "demo").keep_token(SESSION, Token("t", NOW + 60))
    assert set(kept_proofs(CATALOGUE, own, NOW)) == {"identity_center acme"}
    assert set(kept_proofs(CATALOGUE, {**own, "ROLECALL_DEMO_URL": ""}, NOW)) == {
        "identity_center acme"
    }


def test_the_files_to_watch_are_those_of_the_tokens(home: Path) -> None:
    files = token_files(CATALOGUE, {"HOME": str(home)})
    assert files == (cache(home).place(SESSION), cache(home).place(LEGACY))
