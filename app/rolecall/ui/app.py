"""App: what the windows may ask of the program (`WindowParts`), and what the program does with views.

Built once by `main.py`. Windows are built when they are first needed: a tray that nobody opened
costs no window. Holds no session and no secret; Actions do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from rolecall.actions import Actions
from rolecall.agent import Reply, Request
from rolecall.domain.problem import Problem, ProblemError, Text
from rolecall.domain.route import Wish
from rolecall.domain.state import State
from rolecall.store import Store
from rolecall.ui.attention import Attention
from rolecall.ui.background import Background
from rolecall.ui.clipboard import Clipboard
from rolecall.ui.heartbeat import Heartbeat
from rolecall.ui.picture_cache import keep_pictures
from rolecall.ui.translation import Translation, said
from rolecall.ui.tray import Tray
from rolecall.ui.tray_items import Command, Items
from rolecall.ui.tray_view import tray_view

if TYPE_CHECKING:
    from pathlib import Path

    from rolecall.domain.journal import Asker
    from rolecall.ui.dialogs import Dialogs
    from rolecall.ui.parts import BeatTold, Window
    from rolecall.ui.programs import Programs
    from rolecall.ui.wishes import Wishes

HOST_PATIENCE = 15.0
"""Seconds a tray host gets to come (back) before a program that nobody sees shows its window."""


class App(QObject):
    """See the module; the public methods without a docstring are `WindowParts`, described there."""

    def __init__(
        self,
        application: QApplication,
        store: Store,
        actions: Actions,
        background: Background,
        tray: Tray,
        translation: Translation,
        heartbeat: Heartbeat,
    ) -> None:
        super().__init__()
        self._application = application
        self._store = store
        self._actions = actions
        self._background = background
        self._tray = tray
        self._translation = translation
        self.heartbeat = heartbeat
        self.attention = Attention(
            lambda: store.state,
            self._ask_code,
            self.raise_window,
            self._renew,
            tray.message,
            self,
        )
        self.attention.others["sign-in"] = self._ask_sign_in
        self.attention.others["line"] = self._ask_line
        kept = self.attention.kept_by_manager
        self._clipboard = Clipboard(self.heartbeat, actions.now, kept, self)
        self._items = Items()
        self._seconds: set[str] = set()
        self._window: Window | None = None
        self._programs: Programs | None = None
        self.journal_path: Path | None = None
        """Where the journal lies; None: it is of this run only."""
        self._problem: Problem | None = None
        self._unseen = False
        self._ending = False
        self.before_end: list[Callable[[], None]] = []
        store.subscribe(self._changed)
        tray.fill(self.do)
        tray.clicked.connect(self.raise_window)
        tray.message_clicked.connect(self.raise_window)
        tray.presence.connect(self._tray_came_or_went)
        application.aboutToQuit.connect(self._end)

    @cached_property
    def dialogs(self) -> Dialogs:
        """What opens the dialogs; a tray that nobody opened does without it."""
        from rolecall.ui.dialogs import Dialogs

        return Dialogs(self._application, self._store, self._actions, self._background, self)

    @cached_property
    def _wishes(self) -> Wishes:
        from rolecall.ui.wishes import Wishes

        return Wishes(
            self._store,
            self._actions,
            self._background,
            self._clipboard,
            self.dialogs,
            lambda: self.programs,
            self.problem,
        )

    def _ask_code(self, serial: str) -> None:
        self.dialogs.ask_code(serial)

    def _ask_sign_in(self, key: str) -> None:
        self.dialogs.ask_sign_in(key)

    def _ask_line(self, digest: str) -> None:
        self.dialogs.ask_line(digest)

    def _renew(self, name: str, scope: str = "") -> None:
        self._wishes.renew(name, scope)

    # --- time and change ---------------------------------------------------------------

    def _beat(self) -> float | None:
        following = self._actions.beat(seconds_shown=bool(self._seconds))
        self._show_tray()
        if self._seconds - {"window"} or (self._seconds and self._clipboard.deadline is not None):
            now = self.now()
            second = now + 1.0 - now % 1.0
            return second if following is None else min(second, following)
        return following

    def _changed(self, before: State, after: State) -> None:
        if after.settings.recents != before.settings.recents:
            self._actions.keep_recents()
        held = before.sessions or before.shared
        if held and (before.sessions, before.shared) != (after.sessions, after.shared):
            self.programs.journal.changed(before, after)
        self._withdraw(before, after)
        if after.settings.language != before.settings.language:
            self.set_language(after.settings.language)
        if after.settings.theme != before.settings.theme and self.dialogs.theme is not None:
            self.dialogs.theme.follow(after.settings.theme)
        if after.locked and not before.locked:
            self._clipboard.clear()
        self.heartbeat.soon()

    def _withdraw(self, before: State, after: State) -> None:
        """Take back the notifications of what nobody waits for any more."""
        gone = [f"line {digest}" for digest in before.consents.keys() - after.consents.keys()]
        gone += [f"sign-in {key}" for key in before.sign_ins.keys() - after.sign_ins.keys()]
        if before.queues is not after.queues:
            waiting = {serial for serial, queue in after.queues.items() if queue.waiters}
            former = {serial for serial, queue in before.queues.items() if queue.waiters}
            gone += [f"code {serial}" for serial in former - waiting]
        for key in gone:
            self.attention.withdraw(key)

    def _show_tray(self) -> None:
        wanted = self._unseen or (self._programs is not None and self._programs.waiting)
        self._tray.show(tray_view(self._store.state, self.now(), self._items, wanted))

    def look_again(self) -> None:
        """The machine woke, or a clock was set: everything that depends on time is looked at now."""
        self.heartbeat.soon()

    def away(self) -> None:
        """The machine sleeps or is locked: what lies open is put away."""
        self._clipboard.clear()
        for serial, queue in self._store.state.queues.items():
            if queue.waiters:
                self._actions.cancel_code(serial)
        for key in self._store.state.sign_ins:
            self._actions.sign_ins.cancel(key)
        for digest in self._store.state.consents:
            self._actions.consents.refuse(digest)

    def lock(self) -> None:
        """Sessions and keys leave memory; the next click of a person brings the kept ones back."""
        self.away()
        self._actions.lock()

    def fell_asleep(self) -> None:
        """The machine goes to sleep."""
        if self._store.state.settings.lock_on_sleep:
            self.lock()

    def screen_locked(self) -> None:
        """The desktop locked its screen."""
        if self._store.state.settings.lock_on_screen_lock:
            self.lock()

    # --- the clock ---------------------------------------------------------------------

    def now(self) -> float:
        return self._actions.now()

    def set_seconds_shown(self, shown: bool, who: str = "window") -> None:
        wanted = self._seconds | {who} if shown else self._seconds - {who}
        if wanted != self._seconds:
            self._seconds = wanted
            keep_pictures(kept=bool(wanted))
            self.heartbeat.soon()

    def after(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        self.heartbeat.after(name, seconds, call)

    def on_beat(self, told: BeatTold) -> None:
        self.heartbeat.subscribe(lambda: told(self.now()))

    # --- words -------------------------------------------------------------------------

    def said(self, text: Text) -> str:
        return said(text)

    def set_language(self, language: str) -> None:
        if self._translation.speak(language):
            self._items.forget()
            self.heartbeat.soon()

    # --- roles -------------------------------------------------------------------------

    def do(self, command: Command) -> None:
        """What a line of the tray menu asks for."""
        verb, *words = command
        name, scope = [*words, "", ""][:2]
        doing: dict[str, Callable[[], object]] = {
            "take": lambda: self._wishes.take(name),
            "console": lambda: self._console_of(name, scope),
            "copy": lambda: self._copy_of(name, scope, words[2]),
            "renew": lambda: self._renew(name, scope),
            "forget": lambda: self.forget(name),
            "code": lambda: self._ask_code(name),
            "sign-in": lambda: self._ask_sign_in(name),
            "line": lambda: self._ask_line(name),
            "lock": self.lock,
            "unlock": self._wishes.unlock,
            "search": lambda: self.show_window(""),
            "journal": self.show_journal,
            "settings": self.show_settings,
            "about": self.show_about,
            "quit": self.quit,
        }
        doing[verb]()

    def _console_of(self, name: str, scope: str) -> None:
        wish = self._wishes.narrowed(name, scope)
        if wish is not None or not scope:
            self.open_console(name, wish=wish)

    def _copy_of(self, name: str, scope: str, form: str) -> None:
        wish = self._wishes.narrowed(name, scope)
        if wish is not None or not scope:
            self.copy(name, form, wish)

    def sign_in(self, role_name: str, wish: Wish | None = None) -> None:
        self._wishes.sign_in(role_name, wish)

    def renew(self, role_name: str) -> None:
        self._renew(role_name)

    def forget(self, role_name: str) -> None:
        self._actions.forget(role_name)

    def copy(
        self,
        role_name: str,
        format: str | None = None,  # noqa: A002
        wish: Wish | None = None,
    ) -> None:
        self._wishes.copy(role_name, format, wish)

    def copy_text(self, text: str) -> None:
        """Copy a text that is a secret of its own, such as a demo's code."""
        self._clipboard.put(text, self._store.state.settings.clipboard_seconds)

    def clear_clipboard(self) -> None:
        self._clipboard.clear()

    def clipboard_deadline(self) -> float | None:
        return self._clipboard.deadline

    def open_console(
        self, role_name: str, service: str = "", region: str = "", wish: Wish | None = None
    ) -> None:
        self._wishes.console(role_name, service, region, wish)

    def open_page(self, address: str) -> None:
        from rolecall.storage.browser import open_browser

        self._background.run(partial(open_browser, address), lambda _none: None, self.problem)

    # --- programs ----------------------------------------------------------------------

    def answer(
        self, request: Request, replied: Callable[[Reply], None], asker: Asker
    ) -> Callable[[], None]:
        """Answer a request that came over the socket; returns how to stop waiting."""
        if request.verb == "hold":
            from rolecall.ui.held import tell_when_gone

            return tell_when_gone(self._store, self._actions, request, replied)
        if request.verb != "raise":
            return self.programs.answer(request, replied, asker)
        self.raise_window()
        replied(Reply())
        return lambda: None

    @property
    def programs(self) -> Programs:
        """Consent and journal, built when a role is first asked for."""
        if self._programs is None:
            from rolecall.ui.programs import Programs

            self._programs = Programs(
                self._actions,
                self._background.run,
                self.heartbeat,
                self.attention,
                self.dialogs.approval,
                self.journal_path,
            )
        return self._programs

    # --- windows -----------------------------------------------------------------------

    def raise_window(self) -> None:
        """Show and raise the main window; the code dialog comes along where a code is waited for."""
        self.show_window()
        self.dialogs.waiting()
        if self._programs is not None:
            self._programs.show()

    def show_window(self, search: str | None = None) -> None:
        if self._window is None:
            from rolecall.ui.window import MainWindow

            self.dialogs.dress_up()
            self._window = MainWindow(self._store, self._actions, self)
        if self._unseen:
            self._unseen = False
            self.heartbeat.soon()
        self._window.present()
        if search is not None:
            self._window.search(search)

    def show_settings(self) -> None:
        self.dialogs.settings()

    def show_add_key(self) -> None:
        self.dialogs.add_key()

    def show_add_role(self, name: str = "") -> None:
        self.dialogs.add_role(name)

    def show_import(self) -> None:
        self.dialogs.import_roles()

    def show_identity_center(self) -> None:
        self.dialogs.identity_center()

    def show_setup(self) -> None:
        self.dialogs.setup()

    def show_keep_seed(self) -> None:
        self.dialogs.keep_seed()

    def show_journal(self) -> None:
        self.dialogs.journal(self.programs.journal)

    def show_about(self) -> None:
        self.dialogs.about()

    def try_demo(self) -> None:
        from rolecall.ui.demo_start import start_demo

        self._background.run(start_demo, lambda _none: None, self.problem)

    # --- what went wrong ---------------------------------------------------------------

    def problem(self, problem: Problem) -> None:
        if problem.code in {"code_cancelled", "sign_in_cancelled", "line_refused"}:
            return  # whoever cancelled knows
        self._problem = problem
        if self._window is not None and self._window.isVisible():
            self._window.problem(problem)
            return
        self._unseen = True
        self.heartbeat.soon()
        self.attention.problem(problem)

    def last_problem(self) -> Problem | None:
        return self._problem

    # --- tray, login and end -----------------------------------------------------------

    def start(self, *, minimized: bool) -> None:
        """Show what there is to show: the icon has come first, the window where it is wanted."""
        self.heartbeat.begin(self._beat, self._actions.now)
        if not minimized:
            self.show_window()
        elif self._tray.clicked_early:
            self.raise_window()
        elif not self._tray.present():
            self.heartbeat.after("host", HOST_PATIENCE, self._nobody_sees_us)

    def tray_present(self) -> bool:
        return self._tray.present()

    def _tray_came_or_went(self, present: bool) -> None:
        if present:
            self.heartbeat.cancel("host")
        else:
            self.heartbeat.after("host", HOST_PATIENCE, self._nobody_sees_us)

    def _nobody_sees_us(self) -> None:
        hidden = self._window is None or not self._window.isVisible()
        if hidden and not self._tray.present():
            self.show_window()

    def autostart(self) -> bool:
        from rolecall.ui import autostart

        return autostart.on()

    def set_autostart(self, wanted: bool) -> None:
        from rolecall.ui import autostart

        try:
            autostart.put(wanted)
        except ProblemError as error:
            self.problem(error.problem)

    def quit(self) -> None:
        self._end()
        self._application.quit()

    def _end(self) -> None:
        """Leave nothing behind; runs once, however the end comes."""
        if self._ending:
            return
        self._ending = True
        self._actions.sign_ins.stop()
        for end in self.before_end:
            end()
        self._clipboard.close()
        if self._programs is not None:
            self._programs.close()
        self.attention.close()
        self.heartbeat.stop()
        self._tray.remove()
