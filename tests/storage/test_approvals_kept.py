"""Answers about programs in the settings file: written, read back, taken out, and never made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from rolecall.domain.approval import Consent, forgotten, remember
from rolecall.domain.settings import Settings
from rolecall.storage.settings_file import load_settings, save_settings

AWS = "/usr/bin/python3.11 /opt/my tools/aws"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_answers_survive_and_a_person_can_take_them_out(path: Path) -> None:
    asks = Settings(ask_first=("prod.admin",))
    kept = remember(asks, "prod.admin", AWS, Consent.ALWAYS)
    kept = remember(kept, "prod.admin", "/usr/bin/terraform", Consent.NEVER)
    save_settings(path, kept)
    assert load_settings(path) == (kept, None)
    fewer = forgotten(kept, "prod.admin", AWS)
    save_settings(path, fewer)
    assert load_settings(path) == (fewer, None)
    assert AWS not in path.read_text()
    none = forgotten(fewer, "prod.admin", "/usr/bin/terraform")
    save_settings(path, none)
    assert load_settings(path)[0].approvals == {}
    assert load_settings(path)[0].ask_first == ("prod.admin",)


@pytest.mark.parametrize(
    "written",
    [
        '[approvals.prod]\n"/x" = "yes"\n',
        'approvals = "always"\n',
        '[approvals]\nprod = "always"\n',
    ],
)
def test_what_is_no_answer_is_none(path: Path, written: str) -> None:
    path.write_text(written)
    settings, problem = load_settings(path)
    assert settings.approvals == {}
    assert problem is not None
    assert problem.code == "settings_value"
