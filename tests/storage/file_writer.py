"""A process that rewrites one file for ever, until it is killed; each version is whole or wrong at a glance."""

from __future__ import annotations

import sys
from pathlib import Path

from rolecall.storage import atomic_file


def version(number: int) -> bytes:
    """Content number `number`: its number, a body of that number, its number again."""
    line = b"%06d\n" % number
    return line + b"%06d," % number * 2000 + b"\n" + line


def is_whole(content: bytes) -> bool:
    """Whether `content` is one version from its first byte to its last."""
    return content == version(int(content[:6] or b"-1"))


if __name__ == "__main__":
    path = Path(sys.argv[1])
    for number in range(1_000_000):
        atomic_file.change(path, lambda _before, n=number: version(n))
        if not number:
            print("writing", flush=True)
