"""Which program is behind a connection: a /proc of our own making, and the real one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rolecall.domain.journal import NOBODY
from rolecall.ui.asker import asker_of

PYTHON = "/usr/bin/python3.11"


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    return tmp_path / "proc"


def process(
    proc: Path, pid: int, parent: int, executable: str, *words: str, name: str = ""
) -> None:
    """One process as proc(5) describes it; the name may hold what would break a careless reader."""
    folder = proc / str(pid)
    folder.mkdir(parents=True)
    comm = name or Path(executable).name[:15]
    (folder / "stat").write_text(f"{pid} ({comm}) S {parent} 1 1 0 -1")
    (folder / "cmdline").write_bytes("\0".join([executable, *words]).encode() + b"\0")
    if executable:
        (folder / "exe").symlink_to(executable)
    (folder / "cwd").symlink_to(proc)


def client(proc: Path, parent: int, script: str = "/x/rolecall/ask.py") -> int:
    process(proc, 900, parent, PYTHON, "-S", "-E", script, "credential-process", "prod")
    return 900


def test_a_tool_that_runs_our_client_is_the_asker(proc: Path) -> None:
    process(proc, 41, 7, "/usr/bin/terraform", "plan")
    found = asker_of(client(proc, 41), os.getuid(), proc)
    assert str(found) == "terraform (pid 41)"
    assert (found.executable, found.script) == ("/usr/bin/terraform", "")
    assert found.user


def test_lines_of_earlier_versions_are_stepped_over_and_other_scripts_are_not(proc: Path) -> None:
    process(proc, 41, 7, "/usr/bin/terraform", "plan")
    assert asker_of(client(proc, 41, "/x/fast_client.py"), None, proc).name == "terraform"
    (proc / "other").mkdir()
    theirs = proc / "other" / "ask.py"
    theirs.write_text("")
    process(proc, 901, 41, PYTHON, "-S", "-E", str(theirs))
    assert asker_of(901, None, proc).name == "ask.py"


@pytest.mark.parametrize(
    "between",
    [
        ("/usr/bin/dash", "-c", "rolecall credential-process prod"),
        ("/usr/bin/bash", "-e", "-c", "x"),
        ("/usr/bin/env", "-i", "rolecall"),
        (PYTHON, "/venv/bin/rolecall", "export", "prod"),
        (PYTHON, "-P", "-m", "rolecall", "export", "prod"),
        ("/opt/rolecall/rolecall", "exec", "prod"),
    ],
)
def test_shells_in_between_and_our_own_command_are_stepped_over(
    proc: Path, between: tuple[str, ...]
) -> None:
    process(proc, 41, 7, "/usr/bin/terraform")
    process(proc, 42, 41, *between)
    assert asker_of(client(proc, 42), None, proc).name == "terraform"


def test_a_script_is_told_from_its_interpreter(proc: Path) -> None:
    script = proc / "aws"
    process(proc, 41, 7, PYTHON, "-I", "-X", "utf8", "aws", "s3", "ls")
    script.write_text("")
    found = asker_of(client(proc, 41), None, proc)
    assert (found.name, found.executable, found.script) == ("aws", PYTHON, str(script))


def test_the_file_an_interpreter_runs_names_the_program(proc: Path) -> None:
    process(proc, 41, 7, PYTHON, "aws", "s3", "ls")
    (proc / "aws").write_text("")
    found = asker_of(client(proc, 41), None, proc)
    assert (found.name, found.script) == ("aws", str(proc / "aws"))
    assert found.program == f"{PYTHON} {proc / 'aws'}"


def test_a_person_at_a_prompt_asks_through_their_shell(proc: Path) -> None:
    process(proc, 41, 7, "/usr/bin/zsh", "-l")
    assert asker_of(client(proc, 41), None, proc).name == "zsh"


@pytest.mark.parametrize("parent", [1, 7, 999])
def test_a_tool_that_has_gone_leaves_our_client(proc: Path, parent: int) -> None:
    process(proc, 7, 1, "/usr/lib/systemd/systemd", "--user")
    assert asker_of(client(proc, parent), None, proc).pid == 900


def test_names_that_would_break_a_careless_reader(proc: Path) -> None:
    process(proc, 41, 7, "/x/evil) S 1 (", name="evil) S 1 (")
    assert str(asker_of(client(proc, 41), None, proc)) == "evil) S 1 ( (pid 41)"


def test_a_program_file_that_was_replaced_or_cannot_be_read(proc: Path) -> None:
    process(proc, 41, 7, "/usr/bin/terraform (deleted)", name="terraform")
    assert asker_of(41, None, proc).executable == "/usr/bin/terraform"
    process(proc, 43, 7, "", name="hidden")
    found = asker_of(43, None, proc)
    assert (found.name, found.executable, found.program) == ("hidden", "", "")


def test_what_the_system_does_not_tell_is_nobody(proc: Path) -> None:
    assert asker_of(0, None, proc) is NOBODY
    assert asker_of(12345, 0, proc) is NOBODY


def test_a_circle_ends(proc: Path) -> None:
    process(proc, 41, 42, "/usr/bin/env", "x")
    process(proc, 42, 41, "/usr/bin/env", "x")
    assert asker_of(41, None, proc).name == "env"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_real_thing() -> None:
    with subprocess.Popen(["sleep", "60"]) as child:
        found = asker_of(child.pid, os.getuid())
        child.kill()
    assert (
        Path(found.executable).name in {"sleep", "coreutils", "busybox"} or found.pid == child.pid
    )
    assert found.pid == child.pid
