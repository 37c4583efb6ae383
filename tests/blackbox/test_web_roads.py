"""Roles that begin with a token instead of a key, by the command line: each road, each delivery, each refusal."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from blackbox.program import PROGRAM, Demo, person, plain_environment, run
from blackbox.test_identity_center import actions, browsing, caller

ROADS: Final = {
    "web-reader": "assumed-role/WebReader/",
    "web-onward": "assumed-role/Onward/",
    "amazon-user": "assumed-role/AmazonUser/",
    "facebook-user": "assumed-role/FacebookUser/",
    "pool-user": "assumed-role/CognitoUser/CognitoIdentityCredentials",
    "pool-power": "assumed-role/CognitoPower/",
    "pool-guest": "assumed-role/CognitoGuest/CognitoIdentityCredentials",
    "token-file": "assumed-role/WebReader/alex-cluster",
}
NOBODY_NEEDED: Final = ("pool-guest", "token-file")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """An embedded AWS of this test's own."""
    folder = tmp_path / "demo"
    folder.mkdir()
    with Demo(plain_environment(folder)) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """A person without screen, browser or terminal, and with a home of their own."""
    environ = plain_environment(tmp_path) | person(demo)
    folder = roles_file(environ).parent
    folder.mkdir(parents=True)
    shutil.copy(Path(demo.exports["ROLECALL_HOME"], "config", "roles.toml"), folder)
    return environ


def roles_file(environ: dict[str, str]) -> Path:
    return Path(environ["HOME"]) / ".config" / "rolecall" / "roles.toml"


def change(environ: dict[str, str], before: str, after: str) -> None:
    """Another setting for every entry that has it."""
    path = roles_file(environ)
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))


# --- the roads -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ROADS)
def test_each_road_gives_credentials_that_work(alone: dict[str, str], name: str) -> None:
    """No access key anywhere in the environment or the files it starts from."""
    environ = alone if name in NOBODY_NEEDED else browsing(alone)
    done = run(environ, "export", name, "--format", "process")
    assert done.code == 0, done.err
    assert ROADS[name] in caller(alone, done.json)


@pytest.mark.parametrize("name", [name for name in ROADS if name not in NOBODY_NEEDED])
def test_nobody_to_ask_is_exit_4_at_once(demo: Demo, alone: dict[str, str], name: str) -> None:
    """Neither browser nor terminal; and credential-process opens no browser even where there is one."""
    for environ, command in ((alone, "login"), (browsing(alone), "credential-process")):
        done = run(environ, command, name)
        assert (done.code, done.out) == (4, ""), done.err
        assert "sign-in" in done.err
        assert done.seconds < 5
    assert actions(demo) == []


def test_a_program_may_have_what_nobody_is_needed_for(alone: dict[str, str]) -> None:
    """credential-process, as any AWS tool calls it."""
    for name in NOBODY_NEEDED:
        done = run(alone, "credential-process", name)
        assert done.code == 0, done.err
        assert ROADS[name] in caller(alone, done.json)


def test_what_the_list_says(alone: dict[str, str]) -> None:
    """State and source of each."""
    rows = {row["name"]: row for row in run(alone, "list", "--json").json}
    states = {name: rows[name]["state"] for name in ROADS}
    assert states == {name: "ready" if name in NOBODY_NEEDED else "needs_sign_in" for name in ROADS}
    assert rows["web-onward"]["source"] == "web-reader"
    assert rows["web-reader"]["role_arn"] == "arn:aws:iam::333333333333:role/WebReader"
    assert rows["pool-user"]["role_arn"] is None
    assert re.search(r"pool-guest +\(identity pool\)", run(alone, "list").out)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("web-reader", ("AssumeRoleWithWebIdentity", "WebReader, 12 h", "sign-in at 127.0.0.1:")),
        ("web-onward", ("AssumeRoleWithWebIdentity", "AssumeRole arn", "Onward, 1 h")),
        ("amazon-user", ("AssumeRoleWithWebIdentity", "AmazonUser, 1 h", "sign-in at Amazon")),
        ("pool-user", ("GetCredentialsForIdentity eu-central-1:", "the identity pool chooses")),
        ("pool-power", ("AssumeRoleWithWebIdentity", "vouches for you")),
        ("pool-guest", ("nobody signs in", "renews itself")),
        ("token-file", ("read from its file at each call", "renews itself")),
    ],
)
def test_explain_draws_it_and_says_why(
    demo: Demo, alone: dict[str, str], name: str, words: tuple[str, ...]
) -> None:
    """Before any call."""
    done = run(alone, "explain", name)
    assert done.code == 0
    assert [word for word in words if word not in done.out] == []
    assert actions(demo) == []


def test_the_console_for_longer_than_the_credentials(alone: dict[str, str]) -> None:
    """A first hop by a token is not chained, so SessionDuration is sent; of a pool AWS does not say so."""
    lives = {"token-file": r"1[12] h", "pool-guest": "59 min|1 h 0", "web-onward": "59 min|1 h 0"}
    for name, life in lives.items():
        done = run(browsing(alone), "console", name, "--print")
        assert done.code == 0, done.err
        with urllib.request.urlopen(done.out.strip(), timeout=10) as page:
            assert re.search(life, page.read().decode()), name


def test_a_session_policy_narrows_where_sts_makes_the_session(alone: dict[str, str]) -> None:
    """AssumeRoleWithWebIdentity takes one, GetCredentialsForIdentity does not."""
    policy = '{"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}'
    assert run(alone, "export", "token-file", "--policy", policy).code == 0
    done = run(alone, "export", "pool-guest", "--policy", policy)
    assert (done.code, "cannot be narrowed" in done.err) == (2, True), done.err


def test_a_token_file_is_read_at_each_call(alone: dict[str, str]) -> None:
    """Whoever writes it renews it; a bad one is told and names the file."""
    token = Path(alone["AWS_CONFIG_FILE"]).with_name("web-identity-token")
    good = token.read_text()
    token.write_text("not.a.token")
    done = run(alone, "export", "token-file")
    assert (done.code, "no identity token" in done.err) == (5, True), done.err
    token.write_text("")
    done = run(alone, "export", "token-file")
    assert (done.code, str(token) in done.err) == (8, True), done.err
    token.unlink()
    assert run(alone, "export", "token-file").code == 8
    token.write_text(f"{good}\n")
    assert run(alone, "export", "token-file").code == 0


# --- what goes wrong -------------------------------------------------------------------------------


def test_declined_in_the_browser(alone: dict[str, str]) -> None:
    """Exit 5."""
    done = run(browsing(alone, "deny"), "login", "web-reader")
    assert (done.code, "did not sign you in" in done.err) == (5, True), done.err


def test_a_callback_of_a_stranger_changes_nothing(alone: dict[str, str]) -> None:
    """A wrong state first, then the right one."""
    assert run(browsing(alone, "forge"), "login", "web-reader").code == 0


def test_the_browser_closed_half_way_and_control_c(alone: dict[str, str]) -> None:
    """Nobody comes back: Ctrl+C ends it at once."""
    process = subprocess.Popen(
        [PROGRAM, "login", "web-reader"],
        env=browsing(alone, "close"), stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stderr
    assert "browser" in process.stderr.readline()
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130, err
    assert time.monotonic() - began < 5


def test_the_port_is_taken(alone: dict[str, str]) -> None:
    """A port that was registered with the provider, and another program has it."""
    with closing(socket.create_server(("127.0.0.1", 0))) as theirs:
        port = theirs.getsockname()[1]
        change(
            alone, 'oidc_client_id = "rolecall"\n',
            f'oidc_client_id = "rolecall"\noidc_redirect_port = "{port}"\n',
        )  # fmt: skip
        done = run(browsing(alone), "login", "web-reader")
        assert (done.code, f"Port {port}" in done.err) == (8, True), done.err
    assert run(browsing(alone), "login", "web-reader").code == 0


@pytest.mark.parametrize(
    ("before", "after", "name", "code", "words"),
    [
        ('"rolecall"', '"other-program"', "web-reader", 5, "for another program"),
        ("333333333333:role/WebR", "222222222222:role/WebR", "web-reader", 5, "222222222222 does not"),
        ("role/WebReader", "role/Nowhere", "web-reader", 5, "refused the role"),
        ('"rolecall"', '"unheard-of"', "web-reader", 130, ""),
        ("/idp", "/idp/", "web-reader", 5, "to the last slash"),
        ("/idp", "/nothing", "web-reader", 6, "not one of an identity provider"),
        ('"rolecall"', '"other-program"', "pool-user", 5, "does not accept the sign-in"),
        ("eu-central-1:5b1c", "eu-central-1:ffff", "pool-guest", 5, "There is no identity pool"),
        ("eu-central-1:5b1c", "here:5b1c", "pool-guest", 8, "cognito_identity_pool_id"),
    ],
)  # fmt: skip
def test_a_setting_that_does_not_fit(
    alone: dict[str, str], before: str, after: str, name: str, code: int, words: str
) -> None:
    """Each with its exit code, what is wrong, and nothing of a token."""
    change(alone, before, after)
    if code == 130:  # the provider's own page says no, and sends nobody back
        process = subprocess.Popen(
            [PROGRAM, "login", name], env=browsing(alone), stderr=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        assert process.stderr
        assert "browser" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
        assert process.returncode == 130
        return
    done = run(browsing(alone), "login", name)
    assert (done.code, words in done.err) == (code, True), done.err
    assert "eyJ" not in done.err


@pytest.mark.parametrize(
    "place", ["/idp/.well-known/openid-configuration", "/idp/token", "/idp/jwks"]
)
def test_a_provider_that_answers_nonsense(demo: Demo, alone: dict[str, str], place: str) -> None:
    """Exit 6; the next try is as good as new."""
    demo.fault(kind="garbage", action=place)
    done = run(browsing(alone), "login", "web-reader")
    assert (done.code, "identity provider" in done.err) == (6, True), done.err
    assert run(browsing(alone), "login", "web-reader").code == 0


def test_no_secret_is_shown_or_logged(demo: Demo, alone: dict[str, str], tmp_path: Path) -> None:
    """Neither token nor code nor state, on any stream, in any command line or file."""
    seen = tmp_path / "seen"
    script = tmp_path / "browser"
    inner = Path(__file__).parents[1] / "aws" / "approving_browser.py"
    # Only the programs of this test: those of another test may name a code for good reasons.
    script.write_text(
        "#!/bin/sh\n"
        f'for environ in $(grep -lsF "HOME={alone["HOME"]}" /proc/[0-9]*/environ)\n'
        f'do tr "\\0" " " <"${{environ%/environ}}/cmdline"; echo; done >>"{seen}"\n'
        f'exec {sys.executable} {inner} allow "$1"\n'
    )
    script.chmod(0o755)
    environ = alone | {"BROWSER": str(script), "ROLECALL_LOG": "debug"}
    done = run(environ, "login", "web-reader")
    assert done.code == 0, done.err
    argv = seen.read_text()
    assert f"{script} http://127.0.0.1:" in argv
    assert "login web-reader" in argv
    files = [p for p in tmp_path.rglob("*") if p.is_file() and "demo" not in p.parts]
    texts = [done.out, done.err, argv, *(p.read_text(errors="replace") for p in files)]
    for secret in (r"eyJ[\w-]{20}", "code_challenge", "state=", "code=", "nonce="):
        assert not any(re.search(secret, text) for text in texts), secret
