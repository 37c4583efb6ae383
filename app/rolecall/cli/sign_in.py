"""Signing in from a command: who can be asked, and what the person reads meanwhile on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rolecall.cli.display import has_display
from rolecall.domain.proof import Step, StepKind, nobody_to_sign_in
from rolecall.domain.role import SourceKind
from rolecall.domain.terminal import visible

if TYPE_CHECKING:
    from rolecall.actions import Actions
    from rolecall.domain.state import State
    from rolecall.store import Store


def sign_in_here(
    actions: Actions, store: Store, key: str, environ: Mapping[str, str], *, may_ask: bool
) -> None:
    """Have the person of this terminal sign in for a proof key; nobody there is told at once."""
    known = actions.state.sign_ins[key]
    if known.step is not None and known.step.kind is StepKind.CHOOSE:
        from rolecall.cli.saml_prompt import choose_on_terminal

        choose_on_terminal(actions, key, actions.state.proofs[key])
        return
    if not may_ask or not somebody_there(environ):
        actions.sign_ins.cancel(key, nobody_to_sign_in(known.source))
        return
    pasted = known.source.kind is SourceKind.SAML and not known.source.get("saml_listen_port")
    if not pasted or has_display(environ) or environ.get("BROWSER"):
        _begin(actions, store, key)
    left = actions.state.sign_ins.get(key)
    if left is not None and pasted:
        from rolecall.cli.saml_prompt import sign_in_on_terminal

        sign_in_on_terminal(actions, key, opened=left.step is not None and left.problem is None)
    elif left is not None:
        actions.sign_ins.cancel(key, left.problem)


def _begin(actions: Actions, store: Store, key: str) -> None:
    told = _Told(key)
    store.subscribe(told.changed)
    try:
        actions.sign_ins.begin(key)
    except KeyboardInterrupt:
        actions.sign_ins.cancel(key)
        raise
    finally:
        store.unsubscribe(told.changed)


def somebody_there(environ: Mapping[str, str]) -> bool:
    """Whether a browser can be opened or a terminal reads along."""
    return has_display(environ) or bool(environ.get("BROWSER")) or _terminal()


def _terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


class _Told:
    """Says each step of one sign-in once."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._said = ""

    def changed(self, _before: State, after: State) -> None:
        known = after.sign_ins.get(self._key)
        words = _words(known.step) if known is not None and known.step is not None else ""
        if words and words != self._said:
            self._said = words
            sys.stderr.write(visible(words) + "\n")
            sys.stderr.flush()


def _words(step: Step) -> str:
    match step.kind:
        case StepKind.BROWSER:
            return "Finish signing in in your browser."
        case StepKind.DEVICE:
            return f"Open {step.url} on any device. The code is {step.user_code}."
        case StepKind.PROGRESS:
            return f"{step.done} of {step.total}"
        case _:
            return ""
