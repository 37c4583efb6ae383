"""The entry of `rolecall`: the fast client first, then the command line, then the window. Imports nothing early."""

import sys


def main() -> int:
    """Run the command line in sys.argv and return its exit code."""
    arguments = sys.argv[1:]
    if arguments and sys.platform != "win32":
        from rolecall import fast_client

        status = fast_client.answer(arguments)
        if status is not None:
            return status
    from rolecall.cli.command import main as command

    return command(arguments, _window)


def _window(arguments: list[str]) -> int:
    from rolecall.ui.main import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
