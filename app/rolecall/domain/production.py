"""Production: which roles a person marked, by hand or by a pattern, and what follows from the mark. Pure.

No role counts as production until the person marks it. The mark never refuses anything; it makes loud,
and has programs ask first (`approval.py`).
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from rolecall.domain.role import Role
from rolecall.domain.route import Wish
from rolecall.domain.session_name import cleaned
from rolecall.domain.settings import Settings

_DEFAULT_LIFE = 3600
"""Seconds a role lives where nobody asks for anything else (AWS STS API Reference, AssumeRole)."""


def is_production(settings: Settings, role: Role) -> bool:
    """Whether the person marked `role`. What was said by hand outranks the patterns."""
    if role.name in settings.production:
        return True
    if not settings.production_patterns or role.name in settings.not_production:
        return False
    return by_pattern(settings, role)


def by_pattern(settings: Settings, role: Role) -> bool:
    """Whether a pattern fits the role's name, its name in AWS, its ARN, its account's id or name.

    `*`, `?` and `[…]` as in file names; upper and lower case are the same.
    """
    if not settings.production_patterns:
        return False
    fits = _compiled(settings.production_patterns)
    return any(text and fits.match(text.lower()) for text in _texts(settings, role))


def _texts(settings: Settings, role: Role) -> Iterator[str]:
    yield role.name
    if role.arn:
        yield role.arn.name
        yield str(role.arn)
    account = role.account_id
    if account:
        yield account
        yield settings.accounts.get(account, "")


@lru_cache(maxsize=4)
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(fnmatch.translate(pattern.lower()) for pattern in patterns))


def marking(settings: Settings, role: Role, *, marked: bool) -> Settings:
    """Settings in which `role` is marked, or no longer, whatever the patterns say.

    A mark that is set anew has programs ask first, whatever was chosen for an earlier one.
    """
    name, fits = role.name, by_pattern(settings, role)
    hand = tuple(other for other in settings.production if other != name)
    against = tuple(other for other in settings.not_production if other != name)
    unasked = tuple(other for other in settings.unasked if other != name)
    return replace(
        settings,
        production=(*hand, name) if marked and not fits else hand,
        not_production=(*against, name) if fits and not marked else against,
        unasked=unasked,
    )


def shortened(settings: Settings, role: Role, wish: Wish) -> Wish:
    """`wish` with no longer a life than the person allows marked roles; key identities keep theirs."""
    most = settings.production_minutes * 60
    if not most or not role.hops or not is_production(settings, role):
        return wish
    asked = wish.duration_seconds or role.hops[-1].duration_seconds or _DEFAULT_LIFE
    return replace(wish, duration_seconds=most) if asked > most else wish


def confirms(settings: Settings, role: Role) -> bool:
    """Whether a person is asked once more, or for a reason, before signing in to `role`."""
    asked = settings.confirm_production or settings.production_reason
    return asked and is_production(settings, role)


def with_reason(reason: str) -> str:
    """The template of a session's name that carries a reason, so that CloudTrail shows it; empty for none."""
    said = cleaned(reason)
    return f"{{user}}-{said}" if said else ""


def patterns_of(text: str) -> tuple[str, ...]:
    """The patterns in a text of one a line; blanks around them and empty lines count for nothing."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
