"""Notifications against a daemon that checks what it is sent, and against none."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from rolecall.ui.notifications import Notification, Notifications, without_accounts

SERVICE, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs dbus-daemon")


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session bus of this test's own."""
    address = f"unix:path={tmp_path / 'bus'}"
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address={address}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as daemon:
        assert daemon.stdout
        daemon.stdout.readline()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


class Daemon:
    """A notification daemon: notes each Notify and hands out ids."""

    def __init__(self) -> None:
        self.connection: DBusConnection = open_dbus_connection("SESSION")
        self.connection.send_and_get_reply(message_bus.RequestName(SERVICE))
        self.notified: list[tuple[str, tuple[Any, ...]]] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        try:
            while True:
                self._answer(self.connection.receive())
        except (OSError, ValueError):
            return

    def _answer(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is not MessageType.method_call:
            return
        if fields[HeaderFields.member] == "Notify":
            self.notified.append((fields[HeaderFields.signature], message.body))
            number = message.body[1] or len(self.notified)
            self.connection.send(new_method_return(message, "u", (number,)))

    def press(self, number: int, verb: str) -> None:
        source = DBusAddress(PATH, interface=SERVICE)
        self.connection.send(new_signal(source, "ActionInvoked", "us", (number, verb)))


@pytest.fixture
def daemon(bus: str) -> Iterator[Daemon]:
    one = Daemon()
    yield one
    one.connection.close()


class Shower:
    """Notifications, what fell back and what was chosen."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.fallen: list[Notification] = []
        self.notifications = Notifications(self.fallen.append, self.owner)
        self.chosen: list[tuple[str, str]] = []
        self.notifications.chosen.connect(lambda key, verb: self.chosen.append((key, verb)))


@pytest.fixture
def shower(qtbot: QtBot) -> Iterator[Shower]:
    one = Shower()
    yield one
    one.notifications.close()
    one.owner.deleteLater()


ENDS = Notification(
    "ends prod", "prod ends in 2 minutes", "account 123456789012 <b>&", (("renew", "Renew"),), True
)


def test_what_the_daemon_is_sent(qtbot: QtBot, daemon: Daemon, shower: Shower) -> None:
    shower.notifications.show(ENDS)
    qtbot.waitUntil(lambda: bool(daemon.notified))
    signature, body = daemon.notified[0]
    assert signature == "susssasa{sv}i"
    name, replaces, icon, title, text, actions, hints, timeout = body
    assert (name, replaces, icon, title, timeout) == (
        "Rolecall",
        0,
        "rolecall",
        "prod ends in 2 minutes",
        -1,
    )
    assert text == "account … &lt;b&gt;&amp;"
    assert actions == ["renew", "Renew"]
    assert hints == {"desktop-entry": ("s", "rolecall"), "urgency": ("y", 2)}
    assert shower.fallen == []


def test_a_button_is_heard_and_the_next_one_takes_its_place(
    qtbot: QtBot, daemon: Daemon, shower: Shower
) -> None:
    shower.notifications.show(ENDS)
    qtbot.waitUntil(lambda: shower.notifications._ids == {"ends prod": 1})
    shower.notifications.show(ENDS)
    qtbot.waitUntil(lambda: len(daemon.notified) == 2)
    assert daemon.notified[1][1][1] == 1
    daemon.press(99, "renew")
    daemon.press(1, "renew")
    qtbot.waitUntil(lambda: bool(shower.chosen))
    assert shower.chosen == [("ends prod", "renew")]


def test_a_bus_without_a_daemon_falls_back(qtbot: QtBot, bus: str, shower: Shower) -> None:
    shower.notifications.show(ENDS)
    qtbot.waitUntil(lambda: bool(shower.fallen), timeout=3000)
    assert shower.fallen[0].key == "ends prod"
    assert "123456789012" not in shower.fallen[0].body


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/at/all", "nonsense"])
def test_no_bus_at_all_falls_back_at_once(
    shower: Shower, monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    if address is None:
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    else:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    shower.notifications.show(ENDS)
    assert [one.key for one in shower.fallen] == ["ends prod"]


def test_a_daemon_that_went_away_is_found_again(
    qtbot: QtBot, daemon: Daemon, shower: Shower
) -> None:
    shower.notifications.show(ENDS)
    qtbot.waitUntil(lambda: bool(shower.notifications._ids))
    shower.notifications.close()
    shower.notifications.show(ENDS)
    qtbot.waitUntil(lambda: len(daemon.notified) == 2)
    assert daemon.notified[1][1][1] == 0


def test_accounts_are_blotted_out() -> None:
    assert without_accounts("role 123456789012-admin") == "role …-admin"
