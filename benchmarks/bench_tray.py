"""The running app against a bare tray program: start, memory, idle wake-ups. On a private desktop.

The start ends when the tray host hears of the icon (StatusNotifierItemRegistered on the session bus):
seen from outside, the same way for both, without anything built into the program for it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection
from measure import Row, interleaved, row

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from blackbox.desktop import WATCHER, Desktop

PYTHON = sys.executable
ROLECALL = [PYTHON, "-m", "rolecall", "--minimized"]
BARE = [PYTHON, str(Path(__file__).parent / "bare_tray.py")]
IDLE_MINUTES = 2
LOOK = 0.1
"""Seconds between two looks: what a program does within them, on however many threads, is one wake-up."""

SETTLED = 15
"""Seconds after the start, or after the last sign-in, from which on the program has to be at rest."""


class Trays:
    """Starts tray programs on a desktop and knows when their icon is there."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self._bus = open_dbus_connection(desktop.session_bus)
        rule = MatchRule(type="signal", interface=WATCHER, member="StatusNotifierItemRegistered")
        self._bus.send_and_get_reply(message_bus.AddMatch(rule))
        self._rule = rule

    def start(
        self, command: list[str], more: dict[str, str]
    ) -> tuple[subprocess.Popen[bytes], float]:
        """The process, and milliseconds from exec to its icon."""
        with self._bus.filter(self._rule) as heard:
            begun = time.perf_counter()
            process = self.desktop.spawn(command, log="bench", more=more)
            self._bus.recv_until_filtered(heard, timeout=30)
            return process, (time.perf_counter() - begun) * 1000

    def timed(self, command: list[str], more: dict[str, str]) -> Callable[[], float]:
        def case() -> float:
            process, milliseconds = self.start(command, more)
            end(process)
            return milliseconds

        return case


def end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def pss(pid: int) -> float:
    """Proportional set size in MB (2^20), from the kernel's own sum."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no Pss in smaps_rollup")


def switches(pid: int) -> int:
    """Voluntary context switches of all threads: each is one wake-up."""
    total = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        for line in status.read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                total += int(line.split()[1])
    return total


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads: to the nanosecond, as a beat is shorter than a tick of /proc/PID/stat."""
    spent = (p.read_text().split()[0] for p in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(map(int, spent)) / 1e9


def roles(folder: Path, count: int) -> dict[str, str]:
    """AWS files with `count` roles of one key; the environment that names them."""
    folder.mkdir(parents=True)
    lines = [
        f"[profile role-{number:05}]\nrole_arn = arn:aws:iam::{100000000000 + number % 500}:role/R{number}\n"
        "source_profile = base\nregion = eu-central-1\nduration_seconds = 3600\n"
        for number in range(count)
    ]
    (folder / "config").write_text("\n".join(lines))
    (folder / "credentials").write_text(
        "[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = example\n"
    )
    return {
        "AWS_CONFIG_FILE": str(folder / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"),
        "ROLECALL_HOME": str(folder / "own"),
    }


def start_rows(trays: Trays, rounds: int) -> Iterator[Row]:
    folder = trays.desktop.folder
    few, many = roles(folder / "few", 10), roles(folder / "many", 10_000)
    found = interleaved(
        {
            "bare tray": trays.timed(BARE, {}),
            "10 roles": trays.timed(ROLECALL, few),
            "10,000 roles": trays.timed(ROLECALL, many),
        },
        rounds,
    )
    yield row("exec → tray icon, 10 roles", found, "10 roles", "bare tray", "ms", 1.2)
    yield row("exec → tray icon, 10,000 roles", found, "10,000 roles", "10 roles", "ms", 1.2)


@contextmanager
def demo_roles(desktop: Desktop) -> Iterator[dict[str, str]]:
    """An embedded AWS, and ten profiles that one key can take without a code."""
    process = subprocess.Popen(
        [PYTHON, "-m", "rolecall", "demo", "--headless"],
        env=desktop.environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    environ = {}
    for line in process.stdout:
        if line.strip() == "ready":
            break
        name, _, value = line.removeprefix("export ").strip().partition("=")
        environ[name] = value.strip("'")
    # Nobody's real life has a demo clock to ask over HTTP at every beat, or a sign-in page of its own,
    # whose address is checked with the rules for AWS's.
    del environ["ROLECALL_DEMO_URL"], environ["ROLECALL_SIGNIN_URL"]
    config = Path(environ["AWS_CONFIG_FILE"])
    ten = "".join(
        f"\n[profile ten-{n}]\nrole_arn = arn:aws:iam::222222222222:role/ReadOnly\n"
        f"source_profile = alex\nregion = eu-central-1\nrole_session_name = ten-{n}\n"
        for n in range(10)
    )
    config.write_text(config.read_text() + ten)
    try:
        yield environ
    finally:
        end(process)


def weight_rows(trays: Trays, rounds: int) -> Iterator[Row]:
    sizes: dict[str, list[float]] = {"bare tray": [], "idle": [], "ten sessions": []}
    idle: dict[str, list[float]] = defaultdict(list)
    with demo_roles(trays.desktop) as environ:
        for number in range(rounds):
            # A home of its own for each round: sessions outlive the program.
            home = {"ROLECALL_HOME": str(trays.desktop.folder / f"own-{number}")}
            _weigh(trays, environ | home, sizes, idle)
    yield row("PSS, socket up, no sign-in", sizes, "idle", "bare tray", "MB", 1.15)
    yield row("PSS after ten roles", sizes, "ten sessions", "bare tray", "MB", 2.1)
    for name, most in (("none", 0), ("ten", 2)):
        count, cpu, inside = (max(idle[key]) for key in (name, f"cpu {name}", f"switches {name}"))
        yield Row(
            f"idle wake-ups a minute, sessions: {name}", count, 1, "", count, most, "absolute"
        )
        yield Row(
            f"  context switches in them, sessions: {name}", inside, 1, "", inside, None, "absolute"
        )
        yield Row(
            f"idle CPU ms a minute, sessions: {name}", cpu * 1000, 1, "ms", cpu, 0.005, "absolute"
        )


def _weigh(
    trays: Trays,
    environ: dict[str, str],
    sizes: dict[str, list[float]],
    idle: dict[str, list[float]],
) -> None:
    bare, _ = trays.start(BARE, {})
    time.sleep(3)
    sizes["bare tray"].append(pss(bare.pid))
    end(bare)
    app, _ = trays.start(ROLECALL, environ)
    try:
        time.sleep(SETTLED)
        sizes["idle"].append(pss(app.pid))
        _watch(app.pid, idle, "none")
        for number in range(10):
            subprocess.run(
                [PYTHON, "-m", "rolecall", "login", f"ten-{number}"],
                env={**trays.desktop.environ, **environ},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        time.sleep(SETTLED)
        sizes["ten sessions"].append(pss(app.pid))
        _watch(app.pid, idle, "ten")
    finally:
        end(app)


def _watch(pid: int, idle: dict[str, list[float]], name: str) -> None:
    """Wake-ups a minute: work after rest. A beat that talks to the panel switches between threads inside."""
    first, used = switches(pid), cpu_seconds(pid)
    before, awake, wake_ups = first, False, 0
    end_at = time.monotonic() + IDLE_MINUTES * 60
    while time.monotonic() < end_at:
        time.sleep(LOOK)
        now = switches(pid)
        wake_ups += now > before and not awake
        before, awake = now, now > before
    idle[name].append(wake_ups / IDLE_MINUTES)
    idle[f"switches {name}"].append((before - first) / IDLE_MINUTES)
    idle[f"cpu {name}"].append((cpu_seconds(pid) - used) / IDLE_MINUTES)


def rows(rounds: int = 11) -> Iterator[Row]:
    """All rows of this file."""
    with Desktop() as desktop:
        trays = Trays(desktop)
        yield from start_rows(trays, rounds)
        yield from weight_rows(trays, 3)
