"""The entry of `rolecall`: the fast client first, then the command line, then the window. Imports nothing early."""

import os
import sys


def main() -> int:
    """Run the command line in sys.argv and return its exit code."""
    arguments = sys.argv[1:]
    if arguments in ([], ["--minimized"]):
        return _start(arguments)
    if arguments and sys.platform != "win32":
        from rolecall import fast_client

        status = fast_client.answer(arguments)
        if status is not None:
            return status
    from rolecall.cli.command import main as command

    return command(arguments, _window)


def _start(arguments: list[str]) -> int:
    """Straight to the window: the grammar of all commands would only delay the icon."""
    from rolecall.cli.display import has_display

    if has_display(os.environ):
        return _window(arguments)
    from rolecall.cli.command import no_display

    return no_display()


def _window(arguments: list[str]) -> int:
    from rolecall.ui.main import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
