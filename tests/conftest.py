"""What every test gets: a home of its own, no screen unless it makes one, and no network but loopback."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

FOREIGN = ("AWS_", "BOTO", "ROLECALL_", "XDG_", "REQUESTS_CA_BUNDLE", "SSL_CERT_")
PROXIES = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}
FOR_THE_TESTS = {"ROLECALL_GATE", "ROLECALL_TEST_PROGRAM"}
LOOPBACK = ("127.", "::1", "localhost")

# Before any test module imports Qt. The black-box tests hand their programs a screen of their own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# The same examples each time in `make test`, so that a red build is about the change; `make gate` searches on.
settings.register_profile("test", derandomize=True, deadline=None)
settings.register_profile("gate", max_examples=2000, deadline=None)
settings.load_profile("gate" if os.environ.get("ROLECALL_GATE") else "test")


class OutsideError(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the person who runs the tests is seen, and nothing of theirs can be touched."""
    for name in list(os.environ):
        foreign = name.startswith(FOREIGN) or name.lower() in PROXIES
        if foreign and name not in FOR_THE_TESTS:
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home", numbered=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("ROLECALL_HOME", str(home / "rolecall"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    """A connection to anywhere else fails the test that made it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        inet = self.family in {socket.AF_INET, socket.AF_INET6}
        if inet and not str(address[0]).startswith(LOOPBACK):
            raise OutsideError(f"a test reached for {address!r}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder with a short name: sockets lie in some, and their path has 108 bytes at most (unix(7))."""
    with tempfile.TemporaryDirectory(prefix="rc-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def home() -> Path:
    """The home folder of this test, empty at first."""
    return Path(os.environ["HOME"])
