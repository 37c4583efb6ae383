"""A credential_process line means the same words to botocore, to a shell and to whoever counts blanks."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest
from botocore.compat import compat_shell_split
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall.domain.process_line import process_line, windows_process_line

SHELLS = [shell for shell in ("sh", "dash", "bash") if shutil.which(shell)]
MARKS = " \"'$`\\!#;&|<>(){}[]*?~%=-éー"
WORDS = st.lists(st.text(st.sampled_from("ab" + MARKS), max_size=8), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["/usr/bin/python3", "-S", "a-b_c.d"], "/usr/bin/python3 -S a-b_c.d"),
        (["/My Python/bin/python", "x"], '"/My Python/bin/python" x'),
        (["a$b", "it's"], 'a\\$b "it\'s"'),
        (["a #b"], "a\\ \\#b"),
        ([""], '""'),
    ],
)
def test_forms(words: list[str], line: str) -> None:
    assert process_line(words) == line


@given(WORDS)
def test_botocore_reads_the_words_back(words: list[str]) -> None:
    assert compat_shell_split(process_line(words), "linux") == words
    assert shlex.split(process_line(words)) == words


@pytest.mark.parametrize("shell", SHELLS)
@given(words=WORDS)
@settings(max_examples=60)
def test_a_shell_reads_the_words_back(shell: str, words: list[str]) -> None:
    """The SDKs for Go, Java and JavaScript start the line by `sh -c`."""
    done = subprocess.run(
        [shell, "-c", "printf '%s\\0' " + process_line(words)], capture_output=True, check=True
    )
    assert done.stdout.decode().split("\0")[:-1] == words


@given(WORDS)
def test_nothing_after_a_blank_looks_like_a_comment(words: list[str]) -> None:
    """Other SDKs cut a value at a blank and a `#` or `;`."""
    line = process_line(words)
    assert " #" not in line
    assert " ;" not in line


def test_windows_keeps_backslashes() -> None:
    words = ["C:\\Program Files\\Python\\python.exe", "-m", "rolecall", "prod admin"]
    line = windows_process_line(words)
    assert line == '"C:\\Program Files\\Python\\python.exe" -m rolecall "prod admin"'
    assert compat_shell_split(line, "win32") == words
    with pytest.raises(ValueError):
        windows_process_line(['a"b'])
