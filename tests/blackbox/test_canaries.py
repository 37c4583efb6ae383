"""No key, token, code or sign-in URL where it does not belong, after a whole day's work at DEBUG level.

Searched: every file below the home, runtime and temporary folders, both message buses, argv and
environment of every program that was started, everything written to stdout and stderr. Exempt: the
AWS credentials file, and the answers that were asked for. The accessibility bus carries what is typed.
"""

from __future__ import annotations

import base64
import configparser
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from blackbox import screen
from blackbox.browser import Browser
from blackbox.busmonitor import BusMonitor
from blackbox.canaries import Canary, files_below, leaks
from blackbox.children import started, traced
from blackbox.desktop import Desktop
from blackbox.notifications import Notifications
from blackbox.program import App, Demo, Done, person, run
from blackbox.waiting import until
from rolecall.demo.callers import TOKEN_BEGINNING

DEBUG = """
import importlib.machinery, logging, os, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="%(name)s %(message)s %(exc_text)s")

class Faults:
    # As long as the file FAULT names exists, a call to AWS and every export end with an error nobody
    # foresaw, the secrets in its text.
    def find_spec(self, name, path, target=None):
        if name not in ("botocore.endpoint", "rolecall.domain.export_format"):
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        execute = spec.loader.exec_module
        def exec_module(module):
            execute(module)
            if name == "botocore.endpoint":
                send = module.Endpoint.make_request
                def make_request(self, operation_model, request_dict):
                    fail(request_dict)
                    return send(self, operation_model, request_dict)
                module.Endpoint.make_request = make_request
            else:
                export = module.export
                def faulty(session, kind):
                    fail(export(session, "process"))
                    return export(session, kind)
                module.export = faulty
        spec.loader.exec_module = exec_module
        return spec

def fail(secret):
    if os.path.exists(os.environ["FAULT"]):
        raise ZeroDivisionError(f"{secret}")

sys.meta_path.insert(0, Faults())
"""
"""sitecustomize of the tested programs."""


@pytest.mark.parametrize(
    "form",
    [
        lambda secret: secret,
        lambda secret: f"x{secret[7:19]}x",
        lambda secret: quote(secret, safe=""),
        lambda secret: json.dumps({"a": secret}),
        lambda secret: base64.b64encode(f"id:{secret}:".encode()).decode(),
        lambda secret: base64.b64encode(f"{secret}".encode()).decode(),
        lambda secret: secret.encode("utf-16-le").decode("latin-1"),
    ],
)
def test_the_search_finds_a_secret_in_every_form(form: object) -> None:
    """And nothing where there is none."""
    assert callable(form)
    secret = "wJalr/UtnFEMI+K7MDENG/bPxRfiCYzqXv5w31kd"
    canary = Canary("secret", secret)
    assert leaks([canary], {"a file": b"noise " + form(secret).encode("latin-1") + b" noise"})
    assert not leaks([canary], {"a file": b"noise wJalr/U noise FEMI+K7 PxRfi"})
    assert leaks([Canary("code", "123456")], {"a log": b"TokenCode=123456&"})
    assert not leaks([Canary("code", "123456")], {"a log": b"at 0.1234567 s"})


class Collector:
    """What is secret, and what was said, while the program is used."""

    def __init__(self, desktop: Desktop, demo: Demo) -> None:
        self.canaries: list[Canary] = []
        self.places: dict[str, bytes] = {}
        self._desktop = desktop
        self._demo = demo
        self._files = configparser.ConfigParser(interpolation=None)
        self._files.read(demo.exports["AWS_SHARED_CREDENTIALS_FILE"])
        for name in self._files.sections():
            self.add(f"long-lived secret of {name}", self.keys(name)[1])

    def keys(self, name: str) -> tuple[str, str]:
        """Access key ID and secret of one of the embedded AWS's users."""
        found = self._files[name]
        return found["aws_access_key_id"], found["aws_secret_access_key"]

    def add(self, name: str, value: str) -> None:
        """One more secret; what all session tokens begin with tells nothing of any of them."""
        self.canaries.append(Canary(name, value.removeprefix(TOKEN_BEGINNING)))

    def add_process(self, answer: Done) -> None:
        """The secrets of an answer that was asked for; its stderr is searched."""
        self.add("session's secret", answer.json["SecretAccessKey"])
        self.add("session token", answer.json["SessionToken"])
        self.said("an answer's stderr", answer.err)

    def said(self, where: str, text: str) -> None:
        """Something to search."""
        self.places[f"{where} {len(self.places)}"] = text.encode()

    def code(self, *, wrong: bool = False) -> str:
        """A code that will be typed."""
        code = self._demo.wrong_code() if wrong else self._demo.fresh_code()
        if not wrong:
            self.add("MFA code", code)
        return code


@pytest.fixture(scope="module")
def demo(desktop: Desktop) -> Iterator[Demo]:
    """The embedded AWS."""
    with Demo(desktop.environ) as running:
        yield running


@pytest.fixture(scope="module")
def debugging(desktop: Desktop) -> dict[str, str]:
    """Everything logs everything, ours by its own switch and all others by Python's."""
    folder = desktop.folder / "debug"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(DEBUG)
    fault = str(folder / "fault")
    return {"ROLECALL_LOG": "debug", "PYTHONPATH": str(folder), "FAULT": fault}


def work(app: App, collector: Collector, demo: Demo, browser: Browser) -> None:
    """What a person and their tools do in a day, mistakes included."""
    app.window()
    app.tray.click("prod-admin")
    dialog = app.dialog()
    dialog.wait("MFA code", "text").type(collector.code(wrong=True))
    until(lambda: dialog.find("MFA code", "text").text == "", "the refusal")
    dialog.find("MFA code", "text").type(collector.code())
    until(lambda: "live" in app.row("prod-admin").description, "the row live")

    app.tray.click_below("prod-admin — ", "bash")
    copied = until(lambda: screen.clipboard(app.desktop), "the clipboard")
    for line in copied.replace(";", "\n").splitlines():
        if "TOKEN" in line or "SECRET" in line:
            collector.add("copied " + line.split("=")[0], line.split("=", 1)[1].strip("'\" "))

    app.tray.click_below("prod-admin — ", "Open console")
    browser.address()
    token = parse_qs(urlsplit(browser.redirect).query)["SigninToken"][0]
    collector.add("sign-in token", token)
    collector.add("sign-in URL", browser.redirect.split("SigninToken=")[1])
    tools(app, collector)
    mishaps(app, collector, demo)


def tools(app: App, collector: Collector) -> None:
    """Commands of the same person, with the app."""
    collector.add_process(app.run("credential-process", "prod-admin"))
    collector.add_process(app.run("export", "prod-readonly", "--format", "process"))
    printed = app.run("console", "prod-readonly", "--print")
    collector.add("printed sign-in token", printed.out.split("SigninToken=")[1].strip())
    collector.said("console's stderr", printed.err)
    own = app.run(
        "export", "data-notebook", "--format", "process", "--mfa-stdin", typed=collector.code()
    )
    collector.add_process(own)
    for arguments in (["list"], ["list", "--json"], ["status"], ["explain", "data-warehouse"]):
        done = app.run(*arguments)
        collector.said(" ".join(arguments), done.out + done.err)


def mishaps(app: App, collector: Collector, demo: Demo) -> None:
    """Refusals and bad weather, in the app and in a command without it."""
    app.tray.click("sealed")
    until(lambda: "refused" in app.row("sealed").description, "the refusal")
    alone = {name: value for name, value in app.environ.items() if name != "DISPLAY"}
    alone["XDG_RUNTIME_DIR"] = f"{app.desktop.folder}/tmp"
    for kind in ("garbage", "cut", "throttle", "500"):
        demo.fault(kind=kind, count=100, seconds=0)
        done = run(alone, "login", "data-jump", "--mfa-stdin", typed=collector.code())
        assert done.code in (5, 6), done
        collector.said(f"{kind} alone", done.out + done.err)
        app.run("forget", "vendor-audit")
        done = app.run("login", "vendor-audit")
        collector.said(f"{kind} with the app", done.out + done.err)
        demo.fault(kind="none")
    faults(app, collector, alone)
    reused = collector.canaries[-1].value
    done = run(alone, "login", "prod-admin", "--mfa-stdin", typed=reused)
    collector.said("a used code", done.out + done.err)


def faults(app: App, collector: Collector, alone: dict[str, str]) -> None:
    """Errors nobody foresaw, with secrets in their text: in a command and in the app."""
    switch = Path(app.environ["FAULT"])
    switch.touch()
    try:
        for arguments in (["login", "data-jump", "--mfa-stdin"], ["export", "prod-admin"]):
            for environ in (alone, app.environ):
                done = run(environ, *arguments, typed=collector.code())
                assert done.code != 0
                assert done.out == ""
                assert "Traceback" not in done.err
                collector.said("a fault", done.err)
        app.tray.click_below("prod-admin — ", "fish")
        box = app.dialog("Rolecall", "alert", "alert message", "dialog")
        until(lambda: "ZeroDivisionError" in app.output, "the report")
        collector.said("the crash dialog", box.tree())
        box.find("OK", "push button").press()
        until(box.gone, "the crash dialog to close")
    finally:
        switch.unlink()


def test_no_canary_outside_its_cage(
    desktop: Desktop, demo: Demo, debugging: dict[str, str]
) -> None:
    """The sweep."""
    browser = Browser.made(desktop.folder / "browser")
    collector = Collector(desktop, demo)
    record = desktop.folder / "strace"
    environ = person(demo) | debugging | {"BROWSER": browser.command}
    with (
        BusMonitor(desktop.session_bus) as session,
        BusMonitor(desktop.system_bus) as system,
        Notifications(desktop.session_bus) as notifications,
    ):
        with App(desktop, environ, before=traced([], record)) as app:
            work(app, collector, demo, browser)
            app.tray.click("Quit")
            assert app.wait_for_end() == 0
            collector.said("the app's output", app.output)
        session.settle()
        system.settle()
    places = collector.places | {
        "the session bus": session.traffic,
        "the system bus": system.traffic,
        "notices": repr(notifications.notices).encode(),
        "argv": b"\n".join(word for child in started(record) for word in child.argv),
        "environments": b"\n".join(word for child in started(record) for word in child.environ),
        "the browser's environment": browser.environ.encode(),
    }
    asked_for = [Path(demo.exports["AWS_SHARED_CREDENTIALS_FILE"]), browser.folder, record]
    places |= files_below([desktop.folder], without=asked_for)

    assert len(started(record)) > 3
    assert "DEBUG" in app.output or "asyncio" in app.output or len(app.output) > 1000
    assert len(collector.canaries) > 15
    assert leaks(collector.canaries, places) == []


def test_the_keyring_keeps_a_key_and_nobody_else_sees_it(
    desktop: Desktop, demo: Demo, debugging: dict[str, str]
) -> None:
    """Added in the window, used, kept over a restart: not on the bus (its transport is encrypted), in no file."""
    collector = Collector(desktop, demo)
    key_id, secret = collector.keys("alex")
    kept = ("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL_IAM", "ROLECALL_SIGNIN_URL")
    environ = {name: demo.exports[name] for name in kept} | debugging
    with BusMonitor(desktop.session_bus) as session:
        with App(desktop, environ) as app:
            app.window().wait("Add an access key…", "push button").press()
            dialog = app.dialog("Add an access key")
            dialog.find("Name", "text").type("canary")
            dialog.find("Access key ID", "text").type(key_id)
            dialog.find("Secret access key", "text", "password text").type(secret)
            dialog.find("Store in the keyring", "push button").press()
            until(dialog.gone, "the dialog to close")
            write_profile(desktop.home / ".aws")
            app.row("work")
            collector.add_process(app.run("export", "work", "--format", "process"))
            app.tray.click("Quit")
            assert app.wait_for_end() == 0
            collector.said("output", app.output)
        with App(desktop, environ) as app:
            app.row("work")
            collector.add_process(app.run("export", "work", "--format", "process"))
            collector.said("output", app.output)
        session.settle()
    places = collector.places | {"the session bus": session.traffic}
    left_out = [Path(demo.exports["AWS_SHARED_CREDENTIALS_FILE"]), desktop.folder / "browser"]
    places |= files_below([desktop.folder], without=left_out)
    assert leaks(collector.canaries, places) == []


def write_profile(folder: Path) -> None:
    """A role whose key is in the keyring only."""
    folder.mkdir()
    arn = "arn:aws:iam::222222222222:role/ReadOnly"
    (folder / "config").write_text(
        f"[profile work]\nrole_arn = {arn}\nsource_profile = canary\nregion = eu-central-1\n"
    )
