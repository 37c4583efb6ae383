"""Loading 10,000 roles: ours against botocore's `available_profiles`, interleaved in one run.

Both start from files on disk and end with the names of all profiles. botocore gets a new Session each
time, because it keeps what it read.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import HEAD, Row, interleaved, row

LIMIT = 0.1
"""The most our time may be of botocore's."""


def config_of(roles: int) -> str:
    """A config file as such people have: one key, one device, a few regions, many accounts."""
    regions = ("eu-west-1", "us-east-1", "ap-northeast-2")
    sections = ["[default]\nregion = eu-west-1\n\n[profile base]\nregion = eu-west-1\n"]
    sections += [
        f"\n[profile role-{number:05d}]\n"
        f"role_arn = arn:aws:iam::{100000000000 + number // 20}:role/team/role-{number:05d}\n"
        "source_profile = base\n"
        "mfa_serial = arn:aws:iam::111122223333:mfa/me\n"
        f"region = {regions[number % 3]}\n"
        "duration_seconds = 3600\n"
        for number in range(roles)
    ]
    return "".join(sections)


def rows(roles: int = 10_000, rounds: int = 9) -> Iterator[Row]:
    """Ours against botocore's, after a look that both list the same profiles."""
    with TemporaryDirectory() as folder:
        config, credentials = Path(folder, "config"), Path(folder, "credentials")
        config.write_text(config_of(roles), encoding="utf-8")
        credentials.write_text("[base]\naws_access_key_id = A\naws_secret_access_key = B\n")
        ours, theirs = _ours(config, credentials), _botocore(config, credentials)
        if ours() != theirs():
            raise AssertionError("the two do not list the same profiles")
        base = "botocore available_profiles"
        cases = {"ours": lambda: _milliseconds(ours), base: lambda: _milliseconds(theirs)}
        yield row(f"load {roles:,} roles", interleaved(cases, rounds), "ours", base, "ms", LIMIT)


def _ours(config: Path, credentials: Path) -> Callable[[], list[str]]:
    from rolecall.storage.aws_config import read_catalogue
    from rolecall.storage.paths import AwsFiles

    files = AwsFiles(config, credentials)
    return lambda: list(read_catalogue(files, {}).profiles)


def _botocore(config: Path, credentials: Path) -> Callable[[], list[str]]:
    import botocore.session

    def load() -> list[str]:
        session = botocore.session.Session()
        session.set_config_variable("config_file", str(config))
        session.set_config_variable("credentials_file", str(credentials))
        return list(session.available_profiles)

    return load


def _milliseconds(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    print(HEAD)
    for each in rows():
        print(each.line())
