"""Trust: which lines of the AWS files may start a program. Each is asked about once, word for word. Pure.

A profile may name a program that prints credentials (`credential_process`) or a code (`mfa_process`).
Whoever can write to that file then decides what runs, so nothing runs before a person has seen the line.
A seat belt, not a wall: a program of the same user can write our settings too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text, text
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.settings import Settings
from rolecall.domain.terminal import visible

CREDENTIALS: Final = "credential_process"
CODE: Final = "mfa_process"
KEYS: Final = (CREDENTIALS, CODE)
"""Keys of a profile whose value starts a program."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that starts a program. profile: where it stands; key: one of KEYS; text: all after its `=`.

    The text may hold a password as an argument: it is shown to the person who decides, and nowhere else.
    """

    profile: str
    key: str
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """What the settings hold of an accepted line: profile, key and text in 64 hexadecimal digits.

        Not the line, because a line may hold a secret and settings never do. One changed blank makes
        another digest. It is not stretched against guessing: whoever reads the settings can read the line.
        """
        import hashlib
        import json

        exact = json.dumps([self.profile, self.key, self.text])
        return hashlib.sha256(exact.encode()).hexdigest()

    @property
    def shown(self) -> str:
        """The line for a person: one line of text, whatever is invisible in it written as an escape."""
        return visible(self.text).replace("\n", "\\n")


def line_of(source: Source) -> Line | None:
    """The line that a person has to accept before the credentials of `source` are asked for, or None."""
    if source.kind is not SourceKind.PROCESS:
        return None
    return Line(source.name, CREDENTIALS, source.get(CREDENTIALS))


def lines_of(profiles: Mapping[str, Mapping[str, str]], role: Role) -> list[Line]:
    """Every line that may start a program on the way to `role`: its source's, and those that give codes.

    profiles: all profiles as the files have them.
    """
    found = [line_of(role.source)]
    way = dict.fromkeys((role.name, *(hop.profile for hop in role.hops), role.source.name))
    for name in way:
        said = profiles.get(name, {}).get(CODE, "")
        found.append(Line(name, CODE, said) if said else None)
    return [line for line in found if line is not None]


def accepted(settings: Settings, line: Line) -> bool:
    """Whether a person accepted this very line. A line that was changed since was not."""
    return settings.trusted.get(line.profile, {}).get(line.key) == line.digest


def accept(settings: Settings, line: Line) -> Settings:
    """Settings in which this line may run from now on, and what stood there before may not."""
    kept = {**settings.trusted.get(line.profile, {}), line.key: line.digest}
    return replace(settings, trusted={**settings.trusted, line.profile: kept})


def revoke(settings: Settings, profile: str, key: str) -> Settings:
    """Settings in which the line of this profile is asked about again."""
    kept = {k: v for k, v in settings.trusted.get(profile, {}).items() if k != key}
    others = {name: value for name, value in settings.trusted.items() if name != profile}
    return replace(settings, trusted={**others, profile: kept} if kept else others)


def all_trusted(trusted: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    """Every accepted line as profile and key, in order."""
    return sorted((profile, key) for profile, keys in trusted.items() for key in keys)


def not_accepted(line: Line) -> Problem:
    """The Problem of a line that nobody accepted yet. The line itself is not in it: Problems are logged."""
    return Problem(
        "line_not_accepted",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "Profile {profile} runs a program that you have not accepted yet"
            ),
            profile=line.profile,
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Its {key} line is new or has changed. Nothing runs before you have seen it.",
            ),
            key=line.key,
        ),
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "See the line and accept it: sign in from the window, or {command}."
            ),
            command=f"rolecall trust {line.profile}",
        ),
        exit=Exit.NOBODY_TO_ASK,
    )


def line_changed() -> Problem:
    """The Problem of a line that is not the one which was shown a moment ago."""
    return Problem(
        "line_changed",
        Text(QT_TRANSLATE_NOOP("Problem", "The line has changed since it was shown")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Look at it again.")),
        exit=Exit.LOCAL,
    )
