"""No token, code, state or client secret of an Identity Center sign-in where it does not belong.

Everything logs at DEBUG; the person's own browser is the one program that may see addresses with a state or a
code in them, and the cache that AWS's tools share is the one place for tokens.
"""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from blackbox import test_canaries
from blackbox.busmonitor import BusMonitor
from blackbox.canaries import Canary, files_below, leaks
from blackbox.children import started, traced
from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person
from blackbox.test_identity_center import change
from blackbox.test_identity_center_window import OTHER, ROLE, Person, opened
from blackbox.waiting import until

SECRETS = ("accessToken", "refreshToken", "clientSecret")


def kept(folder: Path) -> list[Canary]:
    """The secrets in the shared cache as it is now."""
    found = [json.loads(file.read_text()) for file in folder.glob("*.json")]
    return [Canary(key, each[key]) for each in found for key in SECRETS if key in each]


def of_addresses(file: Path) -> list[Canary]:
    """State and code of the addresses the browser was led to."""
    asked = [parse_qs(urlsplit(line).query) for line in file.read_text().split()]
    return [Canary(key, each[key][0]) for each in asked for key in ("state", "code") if key in each]


def test_nothing_of_a_sign_in_leaves_its_cage(desktop: Desktop, tmp_path: Path) -> None:
    """Sign in, refresh, look around, be refused; then search files, buses, argv, environments and output."""
    folder = tmp_path / "debug"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(test_canaries.DEBUG)
    debug = {"ROLECALL_LOG": "debug", "PYTHONPATH": str(folder), "FAULT": str(folder / "no")}
    human, record = Person(tmp_path / "answer"), tmp_path / "strace"
    cache = desktop.home / ".aws" / "sso" / "cache"
    canaries: list[Canary] = []
    with Demo(desktop.environ) as demo, BusMonitor(desktop.session_bus) as session:
        environ = person(demo) | debug | {"BROWSER": human.browser}
        with App(desktop, environ, before=traced([], record)) as app:
            app.window()
            app.tray.click(ROLE)
            until(lambda: "live" in app.row(ROLE).description, "the row live", seconds=60)
            canaries += kept(cache) + of_addresses(tmp_path / "answer.seen")
            demo.advance(3000)  # the token is due
            answer = app.run("credential-process", OTHER)
            canaries += kept(cache)
            canaries.append(Canary("secret key", answer.json["SecretAccessKey"]))
            dialog = opened(app)
            dialog.find("Sign in", "push button").press()
            until(lambda: "DataScientist" in dialog.words(), "the offers")
            dialog.find("Cancel", "push button").press()
            change(demo, end_sign_ins=1)
            human.will("deny")
            assert app.run("forget", "--all").code == 0
            app.tray.click(ROLE)
            dialog = app.dialog("Sign in")
            until(lambda: "turned down" in dialog.words(), "the refusal")
            dialog.find("Cancel", "push button").press()
            app.tray.click("Quit")
            assert app.wait_for_end() == 0
            output = app.output
        session.settle()
    places = {
        "the session bus": session.traffic,
        "argv": b"\n".join(word for child in started(record) for word in child.argv),
        "environments": b"\n".join(word for child in started(record) for word in child.environ),
        "output": output.encode(),
        "stderr": answer.err.encode(),
        **files_below([desktop.folder], without=[cache]),
    }
    assert len(output) > 1000
    assert {canary.name for canary in canaries} >= {*SECRETS, "state", "code", "secret key"}
    assert leaks(canaries, places) == []
