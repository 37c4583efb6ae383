"""Reads the configuration of another tool: finds its file, knows its form, hands what is in it to the domain.

Reads only, and keeps nothing: what may hold a secret (an access key in an INI file) is dropped right here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rolecall.domain import import_ini, import_trees
from rolecall.domain.entry import SECRET_KEYS
from rolecall.domain.imports import Import
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.storage import atomic_file
from rolecall.storage.aws_ini import parse

Sections = Mapping[str, Mapping[str, str]]

LARGEST: Final = 4 * 1024 * 1024
"""Bytes; no configuration that a person wrote is larger."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool whose configuration can be read. places: where it lies below the home folder, the newest first."""

    name: str
    title: str
    places: tuple[str, ...]
    read: Callable[[Path, bytes], Import]


def read_import(tool: str, path: Path) -> Import:
    """What the file of `tool` holds. Raises ProblemError where it cannot be read, KeyError for no such tool."""
    raw = atomic_file.read(path)[1]
    if not raw:
        raise ProblemError(_nothing(path))
    if len(raw) > LARGEST:
        raise ProblemError(_no_form(path, 0))
    return TOOLS[tool].read(path, raw)


def home_file(tool: str, home: Path) -> Path | None:
    """Where `tool` keeps its configuration, or None where only the person knows."""
    places = [home / place for place in TOOLS[tool].places]
    return next((place for place in places if place.exists()), places[0] if places else None)


def _sections(path: Path, raw: bytes) -> Sections:
    """The sections of an INI file, every secret left out. Raises ProblemError for bytes that are none."""
    content = parse(raw)
    if not content.sections:
        raise ProblemError(_no_form(path, 0))
    return {
        header: {
            key.lower(): value for key, value in section.items() if key.lower() not in SECRET_KEYS
        }
        for header, section in content.sections.items()
        if header not in content.unsure and header not in content.owned
    }


def _extend_switch_roles(path: Path, raw: bytes) -> Import:
    return import_ini.extend_switch_roles(_sections(path, raw))


def _aws_vault(path: Path, raw: bytes) -> Import:
    return import_ini.aws_vault(_sections(path, raw))


def _granted(path: Path, raw: bytes) -> Import:
    """A config file, or a registry's granted.yml, which names config files beside it."""
    if path.suffix not in {".yml", ".yaml"}:
        return import_ini.granted(_sections(path, raw))
    tree = _yaml(path, raw)
    names = tree.get("awsConfig") if isinstance(tree, dict) else None
    sections: dict[str, Mapping[str, str]] = {}
    for name in names if isinstance(names, list) else []:
        beside = path.parent / str(name)
        if not beside.resolve().is_relative_to(path.parent.resolve()):
            raise ProblemError(_outside(path, str(name)))
        sections |= _sections(beside, atomic_file.read(beside)[1])
    return import_ini.granted(sections)


def _logsmith(path: Path, raw: bytes) -> Import:
    return import_trees.logsmith(_yaml(path, raw))


def _aws_sso_cli(path: Path, raw: bytes) -> Import:
    return import_trees.aws_sso_cli(_yaml(path, raw))


def _leapp(path: Path, raw: bytes) -> Import:
    if not raw.lstrip().startswith(b"{"):
        from rolecall.storage.leapp_file import unlock

        raw = unlock(path, raw)
    try:
        return import_trees.leapp(json.loads(raw))
    except (ValueError, RecursionError):
        raise ProblemError(_no_form(path, 0)) from None


def _yaml(path: Path, raw: bytes) -> Any:
    """A YAML file with every scalar as text: account 012345678901 is no octal number here.

    Raises ProblemError. No tag makes an object of anything.
    """
    import yaml  # type: ignore[import-untyped]

    try:
        return yaml.load(raw.decode("utf-8-sig"), Loader=yaml.BaseLoader)  # noqa: S506  texts only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ProblemError(_no_form(path, mark.line + 1 if mark else 0)) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ProblemError(_no_form(path, 0)) from None


TOOLS: Final[dict[str, Tool]] = {
    each.name: each
    for each in (
        Tool("leapp", "Leapp", (".Leapp/Leapp-lock.json",), _leapp),
        Tool("aws-vault", "aws-vault", (".aws/config",), _aws_vault),
        Tool("extend-switch-roles", "AWS Extend Switch Roles", (), _extend_switch_roles),
        Tool("logsmith", "logsmith", (".logsmith/accounts.yaml",), _logsmith),
        Tool("granted", "granted", (".aws/config",), _granted),
        Tool(
            "aws-sso-cli",
            "aws-sso-cli",
            (".config/aws-sso/config.yaml", ".aws-sso/config.yaml"),
            _aws_sso_cli,
        ),
    )
}


def _nothing(path: Path) -> Problem:
    return Problem(
        "import_no_file",
        text(QT_TRANSLATE_NOOP("Problem", "There is nothing to import in {file}"), file=path),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "Name the file that the other tool wrote.")),
        exit=Exit.LOCAL,
        file=str(path),
    )


def _no_form(path: Path, line: int) -> Problem:
    return Problem(
        "import_unreadable",
        text(QT_TRANSLATE_NOOP("Problem", "{file} is not in the form of that tool"), file=path),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Look at line {line}, or choose another tool."),
            line=line or "?",
        ),
        exit=Exit.LOCAL,
        file=str(path),
        line=line,
    )


def _outside(path: Path, name: str) -> Problem:
    return Problem(
        "import_outside",
        text(
            QT_TRANSLATE_NOOP("Problem", "{file} names a file outside of its own folder: {name}"),
            file=path,
            name=name[:80],
        ),
        remedy=text(QT_TRANSLATE_NOOP("Problem", "granted does not allow that. Correct it there.")),
        exit=Exit.LOCAL,
        file=str(path),
    )
