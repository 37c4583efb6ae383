"""What `key`, `mfa` and `doctor` share: the identities, the signer, secrets asked for, the app that is told."""

from __future__ import annotations

import argparse
import getpass
import io
import os
import select
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO, TypeVar

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.role import Role
from rolecall.domain.session import Credentials, Session
from rolecall.domain.terminal import visible

if TYPE_CHECKING:
    from rolecall.actions import Actions
    from rolecall.domain.settings import Settings
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.secret_store import SecretStore
    from rolecall.storage.seed_store import SeedStore

T = TypeVar("T")


class Own:
    """This process's view of the person's identities. Built once for a command."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Reads settings and AWS files. Raises ProblemError for a broken environment."""
        from rolecall.cli.alone import actions_alone
        from rolecall.cli.command import code_of
        from rolecall.cli.display import has_display
        from rolecall.storage.paths import AwsFiles, Paths
        from rolecall.storage.secret_store import system_store
        from rolecall.storage.seed_store import seed_store

        self._code = code_of(vars(options))
        self.actions: Actions = actions_alone(os.environ)
        self.paths: Paths = Paths.of(os.environ)
        self.files: AwsFiles = AwsFiles.of(os.environ)
        asks = has_display(os.environ)
        self.secrets: SecretStore = system_store(os.environ, interactive=asks)
        self.seeds: SeedStore = seed_store(os.environ, interactive=asks)
        self._session: Credentials | None = None

    def now(self) -> float:
        """UTC epoch seconds by the one clock."""
        return self.actions.now()

    def role(self, wanted: str) -> Role:
        """The identity with a long-lived key that `wanted` means, or the one behind a role so called.

        Of a profile with a key and a role it is that very key. Raises ProblemError.
        """
        from rolecall.domain.catalogue import key_identity
        from rolecall.domain.find import find

        catalogue = self.actions.state.catalogue
        name = find(catalogue, wanted)
        if isinstance(name, Problem):
            raise ProblemError(name)
        role = catalogue.role(name)
        own = key_identity(catalogue, name)
        if own is None and role.problem is not None:
            raise ProblemError(role.problem)
        found = own or key_identity(catalogue, role.source.name)
        if found is None:
            raise ProblemError(_no_key(name))
        return found

    def signed(self, role: Role, work: Callable[[Credentials | None], T]) -> T:
        """What `work` gives, signed with the key (None) or, where a policy wants MFA, with a session.

        Raises ProblemError. A code is asked for at most once in a command.
        """
        if self._session is None:
            try:
                return work(None)
            except ProblemError as error:
                if error.problem.code != "iam_denied" or not self._has_session(role):
                    raise
            self._session = self._with_mfa(role)
        return work(self._session)

    def _has_session(self, role: Role) -> bool:
        """Whether a session with a code is to be had for the user; of a profile with a role it is the role's."""
        return bool(self.actions.state.catalogue.role(role.name).own_serial)

    def _with_mfa(self, role: Role) -> Credentials:
        from rolecall.domain.route import Wish

        found: list[Session | Problem] = []
        self.actions.sign_in(role.name, Wish(), found.append, self._code)
        if not found or isinstance(found[0], Problem):
            problem = found[0] if found else _no_key(role.name)
            raise ProblemError(problem if isinstance(problem, Problem) else _no_key(role.name))
        return found[0].credentials

    def change_settings(self, change: Callable[[Settings], Settings]) -> None:
        """Change the settings file, and have the running app read it anew. Raises ProblemError."""
        from rolecall.agent import Request, ask, caller_context
        from rolecall.storage.settings_file import load_settings, save_settings

        path = self.paths.settings_file
        settings, problem = load_settings(path)
        if problem is not None:
            raise ProblemError(problem)
        save_settings(path, change(settings))
        ask(Request("reread", context=caller_context(os.environ)), os.environ)

    def keyring_needed(self) -> None:
        """Raise ProblemError where nothing put into the keyring would outlive this command."""
        if os.environ.get("ROLECALL_DEMO_URL"):
            raise ProblemError(_demo())


def asked(prompt: str, *, hidden: bool = True) -> str:
    """A line from the person at the terminal, or from standard input where that is a pipe.

    Raises ProblemError where there is neither, or what came is not text.
    """
    try:
        return _line(prompt, hidden=hidden)
    except UnicodeDecodeError:  # raised from None: its text holds what was typed
        raise ProblemError(_no_text()) from None


def _line(prompt: str, *, hidden: bool) -> str:
    if sys.stdin is not None and not sys.stdin.isatty():
        line = sys.stdin.readline(8192)
        if line:
            return line.strip()
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        raise ProblemError(_nobody()) from None
    raw = io.FileIO(terminal, "w+")
    with io.TextIOWrapper(raw, errors="backslashreplace", write_through=True) as tty:
        try:
            if hidden:
                return getpass.getpass(visible(prompt), stream=tty).strip()
            tty.write(visible(prompt))
            tty.flush()
            return tty.readline(8192).strip()
        except EOFError:
            raise ProblemError(_nobody()) from None


def somebody_to_ask() -> bool:
    """Whether `asked` can get an answer: a terminal is there, or standard input has not come to its end.

    Takes nothing from it; what has only not been written yet may still come.
    """
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return sys.stdin is not None and _may_have_more(sys.stdin)
    return True


def _may_have_more(file: TextIO) -> bool:
    try:
        ready, _, _ = select.select([file.fileno()], [], [], 0)
    except (OSError, ValueError):
        return True  # no file of this system: only reading tells
    waiting = file.buffer
    return not ready or not isinstance(waiting, io.BufferedReader) or bool(waiting.peek(1))


def ask_first() -> None:
    """Raise ProblemError where nobody can be asked, before anything is begun that needs an answer."""
    if not somebody_to_ask():
        raise ProblemError(_nobody())


def tell(line: str) -> None:
    """A line for the person, on standard error."""
    sys.stderr.write(visible(line) + "\n")


def with_serial(settings: Settings, name: str, serial: str) -> Settings:
    """Settings in which the keyring identity `name` has this device, if it had none."""
    known = settings.identities.get(name)
    if known is None or known.mfa_serial:
        return settings
    identities = {**settings.identities, name: replace(known, mfa_serial=serial)}
    return replace(settings, identities=identities)


def _no_key(name: str) -> Problem:
    return Problem(
        "no_long_lived_key",
        text(QT_TRANSLATE_NOOP("Problem", "{name} starts from no access key of yours"), name=name),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "“rolecall key list” shows the keys that Rolecall knows.")
        ),
        exit=Exit.LOCAL,
    )


def _demo() -> Problem:
    return Problem(
        "demo_keeps_nothing",
        Text(QT_TRANSLATE_NOOP("Problem", "The demo keeps nothing in a keyring")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "In the demo’s window this works for as long as the demo runs."
            )
        ),
        exit=Exit.KEYRING,
    )


def _no_text() -> Problem:
    return Problem(
        "typed_no_text",
        Text(QT_TRANSLATE_NOOP("Problem", "What was typed is not text")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Type it again.")),
        exit=Exit.USAGE,
    )


def _nobody() -> Problem:
    return Problem(
        "nobody_at_the_terminal",
        Text(QT_TRANSLATE_NOOP("Problem", "Something has to be typed, and there is nobody to ask")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Run this in a terminal, or hand it over on standard input."
            )
        ),
        exit=Exit.NOBODY_TO_ASK,
    )
