"""How long the GUI thread is held while a role is signed in to, once warm: the longest gap between two turns.

The whole path of a click is in it: plan, Job on its thread, answer, new State, views told.
"""

from __future__ import annotations

import itertools
import os
import statistics
import time
from collections.abc import Iterator

from bench_tray import demo_roles
from measure import Row

from blackbox.desktop import Desktop

ROUNDS = 30


def rows() -> Iterator[Row]:
    """The longest gap of each of ROUNDS warm clicks; the target is one frame, 16 ms."""
    with Desktop(tray=False, keyring=None) as desktop, demo_roles(desktop) as environ:
        os.environ.update({**environ, "QT_QPA_PLATFORM": "offscreen"})
        gaps = _gaps()
    worst = max(gaps)
    yield Row(
        "GUI thread held by a warm click, longest of 30",
        worst,
        16,
        "ms",
        worst / 16,
        1.0,
        "a frame",
    )
    middle = statistics.median(gaps)
    yield Row(
        "GUI thread held by a warm click, median", middle, 16, "ms", middle / 16, None, "a frame"
    )


def _gaps() -> list[float]:
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from rolecall.actions import Actions, Services
    from rolecall.domain.route import Wish
    from rolecall.sign_in import Sts
    from rolecall.storage.paths import AwsFiles, Paths
    from rolecall.storage.secret_store import MemorySecretStore
    from rolecall.store import Store
    from rolecall.ui.background import Background

    application = QApplication.instance() or QApplication([])
    background = Background(lambda fault: print("fault", type(fault)))
    services = Services(Paths.of(os.environ), AwsFiles.of(os.environ), MemorySecretStore(), Sts)
    actions = Actions(Store(), services, background.run, lambda _serial: None, time.time)
    actions.load()
    found = []
    for number in range(ROUNDS + 5):
        loop, ticks = QEventLoop(), [time.perf_counter()]
        timer = QTimer(interval=0)
        timer.timeout.connect(lambda ticks=ticks: ticks.append(time.perf_counter()))
        timer.start()
        actions.sign_in(
            f"ten-{number % 10}", Wish(fresh=True), lambda _answer, loop=loop: loop.quit()
        )
        loop.exec()
        timer.stop()
        gap = max(b - a for a, b in itertools.pairwise(ticks)) * 1000
        if number >= 5:
            found.append(gap)
    del application
    return found
