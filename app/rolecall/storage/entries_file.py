"""roles.toml: roles that are in no AWS file. Owns its form; what an entry's keys mean is the domain's.

    ["prod admin"]
    role_arn = "arn:aws:iam::111122223333:role/Admin"
    source_profile = "work"

One table for each entry, its values flat. An entry that can only be understood in part is left out
whole: a session policy that is passed over would give a session more rights than its writer meant.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rolecall.domain.entry import ENTRY_KEYS, KNOWN_KEYS, SECRET_KEYS, nearest
from rolecall.domain.problem import Problem, ProblemError
from rolecall.storage import atomic_file, entry_problems

if TYPE_CHECKING:
    from rolecall.storage.entry_tables import Chunk

Entry = dict[str, str]

LONGEST_NAME: Final = 128


def read_entries(
    path: Path, taken: Container[str] = ()
) -> tuple[dict[str, Entry], tuple[Problem, ...]]:
    """The entries of a file by name, in its order, and what is wrong with the others. Never raises.

    taken: names that an AWS profile has. Such an entry is left out and told, never a silent override.
    """
    try:
        source = _text(path, atomic_file.read(path)[1])
    except ProblemError as error:
        return {}, (error.problem,)
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    twice: set[str] = set()
    for name, line, value in _values(path, source, problems):
        try:
            entry = _entry(path, line, name, value)
        except ProblemError as error:
            problems.append(error.problem)
            continue
        if name in taken:
            problems.append(entry_problems.taken(path, line, name))
        elif name in entries:
            twice.add(name)
            problems.append(entry_problems.twice(path, line, name))
        else:
            entries[name] = entry
    return {name: entry for name, entry in entries.items() if name not in twice}, tuple(problems)


def put_entries(path: Path, entries: Mapping[str, Mapping[str, str]]) -> bool:
    """Add entries, or change those of the same name; comments and all else stay.

    Raises ProblemError, also where what stays of an entry makes it one that is left out; the file is
    then as it was. Returns whether anything had to be written.
    """
    for name, entry in entries.items():
        _check_name(path, 0, name)
        _entry(path, 0, name, dict(entry))
    return atomic_file.change(path, lambda raw: _put(path, _text(path, raw), entries).encode())


def remove_entry(path: Path, name: str) -> bool:
    """Take an entry out, with the comment right above it. Returns whether it was there.

    Raises ProblemError; the file is then as it was.
    """
    return atomic_file.change(path, lambda raw: _removed(_text(path, raw), name).encode())


def _text(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProblemError(
            entry_problems.no_utf8(path, raw[: error.start].count(b"\n") + 1)
        ) from None


def _values(path: Path, source: str, problems: list[Problem]) -> Iterable[tuple[str, int, Any]]:
    """Each table's name, line and value; tables that TOML cannot read go to `problems`."""
    if not source.strip():
        return
    from rolecall.storage.entry_tables import split

    for chunk in split(source):
        if chunk.fault:
            problems.append(entry_problems.no_toml(path, chunk.fault))
        for name, value in chunk.found.items():
            yield name, chunk.head, value


def _entry(path: Path, line: int, name: str, value: Any) -> Entry:
    """One table as an entry. Raises ProblemError for what cannot be one."""
    if not isinstance(value, dict):
        raise ProblemError(entry_problems.outside(path, line, name))
    _check_name(path, line, name)
    for key in value:
        if key.lower() in SECRET_KEYS:
            raise ProblemError(entry_problems.secret(path, line, name, key))
    entry = {}
    for key, each in value.items():
        if key not in KNOWN_KEYS and not isinstance(each, dict):
            raise ProblemError(entry_problems.unknown(path, line, name, key, nearest(key)))
        plain = _plain(each)
        if plain is None or not _printable(plain):
            raise ProblemError(entry_problems.bad_value(path, line, name, key))
        entry[key] = plain
    return entry


def _check_name(path: Path, line: int, name: str) -> None:
    fine = name.isprintable() and name == name.strip() and 0 < len(name) <= LONGEST_NAME
    if not fine or name.startswith("-"):
        raise ProblemError(entry_problems.bad_name(path, line, name))


def _flat(value: Any) -> bool:
    return isinstance(value, dict) and not any(isinstance(each, dict) for each in value.values())


def _plain(value: Any) -> str | None:
    """A value as text: a number and a list of texts are taken as a person means them, else None."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ",".join(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def _printable(value: str) -> bool:
    return value.replace("\t", "").replace("\n", "").isprintable()


def _put(path: Path, source: str, entries: Mapping[str, Mapping[str, str]]) -> str:
    from rolecall.storage.entry_tables import split

    left = dict(entries)
    parts: list[str] = []
    for chunk in split(source):
        mine = {
            name: left.pop(name)
            for name in chunk.found
            if name in left and _flat(chunk.found[name])
        }
        parts.append(_rewritten(path, chunk, mine) if mine else chunk.text)
    for name, entry in left.items():
        before = parts[-1] if parts else ""
        gap = "" if not before or before.endswith("\n\n") else "\n"
        parts.append(
            ("" if before.endswith("\n") or not before else "\n") + gap + _new(name, entry)
        )
    return "".join(parts)


def _rewritten(path: Path, chunk: Chunk, entries: Mapping[str, Mapping[str, str]]) -> str:
    """A chunk with its entries changed. Raises ProblemError where one would still be left out."""
    import tomllib

    changed = _changed(chunk.text, entries)
    tables = tomllib.loads(changed)
    for name in entries:
        _entry(path, chunk.head, name, tables[name])
    return changed


def _changed(chunk: str, entries: Mapping[str, Mapping[str, str]]) -> str:
    import tomlkit

    document = tomlkit.parse(chunk)
    for name, entry in entries.items():
        table: Any = document[name]
        for gone in [key for key in table if key in ENTRY_KEYS and key not in entry]:
            del table[gone]
        for key, value in entry.items():
            if _plain(table.get(key)) != value:
                table[key] = _item(value)
    return tomlkit.dumps(document)


def _new(name: str, entry: Mapping[str, str]) -> str:
    import tomlkit

    table = tomlkit.table()
    for key, value in entry.items():
        table.add(key, _item(value))
    document = tomlkit.document()
    document.add(tomlkit.key(name), table)
    return tomlkit.dumps(document)


def _item(value: str) -> Any:
    """A text as TOML, written the way that is easiest to read: a policy without a backslash for each quote."""
    import tomlkit

    if "'" in value or not value.replace("\n", "").isprintable():
        return tomlkit.string(value)
    if "\n" in value:
        return tomlkit.string(value, literal=True, multiline=True)
    return tomlkit.string(value, literal='"' in value or "\\" in value)


def _removed(source: str, name: str) -> str:
    from rolecall.storage.entry_tables import split

    return "".join(_without(chunk.text, chunk.found, name) for chunk in split(source))


def _without(chunk: str, found: Mapping[str, Any], name: str) -> str:
    if name not in found:
        return chunk
    if len(found) == 1:
        return ""
    import tomlkit

    document = tomlkit.parse(chunk)
    del document[name]
    return tomlkit.dumps(document)
