"""Code queue: who waits for a code of one MFA device, which codes were sent, when the next one comes.

A code is a secret for its half minute, so only salted digests of sent codes are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.route import Wish

STEP: Final = 30.0
"""Seconds one code is shown for. Source: RFC 6238, section 5.2; IAM's virtual devices use it."""

MEMORY: Final = 4 * STEP
"""Seconds a sent code is remembered: AWS accepts neighbouring steps, so longer than one step."""

_SIX_DIGITS: Final = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class Waiter:
    """One role waiting for a code, as `wish` has it: two wishes for one role are two sessions.

    shares: the source whose shared session it is content with, or empty where it needs its own code.
    """

    role: str
    shares: str = ""
    wish: Wish = Wish()


@dataclass(frozen=True, slots=True)
class CodeQueue:
    """The queue of one MFA device.

    sent: digests of codes already sent, with the time they were (UTC epoch seconds).
    in_flight: a code is at AWS now. problem: why the last code was not taken.
    asker: which program asked for it, empty for the person in front of us.
    """

    serial: str
    waiters: tuple[Waiter, ...] = ()
    sent: tuple[tuple[str, float], ...] = ()
    in_flight: bool = False
    problem: Problem | None = None
    asker: str = ""

    def joined(self, waiter: Waiter) -> CodeQueue:
        """The queue with `waiter` in it once; those who share a code stand before those who do not."""
        if waiter in self.waiters:
            return self
        others = self.without(waiter.role, waiter.wish).waiters
        ordered = sorted([*others, waiter], key=lambda known: not known.shares)
        return replace(self, waiters=tuple(ordered))

    def without(self, role: str, wish: Wish) -> CodeQueue:
        """The queue after `role` was served as `wish` has it, or gave up."""
        left = tuple(w for w in self.waiters if (w.role, w.wish) != (role, wish))
        return replace(self, waiters=left)

    def served_with(self, waiter: Waiter) -> tuple[Waiter, ...]:
        """Those in the queue that a code for `waiter` serves: all that share its session, else it alone."""
        if not waiter.shares:
            return tuple(known for known in self.waiters if known == waiter)
        return tuple(known for known in self.waiters if known.shares == waiter.shares)

    def unsent(self) -> CodeQueue:
        """The queue after a call that never reached AWS: its code was not used."""
        return replace(self, sent=self.sent[:-1], in_flight=False)

    @property
    def next_served(self) -> frozenset[str]:
        """Roles the next code serves: all that share the first one's session, else that one alone."""
        if not self.waiters:
            return frozenset()
        return frozenset(waiter.role for waiter in self.served_with(self.waiters[0]))

    @property
    def codes_needed(self) -> int:
        """How many different codes the waiting roles need in all."""
        own = sum(not waiter.shares for waiter in self.waiters)
        return own + len({waiter.shares for waiter in self.waiters if waiter.shares})

    def was_sent(self, code: str, now: float, salt: bytes) -> bool:
        """Whether this very code went to AWS so recently that AWS would refuse it."""
        digest = _digest(code, self.serial, salt)
        return any(known == digest and now - at < MEMORY for known, at in self.sent)

    def sending(self, code: str, now: float, salt: bytes) -> CodeQueue:
        """The queue with `code` noted as sent and in flight."""
        kept = tuple(entry for entry in self.sent if now - entry[1] < MEMORY)
        entry = (_digest(code, self.serial, salt), now)
        return replace(self, sent=(*kept, entry), in_flight=True, problem=None)


def next_code_at(now: float) -> float:
    """When the device shows its next code (UTC epoch seconds)."""
    return (now // STEP + 1) * STEP


def clean_code(typed: str) -> str:
    """`typed` without white space, if that leaves six ASCII digits. Raises ValueError if it does not.

    Source: AWS STS API Reference, AssumeRole, TokenCode (six digits).
    """
    import unicodedata  # an idle app does without its tables

    code = "".join(c for c in typed if not c.isspace() and unicodedata.category(c) != "Cf")
    if len(typed) > 64 or not _SIX_DIGITS.fullmatch(code):
        raise ValueError("a code is six digits")
    return code


def malformed_code() -> Problem:
    """The Problem for a code that is not six digits. Never names what was typed."""
    return Problem(
        "mfa_code_malformed",
        Text(QT_TRANSLATE_NOOP("Problem", "A code is six digits")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Type the six digits your device shows now.")),
        exit=Exit.USAGE,
    )


def used_code(now: float) -> Problem:
    """The Problem for a code that was already sent."""
    seconds = max(1, round(next_code_at(now) - now))
    return Problem(
        "mfa_code_used",
        Text(QT_TRANSLATE_NOOP("Problem", "This code was already used: each code works once")),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "The next code comes in {seconds} s."), seconds=seconds
        ),
        exit=Exit.REFUSED,
        retry_at=next_code_at(now),
    )


def _digest(code: str, serial: str, salt: bytes) -> str:
    import hashlib  # loads OpenSSL, which an idle app does without

    return hashlib.blake2b(f"{serial}\0{code}".encode(), key=salt, digest_size=16).hexdigest()
