"""What a running command was given by the app goes with the app's own: locked, forgotten, quit.

The command is a real one under `exec --container-endpoint`, which asks its endpoint again and again with
the token that it was started with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from blackbox.commands import Running, python
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.waiting import until

CODE_ROLE = "prod-admin"
ROLE = "prod-readonly"

ASKS = """
import json, os, sys, urllib.error, urllib.request
request = urllib.request.Request(
    os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
    headers={"Authorization": os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"]},
)
for line in sys.stdin:
    try:
        answer = json.load(urllib.request.urlopen(request, timeout=5))
        print(200, answer["AccessKeyId"], flush=True)
    except urllib.error.HTTPError as error:
        print(error.code, error.read().decode(), flush=True)
"""


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture
def app(desktop: Desktop, demo: Demo) -> Iterator[App]:
    """The app, in the tray."""
    with App(desktop, person(demo), "--minimized") as started:
        started.wait_for_socket()
        yield started


def asked(running: Running) -> tuple[str, str]:
    """Status and key id, or status and the body of a refusal."""
    running.say("?")
    status, _, rest = running.line().partition(" ")
    return status, rest


def started(app: App, demo: Demo, role: str) -> Running:
    """A command that has its credentials from the app, which was signed in to the role before."""
    code = demo.fresh_code()
    done = app.run("login", role, "--mfa-code", code)
    assert done.code == 0, done.err
    return Running(app.environ, role, "--container-endpoint", "--", *python(ASKS))


def without_credentials(body: str) -> bool:
    return re.search(r"ASIA|AKIA|Secret|Token", body) is None


def ended(app: App) -> Callable[[], bool]:
    return lambda: app.run("status", "--json").json == []


def test_locked_it_serves_nothing_and_unlocked_it_goes_on(app: App, demo: Demo) -> None:
    """From the very first request after the lock; the same token works again after it."""
    with started(app, demo, ROLE) as running:
        before = asked(running)
        assert before[0] == "200"
        app.tray.click("Lock")
        until(ended(app), "the lock")
        for _ in range(10):
            status, body = asked(running)
            assert status == "503"
            assert "locked" in body
            assert without_credentials(body)
        app.tray.click("Unlock")
        until(lambda: asked(running)[0] == "200", "credentials again", step=0.5)
        assert asked(running) != before, "where nothing is kept, these are new ones"
        assert running.end() == 0


def test_forgotten_the_old_ones_are_never_served_again(app: App, demo: Demo) -> None:
    """A role that needs no code gets a new session, as any program would."""
    with started(app, demo, ROLE) as running:
        before = asked(running)
        assert before[0] == "200"
        assert app.run("forget", ROLE).code == 0
        after = [asked(running) for _ in range(10)]
        assert before not in after
        assert after[-1][0] == "200"
        assert running.end() == 0


@pytest.mark.parametrize("way", ["Quit", "kill"])
def test_with_the_app_go_its_sessions_that_nothing_keeps(app: App, demo: Demo, way: str) -> None:
    """Without a keyring nothing is kept; nobody is asked for a code on behalf of the running command."""
    with started(app, demo, CODE_ROLE) as running:
        assert asked(running)[0] == "200"
        if way == "Quit":
            app.tray.click("Quit")
            app.wait_for_end()
        else:
            app.kill()
        for _ in range(10):
            status, body = asked(running)
            assert status == "503"
            assert without_credentials(body)
        assert "code" in asked(running)[1]
        assert running.end() == 0
