"""Our sections in the two files: whose a name is, what is refused, modes, links, copies, expiry, others."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from botocore.session import Session as BotocoreSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.session import Credentials
from rolecall.storage import atomic_file, file_refusals, owned_files
from rolecall.storage.aws_config import read_catalogue
from rolecall.storage.aws_credentials import read_keys
from rolecall.storage.first_copy import place
from rolecall.storage.owned_files import (
    Written,
    next_expiry,
    remove_expired,
    unwire,
    unwrite,
    wire,
    write,
)
from rolecall.storage.owned_names import refuse_name
from rolecall.storage.paths import AwsFiles
from storage.test_owned_section import FILES

KEYS = Credentials("ASIA1", "CANARY-SECRET", "CANARY-TOKEN")
NOW = 1_795_456_800.0
LATER = NOW + 3600
LINE = "/usr/bin/python3 -S -E /x/fast_client.py credential-process a"
CONFIG = (
    "# my roles\n[default]\nregion = eu-west-1\n\n"
    "[profile a]\nrole_arn = arn:aws:iam::1:role/A\nsource_profile = b\n"
)
CREDENTIALS = "[b]\naws_access_key_id = AKIA1\naws_secret_access_key = CANARY-LONG\n"


@pytest.fixture
def files(tmp_path: Path) -> AwsFiles:
    found = AwsFiles(tmp_path / "config", tmp_path / "credentials")
    found.config.write_text(CONFIG)
    found.credentials.write_text(CREDENTIALS)
    found.credentials.chmod(0o600)
    return found


def _write(files: AwsFiles, name: str = "mine", until: float = LATER, now: float = NOW) -> Written:
    return write(files, name, KEYS, until, "eu-west-1", now)


def _problem(work: Callable[[], object]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        work()
    shown = "".join(caught.value.problem.lines())
    assert "{" not in shown
    assert "CANARY" not in shown
    return caught.value.problem


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- plain use --------------------------------------------------------------------------


def test_botocore_takes_what_was_written(files: AwsFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(files, "my name")
    wire(files, "with blank", LINE, "eu-north-1")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(files.config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(files.credentials))
    session = BotocoreSession(profile="my name")
    found = session.get_credentials().get_frozen_credentials()
    assert (found.access_key, found.secret_key, found.token) == (
        KEYS.access_key_id,
        KEYS.secret_access_key,
        KEYS.session_token,
    )
    assert session.get_config_variable("region") == "eu-west-1"
    profiles = session.full_config["profiles"]
    assert profiles["with blank"] == {"credential_process": LINE, "region": "eu-north-1"}


def test_our_sections_are_no_sources(files: AwsFiles) -> None:
    before = read_catalogue(files, {})
    _write(files)
    wire(files, "wired", LINE, "")
    after = read_catalogue(files, {})
    assert after == before
    assert list(after.names()) == ["a", "b"]
    assert _problem(lambda: read_keys(files, "mine")).code == "keys_missing"


def test_all_of_it_goes_again(files: AwsFiles) -> None:
    _write(files)
    wire(files, "mine", LINE, "")
    assert unwrite(files, "mine", NOW).changed
    assert unwire(files, "mine").changed
    assert (files.config.read_text(), files.credentials.read_text()) == (CONFIG, CREDENTIALS)
    assert not unwrite(files, "mine", NOW).changed


def test_the_same_again_writes_nothing(files: AwsFiles) -> None:
    assert _write(files).changed
    stamp = atomic_file.Stamp.of(files.credentials)
    assert not _write(files).changed
    assert atomic_file.Stamp.of(files.credentials) == stamp


def test_missing_files_are_made_private(tmp_path: Path) -> None:
    files = AwsFiles(tmp_path / "new" / "config", tmp_path / "new" / "credentials")
    before = os.umask(0)
    try:
        assert _write(files).copy is None
        wire(files, "mine", LINE, "")
    finally:
        os.umask(before)
    assert {_mode(path) for path in files.config.parent.iterdir()} == {0o600}
    assert _mode(files.config.parent) == 0o700
    unwrite(files, "mine", NOW)
    assert files.credentials.read_bytes() == b""


def test_taking_out_of_a_missing_file_makes_nothing(tmp_path: Path) -> None:
    files = AwsFiles(tmp_path / "new" / "config", tmp_path / "new" / "credentials")
    assert not unwrite(files, "mine", NOW).changed
    assert not unwire(files, "mine").changed
    assert remove_expired(files, NOW) == ()
    assert not files.config.parent.exists()


@pytest.mark.parametrize("region", ["", "eu west", "x\n[evil]", "EU", "a" * 100])
def test_a_region_that_is_none_is_left_out(files: AwsFiles, region: str) -> None:
    write(files, "mine", KEYS, LATER, region, NOW)
    assert "region" not in files.credentials.read_text()


def test_the_first_copy_is_kept_once(files: AwsFiles) -> None:
    copy = place(files.credentials)
    assert _write(files).copy == copy
    assert (copy.read_text(), _mode(copy)) == (CREDENTIALS, 0o600)
    assert _write(files, "other").copy is None
    assert unwrite(files, "mine", NOW).copy is None
    assert copy.read_text() == CREDENTIALS


@pytest.mark.parametrize(
    ("mode", "secret", "plain"),
    [(0o644, 0o600, 0o644), (0o400, 0o400, 0o400), (0o666, 0o600, 0o666)],
)
def test_modes(files: AwsFiles, mode: int, secret: int, plain: int) -> None:
    """Credentials are narrowed to 0600 and that is told; the config file keeps what it has."""
    for path in (files.config, files.credentials):
        path.chmod(mode)
    if mode == 0o400:
        assert _problem(lambda: _write(files)).code == "file_read_only"
        assert _problem(lambda: wire(files, "mine", LINE, "")).code == "file_read_only"
    else:
        assert _write(files).narrowed
        assert not wire(files, "mine", LINE, "").narrowed
    assert (_mode(files.credentials), _mode(files.config)) == (secret, plain)


def test_links_stay_links_and_the_copy_lies_beside_them(files: AwsFiles, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "aws-credentials"
    real.parent.mkdir()
    files.credentials.rename(real)
    (tmp_path / "middle").symlink_to(Path("dotfiles") / "aws-credentials")
    files.credentials.symlink_to("middle")
    _write(files)
    assert files.credentials.is_symlink()
    assert "[mine]" in real.read_text()
    assert place(files.credentials).read_text() == CREDENTIALS
    assert not [path for path in real.parent.iterdir() if "backup" in path.name]


def test_10_000_profiles_within_a_second(files: AwsFiles) -> None:
    body = "aws_access_key_id = AKIA{0}\naws_secret_access_key = s{0}\nregion = eu-west-1\n# c\n\n"
    files.credentials.write_text("".join(f"[p{n}]\n{body.format(n)}" for n in range(10_000)))
    began = time.process_time()
    _write(files)
    assert time.process_time() - began < 1.0


# --- whose a name is --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("config", "credentials", "wired", "written"),
    [
        ("[profile x]\nrole_arn = arn\n", "", "profile_taken", "profile_taken"),
        ('[profile "x"]\nsso_session = s\n', "", "profile_taken", "profile_taken"),
        ("[profile x]\naws_access_key_id = AKIA\n", "", "profile_taken", "profile_taken"),
        ("[profile x]\nregion = r\n", "", "section_taken", None),
        ("", "[x]\naws_access_key_id = AKIA\n", "profile_taken", "profile_taken"),
        ("", "[x]\nrole_arn = arn\n", "profile_taken", "profile_taken"),
        ("", "[x]\nregion = r\n", None, "section_taken"),
        ("[DEFAULT]\nrole_arn = arn\n", "", "profile_taken", None),
        ("[x]\nrole_arn = arn\n[profile y]\nrole_arn = arn\n", "", None, None),
        ("[profile x]\n# rolecall: owned\nregion = r\n", "", "section_changed", None),
        ("", "[x]\n# rolecall: owned\naws_access_key_id = AKIA\n", None, "section_changed"),
    ],
)
def test_a_name_of_somebody_else(
    files: AwsFiles, config: str, credentials: str, wired: str | None, written: str | None
) -> None:
    for work, expected in (
        (lambda: wire(files, "x", LINE, ""), wired),
        (lambda: _write(files, "x"), written),
    ):
        files.config.write_text(config)
        files.credentials.write_text(credentials)
        if expected is None:
            assert work().changed
        else:
            problem = _problem(work)
            assert (problem.code, int(problem.exit)) == (expected, 8)
            assert str(problem.remedy)
            assert (files.config.read_text(), files.credentials.read_text()) == (
                config,
                credentials,
            )


def test_what_we_did_not_write_is_not_taken_out(files: AwsFiles) -> None:
    assert _problem(lambda: unwire(files, "a")).code == "section_not_ours"
    assert _problem(lambda: unwrite(files, "b", NOW)).code == "section_not_ours"
    _write(files)
    by_hand = files.credentials.read_text().replace("ASIA1", "AKIA-BY-HAND")
    files.credentials.write_text(by_hand)
    assert _problem(lambda: unwrite(files, "mine", NOW)).code == "section_changed"
    assert _problem(lambda: _write(files)).code == "section_changed"
    assert remove_expired(files, LATER) == ()
    assert files.credentials.read_text() == by_hand


def test_a_doubled_section_of_ours_becomes_one(files: AwsFiles) -> None:
    _write(files)
    text = files.credentials.read_text()
    files.credentials.write_text(text + text.removeprefix(CREDENTIALS))
    _write(files, until=LATER + 60)
    assert files.credentials.read_text().count("[mine]") == 1
    assert unwrite(files, "mine", NOW).changed
    assert files.credentials.read_text() == CREDENTIALS


@pytest.mark.parametrize(
    "name",
    ["", " a", "a ", "-a", "a\nb", "a]b", "[a", "a#b", "a;b", "\u2028", "a\u202eb", "\x07", "..", "DEFAULT",
     "a" * 129, "\udc80", "a\tb", "a\u00a0b", "profile a", "it's", "a\\", 'a"b', "a\u200bb", "a$b", "a`b"],
)  # fmt: skip
def test_names_that_cannot_be_stored(files: AwsFiles, name: str) -> None:
    assert _problem(lambda: _write(files, name)).code == "name_not_storable"
    assert _problem(lambda: wire(files, name, LINE, "")).code == "name_not_storable"
    assert files.credentials.read_text() == CREDENTIALS


@given(st.text(max_size=12))
def test_a_name_that_is_taken_reads_back(name: str) -> None:
    """Through both headers and botocore's own parser."""
    from botocore.configloader import build_profile_map

    try:
        refuse_name(name)
    except ProblemError:
        return
    header = owned_files._config_header(name)
    assert list(build_profile_map({header: {"region": "r"}})["profiles"]) == [name]


@pytest.mark.parametrize("value", ["a b", "a\nb", "", "é", "\x00"])
def test_values_that_no_file_holds(files: AwsFiles, value: str) -> None:
    odd = Credentials("ASIA1", value, "t")
    assert (
        _problem(lambda: write(files, "mine", odd, LATER, "", NOW)).code
        == "credentials_not_storable"
    )
    assert _problem(lambda: wire(files, "mine", "a\nb", "")).code == "line_not_storable"


def test_a_file_in_utf_16_is_refused(files: AwsFiles) -> None:
    files.credentials.write_text(CREDENTIALS, encoding="utf-16")
    before = files.credentials.read_bytes()
    assert _problem(lambda: _write(files)).code == "file_not_utf8"
    assert files.credentials.read_bytes() == before


def test_odd_places_are_refused_and_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("folder", "fifo", "loop", os.devnull):
        files = AwsFiles(tmp_path / "config", tmp_path / name)
        assert _problem(lambda f=files: _write(f)).exit == 8
    assert {path.name for path in tmp_path.iterdir()} <= {"folder", "fifo", "loop"}


def _given_away(path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to give a file away")
    os.chown(path, 12345, 12345)


def _linked(path: Path) -> None:
    path.with_name("other-name").hardlink_to(path)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.chmod(0o400), "file_read_only"),
        (_given_away, "file_foreign"),
        (_linked, "file_hard_linked"),
    ],
)
@pytest.mark.parametrize("work", ["write", "wire", "unwrite", "unwire"])
def test_what_cannot_be_replaced_is_seen_first_and_nothing_laid_beside_it(
    work: str, spoil: Callable[[Path], None], code: str, files: AwsFiles
) -> None:
    path = files.credentials if "write" in work else files.config
    if work.startswith("un"):
        _write(files)
        wire(files, "mine", LINE, "")
        for left in files.config.parent.glob("*backup"):
            left.unlink()
        for left in files.config.parent.glob(".*lock"):
            left.unlink()
    spoil(path)
    before = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    steps: dict[str, Callable[[], object]] = {
        "write": lambda: owned_files.refuse_write(files, "mine"),
        "wire": lambda: owned_files.refuse_wire(files, "mine"),
        "unwrite": lambda: unwrite(files, "mine", NOW),
        "unwire": lambda: unwire(files, "mine"),
    }
    assert _problem(steps[work]).code == code
    assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == before


@pytest.mark.parametrize("where", ["file/credentials", "link"])
def test_a_place_where_no_file_can_be_is_seen_first(where: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to("none/credentials")
    files = AwsFiles(tmp_path / "config", tmp_path / where)
    assert _problem(lambda: owned_files.refuse_write(files, "mine")).exit == 8
    assert {path.name for path in tmp_path.iterdir()} == {"file", "link"}


def test_a_folder_that_is_not_there_yet_is_no_hindrance_and_not_made(tmp_path: Path) -> None:
    owned_files.refuse_write(AwsFiles(tmp_path / "a/b/config", tmp_path / "a/b/keys"), "mine")
    assert not list(tmp_path.iterdir())


def test_no_copy_is_left_of_a_write_that_came_to_nothing(
    files: AwsFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = atomic_file.replace

    def full(path: Path, *given: Any, **named: Any) -> None:
        if path == files.credentials:
            raise ProblemError(file_refusals.not_written(path, OSError(28, "No space left")))
        real(path, *given, **named)

    monkeypatch.setattr(atomic_file, "replace", full)
    assert _problem(lambda: _write(files)).code == "file_not_written"
    assert not place(files.credentials).exists()


# --- expiry -----------------------------------------------------------------------------


def test_expired_sections_leave(files: AwsFiles) -> None:
    _write(files, "short", until=NOW + 60)
    _write(files, "long", until=NOW + 600)
    assert next_expiry(files) == NOW + 60
    assert remove_expired(files, NOW + 59) == ()
    assert remove_expired(files, NOW + 60) == ("short",)
    assert "[short]" not in files.credentials.read_text()
    assert next_expiry(files) == NOW + 600


def test_expired_sections_leave_with_the_next_write(files: AwsFiles) -> None:
    for name in ("one", "two"):
        _write(files, name, until=NOW + 60)
    assert _write(files, "three", now=NOW + 61).expired == ("one", "two")
    assert unwrite(files, "three", NOW + 61).changed
    assert files.credentials.read_text() == CREDENTIALS


def test_an_expired_section_is_renewed_in_its_place(files: AwsFiles) -> None:
    _write(files, "one", until=NOW + 60)
    _write(files, "two")
    assert _write(files, "one", now=NOW + 61).expired == ()
    text = files.credentials.read_text()
    assert text.index("[one]") < text.index("[two]")


# --- any file, any sequence -------------------------------------------------------------


@given(raw=FILES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_comes_back_as_it_was(raw: bytes, tmp_path: Path) -> None:
    files = AwsFiles(tmp_path / "config", tmp_path / "credentials")
    for path in (files.config, files.credentials):
        path.write_bytes(raw)
    if _done(lambda: _write(files)):
        assert files.credentials.read_bytes().startswith(raw)
        unwrite(files, "mine", NOW)
    if _done(lambda: wire(files, "mine", LINE, "")):
        unwire(files, "mine")
    assert {path.read_bytes() for path in (files.config, files.credentials)} == {raw}


def _done(work: Callable[[], Written]) -> bool:
    try:
        return work().changed
    except ProblemError:
        return False


STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "unwrite", "expire", "edit", "wire", "unwire"]), st.sampled_from("xyz")),
    max_size=12,
)  # fmt: skip


@given(steps=STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_leaves_what_is_not_ours(steps: list[tuple[str, str]], tmp_path: Path) -> None:
    files = AwsFiles(tmp_path / "config", tmp_path / "credentials")
    files.config.write_text(CONFIG)
    files.credentials.write_text(CREDENTIALS)
    now, theirs = NOW, CREDENTIALS
    for number, (step, name) in enumerate(steps):
        now += 100
        if step == "write":
            _write(files, name, until=now + 350, now=now)
        elif step == "unwrite":
            unwrite(files, name, now)
        elif step == "expire":
            remove_expired(files, now)
        elif step == "wire":
            wire(files, name, f"{LINE}{number}", "")
        elif step == "unwire":
            unwire(files, name)
        else:
            more = f"\n; by hand\n[{name}{number}]\nregion = {name}\n"
            theirs += more
            with files.credentials.open("a") as file:
                file.write(more)
    for name in "xyz":
        unwrite(files, name, now)
        unwire(files, name)
    assert files.credentials.read_text() == theirs
    assert files.config.read_text() == CONFIG


# --- others at the same file ------------------------------------------------------------


def test_a_save_in_between_is_kept(files: AwsFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    saves = iter([CREDENTIALS + "[saved]\nregion = r\n"])
    real = atomic_file.replace

    def replaced(path: Path, *given: object, **named: object) -> None:
        text = next(saves, None) if path == files.credentials else None
        if text:
            path.write_text(text)
        real(path, *given, **named)

    monkeypatch.setattr(atomic_file, "replace", replaced)
    _write(files)
    text = files.credentials.read_text()
    assert text.startswith(CREDENTIALS + "[saved]\nregion = r\n")
    assert "[mine]" in text


WRITERS = """
import sys; from pathlib import Path
from rolecall.domain.session import Credentials; from rolecall.storage.owned_files import write
from rolecall.storage.paths import AwsFiles
files = AwsFiles(Path(sys.argv[1]) / "config", Path(sys.argv[1]) / "credentials")
for n in range(int(sys.argv[3])):
    write(files, f"{sys.argv[2]}{n}", Credentials("A", "s", "t"), 2e9, "", 0.0)
"""


def _run_writers(files: AwsFiles, names: str, count: int) -> None:
    folder = str(files.credentials.parent)
    begun = [
        subprocess.Popen([sys.executable, "-c", WRITERS, folder, name, str(count)])
        for name in names
    ]
    whole = 0
    while any(writer.poll() is None for writer in begun):
        text = files.credentials.read_text()
        assert text.startswith(CREDENTIALS)
        assert text.endswith("\n")
        assert text.count("[") - 1 == text.count("aws_session_token")
        whole += 1
    assert whole
    assert [writer.wait(60) for writer in begun] == [0] * len(names)
    text = files.credentials.read_text()
    assert {f"[{name}{n}]" for name in names for n in range(count)} <= set(text.split())


def test_two_writers_keep_both_changes_and_no_reader_sees_half(files: AwsFiles) -> None:
    _run_writers(files, "pq", 20)


@pytest.mark.gate
def test_eight_writers_and_200_pairs_keep_every_change(files: AwsFiles) -> None:
    _run_writers(files, "ABCDEFGH", 25)
    _run_writers(files, "pq", 200)
