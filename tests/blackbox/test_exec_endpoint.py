"""exec --container-endpoint: real SDKs fed for as long as the command runs, and no longer."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.commands import CALLS, FETCHES, Running, call, python
from blackbox.program import AWS, Demo, plain_environment, run

ROLE = "prod-readonly"
CODE_ROLE = "prod-admin"
OWN_CODE_ROLE = "data-notebook"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """The environment of a person without a screen who has done what the demo printed."""
    return plain_environment(tmp_path) | demo.exports


def test_a_long_run_renews_itself(alone: dict[str, str], demo: Demo) -> None:
    """A 15-minute session, boto3 in one process over two hours of the demo's clock."""
    way = (ROLE, "--container-endpoint", "--duration", "900")
    with Running(alone, *way, "--", *python(CALLS)) as running:
        keys = set()
        for _ in range(9):
            arn, key = call(running)
            assert "assumed-role/ReadOnly/" in arn
            keys.add(key)
            demo.advance(901)
        assert len(keys) == 9
        assert running.end() == 0


def test_a_session_is_not_renewed_without_need(alone: dict[str, str], demo: Demo) -> None:
    """boto3 comes back at each call of a session this short; AWS hears of it once."""
    before = assumed(demo)
    way = (ROLE, "--container-endpoint", "--duration", "900")
    with Running(alone, *way, "--", *python(CALLS)) as running:
        assert len({call(running)[1] for _ in range(20)}) == 1
    assert assumed(demo) == before + 1


def assumed(demo: Demo) -> int:
    """How often AWS was asked for a role."""
    return [one["action"] for one in demo.calls()].count("AssumeRole")


def test_one_code_keeps_a_run_alive_beyond_its_session(alone: dict[str, str], demo: Demo) -> None:
    """What the code opened is kept in the process: no second code, though the hour is over."""
    way = (CODE_ROLE, "--container-endpoint", "--mfa-stdin")
    with Running(alone, *way, "--", *python(CALLS)) as running:
        running.say(demo.fresh_code())
        first = call(running)
        demo.advance(3700)
        second = call(running)
        assert "assumed-role/Admin/" in first[0]
        assert "assumed-role/Admin/" in second[0]
        assert first[1] != second[1]
        assert running.end() == 0


def test_where_a_code_is_needed_the_command_is_told_and_nobody_asked(
    alone: dict[str, str], demo: Demo
) -> None:
    """A role with a code of its own cannot renew: 503 with the reason, at once."""
    way = (OWN_CODE_ROLE, "--mfa-code", demo.fresh_code(), "--container-endpoint")
    with Running(alone, *way, "--", *python(FETCHES)) as running:
        running.say("fetch")
        assert running.line() == "200"
        demo.advance(43300)
        running.say("fetch")
        began = time.monotonic()
        refused = running.line()
        assert time.monotonic() - began < 5
        assert refused.startswith("503")
        assert "nobody to ask" in refused
        assert running.end() == 0


def test_the_endpoint_ends_with_the_command(alone: dict[str, str]) -> None:
    url = run(
        alone,
        *("exec", ROLE, "--container-endpoint", "--", "printenv"),
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ).out.strip()
    port = int(url.rsplit(":", 1)[1].split("/")[0])
    listening = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert f"0100007F:{port:04X}" not in listening


def test_no_token_or_key_is_an_argument(alone: dict[str, str]) -> None:
    """Nothing secret in the command line of ours, which other users can read."""
    show = python(
        "import os; print(open(f'/proc/{os.getppid()}/cmdline').read().split(chr(0)),"
        " os.environ['AWS_CONTAINER_AUTHORIZATION_TOKEN'])"
    )
    done = run(alone, "exec", ROLE, "--container-endpoint", "--", *show)
    command, _, token = done.out.strip().rpartition(" ")
    assert ROLE in command
    assert len(token) >= 43
    assert token not in command


@pytest.mark.parametrize("place", ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])
def test_keys_of_the_default_profile_do_not_win(
    alone: dict[str, str], place: str, tmp_path: Path
) -> None:
    """The shared files come before the endpoint in every SDK: the command must not see those keys."""
    changed = tmp_path / "changed"
    changed.write_text(
        Path(alone[place]).read_text()
        + "\n[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wrong\n"
    )
    done = run(
        alone | {place: str(changed), "AWS_PAGER": ""},
        *("exec", ROLE, "--container-endpoint", "--", AWS, "sts", "get-caller-identity"),
    )
    assert done.code == 0
    assert "assumed-role/ReadOnly/" in json.loads(done.out)["Arn"]
    assert "default profile" in done.err
