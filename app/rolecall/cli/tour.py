"""The demo where there is no screen: the main job in the terminal, against the embedded AWS, step by step.

Nothing is staged: the same Actions as everywhere, real calls over HTTP, and each step is checked.
"""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Mapping
from typing import TextIO
from urllib.parse import quote, urlsplit

from rolecall.agent import Reply, Request
from rolecall.domain.problem import Exit
from rolecall.domain.terminal import visible

ROLE = "prod-admin"
"""The role the tour takes: it needs a code, which the demo's authenticator shows."""


class TourError(Exception):
    """A step did not do what it should; the text says which."""


def tour(out: TextIO) -> int:
    """Do the main job once and say what happens; returns the exit code."""
    from rolecall.demo.instance import CLEARED, DemoInstance
    from rolecall.storage.paths import Paths

    with DemoInstance(Paths.of(os.environ).runtime_dir) as demo:
        environ = {name: value for name, value in os.environ.items() if name not in CLEARED}
        environ |= demo.environment()
        os.environ.clear()
        os.environ.update(environ)  # botocore reads the process's own
        try:
            _walk(_Guide(out, environ))
        except TourError as error:
            out.write(visible(f"\n{error}\n"))
            return int(Exit.FAULT)
    return int(Exit.DONE)


class _Guide:
    """Says each step, asks each question, keeps one Actions from step to step."""

    def __init__(self, out: TextIO, environ: Mapping[str, str]) -> None:
        from rolecall.cli.alone import actions_alone

        self.out = out
        self.environ = environ
        self.actions = actions_alone(environ)

    def step(self, text: str) -> None:
        self.out.write(f"\n── {text}\n")
        self.out.flush()

    def say(self, text: str) -> None:
        self.out.write(visible(text))
        self.out.flush()

    def ask(self, request: Request) -> Reply:
        from rolecall.answers import answer

        found: list[Reply] = []
        answer(self.actions, request, found.append)
        if not found or found[0].exit != Exit.DONE:
            raise TourError(found[0].err if found else f"{request.verb} gave no answer")
        return found[0]


def _walk(guide: _Guide) -> None:
    demo = guide.environ["ROLECALL_DEMO_URL"]
    guide.say("An AWS of its own runs on this machine. No account, no risk, nothing kept.\n")
    guide.step("The roles you can take (rolecall list)")
    guide.say(guide.ask(Request("list")).out)
    guide.step(f"How {ROLE} is reached, and why so (rolecall explain {ROLE})")
    guide.say(guide.ask(Request("explain", ROLE)).out)
    code = _code(guide, demo)
    guide.step(f"Signing in (rolecall login {ROLE})")
    guide.say(guide.ask(Request("login", ROLE, code=code)).out)
    _countdown(guide)
    _call(guide)
    _console(guide)
    guide.step("That was it")
    guide.say("With a screen, `rolecall demo` shows the same in the tray and in a window.\n")


def _code(guide: _Guide, demo: str) -> str:
    role = guide.actions.state.catalogue.role(ROLE)
    guide.step(f"A code from the demo's authenticator ({role.device})")
    code = _get(f"{demo}/code?serial={quote(role.device)}")[1].strip()
    guide.say(f"It shows {code[:3]} {code[3:]}.\n")
    return code


def _countdown(guide: _Guide) -> None:
    from rolecall.domain.countdown import clock_label, remaining

    guide.step("What is left of it")
    for _ in range(3):
        session = guide.actions.state.session(ROLE, guide.actions.now())
        if session is None:
            raise TourError("The session is gone.")
        guide.say(f"  {ROLE}  {clock_label(remaining(session, guide.actions.now()))}\n")
        time.sleep(1.0)


def _call(guide: _Guide) -> None:
    from rolecall.sign_in import Sts

    guide.step("One real call with the new credentials (sts get-caller-identity)")
    session = guide.actions.state.session(ROLE, guide.actions.now())
    if session is None:
        raise TourError("The session is gone.")
    arn = Sts().caller_identity(session.credentials, guide.actions.state.catalogue.role(ROLE))
    if arn != session.arn:
        raise TourError("AWS says we are somebody else.")
    guide.say(f"AWS says: {arn}\n")


def _console(guide: _Guide) -> None:
    guide.step(f"The console, in one click (rolecall console {ROLE} --print)")
    url = guide.ask(Request("console", ROLE)).out.strip()
    guide.say(f"{url[:96]}…\n")
    status, page = _get(url)
    account = guide.actions.state.catalogue.role(ROLE).account_id
    if status != 200 or account not in page.replace(" ", "") or "Admin" not in page:
        raise TourError("The sign-in page did not answer as it should.")
    guide.say(f"It signs in: HTTP {status}, a page for account {account}.\n")


def _get(url: str) -> tuple[int, str]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
        answer = connection.getresponse()
        return answer.status, answer.read(1 << 20).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        raise TourError(f"The embedded AWS does not answer: {type(error).__name__}.") from None
    finally:
        connection.close()
