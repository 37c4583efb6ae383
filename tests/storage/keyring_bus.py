"""A real gnome-keyring on a session bus of its own: open, locked, or no keyring at all.

Each bus has its own folders; nothing of the person who runs the tests is touched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MISSING = [name for name in ("dbus-daemon", "gnome-keyring-daemon") if not shutil.which(name)]
needs_keyring = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


@contextmanager
def session_bus(folder: Path) -> Iterator[dict[str, str]]:
    """A session bus without activatable services; yields the environment of its programs."""
    config = folder / "bus.conf"
    config.write_text(
        "<busconfig><type>session</type>"
        f"<listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>"
        '<policy context="default"><allow send_destination="*" eavesdrop="true"/>'
        '<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>'
    )
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        address = daemon.stdout.readline().strip()
        home = folder / "keyring-home"
        home.mkdir(mode=0o700)
        yield {
            **os.environ,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_RUNTIME_DIR": str(home),
        }
        daemon.terminate()


@contextmanager
def gnome_keyring(environ: dict[str, str], password: str = "open sesame") -> Iterator[int]:
    """gnome-keyring with its login keyring unlocked by `password`; yields its process id."""
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    with subprocess.Popen(
        command,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as daemon:
        assert daemon.stdin is not None
        assert daemon.stdout is not None
        daemon.stdin.write(password.encode())
        daemon.stdin.close()
        daemon.stdout.readline()  # it tells its control folder once it is there
        try:
            yield daemon.pid
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.stdout.close()
