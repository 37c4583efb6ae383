"""Each rule fails on a small tree that breaks it, and keeps quiet on one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from architecture import rules
from architecture.rules import Rule

WRONG: list[tuple[Rule, str, str]] = [
    (rules.arrows, "domain/a.py", "from rolecall.aws import sts"),
    (rules.arrows, "domain/a.py", "from ..aws import sts"),
    (rules.arrows, "domain/a.py", "def f():\n    import rolecall.storage.paths"),
    (rules.arrows, "aws/a.py", "from rolecall.storage.paths import home"),
    (rules.arrows, "aws/a.py", "from rolecall import agent"),
    (rules.arrows, "storage/a.py", "import rolecall.aws.sts as s"),
    (rules.arrows, "storage/a.py", "from .. import aws"),
    (rules.arrows, "agent.py", "from rolecall.demo.server import x"),
    (rules.arrows, "demo/a.py", "from rolecall.aws.sts import x"),
    (
        rules.arrows,
        "demo/a.py",
        "class C:\n    def f(self):\n        from rolecall.storage import paths",
    ),
    (rules.arrows, "sign_in.py", "from rolecall.storage import secret_store"),
    (rules.arrows, "actions.py", "from rolecall.aws.sts import assume_role"),
    (rules.arrows, "actions.py", "from rolecall.ui.main import main"),
    (rules.arrows, "store.py", "from rolecall import actions"),
    (rules.arrows, "cli/a.py", "from rolecall.actions import Actions"),
    (rules.arrows, "cli/a.py", "from rolecall.storage import aws_config"),
    (rules.arrows, "cli/a.py", "class C:\n    from rolecall.demo import server"),
    (rules.arrows, "cli/a.py", "def f():\n    from rolecall.ui import main"),
    (rules.arrows, "cli/a.py", "def f():\n    from rolecall.aws import sts"),
    (rules.arrows, "cli/a.py", "if TYPE_CHECKING:\n    from rolecall.ui.main import main"),
    (rules.arrows, "__main__.py", "from rolecall.ui.main import main"),
    (rules.arrows, "__main__.py", "def f():\n    from rolecall.ui import tray"),
    (rules.arrows, "answers.py", "from rolecall.aws.console import Destination"),
    (rules.arrows, "actions.py", "from rolecall.answers import answer"),
    (rules.arrows, "cli/a.py", "from rolecall.answers import answer"),
    (rules.arrows, "domain/a.py", "from rolecall import fast_client"),
    (rules.arrows, "__init__.py", "from rolecall.domain import role"),
    (rules.arrows, "stranger.py", "from rolecall.domain import role"),
    (rules.libraries, "actions.py", "import boto3"),
    (rules.libraries, "actions.py", "def f():\n    from botocore.session import Session"),
    (rules.libraries, "domain/a.py", "import tomlkit"),
    (rules.libraries, "demo/a.py", "import botocore.auth"),
    (rules.libraries, "store.py", "from PySide6.QtCore import QObject"),
    (rules.libraries, "storage/paths.py", "import keyring"),
    (rules.libraries, "storage/aws_config.py", "def f():\n    import secretstorage"),
    (rules.libraries, "ui/tray.py", "import keyring.backends"),
    (rules.libraries, "aws/a.py", "import requests"),
    (rules.pure_domain, "domain/a.py", "import time"),
    (rules.pure_domain, "domain/a.py", "def f():\n    from logging import getLogger"),
    (rules.pure_domain, "domain/a.py", "import datetime\nx = datetime.datetime.now(datetime.UTC)"),
    (rules.pure_domain, "domain/a.py", "def f(p):\n    return open(p)"),
    (rules.fast_client, "fast_client.py", "import json"),
    (rules.fast_client, "ask.py", "import fast_client, os"),
    (rules.libraries, "agent.py", "import fast_client"),
    (rules.fast_client, "fast_client.py", "def f():\n    import os"),
    (rules.fast_client, "fast_client.py", "from rolecall.domain import role"),
    (rules.one_timer, "ui/tray.py", "from PySide6.QtCore import QTimer\nt = QTimer()"),
    (rules.one_timer, "ui/tray.py", "from PySide6 import QtCore\nQtCore.QTimer.singleShot(0, f)"),
    (rules.one_timer, "ui/tray.py", "from PySide6.QtCore import QTimer as T"),
    (rules.one_timer, "ui/window.py", "def f(self):\n    self.startTimer(1000)"),
    (rules.few_threads, "aws/sts.py", "import threading\nthreading.Thread(target=f).start()"),
    (rules.few_threads, "actions.py", "from concurrent.futures import ThreadPoolExecutor as P"),
    (rules.few_threads, "agent.py", "import _thread\n_thread.start_new_thread(f, ())"),
    (
        rules.few_threads,
        "ui/tray.py",
        "from PySide6.QtCore import QThread\nclass W(QThread):\n    x = 1",
    ),
    (rules.marked_texts, "cli/a.py", 'p = text("Which command?")'),
    (rules.marked_texts, "aws/a.py", 'p = Text("{x} is wrong")'),
    (rules.no_nested_loops, "ui/mfa_dialog.py", "def f(d):\n    d.exec()"),
    (rules.no_nested_loops, "ui/tray.py", "def f(m):\n    m.exec_(1)"),
    (rules.no_late_menus, "ui/tray.py", "menu.aboutToShow.connect(f)"),
    (rules.no_shell, "cli/a.py", "import os\nos.system('ls')"),
    (rules.no_shell, "cli/a.py", "from os import popen"),
    (rules.no_shell, "storage/a.py", "import subprocess\nsubprocess.run('ls', shell=True)"),
    (rules.no_shell, "storage/a.py", "import subprocess\nsubprocess.run('ls', shell=yes)"),
]

RIGHT: list[tuple[str, str]] = [
    ("cli/a.py", "if TYPE_CHECKING:\n    from rolecall.actions import Actions"),
    ("domain/a.py", "from rolecall.domain.role import Role\nfrom .state import State\nimport re"),
    (
        "aws/a.py",
        "import boto3\nfrom rolecall.domain.role import Role\nfrom rolecall.aws import problems",
    ),
    ("storage/secret_service.py", "def f():\n    import secretstorage"),
    ("storage/keyring_library.py", "def f():\n    import keyring"),
    ("storage/a.py", "import subprocess\nsubprocess.run(['ls'], shell=False)"),
    ("sign_in.py", "from rolecall.aws.sts import assume_role\nfrom rolecall import __version__"),
    ("actions.py", "from rolecall.sign_in import walk\nfrom rolecall.storage import journal"),
    (
        "cli/a.py",
        "from rolecall.agent import ask\ndef f():\n    from rolecall.storage import paths",
    ),
    (
        "__main__.py",
        "from rolecall.cli import run\ndef f():\n    from rolecall.ui.main import main",
    ),
    ("answers.py", "from rolecall.actions import Actions\nfrom rolecall.agent import Reply"),
    ("agent.py", "from rolecall import fast_client"),
    ("cli/a.py", 'p = text("{error} ({place})", error=1)\nq = Text(QT_TRANSLATE_NOOP("P", "x"))'),
    ("fast_client.py", "import sys, posix\ndef f():\n    import _socket"),
    ("ask.py", "import fast_client"),
    ("ui/heartbeat.py", "from PySide6.QtCore import QTimer\nt = QTimer()"),
    ("ui/background.py", "import threading\nthreading.Thread(target=f, daemon=True).start()"),
    ("ui/main.py", "def f(app):\n    return app.exec()"),
    (
        "demo/server.py",
        "from http.server import ThreadingHTTPServer\nserver = ThreadingHTTPServer()",
    ),
    ("aws/b.py", "import threading\nlock = threading.Lock()"),
]


def tree(root: Path, path: str, text: str) -> Path:
    """A package called rolecall with the folders of the house and one file of our choice."""
    package = root / "rolecall"
    for folder in ("domain", "aws", "storage", "demo", "cli", "ui"):
        (package / folder).mkdir(parents=True)
        (package / folder / "__init__.py").touch()
    (package / path).write_text(text + "\n", encoding="utf-8")
    return package


@pytest.mark.parametrize(
    ("rule", "path", "text"), WRONG, ids=lambda x: getattr(x, "__name__", None)
)
def test_a_wrong_line_is_caught(tmp_path: Path, rule: Rule, path: str, text: str) -> None:
    found = list(rule(tree(tmp_path, path, text)))
    assert found
    assert all(line.startswith(f"{path}:") for line in found)


@pytest.mark.parametrize(("path", "text"), RIGHT)
def test_a_right_file_passes_every_rule(tmp_path: Path, path: str, text: str) -> None:
    package = tree(tmp_path, path, text)
    assert [line for rule in rules.RULES for line in rule(package)] == []


@pytest.mark.parametrize(
    "path", ["app/rolecall/utils.py", "tests/Helpers.py", "app/rolecall/common/a.py"]
)
def test_a_vague_name_is_caught(tmp_path: Path, path: str) -> None:
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.touch()
    assert list(rules.telling_names(tmp_path))
