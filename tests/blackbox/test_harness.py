"""The instruments themselves, tried on a sample program: what they see and do is what a person would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox import screen
from blackbox.accessible import Accessibility
from blackbox.busmonitor import BusMonitor
from blackbox.children import started, traced
from blackbox.desktop import Desktop
from blackbox.notifications import Notifications
from blackbox.tray import shown, wait_for_item
from blackbox.waiting import until

SAMPLE = Path(__file__).with_name("sample_tray.py")


@pytest.fixture(scope="module")
def sample(desktop: Desktop) -> Iterator[subprocess.Popen[bytes]]:
    """The sample program, running."""
    process = desktop.spawn([sys.executable, str(SAMPLE)], log="sample")
    yield process
    process.send_signal(signal.SIGKILL)


def test_the_menu_is_read_and_clicked_over_dbus(
    desktop: Desktop, accessibility: Accessibility, sample: subprocess.Popen[bytes]
) -> None:
    """Labels come as drawn, a click opens the window, the icon is the picture that was set."""
    item = wait_for_item(desktop.bus, sample.pid)
    assert [entry.label for entry in item.entries() if entry.label] == [
        "More",
        "Add & name",
        "Show the_window",
        "Quit",
    ]
    assert "sample tip" in item.tooltip
    assert item.icon_png(64)[:8] == b"\x89PNG\r\n\x1a\n"
    assert item.icon(64)[2][:4] == bytes.fromhex("ff336699")

    item.click("Show")

    accessibility.application(sample.pid).wait("Sample", "frame")
    until(lambda: screen.windows(desktop, "^Sample$"), "the window on the screen")


def test_a_field_is_typed_into_and_a_button_pressed(
    desktop: Desktop, accessibility: Accessibility, sample: subprocess.Popen[bytes]
) -> None:
    """A dialog opened from the menu, filled over AT-SPI, gives a row with name and description."""
    item = wait_for_item(desktop.bus, sample.pid)
    app = accessibility.application(sample.pid)
    item.click("Show")
    item.click_below("More", "Add")

    dialog = app.wait("Name", "dialog")
    dialog.find("Name", "text").type("Ümit")
    assert dialog.find("Name", "text").text == "Ümit"
    dialog.find("Add", "push button").press()

    rows = app.wait("Rows", "list")
    row = until(rows.children, "the row")[0]
    assert row.name.startswith("Ümit")
    assert row.description == "described"
    assert until(lambda: screen.clipboard(desktop), "the clipboard") == "Ümit"


def test_the_recorder_hears_the_bus_and_the_notice_service_is_strict(desktop: Desktop) -> None:
    """A right call is kept and recorded; one with another signature is refused and noted."""
    name, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    body = ("app", 0, "", "summary with CANARY", "body", ["a", "A"], {}, -1)
    with BusMonitor(desktop.session_bus) as monitor, Notifications(desktop.session_bus) as service:
        answer = desktop.bus.call(name, path, name, "Notify", "susssasa{sv}i", body)
        assert service.wait("CANARY").number == answer[0]
        with pytest.raises(Exception, match="InvalidArgs"):
            desktop.bus.call(name, path, name, "Notify", "sisssasa{sv}i", body)
        monitor.settle()
    assert service.faults == ["Notify(sisssasa{sv}i)"]
    assert b"CANARY" in monitor.traffic


def test_the_system_bus_is_a_private_one_too(desktop: Desktop) -> None:
    """Fakes of system services may be put there."""
    with BusMonitor(desktop.system_bus) as monitor:
        monitor.settle()
        assert b"org.freedesktop.DBus" in monitor.traffic


def test_children_are_recorded_with_argv_and_environment(tmp_path: Path) -> None:
    """Whatever is started below a program, with every byte of both."""
    record = tmp_path / "record"
    script = 'NAME="va\\"lue" env printf "%s" "an \\"argument\\" ü" >/dev/null'
    subprocess.run(
        traced(["sh", "-c", script], record), check=True, env={"PATH": os.environ["PATH"]}
    )

    last = started(record)[-1]
    assert last.argv[-1] == 'an "argument" ü'.encode()
    assert b'NAME=va"lue' in last.environ


def test_a_screen_can_be_photographed(desktop: Desktop, tmp_path: Path) -> None:
    """The picture is a PNG of the whole screen."""
    assert screen.picture(desktop, tmp_path / "screen.png").read_bytes()[:4] == b"\x89PNG"


def test_the_end_leaves_nothing_behind() -> None:
    """Every process and the folder are gone, those started over D-Bus too."""
    with Desktop(tray=False, keyring=None) as short:
        assert any(short.members())
    assert not list(short.members())
    assert not short.folder.exists()


@pytest.mark.parametrize(
    ("label", "drawn"), [("a__b", "a_b"), ("_Quit", "Quit"), ("dev__admin__x", "dev_admin_x")]
)
def test_underscores_are_drawn_as_a_host_draws_them(label: str, drawn: str) -> None:
    """dbusmenu: a single underscore marks the mnemonic, two are one."""
    assert shown(label) == drawn
