"""The commands without the app: what they print, what they refuse, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from blackbox.program import AWS, PHONE, PROGRAM, Demo, plain_environment, run, run_on_terminal

CODE_ROLE = "prod-admin"
OWN_CODE_ROLE = "data-notebook"
ROLE = "prod-readonly"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """The environment of a person without a screen who has done what the demo printed."""
    return plain_environment(tmp_path) | demo.exports


def caller(environ: dict[str, str], credentials: dict[str, str]) -> str:
    """The ARN that the embedded AWS sees behind credentials in the form of export --format process."""
    client = boto3.client(
        "sts",
        region_name="eu-central-1",
        endpoint_url=environ["AWS_ENDPOINT_URL_STS"],
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )
    return str(client.get_caller_identity()["Arn"])


# --- list, status, explain, forget ------------------------------------------------------------------


def test_list_names_every_profile_with_its_account_and_state(alone: dict[str, str]) -> None:
    """The contract's fields, and nothing but the answer on stdout."""
    done = run(alone, "list", "--json")

    assert (done.code, done.err) == (0, "")
    rows = {row["name"]: row for row in done.json}
    assert set(rows[CODE_ROLE]) >= {
        *("name", "role_arn", "account_id", "partition", "region", "source", "mfa"),
        *("state", "expires_at", "production", "permission_set"),
    }
    assert rows[CODE_ROLE] | {"region": ""} == {
        "name": CODE_ROLE,
        "role_arn": "arn:aws:iam::222222222222:role/Admin",
        "account_id": "222222222222",
        "partition": "aws",
        "region": "",
        "source": "alex",
        "mfa": PHONE,
        "state": "needs_code",
        "expires_at": None,
        "production": False,
        "permission_set": None,
    }
    assert rows[ROLE]["state"] == "ready"
    assert rows[ROLE]["mfa"] is None
    assert rows["alex"]["role_arn"] is None
    assert rows["gov-auditor"]["partition"] == "aws-us-gov"


def test_list_for_people_has_a_line_per_profile(alone: dict[str, str]) -> None:
    """The same profiles as the JSON form, and no secret of the files."""
    names = [row["name"] for row in run(alone, "list", "--json").json]
    done = run(alone, "list")
    assert done.code == 0
    assert all(any(name in line.split() for line in done.out.splitlines()) for name in names)
    secret = Path(alone["AWS_SHARED_CREDENTIALS_FILE"]).read_text().split(" = ")[2].split()[0]
    assert secret not in done.out


def test_status_and_forget_without_the_app(alone: dict[str, str]) -> None:
    """Nothing is kept, so nothing is live, and forgetting is no error."""
    assert run(alone, "status", "--json").json == []
    assert run(alone, "status").code == 0
    assert run(alone, "forget", CODE_ROLE).code == 0
    assert run(alone, "forget", "--all").code == 0


def test_explain_draws_the_way_without_a_call(alone: dict[str, str]) -> None:
    """Source, hops and reasons; a chain names both roles."""
    done = run(alone, "explain", "data-prod-deploy")
    assert done.code == 0
    assert "alex" in done.out
    assert "role/DataJump" in done.out
    assert "role/deploy/ProdDeploy" in done.out


# --- login, export, credential-process ---------------------------------------------------------------


def test_login_proves_that_it_works_and_says_that_nothing_is_kept(alone: dict[str, str]) -> None:
    """Exit 0 and the remark on stderr."""
    done = run(alone, "login", ROLE)
    assert done.code == 0
    assert "not kept" in done.err


def test_credential_process_serves_boto3(alone: dict[str, str]) -> None:
    """The exact form, and the credentials work."""
    done = run(alone, "credential-process", ROLE)
    assert (done.code, done.err) == (0, "")
    assert done.json["Version"] == 1
    assert "assumed-role/ReadOnly/" in caller(alone, done.json)


def test_credential_process_serves_the_aws_command(alone: dict[str, str], tmp_path: Path) -> None:
    """The real AWS CLI with a profile that names it."""
    config = tmp_path / "aws-config"
    answer = tmp_path / "ask"
    answer.write_text(
        f"#!/bin/sh\nexec env AWS_CONFIG_FILE={alone['AWS_CONFIG_FILE']} {PROGRAM} credential-process {ROLE}\n"
    )
    answer.chmod(0o755)
    config.write_text(f"[profile here]\nregion = eu-central-1\ncredential_process = {answer}\n")
    done = subprocess.run(
        [AWS, "sts", "get-caller-identity", "--profile", "here", "--output", "json"],
        env=alone | {"AWS_CONFIG_FILE": str(config), "AWS_PAGER": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "assumed-role/ReadOnly/" in json.loads(done.stdout)["Arn"]


def test_export_is_evaluated_by_a_real_shell(alone: dict[str, str], tmp_path: Path) -> None:
    """`eval "$(rolecall export ROLE)"`, then the real AWS CLI; --unset takes it back."""
    script = (
        f'eval "$("{PROGRAM}" export {ROLE})"\n'
        f'"{AWS}" sts get-caller-identity --query Arn --output text\n'
        f'eval "$("{PROGRAM}" export --unset)"\n'
        'echo "left:${AWS_SESSION_TOKEN-}${AWS_SECRET_ACCESS_KEY-}"\n'
    )
    done = subprocess.run(
        ["bash", "-c", script], env=alone | {"AWS_PAGER": ""}, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    arn, left = done.stdout.split()
    assert "assumed-role/ReadOnly/" in arn
    assert left == "left:"


def test_an_export_drops_what_the_shell_has_of_another_identity(alone: dict[str, str]) -> None:
    """Python takes the older name of a token before the newer one."""
    others = {"AWS_SECURITY_TOKEN": "x", "AWS_ACCOUNT_ID": "999999999999"}
    lines = run(alone | others, "export", ROLE).out.splitlines()
    assert {f"unset {name}" for name in others} <= set(lines)
    assert "unset" not in run(alone | others, "export", ROLE, "--format", "dotenv").out
    assert "unset" not in run(alone, "export", ROLE).out


def test_a_file_form_of_export_names_the_expiry(alone: dict[str, str]) -> None:
    """`--format sts` is the AWS CLI's own answer."""
    done = run(alone, "export", ROLE, "--format", "sts")
    assert done.code == 0
    assert set(done.json["Credentials"]) == {
        *("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"),
    }
    assert "ReadOnly" in done.json["AssumedRoleUser"]["Arn"]


# --- codes -------------------------------------------------------------------------------------------


def test_a_code_is_taken_from_the_flag_and_from_stdin(alone: dict[str, str], demo: Demo) -> None:
    """Both give the session; spaces and the line's end do no harm."""
    by_flag = run(
        alone, "export", CODE_ROLE, "--format", "process", "--mfa-code", demo.fresh_code()
    )
    assert by_flag.code == 0, by_flag.err
    assert "assumed-role/Admin/" in caller(alone, by_flag.json)

    code = demo.fresh_code()
    typed = run(alone, "login", CODE_ROLE, "--mfa-stdin", typed=f"{code[:3]} {code[3:]}\n")
    assert typed.code == 0, typed.err


def test_a_code_is_typed_on_the_terminal_after_a_wrong_one(
    alone: dict[str, str], demo: Demo
) -> None:
    """The prompt names the device, says what was wrong, and asks again; the code is not echoed."""
    right, wrong = demo.fresh_code(), demo.wrong_code()
    done, shown = run_on_terminal(
        alone, "credential-process", CODE_ROLE, answers=[wrong, right], prompt="MFA code"
    )
    assert done.code == 0, (done.err, shown)
    assert "assumed-role/Admin/" in caller(alone, done.json)
    assert PHONE in shown
    assert shown.count("MFA code of") == 2
    assert right not in shown


def test_bytes_that_are_no_text_are_a_malformed_code_and_asked_for_again(
    alone: dict[str, str], demo: Demo
) -> None:
    done, shown = run_on_terminal(
        alone, "export", CODE_ROLE, answers=["\udcff\udcfe", demo.fresh_code()], prompt="MFA code"
    )
    assert done.code == 0, (done.err, shown)
    assert "A code is six digits" in shown


@pytest.mark.parametrize("command", ["login", "export", "credential-process", "console"])
def test_nobody_to_ask_is_known_at_once(alone: dict[str, str], command: str) -> None:
    """No terminal, no screen, no code: exit 4, within a second, with a remedy."""
    more = ["--print"] if command == "console" else []
    tries = [run(alone, command, CODE_ROLE, *more) for _ in range(2)]
    for done in tries:
        assert (done.code, done.out) == (4, "")
        assert "--mfa-stdin" in done.err
    assert min(done.seconds for done in tries) < 1.0


@pytest.mark.parametrize(
    "typed", ["12345", "abcdef", "1234567", "", "a whole pasted paragraph " * 20]
)
def test_a_malformed_code_is_not_sent(alone: dict[str, str], typed: str) -> None:
    """Exit 2 by either way, and the code does not come back in the message."""
    for done in (
        run(alone, "login", CODE_ROLE, "--mfa-code", typed),
        run(alone, "login", CODE_ROLE, "--mfa-stdin", typed=f"{typed}\n"),
    ):
        assert (done.code, done.out) == (2, "")
        assert not typed or typed.strip() not in done.err


def test_a_refused_and_a_used_code_exit_5_and_say_code(alone: dict[str, str], demo: Demo) -> None:
    """The word code on stderr; a used one is refused by the embedded AWS as by the real one."""
    refused = run(alone, "login", CODE_ROLE, "--mfa-code", demo.wrong_code())
    assert refused.code == 5
    assert "code" in refused.err
    once = demo.fresh_code()
    assert run(alone, "login", CODE_ROLE, "--mfa-code", once).code == 0
    twice = run(alone, "login", CODE_ROLE, "--mfa-code", once)
    assert twice.code == 5
    assert "code" in twice.err


def test_a_code_that_is_not_needed_is_not_sent(alone: dict[str, str], demo: Demo) -> None:
    """It is still good afterwards."""
    code = demo.fresh_code()
    assert run(alone, "login", ROLE, "--mfa-code", code).code == 0
    assert run(alone, "login", CODE_ROLE, "--mfa-code", code).code == 0


def test_the_codes_own_role_lives_longer_than_an_hour(alone: dict[str, str], demo: Demo) -> None:
    """duration_seconds of eight hours: the code goes to the role itself."""
    done = run(
        alone, "export", OWN_CODE_ROLE, "--format", "process", "--mfa-code", demo.fresh_code()
    )
    assert done.code == 0, done.err
    assert "assumed-role/Notebook/" in caller(alone, done.json)


# --- console -----------------------------------------------------------------------------------------


def test_console_print_gives_a_url_that_signs_in_once_fetched(
    alone: dict[str, str], demo: Demo
) -> None:
    """The final sign-in URL on stdout, the console's page behind it."""
    done = run(alone, "console", ROLE, "--service", "s3", "--region", "eu-west-1", "--print")
    assert done.code == 0, done.err
    url = done.out.strip()
    assert url.startswith(demo.exports["ROLECALL_SIGNIN_URL"])
    with urllib.request.urlopen(url, timeout=10) as answer:
        page = answer.read().decode()
    assert "222222222222" in re.sub(r"[\s-]|&nbsp;", "", page)
    assert "ReadOnly" in page
    assert "eu-west-1" in page


def test_console_hands_the_browser_a_one_time_address(
    alone: dict[str, str], demo: Demo, tmp_path: Path
) -> None:
    """The browser's argv holds no token; the address answers once, with the sign-in page."""
    record = tmp_path / "browser"
    script = tmp_path / "my-browser"
    script.write_text(f'#!/bin/sh\necho "$@" >"{record}"\ncurl -sSL "$1" >"{record}.html"\n')
    script.chmod(0o755)

    done = run(alone | {"BROWSER": str(script)}, "console", ROLE)

    assert done.code == 0, done.err
    address = record.read_text().strip()
    assert address.startswith("http://127.0.0.1:")
    assert "Token" not in address
    assert "ReadOnly" in Path(f"{record}.html").read_text()
    with pytest.raises((urllib.error.URLError, ConnectionError)):
        urllib.request.urlopen(address, timeout=5)


def test_another_sign_in_host_is_refused(alone: dict[str, str]) -> None:
    """ROLECALL_SIGNIN_URL is for loopback only."""
    done = run(
        alone | {"ROLECALL_SIGNIN_URL": "https://signin.example.com"}, "console", ROLE, "--print"
    )
    assert (done.code, done.out) == (2, "")


# --- which role, which fault -------------------------------------------------------------------------


def test_an_ambiguous_or_unknown_role_exits_3(alone: dict[str, str]) -> None:
    """Candidates on stderr; a part of a name is enough where it is unique, but not for a program."""
    several = run(alone, "export", "readonly")
    assert (several.code, several.out) == (3, "")
    assert "prod-readonly" in several.err
    assert "proto-readonly" in several.err
    assert run(alone, "login", "no-such-role").code == 3
    assert run(alone, "login", "ROD-READONL").code == 0
    assert run(alone, "credential-process", "rod-readonl").code == 3
    assert run(alone, "login", "arn:aws:iam::222222222222:role/ReadOnly").code == 0


@pytest.mark.parametrize("arguments", [["login"], ["nonsense"], ["export", ROLE, "--format", "x"]])
def test_a_wrong_command_line_exits_2(alone: dict[str, str], arguments: list[str]) -> None:
    """As everywhere."""
    done = run(alone, *arguments)
    assert (done.code, done.out) == (2, "")


def test_no_display_is_said(alone: dict[str, str]) -> None:
    """`rolecall` alone where nothing can be shown."""
    done = run(alone)
    assert done.code == 2
    assert "display" in done.err


@pytest.mark.parametrize("role", ["sealed", "forgotten-mfa"])
def test_a_refusal_exits_5_with_causes(alone: dict[str, str], role: str) -> None:
    """What AWS says and what to do about it, without a traceback."""
    done = run(alone, "login", role)
    assert (done.code, done.out) == (5, "")
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) >= 2


def test_a_wrong_secret_exits_5(alone: dict[str, str], tmp_path: Path) -> None:
    """SignatureDoesNotMatch; the secret stays out of the message."""
    keys = tmp_path / "keys"
    original = Path(alone["AWS_SHARED_CREDENTIALS_FILE"]).read_text()
    secret = original.split("aws_secret_access_key = ")[1].split()[0]
    keys.write_text(original.replace(secret, secret[::-1]))
    done = run(alone | {"AWS_SHARED_CREDENTIALS_FILE": str(keys)}, "login", ROLE)
    assert done.code == 5
    assert secret[::-1] not in done.err


def test_an_unreachable_endpoint_exits_6(alone: dict[str, str]) -> None:
    """Nobody listens on the discard port."""
    done = run(alone | {"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9"}, "login", ROLE)
    assert (done.code, done.out) == (6, "")
    assert "Traceback" not in done.err


@pytest.mark.parametrize("kind", ["garbage", "empty", "cut", "hang"])
def test_answers_that_are_none_exit_6(alone: dict[str, str], demo: Demo, kind: str) -> None:
    """A hotel's page, nothing at all, a connection that breaks or never answers."""
    demo.fault(kind=kind, count=100, seconds=0)
    try:
        done = run(alone, "login", ROLE)
    finally:
        demo.fault(kind="none")
    assert (done.code, done.out) == (6, "")
    assert "Traceback" not in done.err


def test_throttling_to_the_end_exits_5(alone: dict[str, str], demo: Demo) -> None:
    """It is tried again, then said."""
    demo.fault(kind="throttle", count=100)
    try:
        done = run(alone, "login", ROLE)
    finally:
        demo.fault(kind="none")
    assert (done.code, done.out) == (5, "")


def test_a_faulty_config_is_listed_as_far_as_it_goes(alone: dict[str, str], tmp_path: Path) -> None:
    """A duplicate section: the file and line on stderr, exit 8, the other roles on stdout."""
    config = tmp_path / "faulty"
    config.write_text(
        Path(alone["AWS_CONFIG_FILE"]).read_text() + "\n[profile build]\nregion = x\n"
    )
    done = run(alone | {"AWS_CONFIG_FILE": str(config)}, "list", "--json")
    assert done.code == 8
    assert str(config) in done.err
    assert ROLE in {row["name"] for row in done.json}


def test_a_role_with_a_faulty_chain_exits_8_and_the_others_work(
    alone: dict[str, str], tmp_path: Path
) -> None:
    """A loop of source profiles is that role's own problem."""
    config = tmp_path / "loop"
    arn = "arn:aws:iam::222222222222:role/Loop"
    loop = "".join(
        f"\n[profile {a}]\nrole_arn = {arn}\nsource_profile = {b}\n" for a, b in ("xy", "yx")
    )
    config.write_text(Path(alone["AWS_CONFIG_FILE"]).read_text() + loop)
    environ = alone | {"AWS_CONFIG_FILE": str(config)}
    assert run(environ, "login", "x").code == 8
    assert run(environ, "login", ROLE).code == 0
    rows = {row["name"]: row["state"] for row in run(environ, "list", "--json").json}
    assert rows["x"] == "problem"


def test_no_config_at_all_is_an_empty_list(tmp_path: Path) -> None:
    """A new machine."""
    done = run(plain_environment(tmp_path), "list", "--json")
    assert (done.code, done.json) == (0, [])


def test_a_closed_pipe_is_no_traceback(alone: dict[str, str]) -> None:
    """`rolecall list | head -0`."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [PROGRAM, "list"], env=alone, stdout=writing, stderr=subprocess.PIPE,
        text=True, timeout=30, check=False,
    )  # fmt: skip
    os.close(writing)
    assert "Traceback" not in done.stderr


def test_the_demo_ends_with_0_and_takes_its_folder_along(tmp_path: Path) -> None:
    """SIGTERM; config, keys and journal are gone."""
    with Demo(plain_environment(tmp_path)) as running:
        folder = Path(running.exports["ROLECALL_HOME"])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert running.stop() == 0
    assert not folder.exists()
