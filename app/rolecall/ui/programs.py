"""Programs: everything that other programs ask of this one goes through here: consent, answer, journal.

Built when a program or a person first asks for a role, so that an idle tray carries nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from rolecall.actions import Actions, Run
from rolecall.agent import Reply, Request
from rolecall.answers import EXACT, answer, refusal, unknown_in
from rolecall.domain.find import find
from rolecall.domain.journal import Asker, How
from rolecall.domain.problem import Problem
from rolecall.domain.terminal import visible
from rolecall.ui.approvals import Approvals, Question
from rolecall.ui.attention import Attention, in_front
from rolecall.ui.heartbeat import Heartbeat
from rolecall.ui.journaling import Journaling
from rolecall.ui.notifications import Notification
from rolecall.ui.patience import Patience

if TYPE_CHECKING:
    from rolecall.ui.approval_dialog import ApprovalDialog

translate = QCoreApplication.translate
"""The name under which Qt's tools find strings."""

HOW: Final = {
    "login": How.SESSION,
    "export": How.EXPORT,
    "credential-process": How.EXPORT,
    "console": How.CONSOLE,
}
"""Requests that open or hand out a session. The others show names and times only and are not noted."""

_CALLER_LEFT: Final = "caller_left"


class Programs:
    """See the module. `dialog` builds the dialog for questions when it is first needed."""

    def __init__(
        self,
        actions: Actions,
        run: Run,
        heartbeat: Heartbeat,
        attention: Attention,
        dialog: Callable[[Approvals], ApprovalDialog],
        path: Path | None,
    ) -> None:
        self._actions = actions
        self._heartbeat = heartbeat
        self._attention = attention
        self._build = dialog
        self._dialog: ApprovalDialog | None = None
        self.journal = Journaling(actions, run, path)
        self._patience = Patience(actions, heartbeat.after, heartbeat.cancel)
        self.approvals = Approvals(
            actions, heartbeat.after, heartbeat.cancel, self._come, self._gone
        )
        attention.others["approve"] = lambda _key: self.show()

    # --- answering -----------------------------------------------------------------------

    def answer(
        self, request: Request, replied: Callable[[Reply], None], asker: Asker
    ) -> Callable[[], None]:
        """Answer a request that came over the socket; returns how to stop waiting."""
        how = HOW.get(request.verb)
        if how is None:
            return answer(self._actions, request, replied)
        name = find(self._actions.state.catalogue, request.role, exact=request.verb in EXACT)
        role = request.role[:256] if isinstance(name, Problem) else name

        def noted(reply: Reply) -> None:
            replied(reply)  # the program first, the journal after it
            end(reply.problem)

        def leave_with(give_up: Callable[[], None]) -> None:
            end(_CALLER_LEFT)
            give_up()

        if self._of_the_caller(name):
            replied(Reply(not_here=True))  # it resolves them itself, from its own environment
            return lambda: None
        end = self.journal.begin(
            role, how, asker, None if request.read_only else request.wish.scope
        )
        # Nobody is asked about what cannot be answered anyway.
        if isinstance(name, Problem) or self._actions.state.locked or unknown_in(request):
            give_up = answer(self._actions, request, noted, shown(asker))
        else:
            give_up = self._with_consent(replace(request, role=name), noted, asker)
        return lambda: leave_with(give_up)

    def _of_the_caller(self, name: str | Problem) -> bool:
        """Whether whose credentials a role gives depends on the environment of whoever asks for it."""
        known = self._actions.state.catalogue
        return isinstance(name, str) and known.role(name).source.of_surroundings

    def _with_consent(
        self, request: Request, replied: Callable[[Reply], None], asker: Asker
    ) -> Callable[[], None]:
        waiting: list[Callable[[], None]] = []

        def begin(told: Callable[[Reply], None]) -> Callable[[], None]:
            return answer(self._actions, request, told, shown(asker))

        def allow() -> None:
            waiting.append(self._patience.limit(request.role, replied, begin))

        def refuse(problem: Problem) -> None:
            replied(refusal(problem))

        waiting.append(self.approvals.ask(request.role, asker, allow, refuse))

        def give_up() -> None:
            for leave in waiting:
                leave()

        return give_up

    # --- asking --------------------------------------------------------------------------

    @property
    def waiting(self) -> bool:
        """Whether a person is needed for an answer."""
        return bool(self.approvals.questions)

    def show(self) -> None:
        """Open the dialog if there is a question: somebody clicked, or looks at us anyway."""
        if not self.approvals.questions:
            return
        if self._dialog is None:
            self._dialog = self._build(self.approvals)
        self._dialog.ask()

    def close(self) -> None:
        """The program ends."""
        if self._dialog is not None:
            self._dialog.hide()
        self.journal.close()

    def _come(self, question: Question) -> None:
        self._heartbeat.soon()
        if in_front():
            self.show()
            return
        label = translate("Notice", "Answer…")
        title = translate("Notice", "{program} wants {role}")
        names = {"program": shown(question.asker) or unknown_program()}
        self._attention.tell(
            Notification(
                f"approve {question.key}",
                title.format(role=visible(question.role), **names),
                translate("Notice", "It waits for your answer."),
                (("default", label), ("answer", label)),
                urgent=True,
            )
        )

    def _gone(self, question: Question) -> None:
        self._heartbeat.soon()
        self._attention.withdraw(f"approve {question.key}")
        if self._dialog is not None:
            self._dialog.gone()


def shown(asker: Asker) -> str:
    """A program for dialogs and notifications: one line, nothing invisible in it."""
    return visible(str(asker)).replace("\n", " ")


def unknown_program() -> str:
    """What stands for a program where the system does not tell which it is."""
    return translate("Programs", "An unknown program")
