"""A person before a headless Chromium, for BROWSER: opens the address, acts on the page, stays till the end.

python chromium_person.py FOLDER SCRIPT END ADDRESS. SCRIPT: JavaScript that does what a person would on the
sign-in page, and says whether it could; END: words in the title of the last page. What that page showed is
left in FOLDER/page. Driven by Chromium's own DevTools protocol over a pipe: nothing else is needed.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

OPTIONS: Final = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --remote-debugging-pipe"
)
PATIENCE: Final = 60.0


class Chromium:
    """One browser with one page."""

    def __init__(self, profile: Path) -> None:
        their_in, self._out = os.pipe()
        self._in, their_out = os.pipe()
        words = f"exec chromium {OPTIONS} --user-data-dir='{profile}' 3<&{their_in} 4>&{their_out}"
        self._process = subprocess.Popen(
            ["sh", "-c", words],
            pass_fds=(their_in, their_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(their_in)
        os.close(their_out)
        self._numbers = itertools.count(1)
        self._buffer = b""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        held = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = held["sessionId"]

    def ask(self, method: str, session: str = "", **values: Any) -> dict[str, Any]:
        number = next(self._numbers)
        asked = {"id": number, "method": method, "params": values}
        if session:
            asked["sessionId"] = session
        os.write(self._out, json.dumps(asked).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                return answer.get("result", {})

    def open(self, address: str) -> None:
        self.ask("Page.navigate", self._session, url=address)

    def says(self, script: str) -> Any:
        """The value of a script on the page, None while there is none."""
        result = self.ask("Runtime.evaluate", self._session, expression=script, returnByValue=True)
        return result.get("result", {}).get("value")

    def close(self) -> None:
        self.ask("Browser.close")
        self._process.wait(20)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            part = os.read(self._in, 65536)
            if not part:
                raise SystemExit("Chromium has ended")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


def main() -> None:
    folder, script, end, address = Path(sys.argv[1]), *sys.argv[2:5]
    browser = Chromium(folder / "profile")
    try:
        browser.open(address)
        until(browser, script)
        until(browser, f"document.title.includes({json.dumps(end)})")
        (folder / "page").write_text(str(browser.says("document.body.innerText")))
    finally:
        browser.close()


def until(browser: Chromium, script: str) -> None:
    latest = time.monotonic() + PATIENCE
    while browser.says(script) is not True:
        if time.monotonic() > latest:
            raise SystemExit(f"never: {script}: {browser.says('document.title + location.href')}")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
