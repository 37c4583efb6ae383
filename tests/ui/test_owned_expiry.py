"""Sections we wrote leave the credentials file when their session ends; nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from rolecall.domain.session import Credentials
from rolecall.storage import owned_files
from rolecall.storage.paths import AwsFiles
from rolecall.ui.background import Background
from rolecall.ui.owned_expiry import OwnedExpiry
from unit.builders import NOW

THEIRS = b"# mine\n[other]\naws_access_key_id = A\naws_secret_access_key = B\n"


class Moments:
    """The heartbeat's `after`, rung by hand."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def after(self, _name: str, seconds: float, call: Callable[[], None]) -> None:
        self.waiting.append((seconds, call))


@pytest.fixture
def files(tmp_path: Path) -> AwsFiles:
    (tmp_path / "credentials").write_bytes(THEIRS)
    return AwsFiles(tmp_path / "config", tmp_path / "credentials")


def test_an_expired_section_leaves_by_itself(files: AwsFiles, qtbot: QtBot) -> None:
    made = Credentials("ASIA", "secret", "token")
    owned_files.write(files, "prod-rolecall", made, NOW + 900, "eu-central-1", NOW)
    assert b"prod-rolecall" in files.credentials.read_bytes()
    time, moments = [NOW], Moments()
    expiry = OwnedExpiry(files, Background(lambda fault: None), moments.after, lambda: time[0])
    expiry.look()
    qtbot.waitUntil(lambda: len(moments.waiting) == 1)
    seconds, ring = moments.waiting.pop()
    assert seconds == pytest.approx(901)
    time[0] = NOW + 901
    ring()
    qtbot.waitUntil(lambda: b"prod-rolecall" not in files.credentials.read_bytes())
    assert files.credentials.read_bytes() == THEIRS
    qtbot.wait(0)
    assert moments.waiting == [], "with nothing of ours left there is no timer"


def test_a_file_without_our_sections_costs_no_timer(files: AwsFiles, qtbot: QtBot) -> None:
    moments, answered = Moments(), []
    background = Background(answered.append)
    OwnedExpiry(files, background, moments.after, lambda: NOW).look()
    background.run(lambda: None, answered.append, answered.append)
    qtbot.waitUntil(lambda: bool(answered))
    assert moments.waiting == []
