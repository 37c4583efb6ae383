"""Every program that a program starts: argv and environment as the kernel got them, by strace."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_CALL = re.compile(r"execve(?:at)?\((.*)\) = 0$")
_STRING = re.compile(r'"((?:\\.|[^"\\])*)"')


@dataclass(frozen=True)
class Started:
    """One execve. file, argv and environ (NAME=value) as bytes."""

    file: bytes
    argv: tuple[bytes, ...]
    environ: tuple[bytes, ...]


def traced(command: list[str], record: Path) -> list[str]:
    """`command` in a form that records each program it and its children start in `record`."""
    options = ["-f", "-qq", "-v", "-s", "65536", "-x", "--seccomp-bpf"]
    return ["strace", *options, "-e", "trace=execve,execveat", "-o", str(record), *command]


def started(record: Path) -> list[Started]:
    """What `record` holds, in order. Calls that failed are left out."""
    found = []
    for line in record.read_text("latin-1").splitlines():
        match = _CALL.search(_whole(line))
        if match is not None:
            found.append(_parse(match.group(1)))
    return found


def _whole(line: str) -> str:
    return line.replace(" <unfinished ...>", ") = 0")


def _parse(arguments: str) -> Started:
    file, _comma, rest = arguments.partition(", ")
    argv, _middle, environ = rest.partition("], ")
    return Started(_strings(file)[0], _strings(argv), _strings(environ))


def _strings(text: str) -> tuple[bytes, ...]:
    return tuple(
        match.encode("latin-1").decode("unicode_escape").encode("latin-1")
        for match in _STRING.findall(text)
    )
