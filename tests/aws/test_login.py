"""`aws login` profiles: botocore's provider, its cache and a sign-in service that checks every proof."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aws.embedded import call
from rolecall.aws import login
from rolecall.aws.client import ClientSettings
from rolecall.demo.aws_login import cache_name
from rolecall.demo.faults import Fault
from rolecall.demo.server import EmbeddedAws
from rolecall.domain.problem import Exit, Problem, ProblemError

WHO = "arn:aws:iam::111111111111:user/alex"
SETTINGS = ClientSettings((("region", "eu-central-1"),), (), "aws")


@pytest.fixture
def aws() -> Iterator[EmbeddedAws]:
    with EmbeddedAws() as running:
        yield running


@pytest.fixture
def cache(aws: EmbeddedAws, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache file of a sign-in a moment ago."""
    monkeypatch.setenv("AWS_LOGIN_CACHE_DIRECTORY", str(tmp_path))
    monkeypatch.setenv("AWS_ENDPOINT_URL_SIGNIN", aws.url)
    path = tmp_path / cache_name(WHO)
    path.write_text(json.dumps(aws.login.signed_in(WHO)))
    return path


def aged(cache: Path, **more: Any) -> None:
    """The sign-in as it is when its fifteen minutes are over."""
    held = json.loads(cache.read_text())
    held["accessToken"]["expiresAt"] = "2020-01-01T00:00:00Z"
    cache.write_text(json.dumps(held | more))


def resolved() -> Any:
    return login.from_login("alex-login", WHO, SETTINGS, time.time())


def refused() -> Problem:
    with pytest.raises(ProblemError) as caught:
        resolved()
    assert caught.value.__context__ is None
    return caught.value.problem


def test_what_the_sign_in_left_is_used_as_it_is(aws: EmbeddedAws, cache: Path) -> None:
    before = json.loads(cache.read_text())
    found = resolved()
    keys = found.credentials
    held = {
        "AccessKeyId": keys.access_key_id,
        "SecretAccessKey": keys.secret_access_key,
        "SessionToken": keys.session_token,
    }
    assert call(aws, held, "get_caller_identity")["Arn"] == WHO
    assert found.account_id == "111111111111"
    assert json.loads(cache.read_text()) == before
    assert before["accessToken"]["accessKeyId"] == keys.access_key_id


def test_an_old_one_is_renewed_in_the_cache_that_everybody_shares(
    aws: EmbeddedAws, cache: Path
) -> None:
    before = json.loads(cache.read_text())
    aged(cache)
    found = resolved()
    after = json.loads(cache.read_text())
    assert after["refreshToken"] != before["refreshToken"]
    assert after["accessToken"]["accessKeyId"] == found.credentials.access_key_id
    assert found.expires_at is not None
    assert 800 < found.expires_at - time.time() <= 900
    assert stat.S_IMODE(cache.stat().st_mode) == 0o600
    assert resolved().credentials == found.credentials


def test_a_token_that_was_used_is_good_no_more(aws: EmbeddedAws, cache: Path) -> None:
    used = json.loads(cache.read_text())
    aged(cache)
    resolved()
    aged(cache, refreshToken=used["refreshToken"])
    problem = refused()
    assert (problem.code, problem.exit) == ("login_needed", Exit.NOBODY_TO_ASK)
    assert "aws login --profile alex-login" in str(problem.remedy)


def test_another_key_proves_nothing(aws: EmbeddedAws, cache: Path) -> None:
    aged(cache, dpopKey=aws.login.signed_in(WHO)["dpopKey"])
    assert refused().code == "login_needed"


@pytest.mark.parametrize("held", ["", "{}", "[]", '{"accessToken": {}}', "no json"])
def test_a_cache_that_is_damaged_needs_a_new_sign_in(cache: Path, held: str) -> None:
    cache.write_text(held)
    assert refused().code == "login_needed"


def test_no_cache_needs_a_sign_in(cache: Path) -> None:
    cache.unlink()
    problem = refused()
    assert (problem.code, problem.exit) == ("login_needed", Exit.NOBODY_TO_ASK)


def test_a_service_that_fails_is_named_as_any_other(aws: EmbeddedAws, cache: Path) -> None:
    aged(cache)
    aws.faults.add(Fault("500", 10))
    assert refused().code == "aws_unavailable"


def test_no_network_is_named_as_for_any_other_call(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged(cache)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SIGNIN", "http://127.0.0.1:9")
    assert refused().code == "no_network"


def test_without_the_extra_it_says_what_is_missing(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "awscrt.crypto", None)
    problem = refused()
    assert (problem.code, problem.exit) == ("awscrt_absent", Exit.LOCAL)
    assert "rolecall[login]" in str(problem.remedy)


def test_nothing_of_the_cache_is_in_a_problem(cache: Path) -> None:
    aged(cache)
    os.environ["AWS_ENDPOINT_URL_SIGNIN"] = "http://127.0.0.1:9"
    held = json.loads(cache.read_text())
    told = repr(refused())
    assert held["refreshToken"] not in told
    assert held["accessToken"]["secretAccessKey"] not in told


def test_awscrt_is_not_loaded_by_anything_else() -> None:
    script = "import sys, rolecall.aws.client; sys.exit(bool(sys.modules.get('awscrt')))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
