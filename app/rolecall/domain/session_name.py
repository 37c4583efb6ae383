"""Session names: what a session is called, so that CloudTrail shows who it was. A template is filled and cleaned.

`{user}`, `{host}`, `{role}` and `{date}` stand for what they say. Source of the form: AWS STS API Reference,
AssumeRole, RoleSessionName (2 to 64 of `[\\w+=,.@-]`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

FIELDS: Final = ("user", "host", "role", "date")

DEFAULT: Final = "{user}"
"""The template where neither a profile nor the settings have one."""

LONGEST: Final = 64
_FALLBACK: Final = "rolecall"
_FIELD: Final = re.compile(rf"\{{({'|'.join(FIELDS)})\}}")
_FOREIGN: Final = re.compile(r"[^\w+=,.@-]+", re.ASCII)


def is_template(name: str) -> bool:
    """Whether something in `name` is to be filled in."""
    return _FIELD.search(name) is not None


def unknown_field(name: str) -> str:
    """The first `{word}` in `name` that stands for nothing, or an empty text."""
    left = re.search(r"\{[^{}]*\}?", _FIELD.sub("", name))
    return left[0] if left else ""


def filled(template: str, values: Mapping[str, str]) -> str:
    """The session name of a template; what AWS does not take in a value becomes a hyphen.

    A name that comes out too short is `rolecall`.
    """
    whole = _FIELD.sub(lambda found: cleaned(values.get(found[1], "")), template)
    name = cleaned(whole)[:LONGEST].strip("-")
    return name if len(name) > 1 else _FALLBACK


def cleaned(text: str) -> str:
    """`text` with hyphens for what may not stand in a session name."""
    return _FOREIGN.sub("-", text).strip("-")
