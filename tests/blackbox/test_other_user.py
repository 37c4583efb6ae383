"""Another user of the same machine (B23): kept from the app's socket, and not believed on its place.

As root, the other user is a real one: a process that has given up every right but those of NOBODY. As
anybody else there is no such process to be had; the marks on folder and socket are looked at then.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from blackbox.program import PROGRAM, Done, plain_environment, plain_profiles
from blackbox.waiting import until
from rolecall import fast_client

NOBODY = 65534
ROLE = "prod-readonly"
REQUEST = b"1 list\n"
UMASKS = (0o000, 0o022, 0o077)

# Modules first, then the change of user: what Python is made of may be readable to its owner only.
_DROP = f"""
import os, socket, sys
os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})
assert os.getresuid() == ({NOBODY},) * 3 and os.getgroups() == []
folder, path = os.path.split(sys.argv[1])[0], sys.argv[1]
"""

_KNOCK = """
os.listdir(os.path.dirname(folder))  # the way to the folder is open: what refuses is the folder
client = socket.socket(socket.AF_UNIX)
client.settimeout(10)
try:
    client.connect(path)
except PermissionError:
    sys.exit(print("no way in"))
try:
    client.sendall(bytes.fromhex(sys.argv[2]))
    answer = b"".join(iter(lambda: client.recv(65536), b""))
except (BrokenPipeError, ConnectionResetError):
    answer = b""
print("connected", answer.hex())
"""

_SQUAT = """
listener = socket.socket(socket.AF_UNIX)
listener.bind(path)
os.chmod(path, 0o666)
listener.listen(8)
listener.settimeout(20)
print("listening", flush=True)
client, _ = listener.accept()
try:
    client.sendall(b"\\0stolen\\n")  # before a word is said: the answer of an app that is believed
except OSError:
    pass
try:
    got = b"".join(iter(lambda: client.recv(65536), b""))
except ConnectionResetError:
    got = b""
print("got", got.hex(), flush=True)
"""

# Nothing is drawn here, so no screen is started; that there is one is looked up by its name alone.
NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":none"}

real_other_user = os.geteuid() == 0


def as_nobody(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start `script` as NOBODY."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _DROP + script, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
    )


def said(process: subprocess.Popen[str]) -> str:
    """All that it printed, once it has ended well."""
    out = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    return out.strip()


def knock(path: Path, environ: Mapping[str, str]) -> str:
    """What NOBODY gets who asks for the list of roles with a request the app would answer."""
    lines = fast_client.context_lines({k.encode(): v.encode() for k, v in environ.items()})
    return said(as_nobody(_KNOCK, str(path), (REQUEST + lines).hex()))


@pytest.fixture
def open_home() -> Iterator[Path]:
    """A short folder that every user may enter; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="rc-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


class Running:
    """The app without a screen, started under a umask."""

    def __init__(self, home: Path, name: str, umask: int = 0o022) -> None:
        self.home = home / name
        (self.home / "own").mkdir(parents=True, exist_ok=True)
        self.environ = plain_environment(self.home) | plain_profiles(self.home, [ROLE])
        self.environ |= NO_SCREEN | {"ROLECALL_HOME": str(self.home / "own")}
        for folder in (self.home, self.home / "own"):
            folder.chmod(0o755)
        self.socket = self.home / "own" / "run" / "agent.sock"
        self.log = self.home / "app.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=umask,
            )

    def wait(self) -> None:
        """Return when it listens."""
        until(self.connect, f"the socket; {self.log.read_text()}", step=0.02).close()

    def connect(self) -> socket.socket | None:
        """A connection of its own user."""
        return fast_client.connect(os.fsencode(self.socket))

    def own_answer(self) -> bytes:
        """What its own user gets for the same request."""
        environ = {k.encode(): v.encode() for k, v in self.environ.items()}
        client = self.connect()
        assert client is not None
        client.sendall(REQUEST + fast_client.context_lines(environ))
        answer = b"".join(iter(lambda: client.recv(65536), b""))
        client.close()
        return answer

    def close(self) -> None:
        """End it."""
        self.process.kill()  # what it leaves goes with the folder
        self.process.wait(20)


@pytest.fixture
def apps(open_home: Path) -> Iterator[list[Running]]:
    """One app for each umask, all at once."""
    started = [Running(open_home, f"{umask:03o}", umask) for umask in UMASKS]
    try:
        for app in started:
            app.wait()
        yield started
    finally:
        for app in started:
            app.close()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_another_user_is_kept_out_whatever_the_umask(apps: list[Running]) -> None:
    """First by the folder; with folder and socket forced open, by what the kernel says of the peer."""
    for app in apps:
        assert ROLE.encode() in app.own_answer()
        assert (mode(app.socket.parent), mode(app.socket)) == (0o700, 0o600)
        if not real_other_user:
            continue
        assert knock(app.socket, app.environ) == "no way in"
        app.socket.parent.chmod(0o777)
        assert knock(app.socket, app.environ) == "no way in", "the socket's own mode"
        app.socket.chmod(0o666)
        assert knock(app.socket, app.environ) == "connected"
        assert ROLE.encode() in app.own_answer(), "its own user is still served"


def listed(environ: Mapping[str, str]) -> Done:
    """`rolecall list` by the way a tool takes."""
    client = [sys.executable, "-S", "-E", fast_client.__file__, "list"]
    done = subprocess.run(
        client, env=dict(environ), capture_output=True, text=True, timeout=30, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr, 0.0)


def test_a_server_of_another_user_is_not_believed(open_home: Path) -> None:
    """The client says not a word to it, and the command answers by itself."""
    runtime = open_home / "run" / "rolecall"
    runtime.mkdir(parents=True)
    runtime.chmod(0o777)
    environ = plain_environment(open_home) | plain_profiles(open_home, [ROLE])
    if not real_other_user:
        # A name of somebody else that cannot be connected to is all that can be made here.
        (runtime / "agent.sock").write_text("")
        assert ROLE in listed(environ).out
        return
    squatter = as_nobody(_SQUAT, str(runtime / "agent.sock"))
    assert squatter.stdout is not None
    assert squatter.stdout.readline() == "listening\n"
    done = listed(environ)
    assert (done.code, ROLE in done.out, "stolen" in done.out + done.err) == (0, True, False)
    assert said(squatter) == "got", "nothing was sent to a stranger"


def test_the_app_takes_no_folder_of_another_user(open_home: Path) -> None:
    """Whoever owns the folder could put a server of their own on the socket's place at any time."""
    run_folder = open_home / "one" / "own" / "run"
    run_folder.mkdir(parents=True)
    if real_other_user:
        os.chown(run_folder, NOBODY, NOBODY)
    else:
        run_folder.chmod(0o755)  # one of its own it takes, and narrows
    app = Running(open_home, "one")
    try:
        if real_other_user:
            wanted = f"{run_folder} belongs to another user"
            until(lambda: wanted in app.log.read_text(), "the refusal", step=0.02)
            assert not app.socket.exists()
        else:
            app.wait()
            assert mode(run_folder) == 0o700
    finally:
        app.close()
