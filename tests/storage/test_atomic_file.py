"""A file is replaced whole or not at all: every step failing, killed writers, odd places, two at once."""

from __future__ import annotations

import errno
import os
import random
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rolecall.domain.problem import ProblemError
from rolecall.storage import atomic_file, exchange
from rolecall.storage.atomic_file import (
    MISSING,
    ChangedMeanwhileError,
    Stamp,
    change,
    lock,
    replace,
)
from storage.file_writer import is_whole, version

WRITER = Path(__file__).with_name("file_writer.py")


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _temporaries(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(".rolecall-tmp")]


def _code(work: Callable[[], object]) -> str:
    with pytest.raises(ProblemError) as caught:
        work()
    assert "{" not in "".join(caught.value.problem.lines())
    return caught.value.problem.code


# --- plain use --------------------------------------------------------------------------


def test_new_file_and_folder_are_private_under_any_umask(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    before = os.umask(0)
    try:
        replace(path, b"1")
    finally:
        os.umask(before)
    assert (path.read_bytes(), _mode(path), _mode(path.parent)) == (b"1", 0o600, 0o700)


@pytest.mark.parametrize(
    ("mode", "after"), [(0o644, 0o600), (0o666, 0o600), (0o600, 0o600), (0o200, 0o200)]
)
def test_mode_is_narrowed_and_never_widened(mode: int, after: int, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0")
    path.chmod(mode)
    replace(path, b"1")
    assert _mode(path) == after


def test_links_stay_links(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "real"
    real.parent.mkdir()
    real.write_bytes(b"0")
    (tmp_path / "middle").symlink_to(Path("dotfiles") / "real")
    (tmp_path / "link").symlink_to("middle")
    replace(tmp_path / "link", b"1")
    assert (tmp_path / "link").is_symlink()
    assert real.read_bytes() == b"1"


def test_link_to_nowhere_gets_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("missing")
    replace(tmp_path / "link", b"1")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "missing").read_bytes() == b"1"


def test_change_of_nothing_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace(path, b"0")
    stamp = Stamp.of(path)
    assert not change(path, lambda before: before)
    assert Stamp.of(path) == stamp


# --- what is refused --------------------------------------------------------------------


def test_odd_places_are_refused_and_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "read-only").write_bytes(b"0")
    (tmp_path / "read-only").chmod(0o400)
    codes = {
        path.name: _code(lambda p=path: change(p, lambda _: b"1")) for path in tmp_path.iterdir()
    }
    assert codes == {
        "folder": "file_not_ordinary",
        "fifo": "file_not_ordinary",
        "loop": "file_not_written",
        "read-only": "file_read_only",
    }
    assert (tmp_path / "read-only").read_bytes() == b"0"
    assert _temporaries(tmp_path) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a file away")
def test_file_of_another_user_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0")
    os.chown(path, 12345, 12345)
    assert _code(lambda: replace(path, b"1")) == "file_foreign"
    assert path.read_bytes() == b"0"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0")
    tmp_path.chmod(0o500)
    try:
        assert _code(lambda: replace(path, b"1")) == "file_not_written"
    finally:
        tmp_path.chmod(0o700)
    assert path.read_bytes() == b"0"


CALLS = ["open", "fchmod", "write", "fsync", "replace", "fsync folder", "lock", "stat"]
CAUSES = [
    errno.ENOSPC,
    errno.EIO,
    errno.EACCES,
    errno.EROFS,
    errno.EXDEV,
    errno.EBUSY,
    errno.ENOLCK,
]


def _break(monkeypatch: pytest.MonkeyPatch, call: str, cause: int) -> None:
    """Have one of the writer's calls fail with `cause`; those of reading and of other files work."""

    def fails(real: Callable[..., Any], when: Callable[..., bool]) -> Callable[..., Any]:
        def broken(*given: Any, **named: Any) -> Any:
            if when(*given):
                raise OSError(cause, os.strerror(cause))
            return real(*given, **named)

        return broken

    def folder(descriptor: int) -> bool:
        return stat.S_ISDIR(os.fstat(descriptor).st_mode)

    if call == "open":
        writes = fails(os.open, lambda _path, flags, *_mode: bool(flags & os.O_EXCL))
        monkeypatch.setattr(os, "open", writes)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", fails(os.fsync, lambda fd: not folder(fd)))
    elif call == "fsync folder":
        monkeypatch.setattr(os, "fsync", fails(os.fsync, folder))
    elif call == "replace":
        monkeypatch.setattr(Path, "replace", fails(Path.replace, lambda *_: True))
        monkeypatch.setattr(exchange, "_renameat2", lambda *_: cause)
    elif call == "lock":
        monkeypatch.setattr(atomic_file, "_hold", fails(atomic_file._hold, lambda _: True))
    elif call == "stat":
        monkeypatch.setattr(Stamp, "of", fails(Stamp.of, lambda *_: True))
    else:
        monkeypatch.setattr(os, call, fails(getattr(os, call), lambda *_: True))


@pytest.mark.parametrize("cause", CAUSES, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", CALLS)
def test_any_failing_step_leaves_the_old_file_and_says_so(
    call: str, cause: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    replace(path, b"0")
    with monkeypatch.context() as patch:
        _break(patch, call, cause)
        with pytest.raises(ProblemError) as caught:
            change(path, lambda _: b"1")
    problem = caught.value.problem
    assert problem.file == str(path)
    assert os.strerror(cause) in str(problem.title)
    written = call == "fsync folder"
    assert problem.code == ("file_not_confirmed" if written else "file_not_written")
    assert path.read_bytes() == (b"1" if written else b"0")
    assert _temporaries(tmp_path) == []
    assert change(path, lambda _: b"2")


@pytest.mark.parametrize("cause", [errno.EINVAL, errno.ENOTSUP])
def test_file_system_without_folder_fsync_is_no_error(
    cause: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break(monkeypatch, "fsync folder", cause)
    replace(tmp_path / "file", b"1")
    assert (tmp_path / "file").read_bytes() == b"1"


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:7]))
    replace(tmp_path / "file", version(1))
    assert is_whole((tmp_path / "file").read_bytes())


def test_order_is_write_fsync_rename_fsync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []

    def noted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            steps.append(name)
            return real(*given)

        return call

    monkeypatch.setattr(os, "write", noted("write", os.write))
    monkeypatch.setattr(os, "fsync", noted("fsync", os.fsync))
    monkeypatch.setattr(Path, "replace", noted("rename", Path.replace))
    replace(tmp_path / "file", b"1")
    assert steps == ["write", "fsync", "rename", "fsync"]


# --- others at the same file ------------------------------------------------------------


def test_edit_between_reading_and_writing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace(path, b"0")
    edits = iter([b"0\nedited", None])

    def edit(before: bytes) -> bytes:
        by_hand = next(edits)
        if by_hand is not None:
            path.write_bytes(by_hand)
        return before + b"\nours"

    assert change(path, edit)
    assert path.read_bytes() == b"0\nedited\nours"


@pytest.mark.parametrize("can_swap", [True, False])
@pytest.mark.parametrize("by_rename", [True, False])
def test_edit_after_the_last_look_comes_back(
    can_swap: bool, by_rename: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the microsecond before the rename, where the system can swap; else the rename wins."""
    path = tmp_path / "file"
    replace(path, b"0")
    edits = iter([b"edited"])
    swap = exchange._renameat2

    def late(one: Path, other: Path, flags: int) -> int:
        if by_hand := next(edits, None):
            edited = tmp_path / "of-the-editor" if by_rename else path
            edited.write_bytes(by_hand)
            edited.replace(path)
        return swap(one, other, flags) if can_swap else errno.ENOSYS

    monkeypatch.setattr(exchange, "_renameat2", late)
    assert change(path, lambda before: before + b" ours")
    assert path.read_bytes() == (b"edited ours" if can_swap else b"0 ours")
    assert _temporaries(tmp_path) == []


def test_file_that_appears_after_the_last_look_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    swap = exchange._renameat2

    def late(one: Path, other: Path, flags: int) -> int:
        if not path.exists():
            path.write_bytes(b"theirs")
        return swap(one, other, flags)

    monkeypatch.setattr(exchange, "_renameat2", late)
    assert change(path, lambda before: before + b" ours")
    assert path.read_bytes() == b"theirs ours"


def test_file_that_keeps_changing_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "file"
    count = iter(range(100))

    def edit(_before: bytes) -> bytes:
        path.write_bytes(b"x" * next(count))
        return b"ours"

    assert _code(lambda: change(path, edit)) == "file_changed_meanwhile"
    assert set(path.read_bytes()) == set(b"x")


def test_expected_missing_file_that_appeared_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedMeanwhileError):
        replace(path, b"ours", expected=MISSING)
    assert path.read_bytes() == b"theirs"


def test_lock_of_another_ends_in_a_message(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with lock(path):
        assert _code(lambda: lock(path, timeout=0.05).__enter__()) == "file_locked"
    with lock(path, timeout=0):
        assert not path.exists()


def test_leftover_of_a_dead_writer_goes_and_of_a_living_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for name in ("dead", "living"):
        (tmp_path / f".file.{name}.rolecall-tmp").write_bytes(b"secret")
    (tmp_path / ".other.dead.rolecall-tmp").write_bytes(b"not ours to judge")
    descriptor = os.open(tmp_path / ".file.living.rolecall-tmp", os.O_RDWR)
    atomic_file._hold(descriptor)
    try:
        replace(path, b"1")
    finally:
        os.close(descriptor)
    left = {temporary.name for temporary in _temporaries(tmp_path)}
    assert left == {".file.living.rolecall-tmp", ".other.dead.rolecall-tmp"}


def _kill_writers(path: Path, times: int) -> None:
    chance = random.Random(4711)
    for _ in range(times):
        with subprocess.Popen([sys.executable, WRITER, path], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            for _ in range(chance.randrange(40)):
                assert is_whole(path.read_bytes())  # no reader ever sees half a file
            writer.kill()
        assert is_whole(path.read_bytes())
        assert len(_temporaries(path.parent)) <= 1
        assert all(_mode(left) == 0o600 for left in _temporaries(path.parent))
    assert change(path, lambda _: version(7))
    assert _temporaries(path.parent) == []


def test_killed_writer_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    _kill_writers(tmp_path / "file", 15)


@pytest.mark.gate
def test_writer_killed_200_times_loses_nothing(tmp_path: Path) -> None:
    _kill_writers(tmp_path / "file", 200)


def test_two_writers_lose_no_change(tmp_path: Path) -> None:
    path = tmp_path / "file"
    code = (
        "import sys; from pathlib import Path; from rolecall.storage.atomic_file import change\n"
        "for n in range(25): change(Path(sys.argv[1]), lambda b: b + f'{sys.argv[2]}{n}\\n'.encode())"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, path, name]) for name in "ab"]
    assert [writer.wait(30) for writer in writers] == [0, 0]
    lines = path.read_text().split()
    assert sorted(lines) == sorted(f"{name}{n}" for name in "ab" for n in range(25))
