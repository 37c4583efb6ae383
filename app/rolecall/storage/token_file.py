"""Token file: the web identity token that a profile names. Reads; the token is a secret and is not kept."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, text
from rolecall.storage import atomic_file

LONGEST: Final = 20_000
"""Characters of a WebIdentityToken (AWS STS API Reference, AssumeRoleWithWebIdentity)."""


def read_token(name: str, profile: str) -> str:
    """The token in the file `name`, white space at its ends taken off. Raises ProblemError.

    A `~` is not expanded, as in botocore (credentials.py, AssumeRoleWithWebIdentityProvider).
    """
    path = Path(name)
    _, raw = atomic_file.read(path)
    try:
        token = raw.decode("ascii").strip()
    except UnicodeDecodeError:
        token = ""
    if not 4 <= len(token) <= LONGEST:
        raise ProblemError(_no_token(path, profile))
    return token


def _no_token(path: Path, profile: str) -> Problem:
    return Problem(
        "no_token_in_file",
        text(QT_TRANSLATE_NOOP("Problem", "There is no web identity token in {file}"), file=path),
        remedy=text(
            QT_TRANSLATE_NOOP(
                "Problem",
                "Correct web_identity_token_file in profile {profile}, or start what writes that file.",
            ),
            profile=profile,
        ),
        exit=Exit.LOCAL,
        file=str(path),
    )
