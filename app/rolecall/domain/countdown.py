"""Countdown: what is left of a session, how urgent that is, and when anything shown changes next.

Nothing is ever counted down here: everything is recomputed from `expires_at - now`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum

from rolecall.domain.session import Session

BEAT = 60.0
"""Seconds between two beats while a session lives; bounds how long a clock change goes unseen."""

RING_STEPS = 24
"""Steps the ring is drawn in, so that the icon is redrawn only when the picture changes."""


class Urgency(StrEnum):
    """How soon a person may have to act."""

    CALM = "calm"
    SOON = "soon"
    LAST = "last"
    OVER = "over"


def remaining(session: Session, now: float) -> float:
    """Seconds left at `now`, never negative."""
    return max(session.expires_at - now, 0.0)


def urgency(session: Session, now: float, notices: tuple[int, ...] = (10, 2)) -> Urgency:
    """The step of `notices` (minutes) that the session has reached."""
    left = remaining(session, now)
    if left <= 0:
        return Urgency.OVER
    steps = sorted(notices)
    if steps and left <= steps[0] * 60:
        return Urgency.LAST
    if steps and left <= steps[-1] * 60:
        return Urgency.SOON
    return Urgency.CALM


def minutes_left(session: Session, now: float) -> int:
    """Whole minutes left, rounded down: what the tray shows."""
    return int(remaining(session, now) // 60)


def clock_label(seconds: float) -> str:
    """``41:07`` or ``1:02:33``: what an open window shows."""
    whole = math.ceil(max(seconds, 0.0) - 1e-6)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def ring_step(session: Session, now: float) -> int:
    """Part of the lifetime that is left, in steps from 0 (over) to RING_STEPS (full)."""
    if session.lifetime <= 0:
        return 0
    share = min(remaining(session, now) / session.lifetime, 1.0)
    return math.ceil(share * RING_STEPS)


def renew_at(session: Session) -> float:
    """When a session that needs no human is renewed: 15 minutes before its end, or a third of a short life.

    Fifteen minutes is where botocore begins to ask its credential source again
    (botocore credentials.py, _advisory_refresh_timeout), so callers always find more than that.
    """
    return session.expires_at - min(15 * 60.0, session.lifetime / 3)


def next_change(
    sessions: Iterable[Session],
    now: float,
    seconds_shown: bool,
    other: Iterable[float] = (),
    notices: tuple[int, ...] = (10, 2),
) -> float | None:
    """The earliest moment (UTC epoch seconds) at which anything shown changes, or None for never.

    other: further deadlines (renewals, clipboard). While a session lives the answer is at most
    BEAT seconds away, on one beat shared by all; one second while a window shows seconds.
    """
    moments = list(other)
    if any(moment <= now for moment in moments):
        return now
    for session in sessions:
        if not session.live(now):
            continue
        moments.append(now + (1.0 - now % 1.0 if seconds_shown else BEAT))
        moments.append(session.expires_at)
        steps = (session.expires_at - minutes * 60 for minutes in notices)
        moments.extend(step for step in steps if step > now)
    return min(moments) if moments else None
