"""Attention: how a person hears of what needs them. Decides between dialog, window and notification.

Nothing is ever raised over someone's typing: what a tool asked for is notified first while the app
is not in front, and no window opens by itself because of a timer.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QApplication

from rolecall.actions import Notice
from rolecall.domain.problem import Problem
from rolecall.domain.state import State
from rolecall.domain.terminal import visible
from rolecall.ui.notifications import Notification, Notifications
from rolecall.ui.translation import said

translate = QCoreApplication.translate
"""The name under which Qt's tools find strings."""


class Attention(QObject):
    """All on the GUI thread."""

    def __init__(
        self,
        state: Callable[[], State],
        open_dialog: Callable[[str], None],
        show_window: Callable[[], None],
        renew: Callable[[str, str], None],
        message: Callable[[str, str], None],
        parent: QObject,
    ) -> None:
        """message: says title and body by way of the tray icon, where no daemon answers."""
        super().__init__(parent)
        self._state = state
        self._open_dialog = open_dialog
        self._show_window = show_window
        self._renew = renew
        self._message = message
        self._notifications = Notifications(self._undelivered, self)
        self._notifications.chosen.connect(self._chosen)
        self.others: dict[str, Callable[[str], None]] = {}
        """What a click on a notification of another kind does, by the first word of its key."""

    def ask_code(self, serial: str) -> None:
        """A code of this device is needed."""
        state = self._state()
        queue = state.queues.get(serial)
        at_once = state.settings.ask_at_once
        if queue is None or not queue.asker or at_once or in_front():
            self._open_dialog(serial)
            return
        label = translate("Notice", "Enter the code…")
        self._notifications.show(
            Notification(
                f"code {serial}",
                translate("Notice", "{program} needs an MFA code").format(program=queue.asker),
                translate("Notice", "For {role}").format(role=queue.waiters[0].role)
                if queue.waiters
                else "",
                (("default", label), ("code", label)),
                urgent=True,
            )
        )

    def ask_sign_in(self, key: str) -> None:
        """A person has to sign in at an identity provider; a program's wish is notified first."""
        state = self._state()
        wanted = state.sign_ins.get(key)
        if wanted is None or not wanted.asker or state.settings.ask_at_once or in_front():
            self.others["sign-in"](key)
            return
        label = translate("Notice", "Sign in…")
        title = translate("Notice", "{program} needs you to sign in").format(program=wanted.asker)
        role = wanted.waiters[0][0] if wanted.waiters else ""
        body = translate("Notice", "For {role}").format(role=role) if role else ""
        actions = (("default", label), ("sign-in", label))
        self._notifications.show(Notification(f"sign-in {key}", title, body, actions, urgent=True))

    def ask_line(self, digest: str) -> None:
        """A line that starts a program has to be accepted; a program's wish is notified first."""
        state = self._state()
        wanted = state.consents.get(digest)
        if wanted is None or not wanted.asker or state.settings.ask_at_once or in_front():
            self.others["line"](digest)
            return
        label = translate("Notice", "Look at it…")
        title = translate("Notice", "{profile} wants to run a program")
        body = translate("Notice", "Asked by {program}. Nothing runs before you have seen it.")
        self._notifications.show(
            Notification(
                f"line {digest}",
                title.format(profile=visible(wanted.line.profile)),
                body.format(program=wanted.asker),
                (("default", label), ("line", label)),
                urgent=True,
            )
        )

    def notice(self, notice: Notice) -> None:
        """A session ends soon and cannot renew itself."""
        minutes, name = notice.minutes, self._name(notice)
        title = self.tr("{role} ends in %n minute(s)", None, minutes).format(role=name)
        if notice.minutes < 1:
            title = translate("Notice", "{role} ends in less than a minute").format(role=name)
        actions = (
            ("default", translate("Notice", "Show")),
            ("renew", translate("Notice", "Renew")),
        )
        key = f"ends {notice.role} {notice.scope}"
        self._notifications.show(Notification(key, title, actions=actions))

    def _name(self, notice: Notice) -> str:
        """The role's name, with what the session was narrowed to."""
        catalogue = self._state().catalogue
        if not notice.scope or notice.role not in catalogue:
            return notice.role
        from rolecall.domain.presets import title_of  # few ever narrow a session

        title = said(title_of(notice.scope, catalogue.role(notice.role)))
        return f"{notice.role} ({title})"

    def problem(self, problem: Problem) -> None:
        """Something went wrong and no window is open to say so."""
        said_in = said(problem.remedy) or said(problem.explanation)
        actions = (("default", translate("Notice", "Show")),)
        self._notifications.show(
            Notification(f"problem {problem.code}", said(problem.title), said_in, actions)
        )

    def kept_by_manager(self) -> None:
        """A clipboard manager put a cleared secret back."""
        self._notifications.show(
            Notification(
                "clipboard",
                translate("Notice", "A clipboard manager keeps copies of what you copy"),
                translate(
                    "Notice", "It ignores the mark for secrets. Remove the entry from its history."
                ),
            )
        )

    def tell(self, notification: Notification) -> None:
        """Show a notification of a kind that `others` knows."""
        self._notifications.show(notification)

    def withdraw(self, key: str) -> None:
        """What a notification asked for is over."""
        self._notifications.withdraw(key)

    def close(self) -> None:
        """The program ends."""
        self._notifications.close()

    def _chosen(self, key: str, verb: str) -> None:
        kind, _, name = key.partition(" ")
        if kind == "code":
            self._open_dialog(name)
        elif kind in self.others:
            self.others[kind](name)
        elif verb == "renew":
            role, _, scope = name.rpartition(" ")  # a scope has no blank in it
            self._renew(role, scope)
        else:
            self._show_window()

    def _undelivered(self, notification: Notification) -> None:
        """No daemon: a code is asked for in its dialog all the same, the rest the icon says."""
        kind, _, serial = notification.key.partition(" ")
        if kind == "code":
            self._open_dialog(serial)
        elif kind in self.others:
            self.others[kind](serial)
        else:
            self._message(notification.title, notification.body)


def in_front() -> bool:
    """Whether a window of ours has the keyboard."""
    return QApplication.activeWindow() is not None
