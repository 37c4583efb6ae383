"""IAM Identity Center by the command line: sign-in by browser and by code, delivery, discovery."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from blackbox.program import PROGRAM, Demo, Done, person, plain_environment, run
from blackbox.waiting import until

BROWSER = Path(__file__).parents[1] / "aws" / "approving_browser.py"
START = "https://acme-rolecall.awsapps.com/start"
ROLE, OTHER, CHAINED = "payments-poweruser", "sandbox-center", "release-deploy"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """An embedded AWS of this test's own: its sign-ins and clock are nobody else's."""
    folder = tmp_path / "demo"
    folder.mkdir()
    with Demo(plain_environment(folder)) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """A person without screen, browser or terminal, and with a home of their own."""
    return plain_environment(tmp_path) | person(demo)


def browsing(environ: dict[str, str], answer: str = "allow") -> dict[str, str]:
    """A browser that does what a person would on the page."""
    return environ | {"BROWSER": f"{sys.executable} {BROWSER} {answer} %s"}


def change(demo: Demo, **values: object) -> None:
    """Have the embedded Identity Center changed."""
    send(f"{demo.url}/identity-center", values)


def send(url: str, form: dict[str, object]) -> None:
    """Send a form, as the page's button does."""
    urllib.request.urlopen(url, urlencode(form).encode(), timeout=10).close()


def actions(demo: Demo) -> list[str]:
    """What was asked of the embedded AWS."""
    return [call["action"] for call in demo.calls()]


def caller(environ: dict[str, str], credentials: dict[str, str]) -> str:
    """The ARN behind credentials in the form of export --format process, asked in a process of its own."""
    script = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])"
    keys = {
        "AWS_ACCESS_KEY_ID": credentials["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
        "AWS_SESSION_TOKEN": credentials["SessionToken"],
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    return python(environ | keys, script)


def python(environ: dict[str, str], script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environ, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout.strip()


# --- signing in --------------------------------------------------------------------------------------


def test_one_sign_in_serves_every_role_and_every_delivery(
    demo: Demo, alone: dict[str, str]
) -> None:
    """Browser once; then login, export, credential_process, console and a chained role ask nobody."""
    rows = {row["name"]: row for row in run(alone, "list", "--json").json}
    assert rows[ROLE]["state"] == "needs_sign_in"
    assert rows[ROLE]["source"] == "acme"
    assert rows[ROLE]["permission_set"] == "PowerUser"
    done = run(browsing(alone), "login", ROLE)
    assert done.code == 0, done.err
    assert "Finish signing in in your browser" in done.err
    rows = {row["name"]: row for row in run(alone, "list", "--json").json}
    assert {rows[name]["state"] for name in (ROLE, OTHER, CHAINED)} == {"ready"}
    process = run(alone, "credential-process", OTHER)
    assert process.code == 0, process.err
    assert "AWSReservedSSO_Administrator_" in caller(alone, process.json)
    exported = run(alone, "export", CHAINED, "--format", "process")
    assert "assumed-role/ReleaseDeploy/" in caller(alone, exported.json)
    console = run(alone, "console", ROLE, "--print")
    with urllib.request.urlopen(console.out.strip(), timeout=10) as page:
        shown = page.read().decode()
    assert "AWSReservedSSO_PowerUser" in shown
    assert re.search(r"1[12] h", shown)  # longer than the credentials: SessionDuration was taken
    assert actions(demo).count("CreateToken") == 1


def test_explain_says_who_is_asked_and_what_comes_of_it(alone: dict[str, str]) -> None:
    """The route of a chained role, drawn and with its reason."""
    done = run(alone, "explain", CHAINED)
    assert done.code == 0
    assert "GetRoleCredentials 222222222222/PowerUser" in done.out
    assert "AssumeRole arn:aws:iam::333333333333:role/ReleaseDeploy, 1 h" in done.out
    assert "sign-in in the browser is needed" in done.out


def test_nobody_to_ask_is_exit_4_at_once(demo: Demo, alone: dict[str, str]) -> None:
    """Neither browser nor terminal; and credential-process opens no browser even where there is one."""
    for environ, command in (
        (alone, "login"),
        (alone, "export"),
        (browsing(alone), "credential-process"),
    ):
        done = run(environ, command, ROLE)
        assert (done.code, done.out) == (4, ""), done.err
        assert "sign-in" in done.err
        assert done.seconds < 5
    assert actions(demo) == []


class Typing:
    """A command on a terminal without a screen: its stderr is read as it comes."""

    def __init__(self, environ: dict[str, str], *arguments: str) -> None:
        self._terminal, inner = os.openpty()
        self._process = subprocess.Popen(
            ["setsid", "--ctty", "--wait", PROGRAM, *arguments],
            env=environ, stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        os.close(inner)

    def device_code(self) -> str:
        assert self._process.stderr
        for line in self._process.stderr:
            found = re.search(r"The code is ([A-Z]{4}-[A-Z]{4})", line)
            if found:
                return found[1]
        raise AssertionError("no code was shown")

    def end(self) -> Done:
        out, err = self._process.communicate(timeout=60)
        os.close(self._terminal)
        return Done(self._process.returncode, out, err, 0.0)


def test_a_code_is_shown_where_there_is_no_browser(demo: Demo, alone: dict[str, str]) -> None:
    """On a terminal, as over ssh."""
    change(demo, interval=1)
    command = Typing(alone, "login", ROLE)
    code = command.device_code()
    send(f"{alone['AWS_ENDPOINT_URL_SSO_OIDC']}/device", {"user_code": code, "answer": "allow"})
    done = command.end()
    assert done.code == 0, done.err


def test_a_code_that_is_turned_down_or_grows_old(demo: Demo, alone: dict[str, str]) -> None:
    """Each a Problem of its own."""
    change(demo, interval=1)
    command = Typing(alone, "login", ROLE)
    code = command.device_code()
    send(f"{alone['AWS_ENDPOINT_URL_SSO_OIDC']}/device", {"user_code": code, "answer": "deny"})
    done = command.end()
    assert (done.code, "turned down" in done.err) == (5, True), done.err
    command = Typing(alone, "login", ROLE)
    command.device_code()
    demo.advance(601)
    done = command.end()
    assert (done.code, "too old" in done.err) == (4, True), done.err


def test_turned_down_in_the_browser(alone: dict[str, str]) -> None:
    """Exit 5, and nothing is kept."""
    done = run(browsing(alone, "deny"), "login", ROLE)
    assert (done.code, "turned down" in done.err) == (5, True), done.err
    assert run(alone, "login", ROLE).code == 4


def test_a_callback_of_a_stranger_changes_nothing(alone: dict[str, str]) -> None:
    """A wrong state first, then the right one."""
    done = run(browsing(alone, "forge"), "login", ROLE)
    assert done.code == 0, done.err


def test_the_browser_closed_half_way_and_control_c(alone: dict[str, str]) -> None:
    """Nobody comes back: Ctrl+C ends it at once, and nothing is left."""
    process = subprocess.Popen(
        [PROGRAM, "login", ROLE],
        env=browsing(alone, "close"), stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stderr
    assert "browser" in process.stderr.readline()
    began = time.monotonic()
    process.send_signal(2)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130, err
    assert time.monotonic() - began < 5


def test_a_life_that_is_nobody_s_to_ask_for_is_told(alone: dict[str, str]) -> None:
    before = run(alone, "explain", ROLE, "--duration", "15m").out
    assert "15 min were asked for, but the permission set decides" in before
    assert "Once you are signed in it renews itself" in before
    done = run(browsing(alone), "login", ROLE, "--duration", "15m")
    assert done.code == 0
    assert "15 min were asked for. AWS decided on 240 min" in done.err
    assert "not kept" in done.err
    assert "were asked for" not in run(alone, "login", ROLE).err
    refused = run(alone, "login", ROLE, "--read-only")
    assert (refused.code, "GetRoleCredentials takes no session policy" in refused.err) == (2, True)


def test_a_token_that_died_wants_a_new_sign_in(demo: Demo, alone: dict[str, str]) -> None:
    """The file still says that it lives; AWS says 401."""
    assert run(browsing(alone), "login", ROLE).code == 0
    change(demo, end_sign_ins=1)
    done = run(alone, "export", ROLE)
    assert (done.code, done.out) == (4, ""), done.err
    assert run(browsing(alone), "export", ROLE).code == 0


def test_a_token_is_refreshed_and_ends_with_the_portal_s_session(
    demo: Demo, alone: dict[str, str]
) -> None:
    """An hour's token, eight hours of them, then a person."""
    assert run(browsing(alone), "login", ROLE).code == 0
    demo.advance(3700)
    done = run(alone, "login", ROLE)
    assert done.code == 0, done.err
    assert actions(demo).count("CreateToken") == 2
    demo.advance(8 * 3600)
    assert run(alone, "login", ROLE).code == 4


def test_the_sign_in_is_boto3_s_and_boto3_s_is_ours(demo: Demo, alone: dict[str, str]) -> None:
    """The shared token, both ways: boto3 uses and refreshes it."""
    change(demo, token_seconds=600)  # always due, so that boto3 refreshes it at once
    assert run(browsing(alone), "login", ROLE).code == 0
    before = actions(demo).count("CreateToken")
    script = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])"
    assert "AWSReservedSSO_PowerUser" in python(alone | {"AWS_PROFILE": ROLE}, script)
    assert actions(demo).count("CreateToken") == before + 1
    done = run(alone, "credential-process", OTHER)
    assert done.code == 0, done.err


def test_a_missing_assignment_is_named(demo: Demo, alone: dict[str, str]) -> None:
    """GetRoleCredentials answers 403."""
    config = Path(alone["AWS_CONFIG_FILE"])
    config.write_text(config.read_text().replace("= PowerUser", "= Root"))
    done = run(browsing(alone), "login", ROLE)
    assert (done.code, "does not let you use" in done.err) == (5, True), done.err


def test_no_secret_is_shown_or_logged(demo: Demo, alone: dict[str, str], tmp_path: Path) -> None:
    """Neither token nor code nor client secret, on any stream or in any file but the shared cache."""
    done = run(browsing(alone) | {"ROLECALL_LOG": "debug"}, "login", ROLE)
    cache = tmp_path / ".aws" / "sso" / "cache"
    held = [json.loads(one.read_text()) for one in cache.glob("*.json")]
    secrets = {
        each[key]
        for each in held
        for key in ("accessToken", "refreshToken", "clientSecret")
        if key in each
    }
    assert len(secrets) >= 3
    elsewhere = [p for p in tmp_path.rglob("*") if p.is_file() and cache not in p.parents]
    texts = [done.out, done.err, *(p.read_text(errors="replace") for p in elsewhere)]
    assert not any(secret in text for secret in secrets for text in texts)
    assert {one.stat().st_mode & 0o777 for one in cache.glob("*.json")} == {0o600}


# --- discovery ---------------------------------------------------------------------------------------


def test_listing_and_adding(demo: Demo, alone: dict[str, str], tmp_path: Path) -> None:
    """What is there, what it is called here, and new roles that work at once."""
    before = Path(alone["AWS_CONFIG_FILE"]).read_bytes()
    listed = run(browsing(alone), "identity-center", f"{START}/#/", "--json")
    assert listed.code == 0, listed.err
    names = {(row["account_name"], row["permission_set"]): row["name"] for row in listed.json}
    assert names["Payments", "PowerUser"] == ROLE
    assert names["Payments", "ReadOnly"] is None
    done = run(alone, "identity-center", "acme", "--add", "*/readonly", "Payments/*", "--json")
    assert done.code == 0, done.err
    assert {row["name"] for row in done.json} == {ROLE, "payments-readonly", "sandbox-readonly"}
    assert "2 added" in done.err
    assert "1 were there already" in done.err
    assert run(alone, "login", "payments-readonly").code == 0
    assert Path(alone["AWS_CONFIG_FILE"]).read_bytes() == before
    again = run(alone, "identity-center", "acme", "--add", "*/readonly")
    assert (again.code, "added" in again.err) == (0, False)


def test_written_into_the_config_for_other_tools(alone: dict[str, str]) -> None:
    """boto3 finds the profile and uses the same sign-in."""
    done = run(
        browsing(alone), "identity-center", "acme", "--add", "sandbox/readonly", "--write-config"
    )
    assert done.code == 0, done.err
    script = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])"
    environ = alone | {"AWS_PROFILE": "sandbox-readonly", "AWS_DEFAULT_REGION": "eu-central-1"}
    assert "AWSReservedSSO_ReadOnly" in python(environ, script)


def test_six_hundred_accounts_tell_how_far_they_are(demo: Demo, alone: dict[str, str]) -> None:
    """Progress on stderr, the answer on stdout."""
    change(demo, accounts=596)
    done = run(browsing(alone), "identity-center", "acme", "--json")
    assert done.code == 0, done.err
    assert len({row["account_id"] for row in done.json}) == 600
    assert "600 of 600 accounts" in done.err


def test_a_minute_of_429_is_waited_out(demo: Demo, alone: dict[str, str]) -> None:
    """Refused for a minute of the demo's clock, in the middle; the person is told, and the list is whole."""
    assert run(browsing(alone), "login", ROLE).code == 0
    demo.fault(**{"kind": "throttle", "action": "ListAccountRoles", "count": 100_000, "for": 60})
    process = subprocess.Popen(
        [PROGRAM, "identity-center", "acme", "--json"],
        env=alone, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    until(lambda: refusals(demo) >= 2, "two refusals")
    demo.advance(60)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "less often" in err
    assert len(json.loads(out)) == 6
    assert refusals(demo) < 10


def refusals(demo: Demo) -> int:
    return sum(call["code"] == "TooManyRequestsException" for call in demo.calls())


def test_credentials_refused_for_too_many_calls_are_a_problem(
    demo: Demo, alone: dict[str, str]
) -> None:
    """GetRoleCredentials throttled to the end: exit 5 and a word on waiting; then it works again."""
    assert run(browsing(alone), "login", ROLE).code == 0
    demo.fault(kind="throttle", action="GetRoleCredentials", count=20)
    done = run(alone, "login", ROLE)
    assert (done.code, "fewer calls" in done.err) == (5, True), done.err
    demo.fault(kind="none")
    assert run(alone, "login", ROLE).code == 0


def test_what_was_seen_is_shown_when_it_cannot_be_finished(
    demo: Demo, alone: dict[str, str]
) -> None:
    """The network goes in the middle: rows on stdout, the Problem on stderr, nothing added."""
    assert run(browsing(alone), "login", ROLE).code == 0
    demo.fault(kind="slow", action="ListAccountRoles", seconds=0, count=2)
    demo.fault(kind="garbage", action="ListAccountRoles")
    done = run(alone, "identity-center", "acme", "--add", "*")
    assert done.code == 6, done.err
    assert "Payments" in done.out
    assert not (Path(alone["HOME"]) / ".config" / "rolecall" / "roles.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("https://new.awsapps.com/start",), 2, "region"),
        (("http://plain.example/start", "--region", "eu-west-1"), 2, "start URL"),
        (("acme", "--add", "nothing*"), 3, "pattern"),
        (("https://other.awsapps.com/start", "--region", "eu-central-1"), 5, "does not know"),
    ],
)
def test_bad_wishes(
    alone: dict[str, str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    """Each with its exit code and a word on what to do."""
    done = run(browsing(alone), "identity-center", *arguments)
    assert (done.code, words in done.err) == (code, True), done.err


def test_signing_out_is_for_all_tools(demo: Demo, alone: dict[str, str]) -> None:
    """The token is dead at AWS and gone from the cache."""
    assert run(browsing(alone), "login", ROLE).code == 0
    assert run(alone, "identity-center", "acme", "--sign-out").code == 0
    assert actions(demo)[-1] == "Logout"
    assert run(alone, "login", ROLE).code == 4
    until(lambda: run(alone, "identity-center", "acme", "--sign-out").code == 0, "a second one")


ALLOW = """(() => {
  const yes = document.querySelector("button[value=allow]");
  if (!yes) return false;
  yes.click();
  return true;
})()"""


@pytest.mark.gate
def test_a_real_browser_goes_the_whole_way(alone: dict[str, str], tmp_path: Path) -> None:
    """Chromium, headless: one-time address, the portal's page, the button, the way back to the program."""
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium here")
    folder = tmp_path / "chromium"
    folder.mkdir()
    person = Path(__file__).with_name("chromium_person.py")
    words = [sys.executable, str(person), str(folder), ALLOW, "Back to Rolecall"]
    environ = alone | {"BROWSER": f"{shlex.join(words)} %s", "HOME": str(tmp_path)}
    done = run(environ, "login", ROLE)
    assert done.code == 0, done.err
    page = until((folder / "page").read_text, "the last page")
    assert "You can close this window" in page
