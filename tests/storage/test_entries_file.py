"""roles.toml: what is read, what is told, and that writing leaves alone what it was not asked to change."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rolecall.domain.entry import ENTRY_KEYS
from rolecall.domain.problem import Exit, ProblemError
from rolecall.storage.entries_file import put_entries, read_entries, remove_entry
from rolecall.storage.entry_tables import _plain

_NAMES = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=16
).filter(lambda name: name.isprintable() and name == name.strip() and not name.startswith("-"))
_VALUES = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\n\t")
).filter(lambda value: value.replace("\t", "").replace("\n", "").isprintable())
_ENTRY = st.dictionaries(st.sampled_from(sorted(ENTRY_KEYS)), _VALUES, max_size=4)
_ENTRIES = st.dictionaries(_NAMES, _ENTRY, max_size=4)

WRITTEN = """\
# mine
["prod admin"]  # the loud one
role_arn = "arn:aws:iam::111122223333:role/Admin"
source_profile = "work"
output = "json"
duration_seconds = 3600

# for the auditors
[audit]
role_arn = "arn:aws:iam::444455556666:role/Audit"
session_policy = '''
{"Version": "2012-10-17", "Statement":
[{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}'''
session_policy_arns = [
  "arn:aws:iam::aws:policy/ReadOnlyAccess",
  "arn:aws:iam::aws:policy/SecurityAudit",
]
"""


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=_ENTRIES, second=_ENTRIES)
def test_what_is_put_is_read_over_what_was_there(
    first: dict[str, dict[str, str]], second: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "roles.toml"
    path.unlink(missing_ok=True)
    put_entries(path, first)
    put_entries(path, second)
    assert read_entries(path) == (first | second, ())
    for name in first:
        assert remove_entry(path, name)
        assert not remove_entry(path, name)
    assert read_entries(path)[0] == {n: e for n, e in second.items() if n not in first}


def test_a_written_file_is_read_as_a_person_means_it(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(WRITTEN)
    entries, problems = read_entries(path)
    assert problems == ()
    assert list(entries) == ["prod admin", "audit"]
    assert entries["prod admin"]["duration_seconds"] == "3600"
    assert entries["audit"]["session_policy"].startswith('{"Version"')
    assert entries["audit"]["session_policy_arns"].count(",") == 1


def test_a_change_keeps_comments_other_keys_and_the_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(WRITTEN)
    put_entries(path, {"prod admin": {"role_arn": "arn:aws:iam::111122223333:role/Other"}})
    assert path.read_text() == WRITTEN.replace("role/Admin", "role/Other").replace(
        'source_profile = "work"\n', ""
    ).replace("duration_seconds = 3600\n", "")


def test_what_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(WRITTEN)
    before = path.stat().st_mtime_ns
    assert not put_entries(path, {"audit": read_entries(path)[0]["audit"]})
    assert path.stat().st_mtime_ns == before


def test_an_entry_goes_with_the_comment_above_it(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(WRITTEN)
    assert remove_entry(path, "audit")
    assert path.read_text() == WRITTEN[: WRITTEN.index("# for the auditors")]


def test_the_file_is_the_persons_alone(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    put_entries(path, {"a": {"role_arn": "x"}})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_file_is_no_entries(tmp_path: Path) -> None:
    assert read_entries(tmp_path / "gone" / "roles.toml") == ({}, ())


@pytest.mark.parametrize(
    ("wrong", "code", "line"),
    [
        ("[b]\nrole_arn = arn:aws:iam\n", "entry_unreadable", 5),
        ("[b\nrole_arn = 'x'\n", "entry_unreadable", 4),
        ("[b]\nsession_policy = '''\nnever closed\n", "entry_unreadable", 6),
        ("\n# why\n[b]\nsession_policy = true\n", "entry_value", 6),
        ("[b.dev]\nrole_arn = 'x'\n", "entry_value", 4),
        ("[[b]]\nrole_arn = 'x'\n", "entry_outside", 4),
        ("[b]\naws_secret_access_key = 'canary'\n", "entry_secret", 4),
        ("[b]\nAWS_ACCESS_KEY_ID = 'canary'\n", "entry_secret", 4),
        ("[b]\nrole_arn = 'x'\nsession_polcy = '{}'\n", "entry_unknown_key", 4),
        ("[b]\nSession_Policy = '{}'\n", "entry_unknown_key", 4),
        ("[b]\ncolour = 'red'\n", "entry_unknown_key", 4),
        ('["-b"]\nrole_arn = "x"\n', "entry_name", 4),
        ('["b\\u0007"]\nrole_arn = "x"\n', "entry_name", 4),
        ('[b]\nregion = "\\u001b[31m"\n', "entry_value", 4),
    ],
)
def test_a_faulty_entry_is_told_with_its_line_and_the_others_are_listed(
    wrong: str, code: str, line: int, tmp_path: Path
) -> None:
    path = tmp_path / "roles.toml"
    after = "" if "never closed" in wrong else "[c]\nrole_arn = '3'\n"
    path.write_text(f"[a]\nrole_arn = '1'\n\n{wrong}{after}")
    entries, problems = read_entries(path)
    assert list(entries) == (["a", "c"] if after else ["a"])
    assert [(each.code, each.line, each.file) for each in problems] == [(code, line, str(path))]
    assert "canary" not in repr(problems)
    assert problems[0].exit is Exit.LOCAL


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("session_polcy", "Write session_policy"),
        ("Session_Policy", "Write session_policy"),
        ("mfaSerial", "Write mfa_serial"),
        ("colour", "Remove the key"),
    ],
)
def test_a_misspelt_key_is_told_with_the_one_that_was_meant(
    key: str, remedy: str, tmp_path: Path
) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(f"[a]\nrole_arn = 'x'\n{key} = '{{}}'\n")
    (problem,) = read_entries(path)[1]
    assert key in str(problem.title)
    assert str(problem.remedy).startswith(remedy)
    assert "line 1" in str(problem.remedy)


def test_keys_that_any_profile_may_have_are_no_misspelling(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text("[a]\nrole_arn = 'x'\nendpoint_url = 'http://127.0.0.1'\noutput = 'json'\n")
    assert read_entries(path) == (
        {"a": {"role_arn": "x", "endpoint_url": "http://127.0.0.1", "output": "json"}},
        (),
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [("session_polcy = '{}'", "entry_unknown_key"), ("password = 'canary'", "entry_secret")],
)
def test_an_entry_that_stays_faulty_is_not_written_over(
    line: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(f"[a]\nregion = 'x'\n{line}\n")
    before = path.read_text()
    with pytest.raises(ProblemError, match=code):
        put_entries(path, {"a": {"region": "y"}})
    assert path.read_text() == before


def test_a_faulty_entry_stays_byte_for_byte_when_another_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    wrong = "[b]\nrole_arn = arn:aws:iam\n\n"
    path.write_text(f"[a]\nregion = 'x'\n\n{wrong}[c]\nregion = 'z'\n")
    put_entries(path, {"c": {"region": "y"}, "d": {"region": "w"}})
    assert wrong in path.read_text()
    assert list(read_entries(path)[0]) == ["a", "c", "d"]


def test_names_of_aws_profiles_are_never_overridden(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text("[a]\nregion = 'x'\n[b]\nregion = 'y'\n")
    entries, problems = read_entries(path, {"a"})
    assert list(entries) == ["b"]
    assert [(each.code, each.line) for each in problems] == [("entry_taken", 1)]


def test_of_two_entries_with_one_name_neither_counts(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text("[a]\nregion = 'x'\n['a']\nregion = 'y'\n")
    entries, problems = read_entries(path)
    assert entries == {}
    assert [(each.code, each.line) for each in problems] == [("entry_twice", 3)]


def test_what_is_not_utf8_is_told_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_bytes(b"[a]\nregion = '\xe9'\n")
    assert [each.code for each in read_entries(path)[1]] == ["entries_unreadable"]
    with pytest.raises(ProblemError, match="entries_unreadable"):
        put_entries(path, {"b": {"region": "x"}})
    assert path.read_bytes() == b"[a]\nregion = '\xe9'\n"


@pytest.mark.parametrize(
    ("name", "entry", "code"),
    [
        ("", {}, "entry_name"),
        (" a", {}, "entry_name"),
        ("a", {"aws_session_token": "canary"}, "entry_secret"),
        ("a", {"region": "\x1b[31m"}, "entry_value"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    name: str, entry: dict[str, str], code: str, tmp_path: Path
) -> None:
    path = tmp_path / "roles.toml"
    with pytest.raises(ProblemError, match=code):
        put_entries(path, {name: entry})
    assert not path.exists()


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert [each.code for each in read_entries(tmp_path)[1]] == ["file_not_ordinary"]


def test_lines_of_other_kinds_and_windows_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_bytes("\ufeff[a]\r\nregion = 'x'\r\n[b]\r\nregion = 'y\u2028z'\r\n".encode())
    entries, problems = read_entries(path)
    assert entries["a"] == {"region": "x"}
    assert [each.code for each in problems] == ["entry_value"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "[a]", '["a b"]', "[a.b]", '["x\\u0041"]', "[]", "[[a]]", 'key = "v"', 'key = "w"', "key = 1",
                'other = "\\u0041"', "other = 'x'", "# why", "#\x07", "", " ", 'key="v"', 'Key = "v"', 'k = "\x7f"',
            ]
        ),
        max_size=6,
    )
)  # fmt: skip
def test_the_quick_way_reads_nothing_that_toml_does_not(lines: list[str]) -> None:
    for piece in ("\n".join(lines), "\n".join(lines) + "\n"):
        found = _plain(piece)
        assert found is None or found == tomllib.loads(piece)


def test_what_we_write_is_read_the_quick_way(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    put_entries(
        path, {"a b": {"role_arn": "arn:aws:iam::1:role/한", "region": "x"}, "c": {"region": "y"}}
    )
    assert _plain(path.read_text().split("\n[c]")[0]) is not None
