"""Start at login, one instance, the signals that end a program, and what a crash says."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rolecall.domain.problem import ProblemError
from rolecall.ui import autostart
from rolecall.ui.crash import redacted, report
from rolecall.ui.signals import Signals
from rolecall.ui.single_instance import SingleInstance

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from rolecall.ui.single_instance import SingleInstance
one = SingleInstance(Path(sys.argv[1]))
print(one.take(), flush=True)
input()
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def test_autostart_is_what_the_file_says(tmp_path: Path, environ: dict[str, str]) -> None:
    file = tmp_path / "autostart" / "rolecall.desktop"
    assert not autostart.on(environ)
    autostart.put(True, environ)
    assert autostart.on(environ)
    assert "--minimized" in file.read_text()
    autostart.put(True, environ)
    written = file.read_text()
    for switched_off in ("Hidden=true", "X-GNOME-Autostart-enabled = false"):
        file.write_text(f"{written}{switched_off}\n")
        assert not autostart.on(environ), "another program's switch counts too"
    autostart.put(False, environ)
    autostart.put(False, environ)
    assert not file.exists()
    assert list(file.parent.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProblemError) as caught:
        autostart.put(True, {"XDG_CONFIG_HOME": str(tmp_path / "file")})
    assert caught.value.problem.code == "autostart_not_written"


def test_a_path_is_quoted_as_the_specification_wants() -> None:
    entry = autostart.entry(["/home/a b/$x/50%/\\py", "-m", "rolecall"])
    [line] = [line for line in entry.splitlines() if line.startswith("Exec=")]
    quoted = line.removeprefix("Exec=").replace("\\\\", "\\").replace("%%", "%")
    found = re.fullmatch(r'"((?:[^"\\]|\\.)*)" -m rolecall --minimized', quoted)
    assert found
    assert re.sub(r"\\(.)", r"\1", found[1]) == "/home/a b/$x/50%/\\py"


def test_the_command_really_is_this_program() -> None:
    done = subprocess.run(
        [*autostart.command(), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("rolecall ")


def test_only_one_holds_the_lock_and_death_gives_it_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    first, second = SingleInstance(path), SingleInstance(path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLD_THE_LOCK,
            str(path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout.readline() == "True\n"
        assert not first.take()
        holder.kill()
    assert first.take()
    first.release()


def test_six_at_once_leave_one(tmp_path: Path) -> None:
    taken = [SingleInstance(tmp_path / "lock") for _ in range(6)]
    assert [one.take() for one in taken] == [True, False, False, False, False, False]
    for one in taken:
        one.release()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_a_sleeping_loop_at_once(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    owner, ended, looked = QObject(), [], []
    signals = Signals(lambda: ended.append(1), lambda: looked.append(1), owner)
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: bool(ended), timeout=500)
    os.kill(os.getpid(), signal.SIGUSR1)
    qtbot.waitUntil(lambda: bool(looked), timeout=500)
    signals.close()
    owner.deleteLater()
    assert (ended, looked) == ([1], [1])
    assert signal.getsignal(number) is before


def _fail() -> None:
    secret = "local-CANARY-local"
    assert secret
    raise ValueError("key AKIAIOSFODNN7EXAMPLE code 123456 in wJalrXUtnFEMI/K7MDENG/bPxRfiCY")


def test_a_report_says_where_and_never_what() -> None:
    try:
        try:
            _fail()
        except ValueError as error:
            raise RuntimeError("outer") from error
    except RuntimeError as error:
        text = report(error)
    assert "test_login_and_end.py" in text
    assert "_fail" in text
    assert "ValueError" in text
    assert "RuntimeError" in text
    for secret in ("CANARY", "AKIA", "123456", "wJalr"):
        assert secret not in text


def test_a_plain_text_stays_readable() -> None:
    assert redacted("list index out of range") == "list index out of range"
    assert redacted("x" * 400) == "…"
    assert len(redacted("ab " * 400)) <= 300
