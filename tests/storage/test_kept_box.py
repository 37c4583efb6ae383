"""The form of kept sessions: what comes back, and that nothing changed, foreign or old ever does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.domain.kept import NOTHING, Kept
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.storage.kept_box import (
    EMPTY,
    Box,
    UnreadableBoxError,
    formed,
    opened,
    parsed,
    sealed,
)
from unit.builders import DEVICE, session, shared

KEY = bytes(range(32))
KEPT = Kept(
    {("prod", ""): session(region="eu-central-1", arn="arn:x", user_id="AROA:alex", scope="s")},
    {("alex", DEVICE): shared()},
)

texts = st.text(max_size=40).filter(lambda text: not any(0xD800 <= ord(c) < 0xE000 for c in text))
sessions = st.builds(
    Session,
    name=texts,
    credentials=st.builds(Credentials, texts, texts, texts),
    issued_at=st.floats(0, 4e9),
    expires_at=st.floats(1, 4e9),
    origin=st.sampled_from(list(Origin)),
    arn=texts,
    user_id=texts,
    role_arn=texts,
    region=texts,
    scope=texts,
)
many = st.dictionaries(st.tuples(texts, texts), sessions, max_size=3)


@given(st.builds(Kept, many, many), texts)
def test_everything_comes_back_as_it_went_in(kept: Kept, context: str) -> None:
    raw = formed({context: sealed(KEY, context, kept)})
    assert opened(KEY, context, parsed(raw)[context]) == kept
    assert parsed(raw)[context].until == kept.until


def test_no_secret_stands_in_the_file_and_no_nonce_twice() -> None:
    boxes = [sealed(KEY, "c", KEPT) for _ in range(50)]
    assert len({box.nonce for box in boxes}) == 50
    raw = formed({"c": boxes[0]})
    for secret in (b"ASIAEXAMPLE", b"secret/of+test=", b"token/of+test==", b"prod", b"alex"):
        assert secret not in raw
    assert KEY.hex().encode() not in raw


def test_nothing_to_keep_needs_no_key() -> None:
    assert sealed(b"", "c", NOTHING) == EMPTY
    assert opened(b"", "c", EMPTY) == NOTHING


def test_a_changed_byte_anywhere_opens_nothing() -> None:
    box = sealed(KEY, "c", KEPT)
    for at in range(0, len(box.sealed), 7):
        changed = bytearray(box.sealed)
        changed[at] ^= 1
        with pytest.raises(UnreadableBoxError):
            opened(KEY, "c", Box(box.until, box.nonce, bytes(changed)))
    for wrong in (
        Box(box.until + 1, box.nonce, box.sealed),
        Box(box.until, box.nonce[:-1] + b"x", box.sealed),
        Box(box.until, b"", box.sealed),
        Box(box.until, box.nonce, box.sealed[:-1]),
        Box(box.until, box.nonce, b""),
    ):
        with pytest.raises(UnreadableBoxError):
            opened(KEY, "c", wrong)


def test_another_key_or_context_opens_nothing() -> None:
    box = sealed(KEY, "c", KEPT)
    for key, context in ((KEY[::-1], "c"), (KEY, "d"), (KEY, "c\n"), (b"short", "c")):
        with pytest.raises(UnreadableBoxError) as caught:
            opened(key, context, box)
        assert "EXAMPLE" not in str(caught.value)


@pytest.mark.parametrize(
    "raw",
    [
        b"garbage",
        b"[]",
        b"null",
        b"{}",
        b"\xff\xfe",
        b'{"version": 0, "boxes": {}}',
        b'{"version": 2, "boxes": {}}',
        b'{"version": 1}',
        b'{"version": 1, "boxes": []}',
        b'{"version": 1, "boxes": {"c": 5}}',
        b'{"version": 1, "boxes": {"c": {"until": "soon", "nonce": "", "box": ""}}}',
        b'{"version": 1, "boxes": {"c": {"until": true, "nonce": "", "box": ""}}}',
        b'{"version": 1, "boxes": {"c": {"until": 1e999, "nonce": "*", "box": ""}}}',
        b'{"version": 1, "boxes": {"c": {"until": 1' + b"0" * 400 + b', "nonce": "", "box": ""}}}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_file_of_this_version_is_told(raw: bytes) -> None:
    with pytest.raises(UnreadableBoxError):
        parsed(raw)


def test_every_cut_of_a_file_is_told() -> None:
    raw = formed({"c": sealed(KEY, "c", KEPT)}).rstrip()
    for length in range(1, len(raw)):
        with pytest.raises(UnreadableBoxError):
            parsed(raw[:length])
    assert parsed(b"") == {}


@pytest.mark.parametrize(
    "wrong", [{"sessions": 5}, {"name": 5}, {"expires_at": "x"}, {"origin": "x"}]
)
def test_what_decrypts_but_makes_no_sense_is_told(
    wrong: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rolecall.storage import kept_box

    plain = json.loads(kept_box._packed(KEPT))
    target = plain if "sessions" in wrong else plain["sessions"][0]
    target.update(wrong)
    monkeypatch.setattr(kept_box, "_packed", lambda _kept: json.dumps(plain).encode())
    box = sealed(KEY, "c", KEPT)
    with pytest.raises(UnreadableBoxError):
        opened(KEY, "c", box)
