"""packaging/setup.sh on a machine that lacks something, played by stand-ins for `ldconfig`, `id` and `apt-get`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def stand_in(folder: Path, name: str, script: str) -> None:
    """Put a program called `name` before the system's own."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of programs that makes the machine look bare: no library is found, and apt only takes notes."""
    folder = tmp_path / "bin"
    folder.mkdir()
    stand_in(folder, "ldconfig", "exit 0")
    stand_in(folder, "apt-get", f'echo "$@" >>{tmp_path}/apt')
    return folder


def setup(bare: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run setup.sh as a person would, without a screen unless `environment` names one."""
    return subprocess.run(
        [ROOT / "packaging" / "setup.sh", *words],
        env={"PATH": f"{bare}:{os.environ['PATH']}", "HOME": os.environ["HOME"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_person_who_is_not_root_gets_the_line_to_type(bare: Path, tmp_path: Path) -> None:
    stand_in(bare, "id", "echo 1000")
    done = setup(bare, "demo", DISPLAY=":9")
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if "sudo" in line]
    assert line.strip().startswith(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends "
    )
    assert "libxcb-cursor0" in line
    assert not (tmp_path / "apt").exists()


def test_root_has_it_installed_once_and_is_told_what_is_still_missing(
    bare: Path, tmp_path: Path
) -> None:
    stand_in(bare, "id", "echo 0")
    done = setup(bare, "demo", WAYLAND_DISPLAY="wayland-0")
    update, install = (tmp_path / "apt").read_text(encoding="utf-8").splitlines()
    assert update.endswith(" update")
    assert "install -y --no-install-recommends" in install
    assert "libegl1" in install
    assert done.returncode == 1
    assert "still not found" in done.stderr


def test_what_apt_says_is_shown_when_it_fails(bare: Path) -> None:
    stand_in(bare, "id", "echo 0")
    stand_in(bare, "apt-get", "echo E: no network; exit 100")
    done = setup(bare, "run")
    assert done.returncode == 1
    assert "E: no network" in done.stderr


def test_a_demo_without_a_screen_needs_nothing_graphical(bare: Path) -> None:
    done = setup(bare, "demo", "--list")
    assert (done.returncode, done.stdout.split()) == (0, [])


def test_the_tests_need_a_desktop(bare: Path) -> None:
    assert {"libegl1", "libxcb-cursor0"} <= set(setup(bare, "test", "--list").stdout.split())


def test_only_the_gate_needs_a_browser_and_an_identity_provider(bare: Path) -> None:
    """The programs that Debian's table looks for are hidden: nothing but the stand-ins is on the path."""
    for name in ("bash", "cat", "dirname", "python3"):
        (bare / name).symlink_to(shutil.which(name) or name)

    def missing(purpose: str) -> set[str]:
        return set(setup(bare, purpose, "--list", PATH=str(bare)).stdout.split())

    commands, files = {"chromium", "php-cli", "php-cgi"}, {"php-xml", "simplesamlphp"}
    assert commands <= missing("gate") - missing("test") <= commands | files
    assert missing("test") - missing("gate") == set()
    assert "xvfb" in missing("test")


def test_an_unknown_purpose_is_refused(bare: Path) -> None:
    done = setup(bare, "nothing")
    assert done.returncode == 1
    assert "no such purpose" in done.stderr
