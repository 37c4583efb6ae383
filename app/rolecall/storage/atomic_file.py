"""Replaces a file whole or not at all. Owns how bytes get to the disk, never what they say.

The order is: temporary file in the same folder, 0600 from its first byte; fsync; a last look whether
somebody else wrote meanwhile; rename; fsync of the folder. There is no fallback to writing in place:
what cannot be replaced is left as it was and a Problem names the file and the cause.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from pathlib import Path
from typing import Final

from rolecall.domain.problem import ProblemError
from rolecall.storage import exchange, file_refusals

TRIES: Final = 5
"""How often `change` starts over when somebody else keeps writing the file."""

LARGEST: Final = 64 * 1024 * 1024
"""Bytes; what is larger is no settings or AWS file, and would only fill the memory."""

_CLOEXEC: Final = getattr(os, "O_CLOEXEC", 0)
_FLAGS: Final = _CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
_NO_FOLDER_FSYNC: Final = (errno.EINVAL, errno.ENOTSUP, errno.EBADF)
_TEMPORARY: Final = ".rolecall-tmp"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Tells one version of a file from another; MISSING is that of no file."""

    device: int = 0
    inode: int = 0
    size: int = -1
    mtime_ns: int = 0
    ctime_ns: int = 0

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """The stamp of the file `path` leads to. Raises OSError for all but a missing file."""
        try:
            return cls.of_stat(path.stat())
        except FileNotFoundError:
            return MISSING

    @classmethod
    def of_stat(cls, found: os.stat_result) -> Stamp:
        """The stamp of what `os.stat` or `os.fstat` told."""
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)

    def same_content(self, other: Stamp) -> bool:
        """Whether it is the same version under another name: a rename changes the ctime alone."""
        return replace_fields(self, ctime_ns=other.ctime_ns) == other


MISSING: Final = Stamp()


class ChangedMeanwhileError(ProblemError):
    """Somebody else wrote the file between our reading and our writing: read it again."""


def change(path: Path, edit: Callable[[bytes], bytes], mode: int = 0o600) -> bool:
    """Rewrite a file: `edit` gets its bytes (none where there is no file) and returns the new ones.

    mode: as in `replace`. Starts over if another program writes meanwhile. Returns whether anything had
    to be written. Raises ProblemError; the file is then as it was.
    """
    with lock(path):
        for attempt in range(TRIES):
            stamp, before = read(path)
            after = edit(before)
            if after == before:
                return False
            try:
                replace(path, after, mode, expected=stamp)
            except ChangedMeanwhileError:
                if attempt == TRIES - 1:
                    raise
            else:
                return True
    raise AssertionError("the last try returns or raises")


def read(path: Path) -> tuple[Stamp, bytes]:
    """A file's stamp and bytes, both of one version; MISSING and none where there is no file.

    Never waits: a FIFO or a device in the file's place raises ProblemError, as does what cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return MISSING, b""
    except OSError as error:
        raise ProblemError(file_refusals.unreadable(path, error)) from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise ProblemError(file_refusals.refused(path, file_refusals.NO_FILE))
        if found.st_size > LARGEST:
            raise ProblemError(file_refusals.refused(path, file_refusals.TOO_LARGE))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return Stamp.of_stat(found), file.read()
    except OSError as error:
        raise ProblemError(file_refusals.unreadable(path, error)) from None
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes, mode: int = 0o600, expected: Stamp | None = None) -> None:
    """Put `content` in the place of a file, symbolic links followed.

    mode: the widest the file may be; an existing narrower one is kept. expected: what the file has to
    be just before the rename, else ChangedMeanwhileError. Raises ProblemError; the old file is whole.
    """
    try:
        target = _target(path)
        mode = _allowed_mode(path, target, mode)
        _remove_leftovers(target)
        _write(path, target, content, mode, expected)
    except OSError as error:
        raise ProblemError(file_refusals.not_written(path, error)) from None


def refuse_unwritable(path: Path) -> None:
    """Raise ProblemError if the file cannot be replaced as things are. A look: makes no folder and no lock."""
    try:
        there = _is_there(path)
        target = Path(os.path.realpath(path))
        _allowed_mode(path, target, 0o600)
        folder = target.parent
        while not there and not path.is_symlink() and not _is_there(folder):
            folder = folder.parent
        _refuse_folder(folder)
    except OSError as error:
        raise ProblemError(file_refusals.not_written(path, error)) from None


def _refuse_folder(folder: Path) -> None:
    cause = 0
    if not stat.S_ISDIR(folder.stat().st_mode):
        cause = errno.ENOTDIR
    elif not os.access(folder, os.W_OK | os.X_OK, effective_ids=os.name == "posix"):
        fixed = os.name == "posix" and os.statvfs(folder).f_flag & os.ST_RDONLY
        cause = errno.EROFS if fixed else errno.EACCES
    if cause:
        raise OSError(cause, os.strerror(cause))


def refuse_linked(path: Path) -> None:
    """Raise ProblemError if the file has other names: a rename would leave them what it was."""
    with suppress(OSError):
        if path.stat().st_nlink > 1:
            raise ProblemError(file_refusals.refused(path, file_refusals.LINKED))


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    return True


def _target(path: Path) -> Path:
    """The file that links lead to. A link to nowhere is kept and its target made."""
    try:
        path.stat()
    except FileNotFoundError:
        if not path.is_symlink():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Path(os.path.realpath(path))


def _allowed_mode(path: Path, target: Path, mode: int) -> int:
    try:
        found = target.lstat()
    except FileNotFoundError:
        return mode
    _refuse_odd(path, found)
    if os.name == "posix" and found.st_uid != os.geteuid():
        raise ProblemError(file_refusals.refused(path, file_refusals.FOREIGN))
    if not found.st_mode & stat.S_IWUSR:
        raise ProblemError(file_refusals.refused(path, file_refusals.READ_ONLY))
    return stat.S_IMODE(found.st_mode) & mode


def _refuse_odd(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise ProblemError(file_refusals.refused(path, file_refusals.NO_FILE))


def _write(path: Path, target: Path, content: bytes, mode: int, expected: Stamp | None) -> None:
    name = f".{target.name}.{os.urandom(6).hex()}{_TEMPORARY}"
    temporary = target.with_name(name)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, mode)
    try:
        _hold(descriptor)
        if os.name == "posix":
            os.fchmod(descriptor, mode)
        _write_all(descriptor, content)
        os.fsync(descriptor)
        if expected is not None and Stamp.of(target) != expected:
            raise ChangedMeanwhileError(file_refusals.refused(path, file_refusals.CHANGED))
        if os.name == "nt":  # Windows renames no open file
            os.close(descriptor)
            descriptor = -1
        _put_in_place(path, temporary, target, expected)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    _fsync_folder(path, target.parent)


def _put_in_place(path: Path, temporary: Path, target: Path, expected: Stamp | None) -> None:
    """Rename; what somebody put there after the last look comes back, where the system can do that."""
    if expected is None:
        temporary.replace(target)
    elif expected == MISSING:
        if (alone := exchange.renamed_to_nothing(temporary, target)) is None:
            temporary.replace(target)
        elif not alone:
            raise ChangedMeanwhileError(file_refusals.refused(path, file_refusals.CHANGED))
    else:
        _exchange(path, temporary, target, expected)


def _exchange(path: Path, temporary: Path, target: Path, expected: Stamp) -> None:
    ours = Stamp.of(temporary)
    if not exchange.exchanged(temporary, target):
        temporary.replace(target)
        return
    try:
        unchanged = Stamp.of(temporary).same_content(expected)
    except OSError as error:  # nobody can tell what was there: back with it
        if exchange.exchanged(temporary, target):
            raise
        raise ProblemError(file_refusals.not_confirmed(path, error)) from None
    if unchanged:
        with suppress(OSError):  # the next write removes it
            temporary.unlink()
        return
    with suppress(OSError):
        if Stamp.of(target).same_content(ours):  # else it is newer still, and stays
            exchange.exchanged(temporary, target)
    raise ChangedMeanwhileError(file_refusals.refused(path, file_refusals.CHANGED))


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _fsync_folder(path: Path, folder: Path) -> None:
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | _CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_FSYNC:
            raise ProblemError(file_refusals.not_confirmed(path, error)) from None


def _remove_leftovers(target: Path) -> None:
    """Remove what writers that were killed left: they hold no lock on their file any more."""
    for leftover in target.parent.glob(f".{_escaped(target.name)}.*{_TEMPORARY}"):
        with suppress(OSError):
            descriptor = os.open(leftover, os.O_RDWR | _FLAGS)
            try:
                _hold(descriptor)
                leftover.unlink()
            finally:
                os.close(descriptor)


def _escaped(name: str) -> str:
    """A file name for use in a pattern."""
    import glob

    return glob.escape(name)


@contextmanager
def lock(path: Path, timeout: float = 10.0) -> Iterator[None]:
    """Keep other processes of ours from writing `path` meanwhile. timeout: seconds to wait at most.

    The lock is on a file beside the target, which stays: to remove it would let two hold it at once.
    Raises ProblemError if another holds it for too long, or the file system knows no locks.
    """
    try:
        target = _target(path)
        beside = target.with_name(f".{target.name}.rolecall-lock")
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | _FLAGS, 0o600)
    except OSError as error:
        raise ProblemError(file_refusals.not_written(path, error)) from None
    try:
        _wait_for(path, descriptor, time.monotonic() + timeout)
        yield
    finally:
        os.close(descriptor)


def _wait_for(path: Path, descriptor: int, deadline: float) -> None:
    while True:
        try:
            _hold(descriptor)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise ProblemError(file_refusals.refused(path, file_refusals.LOCKED)) from None
            time.sleep(0.02)
        except OSError as error:
            raise ProblemError(file_refusals.not_written(path, error)) from None
        else:
            return


if sys.platform == "win32":

    def _hold(descriptor: int) -> None:
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError(error.errno, error.strerror) from None

else:

    def _hold(descriptor: int) -> None:
        """Lock an open file or raise BlockingIOError at once; closing it, or dying, lets go."""
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
