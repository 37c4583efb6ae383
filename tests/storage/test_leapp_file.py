"""Leapp's encrypted workspace: opened with this computer's id, told where it does not open. openssl seals it."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from rolecall.domain.problem import ProblemError
from rolecall.storage.leapp_file import unlock

openssl = shutil.which("openssl")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    place = tmp_path / "machine-id"
    place.write_text("B0B15A1D00000000000000000000CAFE\n")
    return place


def sealed(machine: Path, content: bytes) -> bytes:
    digest = hashlib.sha256(machine.read_text().strip().lower().encode()).hexdigest()
    words = ["enc", "-aes-256-cbc", "-md", "md5", "-salt", "-a", "-A", "-pass", f"pass:{digest}"]
    assert openssl is not None
    done = subprocess.run([openssl, *words], input=content, capture_output=True, check=True)
    return done.stdout


@pytest.mark.skipif(openssl is None, reason="another program has to seal it")
def test_the_computers_id_opens_it(machine: Path, tmp_path: Path) -> None:
    content = b'{"_sessions": []}'
    assert unlock(tmp_path, sealed(machine, content), (tmp_path / "none", machine)) == content


@pytest.mark.skipif(openssl is None, reason="another program has to seal it")
def test_another_computers_file_stays_shut(machine: Path, tmp_path: Path) -> None:
    raw = sealed(machine, b'{"_sessions": []}')
    machine.write_text("another")
    with pytest.raises(ProblemError, match="leapp_locked"):
        unlock(tmp_path, raw, (machine,))


@pytest.mark.parametrize("raw", [b"no base64 \xff", b"U2FsdGVkX18=", b"QUJDRA=="])
def test_what_leapp_never_wrote_stays_shut(raw: bytes, machine: Path, tmp_path: Path) -> None:
    with pytest.raises(ProblemError, match="leapp_locked"):
        unlock(tmp_path, raw, (machine,))
