"""Getting credentials for a child or a shell: the same request as `export`, kept able to renew.

Asks the running app first, else walks Actions of its own, which it keeps: a session that one code
opened then renews itself without another. Says only that an app hangs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from rolecall.agent import AppSilentError, Hold, Reply, Request, ask, hold
from rolecall.domain.code_queue import CodeQueue
from rolecall.domain.handed import Handed
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Problem, ProblemError, text


class Asking:
    """Credentials for one request, as often as they are wanted; to be called by one thread at a time."""

    def __init__(self, request: Request, environ: Mapping[str, str]) -> None:
        """request: what `rolecall export` would ask, with its code, which is sent once at most."""
        self._request = replace(request, verb="export", format="json", json=False)
        self._environ = environ
        self._alone: Callable[[Request], Reply] | None = None
        self._role = ""
        self._may_ask = True

    def first(self) -> Handed:
        """Credentials now; a person may be asked. Raises ProblemError."""
        try:
            return self._asked(self._request)
        except AppSilentError as silent:
            from rolecall.cli.command import say

            say(silent.problem)
            return self._parsed(self._request, self._answered_here(self._request))

    def renewed(self) -> Handed:
        """Newer ones. This process asks nobody for a code any more; the app does as its user likes.

        Raises ProblemError.
        """
        self._may_ask = False
        request = replace(self._request, code=None, saml_response="")
        held = self._asked(request)
        if held.due(self.now()):
            held = self._asked(replace(request, wish=replace(request.wish, fresh=True)))
        return held

    def hold(self) -> Hold | None:
        """What the last credentials stand on: the app's word, or None where this process made them itself."""
        if self._alone is not None:
            return None
        return hold(replace(self._request, role=self._role), self._environ)

    def now(self) -> float:
        """UTC epoch seconds of the clock that sessions are counted on."""
        from rolecall.storage.clock import clock_of

        return clock_of(self._environ)()

    def _asked(self, request: Request) -> Handed:
        reply = None if self._alone else ask(request, self._environ)
        if reply is None:
            reply = self._answered_here(request)
        return self._parsed(request, reply)

    def _parsed(self, request: Request, reply: Reply) -> Handed:
        if reply.exit:
            title, _, rest = reply.err.strip().partition("\n")
            problem = Problem("refused", text("{title}", title=title), exit=reply.exit)
            raise ProblemError(replace(problem, explanation=text("{rest}", rest=rest)))
        try:
            found = Handed.parse(reply.out, request.role)
        except ValueError:
            raise ProblemError(_garbage()) from None
        self._role = found.name
        return found

    def _answered_here(self, request: Request) -> Reply:
        if self._alone is None:
            from rolecall.cli.alone import actions_alone, answered

            actions = actions_alone(self._environ, self._ask_code, self.now, lambda: self._may_ask)
            self._alone = partial(answered, actions)
        return self._alone(request)

    def _ask_code(
        self, queue: CodeQueue, give: Callable[[str], None], cancel: Callable[[Problem], None]
    ) -> None:
        """On the terminal before the child has it, never afterwards."""
        from rolecall.cli.prompt import ask_on_terminal, nobody_to_ask

        if self._may_ask:
            ask_on_terminal(queue, give, cancel)
        else:
            cancel(nobody_to_ask(queue.serial))


def one_line_of_stdin() -> str:
    """The first line of standard input, and not one byte more: the rest belongs to the child."""
    found = b""
    while len(found) < 128 and not found.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            break
        found += byte
    return found.decode("utf-8", "replace")


def _garbage() -> Problem:
    return Problem(
        "agent_garbage",
        text(
            QT_TRANSLATE_NOOP("Problem", "The running Rolecall gave an answer nobody understands")
        ),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem", "It may be of another version. Quit it in its menu and start it again."
            )
        ),
    )
