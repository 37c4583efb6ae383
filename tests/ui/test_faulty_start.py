"""A program that cannot even be put together says so and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from rolecall.ui import main
QMessageBox.open = lambda box: QTimer.singleShot(0, lambda: box.done(0))  # a person reads it and closes it
def compose(*_, **__):
    raise ImportError("secretsecretsecretsecret")
main.compose = compose
sys.exit(main.run(["--minimized"], os.environ))
"""


def test_a_fault_before_anything_stands_ends_the_program(tmp_path: Path) -> None:
    environ = {**os.environ, "ROLECALL_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert done.returncode == 1, done.stderr
    assert "ImportError" in done.stderr
    assert "secretsecret" not in done.stderr
