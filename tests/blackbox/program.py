"""The tested program as a person has it: the installed `rolecall`, its demo AWS, its app, its commands.

ROLECALL_TEST_PROGRAM names another build of it (a packaged one, say) to run the same tests against.
"""

from __future__ import annotations

import json
import os
import select
import shlex
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from blackbox.accessible import Accessibility, Node
from blackbox.desktop import Desktop
from blackbox.tray import TrayItem, wait_for_item
from blackbox.waiting import PATIENCE, until

PROGRAM: Final = os.environ.get("ROLECALL_TEST_PROGRAM") or str(
    Path(sys.executable).with_name("rolecall")
)
AWS: Final = str(Path(sys.executable).with_name("aws"))
PHONE: Final = "arn:aws:iam::111111111111:mfa/alex-phone"
"""The MFA device of the demo's user alex."""

_PLAIN: Final = ("PATH", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE")


def plain_environment(home: Path) -> dict[str, str]:
    """An environment with a home of its own, and neither screen nor bus."""
    kept = {name: os.environ[name] for name in _PLAIN if name in os.environ}
    runtime = home / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    return kept | {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


class Demo:
    """`rolecall demo --headless` and what it says; use as a context manager."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [PROGRAM, "demo", "--headless"],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.exports = self._read_exports()
        self.url = self.exports["ROLECALL_DEMO_URL"]

    def _read_exports(self) -> dict[str, str]:
        found: dict[str, str] = {}
        assert self._process.stdout is not None
        for line in self._process.stdout:
            words = shlex.split(line)
            if words == ["ready"]:
                return found
            assert words[0] == "export", line
            name, _equals, value = words[1].partition("=")
            found[name] = value
        raise AssertionError(self._process.stderr and self._process.stderr.read())

    def code(self, serial: str = PHONE) -> str:
        """What the MFA device shows now."""
        return self._ask(f"/code?serial={serial}").strip()

    def fresh_code(self, serial: str = PHONE) -> str:
        """A code that was never used: the demo's clock goes on to the next one."""
        self.advance(30)
        return self.code(serial)

    def wrong_code(self, serial: str = PHONE) -> str:
        """Another code than the device shows."""
        return "000000" if self.code(serial) != "000000" else "111111"

    def advance(self, seconds: float) -> None:
        """Move the demo's clock forward."""
        self._ask(f"/clock?advance={seconds:g}", post=True)

    def fault(self, **values: object) -> None:
        """Have the embedded AWS misbehave, as its /fault knows."""
        words = "&".join(f"{name}={value}" for name, value in values.items())
        self._ask(f"/fault?{words}", post=True)

    def calls(self) -> list[dict[str, Any]]:
        """The calls it has got, oldest first: action, code, role."""
        return list(json.loads(self._ask("/calls")))

    def _ask(self, path: str, *, post: bool = False) -> str:
        request = urllib.request.Request(self.url.rstrip("/") + path, data=b"" if post else None)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def stop(self) -> int:
        """Send SIGTERM; returns the exit code."""
        self._process.send_signal(signal.SIGTERM)
        self._process.communicate(timeout=PATIENCE)
        return self._process.returncode

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self.stop()


@dataclass(frozen=True)
class Done:
    """A command that has ended. seconds: how long it took."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(
    environ: Mapping[str, str],
    *arguments: str,
    typed: str | None = None,
    before: Sequence[str] = (),
) -> Done:
    """One command without any terminal; `typed` is what its standard input holds.

    before: a program (and its options) that starts it.
    """
    began = time.monotonic()
    done = subprocess.run(
        [*before, PROGRAM, *arguments],
        env=dict(environ),
        input=typed,
        stdin=subprocess.DEVNULL if typed is None else None,
        capture_output=True,
        text=True,
        timeout=60,
        start_new_session=True,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr, time.monotonic() - began)


def run_on_terminal(
    environ: Mapping[str, str], *arguments: str, answers: Sequence[str], prompt: str
) -> tuple[Done, str]:
    """One command with a terminal of its own: each time that shows `prompt`, the next answer is typed.

    Returns what it wrote to its standard streams (which are pipes), and what the terminal showed.
    """
    began = time.monotonic()
    terminal, inner = os.openpty()
    process = subprocess.Popen(
        ["setsid", "--ctty", "--wait", PROGRAM, *arguments],
        env=dict(environ),
        stdin=inner,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(inner)
    shown = _converse(terminal, list(answers), prompt)
    os.close(terminal)
    out, err = process.communicate(timeout=30)
    return Done(process.returncode, out, err, time.monotonic() - began), shown


def _converse(terminal: int, answers: list[str], prompt: str) -> str:
    shown, since = "", ""
    while select.select([terminal], [], [], 30)[0]:
        try:
            part = os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:  # EIO: nobody holds the other side any more
            break
        shown, since = shown + part, since + part
        if answers and prompt in since:
            os.write(terminal, f"{answers.pop(0)}\n".encode("utf-8", "surrogateescape"))
            since = ""
    return shown


class App:
    """The app on a desktop: process, tray icon, windows."""

    def __init__(
        self,
        desktop: Desktop,
        more: Mapping[str, str],
        *arguments: str,
        before: list[str] | None = None,
    ) -> None:
        desktop.mend_tray_host()
        self.desktop = desktop
        self.environ = desktop.environ | dict(more)
        self.log = f"app-{time.monotonic_ns()}"
        self.process = desktop.spawn(
            [*(before or []), PROGRAM, *arguments], log=self.log, more=dict(more)
        )
        self._tree: Accessibility | None = None

    @property
    def pid(self) -> int:
        """Process number of the app itself, below whatever started it."""
        return until(lambda: _app_below(self.process.pid), "the app's process", step=0.02)

    @property
    def output(self) -> str:
        """Everything it has written to its standard streams."""
        return (self.desktop.folder / f"{self.log}.log").read_text(errors="replace")

    @property
    def tray(self) -> TrayItem:
        """Its icon, as soon as it is there."""
        return wait_for_item(self.desktop.bus, self.pid)

    @property
    def root(self) -> Node:
        """Its accessible tree."""
        if self._tree is None:
            self._tree = Accessibility(self.desktop.accessibility_bus)
        return self._tree.application(self.pid)

    def window(self) -> Node:
        """The main window, once it shows."""
        return self.root.wait("Rolecall", "frame", "window", "filler")

    def dialog(self, name: str = "MFA code", *roles: str) -> Node:
        """A dialog by its name (Qt may add the program's to the title), once it shows."""

        def wanted() -> Node | None:
            for node in self.root.children():
                named = node.name in (name, f"{name} — Rolecall")
                if named and (not roles or node.role in roles) and node.has("showing"):
                    return node
            return None

        return until(wanted, f"the dialog {name!r}")

    def row(self, role: str) -> Node:
        """The row of a role in the list "Roles"."""

        def wanted() -> Node | None:
            rows = self.root.find("Roles").children()
            return next((row for row in rows if _names(row, role)), None)

        return until(wanted, f"a row of {role}")

    def run(self, *arguments: str, typed: str | None = None) -> Done:
        """A command on the same desktop with the same environment."""
        return run(self.environ, *arguments, typed=typed)

    def wait_for_socket(self) -> None:
        """Return when commands can reach it."""
        folders = [self.environ.get("ROLECALL_HOME"), self.environ["XDG_RUNTIME_DIR"]]
        places = [Path(folder) for folder in folders if folder]
        until(lambda: [f for place in places for f in place.glob("**/agent.sock")], "the socket")

    def wait_for_end(self, seconds: float = PATIENCE) -> int:
        """Its exit code, once it has ended."""
        return self.process.wait(seconds)

    def kill(self) -> None:
        """End it as a power cut would, if it still runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self._forget_tree()

    def close(self) -> None:
        """End it as a log-out would; with force if it does not listen."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                self.kill()
        self._forget_tree()

    def _forget_tree(self) -> None:
        if self._tree is not None:
            self._tree.close()
            self._tree = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            sys.stderr.write(self.output)
        self.close()


def _names(row: Node, role: str) -> bool:
    name = row.name
    return name == role or name.startswith((f"{role} ", f"{role},", f"{role}\n"))


def _app_below(pid: int) -> int | None:
    """`pid`, or the descendant of it, that runs the program."""
    command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    if PROGRAM.encode() in command[:2]:
        return pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return next(filter(None, (_app_below(int(child)) for child in children)), None)


def person(demo: Demo) -> dict[str, str]:
    """The demo's environment for a program with folders of its own, on the demo's clock."""
    return {name: value for name, value in demo.exports.items() if name != "ROLECALL_HOME"}


def plain_profiles(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """An environment with AWS files of our own below `folder`: one role per name, keys of nobody."""
    aws = folder / "aws"
    aws.mkdir(exist_ok=True)
    arn = "arn:aws:iam::123456789012:role"
    sections = [
        f"[profile {name}]\nrole_arn = {arn}/R{at}\nsource_profile = keys\nregion = eu-central-1\n"
        for at, name in enumerate(names)
    ]
    (aws / "config").write_text("\n".join(sections))
    (aws / "credentials").write_text(
        "[keys]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"
        "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
    )
    return {
        "AWS_CONFIG_FILE": str(aws / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(aws / "credentials"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
