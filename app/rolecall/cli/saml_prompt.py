"""A SAML sign-in on the terminal: the guide in a few lines, the paste, and the choice of a role.

A terminal hands over 4,096 characters of a line at most while it edits it, so it is read as it comes; what
is pasted is a secret and is not shown.
"""

from __future__ import annotations

import contextlib
import io
import os
import select
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rolecall.domain.problem import Problem, ProblemError
from rolecall.domain.proof import Proof, SignIn, nobody_to_sign_in
from rolecall.domain.saml import RolePair
from rolecall.domain.saml_paste import LARGEST_TEXT, may_go_on, response_in
from rolecall.domain.saml_problems import choose_one, not_found_nor_named
from rolecall.domain.saml_proof import accounts_of, handed, roles_of
from rolecall.domain.terminal import visible

if TYPE_CHECKING:
    from rolecall.actions import Actions

TRIES: Final = 3
_PASTE_PAUSE: Final = 0.5
"""Seconds within which a paste goes on, also over a slow line."""

_HERE: Final = Path()
"""Where a name without a path is looked for: as everywhere on a command line, the folder one is in."""

_GUIDE: Final = """\
1. Sign in at your company{where}.
   On AWS's page with your roles choose none: stay there.
2. Bring back what the browser sent to AWS, within five minutes:
   - F12, Network, the request named saml, Payload: copy the value of SAMLResponse; or
   - save AWS's page (Ctrl+S, complete) and give the name of the file.
"""
_PROMPT: Final = "Paste it, or the name of a file, then Enter; it is not shown.\n> "


def sign_in_on_terminal(actions: Actions, key: str, *, opened: bool) -> None:
    """Have the person of this terminal paste a response for a proof key; nobody there is told at once.

    opened: whether the browser shows the sign-in page already.
    """
    known = actions.state.sign_ins[key]
    problem = known.problem
    with _terminal() as tty:
        if tty is None:
            actions.sign_ins.cancel(key, nobody_to_sign_in(known.source))
            return
        tty.write(_guide(known, opened=opened))
        for _ in range(TRIES):
            pasted = _pasted(tty)
            if not pasted.strip():
                break
            problem = _given(actions, key, pasted)
            if problem is None:
                return
            tty.write(visible("\n".join(problem.lines())) + "\n")
    actions.sign_ins.cancel(key, problem)


def _given(actions: Actions, key: str, pasted: str) -> Problem | None:
    """Hand over what was pasted, or the file that it names; why it does not do."""
    from rolecall.storage.pasted_file import named_file

    path = named_file(pasted, _HERE)
    if path is None and "\n" not in pasted.strip() and not may_go_on(pasted):
        return not_found_nor_named(str(_HERE.absolute()))
    actions.sign_ins.give(key, pasted if path is None else str(path.absolute()))
    left = actions.state.sign_ins.get(key)
    return left.problem if left is not None else None


def choose_on_terminal(actions: Actions, key: str, proof: Proof) -> None:
    """Have the person of this terminal say which of the roles in a response is meant."""
    pairs, accounts = roles_of(proof), accounts_of(proof, actions.state.settings.accounts)
    with _terminal() as tty:
        if tty is None:
            actions.sign_ins.cancel(key, choose_one(pairs, accounts))
            return
        tty.write(f"Signed in as {visible(dict(proof.details).get('subject', ''))}. The roles:\n")
        tty.write(visible(_listed(pairs, accounts)))
        for _ in range(TRIES):
            tty.write(f"Which one, 1 to {len(pairs)}?\n> ")
            typed = tty.readline().strip()
            if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(pairs):
                actions.sign_ins.give(key, handed(proof.token, pairs[int(typed) - 1].role_arn))
                return
            if not typed:
                break
    actions.sign_ins.cancel(key)


def _pasted(tty: io.TextIOWrapper) -> str:
    """What is pasted, up to a whole response, a file's name, an empty line or Ctrl+D."""
    received, terminal = b"", tty.fileno()
    with _as_it_comes(
        terminal
    ):  # before a person is asked: an eager one's paste is not shown either
        tty.write(_PROMPT)
        while len(received) < LARGEST_TEXT:
            part = os.read(terminal, 65536)
            received += part
            if not part or part.endswith(b"\x04") or _is_whole(received):
                break
            if _is_hopeless(received) and not _more_comes(terminal):
                break
    tty.write("\n")
    return received.replace(b"\x04", b"").decode("utf-8", "replace")


def _is_whole(received: bytes) -> bool:
    if not received.endswith((b"\n", b"\r")):
        return False
    text = received.decode("utf-8", "replace")
    if text.endswith(("\n\n", "\r\r")) or not text.strip():
        return True
    from rolecall.storage.pasted_file import named_file

    if named_file(text, _HERE) is not None:
        return True
    try:
        response_in(text)
    except ProblemError:
        return False
    return True


def _is_hopeless(received: bytes) -> bool:
    """Whether it is a line or two of which nothing can come: a file's name, mistyped."""
    ended = received.endswith((b"\n", b"\r"))
    return ended and not may_go_on(received.decode("utf-8", "replace"))


def _more_comes(terminal: int) -> bool:
    """Whether the lines belong to a paste, the rest of which follows at once."""
    return bool(select.select([terminal], [], [], _PASTE_PAUSE)[0])


@contextlib.contextmanager
def _as_it_comes(terminal: int) -> Iterator[None]:
    """The terminal neither edits nor shows what is typed, meanwhile. Ctrl+C works as ever."""
    try:
        import termios
    except ImportError:  # Windows: its console has no such bound
        yield
        return
    try:
        before = termios.tcgetattr(terminal)
    except termios.error:  # not a terminal: a test, or a pipe
        yield
        return
    during = termios.tcgetattr(terminal)
    during[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(terminal, termios.TCSADRAIN, during)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _terminal() -> Iterator[io.TextIOWrapper | None]:
    try:
        raw = io.FileIO(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY), "w+")
    except OSError:
        yield None
        return
    with io.TextIOWrapper(raw, encoding="utf-8", errors="replace", write_through=True) as tty:
        yield tty


def _guide(known: SignIn, *, opened: bool) -> str:
    url = visible(known.source.get("saml_login_url")).replace("\n", " ")
    where = ", in the browser that has just opened" if opened else f": {url}" if url else ""
    return _GUIDE.format(where=where)


def _listed(pairs: tuple[RolePair, ...], accounts: Mapping[str, str]) -> str:
    width = max(len(pair.arn.name) for pair in pairs)
    lines = []
    for number, pair in enumerate(pairs, 1):
        arn = pair.arn
        name = accounts.get(arn.account_id, "")
        lines.append(f"{number:3}  {arn.name:<{width}}  {arn.account_id} {name}".rstrip())
    return "\n".join(lines) + "\n"
