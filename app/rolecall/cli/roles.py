"""`rolecall role`: the person's own roles, in roles.toml. Works on the file; the running app sees the change."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolecall.domain.entry import ENTRY_KEYS, KNOWN_KEYS, SECRET_KEYS, nearest
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.terminal import table, visible

if TYPE_CHECKING:
    from rolecall.domain.catalogue import Catalogue
    from rolecall.storage.entries_file import Entry


def roles(options: argparse.Namespace) -> int:
    """Do one of the verbs; returns the exit code. Raises ProblemError."""
    return _VERBS[options.verb](options)


def _list(options: argparse.Namespace) -> int:
    entries, problems = _read()
    if options.json:
        rows = [{"name": name, **entry} for name, entry in entries.items()]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif entries:
        lines = [
            (name, starts(entry), entry.get("role_arn", "")) for name, entry in entries.items()
        ]
        sys.stdout.write(table(("NAME", "STARTS FROM", "ROLE"), lines))
    else:
        tell("No own roles yet. “rolecall role add” makes one.")
    return _told(problems)


def starts(entry: Entry) -> str:
    """What an entry starts from, for a list."""
    keys = ("source_profile", "sso_session", "sso_start_url", "saml_login_url", "oidc_issuer")
    return next((entry[key] for key in keys if entry.get(key)), "")


def _add(options: argparse.Namespace) -> int:
    from rolecall.storage.entries_file import put_entries

    entry = dict(_pair(typed) for typed in options.keys)
    entries, _ = _read()
    if options.name in entries and not options.replace:
        raise ProblemError(_there(options.name))
    if options.name in _aws_names():
        raise ProblemError(_taken(options.name))
    path = _path()
    put_entries(path, {options.name: entry})
    tell(f"{options.name} is in {path}.")
    for line in _doubts(options.name, entry):
        tell(f"It will be refused for now. {line}")
    return int(Exit.DONE)


def _doubts(name: str, entry: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with an entry that was just written: a value AWS does not take, a way that leads nowhere."""
    from rolecall.domain.entry_form import faults, road_of
    from rolecall.domain.plan import plan
    from rolecall.domain.route import Wish
    from rolecall.domain.state import State

    catalogue = _catalogue()
    found = faults(road_of(entry), entry, set(catalogue.names()))
    yield from (f"{key}: {fault}" for key, fault in found.items() if entry.get(key))
    if name not in catalogue:
        yield "It has nothing that gives credentials."
        return
    route = plan(State(catalogue=catalogue), catalogue.role(name), Wish(), 0.0)
    if isinstance(route, Problem):
        yield f"{route.title} {route.remedy}".strip()


def _catalogue() -> Catalogue:
    from rolecall.storage.aws_config import read_catalogue
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.settings_file import load_settings

    paths = Paths.of(os.environ)
    identities = load_settings(paths.settings_file)[0].identities
    return read_catalogue(AwsFiles.of(os.environ), identities, paths.entries_file)


def _pair(typed: str) -> tuple[str, str]:
    from rolecall.domain.limits import written_tags

    key, mark, value = typed.partition("=")
    if key.lower() in SECRET_KEYS:
        raise ProblemError(_secret(key))
    if key not in KNOWN_KEYS:
        raise ProblemError(_no_key(key))
    if not mark:
        raise ProblemError(_no_value(key))
    if value.startswith("@"):
        from rolecall.cli.parser import policy

        try:
            value = policy(value)
        except argparse.ArgumentTypeError:
            raise ProblemError(_no_file(value[1:])) from None
    fault = written_tags(value) if key == "session_tags" else None
    if fault is not None:
        raise ProblemError(_bad_value(key, fault))
    return key, value


def _remove(options: argparse.Namespace) -> int:
    from rolecall.storage.entries_file import remove_entry

    path = _path()
    if not remove_entry(path, options.name):
        raise ProblemError(_not_there(options.name, path))
    tell(f"{options.name} left {path}.")
    return int(Exit.DONE)


def _export(options: argparse.Namespace) -> int:
    from rolecall.cli.role_export import export_roles

    entries, problems = _read()
    if not (options.everything or options.undo or options.name in entries):
        raise ProblemError(_not_there(options.name, _path()))
    told = _told(problems)
    return export_roles(options, entries) or told


def _import(options: argparse.Namespace) -> int:
    from rolecall.cli.role_import import import_roles

    entries, problems = _read()
    known = _aws_catalogue()
    import_roles(options, {*entries, *known.profiles, *_identities()}, known.sso_sessions, _path())
    return _told(problems)


# --- what is there -----------------------------------------------------------------------------------


def _path() -> Path:
    from rolecall.storage.paths import Paths

    return Paths.of(os.environ).entries_file


def _read() -> tuple[dict[str, Entry], tuple[Problem, ...]]:
    from rolecall.storage.entries_file import read_entries

    return read_entries(_path(), _aws_names())


def _aws_names() -> frozenset[str]:
    return frozenset(_aws_catalogue().profiles)


def _aws_catalogue() -> Catalogue:
    from rolecall.storage.aws_config import read_catalogue
    from rolecall.storage.paths import AwsFiles

    return read_catalogue(AwsFiles.of(os.environ), {})


def _identities() -> frozenset[str]:
    from rolecall.storage.paths import Paths
    from rolecall.storage.settings_file import load_settings

    return frozenset(load_settings(Paths.of(os.environ).settings_file)[0].identities)


def _told(problems: tuple[Problem, ...]) -> int:
    for problem in problems:
        tell("\n".join(problem.lines()))
    return int(problems[0].exit if problems else Exit.DONE)


def tell(line: str) -> None:
    """A line on stderr."""
    sys.stderr.write(visible(line) + "\n")


_VERBS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {
    "list": _list,
    "add": _add,
    "remove": _remove,
    "export": _export,
    "import": _import,
}


def usage(
    code: str, title: str, remedy: str, exit_code: Exit = Exit.USAGE, **values: object
) -> Problem:
    """A Problem of the command line."""
    return Problem(code, text(title, **values), remedy=text(remedy, **values), exit=exit_code)


def _no_key(key: str) -> Problem:
    near = nearest(key)
    return usage(
        "entry_key",
        QT_TRANSLATE_NOOP("Problem", "An own role has no key “{key}”"),
        QT_TRANSLATE_NOOP("Problem", "Write {near} if that is meant. The keys are: {keys}")
        if near
        else QT_TRANSLATE_NOOP("Problem", "Write KEY=VALUE. The keys are: {keys}"),
        key=key[:80],
        near=near,
        keys=", ".join(sorted(ENTRY_KEYS)),
    )


def _no_value(key: str) -> Problem:
    return usage(
        "entry_no_value",
        QT_TRANSLATE_NOOP("Problem", "{key} has no value"),
        QT_TRANSLATE_NOOP("Problem", "Write it as {key}=VALUE."),
        key=key,
    )


def _bad_value(key: str, fault: Text) -> Problem:
    title = text(QT_TRANSLATE_NOOP("Problem", "{key} cannot be taken as it is"), key=key)
    return Problem("entry_bad_value", title, remedy=fault, exit=Exit.USAGE)


def _secret(key: str) -> Problem:
    """A secret in place of an entry's key. Never shows its value."""
    title = QT_TRANSLATE_NOOP(
        "Problem", "{key} has no place in an own role: roles.toml holds no secret"
    )
    remedies = {
        "client": QT_TRANSLATE_NOOP(
            "Problem",
            "Add the role without it; “rolecall client-secret ROLE” then puts it into the keyring.",
        ),
        "key": QT_TRANSLATE_NOOP(
            "Problem",
            "“rolecall key add NAME” puts the access key into the keyring; start from it with "
            "source_profile=NAME.",
        ),
        "": QT_TRANSLATE_NOOP(
            "Problem", "Leave it out: Rolecall gets sessions itself, and asks for no password."
        ),
    }
    plain = key.lower()
    kind = "client" if "client_secret" in plain else "key" if "access_key" in plain else ""
    return usage("entry_secret", title, remedies[kind], key=key)


def _no_file(name: str) -> Problem:
    return usage(
        "entry_value_file",
        QT_TRANSLATE_NOOP("Problem", "{file} cannot be read"),
        QT_TRANSLATE_NOOP("Problem", "Make it a file that you may read, or remove it."),
        file=name,
    )


def _there(name: str) -> Problem:
    return usage(
        "entry_there",
        QT_TRANSLATE_NOOP("Problem", "There is an own role {name} already"),
        QT_TRANSLATE_NOOP("Problem", "Change it with --replace, or take another name."),
        name=name,
    )


def _taken(name: str) -> Problem:
    return usage(
        "entry_taken",
        QT_TRANSLATE_NOOP("Problem", "The own role {name} has the name of an AWS profile"),
        QT_TRANSLATE_NOOP("Problem", "Give it another name: an AWS profile is never hidden."),
        name=name,
    )


def _not_there(name: str, path: Path) -> Problem:
    return usage(
        "no_such_entry",
        QT_TRANSLATE_NOOP("Problem", "There is no own role {name} in {file}"),
        QT_TRANSLATE_NOOP("Problem", "“rolecall role list” shows those there are."),
        Exit.NO_SUCH_ROLE,
        name=name,
        file=path,
    )
