"""exec: signals and the terminal are the command's own, whether we become it or stay beside it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from blackbox.commands import WAYS, Running, Terminal, python
from blackbox.program import PROGRAM, Demo, plain_environment, run
from blackbox.waiting import until

ROLE = "prod-readonly"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The embedded AWS, and nothing else running."""
    with Demo(plain_environment(tmp_path_factory.mktemp("demo"))) as running:
        yield running


@pytest.fixture
def alone(demo: Demo, tmp_path: Path) -> dict[str, str]:
    """The environment of a person without a screen who has done what the demo printed."""
    return plain_environment(tmp_path) | demo.exports


COUNTS_SIGNALS = """
import os, signal, sys
names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGWINCH")
def told(number, _):
    os.write(1, signal.Signals(number).name.encode() + b"\\n")
for name in names:
    signal.signal(getattr(signal, name), told)
print(os.getpid(), flush=True)
for line in sys.stdin:
    print(line.strip(), flush=True)
    if line.strip() == "end":
        sys.exit(9)
"""


@pytest.mark.parametrize("way", WAYS)
def test_signals_reach_the_command_once(alone: dict[str, str], way: tuple[str, ...]) -> None:
    with Running(alone, ROLE, *way, "--", *python(COUNTS_SIGNALS)) as running:
        running.line()
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGWINCH"):
            running.process.send_signal(getattr(signal, name))
            assert running.line() == name
            running.say("next")
            assert running.line() == "next"  # and not the same signal again
        running.say("end")
        assert running.line() == "end"
        assert running.end() == 9


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, 137), (signal.SIGINT, 130)]
)
def test_a_command_ended_by_a_signal_is_128_and_its_number(
    alone: dict[str, str], number: int, code: int
) -> None:
    """Beside the endpoint; plainly, the command's end is the process's own."""
    script = (
        "import os, signal; signal.signal(signal.SIGINT, signal.SIG_DFL); os.kill(os.getpid(), %d)"
    )
    for way, expected in zip(WAYS, (-number, code), strict=True):
        with Running(alone, ROLE, *way, "--", *python(script % number)) as running:
            assert running.end() == expected


@pytest.mark.parametrize("way", WAYS)
def test_a_broken_pipe_ends_the_command_as_it_would_without_us(
    alone: dict[str, str], way: tuple[str, ...]
) -> None:
    """Python ignores SIGPIPE; its children here do not, nor do they inherit what we hold back."""
    masks = ("grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status")
    bare = subprocess.run(masks, capture_output=True, text=True, check=True).stdout
    assert signals(run(alone, "exec", ROLE, *way, "--", *masks).out) == signals(bare)
    assert run(alone, "exec", ROLE, *way, "--", "sh", "-c", "yes | head -1").out == "y\n"


def signals(shown: str) -> list[int]:
    """The masks of /proc/self/status without 32 and 33, which the C library keeps for itself."""
    return [int(line.split()[1], 16) & 0x7FFFFFFF for line in shown.splitlines()]


@pytest.fixture
def terminal(alone: dict[str, str]) -> Iterator[Terminal]:
    """A shell at its prompt."""
    made = Terminal(alone)
    made.wait_for("$ ")
    yield made
    made.close()


COUNTS_INTERRUPTS = """
import os, signal, sys
count = 0
def interrupted(*_):
    global count
    count += 1
    os.write(1, b"interrupts: %d\\n" % count)
signal.signal(signal.SIGINT, interrupted)
signal.signal(signal.SIGCONT, lambda *_: os.write(1, b"back\\n"))
print("tty" if sys.stdin.isatty() and sys.stdout.isatty() else "no tty", "is up", flush=True)
print("read:", sys.stdin.readline(), "in all:", count, flush=True)
"""


@pytest.mark.parametrize("way", WAYS)
def test_a_terminal_is_the_commands_own(
    terminal: Terminal, way: tuple[str, ...], tmp_path: Path
) -> None:
    """Ctrl+C reaches it once; Ctrl+Z stops the job, fg brings it back; then the shell goes on."""
    script = tmp_path / "script.py"
    script.write_text(COUNTS_INTERRUPTS)
    terminal.type(f"{PROGRAM} exec {ROLE} {' '.join(way)} -- {sys.executable} {script}\n")
    terminal.wait_for("tty is up")
    terminal.type("\x03")
    terminal.wait_for("interrupts: 1")
    terminal.type("\x1a")
    terminal.wait_for("Stopped")
    terminal.type("fg\n")
    terminal.wait_for("back")
    terminal.type("\x03")
    terminal.wait_for("interrupts: 2")
    terminal.type("words\n")
    assert "words" in terminal.wait_for("in all: 2")
    terminal.type("echo code:$?\n")
    terminal.wait_for("code:0")


def test_a_command_that_stops_itself_stops_the_job(terminal: Terminal) -> None:
    """Else the shell would wait for ever for the half of the job that still runs."""
    terminal.type(
        f"{PROGRAM} exec {ROLE} --container-endpoint -- sh -c 'kill -STOP $$; echo on; exit 5'\n"
    )
    terminal.wait_for("Stopped")
    terminal.type("fg\n")
    terminal.wait_for("on\r\n")
    terminal.type("echo code:$?\n")
    terminal.wait_for("code:5")


def test_a_pipe_on_a_terminal_is_one_job(terminal: Terminal) -> None:
    """The command shares the foreground with its neighbours in the pipe."""
    terminal.type(
        f"{PROGRAM} exec {ROLE} --container-endpoint -- echo from-here | (read a; read b </dev/tty; echo $a-$b)\n"
    )
    terminal.type("and-there\n")
    terminal.wait_for("from-here-and-there")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("shell", [(), ("bash", "--norc", "-c")])
def test_a_terminal_that_goes_takes_the_command_along(
    alone: dict[str, str], shell: tuple[str, ...], way: tuple[str, ...], tmp_path: Path
) -> None:
    """Of its session the kernel tells only the leader, which may be us (`xterm -e`) or a shell."""
    ready = tmp_path / "ready"
    words = [PROGRAM, "exec", ROLE, *way, "--", "sh", "-c", f"echo $$ >{ready}; exec sleep 300"]
    terminal = Terminal(alone, [*shell, f"{shlex.join(words)}; :"] if shell else words)
    child = until(lambda: int(ready.read_text()), "the command's start")
    os.close(terminal.fd)
    try:
        until(lambda: os.waitpid(terminal.pid, os.WNOHANG)[0] == terminal.pid, "the leader's end")
        until(lambda: not Path(f"/proc/{child}").exists(), "the command's end")
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
