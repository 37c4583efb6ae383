"""What an idle tray must not carry: consent, journal and their windows come when a role is asked for."""

from __future__ import annotations

import subprocess
import sys

LATE = (
    "rolecall.ui.programs", "rolecall.ui.journaling", "rolecall.ui.approvals", "rolecall.ui.approval_dialog",
    "rolecall.ui.journal_dialog", "rolecall.ui.timeline", "rolecall.ui.asker", "rolecall.domain.journal",
    "rolecall.domain.approval", "rolecall.storage.journal", "csv",
)  # fmt: skip

START = """
import sys
import rolecall.ui.main, rolecall.ui.app, rolecall.ui.agent_server, rolecall.ui.tray_items, rolecall.keeping
print("\\n".join(sys.modules))
"""


def test_an_idle_tray_carries_nothing_of_who_asked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = done.stdout.split()
    assert "rolecall.ui.app" in loaded
    assert [name for name in LATE if name in loaded] == []
