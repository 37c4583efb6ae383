"""Tray view: what the tray says for a State at a moment. A pure function but for the language spoken."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from rolecall.domain.countdown import Urgency, minutes_left
from rolecall.domain.session import Session
from rolecall.domain.state import State, code_is_asked
from rolecall.ui.tray_icon import IDLE, Mark, Picture
from rolecall.ui.tray_items import (
    Item,
    Items,
    is_marked,
    live_label,
    marked_label,
    picture_of,
)

MOST_IN_TOOLTIP = 6


@dataclass(frozen=True, slots=True)
class TrayView:
    """What the tray shows; equal views are not sent to the panel twice."""

    picture: Picture
    tooltip: str
    items: tuple[Item, ...] = ()


def tray_view(state: State, now: float, items: Items, unseen: bool) -> TrayView:
    """Icon, tooltip and menu. unseen: a Problem was told that nobody has looked at yet."""
    live = state.live(now)
    return TrayView(
        picture=_picture(state, live, now, unseen),
        tooltip=_tooltip(state, live, now),
        items=items.of(state, now),
    )


def _picture(state: State, live: list[Session], now: float, unseen: bool) -> Picture:
    """The ring is the session that ends first; what a person has to do outranks what goes on."""
    ring = picture_of(live[0], state, now) if live else IDLE
    ring = ring._replace(production=any(is_marked(state, session.name) for session in live))
    if unseen or _code_wanted(state) or (live and ring.urgency == Urgency.LAST):
        return ring._replace(mark=Mark.ATTENTION)
    if state.busy:
        return ring._replace(mark=Mark.BUSY)
    return ring


def _code_wanted(state: State) -> bool:
    return any(code_is_asked(state, queue) for queue in state.queues.values())


def _tooltip(state: State, live: list[Session], now: float) -> str:
    lines = ["Rolecall"]
    if _code_wanted(state):
        lines.append(QCoreApplication.translate("Tray", "A code is waited for"))
    shown = live[:MOST_IN_TOOLTIP]
    lines += [
        marked_label(live_label(session.name, minutes_left(session, now)), state, session.name)
        for session in shown
    ]
    if len(live) > len(shown):
        more = len(live) - len(shown)
        lines.append(QCoreApplication.translate("Tray", "and %n more", None, more))
    if state.locked:
        lines.append(QCoreApplication.translate("Tray", "Locked"))
    elif not live and state.loaded:
        lines.append(QCoreApplication.translate("Tray", "No session is live"))
    return "\n".join(lines)
