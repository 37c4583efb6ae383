"""Our sections as bytes: whatever else a file holds, not one byte of it changes."""

from __future__ import annotations

import configparser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.storage.aws_ini import parse
from rolecall.storage.owned_section import Body, Found, sections, with_section, without_section

OURS = frozenset({"aws_access_key_id", "aws_secret_access_key", "aws_session_token", "region"})
KEYS = {
    "aws_access_key_id": "ASIA1",
    "aws_secret_access_key": "se%cr=et:",
    "aws_session_token": "to/ken+==",
    "region": "eu-west-1",
}
BODY = Body(KEYS, "2026-11-23T18:00:00Z")
OTHER = Body(KEYS | {"aws_access_key_id": "ASIA2"}, "2026-11-23T19:00:00Z")

LINES = [
    b"[a]", b"[b]", b" [c]", b"[DEFAULT]", b"[a", b"[]", b"[ours] ", b"  [profile x]", b"key = value",
    b"key: value", b"  more", b"\tmore = 1", b"# comment", b"; comment", b"# rolecall: owned",
    b"# rolecall: seal 000000000000+1", b"", b" ", b"s3 =", b"= x", b"garbage", b"\xff\xfe", b"\x00",
    b"\xef\xbb\xbf[a]", b"%(x)s = %", "k = \u2028\x85\xa0".encode(), b"aws_session_token = theirs",
]  # fmt: skip
ENDS = [b"\n", b"\n", b"\n", b"\r\n", b"\r", b""]
TEXTS = st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(ENDS)), max_size=14).map(
    lambda pairs: b"".join(line + end for line, end in pairs)
)
FILES = st.one_of(TEXTS, st.binary(max_size=60))


def _found(raw: bytes, header: str = "mine") -> Found:
    return next(found for found in sections(raw) if found.header == header)


@given(FILES)
def test_what_is_added_goes_without_a_trace(raw: bytes) -> None:
    """Line ends, BOM, bad bytes, a missing last line end: all as it was."""
    after = with_section(raw, "mine", BODY, OURS)
    assert after.startswith(raw)
    assert without_section(after, _found(after), OURS) == raw


@given(FILES)
def test_what_is_added_can_be_read_and_changes_nothing_else(raw: bytes) -> None:
    after = with_section(raw, "mine", BODY, OURS)
    before, content = parse(raw), parse(after)
    section = content.sections.pop("mine")
    assert {key: section[key] for key in KEYS} == KEYS
    assert "mine" in content.owned
    assert content.sections == before.sections
    assert len(content.faults) == len(before.faults)
    found = _found(after)
    assert found.is_sealed(OURS)
    assert found.expires_at == 1795456800.0


@given(FILES, FILES)
def test_it_is_replaced_in_its_place(raw: bytes, more: bytes) -> None:
    """What stands before and after stays, byte for byte."""
    tail = b"[next]\n" + more
    begun = with_section(raw, "mine", BODY, OURS) + tail
    after = with_section(begun, "mine", OTHER, OURS)
    assert after == with_section(raw, "mine", OTHER, OURS) + tail


@given(FILES, FILES)
def test_what_follows_keeps_its_lines(raw: bytes, more: bytes) -> None:
    """Of a file that ended without a line end, the one that keeps the next section apart stays."""
    tail = b"[next]\n" + more
    begun = with_section(raw, "mine", BODY, OURS) + tail
    after = without_section(begun, _found(begun), OURS)
    ended = not raw or raw.endswith((b"\n", b"\r"))
    assert after.removeprefix(raw).lstrip(b"\r\n") == tail
    assert ended <= (after == raw + tail)
    expected = parse(begun).sections
    expected.pop("mine")
    assert parse(after).sections == expected


@given(FILES)
def test_sections_are_those_of_the_reader(raw: bytes) -> None:
    headers = dict.fromkeys(found.header for found in sections(raw))
    headers.pop("DEFAULT", None)
    assert list(headers) == list(parse(raw).sections)
    joined = [b"".join(line.raw for line in found.lines) for found in sections(raw)]
    assert raw.endswith(b"".join(joined))
    for found in sections(raw):
        assert not found.owned or found.header in {*parse(raw).owned, "DEFAULT"}


@given(FILES)
def test_a_mark_alone_makes_nothing_ours(raw: bytes) -> None:
    """No seal, no touching: every generated file holds marks that are not ours."""
    assert not [found for found in sections(raw) if found.is_sealed(OURS) and found.has_keys]


def test_configparser_reads_the_section() -> None:
    parser = configparser.RawConfigParser()
    parser.read_string(with_section(b"[a]\nb = c", "mine", BODY, OURS).decode())
    assert dict(parser["mine"]) == KEYS


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_line_ends_are_the_file_s(eol: str) -> None:
    raw = f"[a]{eol}b = c{eol}".encode()
    after = with_section(raw, "mine", BODY, OURS).decode()
    assert after.count("\n") == after.count(eol)


def test_lines_of_others_inside_stay() -> None:
    raw = with_section(b"", "mine", BODY, OURS) + b"# note\noutput = json\n\n# of b\n[b]\n"
    again = with_section(raw, "mine", OTHER, OURS)
    assert (
        again == with_section(b"", "mine", OTHER, OURS) + b"# note\noutput = json\n\n# of b\n[b]\n"
    )
    left = without_section(again, _found(again), OURS)
    assert left == b"[mine]\n# note\noutput = json\n\n# of b\n[b]\n"


def test_a_comment_of_the_next_section_stays_where_it_is() -> None:
    raw = b"[a]\nb = c\n"
    begun = with_section(raw, "mine", BODY, OURS) + b"\n# of b\n[b]\n"
    assert without_section(begun, _found(begun), OURS) == raw + b"\n# of b\n[b]\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"ASIA1", b"AKIA9"),
        (b"aws_session_token = to/ken+==\n", b""),
        (b"to/ken+==\n", b"to/ken+==\n  more\n"),
        (b"region = eu-west-1", b"region = eu-west-1\naws_session_token = second"),
        (b"# rolecall: seal ", b"# rolecall: seal f"),
    ],
)
def test_a_change_by_hand_breaks_the_seal(old: bytes, new: bytes) -> None:
    raw = with_section(b"", "mine", BODY, OURS)
    assert _found(raw).is_sealed(OURS)
    changed = raw.replace(old, new)
    assert changed != raw
    assert not _found(changed).is_sealed(OURS)


def test_another_region_does_not() -> None:
    raw = with_section(b"", "mine", BODY, OURS).replace(b"eu-west-1", b"us-east-2")
    assert _found(raw).is_sealed(OURS)
