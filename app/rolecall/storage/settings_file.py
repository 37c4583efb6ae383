"""The settings file: TOML that a person may edit. Owns its form; the defaults are the domain's."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.domain.role import Identity
from rolecall.domain.settings import COPY_FORMATS, Settings
from rolecall.domain.trust import KEYS
from rolecall.storage import atomic_file

_IDENTITY_KEYS: Final = ("mfa_serial", "account_id", "region")
_DEFAULTS: Final = Settings()


def load_settings(path: Path) -> tuple[Settings, Problem | None]:
    """The settings of a file, and what is wrong with it. Never raises.

    No file: defaults. A file that is not TOML: defaults. A value that cannot be: its default.
    """
    try:
        _, raw = atomic_file.read(path)
        found = _parsed(path, raw)
    except ProblemError as error:
        return Settings(), error.problem
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for name, take in _TAKERS.items():
        if name in found:
            try:
                values[name] = take(found[name])
            except (ValueError, TypeError):
                wrong.append(name)
    return Settings(**values), _wrong_values(path, wrong) if wrong else None


def _parsed(path: Path, raw: bytes) -> dict[str, Any]:
    if not raw:
        return {}
    import tomllib

    try:
        return tomllib.loads(raw.decode())
    except tomllib.TOMLDecodeError as error:
        line = str(error).partition("line ")[2].partition(",")[0]
        raise ProblemError(_no_toml(path, int(line) if line.isdigit() else 0)) from None
    except UnicodeDecodeError:
        raise ProblemError(_no_toml(path, 0)) from None


def _one_of(*choices: str) -> Callable[[Any], str]:
    def take(value: Any) -> str:
        if value not in choices:
            raise ValueError
        return str(value)

    return take


def _word(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable() or len(value) > 256:
        raise ValueError
    return value


def _session_name(value: Any) -> str:
    if not value:
        return ""
    from rolecall.domain import limits  # an idle app without one does without its patterns

    if limits.session_name(_word(value)) is not None:
        raise ValueError
    return str(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _seconds(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 600:
        raise ValueError
    return value


def _minutes(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(
        isinstance(each, int) and not isinstance(each, bool) and 0 < each <= 720 for each in value
    ):
        raise ValueError
    return tuple(sorted(set(value), reverse=True))


def _life(value: Any) -> int:
    """Minutes: none, or what AWS gives a role at least and at most."""
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or not (not value or 15 <= value <= 720)
    ):
        raise ValueError
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(dict.fromkeys(_word(each) for each in value))


def _accounts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError
    return {_word(account): _word(name) for account, name in value.items()}


def _identities(value: Any) -> dict[str, Identity]:
    if not isinstance(value, dict):
        raise TypeError
    return {
        _word(name): Identity(
            name, **{key: _word(kept[key]) for key in _IDENTITY_KEYS if key in kept}
        )
        for name, kept in value.items()
    }


def _approvals(value: Any) -> dict[str, dict[str, str]]:
    kept = _one_of("always", "never")
    if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
        raise TypeError
    return {
        _word(role): {str(program): kept(answer) for program, answer in programs.items()}
        for role, programs in value.items()
    }


def _trusted(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
        raise TypeError
    return {
        str(profile): {key: _digest(lines[key]) for key in KEYS if key in lines}
        for profile, lines in value.items()
    }


def _digest(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value, re.ASCII):
        raise ValueError
    return value


_TAKERS: Final[dict[str, Callable[[Any], Any]]] = {
    "copy_format": _one_of(*COPY_FORMATS),
    "notices": _minutes,
    "clipboard_seconds": _seconds,
    "hide_to_tray": _flag,
    "renew": _flag,
    "ask_at_once": _flag,
    "keep_sessions": _flag,
    "lock_on_sleep": _flag,
    "lock_on_screen_lock": _flag,
    "theme": _one_of("", "light", "dark"),
    "language": _word,
    "console_service": _word,
    "session_name": _session_name,
    "favourites": _words,
    "recents": _words,
    "accounts": _accounts,
    "identities": _identities,
    "ask_first": _words,
    "approvals": _approvals,
    "production": _words,
    "production_patterns": _words,
    "not_production": _words,
    "unasked": _words,
    "confirm_production": _flag,
    "production_reason": _flag,
    "production_minutes": _life,
    "trusted": _trusted,
    "seeds": _words,
    "devices": _accounts,
}


def save_settings(path: Path, settings: Settings) -> None:
    """Write what differs from the file, comments and unknown keys kept. Raises ProblemError.

    A file that is not TOML is kept under another name first, so that nothing a person wrote is lost.
    """
    atomic_file.change(path, lambda raw: _edited(path, raw, settings))


def _edited(path: Path, raw: bytes, settings: Settings) -> bytes:
    import tomlkit

    try:
        known = _parsed(path, raw)
    except ProblemError:
        _keep_aside(path, raw)
        known, raw = {}, b""
    document = tomlkit.parse(raw.decode())
    for each in fields(Settings):
        value = _plain(getattr(settings, each.name))
        default = _plain(getattr(_DEFAULTS, each.name))
        if value == known.get(each.name, default):
            continue
        if isinstance(value, dict):
            _merge_table(document, each.name, value)
        else:
            document[each.name] = value
    return tomlkit.dumps(document).encode()


def _plain(value: Any) -> Any:
    """A setting as TOML has it."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, Identity):
        return {key: text for key in _IDENTITY_KEYS if (text := getattr(value, key))}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _merge_table(parent: Any, name: str, values: dict[str, Any], *, whole: bool = True) -> None:
    """Make a table hold `values`; what did not change keeps its comments, an identity its unknown keys.

    whole: all of it is ours, so that what is not in `values` goes.
    """
    import tomlkit

    if not isinstance(parent.get(name), dict):
        parent[name] = tomlkit.table()
    table = parent[name]
    ours = tuple(table) if whole else _IDENTITY_KEYS
    for gone in [key for key in ours if key in table and key not in values]:
        del table[gone]
    for key, value in values.items():
        if isinstance(value, dict):
            _merge_table(table, key, value, whole=name != "identities")
        elif table.get(key) != value:
            table[key] = value


def _keep_aside(path: Path, raw: bytes) -> None:
    for number in range(1, 100):
        aside = path.with_name(f"{path.name}.unreadable-{number}")
        try:
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if aside.read_bytes() == raw:
                return
            continue
        except OSError as error:
            raise ProblemError(_not_kept(path, error)) from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(descriptor)
        return


def _no_toml(path: Path, line: int) -> Problem:
    return Problem(
        "settings_unreadable",
        text(QT_TRANSLATE_NOOP("Problem", "The settings in {file} cannot be read"), file=path),
        text(QT_TRANSLATE_NOOP("Problem", "The defaults hold until then.")),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Mend line {line}. If a setting is changed first, the file is kept aside.",
            ),
            line=line or "?",
        ),
        exit=Exit.LOCAL,
        file=str(path),
        line=line,
    )


def _wrong_values(path: Path, names: list[str]) -> Problem:
    return Problem(
        "settings_value",
        text(QT_TRANSLATE_NOOP("Problem", "A setting in {file} cannot be used"), file=path),
        text(
            QT_TRANSLATE_NOOP("Problem", "The defaults hold for: {names}"), names=", ".join(names)
        ),
        text(QT_TRANSLATE_NOOP("Problem", "Correct it, or choose it anew in the settings.")),
        exit=Exit.LOCAL,
        file=str(path),
    )


def _not_kept(path: Path, error: OSError) -> Problem:
    return Problem(
        "settings_not_saved",
        text(
            QT_TRANSLATE_NOOP("Problem", "The settings in {file} could not be saved: {cause}"),
            file=path,
            cause=error.strerror,
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )
