"""The credentials file through kills, saves, errors and a full disk at every step of a write.

Whatever happens, the file is the old one or the new one, whole; what failed is said; the next write works.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from rolecall.domain.problem import ProblemError
from rolecall.storage import atomic_file, exchange
from storage.stepper import EDIT, OLD, OPERATIONS, operation, reset

STEPPER = Path(__file__).with_name("stepper.py")
linux = pytest.mark.skipif(sys.platform != "linux", reason="ptrace as Linux has it")


def _steps(mode: str, folder: Path, count: int, name: str = "write") -> list[dict[str, Any]]:
    """What the stepper saw; tests/storage/stepper.py says what the modes are."""
    place = folder / "aws"
    place.mkdir()
    done = subprocess.run(
        [sys.executable, STEPPER, mode, place, str(count), name],
        capture_output=True,
        text=True,
        timeout=550,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file after the write that is looked at."""
    folder = tmp_path_factory.mktemp("new")
    reset(folder)
    operation(folder)
    content = (folder / "credentials").read_bytes()
    assert content.startswith(OLD)
    return content


def _judge(tries: list[dict[str, Any]], new: bytes) -> set[str]:
    """No try left a damaged file, a wide or second temporary one, or one that cannot be written again."""
    whole = {OLD.decode(), new.decode()}
    for one in tries:
        assert one["content"] in whole, one["stop"]
        assert one["copy"] in {None, OLD.decode()}, one["stop"]
        assert one["left"] in ([], [0o600]), one["stop"]
        assert "retry" not in one, one
        assert one["after_retry"].startswith(one["content"]), one["stop"]
        assert "[again]" in one["after_retry"]
        assert one["left_after_retry"] == 0, one["stop"]
    return {one["content"] for one in tries}


@linux
def test_kill_at_every_system_call(tmp_path: Path, new: bytes) -> None:
    """On entry and on exit of each, from the first look at the files to the last close."""
    tries = _steps("kill", tmp_path, 1)
    assert len(tries) > 100
    assert len(_judge(tries, new)) == 2  # some kills before the rename, some after
    assert any(one["left"] for one in tries)


others = pytest.mark.parametrize("name", ["unwrite", "expire", "renew", "wire"])


@linux
@others
def test_kill_at_system_calls_of_the_others(tmp_path: Path, name: str) -> None:
    """Taking out, by hand and by expiry, renewing in place, and the config file."""
    _kill_others(tmp_path, name, 3)


@linux
@others
@pytest.mark.gate
def test_kill_at_every_system_call_of_the_others(tmp_path: Path, name: str) -> None:
    _kill_others(tmp_path, name, 1)


def _kill_others(tmp_path: Path, name: str, step: int) -> None:
    reset(tmp_path, name)
    files = [tmp_path / "credentials", tmp_path / "config"]
    before = [path.read_bytes().decode() for path in files]
    OPERATIONS[name](tmp_path)
    after = [path.read_bytes().decode() for path in files]
    assert after != before
    (tmp_path / "steps").mkdir()
    seen = set()
    for one in _steps("kill", tmp_path / "steps", step, name):
        now = [one["content"], one["config"]]
        assert now in (before, after), one["stop"]
        assert one["left"] in ([], [0o600]), one["stop"]
        assert "retry" not in one, one
        assert one["left_after_retry"] <= (name == "wire"), one["stop"]
        seen.add(now == after)
    assert seen == {True, False}


@linux
def test_kill_at_random_moments(tmp_path: Path, new: bytes) -> None:
    tries = _steps("random", tmp_path, 40)
    _judge(tries, new)
    assert any(one["killed"] for one in tries)


@linux
@pytest.mark.gate
def test_400_kills_at_random_moments(tmp_path: Path, new: bytes) -> None:
    """200 over the whole time of a write, 200 in its last part."""
    tries = _steps("random", tmp_path, 400)
    _judge(tries, new)
    assert sum(one["killed"] for one in tries) > 200


def _judge_edits(tries: list[dict[str, Any]]) -> None:
    for one in tries:
        assert EDIT.decode() in one["content"], one["stop"]
        assert OLD.decode() in one["content"], one["stop"]
        assert (one["code"] == 0) == ("[mine]" in one["content"]), one["stop"]
        assert one["code"] in {0, 8}
    assert any(one["code"] == 0 for one in tries)


@linux
@pytest.mark.parametrize("how", ["edit", "rename"])
def test_an_editor_saves_between_two_calls(tmp_path: Path, how: str) -> None:
    """In place or by rename: its save is never lost, and ours is there or refused."""
    _judge_edits(_steps(how, tmp_path, 7))


@linux
@pytest.mark.gate
@pytest.mark.parametrize("how", ["edit", "rename"])
def test_an_editor_saves_between_any_two_calls(tmp_path: Path, how: str) -> None:
    tries = _steps(how, tmp_path, 1)
    assert len(tries) > 100
    _judge_edits(tries)


# --- errors at every call ----------------------------------------------------------------------------

CAUSES = (
    *(errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EXDEV, errno.EBUSY, errno.ENOLCK),
    *(errno.EDQUOT, errno.EMFILE),
)


class Breaking:
    """From call number `at` on every call of the writer fails with `cause`; counts the calls."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path, at: int, cause: int) -> None:
        self.calls, self.at, self.cause, self.folder = 0, at, cause, str(folder)
        for name in ("open", "write", "fsync", "fchmod"):
            patch.setattr(os, name, self._breaks(getattr(os, name), ours=name != "open"))
        for name in ("replace", "unlink", "stat", "lstat"):
            patch.setattr(Path, name, self._breaks(getattr(Path, name), ours=False))
        patch.setattr(atomic_file, "_hold", self._breaks(atomic_file._hold, ours=True))
        patch.setattr(exchange, "_renameat2", self._swaps(exchange._renameat2))

    def _fails(self) -> bool:
        self.calls += 1
        return self.calls >= self.at

    def _breaks(self, real: Callable[..., Any], *, ours: bool) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            mine = ours or str(given[0]).startswith(self.folder)
            if mine and self._fails():
                raise OSError(self.cause, os.strerror(self.cause))
            return real(*given, **named)

        return call

    def _swaps(self, real: Callable[..., int]) -> Callable[..., int]:
        return lambda *given: self.cause if self._fails() else real(*given)


@pytest.mark.parametrize("cause", CAUSES, ids=errno.errorcode.get)
def test_any_error_from_any_call_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: int, new: bytes
) -> None:
    """Old or new and whole, never silent, no secret said, and the next write works."""
    at = refused = 0
    hit = True
    while hit:
        at += 1
        reset(tmp_path)
        with monkeypatch.context() as patch:
            breaking = Breaking(patch, tmp_path, at, cause)
            said = _said(lambda: operation(tmp_path))
            hit = breaking.calls >= at
        content = (tmp_path / "credentials").read_bytes()
        assert content in {OLD, new}
        assert said or content == new
        if said:
            refused += 1
            assert (
                str(tmp_path / "c") in said
            )  # credentials, its copy or the config file read along
            assert os.strerror(cause) in said
            assert "CANARY" not in said
            assert "as it was" not in said or content == OLD
        operation(tmp_path, "again")
        assert not [path for path in tmp_path.iterdir() if path.name.endswith(".rolecall-tmp")]
    assert refused > 15


def _said(work: Callable[[], object]) -> str:
    try:
        work()
    except ProblemError as error:
        return "\n".join(error.problem.lines())
    return ""


# --- real places -------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KB of which the test may fill all."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", "size=64k,mode=700", "none", place]
    if os.geteuid() or subprocess.run(["mount", *options], check=False).returncode:
        pytest.skip("only root may mount, and not everywhere")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk(small_disk: Path) -> None:
    """Refused with file and cause, nothing lost; taking out works all the same once there is room."""
    reset(small_disk)
    operation(small_disk, "first")
    before = (small_disk / "credentials").read_bytes()
    filler = small_disk / "filler"
    with suppress(OSError), filler.open("wb", 0) as file:
        while file.write(b"x" * 512):
            continue
    said = _said(lambda: operation(small_disk))
    assert os.strerror(errno.ENOSPC) in said
    assert str(small_disk / "credentials") in said
    assert (small_disk / "credentials").read_bytes() == before
    assert not [path for path in small_disk.iterdir() if path.name.endswith(".rolecall-tmp")]
    filler.unlink()
    operation(small_disk)
    assert (small_disk / "credentials").read_bytes().startswith(before)


def test_a_read_only_disk(small_disk: Path) -> None:
    reset(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert os.strerror(errno.EROFS) in _said(lambda: operation(small_disk))
    assert (small_disk / "credentials").read_bytes() == OLD


def test_a_file_that_is_a_mount(tmp_path: Path) -> None:
    """As containers are given one: it cannot be replaced whole, so it is refused and left."""
    reset(tmp_path)
    mounted = tmp_path / "credentials"
    (tmp_path / "real").write_bytes(OLD)
    (tmp_path / "real").chmod(0o600)
    bind = ["mount", "--bind", tmp_path / "real", mounted]
    if os.geteuid() or subprocess.run(bind, check=False).returncode:
        pytest.skip("only root may mount, and not everywhere")
    try:
        said = _said(lambda: operation(tmp_path))
        assert os.strerror(errno.EBUSY) in said
        assert mounted.read_bytes() == OLD
        assert not [path for path in tmp_path.iterdir() if path.name.endswith(".rolecall-tmp")]
    finally:
        subprocess.run(["umount", mounted], check=True)


def test_a_read_only_folder(tmp_path: Path) -> None:
    """By a user who is not root, whoever runs the tests."""
    reset(tmp_path)
    tmp_path.chmod(0o500)
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from rolecall.domain.problem import ProblemError; from storage.stepper import operation\n"
        "try: operation(Path(sys.argv[1]))\n"
        "except ProblemError as error: print(*error.problem.lines())"
    )
    weak = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
    try:
        done = subprocess.run(
            [*weak, sys.executable, "-c", code, tmp_path, Path(__file__).parents[1]],
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        tmp_path.chmod(0o700)
    assert os.strerror(errno.EACCES) in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"credentials", "config"}
    assert (tmp_path / "credentials").read_bytes() == OLD


def _watched(tmp_path: Path, count: int) -> None:
    if os.geteuid():
        pytest.skip("only root can be another user")
    with tempfile.TemporaryDirectory(dir="/tmp") as open_to_all:
        Path(open_to_all).chmod(0o755)
        (seen,) = _steps("watched", Path(open_to_all), count)
    assert seen["looks"] > count
    assert seen["opened"] == []


@linux
def test_another_user_can_open_none_of_it(tmp_path: Path) -> None:
    """Not the file, not the copy, not the lock, not a temporary file; under umask 0, at no moment."""
    _watched(tmp_path, 40)


@linux
@pytest.mark.gate
def test_another_user_can_open_none_of_it_in_500_writes(tmp_path: Path) -> None:
    _watched(tmp_path, 500)
