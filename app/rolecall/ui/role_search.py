"""Search: which roles fit what is typed, best first. Pure Python over plain text; knows no widget.

Each letter narrows the result of the letters before it, and the results before it are kept, so that
a backspace costs nothing. Keys are cut from the raw profiles: no Role is resolved for a keystroke.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, islice, repeat
from operator import contains

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.role import account_of

_SEPARATORS = str.maketrans(dict.fromkeys("_./@:,+= \t", "-"))
_INSIDE = 1 << 20
"""Added to a place in the middle of a word, so that every start of a word ranks before it."""

_RANKED = 1000
"""Loose matches beyond this many keep the order of the files: nobody reads that far."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row shows of a role before anything is resolved. All texts may be empty but the name."""

    name: str
    account_id: str
    account_name: str
    region: str

    @property
    def details(self) -> str:
        """The second line of a row: account name, its id in groups of four, region."""
        parts = (self.account_name, grouped(self.account_id), self.region)
        return " · ".join(part for part in parts if part)

    @property
    def key(self) -> str:
        """The text that is searched: lower case, every separator a dash, one dash before each word."""
        return _plain(f"-{self.name} {self.account_name} {self.account_id} {self.region}")


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows, in the order of the files, with their keys beside them."""

    numbers: Sequence[int]
    keys: Sequence[str]

    def __len__(self) -> int:
        return len(self.numbers)

    def kept(self, fits: Sequence[bool]) -> Rows:
        """Those that fit; itself where all do."""
        if all(fits):
            return self
        return Rows(list(compress(self.numbers, fits)), list(compress(self.keys, fits)))


@dataclass(frozen=True, slots=True)
class Loose:
    """Rows that hold the letters in order, each word from the start of a word on.

    ends: where the last letter stands in each of them.
    """

    rows: Rows
    ends: Sequence[int]

    def narrowed(self, typed: str) -> Loose:
        """Those that hold the last letter of `typed` too, after the letters before it."""
        letter = typed[-1]
        if letter == "-":  # a new word starts, from the left again
            return self
        keys, first = self.rows.keys, len(typed) == 1 or typed[-2] == "-"
        if first:
            found = list(map(str.find, keys, repeat("-" + letter)))
        else:
            found = list(map(str.find, keys, repeat(letter), map((1).__add__, self.ends)))
        fits = list(map((-1).__lt__, found))
        rows = self.rows.kept(fits)
        ends = found if rows is self.rows else list(compress(found, fits))
        return Loose(rows, list(map((1).__add__, ends)) if first else ends)


@dataclass(slots=True)
class Found:
    """One state of the search.

    whole: rows that hold every word typed as it is. starts: those whose name begins with the first.
    before: the state one letter earlier, None for nothing typed.
    """

    typed: str
    whole: Rows
    starts: Rows
    before: Found | None
    worked_out: Loose | None = None

    @property
    def loose(self) -> Loose:
        """Worked out when it is first wanted: where rows that hold the words fill the list, nobody does."""
        behind: list[Found] = []
        step = self
        while step.worked_out is None and step.before is not None:
            behind.append(step)
            step = step.before
        known = step.worked_out or Loose(step.whole, [0] * len(step.whole))
        for step in reversed(behind):
            known = step.worked_out = known.narrowed(step.typed)
        return known


class RoleIndex:
    """All entries of a catalogue and the search over them."""

    def __init__(self, catalogue: Catalogue, accounts: Mapping[str, str]) -> None:
        self.entries = [_entry(catalogue, accounts, name) for name in catalogue.names()]
        self.keys = [entry.key for entry in self.entries]
        self.rows = {entry.name: row for row, entry in enumerate(self.entries)}
        every = Rows(range(len(self.keys)), self.keys)
        self._steps = [Found("", every, every, None)]

    def find(self, typed: str) -> Found:
        """The state of the search after `typed`, reached from the longest known beginning of it."""
        wanted = _plain(" ".join(typed.split()))
        while not wanted.startswith(self._steps[-1].typed):
            self._steps.pop()
        for letter in wanted[len(self._steps[-1].typed) :]:
            self._steps.append(_narrowed(self._steps[-1], letter))
        return self._steps[-1]

    def ranked(self, found: Found, most: int) -> list[int]:
        """The best `most` rows of a search, best first."""
        if not found.typed:
            return list(found.whole.numbers[:most])
        picked = dict.fromkeys(found.starts.numbers[:most])
        if len(picked) < most:
            picked |= dict.fromkeys(self._whole_ranked(found, most))
        if len(picked) < most:
            ends, numbers = found.loose.ends, found.loose.rows.numbers
            loose = sorted(islice(zip(ends, numbers, strict=True), _RANKED))
            picked |= dict.fromkeys(i for _, i in loose)
        return list(islice(picked, most))

    def _whole_ranked(self, found: Found, most: int) -> list[int]:
        """Rows that hold the words: at the start of a word before the middle, in the name before later."""
        numbers, first = found.whole.numbers, found.typed.partition("-")[0]
        if len(numbers) > _RANKED:
            begins = "-" + found.typed
            pairs = zip(numbers, found.whole.keys, strict=True)
            return [*islice((i for i, key in pairs if begins in key), most), *numbers[:most]]
        begins, keys = "-" + first, found.whole.keys
        at_word = [key.find(begins) for key in keys]
        places = [
            at if at >= 0 else _INSIDE + key.find(first)
            for at, key in zip(at_word, keys, strict=True)
        ]
        return [i for _, i in sorted(zip(places, numbers, strict=True))]

    def count(self, found: Found) -> int:
        """How many rows fit at all."""
        if not found.typed:
            return len(self.keys)
        loose = found.loose.rows
        return len(loose) + len(set(found.whole.numbers).difference(loose.numbers))

    def fits(self, found: Found, row: int) -> bool:
        """Whether one row fits."""
        words = [word for word in found.typed.split("-") if word]
        key = self.keys[row]
        return all(word in key for word in words) or all(_letters(key, word) for word in words)


def _narrowed(before: Found, letter: str) -> Found:
    """The state after one more letter. The loops are `map`s: ten thousand rows pass in a millisecond."""
    typed = before.typed + letter
    words = [word for word in typed.split("-") if word]
    starts = before.starts.kept(list(map(str.startswith, before.starts.keys, repeat("-" + typed))))
    if letter == "-":
        return Found(typed, before.whole, starts, before)
    # Words before the last one were looked for already; nothing of them can have gone.
    whole = before.whole.kept(list(map(contains, before.whole.keys, repeat(words[-1]))))
    return Found(typed, whole, starts, before)


def _entry(catalogue: Catalogue, accounts: Mapping[str, str], name: str) -> Entry:
    profile = catalogue.profiles.get(name, {})
    account = account_of(profile.get("role_arn", "") or profile.get("mfa_serial", ""))
    if not account and "role_arn" not in profile:
        account = profile.get("sso_account_id", "")
    identity = catalogue.identities.get(name)
    if identity is not None:
        account = account or identity.account_id or account_of(identity.mfa_serial)
    region = profile.get("region", "") or (identity.region if identity else "")
    return Entry(name, account, accounts.get(account, ""), region)


def grouped(account_id: str) -> str:
    """An account id in groups of four digits, as the console shows it."""
    return " ".join(account_id[i : i + 4] for i in range(0, len(account_id), 4))


def _plain(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that grows in lower case would shift every emphasis
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.translate(_SEPARATORS)


_shown = lru_cache(maxsize=1024)(_plain)
"""The texts on the screen and what is typed: every keystroke asks for most of them again."""


def _letters(key: str, word: str) -> list[int]:
    """Where the letters of `word` stand in `key`, from the start of a word on; empty if they do not."""
    at = key.find("-" + word[0]) + 1
    if at == 0:
        return []
    places = [at]
    for letter in word[1:]:
        at = key.find(letter, at + 1)
        if at < 0:
            return []
        places.append(at)
    return places


def emphasis(text: str, typed: str) -> list[tuple[int, int]]:
    """Runs (start, length) of `text` that answer what was typed: whole words first, else single letters."""
    key, query = _shown("-" + text), _shown(" ".join(typed.split()))
    joined = key.find(query) if query else -1
    if joined > 0:
        return [(joined - 1, len(query))]
    places: set[int] = set()
    for word in filter(None, query.split("-")):
        at = key.find("-" + word) + 1 or key.find(word)
        places.update(range(at, at + len(word)) if at >= 0 else _letters(key, word))
    return _runs(sorted(place - 1 for place in places if place > 0))


def _runs(places: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == sum(runs[-1]):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
