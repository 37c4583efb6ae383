"""Asker: which program is behind a connection, as far as the system tells. Reads /proc; decides nothing.

What asks is mostly our own small client, started by an AWS tool, now and then through a shell. The one
named is the first program up the line of parents that is neither. Linux tells all of it. macOS has no
SO_PEERCRED and Windows no socket of ours, so there the asker is unknown; nothing depends on it but what
is shown, and a program that is unknown is never remembered.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from rolecall.domain.journal import NOBODY, Asker

_MOST_STEPS: Final = 16
_LONGEST: Final = 4096

_SHELLS: Final = frozenset({"sh", "bash", "dash", "zsh", "ksh", "mksh", "fish", "busybox"})
_WRAPPERS: Final = frozenset(
    {"env", "nohup", "setsid", "timeout", "nice", "stdbuf", "xargs", "sudo"}
)
"""Programs that do no more than start the one after them."""

_INTERPRETERS: Final = {
    "python": frozenset({"-X", "-W"}),
    "node": frozenset({"-r", "--require", "--import"}),
    "ruby": frozenset({"-r", "-I"}),
    "perl": frozenset({"-I"}),
    "php": frozenset({"-d"}),
}
"""How their file names begin, and their options whose value is a word of its own."""

_MANAGERS: Final = frozenset({"systemd", "init", "launchd"})


def asker_of(pid: int, uid: int | None, proc: Path = Path("/proc")) -> Asker:
    """The program behind the process `pid`; NOBODY where the system does not tell."""
    if not pid:
        return NOBODY
    found = _process(proc, pid)
    for _step in range(_MOST_STEPS):
        if found is None or not found.steps_over:
            break
        above = _process(proc, found.parent)
        if above is None or above.name in _MANAGERS:
            break  # whoever started it has gone: the nearest we know is the one that is left
        found = above
    if found is None:
        return NOBODY
    script = found.script
    name = Path(script).name if script else found.name
    return Asker(found.pid, found.executable, script, name, _user(uid))


class _Process:
    """What /proc says of one process; see proc(5)."""

    def __init__(self, proc: Path, pid: int) -> None:
        self.pid = pid
        self._folder = proc / str(pid)
        stat = (self._folder / "stat").read_text(encoding="utf-8", errors="replace")
        self.name = stat.partition("(")[2].rpartition(")")[0]
        self.parent = int(stat.rpartition(")")[2].split()[1])
        raw = (self._folder / "cmdline").read_bytes()[:_LONGEST]
        self._words = raw.decode("utf-8", "replace").rstrip("\0").split("\0")
        self.executable = self._link("exe").removesuffix(" (deleted)")

    def _link(self, name: str) -> str:
        try:
            return str((self._folder / name).readlink())
        except OSError:
            return ""  # of another user, or gone

    @property
    def _kind(self) -> str:
        return Path(self.executable).name or self.name

    @property
    def steps_over(self) -> bool:
        """Whether it only passes a question on: our own client, `sh -c`, `env`."""
        if self.parent <= 1:
            return False
        return self._ours or self._kind in _WRAPPERS or self._shell_line

    @property
    def _ours(self) -> bool:
        if self._kind == "rolecall":
            return True
        if not self._kind.startswith("python"):
            return False
        words = self._words[1:]
        module = any(words[at : at + 2] == ["-m", "rolecall"] for at in range(min(len(words), 6)))
        script = Path(self._argument)
        by_path = script.name == "ask.py" and script.parent.name == "rolecall"
        return module or by_path or script.name in {"fast_client.py", "rolecall"}

    @property
    def _shell_line(self) -> bool:
        """Whether it is a shell that was given its one line to run, as `sh -c` and `bash -ec`."""
        options = [word for word in self._words[1:3] if word.startswith("-") and word[1:2] != "-"]
        return self._kind in _SHELLS and any("c" in option for option in options)

    @property
    def _valued(self) -> frozenset[str] | None:
        """The options with a value of the interpreter that this is; None where it is none."""
        if self._kind in _SHELLS:
            return frozenset({"-o", "-O"})
        kinds = (name for name in _INTERPRETERS if self._kind.startswith(name))
        return next((_INTERPRETERS[name] for name in kinds), None)

    @property
    def _argument(self) -> str:
        """The first word that is no option: of an interpreter the file it runs."""
        valued, words = self._valued or frozenset(), iter(self._words[1:])
        for word in words:
            if word in {"-c", "-m", "-e", "--eval"}:
                return ""
            if word in valued:
                next(words, "")
            elif not word.startswith("-"):
                return word
        return ""

    @property
    def script(self) -> str:
        """The file an interpreter or a shell runs, as an absolute path; empty for any other program."""
        word = self._argument if self._valued is not None else ""
        if not word:
            return ""
        path = os.path.normpath(os.path.join(self._link("cwd") or "/", word))  # noqa: PTH118  text
        return path if os.path.isfile(path) else ""  # noqa: PTH113


def _process(proc: Path, pid: int) -> _Process | None:
    try:
        return _Process(proc, pid) if pid > 0 else None
    except (OSError, ValueError, IndexError):
        return None


def _user(uid: int | None) -> str:
    if uid is None:
        return ""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
