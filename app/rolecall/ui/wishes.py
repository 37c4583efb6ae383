"""Wishes: what a person wants of a role: a session, its credentials copied, its console.

Sees to it that production is confirmed where the person chose so, and that the journal hears of each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rolecall.actions import Actions
from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.production import confirms
from rolecall.domain.route import Wish, again
from rolecall.domain.session import Session
from rolecall.store import Store
from rolecall.ui.background import Background
from rolecall.ui.clipboard import Clipboard
from rolecall.ui.dialogs import Dialogs

if TYPE_CHECKING:
    from rolecall.ui.programs import Programs


class Wishes:
    """See the module. programs: gives the one that writes the journal, built when it is first needed.

    failed: shows a Problem that came of a wish.
    """

    def __init__(
        self,
        store: Store,
        actions: Actions,
        background: Background,
        clipboard: Clipboard,
        dialogs: Dialogs,
        programs: Callable[[], Programs],
        failed: Callable[[Problem], None],
    ) -> None:
        self._store = store
        self._actions = actions
        self._background = background
        self._clipboard = clipboard
        self._dialogs = dialogs
        self._programs = programs
        self._failed = failed

    def unlock(self) -> None:
        """A person asks for something: what was locked away is read again first."""
        if self._store.state.locked:
            self._actions.unlock()

    def take(self, name: str) -> None:
        """A role that is live is copied, as Enter does in the window; another one is signed in to."""
        if self._store.state.session(name, self._actions.now()):
            self.copy(name)
        else:
            self.sign_in(name)

    def sign_in(self, name: str, wish: Wish | None = None) -> None:
        """A session of a role."""
        self._sure(name, wish, partial(self._sign_in, name))

    def renew(self, name: str, scope: str = "") -> None:
        """A new session in place of the live one, or of the narrowed one of `scope`."""
        self.unlock()
        noted = self._noting(name, "session")
        self._actions.renew(name, partial(self._answered, noted), scope)

    def narrowed(self, name: str, scope: str) -> Wish | None:
        """What made the narrowed session of `scope`; None where it has ended, and for no scope."""
        session = self._store.state.sessions.get((name, scope)) if scope else None
        return again(session) if session is not None else None

    def copy(self, name: str, form: str | None = None, wish: Wish | None = None) -> None:
        """Credentials of a role on the clipboard; None is the default format."""
        self._sure(name, wish, partial(self._copy, name, form))

    def console(
        self, name: str, service: str = "", region: str = "", wish: Wish | None = None
    ) -> None:
        """The AWS console for a role."""
        self._sure(name, wish, partial(self._console, name, service, region))

    def _sure(self, name: str, wish: Wish | None, go: Callable[[Wish], None]) -> None:
        """Go on; with a production role that is not live only once the person has said yes, if they chose so."""
        wish = wish or Wish()
        state = self._store.state
        role = state.catalogue.role(name) if name in state.catalogue else None
        live = state.session(name, self._actions.now()) is not None
        if role is None or live or not confirms(state.settings, role):
            go(wish)
            return
        self._dialogs.confirm(role, lambda reason: go(replace(wish, reason=reason)))

    def _sign_in(self, name: str, wish: Wish) -> None:
        self.unlock()
        noted = self._noting(name, "session")
        self._actions.sign_in(name, wish, partial(self._answered, noted))

    def _answered(self, noted: Callable[[str], None], answer: Session | Problem) -> None:
        noted(answer.code if isinstance(answer, Problem) else "")
        if isinstance(answer, Problem):
            self._failed(answer)

    def _noting(self, name: str, how: str) -> Callable[[str], None]:
        """A person wants a role: what is returned puts into the journal what came of it."""
        from rolecall.domain.journal import How

        return self._programs().journal.begin(name, How(how))

    def _copy(self, name: str, form: str | None, wish: Wish) -> None:
        noted = self._noting(name, "copy")

        def signed_in(answer: Session | Problem) -> None:
            self._answered(noted, answer)
            if isinstance(answer, Session):
                self._put(answer, form)

        self.unlock()
        self._actions.sign_in(name, wish, signed_in)

    def _put(self, session: Session, form: str | None) -> None:
        from rolecall.domain.export_format import export

        settings = self._store.state.settings
        try:
            text = export(session, form or settings.copy_format)
        except ProblemError as error:
            self._failed(error.problem)
        else:
            self._clipboard.put(text, settings.clipboard_seconds)

    def _console(self, name: str, service: str, region: str, wish: Wish) -> None:
        from rolecall.ui.console_opener import open_console

        self.unlock()
        run, noted = self._background.run, self._noting(name, "console")
        open_console(self._actions, run, name, service, region, self._failed, noted, wish)
