"""Demo: the desktop program inside an embedded AWS of its own, with the authenticator's window beside it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.demo.instance import DemoInstance
    from rolecall.ui.app import App


def run_demo(argv: list[str]) -> int:
    """Run the demo until its program ends; nothing of it stays. Returns the exit code."""
    from rolecall.demo.instance import CLEARED, DemoInstance
    from rolecall.storage.paths import Paths
    from rolecall.ui.main import run

    with DemoInstance(Paths.of(os.environ).runtime_dir) as demo:
        # botocore reads the process's own environment, so this very process moves into the demo
        for name in list(os.environ):
            if name in CLEARED or name.startswith(("AWS_ENDPOINT_URL", "ROLECALL_")):
                del os.environ[name]
        os.environ.update(demo.environment())
        return run(argv, os.environ, lambda app: _authenticator(app, demo))


def _authenticator(app: App, demo: DemoInstance) -> None:
    """Show the window with the codes, in a corner where the main window leaves it free."""
    from rolecall.ui.demo_window import DemoWindow

    def codes() -> list[tuple[str, str, float]]:
        return [(serial, *demo.aws.code(serial)) for serial, _owner in demo.aws.devices()]

    app.dialogs.dress_up()
    window = DemoWindow(codes, app)
    window.adjustSize()
    corner = window.screen().availableGeometry().bottomRight()
    window.move(corner.x() - window.width() - 32, corner.y() - window.height() - 64)
    window.copied.connect(app.copy_text)
    app.before_end.append(window.hide)
    window.show()
