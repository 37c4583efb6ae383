"""One line that starts a program, as AWS's config files hold it after `credential_process =`. Pure.

The readers differ: botocore splits the line by shlex and starts the program itself, the SDKs for Go, Java
and JavaScript hand it to `sh -c`, AWS's own page asks for double quotes round blanks. What is written
here means the same to all of them. Source: AWS SDKs and Tools Reference Guide, "Process credential
provider"; POSIX Shell Command Language, 2.2 Quoting.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_BARE: Final = re.compile(r"[A-Za-z0-9_@%+=:,./-]+", re.ASCII)
_SPECIAL: Final = re.compile(r"([^A-Za-z0-9_@%+=:,./-])", re.ASCII)
_UNSAFE_IN_DOUBLE: Final = re.compile(r"""["$`\\!]|\s[#;]""")
"""What a shell or shlex sees inside double quotes, and what other SDKs take for a comment's begin."""


def process_line(words: Sequence[str]) -> str:
    """`words` as one line: bare where plain, else in double quotes, else each special mark escaped.

    The words have to be free of control characters (see storage/owned_names.py).
    """
    return " ".join(_quoted(word) for word in words)


def windows_process_line(words: Sequence[str]) -> str:
    """`words` as one line for Windows, where a backslash is part of a path and escapes nothing.

    Raises ValueError for a word with a double quote, which cannot be in a path there.
    """
    if any('"' in word for word in words):
        raise ValueError("a double quote cannot be written")
    bare = re.compile(r"[A-Za-z0-9_@+=:,./\\-]+", re.ASCII)
    return " ".join(word if bare.fullmatch(word) else f'"{word}"' for word in words)


def _quoted(word: str) -> str:
    if _BARE.fullmatch(word):
        return word
    if not _UNSAFE_IN_DOUBLE.search(word):
        return f'"{word}"'
    return "".join(_escaped(char) for char in word)


def _escaped(char: str) -> str:
    return "\\" + char if char.isascii() and _SPECIAL.fullmatch(char) else char
