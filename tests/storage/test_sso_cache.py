"""The token cache that all AWS programs share: held against boto3's and the AWS CLI's own code."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.tokens import _sso_json_dumps
from botocore.utils import JSONFileCache, SSOTokenLoader

from rolecall.domain.identity_center import Portal, Registration, Token
from rolecall.storage.sso_cache import SsoCache, registration_key, token_key

START = "https://acme-rolecall.awsapps.com/start"
PORTAL = Portal(START, "eu-central-1", "acme")
LEGACY = Portal(START, "eu-central-1")
MOMENT = datetime(2026, 11, 25, 12, 30, 45, tzinfo=UTC).timestamp()
REGISTRATION = Registration("client-id", "client-secret", MOMENT + 86400, PORTAL.scopes)
TOKEN = Token("the-access-token", MOMENT, REGISTRATION, "the-refresh-token")

CLI_2 = Path("/usr/lib/python3/dist-packages")


@pytest.fixture
def cache(tmp_path: Path) -> SsoCache:
    return SsoCache(tmp_path / "sso" / "cache")


def botocore_cache(tmp_path: Path) -> Any:
    return JSONFileCache(str(tmp_path / "sso" / "cache"), dumps_func=_sso_json_dumps)


@pytest.mark.parametrize("portal", [PORTAL, LEGACY])
def test_what_we_write_is_what_botocore_would(
    cache: SsoCache, tmp_path: Path, portal: Portal
) -> None:
    cache.keep_token(portal, TOKEN)
    ours = next((tmp_path / "sso" / "cache").glob("*.json"))
    written = ours.read_bytes()
    token = SSOTokenLoader(botocore_cache(tmp_path))(START, portal.session or None)
    assert token["accessToken"] == "the-access-token"
    ends, registered_until = (datetime.fromtimestamp(at, UTC) for at in (MOMENT, MOMENT + 86400))
    theirs = {
        "startUrl": START,
        "region": "eu-central-1",
        "accessToken": "the-access-token",
        "expiresAt": ends,
        "clientId": "client-id",
        "clientSecret": "client-secret",
        "registrationExpiresAt": registered_until,
        "refreshToken": "the-refresh-token",
    }
    SSOTokenLoader(botocore_cache(tmp_path)).save_token(START, theirs, portal.session or None)
    assert ours.read_bytes() == written


def test_what_botocore_writes_is_read(cache: SsoCache, tmp_path: Path) -> None:
    cache.keep_token(PORTAL, TOKEN)
    assert cache.token(PORTAL) == TOKEN
    assert cache.token(LEGACY) is None
    bare = Token("only-this", MOMENT)
    cache.keep_token(LEGACY, bare)
    assert cache.token(LEGACY) == bare


def test_the_file_is_private_and_the_folder_too(cache: SsoCache, tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        cache.keep_token(PORTAL, TOKEN)
    finally:
        os.umask(umask)
    folder = tmp_path / "sso" / "cache"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()] == [0o600]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"startUrl": "https://acme',
        b"[]",
        b'"text"',
        b'{"accessToken": 1, "expiresAt": "2026-11-25T12:30:45Z"}',
        b'{"accessToken": "", "expiresAt": "2026-11-25T12:30:45Z"}',
        b'{"accessToken": "t"}',
        b'{"accessToken": "t", "expiresAt": "soon"}',
        b'{"accessToken": "t", "expiresAt": 12}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_half_a_file_is_no_token(cache: SsoCache, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "sso" / "cache"
    folder.mkdir(parents=True)
    (folder / f"{token_key(PORTAL)}.json").write_bytes(content)
    assert cache.token(PORTAL) is None
    cache.keep_token(PORTAL, TOKEN)
    assert cache.token(PORTAL) == TOKEN


def test_odd_members_are_left_out(cache: SsoCache, tmp_path: Path) -> None:
    folder = tmp_path / "sso" / "cache"
    folder.mkdir(parents=True)
    found = {
        "accessToken": "t",
        "expiresAt": "2026-11-25T12:30:45UTC",
        "clientId": "c",
        "refreshToken": 7,
        "more": {},
    }
    (folder / f"{token_key(PORTAL)}.json").write_text(json.dumps(found))
    assert cache.token(PORTAL) == Token("t", MOMENT)


def test_a_registration_is_kept_for_its_grants(cache: SsoCache) -> None:
    grants = ("authorization_code", "refresh_token")
    browser = Registration("browser", "secret", MOMENT, PORTAL.scopes, grants)
    cache.keep_registration(PORTAL, browser)
    assert cache.registration(PORTAL, grants) == browser
    assert cache.registration(PORTAL, ()) is None
    device = Registration("device", "secret", MOMENT, PORTAL.scopes)
    cache.keep_registration(PORTAL, device)
    assert cache.registration(PORTAL, ()) == device
    assert cache.registration(PORTAL, grants) is None


def test_forgetting_is_for_all_programs_and_may_be_done_twice(cache: SsoCache) -> None:
    cache.forget_token(PORTAL)
    cache.keep_token(PORTAL, TOKEN)
    cache.forget_token(PORTAL)
    assert cache.token(PORTAL) is None


def test_every_token_of_an_identity_center_is_found(cache: SsoCache, tmp_path: Path) -> None:
    assert cache.all_of(PORTAL) == []
    portals = [PORTAL, LEGACY, Portal(f"{START}/", "eu-central-1", "other")]
    for portal in portals:
        cache.keep_token(portal, TOKEN)
    cache.keep_registration(PORTAL, REGISTRATION)
    cache.keep_token(Portal(START, "us-east-1", "elsewhere"), TOKEN)
    cache.keep_token(Portal("https://d-1234567890.awsapps.com/start", "eu-central-1"), TOKEN)
    (tmp_path / "sso" / "cache" / "half.json").write_text('{"startUrl": 7')
    for portal in portals:
        found = cache.all_of(portal)
        assert {path for path, _ in found} == {cache.place(each) for each in portals}
        assert {token.access for _, token in found} == {TOKEN.access}


def test_nothing_can_be_kept_where_a_file_is_in_the_way(cache: SsoCache, tmp_path: Path) -> None:
    (tmp_path / "sso").write_text("in the way")
    from rolecall.domain.problem import Exit, ProblemError

    with pytest.raises(ProblemError) as caught:
        cache.keep_token(PORTAL, TOKEN)
    assert caught.value.problem.exit is Exit.LOCAL
    assert cache.token(PORTAL) is None


@pytest.mark.skipif(not (CLI_2 / "awscli" / "botocore").is_dir(), reason="no AWS CLI 2 here")
def test_the_keys_are_those_of_the_aws_cli_2() -> None:
    """Asked of the installed AWS CLI 2's own code, in a process of its own."""
    asked = (
        "import json, sys\n"
        "from awscli.botocore.utils import SSOTokenFetcher\n"
        "f = SSOTokenFetcher('eu-central-1', None)\n"
        f"start = {START!r}\n"
        "scopes = ['sso:account:access']\n"
        "print(json.dumps([f._token_cache_key(start, 'acme'), f._token_cache_key(start, None),\n"
        " f._registration_cache_key(start, 'acme', scopes), f._registration_cache_key(start, None, None)]))\n"
    )
    done = subprocess.run(
        ["/usr/bin/python3", "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    bare = Portal(START, "eu-central-1", "", ())
    assert json.loads(done.stdout) == [
        token_key(PORTAL),
        token_key(LEGACY),
        registration_key(PORTAL),
        registration_key(bare),
    ]
