"""Where our files lie, and where AWS's own do. Owns the places and the privacy of our folders, no content."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text

LONGEST_SOCKET_PATH: Final = 100
"""Bytes. The kernel takes 108 on Linux and 104 on macOS, the closing NUL included (unix(7))."""


_LINUX: Final[bool] = sys.platform.startswith("linux")


@dataclass(frozen=True, slots=True)
class Paths:
    """Places of one instance. Nothing is created until `ensure`."""

    config_dir: Path
    state_dir: Path
    runtime_dir: Path
    settings_file: Path
    entries_file: Path
    socket_path: Path
    lock_path: Path
    log_path: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Paths:
        """The places `environ` asks for: ROLECALL_HOME, else XDG on Linux, else the platform's own.

        Without XDG_RUNTIME_DIR the socket lies below the state folder: a folder for all users'
        temporary files would let others take its name first.
        Source: XDG Base Directory Specification 0.8 (relative paths are to be ignored).
        """
        if environ.get("ROLECALL_HOME"):
            home = Path(environ["ROLECALL_HOME"]).expanduser().absolute()
            return cls._at(home / "config", home / "state", home / "run")
        if _LINUX:
            return cls._xdg(environ)
        return cls._platform()

    @classmethod
    def _at(cls, config: Path, state: Path, runtime: Path) -> Paths:
        return cls(
            config_dir=config,
            state_dir=state,
            runtime_dir=runtime,
            settings_file=config / "settings.toml",
            entries_file=config / "roles.toml",
            socket_path=runtime / "agent.sock",
            lock_path=runtime / "agent.lock",
            log_path=state / "rolecall.log",
        )

    @classmethod
    def _xdg(cls, environ: Mapping[str, str]) -> Paths:
        # Written out and not asked of platformdirs: it costs `rolecall list` several milliseconds,
        # reads the process's environment only, and falls back to a shared temporary folder.
        home = Path(environ.get("HOME") or Path.home())
        config = (_folder(environ, "XDG_CONFIG_HOME") or home / ".config") / "rolecall"
        state = (_folder(environ, "XDG_STATE_HOME") or home / ".local" / "state") / "rolecall"
        runtime = _folder(environ, "XDG_RUNTIME_DIR")
        return cls._at(config, state, runtime / "rolecall" if runtime else state / "run")

    @classmethod
    def _platform(cls) -> Paths:
        from platformdirs import PlatformDirs

        folders = PlatformDirs("rolecall", appauthor=False, roaming=False)
        state = folders.user_state_path
        return cls._at(folders.user_config_path, state, state / "run")

    def ensure(self) -> Problem | None:
        """Make our folders, 0700 each; narrow those of ours that are wider.

        Returns the Problem of a home where nothing can be written: one can work there, from memory.
        Raises ProblemError if a folder belongs to somebody else, if the runtime folder cannot be made,
        and if the socket's path is longer than the kernel takes.
        """
        if len(os.fsencode(self.socket_path)) > LONGEST_SOCKET_PATH:
            raise ProblemError(_too_long(self.socket_path))
        private_folder(self.runtime_dir)
        for folder in (self.config_dir, self.state_dir):
            try:
                _make(folder)
                _narrow(folder)
            except OSError as error:
                return _nothing_kept(folder, error.strerror or str(error))
            if not os.access(folder, os.W_OK | os.X_OK):
                return _nothing_kept(folder, os.strerror(errno.EROFS))
        return None


def private_folder(folder: Path) -> None:
    """Make `folder` 0700 and ours, or raise ProblemError. Parents that are missing become 0700 too."""
    try:
        _make(folder)
        _narrow(folder)
    except OSError as error:
        raise ProblemError(_no_folder(folder, error)) from None


def _make(folder: Path) -> None:
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def _narrow(folder: Path) -> None:
    if os.name != "posix":
        return  # the profile folders of Windows carry their own access list
    found = folder.stat()
    if found.st_uid != os.geteuid():
        raise ProblemError(_foreign(folder))
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name, "")
    return Path(value) if value.startswith("/") else None


@dataclass(frozen=True, slots=True)
class AwsFiles:
    """The two files all AWS tools share; they need not exist."""

    config: Path
    credentials: Path

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> AwsFiles:
        """The files `environ` names, found as botocore finds them (`~` and `$NAME` replaced).

        Source: AWS SDKs and Tools Reference Guide, "Location of the shared config and credentials
        files"; botocore configloader.raw_config_parse.
        """
        return cls(
            config=_aws_file(environ, "AWS_CONFIG_FILE", "~/.aws/config"),
            credentials=_aws_file(environ, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
        )


def sso_cache_folder(environ: Mapping[str, str]) -> Path:
    """Where the AWS CLI and the SDKs share tokens of Identity Center; the demo has a folder of its own.

    Source: botocore tokens.SSOTokenProvider. No variable of AWS's moves it: with HOME set to the demo's
    folder, other tools share the demo's tokens.
    """
    own = environ.get("ROLECALL_HOME") if environ.get("ROLECALL_DEMO_URL") else None
    home = Path(own) if own else Path(environ.get("HOME") or Path.home())
    return home / ".aws" / "sso" / "cache"


def _aws_file(environ: Mapping[str, str], name: str, otherwise: str) -> Path:
    place = os.path.expanduser(os.path.expandvars(environ.get(name, otherwise)))  # noqa: PTH111  as botocore
    return Path(place or os.devnull)  # botocore finds no file under an empty name


def _too_long(path: Path) -> Problem:
    return Problem(
        "socket_path_too_long",
        text(QT_TRANSLATE_NOOP("Problem", "The path of the socket is too long: {path}"), path=path),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Set ROLECALL_HOME (or XDG_RUNTIME_DIR) to a shorter path; {most} bytes are the most.",
            ),
            most=LONGEST_SOCKET_PATH,
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )


def _foreign(folder: Path) -> Problem:
    return Problem(
        "folder_foreign",
        text(
            QT_TRANSLATE_NOOP("Problem", "The folder {folder} belongs to another user"),
            folder=folder,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "Rolecall keeps nothing there. Remove the folder or choose another one."
            )
        ),
        exit=Exit.LOCAL,
        file=str(folder),
    )


def _nothing_kept(folder: Path, cause: str) -> Problem:
    return Problem(
        "nothing_kept",
        text(
            QT_TRANSLATE_NOOP("Problem", "Nothing can be kept in {folder}: {cause}"),
            folder=folder,
            cause=cause,
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Rolecall works from memory: choices, journal and sessions end with it.",
            )
        ),
        text(QT_TRANSLATE_NOOP("Problem", "Make it writable for you, or set ROLECALL_HOME.")),
        exit=Exit.LOCAL,
        file=str(folder),
    )


def _no_folder(folder: Path, error: OSError) -> Problem:
    return Problem(
        "folder_unusable",
        text(
            QT_TRANSLATE_NOOP("Problem", "The folder {folder} cannot be used: {cause}"),
            folder=folder,
            cause=error.strerror,
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Make it writable for you, or set ROLECALL_HOME.")
        ),
        exit=Exit.LOCAL,
        file=str(folder),
    )
