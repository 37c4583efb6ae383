"""OpenID Connect with others' software at both ends: a provider from PyPI, moto as STS, Chromium between.

oidc-provider-mock (on Authlib) signs the tokens, moto gives credentials for them, and a person's hand on a real
browser is Chromium's own. What the demo's provider cannot show is that we understand somebody else's.
"""

from __future__ import annotations

import shlex
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from blackbox.desktop import Desktop
from blackbox.program import PROGRAM, run
from blackbox.waiting import until

pytestmark = pytest.mark.gate

PERSON = Path(__file__).with_name("chromium_person.py")
ALLOW = (
    "(() => { const field = document.querySelector('input[name=sub]');"
    " if (!field) return false; field.value = 'alex@acme.example';"
    " field.closest('form').querySelector('button').click(); return true; })()"
)
DENY = (
    "(() => { const button = document.querySelector('button[value=deny]');"
    " if (!button) return false; button.click(); return true; })()"
)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        return int(taken.getsockname()[1])


def started(stack: ExitStack, *command: str) -> None:
    program = shutil.which(command[0], path=str(Path(sys.executable).parent))
    assert program, f"{command[0]} is not installed"
    process = subprocess.Popen(
        [program, *command[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait, 20)
    stack.callback(process.terminate)


def answers(url: str) -> bool:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return bool(answer.status == 200)


@pytest.fixture(scope="module")
def services() -> Iterator[tuple[str, str]]:
    """The provider's address and that of STS."""
    if shutil.which("chromium") is None:
        pytest.fail("Chromium is missing: packaging/setup.sh gate brings it")
    provider, sts = free_port(), free_port()
    with ExitStack() as stack:
        started(stack, "oidc-provider-mock", "--port", str(provider), "--require-nonce", "true")
        started(stack, "moto_server", "-p", str(sts))
        issuer = f"http://127.0.0.1:{provider}"
        until(lambda: answers(f"{issuer}/.well-known/openid-configuration"), "the provider")
        until(lambda: answers(f"http://127.0.0.1:{sts}/moto-api/"), "moto")
        yield issuer, f"http://127.0.0.1:{sts}"


@pytest.fixture
def environ(desktop: Desktop, services: tuple[str, str], tmp_path: Path) -> dict[str, str]:
    """A person at a desktop with a keyring, with one own entry; their STS is moto."""
    issuer, sts = services
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    (home / "config" / "roles.toml").write_text(
        f'[web]\noidc_issuer = "{issuer}"\noidc_client_id = "rolecall-desktop"\n'
        'role_arn = "arn:aws:iam::123456789012:role/Reader"\nregion = "eu-central-1"\n'
    )
    return desktop.environ | {
        "ROLECALL_HOME": str(home),
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_ENDPOINT_URL_STS": sts,
    }


def test_a_sign_in_at_somebody_elses_provider(environ: dict[str, str], tmp_path: Path) -> None:
    """This provider wants a client secret: told first, then out of the keyring."""
    visit = tmp_path / "visit"
    browsing = environ | _browser(tmp_path, visit, ALLOW, "Back to Rolecall")
    export = ("export", "web", "--format", "json")
    refused = run(browsing, *export)
    assert (refused.code, "does not know this program" in refused.err) == (8, True), refused.err
    kept = run(environ, "client-secret", "web", typed="any-secret-does-here\n")
    assert kept.code == 0, kept.err
    done = run(browsing, *export)
    assert done.code == 0, done.err
    assert done.json["role_arn"] == "arn:aws:iam::123456789012:role/Reader"
    assert done.json["AccessKeyId"].startswith("ASIA")
    shown = until((visit / "page").read_text, "the last page")
    assert "You can close this window" in shown
    assert "any-secret-does-here" not in done.err + kept.err + kept.out
    assert run(environ, "client-secret", "web", "--remove").code == 0
    assert run(browsing, *export).code == 8


def test_a_no_without_its_state_is_a_strangers(environ: dict[str, str], tmp_path: Path) -> None:
    """This provider leaves the state out of its refusals: anybody could have sent that, so we go on waiting."""
    visit = tmp_path / "visit"
    browsing = environ | _browser(tmp_path, visit, DENY, "not the sign-in Rolecall waits for")
    waiting = subprocess.Popen(
        [PROGRAM, "export", "web"], env=browsing, stderr=subprocess.PIPE, text=True
    )
    try:
        shown = until((visit / "page").read_text, "the last page", seconds=60)
        assert "Nothing was taken from it" in shown
        assert waiting.poll() is None
    finally:
        waiting.send_signal(signal.SIGINT)
        _, said = waiting.communicate(timeout=20)
    assert waiting.returncode == 130, said


def _browser(folder: Path, visit: Path, script: str, end: str) -> dict[str, str]:
    """A program without arguments of its own: BROWSER is a list that colons divide."""
    visit.mkdir()
    command = shlex.join([sys.executable, str(PERSON), str(visit), script, end])
    program = folder / "person"
    program.write_text(f'#!/bin/sh\nexec {command} "$1"\n')
    program.chmod(0o755)
    return {"BROWSER": str(program)}
