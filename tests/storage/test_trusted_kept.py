"""Accepted lines in the settings file: only a digest, read back alike, and never made up from nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.domain.settings import Settings
from rolecall.domain.trust import CODE, CREDENTIALS, Line, accept, accepted, revoke
from rolecall.storage.settings_file import load_settings, save_settings

LINE = Line("my.work [1]", CREDENTIALS, "/opt/helper --password cAnArY")


def test_an_accepted_line_survives_as_a_digest_and_can_be_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    code = Line(LINE.profile, CODE, "code-helper")
    kept = accept(accept(Settings(), LINE), code)
    save_settings(path, kept)
    assert load_settings(path) == (kept, None)
    assert "cAnArY" not in path.read_text()
    fewer = revoke(kept, LINE.profile, CREDENTIALS)
    save_settings(path, fewer)
    found, _ = load_settings(path)
    assert not accepted(found, LINE)
    assert accepted(found, code)


@pytest.mark.parametrize(
    "written",
    [
        'trusted = "yes"\n',
        "trusted = true\n",
        '[trusted]\nwork = "all"\n',
        '[trusted.work]\ncredential_process = "/opt/helper"\n',
        "[trusted.work]\ncredential_process = true\n",
    ],
)
def test_what_is_no_digest_accepts_nothing(tmp_path: Path, written: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(written)
    settings, problem = load_settings(path)
    assert settings.trusted == {}
    assert problem is not None
    assert problem.code == "settings_value"
