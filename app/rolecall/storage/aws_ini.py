"""The format of AWS's two shared files, read line by line. Owns the syntax, not what it means.

The syntax is that of Python's configparser as botocore uses it (botocore configloader.py): what botocore
reads, this reads alike; what botocore refuses becomes a Fault and the sections it touches are named, so
that a caller can leave those out and keep the rest. A tenth of configparser's time, because lines that
occur again (`region = eu-west-1`) are taken apart once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

SECRET_KEYS: Final = frozenset({"aws_secret_access_key", "aws_session_token", "aws_security_token"})
"""Keys whose value is a secret (botocore credentials.py: SECRET_KEY and TOKENS)."""

OWNED: Final = "# rolecall: owned"
"""A line before the first key of a section that we wrote ourselves."""

DEFAULTS: Final = "DEFAULT"
"""The section whose keys configparser gives to every other section of the file."""

Section = dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason for which botocore refuses a file. line counts from 1; the line's text is never kept."""

    code: str
    line: int
    section: str = ""


@dataclass(slots=True)
class Content:
    """What a file holds. Values of several lines keep their line breaks; a nested block starts with one.

    unsure: headers of sections that a Fault touches. with_secrets: sections that hold a secret.
    long_values: section and key of each value of more than one line.
    """

    sections: dict[str, Section] = field(default_factory=dict)
    owned: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    with_secrets: list[Section] = field(default_factory=list, repr=False)
    long_values: list[tuple[Section, str]] = field(default_factory=list, repr=False)


def parse(raw: bytes) -> Content:
    """Take a file's bytes apart. Never raises: what is wrong is in `faults`."""
    content = Content()
    lines = _lines(raw, content)
    _Reader(content).read(lines)
    return content


def _lines(raw: bytes, content: Content) -> list[str]:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode(errors="surrogateescape")
        content.faults.extend(
            Fault("undecodable", number)
            for number, line in enumerate(text.split("\n"), 1)
            if _undecodable(line)
        )
    if text.startswith("\ufeff"):
        content.faults.append(Fault("bom", 1))
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _undecodable(text: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in text)


class _Reader:
    """One pass over the lines. The rules are those of configparser.RawConfigParser._read.

    `read` does by itself what nearly every line is: a header, an empty line, `key = value` at the margin.
    All else goes through `_other`, which knows every rule. section, key, indent and blanks say where the
    pass stands; `read` keeps them in local names, which is most of its speed.
    """

    def __init__(self, content: Content) -> None:
        self.content = content
        self.header = ""
        self.section: Section | None = None
        self.defaults: Section = {}
        self.key = ""
        self.indent = self.blanks = 0
        self.long: dict[tuple[str, str], int] = {}
        self.known: dict[str, tuple[str, str]] = {}
        self.plain: dict[str, str] = {}

    def read(self, lines: list[str]) -> None:
        """Fill the content. Repeated lines are known, repeated keys are plain: neither is parsed twice."""
        known, plain, sections = self.known, self.plain, self.content.sections
        section, key, indent, blanks = self.section, self.key, self.indent, self.blanks
        for number, line in enumerate(lines, 1):
            pair = known.get(line)
            if pair is not None:
                name, value = pair
            elif not line:
                blanks += 1
                continue
            elif line[0] == "[" and line[-1] == "]" and self._is_new(header := line[1:-1]):
                section = sections[header] = {}
                self.header, key, indent = header, "", 0
                continue
            else:
                word, mark, value = line.partition(" = ")
                name = plain.get(word, "") if mark else ""
                value = value.strip()
                if name != "role_arn":  # nearly every other value occurs again
                    known[line] = name, value
            if name and section is not None and name not in section:
                section[name] = value
                key = name
                indent = blanks = 0
            else:
                self.section, self.key, self.indent, self.blanks = section, key, indent, blanks
                self._other(line, number)
                section, key, indent, blanks = self.section, self.key, self.indent, self.blanks
        self._finish()

    def _is_new(self, header: str) -> bool:
        return header not in self.content.sections and header not in {DEFAULTS, ""}

    def _other(self, line: str, number: int) -> None:
        """One line by all the rules."""
        stripped = line.strip()
        if not stripped:
            self.blanks += 1
            return
        first = stripped[0]
        if first in "#;":
            if stripped == OWNED and self.section == {}:
                self.content.owned.add(self.header)
            return
        depth = len(line) - len(line.lstrip())
        if depth > self.indent and self.key and self.section is not None:
            self._go_on(stripped, number)
            return
        self.indent, self.blanks = depth, 0
        if first == "[" and (end := stripped.rfind("]")) > 1:
            self._open(stripped[1:end], number)
            return
        pair = self._pair(stripped, number)
        if pair is not None:
            self._put(*pair, number)
            if not depth and pair[0] not in SECRET_KEYS:
                self.known[line] = pair
                self._learn(line.partition(" = ")[0], pair[0])

    def _learn(self, word: str, key: str) -> None:
        """Remember how a key is written, if nothing in it is a delimiter or to be taken off."""
        if word.lower() == key and "=" not in word and ":" not in word and word[0] not in "#;[":
            self.plain[word] = key

    def _open(self, header: str, number: int) -> None:
        """Begin a section."""
        sections = self.content.sections
        self.header, self.key = header, ""
        if header == DEFAULTS:
            self.section = self.defaults
        elif header in sections:
            self._fault("duplicate_section", number)
            self.section = {}  # its keys are not to be mixed with those of the first
        else:
            self.section = sections[header] = {}

    def _pair(self, stripped: str, number: int) -> tuple[str, str] | None:
        key, mark, value = stripped.partition("=")
        if ":" in key:
            key, mark, value = stripped.partition(":")
        if not mark or not key:
            if self.section is not None or mark:
                self._fault("bad_line", number)
            else:
                self._no_header(number)
            return None
        return key.rstrip().lower(), value.lstrip()

    def _put(self, key: str, value: str, number: int) -> None:
        section = self.section
        if section is None:
            self._no_header(number)
            return
        if key in section:
            self._fault("duplicate_key", number)
        section[key] = value
        self.key = key
        if key in SECRET_KEYS:
            self.content.with_secrets.append(section)

    def _go_on(self, stripped: str, number: int) -> None:
        """A continuation line: indented deeper than its key; empty lines between them count."""
        assert self.section is not None  # noqa: S101  the caller looked
        self.section[self.key] += "\n" * (self.blanks + 1) + stripped
        self.blanks = 0
        self.long.setdefault((self.header, self.key), number)

    def _no_header(self, number: int) -> None:
        """A line before any section: told once, and the lines up to the first header are passed over."""
        if not any(fault.code == "no_header" for fault in self.content.faults):
            self._fault("no_header", number)

    def _fault(self, code: str, number: int) -> None:
        self.content.faults.append(Fault(code, number, self.header))
        self.content.unsure.add(self.header)

    def _finish(self) -> None:
        """Give every section the defaults, and look into values of several lines."""
        content = self.content
        if any(fault.code == "undecodable" for fault in content.faults):
            self._mark_undecodable()
        for (header, key), number in self.long.items():
            section = self.defaults if header == DEFAULTS else content.sections.get(header, {})
            self.header = header
            self._check_block(section, key, number)
        if DEFAULTS in content.unsure:
            content.unsure.update(content.sections)
        elif self.defaults:
            self._give_defaults()

    def _mark_undecodable(self) -> None:
        for header, section in {**self.content.sections, DEFAULTS: self.defaults}.items():
            if any(_undecodable(text) for text in (header, *section, *section.values())):
                self.content.unsure.add(header)

    def _check_block(self, section: Section, key: str, number: int) -> None:
        value = section.get(key, "")
        self.content.long_values.append((section, key))
        if value.startswith("\n"):
            inner = (line.strip() for line in value.splitlines())
            if any(line and "=" not in line for line in inner):
                self._fault("bad_block", number)

    def _give_defaults(self) -> None:
        content = self.content
        secret = not SECRET_KEYS.isdisjoint(self.defaults)
        for section in content.sections.values():
            for key, value in self.defaults.items():
                section.setdefault(key, value)
                if "\n" in value:
                    content.long_values.append((section, key))
            if secret:
                content.with_secrets.append(section)
