"""Values of the command line that must not be empty: most often such a one is a variable that was never set."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, Final

_EMPTY: Final = "it is empty; leave it out, or give it a value"


def given(typed: str) -> str:
    """`typed`, for the types of argparse. Raises ArgumentTypeError for an empty text."""
    if not typed:
        raise argparse.ArgumentTypeError(_EMPTY)
    return typed


class GivenParser(argparse.ArgumentParser):
    """Refuses every option with an empty value, in all its commands: `--policy "$P"` would narrow nothing."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.register("action", None, _Store)


class _Store(argparse.Action):
    def __call__(
        self,
        parser: argparse.ArgumentParser,  # noqa: ARG002  argparse's own
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        if option_string and values == "":
            raise argparse.ArgumentError(self, _EMPTY)
        setattr(namespace, self.dest, values)
