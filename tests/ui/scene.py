"""A scene for the windows: the embedded AWS, real Actions over real files, and Jobs that run at once or when told.

Nothing in it is Qt but what the windows make themselves, so a test reads what a person would do.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rolecall.actions import Actions, Services
from rolecall.demo.clock import DemoClock
from rolecall.demo.instance import DemoInstance
from rolecall.domain.problem import Problem, ProblemError, Text
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.sign_in import Sts
from rolecall.storage.paths import AwsFiles, Paths
from rolecall.storage.secret_store import MemorySecretStore
from rolecall.store import Store

PHONE = "arn:aws:iam::111111111111:mfa/alex-phone"
GOV_PHONE = "arn:aws-us-gov:iam::444444444444:mfa/alex-gov-phone"


@dataclass
class Parts:
    """WindowParts that writes down what was asked, and does what belongs to Actions."""

    clock: Callable[[], float]
    tray: bool = True
    asked: list[tuple[str, ...]] = field(default_factory=list)
    told: list[Callable[[float], None]] = field(default_factory=list)
    seconds: set[str] = field(default_factory=set)
    deadline: float | None = None
    actions: Actions | None = None
    problems: list[Problem] = field(default_factory=list)
    starts_at_login: bool = False
    translate: Callable[[Text], str] = str

    def now(self) -> float:
        return self.clock()

    def said(self, text: Text) -> str:
        return self.translate(text)

    def copy(self, role_name: str, format: str | None = None, wish: Wish | None = None) -> None:  # noqa: A002
        self.asked.append(("copy", role_name, format or ""))

    def open_console(
        self, role_name: str, service: str = "", region: str = "", wish: Wish | None = None
    ) -> None:
        self.asked.append(("console", role_name, service, region))

    def sign_in(self, role_name: str, wish: Wish | None = None) -> None:
        assert self.actions
        self.actions.sign_in(role_name, wish or Wish(), self._answered)

    def renew(self, role_name: str) -> None:
        assert self.actions
        self.actions.renew(role_name, self._answered)

    def forget(self, role_name: str) -> None:
        assert self.actions
        self.actions.forget(role_name)

    def _answered(self, answer: Session | Problem) -> None:
        if isinstance(answer, Problem):
            self.problem(answer)

    def copy_text(self, text: str) -> None:
        self.asked.append(("copy text", text))

    def open_page(self, address: str) -> None:
        self.asked.append(("page", address))

    def clear_clipboard(self) -> None:
        self.asked.append(("clear clipboard",))

    def clipboard_deadline(self) -> float | None:
        return self.deadline

    def show_window(self, search: str | None = None) -> None:
        self.asked.append(("window", search or ""))

    def show_settings(self) -> None:
        self.asked.append(("settings",))

    def show_add_key(self) -> None:
        self.asked.append(("add key",))

    def show_add_role(self, name: str = "") -> None:
        self.asked.append(("add role", name))

    def show_import(self) -> None:
        self.asked.append(("import",))

    def show_identity_center(self) -> None:
        self.asked.append(("identity center",))

    def show_setup(self) -> None:
        self.asked.append(("setup",))

    def show_keep_seed(self) -> None:
        self.asked.append(("keep seed",))

    def show_journal(self) -> None:
        self.asked.append(("journal",))

    def show_about(self) -> None:
        self.asked.append(("about",))

    def try_demo(self) -> None:
        self.asked.append(("demo",))

    def quit(self) -> None:
        self.asked.append(("quit",))

    def tray_present(self) -> bool:
        return self.tray

    def set_seconds_shown(self, shown: bool, who: str = "window") -> None:
        (self.seconds.add if shown else self.seconds.discard)(who)

    def after(self, _name: str, _seconds: float, call: Callable[[], None]) -> None:
        call()

    def on_beat(self, told: Callable[[float], None]) -> None:
        self.told.append(told)

    def autostart(self) -> bool:
        return self.starts_at_login

    def set_autostart(self, wanted: bool) -> None:
        self.starts_at_login = wanted

    def set_language(self, language: str) -> None:
        self.asked.append(("language", language))

    def problem(self, problem: Problem) -> None:
        self.problems.append(problem)

    def last_problem(self) -> Problem | None:
        return self.problems[-1] if self.problems else None

    def beat(self) -> None:
        """Time was looked at: every view is told."""
        for told in self.told:
            told(self.now())


class Scene:
    """Store, Actions and Parts over the embedded AWS. `hold` keeps Jobs until `let_go`."""

    def __init__(self, folder: Path, config: str | None = None, start: float | None = None) -> None:
        """config: text of an AWS config file in place of the demo's. start: where the clock begins."""
        first, real = start or time.time(), time.monotonic()
        self.clock = DemoClock(lambda: first + time.monotonic() - real)
        self.demo = DemoInstance(folder, self.clock)
        environ = {**os.environ, **self.demo.environment()}
        self._before = {name: os.environ.get(name) for name in self.demo.environment()}
        os.environ.update(self.demo.environment())
        self.files = AwsFiles.of(environ)
        if config is not None:
            self.files.config.write_text(config)
            self.files.credentials.write_text("")
        paths = Paths.of(environ)
        paths.ensure()
        if config is not None:
            paths.entries_file.unlink(missing_ok=True)
        self.store = Store()
        self.secrets = MemorySecretStore()
        services = Services(paths, self.files, self.secrets, Sts, environ=environ)
        self.asked_for: list[str] = []
        self.ask: Callable[[str], None] = self.asked_for.append
        self.sign_ins_wanted: list[str] = []
        self.ask_sign_in: Callable[[str], None] = self.sign_ins_wanted.append
        self.lines_wanted: list[str] = []
        self.ask_line: Callable[[str], None] = self.lines_wanted.append
        self.hold = False
        self._held: list[Callable[[], None]] = []
        self.actions = Actions(
            self.store,
            services,
            self.run,
            self._ask,
            self.clock.now,
            ask_sign_in=lambda key: self.ask_sign_in(key),  # noqa: PLW0108  tests replace it
            ask_line=lambda digest: self.ask_line(digest),  # noqa: PLW0108
        )
        self.parts = Parts(self.actions.now, actions=self.actions)
        self.actions.load()

    def _ask(self, serial: str) -> None:
        self.ask(serial)

    def run(
        self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Problem], None]
    ) -> None:
        """Do a Job at once on this thread, or keep it."""

        def work() -> None:
            try:
                answer = job()
            except ProblemError as error:
                failed(error.problem)
            else:
                done(answer)

        if self.hold:
            self._held.append(work)
        else:
            work()

    def let_go(self) -> None:
        """Do every Job that was kept."""
        self.hold = False
        held, self._held = self._held, []
        for work in held:
            work()

    def code(self, serial: str = PHONE) -> str:
        """What the device shows now."""
        device = self.demo.aws.catalogue.device(serial)
        assert device is not None
        return device.code(self.clock.now())

    def advance(self, seconds: float) -> None:
        """Let time pass for everyone, and look at the clock."""
        self.clock.advance(seconds)
        self.actions.beat()
        self.parts.beat()

    def sign_in(self, *names: str) -> None:
        """Sign in to roles, each with a code of its own half minute where one is needed."""
        for name in names:
            self.actions.sign_in(name, Wish(), lambda _answer: None)
            for serial, queue in tuple(self.store.state.queues.items()):
                if queue.waiters:
                    self.clock.advance(30)
                    self.actions.give_code(serial, self.code(serial))

    def settings(self, **changes: object) -> None:
        """Change settings as the settings dialog does."""
        state = self.store.state
        self.actions.change_settings(replace(state.settings, **changes))  # type: ignore[arg-type]

    def close(self) -> None:
        """Stop the embedded AWS and give the environment back."""
        self.demo.close()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def many(count: int) -> str:
    """A config file of `count` roles in 40 accounts."""
    teams = ("payments", "search", "billing", "data", "web", "mobile", "identity", "growth")
    places = ("prod", "staging", "dev", "sandbox")
    jobs = ("admin", "readonly", "deploy", "audit", "oncall")
    lines = ["[profile alex]", "aws_access_key_id = AKIAEXAMPLE", "aws_secret_access_key = x"]
    for n in range(count):
        name = f"{teams[n % 8]}-{places[n // 8 % 4]}-{jobs[n // 32 % 5]}"
        account = 100_000_000_000 + n % 40 * 7_777_777_777
        lines += [
            f"[profile {name}-{n:03}]",
            f"role_arn = arn:aws:iam::{account}:role/{jobs[n // 32 % 5].title()}",
            "source_profile = alex",
            f"region = {('eu-central-1', 'us-east-1', 'ap-northeast-2')[n % 3]}",
            *([f"mfa_serial = {PHONE}"] if n % 2 else []),
        ]
    return "\n".join(lines) + "\n"
