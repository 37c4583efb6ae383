"""The ready folder and the headless demo: botocore finds every profile and gets in where it should."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import ClientError

from aws.embedded import fetch
from rolecall.aws import crt
from rolecall.demo import company
from rolecall.demo.instance import DemoInstance, headless

REFUSED = {"sealed", "forgotten-mfa"}
PROFILES = {
    "alex", "build", "alex-gov", "prod-admin", "prod-readonly", "billing", "vendor-audit", "data-jump",
    "data-prod-deploy", "data-warehouse", "data-notebook", "sandbox-admin", "proto-readonly", "sealed",
    "forgotten-mfa", "ci-deploy", "gov-auditor", "vault", "vault-reader", "machine-deploy", "task-report",
    "ci-environment", "alex-login", "login-reader", "token-file", "casey", "operate",
}  # fmt: skip

IDENTITY_CENTER = {"payments-poweruser", "sandbox-center", "analytics-scientist", "release-deploy"}
"""They want a sign-in in the browser first: tests/aws/test_center_sign_in.py walks them."""


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DemoInstance]:
    with DemoInstance(tmp_path / "run") as instance:
        for name, value in instance.environment().items():
            monkeypatch.setenv(name, value)
        build = instance.aws.catalogue.users[
            "build"
        ]  # whose environment "ci-environment" is meant for
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", build.access_key_id)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", build.secret)
        crt.let_in()
        yield instance


def session_of(demo: DemoInstance, profile: str) -> Any:
    """A botocore session whose prompt is answered by the demo's authenticator."""
    session = botocore.session.Session(profile=profile)
    provider = session.get_component("credential_provider").get_provider("assume-role")
    provider._prompter = lambda text: demo.aws.code(text.split("MFA code for ")[1].strip(": "))[0]
    return session


def who(session: Any) -> str:
    sts = session.create_client("sts")
    try:
        return str(sts.get_caller_identity()["Arn"])
    finally:
        sts.close()


def test_botocore_lists_every_profile(demo: DemoInstance) -> None:
    assert set(botocore.session.Session().available_profiles) == PROFILES | IDENTITY_CENTER


@pytest.mark.parametrize("profile", sorted(PROFILES - REFUSED))
def test_every_profile_gets_in(demo: DemoInstance, profile: str) -> None:
    arn = who(session_of(demo, profile))
    config = botocore.session.Session().full_config["profiles"][profile]
    if "role_arn" in config:
        account, name = config["role_arn"].split(":")[4], config["role_arn"].rsplit("/", 1)[1]
        assert f":{account}:assumed-role/{name}/" in arn
    else:
        assert ":user/" in arn


@pytest.mark.parametrize("profile", sorted(REFUSED))
def test_two_profiles_show_what_a_refusal_is(demo: DemoInstance, profile: str) -> None:
    with pytest.raises(
        ClientError, match="is not authorized to perform: sts:AssumeRole on resource"
    ):
        who(session_of(demo, profile))


def test_the_folder_is_private_and_goes(tmp_path: Path) -> None:
    demo = DemoInstance(tmp_path / "run")
    try:
        files = [
            Path(value) for name, value in demo.environment().items() if name.endswith("_FILE")
        ]
        assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600, 0o600]
        assert stat.S_IMODE(demo.folder.stat().st_mode) == 0o700
        held = " ".join(demo.environment().values())
        assert not any(user.secret in held for user in demo.aws.catalogue.users.values())
    finally:
        demo.close()
        demo.close()
    assert list((tmp_path / "run").iterdir()) == []


def test_two_demos_share_nothing(tmp_path: Path) -> None:
    with DemoInstance(tmp_path) as one, DemoInstance(tmp_path) as other:
        assert one.folder != other.folder
        assert one.aws.url != other.aws.url
        mine, theirs = one.aws.catalogue.users["alex"], other.aws.catalogue.users["alex"]
        assert mine.secret != theirs.secret
        phone, twin = (
            one.aws.catalogue.device(company.PHONE),
            other.aws.catalogue.device(company.PHONE),
        )
        assert phone is not None
        assert twin is not None
        assert [phone.code(at) for at in (0, 30, 60)] != [twin.code(at) for at in (0, 30, 60)]


def test_nothing_is_left_when_the_folder_cannot_be_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("rolecall.demo.instance.write_aws_files", full)
    with pytest.raises(OSError, match="disk full"):
        DemoInstance(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_headless_serves_until_it_is_told_to_stop(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from rolecall.demo.instance import headless;"
        "sys.exit(headless(sys.stdout, Path(sys.argv[1])))"
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        command = [sys.executable, "-c", program, str(tmp_path / "it's here")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            lines = list(iter(process.stdout.readline, "ready\n"))
            told = subprocess.run(
                ["/bin/sh", "-c", "".join(lines) + "env"],
                capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]},
            ).stdout  # fmt: skip
            names = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
            assert Path(names["ROLECALL_HOME"]).is_dir()
            assert Path(names["AWS_CONFIG_FILE"]).is_file()
            status, code = fetch(names["ROLECALL_DEMO_URL"] + "/code", serial=company.PHONE)
            assert (status, len(code)) == (200, 6)
            process.send_signal(number)
            assert process.wait(timeout=5) == 0
        assert not Path(names["ROLECALL_HOME"]).exists()


def test_the_next_demo_clears_up_after_one_that_was_killed(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from rolecall.demo.instance import DemoInstance;"
        "demo = DemoInstance(Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    with DemoInstance(tmp_path) as living:
        killed = subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False)
        assert killed.returncode == -signal.SIGKILL
        assert len(list(tmp_path.iterdir())) == 2
        with DemoInstance(tmp_path) as following:
            assert set(tmp_path.iterdir()) == {living.folder, following.folder}


def test_headless_gives_its_signals_back(tmp_path: Path) -> None:
    class Reader(io.StringIO):
        """Asks for the end as soon as it has read `ready`."""

        def flush(self) -> None:
            if self.getvalue().endswith("ready\n"):
                signal.raise_signal(signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    out = Reader()
    assert headless(out, tmp_path) == 0
    assert signal.getsignal(signal.SIGTERM) is before
    assert out.getvalue().startswith("export AWS_CONFIG_FILE='")
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("demo-")]
