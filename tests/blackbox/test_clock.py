"""Time as the machine tells it, without the demo's clock: expiry, a clock set wrong, a process that slept."""

from __future__ import annotations

import re
import shutil
import signal
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from blackbox.desktop import Desktop
from blackbox.program import App, Demo, person, run
from blackbox.waiting import until

SHORT = """
[profile short]
role_arn = arn:aws:iam::222222222222:role/ReadOnly
source_profile = alex
duration_seconds = 900
region = eu-central-1
"""


@dataclass(frozen=True)
class FakeTime:
    """The clock of programs started with `environ`, by libfaketime; the monotonic one stays true."""

    file: Path
    library: Path

    def set(self, seconds: int) -> None:
        """Be so many seconds ahead of the machine."""
        self.file.write_text(f"{seconds:+d}\n")

    @property
    def environ(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(self.library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            # Read again once a second. Without a cache it is read at every look at the clock, also where
            # one thread of Python waits for another, who then hold each other up for many seconds.
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


def fake_time(file: Path) -> FakeTime:
    """A clock that is right at first."""
    made = FakeTime(file, next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")))
    made.set(0)
    return made


@dataclass(frozen=True)
class Clocks:
    """The clock of the app and its commands, and that of AWS, which goes right wherever this one does."""

    own: FakeTime
    aws: FakeTime
    demo: Demo

    def set(self, seconds: int) -> None:
        """Both be so many seconds ahead; AWS first, so that no call meets a clock that is behind."""
        self.aws.set(seconds)
        wanted = time.time() + seconds
        until(lambda: abs(self._aws_now() - wanted) < 60, "AWS's clock", seconds=10)
        self.own.set(seconds)

    def _aws_now(self) -> float:
        with urllib.request.urlopen(f"{self.demo.url.rstrip('/')}/calls", timeout=10) as answer:
            return parsedate_to_datetime(answer.headers["Date"]).timestamp()


@pytest.fixture
def aws_clock(desktop: Desktop) -> FakeTime:
    """The clock of AWS."""
    return fake_time(desktop.folder / "faketime-of-aws")


@pytest.fixture
def demo(desktop: Desktop, aws_clock: FakeTime) -> Iterator[Demo]:
    """The embedded AWS, its machine's clock faked."""
    with Demo(desktop.environ | aws_clock.environ) as running:
        yield running


@pytest.fixture
def clock(desktop: Desktop, aws_clock: FakeTime, demo: Demo) -> Clocks:
    """The clock of everybody."""
    return Clocks(fake_time(desktop.folder / "faketime"), aws_clock, demo)


@pytest.fixture
def environ(desktop: Desktop, demo: Demo, clock: Clocks) -> dict[str, str]:
    """The embedded AWS without the demo's clock, and a role of fifteen minutes."""
    config = desktop.folder / "config-of-a-test"
    shutil.copy(demo.exports["AWS_CONFIG_FILE"], config)
    config.write_text(config.read_text() + SHORT)
    found = person(demo) | {"AWS_CONFIG_FILE": str(config)} | clock.own.environ
    del found["ROLECALL_DEMO_URL"]
    return found


def left(app: App) -> dict[str, int]:
    """Seconds left of each live session."""
    return {row["name"]: row["seconds_left"] for row in app.run("status", "--json").json}


def ends(app: App) -> str:
    """When the session of `short` ends, as the app says."""
    return max((row["expires_at"] for row in app.run("status", "--json").json), default="")


def test_a_session_of_fifteen_minutes_renews_itself_or_expires(
    desktop: Desktop, demo: Demo, environ: dict[str, str], clock: Clocks
) -> None:
    """No code is needed, so a minute before its end it is renewed; while AWS is away it ends in time."""
    with App(desktop, environ) as app:
        app.window()
        signed_in = app.run("login", "short")
        assert signed_in.code == 0, signed_in.err
        first = ends(app)
        clock.set(840)
        until(lambda: ends(app) > first, "the renewal by itself", seconds=60)
        assert left(app)["short"] > 800

        demo.fault(kind="500", count=10_000)
        clock.set(840 + 840)
        until(
            lambda: re.search(" [01] min", app.tray.find("short — ").label),
            "the last minute",
            seconds=60,
        )
        assert left(app)["short"] <= 60
        clock.set(840 + 903)
        until(lambda: "live" not in app.row("short").description, "the end", seconds=60)
        assert left(app) == {}
        assert app.run("credential-process", "short").code != 0


def test_a_stopped_process_heals_within_a_beat(
    desktop: Desktop, demo: Demo, environ: dict[str, str], clock: Clocks
) -> None:
    """As after a night's sleep: the first beat shows the truth, and nothing bursts."""
    with App(desktop, environ) as app:
        app.window()
        signed_in = app.run("login", "short")
        assert signed_in.code == 0, signed_in.err
        app.process.send_signal(signal.SIGSTOP)
        demo.fault(kind="500", count=10_000)
        clock.set(8 * 3600)
        app.process.send_signal(signal.SIGCONT)
        until(lambda: "live" not in app.row("short").description, "the end", seconds=60)
        assert left(app) == {}
        assert "Traceback" not in app.output


@pytest.mark.parametrize("wrong", [-3600, 3600])
def test_a_wrong_clock_is_named(desktop: Desktop, environ: dict[str, str], wrong: int) -> None:
    """AWS refuses the signature; the message is about the clock and by how much it is off."""
    mine = fake_time(desktop.folder / "my-faketime")
    mine.set(wrong)
    alone = {n: v for n, v in (desktop.environ | environ | mine.environ).items() if n != "DISPLAY"}
    done = run(alone, "login", "short")
    assert done.code == 5
    assert "clock" in done.err
    assert re.search(r"\b(1 h|60 min|3600|3599|59 min|one hour)", done.err), done.err
