"""Parts: what the windows may ask of the rest of the program. Owns the seam, none of the doing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from rolecall.domain.problem import Problem, Text
from rolecall.domain.route import Wish


class WindowParts(Protocol):
    """Handed to every window beside Store and Actions. All times are UTC epoch seconds.

    Called on the GUI thread only; none of these blocks or raises. What goes wrong is shown by the
    program itself (`problem`), so a window has nothing to catch.
    """

    def now(self) -> float:
        """The one clock: demo clock or local UTC time, plus the measured skew."""
        ...

    def said(self, text: Text) -> str:
        """A domain Text in the person's language, values filled in."""
        ...

    def copy(
        self,
        role_name: str,
        format: str | None = None,  # noqa: A002  AWS CLI's word
        wish: Wish | None = None,
    ) -> None:
        """Copy credentials of a role (signing in first if need be); None is the default format.

        wish: of a narrowed session; None for one with all of the role's permissions. So below too.
        """
        ...

    def copy_text(self, text: str) -> None:
        """Copy a text that counts for a short time, such as a code; it is taken back as credentials are."""
        ...

    def clear_clipboard(self) -> None:
        """Take what we copied off the clipboard now, if it is still ours."""
        ...

    def clipboard_deadline(self) -> float | None:
        """When our copied text is taken off the clipboard, or None where there is none."""
        ...

    def open_console(
        self, role_name: str, service: str = "", region: str = "", wish: Wish | None = None
    ) -> None:
        """Open the AWS console for a role in the default browser (signing in first if need be).

        Empty service or region: the one of the settings, the one of the profile.
        """
        ...

    def open_page(self, address: str) -> None:
        """Open a page in the default browser; its address is no secret."""
        ...

    def sign_in(self, role_name: str, wish: Wish | None = None) -> None:
        """Get a session of a role; a code is asked for only if one is needed."""
        ...

    def renew(self, role_name: str) -> None:
        """A new session in place of the live one."""
        ...

    def forget(self, role_name: str) -> None:
        """Drop the sessions of a role."""
        ...

    def show_window(self, search: str | None = None) -> None:
        """Show and raise the main window; a text is put into its search field."""
        ...

    def show_settings(self) -> None:
        """Open the settings."""
        ...

    def show_add_key(self) -> None:
        """Open the dialog that adds an access key."""
        ...

    def show_add_role(self, name: str = "") -> None:
        """Open the form of an own role: a new one, or the one called `name`."""
        ...

    def show_import(self) -> None:
        """Open the dialog that takes over the roles of another tool."""
        ...

    def show_identity_center(self) -> None:
        """Open the dialog that adds roles from an Identity Center."""
        ...

    def show_setup(self) -> None:
        """Open the dialog that sets up an MFA device."""
        ...

    def show_keep_seed(self) -> None:
        """Open the dialog that keeps a seed in the keyring."""
        ...

    def show_journal(self) -> None:
        """Open the journal: who asked for which role."""
        ...

    def show_about(self) -> None:
        """Open the page about this program."""
        ...

    def try_demo(self) -> None:
        """Start the demo beside this program, as a program of its own."""
        ...

    def quit(self) -> None:
        """End the program: clipboard cleared, sessions forgotten."""
        ...

    def tray_present(self) -> bool:
        """Whether a tray icon is really shown: only then may a window hide itself."""
        ...

    def set_seconds_shown(self, shown: bool, who: str = "window") -> None:
        """A view that shows seconds tells so when it opens and when it hides; then each second beats.

        who: which view; all but the window get a beat each second even where no session lives.
        Views repaint their countdowns when `on_beat` subscribers are called.
        """
        ...

    def after(self, name: str, seconds: float, call: Callable[[], None]) -> None:
        """Call `call` once, `seconds` from now; another call under `name` takes its place."""
        ...

    def on_beat(self, told: BeatTold) -> None:
        """Have `told` called with `now` after each beat of the one timer."""
        ...

    def autostart(self) -> bool:
        """Whether the program starts at login, read back from the desktop's own file."""
        ...

    def set_autostart(self, wanted: bool) -> None:
        """Start at login, or no longer."""
        ...

    def set_language(self, language: str) -> None:
        """Speak `en`, `ko` or (empty) the desktop's language from now on."""
        ...

    def problem(self, problem: Problem) -> None:
        """Show a Problem that has no place of its own: as notification and in the window."""
        ...

    def last_problem(self) -> Problem | None:
        """The Problem last shown by `problem`, for a window that opens afterwards."""
        ...


class BeatTold(Protocol):
    """A view that shows time."""

    def __call__(self, now: float, /) -> None: ...


class Window(Protocol):
    """What the program needs of the main window, built as ``MainWindow(store, actions, parts)``.

    `close` by a person: hides where `parts.tray_present()` and the settings want it, else
    `parts.quit()`.
    """

    def show(self) -> None: ...

    def hide(self) -> None: ...

    def isVisible(self) -> bool: ...

    def search(self, text: str) -> None:
        """Put `text` into the search field and give it the focus."""
        ...

    def present(self) -> None:
        """Show, un-minimise, raise and activate."""
        ...

    def problem(self, problem: Problem) -> None:
        """Show a Problem in the window's own bar."""
        ...


class CodeDialog(Protocol):
    """What the program needs of the dialog, built as ``MfaDialog(store, actions, parts)``."""

    def ask(self, serial: str) -> None:
        """Ask for a code of this device: open (never modal to a nested loop), or queue behind."""
        ...
