"""Runs one operation in a child, one system call at a time, and does something to it at the n-th.

By ptrace(2), so that no point is missed and nothing has to be known of the operation. Forking a process
that has everything imported costs milliseconds, where a tracer's start of a Python costs a second.
Prints one JSON line for each try. Linux only. Run as: stepper.py MODE FOLDER COUNT [OPERATION], where COUNT is
how often to kill at random moments or to write, or every which stop to kill or edit at.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rolecall.domain.problem import ProblemError
from rolecall.domain.session import Credentials
from rolecall.storage.owned_files import remove_expired, unwrite, wire, write
from rolecall.storage.paths import AwsFiles

OLD = "".join(
    f"# comment {n}\n[p{n}]\naws_access_key_id = AKIA{n}\naws_secret_access_key = s{n}\r\n\n"
    for n in range(26)
).encode()
EDIT = b"[edited]\nregion = by-hand\n"
"""What an editor puts before the first line."""

KEYS = Credentials("ASIA1", "CANARY", "t" * 900)
TRACEME, CONT, SYSCALL, SETOPTIONS = 0, 7, 24, 0x4200
SYSGOOD, EXITKILL = 0x1, 0x100000
LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def ptrace(request: int, pid: int, data: int = 0) -> None:
    if LIBC.ptrace(request, pid, None, data) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def files_in(folder: Path) -> AwsFiles:
    return AwsFiles(folder / "config", folder / "credentials")


def operation(folder: Path, name: str = "mine") -> None:
    """The write that is looked at: one section into a file of 26."""
    write(files_in(folder), name, KEYS, 2e9, "eu-west-1", 0.0)


OPERATIONS: dict[str, Callable[[Path], object]] = {
    "write": operation,
    "unwrite": lambda folder: unwrite(files_in(folder), "there", 0.0),
    "expire": lambda folder: remove_expired(files_in(folder), 3e9),
    "renew": lambda folder: operation(folder, "there"),
    "wire": lambda folder: wire(files_in(folder), "mine", "/r credential-process a", ""),
}
"""All but `write` and `wire` find a section of ours in the file, and no copy is made any more."""


def child(work: Callable[[], object]) -> int:
    """Start `work` in a child that waits for its tracer; exit code 0 written, 8 refused, 1 a fault."""
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        ptrace(SETOPTIONS, pid, SYSGOOD | EXITKILL)
        return pid
    code = 1
    try:
        ptrace(TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        work()
        code = 0
    except ProblemError as refused:
        code = int(refused.problem.exit)
    finally:
        os._exit(code)


def run_to_stop(pid: int, wanted: int) -> bool:
    """Let the child run up to stop number `wanted` (each call has two, on entry and on exit).

    False if it ended before.
    """
    while wanted:
        ptrace(SYSCALL, pid)
        _, status = os.waitpid(pid, 0)
        if os.WIFEXITED(status):
            return False
        wanted -= os.WSTOPSIG(status) == signal.SIGTRAP | 0x80
    return True


def reset(folder: Path, name: str = "write") -> None:
    """The files as they are before an operation."""
    for path in folder.iterdir():
        path.unlink()
    for path in (folder / "credentials", folder / "config"):
        path.write_bytes(OLD)
        path.chmod(0o600)
    if name not in {"write", "wire"}:
        write(files_in(folder), "there", KEYS, 1e9, "", 0.0)


def state(folder: Path) -> dict[str, object]:
    """What lies there: the file, the copy, temporary files and their modes; then once more, and again."""
    credentials = folder / "credentials"
    found: dict[str, object] = {"content": credentials.read_bytes().decode()}
    found["config"] = (folder / "config").read_bytes().decode()
    temporaries = [path for path in folder.iterdir() if path.name.endswith(".rolecall-tmp")]
    copy = folder / "credentials.rolecall-backup"
    found["copy"] = copy.read_bytes().decode() if copy.exists() else None
    found["left"] = [path.stat().st_mode & 0o777 for path in temporaries]
    try:
        operation(folder, "again")
    except ProblemError as refused:
        found["retry"] = refused.problem.code
    found["after_retry"] = credentials.read_bytes().decode()
    found["left_after_retry"] = sum(p.name.endswith(".rolecall-tmp") for p in folder.iterdir())
    return found


def kill_at_every_stop(folder: Path, name: str, step: int) -> Iterator[dict[str, object]]:
    """SIGKILL on entry to and on exit from every system call."""
    number = 1 - step
    while True:
        number += step
        reset(folder, name)
        pid = child(lambda: OPERATIONS[name](folder))
        if not run_to_stop(pid, number):
            return
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        yield {"stop": number} | state(folder)


def kill_at_any_time(folder: Path, count: int) -> Iterator[dict[str, object]]:
    """SIGKILL at moments spread over the time that a write takes; every second one near its rename."""
    chance = random.Random(4711)
    began = time.perf_counter()
    reset(folder)
    _untraced(folder, None)
    usual = time.perf_counter() - began
    for number in range(count):
        reset(folder)
        after = chance.uniform(0, usual) if number % 2 else usual * chance.uniform(0.6, 1.0)
        killed = _untraced(folder, after)
        yield {"stop": number, "killed": killed} | state(folder)


def _untraced(folder: Path, kill_after: float | None) -> bool:
    pid = os.fork()
    if not pid:
        try:
            operation(folder)
        finally:
            os._exit(0)
    if kill_after is not None:
        latest = time.perf_counter() + kill_after
        while time.perf_counter() < latest:
            pass
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1] != 0


def edit_at_every_stop(folder: Path, by_rename: bool, step: int) -> Iterator[dict[str, object]]:
    """A person saves the file between any two system calls, in place or by rename."""
    number = 1 - step
    while True:
        number += step
        reset(folder)
        pid = child(lambda: operation(folder))
        if not run_to_stop(pid, number):
            return
        _edit(folder / "credentials", by_rename)
        ptrace(CONT, pid)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        content = (folder / "credentials").read_bytes().decode()
        yield {"stop": number, "code": code, "content": content}


def _edit(path: Path, by_rename: bool) -> None:
    content = EDIT + path.read_bytes()
    target = path.with_name("of-the-editor") if by_rename else path
    target.write_bytes(content)
    if by_rename:
        target.rename(path)


def write_watched(folder: Path, count: int) -> Iterator[dict[str, object]]:
    """Another user tries to open whatever lies there, all the time, while files are written and renewed.

    Root only, under umask 0. Says how often the other user looked, and what it could open.
    """
    folder.chmod(0o755)
    ended, end = os.pipe()
    answer, answering = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            os.close(end)
            os.setgroups([])
            os.setgid(12345)
            os.setuid(12345)
            os.write(answering, json.dumps(_looked(folder, ended)).encode())
        finally:
            os._exit(0)
    for number in range(count):
        if number % 10 == 0:
            os.umask(0o077)  # what the test itself writes is not looked at
            reset(folder)
            os.umask(0)
        write(files_in(folder), f"n{number % 3}", KEYS, 2e9 + number, "", 0.0)
    os.close(end)
    os.waitpid(pid, 0)
    yield json.loads(os.read(answer, 65536))


def _looked(folder: Path, ended: int) -> dict[str, object]:
    looks, opened = 0, set()
    while not select.select([ended], [], [], 0)[0]:
        for path in folder.iterdir():
            looks += 1
            try:
                os.close(os.open(path, os.O_RDONLY))
                opened.add(path.name)
            except OSError:
                continue
    return {"looks": looks, "opened": sorted(opened)}


def main() -> None:
    mode, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    name = sys.argv[4] if len(sys.argv) > 4 else "write"
    reset(folder, name)
    OPERATIONS[name](folder)  # everything imported, everything warm
    tries = {
        "kill": lambda: kill_at_every_stop(folder, name, count),
        "random": lambda: kill_at_any_time(folder, count),
        "edit": lambda: edit_at_every_stop(folder, False, count),
        "watched": lambda: write_watched(folder, count),
        "rename": lambda: edit_at_every_stop(folder, True, count),
    }[mode]()
    for one in tries:
        print(json.dumps(one), flush=True)


if __name__ == "__main__":
    main()
