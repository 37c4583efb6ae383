"""App: what the windows may ask of the program (`WindowParts`), and what the program does with views.

Built once by `main.py`. Windows are built when they are first needed: a tray that nobody opened
costs no window. Holds no session and no secret; Actions do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog

from rolecall.actions import Actions
from rolecall.agent import Reply, Request
from rolecall.domain.problem import Problem, ProblemError, Text
from rolecall.domain.production import confirms
from rolecall.domain.role import SourceKind
from rolecall.domain.route import Wish
from rolecall.domain.session import Session
from rolecall.domain.state import State, code_is_asked
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
    from rolecall.ui.approval_dialog import ApprovalDialog
    from rolecall.ui.approvals import Approvals
    from rolecall.ui.line_dialog import LineDialog
    from rolecall.ui.parts import BeatTold, CodeDialog, Window
    from rolecall.ui.programs import Programs
    from rolecall.ui.sign_in_dialog import SignInDialog
    from rolecall.ui.theme import Theme

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
            self._open_dialog,
            self.raise_window,
            self.renew,
            tray.message,
            self,
        )
        self.attention.others["sign-in"] = self._open_sign_in
        self.attention.others["line"] = self._open_line
        kept = self.attention.kept_by_manager
        self._clipboard = Clipboard(self.heartbeat, actions.now, kept, self)
        self._items = Items()
        self._seconds: set[str] = set()
        self._window: Window | None = None
        self._code_dialog: CodeDialog | None = None
        self._sign_in_dialogs: dict[SourceKind, SignInDialog] = {}
        self._line_dialog: LineDialog | None = None
        self._theme: Theme | None = None
        self._programs: Programs | None = None
        self.journal_path: Path | None = None
        """Where the journal lies; None: it is of this run only."""
        self._dialogs: dict[str, QDialog] = {}
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
        for digest in before.consents.keys() - after.consents.keys():
            self.attention.withdraw(f"line {digest}")
        if after.settings.language != before.settings.language:
            self.set_language(after.settings.language)
        if self._theme is not None and after.settings.theme != before.settings.theme:
            self._theme.follow(after.settings.theme)
        if after.locked and not before.locked:
            self._clipboard.clear()
        self.heartbeat.soon()

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

    def _unlock(self) -> None:
        """A person asks for something: what was locked away is read again first."""
        if self._store.state.locked:
            self._actions.unlock()

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
        name = words[0] if words else ""
        doing: dict[str, Callable[[], object]] = {
            "take": lambda: self._take(name),
            "console": lambda: self.open_console(name),
            "copy": lambda: self.copy(name, words[1]),
            "renew": lambda: self.renew(name),
            "forget": lambda: self.forget(name),
            "code": lambda: self._open_dialog(name),
            "sign-in": lambda: self._open_sign_in(name),
            "line": lambda: self._open_line(name),
            "lock": self.lock,
            "unlock": self._unlock,
            "search": lambda: self.show_window(""),
            "journal": self.show_journal,
            "settings": self.show_settings,
            "about": self.show_about,
            "quit": self.quit,
        }
        doing[verb]()

    def _take(self, name: str) -> None:
        """A role that is live is copied, as Enter does in the window; another one is signed in to."""
        if self._store.state.session(name, self.now()):
            self.copy(name)
        else:
            self.sign_in(name)

    def sign_in(self, role_name: str, wish: Wish | None = None) -> None:
        self._sure(role_name, wish, partial(self._sign_in, role_name))

    def _sure(self, role_name: str, wish: Wish | None, go: Callable[[Wish], None]) -> None:
        """Go on; with a production role that is not live only once the person has said yes, if they chose so."""
        wish = wish or Wish()
        state = self._store.state
        role = state.catalogue.role(role_name) if role_name in state.catalogue else None
        live = state.session(role_name, self.now()) is not None
        if role is None or live or not confirms(state.settings, role):
            go(wish)
            return
        from rolecall.ui.confirm_dialog import ConfirmDialog

        account = state.settings.accounts.get(role.account_id, "")
        asks = state.settings.production_reason

        def said(reason: str) -> None:
            go(replace(wish, reason=reason))

        self._open(f"confirm {role_name}", lambda: ConfirmDialog(role, account, said, reason=asks))

    def _sign_in(self, role_name: str, wish: Wish) -> None:
        self._unlock()
        noted = self._noting(role_name, "session")
        self._actions.sign_in(role_name, wish, partial(self._answered, noted))

    def renew(self, role_name: str) -> None:
        self._unlock()
        noted = self._noting(role_name, "session")
        self._actions.renew(role_name, partial(self._answered, noted))

    def forget(self, role_name: str) -> None:
        self._actions.forget(role_name)

    def _answered(self, noted: Callable[[str], None], answer: Session | Problem) -> None:
        noted(answer.code if isinstance(answer, Problem) else "")
        if isinstance(answer, Problem):
            self.problem(answer)

    def _noting(self, role_name: str, how: str) -> Callable[[str], None]:
        """A person wants a role: what is returned puts into the journal what came of it."""
        from rolecall.domain.journal import How

        return self.programs.journal.begin(role_name, How(how))

    def copy(
        self,
        role_name: str,
        format: str | None = None,  # noqa: A002
        wish: Wish | None = None,
    ) -> None:
        self._sure(role_name, wish, partial(self._copy, role_name, format))

    def _copy(self, role_name: str, form: str | None, wish: Wish) -> None:
        noted = self._noting(role_name, "copy")

        def signed_in(answer: Session | Problem) -> None:
            noted(answer.code if isinstance(answer, Problem) else "")
            settings = self._store.state.settings
            if isinstance(answer, Problem):
                self.problem(answer)
                return
            from rolecall.domain.export_format import export

            try:
                text = export(answer, form or settings.copy_format)
            except ProblemError as error:
                self.problem(error.problem)
            else:
                self._clipboard.put(text, settings.clipboard_seconds)

        self._unlock()
        self._actions.sign_in(role_name, wish, signed_in)

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
        self._sure(role_name, wish, partial(self._open_console, role_name, service, region))

    def _open_console(self, role_name: str, service: str, region: str, wish: Wish) -> None:
        from rolecall.ui.console_opener import open_console

        self._unlock()
        run, noted = self._background.run, self._noting(role_name, "console")
        open_console(self._actions, run, role_name, service, region, self.problem, noted, wish)

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
                self._approval_dialog,
                self.journal_path,
            )
        return self._programs

    def _approval_dialog(self, approvals: Approvals) -> ApprovalDialog:
        from rolecall.ui.approval_dialog import ApprovalDialog

        self.dress_up()
        return ApprovalDialog(approvals, self)

    # --- windows -----------------------------------------------------------------------

    def raise_window(self) -> None:
        """Show and raise the main window; the code dialog comes along where a code is waited for."""
        self.show_window()
        state = self._store.state
        for serial, queue in state.queues.items():
            if code_is_asked(state, queue):
                self._open_dialog(serial)
        for key in self._store.state.sign_ins:
            self._open_sign_in(key)
        for digest in self._store.state.consents:
            self._open_line(digest)
        if self._programs is not None:
            self._programs.show()

    def dress_up(self) -> None:
        """Icon, light or dark, before the first window is built; a tray alone needs none of it."""
        if self._theme is None:
            from rolecall.ui.portal import read_dark
            from rolecall.ui.theme import Theme, window_icon

            # A desktop that knows our .desktop file takes the icon from there; the others have none.
            self._application.setWindowIcon(window_icon())

            theme = self._theme = Theme(self._application)
            theme.follow(self._store.state.settings.theme)
            if theme.desktop_unknown:
                self._background.run(read_dark, theme.portal_said, lambda _problem: None)

    def show_window(self, search: str | None = None) -> None:
        if self._window is None:
            from rolecall.ui.window import MainWindow

            self.dress_up()
            self._window = MainWindow(self._store, self._actions, self)
        if self._unseen:
            self._unseen = False
            self.heartbeat.soon()
        self._window.present()
        if search is not None:
            self._window.search(search)

    def show_settings(self) -> None:
        from rolecall.ui.settings_dialog import SettingsDialog

        self._open("settings", lambda: SettingsDialog(self._store, self._actions, self))

    def show_add_key(self) -> None:
        from rolecall.ui.add_key_dialog import AddKeyDialog

        self._open("add_key", lambda: AddKeyDialog(self._store, self._actions, self))

    def show_add_role(self, name: str = "") -> None:
        from rolecall.ui.role_form import RoleForm

        self._open(f"role {name}", lambda: RoleForm(self._store, self._actions, self, name))

    def show_import(self) -> None:
        from rolecall.ui.import_dialog import ImportDialog

        self._open(
            "import", lambda: ImportDialog(self._store, self._actions, self, self._background.run)
        )

    def show_identity_center(self) -> None:
        from rolecall.ui.center_dialog import CenterDialog

        self._open("identity_center", lambda: CenterDialog(self._actions, self))

    def show_setup(self) -> None:
        from rolecall.ui.setup_dialog import SetupDialog

        self._open("setup", lambda: SetupDialog(self._store, self._actions, self))

    def show_keep_seed(self) -> None:
        from rolecall.ui.seed_dialog import SeedDialog

        self._open("seed", lambda: SeedDialog(self._store, self._actions, self))

    def show_journal(self) -> None:
        from rolecall.ui.journal_dialog import JournalDialog

        self._open("journal", lambda: JournalDialog(self.programs.journal, self))

    def show_about(self) -> None:
        from rolecall.ui.about import AboutDialog

        self._open("about", lambda: AboutDialog(self._store, self))

    def _open(self, name: str, build: Callable[[], QDialog]) -> None:
        """Open a dialog, or raise the one that is open; it is deleted when it closes."""
        dialog = self._dialogs.get(name)
        if dialog is None:
            self.dress_up()
            dialog = self._dialogs[name] = build()
            from PySide6.QtCore import Qt

            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(lambda: self._dialogs.pop(name, None))
            dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _open_dialog(self, serial: str) -> None:
        if self._code_dialog is None:
            from rolecall.ui.mfa_dialog import MfaDialog

            self.dress_up()
            self._code_dialog = MfaDialog(self._store, self._actions, self)
        self._code_dialog.ask(serial)

    def _open_sign_in(self, key: str) -> None:
        known = self._store.state.sign_ins.get(key)
        if known is None:
            return
        kind = known.source.kind
        if kind is SourceKind.COGNITO:
            kind = SourceKind.OIDC  # one provider may stand behind both, and has one sign-in
        if kind not in self._sign_in_dialogs:
            from rolecall.ui.oidc_dialog import OidcDialog
            from rolecall.ui.saml_dialog import SamlDialog
            from rolecall.ui.sign_in_dialog import SignInDialog

            self.dress_up()
            kinds = {SourceKind.SAML: SamlDialog, SourceKind.OIDC: OidcDialog}
            made = kinds.get(kind, SignInDialog)
            self._sign_in_dialogs[kind] = made(self._store, self._actions, self)
        self._sign_in_dialogs[kind].ask(key)

    def _open_line(self, _digest: str) -> None:
        if self._line_dialog is None:
            from rolecall.ui.line_dialog import LineDialog

            self.dress_up()
            self._line_dialog = LineDialog(self._store, self._actions, self)
        self._line_dialog.ask()

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
