"""Own roles from the command line: by TOML and by command, imports, tags, policies, federation, root's tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError

from blackbox.program import Demo, Done, plain_environment, run

AUDITED = "arn:aws:iam::333333333333:role/Audited"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A person without a screen; the demo's own roles stand again as they were afterwards."""
    file = Path(demo.exports["ROLECALL_HOME"]) / "config" / "roles.toml"
    before = file.read_text()
    config = Path(demo.exports["AWS_CONFIG_FILE"])
    aws = config.read_text()
    yield plain_environment(tmp_path) | demo.exports
    file.write_text(before)
    config.write_text(aws)


def toml(environ: dict[str, str]) -> Path:
    return Path(environ["ROLECALL_HOME"]) / "config" / "roles.toml"


def client(environ: dict[str, str], done: Done, service: str):  # type: ignore[no-untyped-def]
    """A client of the embedded AWS with the credentials a command printed."""
    assert done.code == 0, done.err
    return boto3.client(
        service,
        region_name="eu-central-1",
        endpoint_url=environ["AWS_ENDPOINT_URL_STS"],
        aws_access_key_id=done.json["AccessKeyId"],
        aws_secret_access_key=done.json["SecretAccessKey"],
        aws_session_token=done.json["SessionToken"],
    )


def test_a_role_with_tags_a_source_identity_and_a_policy(alone: dict[str, str]) -> None:
    """Added by command, explained before, taken, chained: the tag goes on by itself."""
    done = run(
        alone, "role", "add", "my audit", f"role_arn={AUDITED}", "source_profile=alex",
        "region=eu-central-1", "source_identity=alex", "session_tags=team=net,stage=x",
        "transitive_session_tags=team", 'session_policy={"Statement":[{"Effect":"Allow",'
        '"Action":"s3:*","Resource":"*"}]}', "role_session_name={user}-audit",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert '["my audit"]' in toml(alone).read_text()
    told = run(alone, "explain", "my audit").out
    assert "session policy + session tags + source identity" in told
    said = run(alone, "login", "my audit")
    assert (said.code, "% of what AWS allows" in said.out) == (0, True)
    who = client(alone, run(alone, "export", "my audit", "--format", "process"), "sts")
    assert who.get_caller_identity()["Arn"].endswith("-audit")
    assert run(alone, "role", "remove", "my audit").code == 0
    assert run(alone, "login", "my audit").code == 3


def test_an_entry_written_by_hand_and_one_that_is_broken(alone: dict[str, str]) -> None:
    """The readable one works; the other is named by file and line, and stays as it is."""
    broken = '\n[broken]\nrole_arn = arn:aws\n\n[hand]\nrole_arn = "'
    with toml(alone).open("a") as file:
        file.write(f'{broken}{AUDITED}"\nsource_profile = "alex"\nregion = "eu-central-1"\n')
    assert run(alone, "login", "hand").code == 0
    done = run(alone, "list")
    assert (done.code, "roles.toml" in done.err, "hand" in done.out) == (8, True, True)
    assert (
        run(alone, "role", "add", "third", f"role_arn={AUDITED}", "source_profile=alex").code == 0
    )
    assert broken in toml(alone).read_text()


def test_what_aws_would_refuse_is_told_before_it_is_asked(alone: dict[str, str]) -> None:
    """Fifty-one tags, a policy that is too long, a tag passed on twice."""
    tags = ",".join(f"k{n}=v" for n in range(51))
    run(
        alone,
        "role",
        "add",
        "many",
        f"role_arn={AUDITED}",
        "source_profile=alex",
        f"session_tags={tags}",
    )
    done = run(alone, "login", "many")
    assert (done.code, "51 session tags; AWS takes 50" in done.err) == (8, True)
    long = json.dumps({"Statement": [{"Sid": "x" * 2048}]})
    done = run(alone, "login", "prod-readonly", "--policy", long)
    assert (done.code, "AWS takes 2048" in done.err) == (2, True)
    run(alone, "role", "add", "again", "--replace", f"role_arn={AUDITED}", "source_profile=audited",
        "session_tags=TEAM=x")  # fmt: skip
    done = run(alone, "explain", "again")
    assert (done.code, "TEAM" in done.err) == (8, True)


def test_the_console_of_a_user_without_a_role_says_that_it_allows_everything(
    alone: dict[str, str],
) -> None:
    """GetFederationToken, said out loud before and while the URL is given; the key alone opens nothing."""
    assert "allows everything" in run(alone, "explain", "alex-console").out
    done = run(alone, "console", "alex-console", "--print")
    assert (done.code, "allows everything" in done.err) == (0, True)
    assert "SigninToken=" in done.out
    assert "for a user's key" in run(alone, "console", "build", "--print").err
    sts = client(alone, run(alone, "export", "alex-console", "--format", "process"), "sts")
    assert sts.get_caller_identity()["Arn"].endswith(":federated-user/alex")


def test_one_task_as_root_of_an_account(alone: dict[str, str]) -> None:
    """AssumeRoot: a quarter of an hour, no console, and no other task than AWS's."""
    assert "at most fifteen minutes" in run(alone, "explain", "root-audit").out
    sts = client(alone, run(alone, "export", "root-audit", "--format", "process"), "sts")
    assert sts.get_caller_identity()["Account"] == "222222222222"
    done = run(alone, "console", "root-audit", "--print")
    assert (done.code, "one task" in done.err) == (5, True)
    run(alone, "role", "add", "root-all", "root_account=222222222222", "source_profile=alex",
        "root_task_policy=Everything")  # fmt: skip
    done = run(alone, "login", "root-all")
    assert (done.code, "IAMAuditRootUserCredentials" in done.err) == (8, True)


@pytest.mark.parametrize(
    "preset", ["read-only", "view-only", "security-audit", "no-iam", "one-region"]
)
def test_a_session_with_fewer_rights(alone: dict[str, str], preset: str) -> None:
    """By name, on any role; not where AWS takes no session policy."""
    done = run(alone, "login", "prod-readonly", "--preset", preset)
    assert done.code == 0, done.err
    assert f"prod-readonly ({preset}) is live" in done.out
    assert "session policy" in run(alone, "explain", "prod-readonly", "--preset", preset).out
    assert run(alone, "login", "root-audit", "--preset", preset).code == 2


@pytest.mark.parametrize("named", [("--preset", "no-iam"), ("--read-only",)])
@pytest.mark.parametrize(
    "other", [("--policy", "{}"), ("--policy-arn", "arn:aws:iam::aws:policy/AdministratorAccess")]
)
def test_a_policy_beside_a_preset_would_add_to_it(
    alone: dict[str, str], named: tuple[str, ...], other: tuple[str, ...]
) -> None:
    done = run(alone, "login", "prod-readonly", *named, *other)
    assert (done.code, "adds session policies up" in done.err) == (2, True)


def test_another_tools_roles_are_shown_then_added(alone: dict[str, str], tmp_path: Path) -> None:
    """A preview, no answer without a terminal, then --yes; the imported role works."""
    file = tmp_path / "accounts.yaml"
    file.write_text(
        "acme:\n  team: a\n  region: eu-central-1\n  color: b\n  access_key: alex\n  profiles:\n"
        "    - {profile: shifted, account: '333333333333', role: Audited}\n"
        "    - {profile: alex, account: '333333333333', role: Other}\n"
    )
    shown = run(alone, "role", "import", "logsmith", str(file), "--dry-run")
    assert (shown.code, "shifted" in shown.out, "Left out: alex" in shown.err) == (0, True, True)
    assert run(alone, "role", "import", "logsmith", str(file)).code == 4
    assert run(alone, "role", "import", "logsmith", str(file), "--yes").code == 0
    assert run(alone, "login", "shifted").code == 0
    assert run(alone, "role", "export", "shifted").out == "shifted\n"
    assert "[profile shifted]" in Path(alone["AWS_CONFIG_FILE"]).read_text()


def test_a_federated_session_without_a_policy_may_do_nothing(alone: dict[str, str]) -> None:
    """As AWS has it, and said by explain beforehand."""
    run(
        alone,
        "role",
        "add",
        "bare",
        "federation_name=alex",
        "source_profile=alex",
        "region=eu-central-1",
    )
    assert "no permissions at all" in run(alone, "explain", "bare").out
    s3 = client(alone, run(alone, "export", "bare", "--format", "process"), "s3")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.list_buckets()
