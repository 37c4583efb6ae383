"""exec: a clean environment, no shell, the command's own code, and 125 when it never started."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.commands import WAYS, python
from blackbox.program import AWS, Demo, plain_environment, run, run_on_terminal

ROLE = "prod-readonly"
CODE_ROLE = "prod-admin"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """The environment of a person without a screen who has done what the demo printed."""
    return plain_environment(tmp_path) | demo.exports


# --- what the command finds -----------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_the_aws_command_is_the_role(alone: dict[str, str], way: tuple[str, ...]) -> None:
    """The real AWS CLI, one call; what it prints is all there is on stdout."""
    done = run(
        alone | {"AWS_PAGER": ""},
        *("exec", ROLE, *way, "--", AWS, "sts", "get-caller-identity"),
        *("--query", "Arn", "--output", "text"),
    )
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("arn:aws:sts::222222222222:assumed-role/ReadOnly/")


@pytest.mark.parametrize("way", WAYS)
def test_nobody_elses_credentials_reach_the_command(
    alone: dict[str, str], way: tuple[str, ...]
) -> None:
    """Whatever was exported before is gone, the region is the role's, the rest is as it was."""
    others = {
        "AWS_PROFILE": "sandbox-admin",
        "AWS_DEFAULT_PROFILE": "sandbox-admin",
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "wrong",
        "AWS_SESSION_TOKEN": "wrong",
        "AWS_SECURITY_TOKEN": "wrong",
        "AWS_CREDENTIAL_EXPIRATION": "wrong",
        "AWS_ROLE_ARN": "wrong",
        "AWS_WEB_IDENTITY_TOKEN_FILE": "wrong",
        "AWS_ROLE_SESSION_NAME": "wrong",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "wrong",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "wrong",
        "AWS_REGION": "us-west-2",
        "AWS_DEFAULT_REGION": "us-west-2",
    }
    show = python("import json, os; print(json.dumps(dict(os.environ)))")
    found = run(alone | others | {"MINE": "1"}, "exec", ROLE, *way, "--", *show).json
    assert not [name for name, value in found.items() if value in {"wrong", "sandbox-admin"}]
    assert found["AWS_REGION"] == found["AWS_DEFAULT_REGION"] == "eu-central-1"
    assert (found["MINE"], found["ROLECALL_ROLE"]) == ("1", ROLE)
    assert found["AWS_CONFIG_FILE"] == alone["AWS_CONFIG_FILE"]
    keys = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}
    endpoint = {"AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN"}
    there, not_there = (endpoint, keys) if way else (keys, endpoint)
    assert there <= set(found)
    assert not not_there & set(found)


@pytest.mark.parametrize("way", WAYS)
def test_no_shell_reads_the_command(
    alone: dict[str, str], way: tuple[str, ...], tmp_path: Path
) -> None:
    """Words arrive as they were given, `--` and flags of ours among them."""
    words = ["$(touch pwned)", "; touch pwned", "a b", "", "*", "--", "--mfa-code", "한글", "'"]
    show = python("import json, sys; print(json.dumps(sys.argv[1:]))")
    assert run(alone, "exec", ROLE, *way, "--", *show, *words).json == words
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_part_of_the_name_is_enough_and_the_command_knows_the_whole(
    alone: dict[str, str], way: tuple[str, ...]
) -> None:
    show = python("import os; print(os.environ['ROLECALL_ROLE'])")
    assert run(alone, "exec", "prod-READ", *way, "--", *show).out == f"{ROLE}\n"


@pytest.mark.parametrize("way", WAYS)
def test_our_own_limit_on_core_files_is_not_the_commands(
    alone: dict[str, str], way: tuple[str, ...]
) -> None:
    """We leave none, as we hold keys; what the command may leave is its own matter."""
    before = ("sh", "-c", 'ulimit -S -c 0; ulimit -S -c 1234 && exec "$@"', "sh")
    show = ("sh", "-c", "ulimit -S -c")
    assert run(alone, "exec", ROLE, *way, "--", *show, before=before).out == "1234\n"


def test_a_session_can_be_narrowed(alone: dict[str, str]) -> None:
    """The common flags work as on export."""
    done = run(
        alone | {"AWS_PAGER": ""},
        *("exec", ROLE, "--duration", "900", "--read-only", "--"),
        *python("import os; print(os.environ['AWS_CREDENTIAL_EXPIRATION'])"),
    )
    assert done.code == 0
    left = time.mktime(time.strptime(done.out.strip(), "%Y-%m-%dT%H:%M:%SZ")) - time.mktime(
        time.gmtime()
    )
    assert 840 < left <= 930


def test_the_code_is_one_line_and_the_rest_is_the_commands(
    alone: dict[str, str], demo: Demo
) -> None:
    """--mfa-stdin takes not one byte too many."""
    code = demo.fresh_code()
    done = run(alone, "exec", CODE_ROLE, "--mfa-stdin", "--", "cat", typed=f"{code}\nmine\n")
    assert (done.code, done.out) == (0, "mine\n")


def test_a_code_is_asked_on_the_terminal_before_the_command_has_it(
    alone: dict[str, str], demo: Demo
) -> None:
    done, shown = run_on_terminal(
        alone, "exec", CODE_ROLE, "--", "echo", "done", answers=[demo.fresh_code()], prompt="for "
    )
    assert (done.code, done.out) == (0, "done\n")
    assert "MFA code of" in shown


# --- codes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("code", [7, 125, 255])
def test_the_code_is_the_commands(alone: dict[str, str], way: tuple[str, ...], code: int) -> None:
    assert run(alone, "exec", ROLE, *way, "--", "sh", "-c", f"exit {code}").code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((ROLE, "--", "no-such-program"), "cannot be started"),
        ((ROLE, "--container-endpoint", "--", "no-such-program"), "cannot be started"),
        ((ROLE, "--container-endpoint", "--", "/etc/passwd"), "cannot be started"),
        ((ROLE, "--", "/etc/passwd"), "cannot be started"),
        ((ROLE, "--"), "Which command?"),
        ((ROLE,), "Which command?"),
        ((), "usage: rolecall exec"),
        ((ROLE, "--nonsense", "--", "true"), "--nonsense"),
        ((ROLE, "true"), "usage"),
        (("no-such-role", "--", "true"), "no role called"),
        (("prod", "--", "true"), "several roles"),
        ((CODE_ROLE, "--", "true"), "nobody to ask"),
        ((CODE_ROLE, "--container-endpoint", "--", "true"), "nobody to ask"),
        ((CODE_ROLE, "--mfa-code", "12345", "--", "true"), "six"),
        ((CODE_ROLE, "--mfa-code", "000000", "--", "true"), "code"),
        ((ROLE, "--duration", "5", "--", "true"), "900"),
    ],
)
def test_a_command_that_never_started_is_125(
    alone: dict[str, str], arguments: tuple[str, ...], said: str
) -> None:
    """Whatever the reason; it is said on stderr, and stdout stays empty."""
    done = run(alone, "exec", *arguments)
    assert (done.code, done.out) == (125, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_script_without_an_interpreter_is_not_given_to_a_shell(
    alone: dict[str, str], tmp_path: Path
) -> None:
    script = tmp_path / "script"
    script.write_text("touch pwned\n")
    script.chmod(0o755)
    for way in WAYS:
        assert run(alone, "exec", ROLE, *way, "--", str(script)).code == 125
    assert not (tmp_path / "pwned").exists()
