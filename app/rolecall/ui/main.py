"""Main: the composition root of the desktop program. Builds each object once, connects, runs the loop.

The icon comes first; files, socket and watches follow at the loop's first turns. So nothing is
imported here that the icon can do without.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from rolecall import __version__
from rolecall.cli.listening import is_listening
from rolecall.ui.heartbeat import Heartbeat
from rolecall.ui.picture_cache import keep_pictures
from rolecall.ui.tray import Tray

if TYPE_CHECKING:
    from rolecall.actions import Actions
    from rolecall.domain.problem import Problem
    from rolecall.sign_in import Sts
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.ui.app import App
    from rolecall.ui.background import Background
    from rolecall.ui.clock import Clock

APP_ID = "rolecall"
"""Name of the desktop file; Wayland, notifications and the tray find icon and title by it."""

ICON_FIRST = 0.02
"""Seconds the loop turns with nothing but the icon, so that the panel's questions are answered first."""

Composed = Callable[["App"], None]


def main(argv: list[str]) -> int:
    """Run the desktop program; returns the exit code. argv: `--minimized` and `--demo`, or neither."""
    if "--demo" in argv:
        from rolecall.ui.demo import run_demo

        return run_demo(argv)
    return run(argv, os.environ)


def run(argv: list[str], environ: Mapping[str, str], composed: Composed = lambda _app: None) -> int:
    """Run one instance in the surroundings `environ`, or raise the window of the one that runs.

    composed: told of the App once it stands.
    """
    minimized = "--minimized" in argv
    if is_listening(environ):  # asked before an icon could flicker; the lock decides
        from rolecall.ui.second_start import raise_first

        return raise_first(environ, minimized=minimized)
    application = new_application()
    heartbeat = Heartbeat(application)
    tray = Tray(application)
    kept: list[App] = []

    def build() -> None:
        try:
            app = _begun(application, tray, heartbeat, environ, minimized=minimized)
        except Exception as fault:  # noqa: BLE001  an icon with nothing behind it would stay for ever
            from rolecall.ui.crash import Crash

            tray.remove()
            Crash().end(fault)
            return
        if app is not None:
            kept.append(app)
            app.start(minimized=minimized)
            composed(app)
        gc.collect()  # what imports and class bodies left behind: half a megabyte

    heartbeat.after("start", ICON_FIRST, build)
    return application.exec()


def new_application() -> QApplication:
    """The one QApplication, its names set before any icon or window asks for them."""
    QApplication.setApplicationName(APP_ID)
    QApplication.setApplicationDisplayName("Rolecall")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName(APP_ID)
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    keep_pictures(kept=False)
    return application


def _begun(
    application: QApplication,
    tray: Tray,
    heartbeat: Heartbeat,
    environ: Mapping[str, str],
    *,
    minimized: bool,
) -> App | None:
    """Take the lock and compose; None where the program ends instead, its reason said."""
    from rolecall.domain.problem import ProblemError
    from rolecall.storage.paths import Paths
    from rolecall.ui.single_instance import SingleInstance

    try:
        paths = Paths.of(environ)
        nothing_kept = paths.ensure()
        instance = SingleInstance(paths.lock_path)
        if not instance.take():
            from rolecall.ui.second_start import raise_first

            tray.remove()
            application.exit(raise_first(environ, minimized=minimized))
            return None
        app = compose(application, tray, heartbeat, paths, environ, keeps=nothing_kept is None)
    except ProblemError as error:
        _refused(error.problem)
        return None
    app.before_end.append(instance.release)
    if nothing_kept is not None:
        # once the window is there, if one comes: it has a place for it
        heartbeat.after("nothing kept", 0.0, partial(app.problem, nothing_kept))
    return app


def compose(
    application: QApplication,
    tray: Tray,
    heartbeat: Heartbeat,
    paths: Paths,
    environ: Mapping[str, str],
    *,
    keeps: bool = True,
) -> App:
    """Everything behind the icon. keeps: something can be written in this home.

    Raises ProblemError for surroundings nobody can work in.
    """
    from rolecall.actions import Actions, Services
    from rolecall.agent import context_digest
    from rolecall.keeping import kept_by
    from rolecall.storage.core_dumps import refuse_core_dumps
    from rolecall.storage.paths import AwsFiles
    from rolecall.storage.secret_store import system_store
    from rolecall.storage.seed_store import seed_store
    from rolecall.store import Store
    from rolecall.ui.app import App
    from rolecall.ui.background import Background
    from rolecall.ui.clock import Clock
    from rolecall.ui.crash import Crash
    from rolecall.ui.translation import Translation, said

    gc.collect()  # classes with slots are made twice: what is left of the first makes room for what follows
    refuse_core_dumps()
    if environ.get("ROLECALL_LOG"):
        from rolecall.storage.log import set_up

        set_up(environ, paths.log_path)
    crash = Crash()
    crash.install()
    background = Background(crash.report)

    def clock_moved() -> None:
        actions.forget_skew()  # it was measured against the clock as it stood
        heartbeat.soon()

    clock = Clock(environ, background, clock_moved)
    files = AwsFiles.of(environ)
    services = Services(
        paths,
        files,
        system_store(environ),
        _sts,
        _signin_base(environ),
        beside=True,
        environ=environ,
        seeds=seed_store(environ),
        say=said,
    )
    store = Store()
    actions = Actions(
        store,
        services,
        background.run,
        lambda serial: app.attention.ask_code(serial),  # noqa: PLW0108  app is made below
        clock,
        lambda notice: app.attention.notice(notice),  # noqa: PLW0108
        lambda key: app.attention.ask_sign_in(key),  # noqa: PLW0108
        background.back,
        lambda digest: app.attention.ask_line(digest),  # noqa: PLW0108
    )
    actions.load()
    translation = Translation(application)
    translation.speak(store.state.settings.language)
    app = App(application, store, actions, background, tray, translation, heartbeat)
    heartbeat.subscribe(clock.ask)
    if keeps:
        app.journal_path = paths.state_dir / "journal.jsonl"
        digest = partial(context_digest, environ)
        keeping = kept_by(
            actions, store, background.run, paths.state_dir, environ, digest, app.problem
        )
        if keeping is not None:
            app.before_end.append(keeping.finish)
    _connect(app, actions, background, heartbeat, clock, files, paths, environ)
    return app


def _sts() -> Sts:
    from rolecall.sign_in import Sts

    return Sts()


def _signin_base(environ: Mapping[str, str]) -> str:
    """Where tests want the console's sign-in host; asked only where it is set, as it loads the URL's rules."""
    if not environ.get("ROLECALL_SIGNIN_URL"):
        return ""
    from rolecall.sign_in import signin_base_of

    return signin_base_of(environ)


def _connect(
    app: App,
    actions: Actions,
    background: Background,
    heartbeat: Heartbeat,
    clock: Clock,
    files: AwsFiles,
    paths: Paths,
    environ: Mapping[str, str],
) -> None:
    """What reaches the program from outside: files, socket, signals, sleep."""
    from rolecall.agent import caller_context
    from rolecall.ui.agent_server import AgentServer
    from rolecall.ui.file_watch import FileWatch
    from rolecall.ui.owned_expiry import OwnedExpiry
    from rolecall.ui.signals import Signals
    from rolecall.ui.sleep_watch import SleepWatch

    expiry = OwnedExpiry(files, background, heartbeat.after, actions.now)

    def files_changed() -> None:
        clock.ask()
        actions.reload()
        expiry.look()

    watched: list[Path] = [files.config, files.credentials, paths.entries_file]
    catalogue = actions.state.catalogue
    if catalogue.has_identity_center:
        from rolecall.proving.kept_tokens import token_files

        watched += token_files(catalogue, environ)
    FileWatch(watched, heartbeat.after, files_changed, app)
    server = AgentServer(
        paths.socket_path,
        app.answer,
        caller_context(environ),
        heartbeat.after,
        heartbeat.cancel,
        app,
    )
    server.start()
    expiry.look()
    signals = Signals(app.quit, app.look_again, app)
    sleep = SleepWatch(app)
    sleep.away.connect(app.away)
    sleep.asleep.connect(app.fell_asleep)
    sleep.screen_locked.connect(app.screen_locked)
    sleep.back.connect(app.look_again)
    app.before_end += [server.stop, signals.close]


def _refused(problem: Problem) -> None:
    """The program cannot even begin: say why, where a person sees it, and end with the Problem's code."""
    from PySide6.QtWidgets import QMessageBox

    from rolecall.ui.translation import Translation, said

    application = QApplication.instance()
    if application is None:
        return
    Translation(application).speak("")
    lines = [said(text) for text in (problem.title, problem.explanation, problem.remedy)]
    sys.stderr.write("\n".join(problem.lines()) + "\n")
    box = QMessageBox(QMessageBox.Icon.Critical, "Rolecall", lines[0])
    box.setInformativeText("\n".join(line for line in lines[1:] if line))
    box.finished.connect(lambda _result: QApplication.exit(int(problem.exit)))
    _said.append(box)
    box.open()


_said: list[object] = []
"""Keeps the last words on the screen until they were read."""
