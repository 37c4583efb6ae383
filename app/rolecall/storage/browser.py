"""Browser: hands it a sign-in URL by way of a one-time loopback address. Owns that address and the opener.

The URL is a secret for fifteen minutes and a command line is seen by every user of the machine, so
the browser is started with `http://127.0.0.1:PORT/NONCE`, which answers once with a redirect.
"""

from __future__ import annotations

import hmac
import os
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text
from rolecall.storage.loopback import ADDRESS, NOT_FOUND, Loopback, Verdict, head_of

PATIENCE: Final = 60.0
"""Seconds the address waits for the browser."""


class OneTimeRedirect:
    """A loopback address that leads to `url` once. `serve` blocks: call it in a Job."""

    def __init__(self, url: str) -> None:
        """Raises ProblemError for a URL that no header can hold, OSError where loopback is closed."""
        if not url.isascii() or any(character <= " " for character in url):
            raise ProblemError(_bad_url())
        self._url = url
        self._nonce = secrets.token_urlsafe(32)
        self._loopback = Loopback()
        self._host = f"{ADDRESS}:{self._loopback.port}"

    @property
    def address(self) -> str:
        """What the browser is given; worthless once it was answered."""
        return f"http://{self._host}/{self._nonce}"

    def serve(
        self, patience: float = PATIENCE, cancelled: Callable[[], bool] | None = None
    ) -> bool:
        """Wait at most `patience` seconds for the browser. Returns whether it came; closes the address.

        cancelled: ends the wait within a second.
        """
        return self._loopback.serve(self._judge, patience, cancelled)

    def close(self) -> None:
        """Give the address up without having waited."""
        self._loopback.close()

    def _judge(self, request: bytes) -> Verdict | None:
        if b"\r\n\r\n" not in request:
            return None
        return Verdict(self._redirect(), True) if self._is_ours(request) else Verdict(NOT_FOUND)

    def _is_ours(self, request: bytes) -> bool:
        """Whether it is `GET /NONCE` for this very host (a name that leads here is another's page)."""
        head = head_of(request)
        if head is None or head.method != "GET" or head.headers.get("host") != self._host:
            return False
        return hmac.compare_digest(head.target.encode("latin-1"), f"/{self._nonce}".encode())

    def _redirect(self) -> bytes:
        return (
            "HTTP/1.1 302 Found\r\n"
            f"Location: {self._url}\r\n"
            "Cache-Control: no-store\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Content-Length: 0\r\n"
            "Connection: close\r\n\r\n"
        ).encode("ascii")


def show_in_browser(url: str) -> None:
    """Open `url` (a secret) by way of a one-time address and wait until the browser came. For Jobs.

    Raises ProblemError if no browser can be started, or none came within a minute.
    """
    redirect = OneTimeRedirect(url)
    try:
        open_browser(redirect.address)
    except ProblemError:
        redirect.close()
        raise
    if not redirect.serve():
        raise ProblemError(_nobody_came())


def can_open(environ: Mapping[str, str]) -> bool:
    """Whether there may be a browser: a screen to show it on, or BROWSER says which program it is."""
    if environ.get("BROWSER") or sys.platform in {"win32", "darwin"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def open_browser(address: str, environ: Mapping[str, str] = os.environ) -> None:
    """Start the browser on `address`, which must be no secret: other users see command lines.

    BROWSER first (a list as in Python's and Debian's use of it, `%s` for the address), then the
    desktop's opener. Raises ProblemError if none of them starts.
    """
    for command in _commands(address, environ):
        if _started(command, environ):
            return
    raise ProblemError(_no_opener())


def _commands(address: str, environ: Mapping[str, str]) -> list[list[str]]:
    found = []
    for entry in environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(entry)
        except ValueError:
            continue
        if words:
            placed = [word.replace("%s", address) for word in words]
            found.append(placed if "%s" in entry else [*words, address])
    if sys.platform == "darwin":
        return [*found, ["/usr/bin/open", address]]
    if sys.platform == "win32":
        return [*found, ["rundll32", "url.dll,FileProtocolHandler", address]]
    openers = ("xdg-open", "gio open", "sensible-browser", "x-www-browser", "firefox", "chromium")
    return [*found, *([*opener.split(), address] for opener in openers)]


def _started(command: list[str], environ: Mapping[str, str]) -> bool:
    """Whether the program exists, starts, and does not fail within its first moments."""
    program = shutil.which(command[0], path=environ.get("PATH"))
    if program is None:
        return False
    try:
        child = subprocess.Popen(  # noqa: S603  a list, never a shell
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=child_environment(environ),
            start_new_session=True,
        )
    except OSError:
        return False
    _children.append(child)
    try:
        return child.wait(timeout=1.0) == 0
    except subprocess.TimeoutExpired:
        return True  # a browser itself stays as long as it is open


_children: list[subprocess.Popen[bytes]] = []
"""Browsers that were started; kept so that those which end are taken off the process table."""


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` for a program of somebody else's: without what a frozen program puts in for itself.

    PyInstaller saves what was there as LD_LIBRARY_PATH_ORIG (its manual, "LD_LIBRARY_PATH").
    """
    for child in tuple(_children):
        if child.poll() is not None:
            _children.remove(child)
    clean = dict(environ)
    if not getattr(sys, "frozen", False):
        return clean
    before = clean.pop("LD_LIBRARY_PATH_ORIG", None)
    clean.pop("LD_LIBRARY_PATH", None)
    if before:
        clean["LD_LIBRARY_PATH"] = before
    return {
        name: value
        for name, value in clean.items()
        if not name.startswith(("_PYI_", "QT_", "_MEI"))
    }


def _bad_url() -> Problem:
    return Problem(
        "bad_signin_url",
        Text(QT_TRANSLATE_NOOP("Problem", "The sign-in address that came back cannot be opened")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Try again; report it if it stays.")),
        exit=Exit.NETWORK,
    )


def _no_opener() -> Problem:
    return Problem(
        "no_browser",
        Text(QT_TRANSLATE_NOOP("Problem", "No browser could be started")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Install xdg-utils and a browser, or set BROWSER to the one you use."
            )
        ),
        exit=Exit.LOCAL,
    )


def _nobody_came() -> Problem:
    return Problem(
        "browser_silent",
        Text(
            QT_TRANSLATE_NOOP("Problem", "The browser did not come for the console within a minute")
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Look for a browser window that waits for an answer.")
        ),
        exit=Exit.LOCAL,
    )
