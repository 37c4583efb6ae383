"""What the short commands load: each import is paid by every shell prompt that calls them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from architecture.rules import FAST_CLIENT_MAY, PACKAGE

HEAVY = (
    "PySide6",
    "shiboken6",
    "boto3",
    "botocore",
    "moto",
    "keyring",
    "secretstorage",
    "cryptography",
)

REPORTED = """
import atexit, os, sys
report = os.environ.pop("REPORT")
atexit.register(lambda: open(report, "w").write("\\n".join(sys.modules)))
from rolecall.__main__ import main
sys.exit(main())
"""

CONFIG = """\
[default]
region = eu-central-1
[profile prod-admin]
role_arn = arn:aws:iam::222222222222:role/Admin
source_profile = default
mfa_serial = arn:aws:iam::111111111111:mfa/alex
"""

KEYS = """\
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = EXAMPLE
"""


@pytest.fixture
def home(tmp_path: Path) -> Mapping[str, str]:
    """The environment of a person with one role and no running app."""
    (tmp_path / "config").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "credentials").write_text(KEYS, encoding="utf-8")
    return {
        "PATH": os.defpath,
        "HOME": str(tmp_path),
        "ROLECALL_HOME": str(tmp_path / "rolecall"),
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        "PYTHONPATH": str(PACKAGE.parent),
    }


@pytest.mark.parametrize(
    "command", [["list"], ["list", "--json"], ["status"], ["explain", "prod-admin"]]
)
def test_a_short_command_loads_nothing_heavy(
    home: Mapping[str, str], tmp_path: Path, command: list[str]
) -> None:
    report = tmp_path / "modules"
    done = subprocess.run(
        [sys.executable, "-c", REPORTED, *command],
        env={**home, "REPORT": str(report)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if command[0] != "status":
        assert "prod-admin" in done.stdout
    loaded = report.read_text(encoding="utf-8").split()
    assert "rolecall.cli.command" in loaded
    assert [name for name in loaded if name.split(".")[0] in HEAVY] == []


IDLE = """
import builtins, linecache, os, sys
from rolecall.ui.main import run
run(["--minimized"], os.environ, composed=lambda app: app.after("report", 0.2, app.quit))
open(os.environ["REPORT"], "w").write("\\n".join([*sys.modules, *linecache.cache]))
"""

NOT_WHILE_IDLE = (
    *(name for name in HEAVY if name not in ("PySide6", "shiboken6")),
    *("rolecall.aws", "rolecall.sign_in", "rolecall.answers", "rolecall.cli.command"),
    *(
        "rolecall.domain.export_format",
        "rolecall.domain.limits",
        "rolecall.domain.portal_entries",
        "rolecall.acting.own",
        "rolecall.acting.portals",
        "rolecall.domain.saml",
        "rolecall.storage.sso_cache",
        "rolecall.demo",
        "rolecall.container_endpoint",
    ),
    *("asyncio", "concurrent", "ctypes", "decimal", "email", "hashlib", "html", "http", "json"),
    *("jeepney", "multiprocessing", "platform", "socket", "socketserver", "sqlite3", "ssl"),
    *("subprocess", "unicodedata", "unittest", "urllib.request", "uuid", "webbrowser", "xml"),
    *("PySide6.QtNetwork", "PySide6.QtSvg", "rolecall.ui.window", "rolecall.ui.theme"),
    *("rolecall.ui.mfa_dialog", "rolecall.ui.programs"),
    *("rolecall.ui.dialogs", "rolecall.ui.wishes"),
)
"""What a tray nobody has clicked yet does without: each is memory for as long as the program runs."""


def test_an_idle_app_has_loaded_nothing_for_later(home: Mapping[str, str], tmp_path: Path) -> None:
    report = tmp_path / "modules"
    done = subprocess.run(
        [sys.executable, "-c", IDLE],
        env={**home, "REPORT": str(report), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = report.read_text(encoding="utf-8").split("\n")
    assert "rolecall.ui.agent_server" in loaded
    inside = [n for n in loaded for late in NOT_WHILE_IDLE if n == late or n.startswith(f"{late}.")]
    assert inside == []
    # PySide's own `import` would have read the source of each of them (see rolecall/ui/__init__.py).
    assert [name for name in loaded if str(PACKAGE) in name] == []


def imported(stderr: str) -> set[str]:
    """The modules that `-X importtime` names; nothing else writes such lines."""
    lines = (line.split("|") for line in stderr.splitlines() if line.startswith("import time:"))
    return {parts[2].strip() for parts in lines if len(parts) == 3} - {"imported package"}


@pytest.mark.parametrize("script", ["ask.py", "fast_client.py"])
def test_the_fast_client_loads_its_three_modules(
    home: Mapping[str, str], tmp_path: Path, script: str
) -> None:
    """Nothing more for the lines that `wire` writes, nor for those that it wrote in earlier versions."""
    folder = tmp_path / "rolecall" / "run"
    folder.mkdir(parents=True)
    bare = [sys.executable, "-S", "-E", "-X", "importtime"]
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "agent.sock"))
        server.listen()
        server.settimeout(30)
        answered = threading.Thread(target=answer_once, args=(server,))
        answered.start()
        client = subprocess.run(
            [*bare, str(PACKAGE / script), "credential-process", "prod-admin"],
            env=home,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        answered.join(30)
    floor = subprocess.run(
        [*bare, "-c", "pass"], env=home, capture_output=True, text=True, timeout=60, check=True
    )
    assert (client.returncode, client.stdout) == (0, "the answer")
    assert imported(floor.stderr)
    assert imported(client.stderr) - imported(floor.stderr) <= FAST_CLIENT_MAY | {"fast_client"}


def answer_once(server: socket.socket) -> None:
    """An app that gives one answer: one status byte and the exact bytes for stdout."""
    connection, _ = server.accept()
    with connection:
        request = connection.recv(65536)
        assert request.startswith(b"1 credential-process prod-admin\n")
        connection.sendall(b"\x00the answer")
