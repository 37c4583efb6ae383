"""The real tools of others, fed by Rolecall: a wired profile, exec, and exec's endpoint, on two services.

Each is as Debian 12, the Python index or the JavaScript one has it. What the pages in docs/tools say of
these tools is what runs here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox.commands import python
from blackbox.program import AWS, PROGRAM, Demo, plain_environment, run

ROLE = "prod-readonly"
CODE_ROLE = "prod-admin"
BUCKET = "acme-payments-reports"
OBJECTS = {"readme.txt", "2026/february.csv", "2026/january.csv"}
ARN = re.compile(r"arn:aws:sts::222222222222:assumed-role/ReadOnly/")
AWS_V2 = "/usr/bin/aws"
ROOT = Path(__file__).parents[2]
NODE = Path(__file__).parent / "node"
MODULES = ROOT / "build" / "node" / "node_modules"

BOTO3 = """
import boto3, json
session = boto3.Session()
buckets = session.client("s3").list_buckets()["Buckets"]
print(json.dumps({
    "arn": session.client("sts").get_caller_identity()["Arn"],
    "buckets": [bucket["Name"] for bucket in buckets],
}))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """The environment of a person without a screen who has done what the demo printed."""
    found = plain_environment(tmp_path) | demo.exports | {"AWS_PAGER": ""}
    found |= {"NODE_PATH": str(MODULES)}
    # As `rclone config` would write it down; Debian's rclone knows no AWS_ENDPOINT_URL_S3, and with
    # the provider AWS it would put the bucket's name before the endpoint's number.
    remote = {
        "TYPE": "s3",
        "PROVIDER": "Other",
        "ENV_AUTH": "true",
        "REGION": "eu-central-1",
        "ENDPOINT": demo.exports["AWS_ENDPOINT_URL_S3"],
    }
    return found | {f"RCLONE_CONFIG_ACME_{name}": value for name, value in remote.items()}


@pytest.fixture
def wired(alone: dict[str, str], demo: Demo) -> Iterator[dict[str, str]]:
    """The same with a wired profile chosen."""
    done = run(alone, "wire", ROLE, "--profile", "tool")
    assert done.code == 0, done.err
    yield alone | {"AWS_PROFILE": done.out.strip()}
    assert run(alone, "unwire", "tool").code == 0


def tool(environ: dict[str, str], *command: str) -> str:
    """What a program says that ends well."""
    done = subprocess.run(
        command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def aws_v2(demo: Demo) -> tuple[str, ...]:
    """Debian's version 2 is older than AWS_ENDPOINT_URL."""
    return (AWS_V2, "--endpoint-url", demo.url.removesuffix("/demo"))


WAYS = [("exec", ROLE, "--"), ("exec", ROLE, "--container-endpoint", "--")]
"""How a command is started; the wired profile stands beside them in each test."""


def all_ways(wired: dict[str, str], command: tuple[str, ...]) -> Iterator[str]:
    """What `command` says with the wired profile, under exec, and under exec with the endpoint."""
    yield tool(wired, *command)
    bare = {name: value for name, value in wired.items() if name != "AWS_PROFILE"}
    for way in WAYS:
        yield tool(bare, PROGRAM, *way, *command)


def test_aws_cli_version_1(wired: dict[str, str]) -> None:
    assert "aws-cli/1." in tool(wired, AWS, "--version")
    for said in all_ways(wired, (AWS, "sts", "get-caller-identity")):
        assert ARN.match(json.loads(said)["Arn"])
    for said in all_ways(wired, (AWS, "s3", "ls")):
        assert said.split()[2:] == [BUCKET]


def test_aws_cli_version_2_as_debian_has_it(wired: dict[str, str], demo: Demo) -> None:
    assert "aws-cli/2." in tool(wired, AWS_V2, "--version")
    for said in all_ways(wired, (*aws_v2(demo), "sts", "get-caller-identity")):
        assert ARN.match(json.loads(said)["Arn"])
    for said in all_ways(wired, (*aws_v2(demo), "s3", "ls", f"s3://{BUCKET}/2026/")):
        assert [line.split()[-1] for line in said.splitlines()] == ["february.csv", "january.csv"]


def test_boto3(wired: dict[str, str]) -> None:
    for said in all_ways(wired, tuple(python(BOTO3))):
        found = json.loads(said)
        assert ARN.match(found["arn"])
        assert found["buckets"] == [BUCKET]


def test_the_javascript_sdk(wired: dict[str, str]) -> None:
    assert int(tool(wired, "node", "--version").removeprefix("v").split(".")[0]) >= 18
    probe = ("node", str(NODE / "probe.cjs"))
    for said in (*all_ways(wired, probe), tool(wired, *probe, "process")):
        found = json.loads(said)
        assert ARN.match(found["arn"])
        assert found["buckets"] == [BUCKET]


def test_rclone(wired: dict[str, str]) -> None:
    for said in all_ways(wired, ("rclone", "lsf", "-R", f"acme:{BUCKET}")):
        assert set(said.split()) == {"2026/", *OBJECTS}


def test_a_session_that_ended_is_refused_and_asked_for_anew(
    wired: dict[str, str], demo: Demo
) -> None:
    """What a tool holds ends with the session; through the profile the next start has a fresh one."""
    words = tool(wired, PROGRAM, "export", ROLE, "--format", "json")
    held = json.loads(words)
    keys = {
        "AWS_ACCESS_KEY_ID": held["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": held["SecretAccessKey"],
        "AWS_SESSION_TOKEN": held["SessionToken"],
    }
    bare = {name: value for name, value in wired.items() if name != "AWS_PROFILE"} | keys
    assert BUCKET in tool(bare, AWS, "s3", "ls")
    demo.advance(43201)
    ended = subprocess.run(
        [AWS, "s3", "ls"], env=bare, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    assert "ExpiredToken" in ended.stderr


def test_the_lock_names_no_address() -> None:
    """Where packages come from is the choice of whoever installs them."""
    for name in ("package.json", "package-lock.json"):
        text = (NODE / name).read_text()
        assert "://" not in text
        assert '"resolved"' not in text
    packages = json.loads((NODE / "package-lock.json").read_text())["packages"]
    assert all("integrity" in one for path, one in packages.items() if path)


def test_setup_says_it_when_no_packages_can_be_had(tmp_path: Path) -> None:
    """A checkout without network: the reason and what npm said, and nothing half installed."""
    copy = tmp_path / "checkout"
    for part in ("packaging/setup.sh", "tests/blackbox/node/package.json"):
        (copy / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / part, copy / part)
    shutil.copy(NODE / "package-lock.json", copy / "tests/blackbox/node")
    start = (
        (copy / "packaging/setup.sh").read_text().partition("if [[ ${2:-} == --list ]]; then")[0]
    )
    (copy / "packaging/setup.sh").write_text(start + "fill_for_node\n")
    done = subprocess.run(
        ["bash", "packaging/setup.sh", "test"],
        cwd=copy,
        env=plain_environment(tmp_path)
        | {"PATH": os.environ["PATH"], "npm_config_registry": "http://127.0.0.1:9"}
        | {"npm_config_fetch_retries": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "the npm registry could not be reached" in done.stderr
    assert not (copy / "build" / "node").exists()
