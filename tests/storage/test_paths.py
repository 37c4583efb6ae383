"""Our folders: where they are, that they are private, and what makes them unusable."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rolecall.domain.problem import ProblemError
from rolecall.storage.paths import AwsFiles, Paths, private_folder


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_xdg_folders_are_used() -> None:
    paths = Paths.of({"HOME": "/h", "XDG_RUNTIME_DIR": "/run/user/7", "XDG_STATE_HOME": "/s"})
    assert paths.socket_path == Path("/run/user/7/rolecall/agent.sock")
    assert paths.settings_file == Path("/h/.config/rolecall/settings.toml")
    assert paths.log_path == Path("/s/rolecall/rolecall.log")


@pytest.mark.parametrize("runtime", ["", "relative/run"])
def test_without_a_runtime_folder_the_socket_lies_below_the_state_folder(runtime: str) -> None:
    paths = Paths.of({"HOME": "/h", "XDG_RUNTIME_DIR": runtime})
    assert paths.socket_path == Path("/h/.local/state/rolecall/run/agent.sock")


def test_rolecall_home_holds_everything(tmp_path: Path) -> None:
    paths = Paths.of({"ROLECALL_HOME": str(tmp_path / "all"), "XDG_RUNTIME_DIR": "/run/user/7"})
    assert paths.socket_path == tmp_path / "all" / "run" / "agent.sock"
    for each in (paths.settings_file, paths.state_dir, paths.lock_path, paths.log_path):
        assert each.is_relative_to(tmp_path / "all")


def test_folders_are_private_even_under_a_wide_umask(tmp_path: Path) -> None:
    paths = Paths.of({"ROLECALL_HOME": str(tmp_path / "all")})
    before = os.umask(0)
    try:
        paths.ensure()
    finally:
        os.umask(before)
    for folder in (tmp_path / "all", paths.config_dir, paths.state_dir, paths.runtime_dir):
        assert _mode(folder) == 0o700


def test_wider_folder_of_ours_is_narrowed(tmp_path: Path) -> None:
    folder = tmp_path / "wide"
    folder.mkdir()
    folder.chmod(0o777)
    private_folder(folder)
    assert _mode(folder) == 0o700


def test_long_socket_path_is_told_before_anything_is_made(tmp_path: Path) -> None:
    paths = Paths.of({"ROLECALL_HOME": str(tmp_path / ("x" * 100))})
    with pytest.raises(ProblemError) as caught:
        paths.ensure()
    assert caught.value.problem.code == "socket_path_too_long"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("home", ["/proc", "file"])
def test_a_home_where_nothing_can_be_written_is_told_and_no_end(home: str, tmp_path: Path) -> None:
    """The socket has its place all the same (root too can make nothing in /proc)."""
    (tmp_path / "file").write_text("")
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    paths = Paths.of({"HOME": str(tmp_path / home), "XDG_RUNTIME_DIR": str(runtime)})
    found = paths.ensure()
    assert found is not None
    assert found.code == "nothing_kept"
    assert paths.runtime_dir.is_dir()


def test_a_home_like_any_other_has_no_problem(tmp_path: Path) -> None:
    assert (
        Paths.of({"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path / "run")}).ensure() is None
    )


def test_file_in_the_way_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "all").write_text("")
    with pytest.raises(ProblemError) as caught:
        Paths.of({"ROLECALL_HOME": str(tmp_path / "all")}).ensure()
    assert caught.value.problem.code == "folder_unusable"


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a folder away")
def test_folder_of_another_user_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "foreign"
    folder.mkdir()
    os.chown(folder, 12345, 12345)
    with pytest.raises(ProblemError) as caught:
        private_folder(folder)
    assert caught.value.problem.code == "folder_foreign"
    assert _mode(folder) == 0o755


def test_aws_files_are_found_as_botocore_finds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/h")
    monkeypatch.setenv("PLACE", "/p")
    files = AwsFiles.of({"AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "$PLACE/k"})
    assert files == AwsFiles(Path("/h/c"), Path("/p/k"))
    assert AwsFiles.of({"AWS_CONFIG_FILE": ""}).config == Path(os.devnull)
    assert AwsFiles.of({}) == AwsFiles(Path("/h/.aws/config"), Path("/h/.aws/credentials"))


def test_nothing_heavy_is_imported_for_a_list() -> None:
    code = (
        "import sys, os; from rolecall.storage import aws_config, paths, secret_store, settings_file;"
        "p = paths.Paths.of(os.environ); settings_file.load_settings(p.settings_file);"
        "aws_config.read_catalogue(paths.AwsFiles.of(os.environ), {});"
        "print(*({'keyring', 'secretstorage', 'jeepney', 'platformdirs', 'tomlkit', 'tomllib',"
        " 'configparser', 'botocore'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert found.stdout.split() == []
