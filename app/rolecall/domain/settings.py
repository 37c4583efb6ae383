"""Settings: what a person may choose, with its defaults and limits. Never a secret, never a path of AWS files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rolecall.domain.role import Identity

COPY_FORMATS = ("env", "fish", "powershell", "cmd", "nu", "dotenv", "json", "ini", "sts")
"""Formats offered for the clipboard; the names are those of `rolecall export --format`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices. notices: minutes before expiry, largest first. clipboard_seconds: 0 means never cleared.

    language and theme: empty follows the desktop. accounts: a person's own names by account id.
    ask_at_once: the code dialog opens by itself when a program needs a code, without a notification first.
    keep_sessions: sessions outlive the program, encrypted with a key in the keyring.
    lock_on_sleep, lock_on_screen_lock: sessions and keys leave memory then; a click brings them back.
    identities: what is known of keys in the keyring (one item each). favourites and recents: role names.
    ask_first: roles that a program gets only with a person's consent. approvals: the answers kept for
    good, `always` or `never`, by role and program (`approval.py`).
    production: roles marked by hand; production_patterns: what else is marked (`production.py`);
    not_production: roles that a pattern fits and the person took out. unasked: marked roles that a program
    gets without consent. confirm_production: a person is asked before signing in to one.
    production_reason: they give a reason, which travels as the session's name.
    production_minutes: the longest life of a session of one, 0 for AWS's own limits.
    session_name: a template (`session_name.py`) for roles whose profile gives none.
    trusted: digests of the lines that may start a program, by profile and key (`trust.py`).
    seeds: serials of the MFA devices whose seed the person keeps in the keyring. devices: the serial the
    files name to the one the person chose in its place.
    """

    copy_format: str = "env"
    notices: tuple[int, ...] = (10, 2)
    clipboard_seconds: int = 30
    hide_to_tray: bool = True
    renew: bool = True
    ask_at_once: bool = False
    keep_sessions: bool = True
    lock_on_sleep: bool = False
    lock_on_screen_lock: bool = False
    theme: str = ""
    language: str = ""
    console_service: str = ""
    session_name: str = ""
    favourites: tuple[str, ...] = ()
    recents: tuple[str, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict)
    identities: Mapping[str, Identity] = field(default_factory=dict)
    ask_first: tuple[str, ...] = ()
    approvals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    production: tuple[str, ...] = ()
    production_patterns: tuple[str, ...] = ()
    not_production: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()
    confirm_production: bool = False
    production_reason: bool = False
    production_minutes: int = 0
    trusted: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    seeds: tuple[str, ...] = ()
    devices: Mapping[str, str] = field(default_factory=dict)
