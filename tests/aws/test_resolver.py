"""Sources that hand credentials over, through botocore's own providers: what they give, and every way they fail."""

from __future__ import annotations

import json
import os
import select
import shlex
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from aws.scripted_server import answer, scripted
from rolecall.aws import helper_process, resolver
from rolecall.domain.problem import Exit, Problem, ProblemError
from rolecall.domain.process_line import process_line

NOW = 1_800_000_000.0
CANARY = "cAnArYsEcReT0123456789"
KEYS = {"Version": 1, "AccessKeyId": "AKIAEXAMPLE", "SecretAccessKey": CANARY}
TEMPORARY = KEYS | {"SessionToken": "tOkEn", "Expiration": "2027-01-15T09:00:00Z"}
ENVIRON: Mapping[str, str] = {"PATH": os.environ["PATH"]}


def line(tmp_path: Path, program: str, *words: str) -> str:
    """A credential_process line that runs a Python program."""
    script = tmp_path / "a helper.py"
    script.write_text(program)
    return process_line([sys.executable, "-S", "-E", str(script), *words])


def printing(tmp_path: Path, value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return line(tmp_path, f"import sys; sys.stdout.write({text!r})")


def refused(work: Callable[[], Any]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        work()
    assert caught.value.__context__ is None  # botocore's exception quotes what it read
    told = "\n".join(caught.value.problem.lines()) + repr(caught.value.problem)
    assert CANARY not in told
    return caught.value.problem


# --- a program ---------------------------------------------------------------------------


def test_a_helper_gives_temporary_credentials(tmp_path: Path) -> None:
    found = resolver.from_process("work", printing(tmp_path, TEMPORARY), ENVIRON, NOW)
    assert (found.credentials.access_key_id, found.credentials.session_token) == (
        "AKIAEXAMPLE",
        "tOkEn",
    )
    assert found.expires_at == 1_800_003_600.0
    assert CANARY not in repr(found)


def test_a_helper_gives_keys_without_an_end(tmp_path: Path) -> None:
    shown = KEYS | {"AccountId": "111111111111"}
    found = resolver.from_process("work", printing(tmp_path, shown), ENVIRON, NOW)
    assert found.credentials.session_token == ""
    assert found.expires_at is None
    assert found.account_id == "111111111111"


def test_a_helper_near_its_end_runs_once(tmp_path: Path) -> None:
    count = tmp_path / "count"
    soon = json.dumps(TEMPORARY | {"Expiration": "2027-01-15T08:05:00Z"})
    program = f"open({str(count)!r}, 'a').write('x'); print({soon!r})"
    resolver.from_process("work", line(tmp_path, program), ENVIRON, NOW)
    assert count.read_text() == "x"


def test_a_helper_gets_its_words_as_they_are_and_no_shell(tmp_path: Path) -> None:
    program = (
        "import json, sys; json.dump({'Version': 1, 'SecretAccessKey': 's',"
        " 'AccessKeyId': '|'.join(sys.argv[1:])}, sys.stdout)"
    )
    found = resolver.from_process(
        "work", line(tmp_path, program, "~", "$HOME", "a b", ";", "`id`"), ENVIRON, NOW
    )
    assert found.credentials.access_key_id == "~|$HOME|a b|;|`id`"


def test_a_helper_gets_neither_terminal_nor_input_nor_our_group(tmp_path: Path) -> None:
    program = (
        "import json, os, sys; json.dump({'Version': 1, 'SecretAccessKey': 's',"
        " 'AccessKeyId': repr((sys.stdin.read(), os.getsid(0) == os.getpid()))}, sys.stdout)"
    )
    found = resolver.from_process("work", line(tmp_path, program), ENVIRON, NOW)
    assert found.credentials.access_key_id == "('', True)"


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "[]",
        "null",
        "not json " + CANARY,
        "{}",
        {"Version": 1},
        {"Version": 2, "AccessKeyId": "a", "SecretAccessKey": CANARY},
        {"Version": 1, "AccessKeyId": "", "SecretAccessKey": CANARY},
        {"Version": 1, "AccessKeyId": "a", "SecretAccessKey": None},
        {"Version": 1, "AccessKeyId": {"a": 1}, "SecretAccessKey": CANARY},
        {"Version": 1, "AccessKeyId": "a", "SecretAccessKey": CANARY, "SessionToken": 5},
        TEMPORARY | {"Expiration": "tomorrow " + CANARY},
        TEMPORARY | {"Expiration": 5},
    ],
)
def test_what_is_not_credentials_is_none(tmp_path: Path, printed: object) -> None:
    problem = refused(
        lambda: resolver.from_process("work", printing(tmp_path, printed), ENVIRON, NOW)
    )
    assert (problem.code, problem.exit) == ("source_garbage", Exit.NETWORK)


@pytest.mark.parametrize(
    ("end", "code"),
    [("2027-01-15T09:00:00", "source_time_zone"), ("2027-01-15T07:59:59Z", "source_expired")],
)
def test_an_end_that_cannot_be_used(tmp_path: Path, end: str, code: str) -> None:
    shown = TEMPORARY | {"Expiration": end}
    problem = refused(
        lambda: resolver.from_process("work", printing(tmp_path, shown), ENVIRON, NOW)
    )
    assert (problem.code, problem.exit) == (code, Exit.LOCAL)


def test_what_a_failing_helper_says_stays_with_it(tmp_path: Path) -> None:
    program = f"import sys; sys.stderr.write({CANARY!r}); print({CANARY!r}); sys.exit(7)"
    problem = refused(
        lambda: resolver.from_process("work", line(tmp_path, program, CANARY), ENVIRON, NOW)
    )
    assert (problem.code, problem.exit) == ("helper_failed", Exit.LOCAL)
    assert "exit code 7" in str(problem.title)
    assert sys.executable in str(problem.title)


def test_a_helper_that_a_signal_ends(tmp_path: Path) -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    problem = refused(lambda: resolver.from_process("work", line(tmp_path, program), ENVIRON, NOW))
    assert "signal 15" in str(problem.title)


@pytest.mark.parametrize("written", ["", "   ", "/nowhere/helper", "no-such-helper-1 --x"])
def test_a_helper_that_is_not_there(written: str) -> None:
    problem = refused(lambda: resolver.from_process("work", written, ENVIRON, NOW))
    assert (problem.code, problem.exit) == ("helper_not_started", Exit.LOCAL)


def test_a_helper_that_may_not_be_run(tmp_path: Path) -> None:
    (tmp_path / "helper").write_text("#!/bin/sh\n")
    problem = refused(lambda: resolver.from_process("work", str(tmp_path / "helper"), ENVIRON, NOW))
    assert problem.code == "helper_not_started"
    assert "could not be started" in str(problem.title)


def test_a_quotation_mark_without_a_partner() -> None:
    problem = refused(lambda: resolver.from_process("work", f'helper "{CANARY}', ENVIRON, NOW))
    assert (problem.code, problem.exit) == ("helper_line", Exit.LOCAL)


def test_a_nested_block_is_no_line() -> None:
    problem = refused(lambda: resolver.from_process("work", "\n  a = b", ENVIRON, NOW))
    assert problem.exit is Exit.LOCAL


@pytest.mark.parametrize("leaves", [False, True])
def test_a_helper_that_does_not_end_is_killed_with_what_it_started(
    tmp_path: Path, leaves: bool
) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    program = (
        "import os, sys, time\n"
        f"fifo = os.open({str(fifo)!r}, os.O_WRONLY)\n"
        "os.write(fifo, b'here')\n"
        f"if os.fork() and {leaves}: os._exit(0)\n"
        "time.sleep(600)\n"
    )
    begun = time.monotonic()
    problem = refused(
        lambda: resolver.from_process("work", line(tmp_path, program), ENVIRON, NOW, seconds=1.5)
    )
    assert time.monotonic() - begun < 20
    assert (problem.code, problem.exit) == ("helper_too_slow", Exit.NETWORK)
    assert os.read(reader, 100) == b"here"
    select.select([reader], [], [], 10)
    assert os.read(reader, 100) == b""  # nobody is left who could write
    os.close(reader)


def test_a_helper_that_prints_without_end_is_killed(tmp_path: Path) -> None:
    program = "import sys\nwhile True: sys.stdout.write('x' * 4096)"
    problem = refused(lambda: resolver.from_process("work", line(tmp_path, program), ENVIRON, NOW))
    assert problem.code == "source_garbage"


def test_a_helper_that_leads_back_to_itself_is_not_started(tmp_path: Path) -> None:
    count = tmp_path / "count"
    written = line(tmp_path, f"open({str(count)!r}, 'a').write('x')")
    inner = helper_process.inner_environment(ENVIRON, "work")
    problem = refused(lambda: resolver.from_process("work", written, inner, NOW))
    assert (problem.code, problem.exit) == ("helper_endless", Exit.LOCAL)
    assert not count.exists()


def test_helpers_inside_helpers_end_at_four() -> None:
    environ = dict(ENVIRON)
    for name in ("a", "b", "c", "d"):
        environ = helper_process.inner_environment(environ, name)
    with pytest.raises(helper_process.EndlessChainError):
        helper_process.inner_environment(environ, "e")


# --- the environment ---------------------------------------------------------------------


def test_the_environment_is_the_one_that_was_handed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOURS")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "ours")
    theirs = {"AWS_ACCESS_KEY_ID": "AKIATHEIRS", "AWS_SECRET_ACCESS_KEY": CANARY}
    found = resolver.from_environment("ci", theirs, NOW)
    assert (found.credentials.access_key_id, found.expires_at) == ("AKIATHEIRS", None)
    more = theirs | {"AWS_SESSION_TOKEN": "t", "AWS_CREDENTIAL_EXPIRATION": "2027-01-15T09:00:00Z"}
    found = resolver.from_environment("ci", more, NOW)
    assert (found.credentials.session_token, found.expires_at) == ("t", 1_800_003_600.0)
    assert refused(lambda: resolver.from_environment("ci", {}, NOW)).code == "environment_empty"


@pytest.mark.parametrize(
    "environ",
    [
        {"AWS_ACCESS_KEY_ID": "AKIA"},
        {
            "AWS_ACCESS_KEY_ID": "AKIA",
            "AWS_SECRET_ACCESS_KEY": CANARY,
            "AWS_CREDENTIAL_EXPIRATION": "soon",
        },
    ],
)
def test_an_incomplete_environment(environ: dict[str, str]) -> None:
    problem = refused(lambda: resolver.from_environment("ci", environ, NOW))
    assert (problem.code, problem.exit) == ("environment_incomplete", Exit.LOCAL)


# --- a container -------------------------------------------------------------------------

CONTAINER = json.dumps(
    {
        "AccessKeyId": "ASIATASK",
        "SecretAccessKey": CANARY,
        "Token": "t",
        "Expiration": "2027-01-15T09:00:00Z",
    }
)


def test_a_container_with_a_token_file(tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("tOkEn-of-the-pod")
    with scripted(answer(CONTAINER)) as server:
        environ = {
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/role",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": str(token),
        }
        found = resolver.from_container("task", environ, NOW)
        assert server.requests[0].headers["authorization"] == "tOkEn-of-the-pod"
    assert (found.credentials.access_key_id, found.expires_at) == ("ASIATASK", 1_800_003_600.0)


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({}, "container_absent"),
        ({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://example.com/x"}, "container_settings"),
        (
            {
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/x",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/nowhere/token",
            },
            "container_settings",
        ),
        (
            {
                "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9/x",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN": f"{CANARY}\r\nHost: x",
            },
            "container_settings",
        ),
    ],
)
def test_a_container_that_is_none(environ: dict[str, str], code: str) -> None:
    problem = refused(lambda: resolver.from_container("task", environ, NOW))
    assert (problem.code, problem.exit) == (code, Exit.LOCAL)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer("no " + CANARY, 403), "container_unreachable"),
        (answer(CANARY), "container_unreachable"),
        (answer('{"AccessKeyId": "a"}'), "source_garbage"),
        (answer("[]"), "source_garbage"),
    ],
)
def test_a_container_that_gives_nothing(
    said: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("botocore.utils.ContainerMetadataFetcher.SLEEP_TIME", 0)
    with scripted(said) as server:
        environ = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/role"}
        problem = refused(lambda: resolver.from_container("task", environ, NOW))
    assert (problem.code, problem.exit) == (code, Exit.NETWORK)


# --- a machine ---------------------------------------------------------------------------


def _instance(url: str, *more: tuple[str, str]) -> resolver.Found:
    settings = (("ec2_metadata_service_endpoint", url), *more)
    return resolver.from_instance("machine", settings, {}, NOW)


def test_a_machine_by_its_token_and_with_its_real_end() -> None:
    soon = CONTAINER.replace("09:00", "08:01")
    with scripted(answer("tOkEn"), answer("BuildMachine"), answer(soon)) as server:
        found = _instance(server.url)
        assert server.requests[0].line.startswith("PUT /latest/api/token ")
        assert server.requests[2].headers["x-aws-ec2-metadata-token"] == "tOkEn"
    assert found.expires_at == NOW + 60


@pytest.mark.parametrize(
    "steps",
    [
        (answer("", 404), answer("", 401)),
        (answer("tOkEn"), answer("", 404)),
        (answer("tOkEn"), answer("Role"), answer('{"Code": "Failed", "Message": "x"}')),
        (answer("", 400),),
    ],
)
def test_a_machine_without_a_role(steps: tuple[bytes, ...]) -> None:
    with scripted(*steps) as server:
        problem = refused(lambda: _instance(server.url))
    assert (problem.code, problem.exit) == ("metadata_unreachable", Exit.NETWORK)


def test_a_machine_that_is_none_answers_soon() -> None:
    begun = time.monotonic()
    problem = refused(lambda: _instance("http://127.0.0.1:9/"))
    assert problem.code == "metadata_unreachable"
    assert time.monotonic() - begun < 10


def test_metadata_switched_off() -> None:
    environ = {"AWS_EC2_METADATA_DISABLED": "TRUE"}
    problem = refused(lambda: resolver.from_instance("machine", (), environ, NOW))
    assert (problem.code, problem.exit) == ("metadata_off", Exit.LOCAL)


@pytest.mark.parametrize(
    "wrong",
    [
        ("ec2_metadata_service_endpoint", "not a url"),
        ("ec2_metadata_service_endpoint_mode", "ipv5"),
        ("metadata_service_timeout", "soon"),
    ],
)
def test_metadata_set_wrongly(wrong: tuple[str, str]) -> None:
    problem = refused(lambda: resolver.from_instance("machine", (wrong,), {}, NOW))
    assert (problem.code, problem.exit) == ("metadata_settings", Exit.LOCAL)


def test_shlex_and_botocore_agree_on_the_program() -> None:
    written = '"/opt/my helper" --a'
    assert shlex.split(written)[0] == resolver._program(written)
