"""The journal file: private, bounded, and readable after whatever happened to it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from rolecall.domain.journal import Asker, Entry, How, Outcome
from rolecall.storage.journal import MOST, append, former, read

FULL = Entry(
    at=1_795_000_000.125,
    role="prod \u202eadmin",
    outcome=Outcome.REFUSED,
    how=How.CONSOLE,
    account="111111111111",
    problem="access_denied",
    origin="shared_mfa",
    road=("alex", "prod"),
    seconds=3599,
    asker=Asker(4121, "/usr/bin/python3", "/usr/bin/aws", "aws", "alex"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.jsonl"


def numbered(number: int) -> Entry:
    return Entry(1_795_000_000.0 + number, f"role-{number:05}", Outcome.SERVED)


def test_what_is_written_is_read_back(path: Path) -> None:
    plain = Entry(1.0, "dev", Outcome.SERVED)
    append(path, [FULL])
    append(path, [plain])
    assert read(path) == [plain, FULL], "oldest first"
    assert read(path.with_name("none")) == []


def test_only_its_owner_can_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        append(path, [FULL])
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o644)
    append(path, [FULL])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_bounded_and_the_older_half_goes(path: Path) -> None:
    for number in range(200):
        append(path, [numbered(number)], most=4096)
    assert path.stat().st_size <= 4096
    assert former(path).stat().st_size <= 4096
    assert sorted(p.name for p in path.parent.iterdir()) == ["journal.1.jsonl", "journal.jsonl"]
    names = [entry.role for entry in read(path)]
    assert names == [f"role-{n:05}" for n in range(200 - len(names), 200)]
    assert len(names) > 40
    assert MOST == 1024 * 1024


def test_a_line_that_was_cut_costs_no_other(path: Path) -> None:
    append(path, [numbered(1), numbered(2)])
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        append(path, [numbered(3)])
        roles = [entry.role for entry in read(path)]
        assert roles[-1] == "role-00003"
        assert len(roles) == 1 + whole[: cut + 1].count(b"}\n") or cut + 1 == len(whole)
        assert roles[:-1] == ["role-00001", "role-00002"][: len(roles) - 1]


@pytest.mark.parametrize(
    "junk",
    [
        b"\x00\xff\xfe", b"[]", b"null", b"{}", b'{"at":"now","role":"x","outcome":"served"}',
        b'{"at":1,"role":"x","outcome":"unheard"}', b'{"at":1,"role":7,"outcome":"served"}',
        b'{"at":1e999,"role":"x","outcome":"served"}', b'{"at":1,"role":"x","outcome":"served","pid":-1}',
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_entry_is_left_out(path: Path, junk: bytes) -> None:
    append(path, [numbered(1)])
    with path.open("ab") as file:
        file.write(junk + b"\n")
    append(path, [numbered(2)])
    assert [entry.role for entry in read(path)] == ["role-00001", "role-00002"]


def test_odd_names_stay_on_their_line(path: Path) -> None:
    odd = Entry(5.0, "a\nb\udc80", Outcome.SERVED, asker=Asker(1, "/x\n{}", "", "y" * 5000))
    append(path, [odd])
    [found] = read(path)
    assert (found.role, found.asker.executable) == (odd.role, odd.asker.executable)
    assert len(found.asker.name) == 1024
    assert path.read_bytes().count(b"\n") == 1


def test_a_link_or_a_pipe_in_its_place_is_refused(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    target = path.parent / "elsewhere"
    path.symlink_to(target)
    with pytest.raises(OSError):
        append(path, [FULL])
    assert not target.exists()
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(OSError):
        append(path, [FULL])
    assert read(path) == []


def test_a_folder_in_its_place_holds_no_entry_and_costs_no_descriptor(path: Path) -> None:
    append(former(path), [FULL])
    path.mkdir()
    before = len(list(Path("/proc/self/fd").iterdir()))
    assert read(path) == [FULL], "the older half is still told"
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    with pytest.raises(OSError):
        append(path, [FULL])


def test_a_disk_that_fails_while_it_is_read_holds_no_entry() -> None:
    assert read(Path("/proc/self/mem")) == [], "a plain file whose first byte is an I/O error"


def test_a_folder_that_cannot_be_written_says_so(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.mkdir()
    with pytest.raises(OSError):
        append(path, [FULL])
