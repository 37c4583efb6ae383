"""Search: which roles fit what is typed, best first. Pure Python over plain text; knows no widget.

Each letter narrows the result of the letters before it, and the results before it are kept, so that
a backspace costs nothing. Keys are cut from the raw profiles: no Role is resolved for a keystroke.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.role import account_of

_SEPARATORS = str.maketrans(dict.fromkeys("_./@:,+= \t", "-"))
_RANKED = 2000
"""Loose matches beyond this many keep the order of the files: nobody reads that far."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row shows of a role before anything is resolved. All texts may be empty but the name."""

    name: str
    account_id: str
    account_name: str
    region: str

    @property
    def key(self) -> str:
        """The text that is searched: lower case, every separator a dash, one dash before each word."""
        return _plain(f"-{self.name} {self.account_name} {self.account_id} {self.region}")


@dataclass(frozen=True, slots=True)
class Found:
    """One state of the search. All lists hold row numbers in the order of the files.

    whole: rows that hold every word typed as it is. starts: those whose name begins with the first.
    loose: rows that hold the letters in order, each word from the start of a word on; ends: where the
    last letter stands.
    """

    typed: str
    whole: Sequence[int]
    starts: Sequence[int]
    loose: Sequence[int]
    ends: Sequence[int]


class RoleIndex:
    """All entries of a catalogue and the search over them."""

    def __init__(self, catalogue: Catalogue, accounts: Mapping[str, str]) -> None:
        self.entries = [_entry(catalogue, accounts, name) for name in catalogue.names()]
        self.keys = [entry.key for entry in self.entries]
        self.rows = {entry.name: row for row, entry in enumerate(self.entries)}
        everything = range(len(self.keys))
        nothing_read = [0] * len(self.keys)
        self._steps = [Found("", everything, everything, everything, nothing_read)]

    def find(self, typed: str) -> Found:
        """The state of the search after `typed`, reached from the longest known beginning of it."""
        wanted = _plain(" ".join(typed.split()))
        while not wanted.startswith(self._steps[-1].typed):
            self._steps.pop()
        for letter in wanted[len(self._steps[-1].typed) :]:
            self._steps.append(self._narrowed(self._steps[-1], letter))
        return self._steps[-1]

    def _narrowed(self, before: Found, letter: str) -> Found:
        keys, typed = self.keys, before.typed + letter
        if letter == "-":  # a new word starts, from the left again
            return Found(typed, *self._joined(before, typed))
        word = typed.rpartition("-")[2]
        if len(word) == 1:
            begins = "-" + word
            pairs = [(i, p + 1) for i in before.loose if (p := keys[i].find(begins)) >= 0]
        else:
            pairs = [
                (i, p)
                for i, end in zip(before.loose, before.ends, strict=True)
                if (p := keys[i].find(letter, end + 1)) >= 0
            ]
        whole, starts = self._joined(before, typed)[:2]
        return Found(typed, whole, starts, [i for i, _ in pairs], [p for _, p in pairs])

    def _joined(
        self, before: Found, typed: str
    ) -> tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]:
        """Rows with `typed` as one piece, or with its words anywhere."""
        keys = self.keys
        words = [word for word in typed.split("-") if word]
        whole: Sequence[int]
        if len(words) < 2:
            whole = [i for i in before.whole if typed in keys[i]] if words else before.whole
        else:
            whole = [i for i in before.whole if all(word in keys[i] for word in words)]
        begins = "-" + typed
        starts = [i for i in before.starts if keys[i].startswith(begins)]
        return whole, starts, before.loose, before.ends

    def ranked(self, found: Found, most: int) -> list[int]:
        """The best `most` rows of a search, best first."""
        if not found.typed:
            return list(islice(found.whole, most))
        picked = dict.fromkeys(islice(found.starts, most))
        if len(picked) < most:
            picked |= dict.fromkeys(self._whole_ranked(found, most))
        if len(picked) < most:
            loose = sorted(islice(zip(found.ends, found.loose, strict=True), _RANKED))
            picked |= dict.fromkeys(i for _, i in loose)
        return list(islice(picked, most))

    def _whole_ranked(self, found: Found, most: int) -> list[int]:
        """Rows that hold the words: at the start of a word before the middle, in the name before later."""
        if len(found.whole) > _RANKED:
            begins = "-" + found.typed
            at_word = islice((i for i in found.whole if begins in self.keys[i]), most)
            return [*at_word, *islice(found.whole, most)]
        first = found.typed.partition("-")[0]
        scored = []
        for i in found.whole:
            at = self.keys[i].find("-" + first)
            inside = at < 0
            scored.append((inside, self.keys[i].find(first) if inside else at, i))
        return [i for _, _, i in sorted(scored)]

    def count(self, found: Found) -> int:
        """How many rows fit at all."""
        if not found.typed or len(found.loose) == len(self.keys):
            return len(found.whole) if not found.typed else len(found.loose)
        return len(set(found.loose).union(found.whole))

    def fits(self, found: Found, row: int) -> bool:
        """Whether one row fits."""
        words = [word for word in found.typed.split("-") if word]
        key = self.keys[row]
        return all(word in key for word in words) or all(_letters(key, word) for word in words)


def _entry(catalogue: Catalogue, accounts: Mapping[str, str], name: str) -> Entry:
    profile = catalogue.profiles.get(name, {})
    account = account_of(profile.get("role_arn", "") or profile.get("mfa_serial", ""))
    identity = catalogue.identities.get(name)
    if identity is not None:
        account = account or identity.account_id or account_of(identity.mfa_serial)
    region = profile.get("region", "") or (identity.region if identity else "")
    return Entry(name, account, accounts.get(account, ""), region)


def _plain(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter that grows in lower case would shift every emphasis
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.translate(_SEPARATORS)


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
    key = _plain("-" + text)
    places: set[int] = set()
    query = _plain(" ".join(typed.split()))
    joined = key.find(query) if query else -1
    if joined >= 0:
        places.update(range(joined, joined + len(query)))
    else:
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
