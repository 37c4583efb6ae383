"""No process that holds keys leaves its memory in a core file."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

BEGIN = "import resource as r; r.setrlimit(r.RLIMIT_CORE, (r.getrlimit(r.RLIMIT_CORE)[1],) * 2); "
ALONE = "import os; from rolecall.cli.alone import actions_alone; actions_alone(os.environ); "
APP = (
    "from PySide6.QtWidgets import QApplication; from rolecall.ui import main; from pathlib import Path; "
    "app = main.new_application(); from rolecall.ui.heartbeat import Heartbeat; from rolecall.ui.tray import Tray; "
    "from rolecall.storage.paths import Paths; import os; p = Paths.of(os.environ); p.ensure(); "
    "main.compose(app, Tray(app), Heartbeat(app), p, os.environ); "
)


@pytest.mark.skipif(
    resource.getrlimit(resource.RLIMIT_CORE)[1] == 0, reason="core files are forbidden here anyway"
)
@pytest.mark.parametrize("held_by", [ALONE, APP], ids=["command", "app"])
def test_who_holds_keys_leaves_no_core_file(tmp_path: Path, held_by: str) -> None:
    environ = {**os.environ, "ROLECALL_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    script = BEGIN + held_by + "print(r.getrlimit(r.RLIMIT_CORE))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.startswith("(0, "), done.stderr
