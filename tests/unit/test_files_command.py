"""What `wire` writes as the helper: this very Python by its absolute path, never a shim, never a search."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from rolecall import fast_client
from rolecall.cli import files
from rolecall.domain.problem import ProblemError

posix = pytest.mark.skipif(os.name != "posix", reason="the fast client is there on POSIX only")


@posix
def test_the_helper_is_this_python_and_the_script_beside_the_fast_client() -> None:
    ask = Path(fast_client.__file__).with_name("ask.py")
    assert ask.is_file()
    assert files.helper() == [sys.executable, "-S", "-E", str(ask)]
    assert all(Path(word).is_absolute() for word in (files.helper()[0], files.helper()[-1]))


@posix
def test_a_shim_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A version manager's shim is a script that looks at the folder it is started in."""
    shim = tmp_path / "python3"
    shim.write_text('#!/bin/sh\nexec manager exec python3 "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(shim))
    assert files.helper()[0] == os.path.realpath("/proc/self/exe")


@posix
@pytest.mark.parametrize("executable", ["", "python3", "/nonexistent/python"])
def test_a_python_without_a_place_is_passed_over(
    executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    assert files.helper()[0] == os.path.realpath("/proc/self/exe")
    monkeypatch.setattr(files, "_is_program", lambda _path: False)
    with pytest.raises(ProblemError) as caught:
        files.helper()
    assert caught.value.problem.code == "no_interpreter"


def test_a_frozen_build_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/rolecall/rolecall")
    assert files._line("prod admin") == '/opt/rolecall/rolecall credential-process "prod admin"'


@posix
def test_a_package_asks_by_the_systems_python_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The frozen program itself would take a hundred times as long for each answer."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "rolecall"))
    (tmp_path / "ask.py").write_text("")
    monkeypatch.setattr(files, "_SYSTEM_PYTHON", "/bin/sh")
    assert files.helper() == ["/bin/sh", "-S", "-E", str(tmp_path / "ask.py")]
    monkeypatch.setattr(files, "_SYSTEM_PYTHON", str(tmp_path / "none"))
    assert files.helper() == [str(tmp_path / "rolecall")]


@posix
def test_a_role_that_looks_like_an_option_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "helper", lambda: ["/r"])
    assert files._line("-x") == "/r credential-process -- -x"
