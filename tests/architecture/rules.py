"""The rules of docs/architecture.md, each a function from a source tree to the lines that break it.

Every rule answers with text a person can act on, `path:line: what is wrong`, and nothing when all
is well. `test_rules_catch.py` feeds each of them a small wrong tree.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from architecture.imports import Import, imports, modules, parse

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "app" / "rolecall"

# --- Who may import whom --------------------------------------------------------------------------

ANYBODY = {"domain"}
ABOVE_UI = {
    "aws",
    "storage",
    "sign_in",
    "sign_ins",
    "proving",
    "acting",
    "store",
    "actions",
    "answers",
    "keeping",
    "agent",
    "fast_client",
    "demo",
    "cli",
    "qr",
    "key_rotation",
    "own_user",
    "code_sources",
    "mfa_setup",
    "doctor",
}
ARROWS: dict[str, set[str]] = {
    "domain": set(),
    "aws": ANYBODY,
    "storage": ANYBODY,
    "agent": ANYBODY | {"fast_client"},
    "container_endpoint": ANYBODY,
    "qr": set(),
    "demo": ANYBODY,
    "store": ANYBODY,
    "sign_in": ANYBODY | {"aws"},
    "code_sources": ANYBODY | {"storage"},
    "key_rotation": ANYBODY | {"storage"},
    "own_user": ANYBODY | {"aws"},
    "mfa_setup": ANYBODY | {"storage"},
    "doctor": ANYBODY | {"storage", "own_user", "mfa_setup"},
    "proving": ANYBODY | {"aws", "storage", "proving"},
    "sign_ins": ANYBODY | {"store", "proving"},
    "acting": ANYBODY
    | {"store", "sign_in", "sign_ins", "proving", "code_sources", "storage", "acting"},
    "actions": ANYBODY | {"store", "sign_in", "sign_ins", "proving", "storage", "acting"},
    "answers": ANYBODY | {"store", "actions", "sign_in", "agent"},
    "keeping": ANYBODY | {"store", "actions", "storage"},
    "cli": ANYBODY | {"agent", "fast_client"},
    "ui": ANYBODY | ABOVE_UI,
    "__main__": {"cli", "fast_client"},
    "__init__": set(),
    "fast_client": set(),
    "ask": {"fast_client"},
}
# Inside a function also these. The Store is the cell that Actions work on: who builds one, builds both.
LATE_ARROWS: dict[str, set[str]] = {
    "code_sources": {"aws"},
    "acting": {"own_user", "key_rotation", "mfa_setup", "doctor"},
    "cli": {
        "actions",
        "answers",
        "store",
        "sign_in",
        "storage",
        "demo",
        "container_endpoint",
        "keeping",
        "proving",
        "qr",
        "key_rotation",
        "own_user",
        "mfa_setup",
        "doctor",
    },
    "__main__": {"ui.main"},
}

# --- Who may use which library --------------------------------------------------------------------

HOMES: dict[str, tuple[str, ...]] = {
    "boto3": ("aws/",),
    "mypy_boto3_sts": ("aws/",),
    "botocore": ("aws/",),
    "jwt": ("aws/id_token.py",),
    "s3transfer": (),
    "PySide6": ("ui/",),
    "shiboken6": ("ui/",),
    "keyring": ("storage/keyring_library.py",),
    "secretstorage": ("storage/secret_service.py",),
    "jeepney": ("storage/secret_service.py", "storage/tray_watch.py", "ui/"),
    "platformdirs": ("storage/",),
    "tomlkit": ("storage/",),
    "yaml": ("storage/import_file.py",),
    "cryptography": ("storage/", "demo/jws.py", "demo/aws_login.py", "demo/xml_signature.py"),
    "zxingcpp": ("qr.py", "demo/qr_png.py"),
    "fast_client": ("ask.py",),
}
DOMAIN_MAY_NOT = {
    "asyncio", "http", "logging", "multiprocessing", "os", "random", "secrets", "shutil", "socket",
    "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time",
}  # fmt: skip
CLOCK_CALLS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
FAST_CLIENT_MAY = {"sys", "posix", "_socket"}

# --- What may be said only in one place -----------------------------------------------------------

TIMERS = {"QTimer", "QBasicTimer", "QChronoTimer", "startTimer"}
TIMER_HOMES = ("ui/heartbeat.py",)
THREADS = {
    "Thread", "Timer", "ThreadPoolExecutor", "ProcessPoolExecutor", "ThreadingMixIn", "ThreadingHTTPServer",
    "ThreadingTCPServer", "ThreadingUnixStreamServer", "start_new_thread", "to_thread", "run_in_executor",
    "QThread", "QThreadPool", "QRunnable", "QtConcurrent",
}  # fmt: skip
THREAD_HOMES = ("ui/background.py", "demo/", "container_endpoint.py")
SHELLS = {
    "os.system",
    "os.popen",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "pty.spawn",
}
TEXTS = {"text", "Text"}
MENU_SURPRISES = {"aboutToShow"}
NESTED_LOOPS = {"exec", "exec_"}
NESTED_LOOP_HOMES = ("ui/main.py",)
VAGUE_NAMES = {
    "utils", "util", "helpers", "helper", "manager", "managers", "common", "misc",
}  # fmt: skip

Rule = Callable[[Path], Iterator[str]]


def arrows(package: Path = PACKAGE) -> Iterator[str]:
    """Every import inside the package follows an arrow."""
    for one in imports(package):
        wanted = _inside(one, package)
        if wanted and not _allowed(one, wanted):
            when = "inside a function" if one.late else "at module level"
            yield f"{one.path}:{one.line}: {_layer(one.path)} may not import {wanted} {when}"


def libraries(package: Path = PACKAGE) -> Iterator[str]:
    """Every third-party library is imported in its home only, and each has a home."""
    for one in imports(package):
        top = one.target.split(".", 1)[0]
        if top == package.name or top in sys.stdlib_module_names:
            continue
        if top not in HOMES:
            yield f"{one.path}:{one.line}: {top} has no home in the house"
        elif not _at_home(one.path, HOMES[top]):
            yield f"{one.path}:{one.line}: {top} is imported outside {' '.join(HOMES[top]) or 'boto3'}"


def pure_domain(package: Path = PACKAGE) -> Iterator[str]:
    """domain/ has no I/O, no clock, no thread and no log."""
    for one in imports(package):
        top = one.target.split(".", 1)[0]
        if one.path.startswith("domain/") and top in DOMAIN_MAY_NOT:
            yield f"{one.path}:{one.line}: domain may not import {top}"
    for path, file in modules(package):
        if path.startswith("domain/"):
            yield from (
                f"{path}:{line}: domain may not {what}" for line, what in _impure_calls(file)
            )


def fast_client(package: Path = PACKAGE) -> Iterator[str]:
    """fast_client.py imports its three built-in modules and nothing else, not even late; ask.py imports it."""
    for one in imports(package):
        if one.path == "ask.py" and one.target != "fast_client":
            yield f"{one.path}:{one.line}: what a wired line runs may not import {one.target}"
        if one.path == "fast_client.py" and one.target not in FAST_CLIENT_MAY:
            yield f"{one.path}:{one.line}: the fast client may not import {one.target}"


def one_timer(package: Path = PACKAGE) -> Iterator[str]:
    """The heartbeat owns the one timer."""
    yield from _names_outside(package, TIMERS, TIMER_HOMES, "a timer stands only in")


def few_threads(package: Path = PACKAGE) -> Iterator[str]:
    """Threads are started in background.py, the embedded AWS and the container endpoint."""
    yield from _names_outside(package, THREADS, THREAD_HOMES, "a thread is started only in")


def no_nested_loops(package: Path = PACKAGE) -> Iterator[str]:
    """Dialogs and menus are opened, never executed; only the application itself is."""
    for path, file in modules(package):
        if not path.startswith("ui/") or _at_home(path, NESTED_LOOP_HOMES):
            continue
        for node in ast.walk(parse(file)):
            if isinstance(node, ast.Call) and _last(node.func) in NESTED_LOOPS:
                yield f"{path}:{node.lineno}: {_last(node.func)}() starts a nested loop; use open()"


def no_late_menus(package: Path = PACKAGE) -> Iterator[str]:
    """Menus are right at all times; no tray host on Linux need say that it is about to show one."""
    yield from _names_outside(package, MENU_SURPRISES, (), "no menu is built in")


def no_shell(package: Path = PACKAGE) -> Iterator[str]:
    """No text ever goes through a shell."""
    for path, file in modules(package):
        for node in ast.walk(parse(file)):
            if isinstance(node, ast.Call) and _runs_a_shell(node):
                yield f"{path}:{node.lineno}: runs a shell"
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if f"{node.module}.{alias.name}" in SHELLS:
                        yield f"{path}:{node.lineno}: imports {node.module}.{alias.name}, a shell"


def marked_texts(package: Path = PACKAGE) -> Iterator[str]:
    """A Problem's words are marked for translation wherever it is raised; placeholders alone are no words."""
    for path, file in modules(package):
        for node in ast.walk(parse(file)):
            if isinstance(node, ast.Call) and _last(node.func) in TEXTS and node.args:
                first = node.args[0]
                words = first.value if isinstance(first, ast.Constant) else ""
                if re.search(r"[^\W\d_]", re.sub(r"\{\w*\}", "", str(words))):
                    yield f"{path}:{node.lineno}: unmarked words in {_last(node.func)}()"


def telling_names(root: Path = ROOT) -> Iterator[str]:
    """No file or folder is called by a word that says nothing."""
    for folder in ("app", "tests", "benchmarks", "packaging"):
        for path in sorted((root / folder).rglob("*")):
            if "__pycache__" not in path.parts and path.stem.lower() in VAGUE_NAMES:
                yield f"{path.relative_to(root).as_posix()}: say what it owns"


def _layer(path: str) -> str:
    return path.split("/", 1)[0].removesuffix(".py")


def _inside(one: Import, package: Path) -> str | None:
    """The part of our own package that is imported (`ui.main`), or None."""
    first, _, rest = one.target.partition(".")
    if first != package.name or rest in {"", "__version__"}:
        return None
    return rest


def _allowed(one: Import, wanted: str) -> bool:
    layer, other = _layer(one.path), wanted.split(".", 1)[0]
    if layer not in ARROWS:
        return False
    if other == layer or other in ARROWS[layer]:
        return True
    late = LATE_ARROWS.get(layer, set()) if one.late else set()
    return other in late or any(f"{wanted}.".startswith(f"{name}.") for name in late)


def _at_home(path: str, homes: tuple[str, ...]) -> bool:
    return any(path == home or (home.endswith("/") and path.startswith(home)) for home in homes)


def _names_outside(
    package: Path, names: set[str], homes: tuple[str, ...], why: str
) -> Iterator[str]:
    for path, file in modules(package):
        if _at_home(path, homes):
            continue
        for line, name in _names(parse(file)):
            if name in names:
                yield f"{path}:{line}: {name}: {why} {' and '.join(homes) or 'it'}"


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every name that is read, defined as a base, imported or reached through a dot."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.asname)


def _impure_calls(file: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parse(file)):
        if not isinstance(node, ast.Call):
            continue
        name = _last(node.func)
        if isinstance(node.func, ast.Attribute) and name in CLOCK_CALLS:
            yield node.lineno, f"read a clock ({name})"
        elif isinstance(node.func, ast.Name) and name in {"open", "print", "input"}:
            yield node.lineno, f"call {name}()"


def _last(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _runs_a_shell(call: ast.Call) -> bool:
    if ast.unparse(call.func) in SHELLS:
        return True
    return any(
        word.arg == "shell"
        and not (isinstance(word.value, ast.Constant) and word.value.value is False)
        for word in call.keywords
    )


RULES: tuple[Rule, ...] = (
    arrows, libraries, pure_domain, fast_client, one_timer, few_threads, no_nested_loops, no_late_menus, no_shell,
    marked_texts,
)  # fmt: skip
