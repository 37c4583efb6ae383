"""A whole private desktop without a screen: X server, window manager, buses, AT-SPI, panel, keyring.

Owns every process it starts, and everything those start: at the end all are gone. Nothing of the
desktop, the home folder or the buses of the person who runs the tests is touched.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from blackbox import reaper
from blackbox.bus import Bus
from blackbox.reaper import MARK
from blackbox.waiting import until

WATCHER: Final = "org.kde.StatusNotifierWatcher"
_SERVICES: Final = Path("/usr/share/dbus-1/services")
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "COVERAGE_PROCESS_START", "PYTHONDONTWRITEBYTECODE")

_BUS_CONFIG: Final = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>{kind}</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

_PANEL: Final = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray"/>
  </property>
</channel>
"""


class Desktop:
    """One private desktop in a new short folder below the temporary one.

    tray: with a real panel (xfce4-panel, StatusNotifier host) from the start.
    keyring: password of a real gnome-keyring, unlocked; None for a desktop without any keyring.
    """

    def __init__(self, *, tray: bool = True, keyring: str | None = "opensesame") -> None:
        # The path of a socket is at most 108 bytes long (unix(7)): pytest's own folders are too deep.
        self.folder = Path(tempfile.mkdtemp(prefix="rc-"))
        self.mark = secrets.token_hex(8)
        self.home = self.folder / "home"
        self.environ: dict[str, str] = {}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._panel: subprocess.Popen[bytes] | None = None
        self._keyring: subprocess.Popen[bytes] | None = None
        self._bus: Bus | None = None
        self._reaper = subprocess.Popen(
            [sys.executable, reaper.__file__, self.mark, str(self.folder)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            self._start(tray=tray, keyring=keyring)
        except BaseException:
            self.close()
            raise

    def _start(self, *, tray: bool, keyring: str | None) -> None:
        self._make_folders()
        self._start_screen()
        self.session_bus = self._start_bus("session", self._activatable())
        self.system_bus = self._start_bus("system", "")
        self.environ |= {
            "DBUS_SESSION_BUS_ADDRESS": self.session_bus,
            "DBUS_SYSTEM_BUS_ADDRESS": self.system_bus,
        }
        self.spawn(["openbox", "--sm-disable"], log="openbox")
        # Qt asks for the bus of AT-SPI at its start; asking first starts it.
        self.accessibility_bus = str(
            self.bus.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0]
        )
        if keyring is not None:
            self.start_keyring(keyring)
        if tray:
            self.start_tray_host()

    # --- Folders and environment ------------------------------------------------------------------

    def _make_folders(self) -> None:
        places = {
            "HOME": self.home,
            "XDG_CONFIG_HOME": self.home / ".config",
            "XDG_STATE_HOME": self.home / ".local/state",
            "XDG_DATA_HOME": self.home / ".local/share",
            "XDG_CACHE_HOME": self.home / ".cache",
            "XDG_RUNTIME_DIR": self.folder / "run",
            "TMPDIR": self.folder / "tmp",
        }
        for place in places.values():
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        panel = self.home / ".config/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"
        panel.parent.mkdir(parents=True)
        panel.write_text(_PANEL)
        self.environ = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self.environ |= {name: str(place) for name, place in places.items()}
        self.environ |= {
            MARK: self.mark,
            "LANG": "C.UTF-8",
            "XDG_CURRENT_DESKTOP": "XFCE",
            "XDG_SESSION_TYPE": "x11",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_QPA_PLATFORM": "xcb",
            "GSETTINGS_BACKEND": "memory",
            # GTK (the panel; Qt's own GTK theme in the tested program) would add an empty twin of
            # the program to the accessibility tree.
            "NO_AT_BRIDGE": "1",
        }

    def _activatable(self) -> str:
        """The services the session bus may start. The keyring is not among them: its absence is a case."""
        folder = self.folder / "services"
        folder.mkdir()
        for name in ("org.a11y.Bus.service", "org.xfce.Xfconf.service"):
            shutil.copy(_SERVICES / name, folder)
        return f"<servicedir>{folder}</servicedir>"

    # --- Processes --------------------------------------------------------------------------------

    def spawn(
        self,
        argv: Sequence[str],
        *,
        log: str,
        more: Mapping[str, str] | None = None,
        pipe: bool = False,
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop; what it says goes to the file `log` below our folder."""
        output = (self.folder / f"{log}.log").open("ab")
        with output:
            process = subprocess.Popen(
                argv,
                env=self.environ | dict(more or {}),
                stdin=subprocess.PIPE if pipe else subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.home,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def _start_screen(self) -> None:
        reading, writing = os.pipe()
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24"]
        with (self.folder / "xvfb.log").open("ab") as log:
            process = subprocess.Popen(
                [*command, "-nolisten", "tcp", "-noreset"],
                env=self.environ,
                stdout=log,
                stderr=log,
                pass_fds=[writing],
                start_new_session=True,
            )
        self._processes.append(process)
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        assert number, (self.folder / "xvfb.log").read_text()
        self.environ["DISPLAY"] = f":{number}"

    def _start_bus(self, kind: str, services: str) -> str:
        socket = self.folder / f"{kind}.bus"
        config = self.folder / f"{kind}.conf"
        config.write_text(_BUS_CONFIG.format(kind=kind, socket=socket, services=services))
        self.spawn(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"],
            log=f"{kind}-bus",
            more={"DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}"},
        )
        address = f"unix:path={socket}"
        until(lambda: Bus(address).close() or True, f"the {kind} bus", step=0.01)
        return address

    @property
    def bus(self) -> Bus:
        """A connection to the session bus, for questions of the tests."""
        if self._bus is None:
            self._bus = Bus(self.session_bus)
        return self._bus

    # --- The tray host and the keyring ------------------------------------------------------------

    def start_tray_host(self) -> None:
        """Start the panel and wait until it hosts StatusNotifier items."""
        self._panel = self.spawn(["xfce4-panel", "--disable-wm-check"], log="panel")
        until(
            lambda: (
                self.bus.owned(WATCHER)
                and self.bus.get(
                    WATCHER, "/StatusNotifierWatcher", WATCHER, "IsStatusNotifierHostRegistered"
                )
            ),
            "the panel's tray",
        )

    def mend_tray_host(self) -> None:
        """Start the panel anew if its tray has died.

        The systray plugin of xfce4-panel 4.18 now and then crashes when a program is killed while
        the panel reads its menu (libdbusmenu-glib); that is no fault of the tested program.
        """
        if self._panel is not None and not self.bus.owned(WATCHER):
            self._end(self._panel, signal.SIGKILL)
            self.start_tray_host()

    def stop_tray_host(self) -> None:
        """Kill the panel, as a crash would."""
        assert self._panel is not None
        self._end(self._panel, signal.SIGKILL)
        self._panel = None
        until(lambda: not self.bus.owned(WATCHER), "the tray host's end")

    def start_keyring(self, password: str | None) -> None:
        """Start gnome-keyring; a password makes or unlocks the login keyring, None leaves it locked."""
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        if password is not None:
            command.append("--unlock")
        self._keyring = self.spawn(command, log="keyring", pipe=True)
        assert self._keyring.stdin is not None
        self._keyring.stdin.write((password or "").encode())
        self._keyring.stdin.close()
        until(lambda: self.bus.owned("org.freedesktop.secrets"), "the keyring")

    def stop_keyring(self) -> None:
        """End the keyring daemon."""
        assert self._keyring is not None
        self._end(self._keyring, signal.SIGTERM)
        self._keyring = None
        until(lambda: not self.bus.owned("org.freedesktop.secrets"), "the keyring's end")

    def _end(self, process: subprocess.Popen[bytes], number: int) -> None:
        process.send_signal(number)
        process.wait(10)
        self._processes.remove(process)

    # --- The end ----------------------------------------------------------------------------------

    def members(self) -> Iterator[int]:
        """Every living process of this desktop, whoever started it."""
        return reaper.members(self.mark)

    def close(self) -> None:
        """End every process and remove the folder."""
        if self._bus is not None:
            self._bus.close()
        for number in (signal.SIGTERM, signal.SIGKILL):
            reaper.end(self.mark, number)
            self._wait_for_end(0.5)
        for process in self._processes:
            process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._reaper.kill()
        self._reaper.communicate()

    def _wait_for_end(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for process in self._processes:
                process.poll()
            if not any(self.members()):
                return
            time.sleep(0.02)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
