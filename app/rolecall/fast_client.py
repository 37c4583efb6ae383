"""Asks the running app for one answer and prints it; everything else is left to the full command.

Imported by `ask.py` beside it, which runs by path under `python -S -E`, and by `rolecall`; run by its own
path it does the same, for lines that earlier versions wrote. Speed is its whole purpose: it imports sys,
posix and _socket only, and must not learn to parse, to start the app or to sign in.
"""

import _socket
import posix
import sys

NOT_HERE = 255
"""Status byte of an app that does not answer this one (other files, unknown verb, only part known)."""

FAULT = 1
LOCAL = 8
INTERRUPTED = 130
"""Exit codes of domain/problem.py, which this file must not import."""

ENDED = 4
"""Exit code (nobody to ask) where the app went away while it was waited for."""

ENDED_TEXT = b"""\
Rolecall ended before it answered
Ask again: the next call starts it anew, or does without it.
"""
"""The Problem of agent.py in bytes: whoever quits the app must not have it started again by who waits."""

VERBS = {
    ("list",): "list",
    ("list", "--json"): "list-json",
    ("status",): "status",
    ("status", "--json"): "status-json",
}
"""Command lines without a role that have a short form on the socket."""

_CONTEXT = (b"HOME", b"AWS_CONFIG_FILE", b"AWS_SHARED_CREDENTIALS_FILE", b"ROLECALL_SIGNIN_URL")
_ENDPOINT = b"AWS_ENDPOINT_URL"
_LONGEST_PATH = 100

QUIET = 2.0
"""Seconds an app may say nothing before it is asked whether it lives; doubled each time that it does."""

PATIENCE = 5.0
"""Seconds an app gets to be reached, and to show that it lives."""

_LONGEST_QUIET = 60.0
SILENT = b"ROLECALL_APP_SILENT"
"""Tells the command that this one becomes what it would only find out once more: the app does not answer."""


_found: "list[bool]" = []


def socket_path(environ: "dict[bytes, bytes]") -> bytes:
    """Where the app of this user and environment listens; the same rule as storage/paths.py."""
    own = environ.get(b"ROLECALL_HOME")
    if own:
        return own + b"/run/agent.sock"
    runtime = environ.get(b"XDG_RUNTIME_DIR", b"")
    if runtime.startswith(b"/"):
        return runtime + b"/rolecall/agent.sock"
    state = environ.get(b"XDG_STATE_HOME", b"")
    if not state.startswith(b"/"):
        state = environ.get(b"HOME", b"") + b"/.local/state"
    return state + b"/rolecall/run/agent.sock"


def context_lines(environ: "dict[bytes, bytes]") -> bytes:
    """What tells the app whose AWS files and endpoints this caller means, one NAME=value a line."""
    try:
        folder = posix.getcwdb()
    except OSError:  # it was deleted
        folder = b"/"
    found = [b"PWD=" + folder]
    for name, value in environ.items():
        known = name in _CONTEXT or name.startswith((_ENDPOINT, b"AWS_IGNORE_CONFIGURED_ENDPOINT"))
        if known and b"\n" not in value:
            found.append(name + b"=" + value)
    return b"\n".join(found) + b"\n\n"


def connect(path: bytes) -> "_socket.socket | None":
    """A connection to the app at `path`, or None if nobody of this very user listens there."""
    if len(path) > _LONGEST_PATH or not hasattr(_socket, "SO_PEERCRED"):
        return None
    client = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        # A stopped app's queue may be full: connect waits as long as a send may, struct timeval (socket(7))
        size = 8 if sys.maxsize > 2**32 else 4
        limit = int(PATIENCE).to_bytes(size, sys.byteorder) + bytes(size)
        client.setsockopt(_socket.SOL_SOCKET, _socket.SO_SNDTIMEO, limit)
        client.connect(path)
        # struct ucred is pid, uid, gid, four bytes each (unix(7)): a squatter's server is not believed
        peer = client.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)
    except OSError as error:
        if isinstance(error, BlockingIOError):  # its queue is full, and nobody takes from it
            note_silent()
        client.close()
        return None
    if int.from_bytes(peer[4:8], sys.byteorder) != posix.geteuid():
        client.close()
        return None
    return client


def exchanged(client: "_socket.socket", request: bytes, path: bytes) -> bytes:
    """What the app at `path` answers to `request`, however long a person takes over it.

    Raises OSError; TimeoutError where the app does not even answer that it lives. path: empty where nobody
    needs the answer: then the first silence is enough.
    """
    quiet = QUIET
    client.settimeout(quiet)
    client.sendall(request)
    parts: list[bytes] = []
    while True:
        try:
            part = client.recv(65536)
        except TimeoutError:
            if not path or not _lives(path):
                raise
            quiet = min(2 * quiet, _LONGEST_QUIET)
            client.settimeout(quiet)
            continue
        if not part:
            return b"".join(parts)
        parts.append(part)


def _lives(path: bytes) -> bool:
    """Whether the app says anything to a question that every version answers at once."""
    client = connect(path)
    if client is None:
        return False
    try:
        client.settimeout(PATIENCE)
        client.sendall(b"1 alive\n\n")
        client.recv(1)
    except TimeoutError:
        return False
    except OSError:  # it has too many callers, and says so
        return True
    finally:
        client.close()
    return True


def found_silent() -> bool:
    """Whether this process, or the one that became it, has found an app that does not answer."""
    return bool(_found) or SILENT in posix.environ


def note_silent() -> None:
    """Remember it: what this process asks next, or becomes, need not wait again."""
    _found.append(True)


def ask(verb: str, role: str) -> "tuple[int, bytes] | None":
    """Status and bytes of the app's answer, or None where the full command has to find one."""
    environ = posix.environ
    path = socket_path(environ)
    client = None if found_silent() else connect(path)
    if client is None:
        return None
    words = ("1", verb, role) if role else ("1", verb)
    first = " ".join(words).encode("utf-8", "surrogateescape")
    try:
        answer = exchanged(client, first + b"\n" + context_lines(environ), path)
    except TimeoutError:
        note_silent()
        return None
    except OSError:
        answer = b""
    finally:
        client.close()
    if not answer:
        return (ENDED, ENDED_TEXT) if verb == "credential-process" else None
    return None if answer[0] == NOT_HERE else (answer[0], answer[1:])


def request_of(arguments: "list[str]") -> "tuple[str, str] | None":
    """Verb and role of a command line that has a short form, or None."""
    verb = VERBS.get(tuple(arguments))
    if verb:
        return verb, ""
    if len(arguments) == 2 and arguments[0] == "credential-process":
        role = arguments[1]
        if role and not role.startswith("-") and "\n" not in role:
            return "credential-process", role
    return None


def answer(arguments: "list[str]") -> "int | None":
    """Print the app's answer to a command line and return the exit code, or None if there is none."""
    request = request_of(arguments)
    try:
        found = request and ask(*request)
        return _printed(*found) if found else None
    except KeyboardInterrupt:
        return INTERRUPTED


def _printed(status: int, content: bytes) -> int:
    stream = 2 if status else 1
    try:
        while content:
            content = content[posix.write(stream, content) :]
    except BrokenPipeError:  # nobody reads what was asked for
        return FAULT
    except OSError as error:
        _said(f"The answer cannot be written: {error.strerror}")
        return LOCAL
    return status


def _said(line: str) -> None:
    try:
        posix.write(2, line.encode("utf-8", "replace") + b"\n")
    except OSError:
        return


def main() -> None:
    """The entry by path: answer, or become the full command, which a package lays beside this file."""
    arguments = sys.argv[1:]
    status = answer(arguments)
    if status is None:
        if found_silent():
            posix.putenv(SILENT, b"1")
        program = sys.path[0] + "/rolecall"
        try:
            posix.execv(program, [program, *arguments])
        except OSError:
            # -P: an AWS tool may stand in any folder, and a rolecall.py there is none of ours
            posix.execv(sys.executable, [sys.executable, "-P", "-m", "rolecall", *arguments])
    posix._exit(status)  # noqa: SLF001  no clean-up is owed, and it takes a millisecond


if __name__ == "__main__":
    main()
