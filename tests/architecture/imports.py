"""Reads what each module of a tree imports, and whether at module level or inside a function.

Owns the reading only; the rules about it stand in `rules.py`. Nothing is imported to be read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name. `late` means inside a function: it costs nothing at start."""

    path: str
    line: int
    target: str
    late: bool


@cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def modules(package: Path) -> Iterator[tuple[str, Path]]:
    """Every module below `package`, as its path inside it (`ui/tray.py`) and its file."""
    for file in sorted(package.rglob("*.py")):
        yield file.relative_to(package).as_posix(), file


def imports(package: Path) -> Iterator[Import]:
    """Every import of every module below `package`, absolute names, relative ones resolved."""
    for path, file in modules(package):
        for node, late in _import_nodes(parse(file), late=False):
            for target in _targets(node, package, path):
                yield Import(path, node.lineno, target, late)


def _import_nodes(
    node: ast.AST, *, late: bool
) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, late
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        # What only the type checker sees costs nothing at start either.
        inside = inside or (
            isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        )
        yield from _import_nodes(child, late=late or inside)


def _targets(node: ast.Import | ast.ImportFrom, package: Path, path: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = _base(node, package, path)
    if base == package.name or _is_folder(package, base):
        # `from rolecall.ui import tray` names a module; `from rolecall import __version__` does not.
        yield from (f"{base}.{alias.name}" for alias in node.names)
    else:
        yield base


def _base(node: ast.ImportFrom, package: Path, path: str) -> str:
    if not node.level:
        return node.module or ""
    here = [package.name, *Path(path).parent.parts]
    kept = here[: len(here) - (node.level - 1)]
    return ".".join([*kept, *([node.module] if node.module else [])])


def _is_folder(package: Path, dotted: str) -> bool:
    first, *rest = dotted.split(".")
    return first == package.name and package.joinpath(*rest).is_dir()
