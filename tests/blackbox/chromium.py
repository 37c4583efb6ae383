"""A headless Chromium that is told what to do over a pipe, and whose network list can be read as a person reads it.

Source: Chrome DevTools Protocol; `--remote-debugging-pipe` speaks it on file descriptors 3 and 4, each
message ended by a NUL.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-sync --no-proxy-server "
    "--disable-background-networking --disable-component-update --disable-dev-shm-usage"
)
_PATIENCE = 30.0


class Chromium:
    """One browser with one page, on loopback alone. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("chromium")
        assert program, "packaging/setup.sh gate installs it"
        rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        hears, self._say = map(_high, os.pipe())
        self._hear, says = map(_high, os.pipe())

        def give_pipes() -> None:
            os.dup2(hears, 3)
            os.dup2(says, 4)

        command = [
            program,
            *_OPTIONS.split(),
            rules,
            f"--user-data-dir={folder}",
            "--remote-debugging-pipe",
        ]
        with Path(folder, "chromium.log").open("wb") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                pass_fds=(3, 4), start_new_session=True,
                preexec_fn=give_pipes,  # noqa: PLW1509  this test has no other thread
            )  # fmt: skip
        os.close(hears)
        os.close(says)
        self._received = b""
        self._number = 0
        self._session = ""
        self.events: list[dict[str, Any]] = []

    def open(self, url: str) -> None:
        """Open a page, its network list kept from the beginning."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=url)

    def run(self, script: str) -> Any:
        """What a script on the page comes to."""
        return self.call("Runtime.evaluate", expression=script)["result"].get("value")

    def wait_for(self, script: str) -> None:
        """Until a script on the page comes to something true."""
        latest = time.monotonic() + _PATIENCE
        while not self.run(script):
            assert time.monotonic() < latest, self.run("document.documentElement.outerHTML")
            select.select([self._hear], [], [], 0.1)

    def payload_of(self, url: str) -> str:
        """What was posted to an address: the payload that the network list shows."""
        latest = time.monotonic() + _PATIENCE
        while True:
            for event in self.events:
                request = event.get("params", {}).get("request", {})
                if request.get("url") == url and "postData" in request:
                    return str(request["postData"])
            assert time.monotonic() < latest, "nothing was posted there"
            self._next()

    def call(self, method: str, **parameters: Any) -> Any:
        """One command, and its result."""
        self._number += 1
        number = self._number
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._say, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == number:
                assert "error" not in found, found
                return found["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._received:
            assert select.select([self._hear], [], [], _PATIENCE)[0], "the browser says nothing"
            part = os.read(self._hear, 1 << 20)
            assert part, "the browser has ended"
            self._received += part
        whole, _, self._received = self._received.partition(b"\0")
        found: dict[str, Any] = json.loads(whole)
        if "method" in found:
            self.events.append(found)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        os.close(self._say)
        os.close(self._hear)


def _high(end: int) -> int:
    """The same pipe's end above 4, where the child's own ends will be."""
    moved = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 20)
    os.close(end)
    return moved
