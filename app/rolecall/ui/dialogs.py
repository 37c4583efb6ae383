"""Dialogs: opens each of the program's dialogs when it is first needed, and raises the one that is open.

Modules of dialogs are loaded late: a tray that nobody opened costs none of them. Keeps no secret.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from rolecall.actions import Actions
from rolecall.domain.role import Role, SourceKind
from rolecall.domain.state import code_is_asked
from rolecall.store import Store
from rolecall.ui.background import Background

if TYPE_CHECKING:
    from rolecall.ui.approval_dialog import ApprovalDialog
    from rolecall.ui.approvals import Approvals
    from rolecall.ui.journaling import Journaling
    from rolecall.ui.line_dialog import LineDialog
    from rolecall.ui.parts import CodeDialog, WindowParts
    from rolecall.ui.sign_in_dialog import SignInDialog
    from rolecall.ui.theme import Theme


class Dialogs:
    """See the module. parts: what the dialogs may ask of the program."""

    def __init__(
        self,
        application: QApplication,
        store: Store,
        actions: Actions,
        background: Background,
        parts: WindowParts,
    ) -> None:
        self._application = application
        self._store = store
        self._actions = actions
        self._background = background
        self._parts = parts
        self.open: dict[str, QDialog] = {}
        """Those that a person opened and has not closed yet, by name."""
        self.code: CodeDialog | None = None
        self._sign_ins: dict[SourceKind, SignInDialog] = {}
        self._line: LineDialog | None = None
        self.theme: Theme | None = None

    def dress_up(self) -> None:
        """Icon, light or dark, before the first window is built; a tray alone needs none of it."""
        if self.theme is None:
            from rolecall.ui.portal import read_dark
            from rolecall.ui.theme import Theme, window_icon

            # A desktop that knows our .desktop file takes the icon from there; the others have none.
            self._application.setWindowIcon(window_icon())

            theme = self.theme = Theme(self._application)
            theme.follow(self._store.state.settings.theme)
            if theme.desktop_unknown:
                self._background.run(read_dark, theme.portal_said, lambda _problem: None)

    # --- asked for by a person -----------------------------------------------------------

    def settings(self) -> None:
        """The settings."""
        from rolecall.ui.settings_dialog import SettingsDialog

        self._show("settings", lambda: SettingsDialog(self._store, self._actions, self._parts))

    def add_key(self) -> None:
        """Adds an access key."""
        from rolecall.ui.add_key_dialog import AddKeyDialog

        self._show("add_key", lambda: AddKeyDialog(self._store, self._actions, self._parts))

    def add_role(self, name: str) -> None:
        """The form of an own role, a new one where `name` is empty."""
        from rolecall.ui.role_form import RoleForm

        self._show(f"role {name}", lambda: RoleForm(self._store, self._actions, self._parts, name))

    def import_roles(self) -> None:
        """Takes over the roles of another tool."""
        from rolecall.ui.import_dialog import ImportDialog

        run = self._background.run
        self._show("import", lambda: ImportDialog(self._store, self._actions, self._parts, run))

    def identity_center(self) -> None:
        """Adds roles from an Identity Center."""
        from rolecall.ui.center_dialog import CenterDialog

        self._show("identity_center", lambda: CenterDialog(self._actions, self._parts))

    def setup(self) -> None:
        """Sets up an MFA device."""
        from rolecall.ui.setup_dialog import SetupDialog

        self._show("setup", lambda: SetupDialog(self._store, self._actions, self._parts))

    def keep_seed(self) -> None:
        """Keeps a seed in the keyring."""
        from rolecall.ui.seed_dialog import SeedDialog

        self._show("seed", lambda: SeedDialog(self._store, self._actions, self._parts))

    def journal(self, journal: Journaling) -> None:
        """The journal: who asked for which role."""
        from rolecall.ui.journal_dialog import JournalDialog

        self._show("journal", lambda: JournalDialog(journal, self._parts))

    def about(self) -> None:
        """The page about this program."""
        from rolecall.ui.about import AboutDialog

        self._show("about", lambda: AboutDialog(self._store, self._parts))

    def confirm(self, role: Role, said: Callable[[str], None]) -> None:
        """Has the person say yes to a production role; `said` is told their reason then, and never for a no."""
        from rolecall.ui.confirm_dialog import ConfirmDialog

        settings = self._store.state.settings
        account, asks = settings.accounts.get(role.account_id, ""), settings.production_reason
        self._show(f"confirm {role.name}", lambda: ConfirmDialog(role, account, said, reason=asks))

    def _show(self, name: str, build: Callable[[], QDialog]) -> None:
        """Open a dialog, or raise the one that is open; it is deleted when it closes."""
        dialog = self.open.get(name)
        if dialog is None:
            self.dress_up()
            dialog = self.open[name] = build()
            from PySide6.QtCore import Qt

            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.destroyed.connect(lambda: self.open.pop(name, None))
            dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    # --- asked for by what goes on -------------------------------------------------------

    def waiting(self) -> None:
        """All that a person is waited for: codes, sign-ins, lines."""
        state = self._store.state
        for serial, queue in state.queues.items():
            if code_is_asked(state, queue):
                self.ask_code(serial)
        for key in state.sign_ins:
            self.ask_sign_in(key)
        for digest in state.consents:
            self.ask_line(digest)

    def ask_code(self, serial: str) -> None:
        """Asks for a code of this device."""
        if self.code is None:
            from rolecall.ui.mfa_dialog import MfaDialog

            self.dress_up()
            self.code = MfaDialog(self._store, self._actions, self._parts)
        self.code.ask(serial)

    def ask_sign_in(self, key: str) -> None:
        """Has the person sign in for this proof key, if anybody waits for it still."""
        known = self._store.state.sign_ins.get(key)
        if known is None:
            return
        kind = known.source.kind
        if kind is SourceKind.COGNITO:
            kind = SourceKind.OIDC  # one provider may stand behind both, and has one sign-in
        if kind not in self._sign_ins:
            from rolecall.ui.oidc_dialog import OidcDialog
            from rolecall.ui.saml_dialog import SamlDialog
            from rolecall.ui.sign_in_dialog import SignInDialog

            self.dress_up()
            kinds = {SourceKind.SAML: SamlDialog, SourceKind.OIDC: OidcDialog}
            made = kinds.get(kind, SignInDialog)
            self._sign_ins[kind] = made(self._store, self._actions, self._parts)
        self._sign_ins[kind].ask(key)

    def ask_line(self, _digest: str) -> None:
        """Asks about the lines that wait for a yes."""
        if self._line is None:
            from rolecall.ui.line_dialog import LineDialog

            self.dress_up()
            self._line = LineDialog(self._store, self._actions, self._parts)
        self._line.ask()

    def approval(self, approvals: Approvals) -> ApprovalDialog:
        """The dialog that asks whether a program may have a role."""
        from rolecall.ui.approval_dialog import ApprovalDialog

        self.dress_up()
        return ApprovalDialog(approvals, self._parts)
