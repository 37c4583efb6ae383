"""A browser for the tests: a script that notes its argv and environment and follows the address it is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from blackbox.waiting import until

_SCRIPT = """#!/bin/sh
tr '\\0' '\\n' <"/proc/$$/cmdline" >"{folder}/argv.part"
tr '\\0' '\\n' <"/proc/$$/environ" >"{folder}/environ"
curl -sSL --max-time 20 -D "{folder}/headers" "$1" >"{folder}/page" 2>&1
mv "{folder}/argv.part" "{folder}/argv"
"""


@dataclass(frozen=True)
class Browser:
    """Its records lie in `folder`; `command` is what BROWSER is set to."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> Browser:
        """Write the script into a new folder."""
        folder.mkdir()
        browser = cls(folder)
        script = Path(browser.command)
        script.write_text(_SCRIPT.format(folder=folder))
        script.chmod(0o755)
        return browser

    @property
    def command(self) -> str:
        return str(self.folder / "browser")

    def forget(self) -> None:
        """Before the next visit."""
        (self.folder / "argv").unlink(missing_ok=True)

    def address(self) -> str:
        """What it was started with, once it has fetched the page."""
        lines = until((self.folder / "argv").read_text, "the browser").split("\n")
        assert lines[1:2] == [self.command], lines
        return lines[2]

    @property
    def environ(self) -> str:
        """The environment it was started with, one NAME=value a line."""
        return (self.folder / "environ").read_text()

    @property
    def redirect(self) -> str:
        """Where the address led: the sign-in URL."""
        lines = (self.folder / "headers").read_text().splitlines()
        return next(
            line.split(": ", 1)[1] for line in lines if line.lower().startswith("location:")
        )

    @property
    def page(self) -> str:
        """The page at the end of the redirects."""
        return (self.folder / "page").read_text()
