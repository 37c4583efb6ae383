"""The child that runs beside us: started without a shell, waited for, sent every signal that we get.

It stays in our process group, so that the terminal, pipes and job control treat both as the one job
that a person started. Knows nothing of credentials.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Problem, ProblemError, text

_PASSED_ON: Final = frozenset(
    {
        signal.SIGINT,
        signal.SIGQUIT,
        signal.SIGTERM,
        signal.SIGHUP,
        signal.SIGUSR1,
        signal.SIGUSR2,
        signal.SIGWINCH,
        signal.SIGTSTP,
        signal.SIGTTIN,
        signal.SIGTTOU,
        signal.SIGCONT,
    }
)
_FROM_TERMINAL: Final = frozenset(
    {
        signal.SIGINT,
        signal.SIGQUIT,
        signal.SIGHUP,
        signal.SIGWINCH,
        signal.SIGTSTP,
        signal.SIGTTIN,
        signal.SIGTTOU,
    }
)
"""What the kernel sends to a whole foreground group: the child has got those already (termios(3))."""

_IGNORED_BY_PYTHON: Final = (signal.SIGPIPE, signal.SIGXFSZ)


def hold_signals() -> set[signal.Signals | int]:
    """Hold back what is to be passed on, in this thread and those it starts; returns the mask there was.

    For good: what comes once the child has ended must not turn its exit code into one of ours.
    """
    return set(signal.pthread_sigmask(signal.SIG_BLOCK, _PASSED_ON | {signal.SIGCHLD}))


def replaced_by(
    command: Sequence[str], environ: Mapping[str, str], core: tuple[int, int]
) -> NoReturn:
    """Become `command`. Raises ProblemError if it is not there, or cannot be run.

    core: the limits of RLIMIT_CORE that it had without us, who lower them for ourselves.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    resource.setrlimit(resource.RLIMIT_CORE, core)
    handlers = {number: signal.signal(number, signal.SIG_DFL) for number in _IGNORED_BY_PYTHON}
    try:
        os.execvpe(command[0], list(command), dict(environ))  # noqa: S606  no shell is what is wanted
    except (OSError, ValueError) as error:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        raise ProblemError(cannot_start(command[0], error)) from None


def run(
    command: Sequence[str],
    environ: Mapping[str, str],
    mask: set[signal.Signals | int],
    core: tuple[int, int],
) -> int:
    """Run `command` under `mask` until it ends; returns its exit code, 128 + N for signal N.

    core: as in `replaced_by`. To be called after `hold_signals`. Raises ProblemError if it cannot be started.
    """
    pid = _spawned(command, environ, mask, core)
    while True:
        code = _news(pid)
        if code is not None:
            return code
        number, from_terminal, sender = _next_signal()
        if number in _PASSED_ON and not from_terminal and sender != pid:
            os.kill(pid, number)


def _spawned(
    command: Sequence[str],
    environ: Mapping[str, str],
    mask: set[signal.Signals | int],
    core: tuple[int, int],
) -> int:
    lowered = resource.getrlimit(resource.RLIMIT_CORE)
    # It is inherited: there is no other way to hand it over.
    resource.setrlimit(resource.RLIMIT_CORE, core)
    try:
        return os.posix_spawnp(
            command[0], list(command), environ, setsigmask=mask, setsigdef=_IGNORED_BY_PYTHON
        )
    except (OSError, ValueError) as error:
        raise ProblemError(cannot_start(command[0], error)) from None
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, lowered)


def _news(pid: int) -> int | None:
    """The exit code of the child if it has ended. Where it was stopped, we stop with it."""
    while True:
        found, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
        if not found:
            return None
        if os.WIFEXITED(status):
            return os.WEXITSTATUS(status)
        if os.WIFSIGNALED(status):
            return 128 + os.WTERMSIG(status)
        # The shell sees a job as stopped when all of it is. It wakes us all; the child is woken by
        # the SIGCONT that waits for us then, in case only we got it.
        os.kill(os.getpid(), signal.SIGSTOP)


def _next_signal() -> tuple[int, bool, int]:
    """Waits for one: its number, whether the terminal sent it to the child too, and its sender's pid."""
    waited = _PASSED_ON | {signal.SIGCHLD}
    if not hasattr(signal, "sigwaitinfo"):  # macOS does not tell who sent it
        number = signal.sigwait(waited)
        return number, _sent_to_group(number) and _in_foreground(), 0
    found = signal.sigwaitinfo(waited)
    sent_by_kernel = found.si_code > 0
    sender = 0 if sent_by_kernel else found.si_pid
    return found.si_signo, sent_by_kernel and _sent_to_group(found.si_signo), sender


def _sent_to_group(number: int) -> bool:
    """Whether the terminal sends it to all of its foreground. A hang-up goes to the session's leader alone."""
    if number == signal.SIGHUP and os.getsid(0) == os.getpid():
        return False
    return number in _FROM_TERMINAL


def _in_foreground() -> bool:
    try:
        terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    finally:
        os.close(terminal)


def cannot_start(name: str, error: OSError | ValueError) -> Problem:
    """The Problem of a command that is not there or cannot be run."""
    cause = error.strerror if isinstance(error, OSError) else "its text holds a zero byte"
    return Problem(
        "command_not_started",
        text(
            QT_TRANSLATE_NOOP("Problem", "“{name}” cannot be started: {cause}"),
            name=name[:256],
            cause=cause,
        ),
    )
