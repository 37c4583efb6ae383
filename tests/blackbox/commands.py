"""What runs under `rolecall exec`: on pipes, or on a terminal as a person has one."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from blackbox.program import PROGRAM

WAYS = [(), ("--container-endpoint",)]
"""The two ways to run a command; where both must do the same, both are tried."""


def python(script: str) -> tuple[str, ...]:
    """A command line of Python's that runs `script`."""
    return (sys.executable, "-c", script)


class Running:
    """`rolecall exec ARGUMENTS` on pipes, in a session of its own; use as a context manager."""

    def __init__(self, environ: Mapping[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [PROGRAM, "exec", *arguments],
            env=dict(environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def line(self) -> str:
        """The next line of its output."""
        assert self.process.stdout is not None
        found = self.process.stdout.readline()
        assert found, self.process.stderr and self.process.stderr.read()
        return found.strip()

    def say(self, text: str) -> None:
        """Write a line to its input."""
        assert self.process.stdin is not None
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """Close its input and wait; returns its exit code, -N where signal N ended it."""
        self.process.communicate(timeout=20)
        return self.process.returncode

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


class Terminal:
    """A shell on a terminal of its own, as a person has one."""

    def __init__(
        self,
        environ: Mapping[str, str],
        shell: Sequence[str] = ("bash", "--norc", "--noprofile", "-i"),
    ) -> None:
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.execvpe(shell[0], list(shell), dict(environ) | {"PS1": "$ "})
        self.shown = ""

    def type(self, text: str) -> None:
        os.write(self.fd, text.encode())

    def wait_for(self, text: str) -> str:
        """What it showed up to and with `text`."""
        latest = time.monotonic() + 20
        while text not in self.shown:
            assert time.monotonic() < latest, self.shown
            if select.select([self.fd], [], [], 1)[0]:
                self.shown += os.read(self.fd, 4096).decode("utf-8", "replace")
        before, found, self.shown = self.shown.partition(text)
        return before + found

    def close(self) -> None:
        os.close(self.fd)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


FETCHES = """
import os, sys, urllib.error, urllib.request
request = urllib.request.Request(
    os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
    headers={"Authorization": os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"]},
)
for line in sys.stdin:
    try:
        print(urllib.request.urlopen(request, timeout=5).status, flush=True)
    except urllib.error.HTTPError as error:
        print(error.code, error.read().decode(), flush=True)
"""
"""Asks the endpoint once for each line of input: the status, and the body of a refusal."""

CALLS = """
import datetime, json, os, sys, urllib.request, boto3
def now():
    with urllib.request.urlopen(os.environ["ROLECALL_DEMO_URL"] + "/clock") as answer:
        ahead = datetime.timedelta(seconds=json.load(answer)["offset"])
    return datetime.datetime.now(datetime.UTC) + ahead
session = boto3.Session()
credentials = session.get_credentials()
credentials._time_fetcher = now
client = session.client("sts")
for line in sys.stdin:
    try:
        arn = client.get_caller_identity()["Arn"]
    except Exception as error:
        arn = f"{type(error).__name__}: {error}"
    print(json.dumps([arn, credentials.access_key]), flush=True)
"""
# Its credentials live on the demo's clock, as a long run would; its requests are signed at the machine's.


def call(running: Running) -> tuple[str, str]:
    """The ARN that AWS sees behind the command, and the key it used."""
    running.say("call")
    arn, key = json.loads(running.line())
    return arn, key
