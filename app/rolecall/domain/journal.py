"""Journal: who asked for which role, when, and what came of it. Values and questions about them; no secret.

An Entry holds names, times and outcomes only: no credentials, no code, no external id, no URL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of it: a contract of `rolecall journal --json`."""

    SERVED = "served"
    REFUSED = "refused"  # by AWS, the network, the files; Entry.problem says which
    DENIED = "denied"  # by the person, now or once and for all
    CANCELLED = "cancelled"  # nobody gave the code or signed in, or the caller went away


class How(StrEnum):
    """What was wanted: a contract of `rolecall journal --json`."""

    SESSION = "session"
    CONSOLE = "console"
    COPY = "copy"
    EXPORT = "export"
    RENEWAL = "renewal"  # by Rolecall itself, where no code is needed
    END = "end"  # forgotten or locked before its time


@dataclass(frozen=True, slots=True)
class Asker:
    """A program that asked. What the system does not tell is 0 or empty: unknown.

    executable: path of its program file. script: the file an interpreter runs, where it is one.
    name: the short name to show. user: who runs it.
    """

    pid: int = 0
    executable: str = ""
    script: str = ""
    name: str = ""
    user: str = ""

    @property
    def program(self) -> str:
        """What stands for the program in a remembered answer; empty where its file is unknown."""
        return f"{self.executable} {self.script}".rstrip() if self.executable else ""

    def __str__(self) -> str:
        """``terraform (pid 4121)``, or nothing where nothing is known."""
        return f"{self.name} (pid {self.pid})" if self.name and self.pid else self.name


NOBODY = Asker()
"""No program: a person in our own window, or Rolecall itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal. at: UTC epoch seconds. seconds: how long the session still lived then.

    problem: the stable code of the Problem of a refusal. origin: how the session was made (`Origin`).
    road: the profiles from the source to the role.
    """

    at: float
    role: str
    outcome: Outcome
    how: How = How.SESSION
    account: str = ""
    problem: str = ""
    origin: str = ""
    road: tuple[str, ...] = ()
    seconds: int = 0
    asker: Asker = NOBODY

    @property
    def ends(self) -> float:
        """When what was handed out stops to work."""
        return self.at + self.seconds


def matching(
    entries: Iterable[Entry],
    *,
    search: str = "",
    role: str = "",
    since: float = 0.0,
    shown: Callable[[Entry], str] = lambda _entry: "",
) -> list[Entry]:
    """The entries that fit: every word of `search` somewhere in them, exactly `role`, not before `since`.

    shown: what a window says of an entry in other words; it is searched too.
    """
    words = search.casefold().split()
    return [
        entry
        for entry in entries
        if entry.at >= since
        and (not role or entry.role == role)
        and (not words or _fits(entry, words, shown(entry)))
    ]


def _fits(entry: Entry, words: Sequence[str], shown: str) -> bool:
    asker = entry.asker
    text = " ".join(
        (
            entry.role, entry.outcome, entry.how, entry.account, entry.problem, entry.origin, *entry.road,
            str(asker), asker.executable, asker.script, asker.user, shown,
        )
    ).casefold()  # fmt: skip
    return all(word in text for word in words)
