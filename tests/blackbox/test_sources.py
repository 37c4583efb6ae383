"""Sources that hand credentials over, from the command line: programs, the environment, containers, machines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from blackbox.program import PROGRAM, Demo, plain_environment, run, run_on_terminal

PROMPT = "[y/N] "


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """A person without a screen, with the demo's AWS files and settings of their own."""
    own = {"ROLECALL_HOME": str(tmp_path / "own")}
    return plain_environment(tmp_path) | demo.exports | own


def caller(environ: dict[str, str], answer: Any) -> str:
    """The ARN that the embedded AWS sees behind credentials; a user's own keys have no token."""
    client = boto3.client(
        "sts",
        region_name="eu-central-1",
        endpoint_url=environ["AWS_ENDPOINT_URL_STS"],
        aws_access_key_id=answer["AccessKeyId"],
        aws_secret_access_key=answer["SecretAccessKey"],
        aws_session_token=answer.get("SessionToken"),
    )
    return str(client.get_caller_identity()["Arn"])


def trust(environ: dict[str, str], role: str, answer: str = "y") -> tuple[int, str, str]:
    done, shown = run_on_terminal(environ, "trust", role, answers=[answer], prompt=PROMPT)
    return done.code, shown.replace("\r\n", "\n"), done.out + done.err


def test_nothing_runs_before_its_line_was_accepted(alone: dict[str, str]) -> None:
    for words in (
        ("login", "vault"),
        ("export", "vault-reader"),
        ("credential-process", "vault-reader"),
        ("trust", "vault"),
    ):
        done = run(alone, *words)
        assert (done.code, done.out) == (4, ""), words
        assert "rolecall trust vault" in done.err
        assert done.seconds < 10
    rows = {row["name"]: row for row in run(alone, "list", "--json").json}
    assert rows["vault"]["state"] == rows["vault-reader"]["state"] == "needs_sign_in"
    assert rows["vault-reader"]["source"] == "vault"


def test_the_line_is_shown_word_for_word_and_no_is_no(alone: dict[str, str]) -> None:
    code, shown, told = trust(alone, "vault-reader", "n")
    line = f'"{alone["AWS_CONFIG_FILE"].removesuffix("config")}acme-vault" --item aws/robin'
    assert f"\n    {line}\n" in shown
    assert "credential_process" in shown
    assert code == 4
    assert line not in told
    assert run(alone, "export", "vault").code == 4


def test_an_accepted_line_serves_every_delivery(alone: dict[str, str], tmp_path: Path) -> None:
    code, _, told = trust(alone, "vault")
    assert (code, told) == (0, "vault: credential_process may run from now on.\n")
    assert run(alone, "trust", "vault").out == "vault: credential_process is accepted already.\n"
    kept = (tmp_path / "own" / "config" / "settings.toml").read_text()
    assert "acme-vault" not in kept
    mine = run(alone, "export", "--format", "process", "vault").json
    assert caller(alone, mine).endswith(":user/robin")
    assert "SessionToken" not in mine
    assert "unset AWS_SESSION_TOKEN" in run(alone, "export", "vault").out
    role = run(alone, "credential-process", "vault-reader").json
    assert ":assumed-role/VaultReader/" in caller(alone, role)
    done = run(alone, "exec", "vault", "--", "/bin/sh", "-c", "echo ${AWS_SESSION_TOKEN-none}")
    assert (done.code, done.out) == (0, "none\n")
    link = run(alone, "console", "--print", "vault-reader")
    assert link.code == 0
    assert "SigninToken=" in link.out
    before = Path(alone["AWS_SHARED_CREDENTIALS_FILE"]).read_bytes()
    copied = run(alone, "write", "vault")
    assert (copied.code, copied.out) == (8, "")
    assert Path(alone["AWS_SHARED_CREDENTIALS_FILE"]).read_bytes() == before
    none = run(alone, "console", "--print", "vault")
    assert none.code == 5
    assert "belong to a user" in none.err


def test_a_changed_line_asks_again_and_so_does_one_taken_back(
    alone: dict[str, str], tmp_path: Path
) -> None:
    copy = tmp_path / "config"
    copy.write_text(Path(alone["AWS_CONFIG_FILE"]).read_text())
    mine = alone | {"AWS_CONFIG_FILE": str(copy)}
    assert trust(mine, "vault")[0] == 0
    assert run(mine, "export", "vault").code == 0
    copy.write_text(copy.read_text().replace("--item aws/robin", "--item  aws/robin"))
    assert run(mine, "export", "vault").code == 4
    assert trust(mine, "vault")[0] == 0
    assert run(mine, "export", "vault").code == 0
    assert run(mine, "trust", "vault", "--revoke").code == 0
    assert run(mine, "export", "vault").code == 4


def test_nothing_invisible_hides_in_the_line(alone: dict[str, str], tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text("[profile odd]\ncredential_process = /opt/x \u202e --y\x1b[2K\n")
    _, shown, _ = trust(alone | {"AWS_CONFIG_FILE": str(config)}, "odd", "n")
    assert "/opt/x \\u202e --y\\u001b[2K" in shown


def test_a_helper_that_leads_back_to_itself_ends(alone: dict[str, str], tmp_path: Path) -> None:
    config = tmp_path / "config"
    config.write_text(f"[profile round]\ncredential_process = {PROGRAM} credential-process round\n")
    mine = alone | {"AWS_CONFIG_FILE": str(config)}
    assert trust(mine, "round")[0] == 0
    done = run(mine, "export", "round")
    assert done.code == 8
    assert done.seconds < 30


def test_what_a_failing_helper_says_is_not_repeated(alone: dict[str, str], tmp_path: Path) -> None:
    helper, config = tmp_path / "helper", tmp_path / "config"
    helper.write_text("#!/bin/sh\necho cAnArYsEcReT >&2\necho cAnArYsEcReT\nexit 3\n")
    helper.chmod(0o755)
    config.write_text(f"[profile bad]\ncredential_process = {helper} --password cAnArYsEcReT\n")
    mine = alone | {"AWS_CONFIG_FILE": str(config), "ROLECALL_LOG": "debug"}
    assert trust(mine, "bad")[0] == 0
    done = run(mine, "export", "bad")
    assert done.code == 8
    assert "exit code 3" in done.err
    assert "cAnArYsEcReT" not in done.out + done.err
    for path in (tmp_path / "own").rglob("*"):
        assert not path.is_file() or b"cAnArYsEcReT" not in path.read_bytes()


@pytest.mark.parametrize(
    ("role", "name"), [("machine-deploy", "MachineDeploy"), ("task-report", "TaskReport")]
)
def test_a_machine_and_a_container_start_a_chain(
    alone: dict[str, str], role: str, name: str
) -> None:
    assert run(alone, "login", role).code == 0
    answer = run(alone, "credential-process", role).json
    assert f":assumed-role/{name}/" in caller(alone, answer)
    assert run(alone, "console", "--print", role).code == 0
    elsewhere = dict(alone) | {"AWS_EC2_METADATA_DISABLED": "true"}
    del elsewhere["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
    refused = run(elsewhere, "login", role)
    assert (refused.code, refused.out) == (8, "")


def test_the_environment_of_the_command_counts(alone: dict[str, str]) -> None:
    none = run(alone, "export", "ci-environment")
    assert none.code == 8
    assert "no keys in it" in none.err
    lines = Path(alone["AWS_SHARED_CREDENTIALS_FILE"]).read_text()
    build = lines.partition("[build]")[2].partition("[")[0].split("\n")
    keys = dict(line.split(" = ") for line in build if " = " in line)
    mine = alone | {name.upper(): value for name, value in keys.items()}
    answer = run(mine, "credential-process", "ci-environment").json
    assert ":assumed-role/Deploy/" in caller(alone, answer)


def test_an_aws_login_profile_and_a_role_from_it(alone: dict[str, str]) -> None:
    answer = run(alone, "credential-process", "alex-login").json
    assert caller(alone, answer).endswith(":user/alex")
    answer = run(alone, "credential-process", "login-reader").json
    assert ":assumed-role/LoginReader/" in caller(alone, answer)
    gone = run(alone | {"AWS_LOGIN_CACHE_DIRECTORY": "/nowhere"}, "login", "login-reader")
    assert gone.code == 4
    assert "aws login --profile alex-login" in gone.err
