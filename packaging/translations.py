"""The .ts files: takes new strings in and compiles them, or (`--check`) says what is not in order.

`make translations` writes the .ts and the .qm files; the check fails when either is behind the source.
The .qm are committed, so that an installation straight from a checkout (`uv tool install .`, pipx)
needs no Qt tools to speak Korean.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("en", "ko")
TOOLS = Path(sys.executable).parent
PLACEHOLDER = re.compile(r"\{[a-z_0-9]*\}|%n|%L?[1-9]")


def sources() -> list[str]:
    """Every module that may hold a string for people, relative to the checkout."""
    found = (ROOT / "app" / "rolecall").rglob("*.py")
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def run(tool: str, *words: str) -> None:
    """Run one of the Qt tools of the virtual environment, silently unless it fails."""
    done = subprocess.run(
        [TOOLS / tool, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{tool} failed:\n{done.stdout}{done.stderr}")


def update(folder: Path) -> None:
    """Bring the .ts files in `folder` to the source: new strings in, vanished ones out."""
    for language in LANGUAGES:
        # English is its own translation, except where one minute is not two minutes.
        plurals = ["-pluralonly"] if language == "en" else []
        words = ["-silent", "-no-obsolete", "-locations", "none", *plurals, *sources()]
        run("pyside6-lupdate", *words, "-ts", str(folder / f"rolecall_{language}.ts"))


def compile_all(folder: Path) -> None:
    """Write a .qm beside every .ts in `folder`."""
    for source in sorted(folder.glob("*.ts")):
        run("pyside6-lrelease", "-silent", str(source), "-qm", str(source.with_suffix(".qm")))


def placeholders(text: str) -> list[str]:
    """The places of a string that are filled in later, sorted."""
    return sorted(PLACEHOLDER.findall(text))


def faults(file: Path) -> Iterator[str]:
    """What is not finished in one .ts file."""
    for context in ET.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            yield from (
                f"{file.name}: {context.findtext('name')}: {message.findtext('source')!r}: {what}"
                for what in _faults_of(message)
            )


def _faults_of(message: ET.Element) -> Iterator[str]:
    source = message.findtext("source") or ""
    translation = message.find("translation")
    if translation is None or translation.get("type"):
        yield "not translated"
        return
    forms = [form.text or "" for form in translation.iter("numerusform")] or [
        translation.text or ""
    ]
    for form in forms:
        if not form.strip():
            yield "an empty translation"
        elif placeholders(form) != placeholders(source):
            yield f"other placeholders in {form!r}"


def stale() -> Iterator[str]:
    """Files that a fresh run would change."""
    with tempfile.TemporaryDirectory() as name:
        fresh = Path(name)
        for old in FOLDER.glob("*.ts"):
            shutil.copy(old, fresh)
        # lupdate writes relative paths nowhere (-locations none), so another folder changes nothing.
        update(fresh)
        compile_all(fresh)
        for made in sorted(fresh.iterdir()):
            kept = FOLDER / made.name
            if not kept.exists() or kept.read_bytes() != made.read_bytes():
                yield f"{made.name}: behind the source; run `make translations`"


def marked(file: Path) -> Iterator[tuple[str, str]]:
    """Context and text of every string that one module marks by name."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and len(node.args) > 1:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            texts = [word.value for word in node.args[:2] if isinstance(word, ast.Constant)]
            if name in {"translate", "QT_TRANSLATE_NOOP"} and len(texts) == 2:
                yield str(texts[0]), str(texts[1])


def overlooked() -> Iterator[str]:
    """Marked strings that lupdate did not see: a `//` inside the call is a comment to it."""
    korean = ET.parse(FOLDER / "rolecall_ko.ts").getroot()
    known = {
        (context.findtext("name"), message.findtext("source"))
        for context in korean.iter("context")
        for message in context.iter("message")
    }
    for name in sources():
        for context, text in marked(ROOT / name):
            if (context, text) not in known:
                yield f"{name}: lupdate overlooked {text!r}; see what stands inside that call"


def check() -> int:
    """Say what is not in order; 0 when everything is."""
    if not (FOLDER / "rolecall_ko.ts").exists():
        print("no translations yet; run `make translations`")
        return 1
    found = [
        *stale(),
        *overlooked(),
        *(line for file in sorted(FOLDER.glob("*.ts")) for line in faults(file)),
    ]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


def main() -> int:
    """Check, or update and compile."""
    if sys.argv[1:] == ["--check"]:
        return check()
    FOLDER.mkdir(parents=True, exist_ok=True)
    update(FOLDER)
    compile_all(FOLDER)
    return 0


if __name__ == "__main__":
    sys.exit(main())
