"""Timeline: the journal as bars, one row for each role: who I was when, and what came to nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rolecall.domain.journal import Entry, How, Outcome


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which a role's session was held. UTC epoch seconds, begin before end."""

    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Row:
    """One role in one stretch of time. refused, denied, cancelled: moments of what came to nothing, by why."""

    role: str
    account: str
    spans: tuple[Span, ...] = ()
    refused: tuple[float, ...] = ()
    denied: tuple[float, ...] = ()
    cancelled: tuple[float, ...] = ()

    @property
    def moments(self) -> list[float]:
        """When anything came to nothing."""
        return [*self.refused, *self.denied, *self.cancelled]


def rows(entries: Iterable[Entry], begin: float, end: float) -> list[Row]:
    """Roles with anything between `begin` and `end`, the one that was first at the top."""
    by_role: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.at):
        by_role.setdefault(entry.role, []).append(entry)
    made = [_row(role, found, begin, end) for role, found in by_role.items()]
    return sorted((row for row in made if row.spans or row.moments), key=_first)


def _first(row: Row) -> tuple[float, str]:
    moments = [span.begin for span in row.spans] + row.moments
    return min(moments), row.role


def _row(role: str, entries: Sequence[Entry], begin: float, end: float) -> Row:
    def moments(outcome: Outcome) -> tuple[float, ...]:
        return tuple(e.at for e in entries if e.outcome is outcome and begin <= e.at < end)

    account = next((entry.account for entry in reversed(entries) if entry.account), "")
    clipped = (Span(max(span.begin, begin), min(span.end, end)) for span in held(entries))
    spans = tuple(span for span in clipped if span.begin < span.end)
    nothing = (moments(each) for each in (Outcome.REFUSED, Outcome.DENIED, Outcome.CANCELLED))
    return Row(role, account, spans, *nothing)


def held(entries: Iterable[Entry]) -> list[Span]:
    """When one role's session was held: answers that overlap make one span, an end cuts it short.

    entries: of one role, oldest first.
    """
    spans: list[Span] = []
    for entry in entries:
        if entry.how is How.END:
            if spans and spans[-1].end > entry.at:
                spans[-1] = Span(spans[-1].begin, max(entry.at, spans[-1].begin))
        elif entry.outcome is Outcome.SERVED and entry.seconds > 0:
            if spans and entry.at <= spans[-1].end:
                spans[-1] = Span(spans[-1].begin, max(spans[-1].end, entry.ends))
            else:
                spans.append(Span(entry.at, entry.ends))
    return [span for span in spans if span.begin < span.end]
