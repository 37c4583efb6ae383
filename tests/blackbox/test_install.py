"""The wheel: what is in it, and that the program runs from it, far from the checkout.

Downloading boto3 and Qt again would take minutes, so the fresh environment borrows the dependencies of the
one that runs the tests; the program itself comes from the wheel and from nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest

from rolecall import __version__

ROOT = Path(__file__).parents[2]
CONFIG = """\
[profile prod-admin]
role_arn = arn:aws:iam::222222222222:role/Admin
source_profile = base
[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
"""


def run(*command: str | Path, **environment: str) -> str:
    """Run a command to its end in a bare environment and return its stdout."""
    done = subprocess.run(
        [str(word) for word in command],
        env={"PATH": os.defpath, "LANG": "C.UTF-8", **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout as `make package` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it and the dependencies lent."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv)
    offline = (
        "--no-deps",
        "--no-index",
        "--disable-pip-version-check",
        "--root-user-action",
        "ignore",
    )
    pip = (sys.executable, "-m", "pip", "--python", venv / "bin" / "python")
    run(*pip, "install", "--quiet", *offline, wheel)
    (site,) = venv.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return venv


def test_the_wheel_holds_the_program_and_nothing_that_runs_by_itself(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    outside = [name for name in names if not name.startswith("rolecall")]
    assert outside == []
    assert [name for name in names if name.endswith((".pth", ".so", ".pyc"))] == []
    assert {"rolecall/ask.py", "rolecall/fast_client.py"} <= set(names)
    for needed in ("icons/rolecall.svg", "icons/rolecall-symbolic.svg", "rolecall.desktop"):
        assert f"rolecall/resources/{needed}" in names
    for language in ("en", "ko"):
        assert f"rolecall/resources/translations/rolecall_{language}.qm" in names


def test_the_wheel_asks_for_what_the_project_says(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = HeaderParser().parsestr(archive.read(name).decode())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [line for line in metadata.get_all("Requires-Dist") if "extra ==" not in line]
    assert len(asked) == len(project["dependencies"])
    assert metadata["Requires-Python"] == project["requires-python"]
    assert "demo" in metadata.get_all("Provides-Extra")


def test_a_wheel_with_lent_dependencies_is_the_one_that_runs(installed: Path) -> None:
    where = run(installed / "bin" / "python", "-c", "import rolecall; print(rolecall.__file__)")
    assert Path(where.strip()).is_relative_to(installed)


def test_a_wheel_with_lent_dependencies_answers(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "config").write_text(CONFIG, encoding="utf-8")
    environment = {
        "HOME": str(tmp_path),
        "ROLECALL_HOME": str(tmp_path / "rolecall"),
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
    }
    program = installed / "bin" / "rolecall"
    assert run(program, "--version", **environment).split()[-1] == __version__
    assert "prod-admin" in run(program, "list", **environment)
    assert "prod-admin" in run(
        installed / "bin" / "python", "-m", "rolecall", "list", **environment
    )


def test_the_window_of_a_wheel_finds_its_icons_and_translations(
    installed: Path, tmp_path: Path
) -> None:
    found = run(
        installed / "bin" / "python",
        "-c",
        "from rolecall.ui.resources import resources; print(resources())",
        HOME=str(tmp_path),
    )
    folder = Path(found.strip())
    assert folder.is_relative_to(installed)
    assert (folder / "icons" / "rolecall.svg").is_file()
